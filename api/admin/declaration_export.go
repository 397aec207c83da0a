package admin

import (
	"meihao/api/page"
	"meihao/survey/export"
)

// workbook is what third parties declared.
func (v declarationsView) workbook(t teller) workbook {
	return workbook{Title: v.Title, Tables: []export.Table{{
		Title:   v.Title,
		Columns: t.columns("project.name", "scope.district", "scope.subdistrict", "scope.community", "declaration.who", "declaration.said", "declaration.note", "event.at"),
		Rows: export.Of(v.Rows, func(r declarationLine) []export.Cell {
			row := append([]export.Cell{export.String(r.Project.Name)}, area(r.Project.Area)...)
			if r.Said == nil {
				return append(row, dash(), export.String(t.say("declaration.open")), dash(), dash())
			}
			said := "declaration.no"
			if r.Said.Interest {
				said = "declaration.yes"
			}
			return append(row, export.String(r.Said.By.Name), export.String(t.say(said)), orDash(r.Said.Note), export.String(page.Moment(page.Language(t.c), r.Said.By.At)))
		}),
	}}}
}
