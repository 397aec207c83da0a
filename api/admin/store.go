package admin

import (
	"context"
	"time"

	"meihao/survey"
	"meihao/survey/roster"
)

// Store is what the staff's pages need of the store: the scope is always the
// actor's, and what lies outside it is survey.NotFound.
type Store interface {
	placeStore
	accountStore
	campaignStore
	stepStore
	heldStore
	posterStore
	coachStore
	chartStore
	correctionStore
	workStore
	resultStore
	questionStore
	tokenStore
	wallStore
	commentStore
	activityStore
	complaintStore
	sheetStore
	evidenceStore
}

type placeStore interface {
	Places(ctx context.Context, scope survey.Scope) ([]survey.Place, error)
	Companies(ctx context.Context, scope survey.Scope) ([]survey.Company, error)
	Kinds(ctx context.Context, scope survey.Scope) ([]string, error)
	Projects(ctx context.Context, scope survey.Scope, f survey.ProjectFilter) ([]survey.Project, int, error)
	Project(ctx context.Context, scope survey.Scope, id survey.ID) (survey.Project, error)
	ImportProjects(ctx context.Context, actor survey.Actor, file roster.File, opt roster.Apply) (roster.Plan, error)
	AddUpload(ctx context.Context, actor survey.Actor, name string, data []byte) (survey.ID, error)
	Upload(ctx context.Context, actor survey.Actor, id survey.ID) (name string, data []byte, err error)
	RemoveUpload(ctx context.Context, actor survey.Actor, id survey.ID) error
}

type accountStore interface {
	Accounts(ctx context.Context) ([]survey.Account, error)
	Account(ctx context.Context, id survey.ID) (survey.Account, error)
	AddAccount(ctx context.Context, actor survey.Actor, a survey.Account, hash string) (survey.Account, error)
	ChangeAccount(ctx context.Context, actor survey.Actor, id survey.ID, change func(*survey.Account) error) (survey.Account, error)
	ChangePassword(ctx context.Context, actor survey.Actor, id survey.ID, hash string, oneTime bool) error
	Events(ctx context.Context, before int64, limit int) ([]survey.Event, error)
}

type campaignStore interface {
	Activities(ctx context.Context) ([]survey.Activity, error)
	Campaigns(ctx context.Context, scope survey.Scope) ([]survey.Campaign, error)
	Campaign(ctx context.Context, scope survey.Scope, id survey.ID) (survey.Campaign, error)
	AddCampaign(ctx context.Context, actor survey.Actor, c survey.Campaign) (survey.Campaign, error)
	ChangeCampaign(ctx context.Context, actor survey.Actor, id survey.ID, change func(*survey.Campaign) error) (survey.Campaign, error)
	RemoveCampaign(ctx context.Context, actor survey.Actor, id survey.ID) error
	Enrol(ctx context.Context, actor survey.Actor, campaign survey.ID, projects []survey.ID) error
	Enrolments(ctx context.Context, scope survey.Scope, campaign survey.ID) ([]survey.Enrolment, error)
	Enrolment(ctx context.Context, scope survey.Scope, campaign, project survey.ID) (survey.Enrolment, []survey.Group, error)
	Sealed(ctx context.Context, scope survey.Scope, campaign, project survey.ID) (survey.Snapshot, survey.Sealed, error)
}

type stepStore interface {
	OpenCampaign(ctx context.Context, actor survey.Actor, id survey.ID, reason string) (survey.Campaign, error)
	CloseCampaign(ctx context.Context, actor survey.Actor, id survey.ID, reason string) (survey.Campaign, error)
	ReopenCampaign(ctx context.Context, actor survey.Actor, id survey.ID, closes time.Time, reason string) (survey.Campaign, bool, error)
	SealNeeds(ctx context.Context, scope survey.Scope, id survey.ID) (survey.SealNeeds, error)
	SealCampaign(ctx context.Context, actor survey.Actor, id survey.ID, reason string, listUndecided bool) (survey.Campaign, bool, error)
	Approvals(ctx context.Context, scope survey.Scope, campaign survey.ID) ([]survey.Approval, error)
	WithdrawApproval(ctx context.Context, actor survey.Actor, campaign survey.ID, kind string) error
}

type heldStore interface {
	Held(ctx context.Context, scope survey.Scope, campaign, project survey.ID) ([]survey.HeldResponse, error)
	Propose(ctx context.Context, actor survey.Actor, campaign, project survey.ID, responses []int64, release bool, reason string) (survey.Proposal, error)
	Proposals(ctx context.Context, scope survey.Scope, campaign survey.ID) ([]survey.Proposal, error)
	Decide(ctx context.Context, actor survey.Actor, proposal survey.ID, confirm bool) error
}
