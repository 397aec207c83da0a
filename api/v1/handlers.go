package v1

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/denied"
	"meihao/api/limit"
	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/rubric"
)

// Store is what the API reads and changes. What is out of the scope is
// NotFound.
type Store interface {
	// TokenActor is who acts with a token of this digest, else Unauthorized.
	TokenActor(ctx context.Context, digest [32]byte) (survey.Actor, error)

	Poster(ctx context.Context, code string) (survey.Poster, error)
	Questionnaire(ctx context.Context, id survey.ID) (*survey.Questionnaire, error)

	Campaigns(ctx context.Context, scope survey.Scope) ([]survey.Campaign, error)
	Campaign(ctx context.Context, scope survey.Scope, id survey.ID) (survey.Campaign, error)
	OpenCampaign(ctx context.Context, actor survey.Actor, id survey.ID, reason string) (survey.Campaign, error)
	CloseCampaign(ctx context.Context, actor survey.Actor, id survey.ID, reason string) (survey.Campaign, error)
	// ReopenCampaign and SealCampaign are pending while a second person must
	// confirm.
	ReopenCampaign(ctx context.Context, actor survey.Actor, id survey.ID, closes time.Time, reason string) (c survey.Campaign, pending bool, err error)
	SealCampaign(ctx context.Context, actor survey.Actor, id survey.ID, reason string, listUndecided bool) (c survey.Campaign, pending bool, err error)

	// Enrolments are in register order, without buildings.
	Enrolments(ctx context.Context, scope survey.Scope, campaign survey.ID) ([]survey.Enrolment, error)
	Enrolment(ctx context.Context, scope survey.Scope, campaign, project survey.ID) (survey.Enrolment, []survey.Group, error)
	Activities(ctx context.Context) ([]survey.Activity, error)
	// Sheets are in register order.
	Sheets(ctx context.Context, scope survey.Scope, activity survey.ID, f survey.ProjectFilter) (survey.Activity, []rubric.Case, error)
	CampaignSheet(ctx context.Context, scope survey.Scope, campaign, project survey.ID) (survey.Activity, rubric.Case, error)

	Projects(ctx context.Context, scope survey.Scope, f survey.ProjectFilter) ([]survey.Project, int, error)
	// Distributions are in register order.
	Distributions(ctx context.Context, scope survey.Scope, campaign survey.ID) ([]survey.Distribution, error)
	TurnoutDays(ctx context.Context, scope survey.Scope, campaign survey.ID, projects []survey.ID, from time.Time) (map[survey.ID][]survey.TurnoutDay, error)
	AreaDays(ctx context.Context, scope survey.Scope, campaign survey.ID) ([]survey.TurnoutDay, error)
	Results(ctx context.Context, actor survey.Actor, f survey.ResultFilter) ([]survey.ResultRow, int, error)
}

// Desk saves submissions; it answers after the commit (DESIGN §4).
type Desk interface {
	Submit(ctx context.Context, s survey.Submission) survey.Saved
}

// Handlers of /api/v1.
type Handlers struct {
	Store  Store
	Desk   Desk
	Pages  *page.Pages
	Rubric *rubric.Rubric
	// Refusals records what tokens were refused to change; nil records none.
	Refusals *denied.Recorder
	Now      func() time.Time
	// Reads limits how often one token may read; nil is no limit.
	Reads *limit.Counter
	// Submitted is told what became of each answer, with its request's context;
	// nil is nobody.
	Submitted func(context.Context, survey.Saved)
}

// route is one line of the table: whoever wants it needs the action, and
// only a public one goes without a token.
type route struct {
	method, path string
	action       survey.Action
	public       bool
	handle       gin.HandlerFunc
}

const root = "/api/v1"

// routes is the one table of this package.
func (h *Handlers) routes() []route {
	get, post := http.MethodGet, http.MethodPost
	return []route{
		{method: get, path: "/openapi.json", public: true, handle: h.showOpenAPI},
		{method: post, path: "/posters/:poster/responses", public: true, handle: h.addResponse},
		{method: get, path: "/campaigns", action: survey.ViewCampaigns, handle: h.showCampaigns},
		{method: get, path: "/projects", action: survey.ViewProjects, handle: h.showProjects},
		{method: get, path: "/results", action: survey.ViewResults, handle: h.showResults},
		{method: get, path: "/campaigns/:id", action: survey.ViewCampaigns, handle: h.showCampaign},
		{method: get, path: "/campaigns/:id/standings", action: survey.ViewStandings, handle: h.showStandings},
		{method: get, path: "/campaigns/:id/standings/:project", action: survey.ViewStandings, handle: h.showStanding},
		{method: get, path: "/campaigns/:id/sums", action: survey.ViewStandings, handle: h.showSums},
		{method: get, path: "/campaigns/:id/questions", action: survey.ViewStandings, handle: h.showQuestions},
		{method: get, path: "/campaigns/:id/days", action: survey.ViewStandings, handle: h.showDays},
		{method: get, path: "/campaigns/:id/comparison", action: survey.ViewStandings, handle: h.showComparison},
		{method: get, path: "/campaigns/:id/sheets/:project", action: survey.ViewSheets, handle: h.showSheet},
		{method: get, path: "/activities", action: survey.ViewActivities, handle: h.showActivities},
		{method: get, path: "/activities/:id/sheets", action: survey.ViewSheets, handle: h.showSheets},
		{method: post, path: "/campaigns/:id/open", action: survey.ManageCampaigns, handle: h.openCampaign},
		{method: post, path: "/campaigns/:id/close", action: survey.ManageCampaigns, handle: h.closeCampaign},
		{method: post, path: "/campaigns/:id/reopen", action: survey.ManageCampaigns, handle: h.reopenCampaign},
		{method: post, path: "/campaigns/:id/seal", action: survey.SealCampaigns, handle: h.sealCampaign},
	}
}

// Routes adds the table.
func (h *Handlers) Routes(r gin.IRouter) {
	g := r.Group(root, noStore, h.Refusals.Watch(actorOf))
	for _, one := range h.routes() {
		if one.public {
			g.Handle(one.method, one.path, one.handle)
			continue
		}
		g.Handle(one.method, one.path, h.allow(one.action), one.handle)
	}
}

func noStore(c *gin.Context) { c.Header("Cache-Control", "no-store") }
