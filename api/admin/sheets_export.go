package admin

import (
	"strings"

	"meihao/survey/export"
)

// workbook is the list of sheets of an activity.
func (v sheetsView) workbook(t teller) workbook {
	columns := t.columns("project.name", "scope.district", "scope.subdistrict", "scope.community", "project.company")
	if v.Partial {
		columns = append(columns, t.columns("#sheet.self.total", "#sheet.self.marks", "sheet.item11")...)
	} else {
		columns = append(columns, t.columns("#sheet.total", "sheet.stand", "#sheet.open.n", "#sheet.differing", "sheet.item11", "sheet.veto61", "sheet.excluding", "sheet.undecided", "sheet.stale.short")...)
	}
	return workbook{Title: t.say("sheets.title") + "_" + v.Activity.Name, Notes: v.filters(t), Tables: []export.Table{{
		Title:   v.Title,
		Columns: columns,
		Rows: export.Of(v.Rows, func(r sheetRow) []export.Cell {
			row := append(append([]export.Cell{export.String(r.Project.Name)}, area(r.Project.Area)...), orDash(r.Project.Company.Name))
			if v.Partial {
				return append(row, export.Printed(r.Sheet.SelfTotal.String()), export.Int(r.Sheet.SelfMarks), t.word(r.Item11))
			}
			return append(row, totalCell(&r.Sheet), t.word(r.Stand), export.Int(r.Open), export.Int(r.Sheet.Differing), t.word(r.Item11), t.word(r.Veto61),
				orDash(strings.Join(r.Vetoes, " ")), orDash(strings.Join(r.Unsettled, " ")), t.yes(r.Stale))
		}),
	}}}
}

// filters says by what the list is narrowed.
func (v sheetsView) filters(t teller) []export.Note {
	notes := t.filter(v.listFilter)
	if v.State == "" {
		return notes
	}
	said := t.say("sheets.state") + ": " + t.say("sheets.state."+v.State)
	if v.listFilter.Narrows() {
		said = notes[0].Text + "\n" + said
	}
	notes[0].Text = said
	return notes
}
