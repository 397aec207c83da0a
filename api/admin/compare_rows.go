package admin

import (
	"github.com/gin-gonic/gin"

	"meihao/api/chart"
	"meihao/survey"
)

// changeWord is what became of a rate.
func changeWord(c survey.Change) word {
	w := word{Key: "compare.word." + string(c)}
	switch c {
	case survey.Risen:
		w.Tone, w.Sign = "good", "▲"
	case survey.Fallen:
		w.Tone, w.Sign = "bad", "▼"
	case survey.Unchanged:
		w.Tone, w.Sign = "plain", "＝"
	default:
		w.Tone, w.Sign = "none", "○"
	}
	return w
}

// addSums adds up by district and subdistrict, as far as they lie below the
// actor's own place and are no longer than a page; and counts the words.
func (v *compareView) addSums(c *gin.Context, all []survey.ComparedProject) {
	if sums := survey.SumCompared(all, survey.CityLevel); len(sums) > 0 {
		v.All = sums[0]
	}
	counts := map[survey.Change]int{
		survey.Fallen: v.All.Fallen, survey.Risen: v.All.Risen, survey.Unchanged: v.All.Unchanged, survey.NotComparable: v.All.Incomparable,
	}
	for _, change := range survey.Changes() {
		tile := changeTile{Word: changeWord(change), Count: counts[change], Here: v.Change == string(change)}
		if tile.Path = query(c, "change", string(change), "page", ""); tile.Here {
			tile.Path = query(c, "change", "", "page", "")
		}
		v.Tiles = append(v.Tiles, tile)
	}
	for _, level := range []struct {
		name string
		at   survey.Level
	}{{"district", survey.DistrictLevel}, {"subdistrict", survey.SubdistrictLevel}} {
		if level.at < levelOf(scope(c)) {
			continue
		}
		sums := survey.SumCompared(all, level.at)
		if len(sums) > perPage && !exporting(c) || len(sums) == 0 {
			continue
		}
		table := comparedSums{Level: level.name}
		for _, sum := range sums {
			id, _ := own(sum.Place)
			table.Rows = append(table.Rows, comparedSum{sum, query(c, "place", id.String(), "page", "")})
		}
		v.Sums = append(v.Sums, table)
	}
}

// addRows makes the lines of a page and draws those that have both rates.
func (v *compareView) addRows(t teller, shown []survey.ComparedProject) {
	deeper, lowest := carry(t.c), 100.0
	v.Chart.Words = chart.Words{ID: "compare", Title: t.say("compare.chart"), Desc: t.say("compare.chart.desc", "Before", v.Before.Name, "After", v.After.Name)}
	for _, p := range shown {
		row := comparedRow{ComparedProject: p, Word: changeWord(p.Change), Path: v.After.Path + "/standings/" + p.ID.String() + deeper}
		row.Reason = t.incomparable(p.Compared)
		v.Rows = append(v.Rows, row)
		if p.Points == "" {
			continue
		}
		mark := chart.Row{
			Name: p.Name, Lo: placeOf(p.Before.Satisfied, p.Before.Answered), Hi: placeOf(p.After.Satisfied, p.After.Answered),
			Tone: changeTone(p.Change), Value: p.Points,
			Text: t.say("compare.text", "Name", p.Name, "Before", p.Before.Rate(), "After", p.After.Rate(), "Points", p.Points, "Word", t.say(row.Word.Key)),
		}
		lowest = min(lowest, mark.Lo, mark.Hi)
		v.Chart.Marks = append(v.Chart.Marks, mark)
	}
	v.Chart.From = chart.BaseOf(lowest)
}

// changeTone is the tone of a change in a figure.
func changeTone(c survey.Change) string {
	switch c {
	case survey.Risen:
		return "high"
	case survey.Fallen:
		return "low"
	case survey.Unchanged:
		return "middle"
	}
	return "small"
}

// incomparable says why two results cannot be compared, and of which campaign
// that is; "" where they can.
func (t teller) incomparable(c survey.Compared) string {
	if c.Reason == "" {
		return ""
	}
	when := "now"
	if c.Earlier {
		when = "then"
	}
	return t.say("compare.at."+when, "Reason", t.say("compare.reason."+c.Reason))
}
