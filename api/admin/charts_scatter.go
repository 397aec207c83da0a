package admin

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"meihao/api/chart"
	"meihao/api/page"
	"meihao/survey"
)

// mostPoints is how many projects are drawn one by one. Of more, squares stand
// for all that lie in them: 8,000 points would be one blot of a megabyte.
const mostPoints = 300

// cells are the squares by which 100 % is cut.
const cells = 40

// pointRow is the line beside a mark: a project, or all of a square.
type pointRow struct {
	Name, Path            string // of one project
	Rate, Share           string
	Turnout, TurnoutShare string
	Count                 int // of a square
}

// addScatter draws turnout and rate of what is shown.
func (v *chartsView) addScatter(t teller, list []*survey.Glance) {
	if len(list) == 0 {
		return
	}
	v.Scatter.Words = chart.Words{ID: "scatter", Title: t.say("charts.scatter"), Desc: t.say("charts.scatter.desc", "N", page.Number(len(list)))}
	v.Scatter.Across, v.Scatter.Up = t.say("standings.turnout"), t.say("charts.rate")
	if len(list) > mostPoints {
		v.addSquares(t, list)
	} else {
		v.addPoints(t, list)
	}
	lowest, highest := 100.0, 0.0
	for _, m := range v.Scatter.Marks {
		lowest, highest = min(lowest, m.Y), max(highest, m.X)
	}
	v.Scatter.From, v.Scatter.To = chart.BaseOf(lowest), chart.EndOf(highest)
}

func (v *chartsView) addPoints(t teller, list []*survey.Glance) {
	deeper := carry(t.c)
	for _, g := range list {
		row := pointRow{
			Name: g.Project.Name, Path: v.Campaign.Path + "/standings/" + g.Project.ID.String() + deeper,
			Rate: survey.Rate(g.Owner.Satisfied, g.Owner.Answered), Share: shareOf(g.Owner),
			Turnout:      survey.Rate(g.Turnout.Answered, g.Turnout.Households),
			TurnoutShare: page.Number(g.Turnout.Answered) + "/" + page.Number(g.Turnout.Households),
		}
		v.Points = append(v.Points, row)
		v.Scatter.Marks = append(v.Scatter.Marks, chart.Point{
			X: placeOf(g.Turnout.Answered, g.Turnout.Households), Y: placeOf(g.Owner.Satisfied, g.Owner.Answered), Tone: toneOf(g.Owner.Light),
			Text: t.say("charts.scatter.text", "Name", row.Name, "Rate", row.Rate, "Share", row.Share, "Turnout", row.Turnout, "TurnoutShare", row.TurnoutShare),
		})
	}
}

// square is a cell by its column and row, from 0.
type square struct{ x, y int64 }

// addSquares counts the projects by squares. A square belongs to one side of
// a threshold as its projects do: exactly 60 % begins one, exactly 90 % ends
// one (RULES §3).
func (v *chartsView) addSquares(t teller, list []*survey.Glance) {
	counts := map[square]int{}
	for _, g := range list {
		n, k := g.Owner.Answered, g.Owner.Satisfied
		y := k * cells / n
		if 4*k > 3*n { // above 75 %, so that a square holds its upper end
			y = (k*cells+n-1)/n - 1
		}
		x := g.Turnout.Answered * cells / max(1, g.Turnout.Households)
		counts[square{min(x, cells-1), y}]++
	}
	v.Scatter.Cell = 100.0 / cells
	var squares []square
	for at := range counts {
		squares = append(squares, at)
	}
	slices.SortFunc(squares, func(a, b square) int { return cmp.Or(cmp.Compare(b.y, a.y), cmp.Compare(a.x, b.x)) })
	for _, at := range squares {
		row := pointRow{Count: counts[at], Rate: between(at.y), Turnout: between(at.x)}
		v.Points = append(v.Points, row)
		v.Scatter.Marks = append(v.Scatter.Marks, chart.Point{
			X: (float64(at.x) + 0.5) * v.Scatter.Cell, Y: (float64(at.y) + 0.5) * v.Scatter.Cell, Tone: squareTone(at.y), Count: row.Count,
			Text: t.say("charts.scatter.square", "N", page.Number(row.Count), "Rate", row.Rate, "Turnout", row.Turnout),
		})
	}
}

// squareTone is the side of the thresholds on which a square lies.
func squareTone(y int64) string {
	switch {
	case 100*y >= 90*cells:
		return "high"
	case 100*y < 60*cells:
		return "low"
	}
	return "middle"
}

// between are the ends of a square in percent: "87.5%–90%".
func between(at int64) string {
	end := func(n int64) string {
		tenths := n * 1000 / cells
		return strings.TrimSuffix(strconv.FormatInt(tenths/10, 10)+"."+strconv.FormatInt(tenths%10, 10), ".0") + "%"
	}
	return end(at) + "–" + end(at+1)
}

// placeOf is a share as a place on a scale.
func placeOf(k, n int64) float64 { return 100 * float64(k) / float64(max(1, n)) }

// keyRow explains the colour of a mark.
type keyRow struct{ Tone, Key string }

// Key explains the colours.
func (v chartsView) Key() []keyRow {
	var list []keyRow
	for _, light := range []string{"high", "middle", "low", "small"} {
		list = append(list, keyRow{light, lightWord(light).Key})
	}
	return list
}
