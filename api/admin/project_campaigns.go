package admin

import (
	"github.com/gin-gonic/gin"

	"meihao/survey"
	"meihao/survey/export"
)

// projectCampaigns are the results of a project in the campaigns of which it
// was a part, the newest first, as far as the actor may see them.
func (h *Handlers) projectCampaigns(c *gin.Context, project survey.ID) ([]resultLine, error) {
	if !may(c, survey.ViewStandings) {
		return nil, nil
	}
	campaigns, err := h.begunCampaigns(c)
	if err != nil {
		return nil, err
	}
	a, now := actor(c), h.Now()
	var lines []resultLine
	for _, one := range campaigns {
		e, groups, err := h.Store.Enrolment(c.Request.Context(), a.Scope, one.ID, project)
		if survey.KindOf(err) == survey.NotFound { // it took no part
			continue
		}
		if err != nil {
			return nil, err
		}
		e.Groups = groups
		lines = append(lines, resultLine{one, standingOf(survey.Stand(one.Campaign, e, a.Role, now), one.Path+"/standings")})
	}
	return lines, nil
}

// results are a project's results as a table.
func (t teller) results(lines []resultLine) export.Table {
	columns := append(t.columns("export.campaign"), t.resultColumns()...)
	columns = append(columns, t.columns("%standings.resident", "#export.resident.satisfied", "#export.resident.answered",
		"#export.turnout.answered", "#export.turnout.households", "%standings.turnout")...)
	return export.Table{Title: t.say("project.campaigns"), Columns: columns, Rows: export.Of(lines, func(r resultLine) []export.Cell {
		row := append([]export.Cell{export.String(r.Campaign.Name)}, t.result(r.Owner)...)
		row = append(row, t.rate(r.Resident)...)
		return append(row, export.Int(r.Turnout.Answered), export.Int(r.Turnout.Households), export.Printed(r.TurnoutRate()))
	})}
}
