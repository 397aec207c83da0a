package admin

import (
	"context"
	"time"

	"meihao/survey"
)

// coachStore is what the coach needs of the store.
type coachStore interface {
	TurnoutDays(ctx context.Context, scope survey.Scope, campaign survey.ID, projects []survey.ID, from time.Time) (map[survey.ID][]survey.TurnoutDay, error)
	GroupDays(ctx context.Context, scope survey.Scope, campaign, project survey.ID) ([]survey.TurnoutDay, error)
	GroupedEnrolments(ctx context.Context, scope survey.Scope, campaign survey.ID, projects []survey.ID) ([]survey.Enrolment, error)
}

// coachRoutes are the coach's (还差多少户) and its reminders'.
func (h *Handlers) coachRoutes(get, _ route) {
	get("/admin/coach", survey.ViewCoach, h.showCoachCampaigns)
	const coach = "/admin/campaigns/:campaign/coach"
	get(coach, survey.ViewCoach, h.showCoach)
	get(coach+"/round", survey.ViewCoach, h.printRounds)
	get(coach+"/:project", survey.ViewCoach, h.showCoachProject)
	get(coach+"/:project/round", survey.ViewCoach, h.printRound)
	get(coach+"/:project/reminders", survey.ViewCoach, h.showReminders)
	get(coach+"/:project/reminders/print", survey.ViewCoach, h.printReminders)
	get(coach+"/:project/reminder.svg", survey.ViewCoach, h.sendReminder)
}
