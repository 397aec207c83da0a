package admin

import (
	"context"

	"meihao/survey"
)

// correctionStore is what putting the register and frozen homes right needs.
type correctionStore interface {
	CorrectRegister(ctx context.Context, actor survey.Actor, project survey.ID, to survey.RegisterCorrection) ([]survey.Correction, error)
	Corrections(ctx context.Context, scope survey.Scope, project, campaign survey.ID, offset, limit int) ([]survey.CorrectionEntry, int, error)
	CorrectEnrolment(ctx context.Context, actor survey.Actor, campaign, project survey.ID, to survey.FrozenCorrection, reason string) (pending bool, err error)
	FrozenHomes(ctx context.Context, scope survey.Scope, project survey.ID) ([]survey.FrozenHomes, error)
	PendingCorrection(ctx context.Context, scope survey.Scope, campaign survey.ID) (survey.PendingCorrection, error)
	ConfirmCorrection(ctx context.Context, actor survey.Actor, campaign survey.ID) error
}

// correctionRoutes put buildings and N right: the register's, and what a
// campaign froze of it.
func (h *Handlers) correctionRoutes(get, post route) {
	get("/admin/projects/:project/edit", survey.CorrectRegister, h.showRegisterForm)
	post("/admin/projects/:project/edit", survey.CorrectRegister, h.saveRegisterForm)
	const campaign = "/admin/campaigns/:campaign"
	get(campaign+"/projects/:project", survey.ViewCampaigns, h.showEnrolled)
	get(campaign+"/projects/:project/correct", survey.CorrectFrozen, h.showFrozenForm)
	post(campaign+"/projects/:project/correct", survey.CorrectFrozen, h.saveFrozenForm)
	get(campaign+"/correct", survey.CorrectFrozen, h.showPendingCorrection)
	post(campaign+"/correct", survey.CorrectFrozen, h.savePendingCorrection)
}
