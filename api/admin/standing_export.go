package admin

import (
	"meihao/api/page"
	"meihao/survey/export"
)

// workbook is a project's verdict card, a row for each base.
func (v standingView) workbook(t teller) workbook {
	columns := t.resultColumns()
	columns[0].Head = t.say("export.rate")
	columns = append(append(t.columns("export.base"), columns...), t.columns("#standing.dont_know", "export.hidden")...)
	table := export.Table{Title: v.Title, Columns: columns, Rows: export.Of(v.Bases, func(b baseCard) []export.Cell {
		row := append([]export.Cell{export.String(t.say("base." + b.Base))}, t.result(b.Cell)...)
		unknown := export.Cell{}
		if b.Cell.DontKnow != nil {
			unknown = export.Int(*b.Cell.DontKnow)
		}
		return append(row, unknown, t.hidden(b.Cell.Hidden))
	})}
	r := v.Row
	notes := []export.Note{
		t.note("project.place", r.Project.Area.District+" / "+r.Project.Area.Subdistrict+" / "+r.Project.Area.Community),
		t.note("campaign.stage", t.say(v.Campaign.Word.Key)), t.note("export.asof", page.Moment(page.Language(t.c), v.AsOf)),
		t.note("standings.turnout", page.Number(r.Turnout.Answered)+"/"+page.Number(r.Turnout.Households)+" · "+r.TurnoutRate()),
		t.note("standing.held", page.Number(r.Held)),
	}
	for _, l := range r.Lanes {
		notes = append(notes, t.note("standing.lanes", t.say("lane."+string(l.Lane))+" "+page.Number(l.Count)))
	}
	for _, m := range r.Warnings {
		notes = append(notes, t.note("export.warnings", t.msg(m)))
	}
	for _, b := range v.Bases {
		for _, step := range b.Steps {
			notes = append(notes, t.note("base."+b.Base, step))
		}
	}
	return workbook{Title: v.Title, Campaign: v.Campaign.Name, Tables: []export.Table{table}, Notes: append(notes, t.reading("how.random", "export.dash")...)}
}
