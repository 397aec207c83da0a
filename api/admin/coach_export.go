package admin

import (
	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
)

// workbook is the coach of all projects that the filter leaves.
func (v coachView) workbook(t teller) workbook {
	notes := append(t.filter(v.listFilter), t.note("export.asof", page.Moment(page.Language(t.c), v.AsOf)))
	if v.Short {
		notes = append(notes, t.note("export.filter", t.say("coach.only")))
	}
	columns := append(t.columns("project.name", "scope.district", "scope.subdistrict", "scope.community"), t.coachColumns()...)
	return workbook{
		Title: t.say("coach.title"), Campaign: v.Campaign.Name, Notes: append(notes, t.coachReading()...),
		Tables: []export.Table{{Title: t.say("coach.table"), Columns: columns, Rows: export.Of(v.Rows, func(r coachRow) []export.Cell {
			return append(append([]export.Cell{export.String(r.Project.Name)}, area(r.Project.Area)...), t.coach(r)...)
		})}},
	}
}

// workbook is the coach of a project's building groups, and its days.
func (v coachProjectView) workbook(t teller) workbook {
	columns := append(t.columns("coach.building", "export.joined"), t.coachColumns()...)
	groups := export.Table{Title: t.say("coach.buildings"), Columns: columns, Rows: export.Of(v.Groups, func(r coachRow) []export.Cell {
		joined := export.Cell{}
		if len(r.Group.Buildings) > 1 {
			joined = export.String(t.say("coach.joined"))
		}
		return append([]export.Cell{export.String(r.Group.Label()), joined}, t.coach(r)...)
	})}
	days := export.Table{
		Title: t.say("coach.chart.title"), Columns: t.columns("~coach.chart.day", "#coach.chart.count"),
		Rows: export.Of(v.Chart.Table, func(d survey.TurnoutDay) []export.Cell {
			return []export.Cell{export.Date(d.Day), export.Int(d.Responses)}
		}),
	}
	a := v.Row.Project.Area
	notes := []export.Note{
		t.note("project.place", a.District+" / "+a.Subdistrict+" / "+a.Community),
		t.note("export.asof", page.Moment(page.Language(t.c), v.AsOf)),
	}
	return workbook{
		Title: t.say("coach.title") + "_" + v.Row.Project.Name, Campaign: v.Campaign.Name,
		Tables: []export.Table{groups, days}, Notes: append(notes, t.coachReading()...),
	}
}

// workbook is the list of campaigns to choose from.
func (v coachCampaignsView) workbook(t teller) workbook {
	return workbook{Title: v.Title, Tables: []export.Table{{
		Title: v.Title, Columns: t.columns("campaign.name", "campaign.stage", "@campaign.closes"),
		Rows: export.Of(v.Campaigns, func(c campaignRow) []export.Cell {
			return []export.Cell{export.String(c.Name), t.word(c.Word), export.Time(c.Closes)}
		}),
	}}}
}

func (t teller) coachColumns() []export.Column {
	return t.columns("#coach.homes", "#export.coach.answers", "#export.coach.target", "#export.coach.resident.answers", "#export.coach.resident.target",
		"#coach.short", "#coach.pace", "#export.coach.needs", "coach.forecast", "export.coach.state", "coach.next")
}

func (t teller) coachReading() []export.Note {
	return t.reading("coach.how.target", "coach.how.answers", "coach.how.pace", "coach.how.forecast", "coach.how.who", "how.random")
}

// coach is what a coach says of a project or a building group.
func (t teller) coach(r coachRow) []export.Cell {
	short := export.String(t.say("coach.enough"))
	if r.Owner.Short > 0 {
		short = export.Int(r.Owner.Short)
	}
	pace := dash()
	if text := r.Owner.Pace.String(); text != "" {
		pace = export.Printed(text)
	}
	next := export.Cell{}
	if r.Next.Key != "" {
		next = export.String(t.msg(r.Next))
	}
	return []export.Cell{
		export.Int(r.Owner.Households), export.Int(r.Owner.Answers), export.Int(r.Owner.Target), export.Int(r.Resident.Answers), export.Int(r.Resident.Target),
		short, pace, some(r.Owner.Needs), t.forecast(r.Owner), t.word(r.Word), next,
	}
}

// forecast says when there will be enough, or how many there will be.
func (t teller) forecast(b survey.CoachBase) export.Cell {
	switch {
	case !b.Reached.IsZero():
		return export.String(t.say("coach.forecast.day", "Day", page.Date(page.Language(t.c), b.Reached)))
	case b.Short > 0 && b.Pace.Den != 0:
		return export.String(t.say("coach.forecast.not", "N", page.Number(b.Expected)))
	}
	return dash()
}
