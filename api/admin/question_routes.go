package admin

import (
	"context"

	"meihao/survey"
)

// questionStore is what the results of questions need of the store.
type questionStore interface {
	Questionnaire(ctx context.Context, id survey.ID) (*survey.Questionnaire, error)
	Distributions(ctx context.Context, scope survey.Scope, campaign survey.ID) ([]survey.Distribution, error)
	Cross(ctx context.Context, scope survey.Scope, campaign survey.ID, x *survey.Crossing) error
}

// questionRoutes are what was answered to each question, in an area and in a
// project.
func (h *Handlers) questionRoutes(get, _ route) {
	const campaign = "/admin/campaigns/:campaign"
	get(campaign+"/questions", survey.ViewStandings, h.showQuestions)
	get(campaign+"/standings/:project/questions", survey.ViewStandings, h.showProjectQuestions)
}
