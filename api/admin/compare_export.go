package admin

import (
	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
)

// workbook is all projects that the filter leaves, and the sums.
func (v compareView) workbook(t teller) workbook {
	w := workbook{Title: t.say("compare.title"), Campaign: v.Campaign.Name, Notes: v.notes(t)}
	if v.With == nil {
		return w
	}
	columns := t.columns("project.name", "scope.district", "scope.subdistrict", "scope.community",
		"%compare.then", "#export.satisfied.count", "#export.answered", "%compare.now", "#export.satisfied.count", "#export.answered",
		"#compare.points", "#compare.interval.lower", "#compare.interval.upper", "compare.word", "compare.why")
	w.Tables = []export.Table{{Title: t.say("compare.table"), Columns: columns, Rows: func(yield func([]export.Cell, error) bool) {
		for _, p := range v.kept {
			if !yield(t.compared(p), nil) {
				return
			}
		}
	}}}
	for _, sums := range v.Sums {
		w.Tables = append(w.Tables, t.comparedSums(sums))
	}
	return w
}

// compared is one project's row.
func (t teller) compared(p survey.ComparedProject) []export.Cell {
	row := append([]export.Cell{export.String(p.Name)}, area(p.Area)...)
	row = append(append(row, t.comparedSide(p.Before)...), t.comparedSide(p.After)...)
	row = append(append(row, pointsCell(p.Points)), intervalCells(p.Interval)...)
	return append(row, t.word(changeWord(p.Change)), export.String(t.incomparable(p.Compared)))
}

func (t teller) comparedSide(s survey.ComparedSide) []export.Cell {
	if !s.Seen {
		return []export.Cell{dash(), dash(), dash()}
	}
	return []export.Cell{export.Printed(s.Rate()), export.Int(s.Satisfied), export.Int(s.Answered)}
}

func (t teller) comparedSums(table comparedSums) export.Table {
	return export.Table{
		Title: t.say("sums." + table.Level),
		Columns: t.columns("scope."+table.Level, "%compare.then", "#export.satisfied.count", "#export.answered",
			"%compare.now", "#export.satisfied.count", "#export.answered", "#compare.points",
			"#compare.word.FALLEN", "#compare.word.RISEN", "#compare.word.SAME", "#compare.word.NOT_COMPARABLE", "#sums.shown", "#campaign.enrolled"),
		Rows: export.Of(table.Rows, func(s comparedSum) []export.Cell {
			row := append([]export.Cell{export.String(s.Place.Name())}, t.comparedSide(s.Before)...)
			row = append(append(row, t.comparedSide(s.After)...), pointsCell(s.Points()))
			return append(row, export.Int(s.Fallen), export.Int(s.Risen), export.Int(s.Unchanged), export.Int(s.Incomparable), export.Int(s.Shown), export.Int(s.Projects))
		}),
	}
}

// notes are the other campaign, the filter and how to read the figures.
func (v compareView) notes(t teller) []export.Note {
	notes := t.filter(v.listFilter)
	if v.With == nil {
		return append(notes, t.note("compare.with", t.say("compare.none")))
	}
	notes = append(notes, t.note("compare.then", v.Before.Name), t.note("compare.now", v.After.Name))
	if v.Change != "" {
		notes = append(notes, t.note("export.filter", t.say("compare.word."+v.Change)))
	}
	base := "standings.owner"
	if v.Base != "" {
		base = "standings.resident"
	}
	notes = append(notes, t.note("compare.base", t.say(base)), t.note("export.asof", page.Moment(page.Language(t.c), v.AsOf)))
	for _, caution := range v.Cautions {
		notes = append(notes, t.note("export.warnings", t.say("compare.caution."+caution)))
	}
	return append(notes, t.reading("compare.how.words", "compare.how.method", "compare.how.points", "compare.how.sums", "compare.how.cause", "export.dash")...)
}
