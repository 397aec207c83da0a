package admin

import (
	"context"

	"meihao/survey"
	"meihao/survey/rubric"
)

// sheetStore is what the pages of sheets need.
type sheetStore interface {
	CampaignSheet(ctx context.Context, scope survey.Scope, campaign, project survey.ID) (survey.Activity, rubric.Case, error)
	Sheet(ctx context.Context, scope survey.Scope, activity, project survey.ID) (survey.Activity, rubric.Case, error)
	Sheets(ctx context.Context, scope survey.Scope, activity survey.ID, f survey.ProjectFilter) (survey.Activity, []rubric.Case, error)
	StaleSheets(ctx context.Context, scope survey.Scope) (map[survey.ID]int, error)
	CountSheets(ctx context.Context, scope survey.Scope, activity survey.ID) (int, error)
	SaveMarks(ctx context.Context, actor survey.Actor, activity, project survey.ID, marks []rubric.MarkChange) error
	Settle(ctx context.Context, actor survey.Actor, activity, project survey.ID, item string, points rubric.Halves, seen, reason string) error
	AskOverride(ctx context.Context, actor survey.Actor, activity, project survey.ID, item string, points rubric.Halves, reason string) error
	ConfirmOverride(ctx context.Context, actor survey.Actor, activity, project survey.ID, item, seen string) error
	WithdrawOverride(ctx context.Context, actor survey.Actor, activity, project survey.ID, item, reason string) error
	SaveFees(ctx context.Context, actor survey.Actor, activity, project survey.ID, f rubric.Fees) error
	RecordVeto(ctx context.Context, actor survey.Actor, activity, project survey.ID, r rubric.Recorded) error
	AskVeto61(ctx context.Context, actor survey.Actor, activity, project survey.ID, reason string) error
	ConfirmVeto61(ctx context.Context, actor survey.Actor, activity, project survey.ID, withdraw bool) error
	Adopt(ctx context.Context, actor survey.Actor, activity, project, campaign survey.ID) error
	AdoptAll(ctx context.Context, actor survey.Actor, activity, campaign survey.ID) (int, error)
	SheetHistory(ctx context.Context, actor survey.Actor, activity, project survey.ID) ([]survey.Event, error)
}
