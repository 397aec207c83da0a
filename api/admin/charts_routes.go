package admin

import (
	"context"

	"meihao/survey"
)

// chartStore is what the charts need of the store beside the coach's days.
type chartStore interface {
	AreaDays(ctx context.Context, scope survey.Scope, campaign survey.ID) ([]survey.TurnoutDay, error)
}

// chartRoutes draw a campaign, and set it beside another one.
func (h *Handlers) chartRoutes(get, _ route) {
	const campaign = "/admin/campaigns/:campaign"
	get(campaign+"/charts", survey.ViewStandings, h.showCharts)
	get(campaign+"/compare", survey.ViewStandings, h.showComparison)
}
