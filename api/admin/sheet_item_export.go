package admin

import (
	"meihao/survey/export"
	"meihao/survey/rubric"
)

// workbook is what stands on the page of an item: the marks of all parties
// and the changes.
func (v itemView) workbook(t teller) workbook {
	title := v.Line.Item.ID + " " + t.pick(v.Line.Item.CriterionZH, v.Line.Item.CriterionEN)
	var tables []export.Table
	if !v.Line.Item.Veto() {
		tables = append(tables, export.Table{
			Title:   t.say("sheet.marks"),
			Columns: t.columns("sheet.party", "#sheet.got", "sheet.note", "event.who", "@event.at"),
			Rows: export.Of(v.Line.Marks, func(m rubric.Mark) []export.Cell {
				return []export.Cell{export.String(t.say("party." + string(m.Party))), export.Printed(m.Points.String()), orDash(m.Note),
					export.String(m.By.Name), export.Time(m.By.At)}
			}),
		})
	}
	return workbook{Title: v.Project.Name + "_" + title, Campaign: v.campaignName(), Tables: append(tables, changesTable(t, v.History)),
		Notes: []export.Note{t.note("sheet.figures", t.figures(v.Line))}}
}
