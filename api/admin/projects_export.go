package admin

import (
	"meihao/survey"
	"meihao/survey/export"
)

// workbook is the register as far as the filter leaves it.
func (v projectsView) workbook(t teller) workbook {
	return workbook{Title: v.Title, Notes: t.filter(v.listFilter), Tables: []export.Table{{
		Title: v.Title,
		Columns: t.columns("project.name", "project.register", "scope.district", "scope.subdistrict", "scope.community", "project.company", "project.kind",
			"#project.buildings", "#project.households", "#project.occupied"),
		Rows: export.Of(v.Projects, func(p survey.Project) []export.Cell {
			row := append([]export.Cell{export.String(p.Name), export.String(p.Register)}, area(p.Area)...)
			return append(row, orDash(p.Company.Name), orDash(p.Kind), export.Int(p.BuildingCount), export.Int(p.Households), t.known(p.Occupied))
		}),
	}}}
}

// workbook is a project's buildings and their sum.
func (v projectView) workbook(t teller) workbook {
	p := v.Project
	columns := t.columns("building.name", "#building.units", "#project.households", "#project.occupied")
	if v.Listed {
		columns = append(columns, t.columns("#correction.list")...)
	}
	table := export.Table{
		Title: t.say("project.buildings"), Columns: columns,
		Rows: export.Of(p.Buildings, func(b survey.Building) []export.Cell {
			list := dash()
			if n := b.Listed(); n > 0 {
				list = export.Int(n)
			}
			return []export.Cell{export.String(b.Name), t.known(b.Units), export.Int(b.Households), t.known(b.Occupied), list}
		}),
		Sum: []export.Cell{export.String(t.say("sum")), {}, export.Int(v.Sum.Households), t.known(v.Sum.Occupied)},
	}
	var tables []export.Table
	if len(v.Campaigns) > 0 {
		tables = append(tables, t.results(v.Campaigns))
	}
	tables = append(tables, table)
	if v.History.Project {
		tables = append(tables, v.History.table(t))
	}
	return workbook{Title: p.Name, Tables: tables, Notes: []export.Note{
		t.note("project.place", p.Area.District+" / "+p.Area.Subdistrict+" / "+p.Area.Community),
		t.note("project.register", p.Register), t.note("project.company", p.Company.Name), t.note("project.kind", p.Kind), t.note("project.phone", p.Phone),
	}}
}
