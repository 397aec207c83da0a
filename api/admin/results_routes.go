package admin

import (
	"context"
	"time"

	"meihao/survey"
)

// resultStore is what publishing results and answering them with promises
// needs.
type resultStore interface {
	Publication(ctx context.Context, scope survey.Scope, campaign survey.ID) (survey.Publication, error)
	PublishResults(ctx context.Context, actor survey.Actor, campaign survey.ID, seen int) error
	RetractResults(ctx context.Context, actor survey.Actor, campaign survey.ID, reason string) error
	PlanPublication(ctx context.Context, actor survey.Actor, campaign survey.ID, day time.Time) error

	Results(ctx context.Context, actor survey.Actor, f survey.ResultFilter) ([]survey.ResultRow, int, error)
	ProjectResult(ctx context.Context, actor survey.Actor, campaign, project survey.ID) (survey.PublicResult, []survey.Promise, error)
	AddPromise(ctx context.Context, actor survey.Actor, campaign, project survey.ID, text string, due time.Time) (survey.ID, error)
	ChangePromise(ctx context.Context, actor survey.Actor, id survey.ID, text string, due time.Time) error
	ReportPromise(ctx context.Context, actor survey.Actor, id survey.ID, day time.Time, note string) error
	RemovePromise(ctx context.Context, actor survey.Actor, id survey.ID) error
	PublishPromise(ctx context.Context, actor survey.Actor, id survey.ID, seen int) error
	ReturnPromise(ctx context.Context, actor survey.Actor, id survey.ID, seen int, reason string) error
	TakeDownPromise(ctx context.Context, actor survey.Actor, id survey.ID, reason string) error
}

// resultRoutes publish results and follow up what companies promise.
func (h *Handlers) resultRoutes(get, post route) {
	const publish = "/admin/campaigns/:campaign/publish"
	get(publish, survey.PublishResults, h.showPublishing)
	post(publish, survey.PublishResults, h.savePublishing)
	post(publish+"/day", survey.PublishResults, h.savePublishingDay)
	post(publish+"/retract", survey.PublishResults, h.saveRetraction)

	get("/admin/results", survey.ViewResults, h.showResults)
	const result, promise = "/admin/results/:campaign/:project", "/admin/results/:campaign/:project/promises/:promise"
	get(result, survey.ViewResults, h.showResult)
	post(result+"/promises", survey.MakePromises, h.saveNewPromise)
	post(promise, survey.MakePromises, h.savePromise)
	post(promise+"/report", survey.MakePromises, h.saveReport)
	post(promise+"/remove", survey.MakePromises, h.removePromise)
	post(promise+"/publish", survey.PublishPromises, h.publishPromise)
	post(promise+"/return", survey.PublishPromises, h.returnPromise)
	post(promise+"/takedown", survey.PublishPromises, h.takeDownPromise)
}

// resultPath is the address of a project's result.
func resultPath(campaign, project survey.ID) string {
	return "/admin/results/" + campaign.String() + "/" + project.String()
}
