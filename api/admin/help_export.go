package admin

import "meihao/survey/export"

// workbook is the table of who may do what.
func (v helpView) workbook(t teller) workbook {
	columns := t.columns("help.action")
	for _, role := range v.Roles {
		columns = append(columns, export.Column{Head: t.say("role." + string(role))})
	}
	return workbook{Title: v.Title, Notes: []export.Note{t.note("help.scope", t.say("help.scope.what")), t.note("help.two", t.say("help.two.what"))}, Tables: []export.Table{{
		Title: v.Title, Columns: columns,
		Rows: export.Of(v.Rows, func(r helpRow) []export.Cell {
			row := []export.Cell{export.String(t.say("action." + string(r.Action)))}
			for _, may := range r.May {
				if may {
					row = append(row, export.String(t.say("help.yes")))
				} else {
					row = append(row, export.String(t.say("help.no")))
				}
			}
			return row
		}),
	}}}
}
