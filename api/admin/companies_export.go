package admin

import (
	"meihao/api/page"
	"meihao/survey/export"
)

// workbook is the companies with the sums of their projects.
func (v companiesView) workbook(t teller) workbook {
	w := workbook{Title: t.say("companies.title"), Notes: t.filter(v.listFilter)}
	if v.Campaign != nil {
		w.Campaign = v.Campaign.Name
	}
	w.Notes = append(w.Notes, t.note("export.asof", page.Moment(page.Language(t.c), v.AsOf)))
	w.Notes = append(w.Notes, t.reading("how.rate", "sums.how", "export.dash")...)
	w.Tables = []export.Table{{
		Title: t.say("companies.title"), Columns: append(t.columns("project.company"), t.sumColumns()...),
		Rows: export.Of(v.Rows, func(r companyRow) []export.Cell {
			return append([]export.Cell{export.String(r.Company.Name)}, t.sumCells(r.sumRow)...)
		}),
	}}
	return w
}

// workbook is a company's sums by campaign and its projects.
func (v companyView) workbook(t teller) workbook {
	columns := append(t.columns("export.campaign", "project.name", "project.kind", "scope.district", "scope.subdistrict", "scope.community"), t.resultColumns()...)
	columns = append(columns, t.columns("%standings.resident", "#export.resident.satisfied", "#export.resident.answered",
		"#export.turnout.answered", "#export.turnout.households", "%standings.turnout")...)
	return workbook{
		Title: v.Company.Name,
		Notes: append(append(t.filter(v.filter), t.note("export.asof", page.Moment(page.Language(t.c), v.AsOf))), t.reading("how.rate", "how.item", "sums.how", "export.dash")...),
		Tables: []export.Table{
			{
				Title: t.say("company.campaigns"), Columns: append(t.columns("export.campaign"), t.sumColumns()...),
				Rows: export.Of(v.Campaigns, func(r companyCampaign) []export.Cell {
					return append([]export.Cell{export.String(r.Campaign.Name)}, t.sumCells(r.sumRow)...)
				}),
			},
			{
				Title: t.say("company.projects"), Columns: columns,
				Rows: export.Of(v.Rows, func(r resultLine) []export.Cell {
					row := append([]export.Cell{export.String(r.Campaign.Name), export.String(r.Project.Name), orDash(r.Project.Kind)}, area(r.Project.Area)...)
					row = append(append(row, t.result(r.Owner)...), t.rate(r.Resident)...)
					return append(row, export.Int(r.Turnout.Answered), export.Int(r.Turnout.Households), export.Printed(r.TurnoutRate()))
				}),
			},
		},
	}
}

// sumColumns are the columns of sums beside their names.
func (t teller) sumColumns() []export.Column {
	return t.columns("%standings.owner", "#export.satisfied.count", "#export.answered",
		"%standings.resident", "#export.resident.satisfied", "#export.resident.answered", "#export.turnout.answered", "#export.turnout.households",
		"#light.high", "#light.middle", "#light.low", "#light.small", "#sums.shown", "#campaign.enrolled")
}

// sumCells are the cells of sumColumns.
func (t teller) sumCells(s sumRow) []export.Cell {
	row := append(sumOf(s.Owner), sumOf(s.Resident)...)
	row = append(row, export.Int(s.Turnout.Answered), export.Int(s.Turnout.Households))
	if len(s.Lights) == 0 {
		row = append(row, dash(), dash(), dash(), dash())
	}
	for _, l := range s.Lights {
		row = append(row, export.Int(l.Count))
	}
	return append(row, export.Int(s.Shown), export.Int(s.Projects))
}
