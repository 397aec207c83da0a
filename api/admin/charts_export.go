package admin

import (
	"meihao/api/chart"
	"meihao/api/page"
	"meihao/survey/export"
)

// workbook is what the figures are made of: the days, every project of the
// scatter and of the league.
func (v chartsView) workbook(t teller) workbook {
	w := workbook{Title: t.say("charts.title"), Campaign: v.Campaign.Name, Notes: v.notes(t)}
	w.Tables = append(w.Tables, export.Table{
		Title: t.say("charts.days"), Columns: t.columns("coach.chart.day", "#coach.chart.count"),
		Rows: export.Of(v.DaysBack(), func(d chart.Day) []export.Cell { return []export.Cell{export.String(d.Name), export.Int(d.Count)} }),
	})
	w.Tables = append(w.Tables, export.Table{
		Title: t.say("charts.scatter"),
		Columns: t.columns("project.name", "%charts.rate", "#export.satisfied.count", "#export.answered", "filter.light",
			"%standings.turnout", "#export.turnout.answered", "#export.turnout.households", "%export.lower", "%export.upper"),
		Rows: func(yield func([]export.Cell, error) bool) {
			for _, g := range v.kept {
				r := v.row(g)
				row := append([]export.Cell{export.String(r.Project.Name)}, t.rate(r.Owner)...)
				row = append(row, t.word(r.Owner.Light), export.Printed(r.TurnoutRate()), export.Int(r.Turnout.Answered), export.Int(r.Turnout.Households))
				if w := r.Owner.Whisker; w != nil {
					row = append(row, end(w.Lo), end(w.Hi))
				} else {
					row = append(row, dash(), dash())
				}
				if !yield(row, nil) {
					return
				}
			}
		},
	})
	return w
}

func (v chartsView) notes(t teller) []export.Note {
	notes := append(t.filter(v.listFilter), t.note("campaign.stage", t.say(v.Campaign.Word.Key)), t.note("export.asof", page.Moment(page.Language(t.c), v.AsOf)))
	if v.Undrawn > 0 {
		notes = append(notes, t.note("export.warnings", t.say("charts.undrawn", "N", page.Number(v.Undrawn))))
	}
	if v.Indicative {
		notes = append(notes, t.note("export.warnings", t.say("warning.indicative")))
	}
	return append(notes, t.reading("how.rate", "how.order", "charts.how.days", "how.random", "export.dash")...)
}
