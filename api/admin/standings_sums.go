package admin

import (
	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// sumTable is the sums of one level.
type sumTable struct {
	Level string // "community", "subdistrict" or "district"
	Rows  []sumRow
}

type sumRow struct {
	survey.Sum
	Path   string // the standings of this place
	Lights []lightShare
}

// lightShare is how many of a place's projects have a light: a piece of its
// bar, on a scale of 0–100, for display only.
type lightShare struct {
	Light     string
	Word      word
	Count     int
	At, Width float64
	Path      string // the standings of these projects
}

// sumRowOf is a sum with its picture; path makes the address of the standings
// of a light, "" for all of the place.
func sumRowOf(sum survey.Sum, hidden bool, path func(light string) string) sumRow {
	row := sumRow{Sum: sum, Path: path("")}
	if hidden {
		return row
	}
	at := 0.0
	o := sum.Owner
	all := o.High + o.Middle + o.Low + o.Small
	for _, l := range []struct {
		light string
		count int
	}{{"high", o.High}, {"middle", o.Middle}, {"low", o.Low}, {"small", o.Small}} {
		share := lightShare{Light: l.light, Word: lightWord(l.light), Count: l.count, At: at, Path: path(l.light)}
		if l.light == "small" {
			share.Path = path("") // of two lights, see Sum
		}
		if all > 0 {
			share.Width = 100 * float64(l.count) / float64(all)
			at += share.Width
		}
		row.Lights = append(row.Lights, share)
	}
	return row
}

// addSums adds the rows up by community, subdistrict and district: sums of
// counts, never means of percentages (RULES §3). Places above the actor's own
// are left out: a sum of a part must not carry the name of the whole. Below
// the chosen place comes one level, and what lies further down only where it
// is no longer than a page: from the general to the specific.
func (v *standingsView) addSums(c *gin.Context, rows []*survey.Glance) {
	next := max(v.level(), levelOf(scope(c))) + 1
	for _, level := range []struct {
		name string
		at   survey.Level
	}{{"community", survey.CommunityLevel}, {"subdistrict", survey.SubdistrictLevel}, {"district", survey.DistrictLevel}} {
		if level.at < levelOf(scope(c)) {
			break
		}
		sums := survey.Sums(rows, level.at)
		if len(sums) > perPage && level.at > next && !exporting(c) {
			v.MoreSums = true
			continue
		}
		table := sumTable{Level: level.name}
		for _, sum := range sums {
			id, _ := own(sum.Place)
			table.Rows = append(table.Rows, sumRowOf(sum, v.HiddenByRole, func(light string) string {
				if light == "" {
					light = v.Light
				}
				return query(c, "place", id.String(), "light", light, "page", "", "live", "")
			}))
		}
		if len(table.Rows) > 0 {
			v.Sums = append(v.Sums, table)
		}
		if level.at > v.level() && len(table.Rows) > 1 {
			v.Leads = level.name // the highest of them
		}
	}
}

// levelOf is the level of the place that a scope is bound to.
func levelOf(s survey.Scope) survey.Level {
	switch {
	case s.Community != 0:
		return survey.CommunityLevel
	case s.Subdistrict != 0:
		return survey.SubdistrictLevel
	}
	return survey.CityLevel
}
