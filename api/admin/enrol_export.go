package admin

import "meihao/survey/export"

// workbook is the projects of the owner's area with those that take part.
func (v enrolView) workbook(t teller) workbook {
	return workbook{Title: v.Title, Campaign: v.Campaign.Name, Notes: t.filter(v.listFilter), Tables: []export.Table{{
		Title: v.Title,
		Columns: t.columns("project.name", "scope.district", "scope.subdistrict", "scope.community", "#project.buildings", "#project.households",
			"enrol.title"),
		Rows: export.Of(v.Projects, func(p enrolRow) []export.Cell {
			return append(append([]export.Cell{export.String(p.Name)}, area(p.Area)...), export.Int(p.BuildingCount), export.Int(p.Households), t.yes(p.Chosen))
		}),
	}}}
}
