package admin

import (
	"context"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

const activitiesPath = "/admin/activities"

// activityStore is what activities, their tasks, candidates and applications
// need.
type activityStore interface {
	Activity(ctx context.Context, id survey.ID) (survey.Activity, error)
	AddActivity(ctx context.Context, actor survey.Actor, a survey.Activity) (survey.Activity, error)
	ChangeActivity(ctx context.Context, actor survey.Actor, to survey.Activity, reason string) (survey.Activity, error)
	EndActivity(ctx context.Context, actor survey.Actor, id survey.ID, reason string) (survey.Activity, error)
	DistrictParts(ctx context.Context, scope survey.Scope, activity survey.ID) ([]survey.DistrictPart, error)
	ChangeDistrictPart(ctx context.Context, actor survey.Actor, to survey.DistrictPart) error
	Tasks(ctx context.Context, scope survey.Scope, activity survey.ID) ([]survey.Task, error)
	AddTask(ctx context.Context, actor survey.Actor, t survey.Task) error
	FinishTask(ctx context.Context, actor survey.Actor, activity, id survey.ID, done bool) error
	RemoveTask(ctx context.Context, actor survey.Actor, activity, id survey.ID) error
	Pool(ctx context.Context, scope survey.Scope, activity survey.ID) ([]survey.Project, error)
	SetPool(ctx context.Context, actor survey.Actor, activity survey.ID, projects []survey.ID, registers []string) (int, error)
	Applications(ctx context.Context, scope survey.Scope, activity survey.ID) ([]survey.Application, error)
	Application(ctx context.Context, scope survey.Scope, activity, project survey.ID) (survey.Application, error)
	Apply(ctx context.Context, actor survey.Actor, activity, project survey.ID, statement string) error
	WithdrawApplication(ctx context.Context, actor survey.Actor, activity, project survey.ID, reason string) error
	DecideApplication(ctx context.Context, actor survey.Actor, activity, project survey.ID, to survey.ApplicationStage, reason string) error
}

// activityRoutes are the pages of activities: what the city sets, what a
// district makes of it, and who takes part.
func (h *Handlers) activityRoutes(get, post route) {
	const activity = activitiesPath + "/:activity"
	get(activitiesPath, survey.ViewActivities, h.showActivities)
	get(activitiesPath+"/new", survey.ManageActivities, h.showNewActivity)
	post(activitiesPath+"/new", survey.ManageActivities, h.saveNewActivity)
	get(activity, survey.ViewActivities, h.showActivity)
	get(activity+"/edit", survey.ManageActivities, h.showActivityForm)
	post(activity+"/edit", survey.ManageActivities, h.saveActivityForm)
	get(activity+"/end", survey.ManageActivities, h.showActivityEnd)
	post(activity+"/end", survey.ManageActivities, h.endActivity)
	get(activity+"/districts/:district", survey.ManageTasks, h.showDistrictPart)
	post(activity+"/districts/:district", survey.ManageTasks, h.saveDistrictPart)

	get(activity+"/tasks", survey.ViewActivities, h.showTasks)
	post(activity+"/tasks", survey.ManageTasks, h.saveTask)
	post(activity+"/tasks/:task/done", survey.ManageTasks, h.finishTask(true))
	post(activity+"/tasks/:task/undone", survey.ManageTasks, h.finishTask(false))
	post(activity+"/tasks/:task/remove", survey.ManageTasks, h.removeTask)

	get(activity+"/pool", survey.ViewActivities, h.showPool)
	post(activity+"/pool", survey.ManageActivities, h.savePool)

	get(activity+"/applications", survey.ViewActivities, h.showApplications)
	const application = activity + "/applications/:project"
	get(application, survey.ViewActivities, h.showApplication)
	post(application+"/apply", survey.ApplyForTitle, h.saveApplication)
	post(application+"/withdraw", survey.ApplyForTitle, h.withdrawApplication)
	post(application+"/review", survey.ReviewApplications, h.decideApplication(survey.Reviewed))
	post(application+"/accept", survey.ReviewApplications, h.decideApplication(survey.Accepted))
	post(application+"/decline", survey.ReviewApplications, h.decideApplication(survey.Declined))
	post(application+"/return", survey.ReviewApplications, h.decideApplication(survey.Returned))
}

// activityOf is the activity of the path.
func (h *Handlers) activityOf(c *gin.Context) (survey.Activity, error) {
	id, err := idParam(c, "activity")
	if err != nil {
		return survey.Activity{}, err
	}
	return h.Store.Activity(c.Request.Context(), id)
}

// activityFrame is the frame of a page of an activity, with the tabs of the
// others. A title of "" is the activity's own page.
func (h *Handlers) activityFrame(c *gin.Context, a survey.Activity, tab, title string) page.Frame {
	root := activitiesPath + "/" + a.ID.String()
	crumbs := []page.Crumb{{Text: h.text(c, "activities.title"), Path: activitiesPath}, {Text: a.Name, Path: root}}
	if title == "" {
		title, crumbs[1].Path = a.Name, ""
	} else {
		crumbs = append(crumbs, page.Crumb{Text: title})
	}
	f := h.frame(c, "activities", title, crumbs...)
	for _, t := range []struct{ key, path string }{
		{"activity.tab.facts", ""}, {"activity.tab.applications", "/applications"}, {"activity.tab.tasks", "/tasks"}, {"activity.tab.pool", "/pool"},
	} {
		if t.path == "/pool" && !a.Pooled && !may(c, survey.ManageActivities) {
			continue
		}
		f.Staff.Tabs = append(f.Staff.Tabs, page.Tab{Text: h.text(c, t.key), Path: root + t.path, Here: t.path == tab})
	}
	return f
}

// phaseWord says where an activity stands.
func phaseWord(p survey.ActivityPhase) word {
	switch p {
	case survey.ActivityPlanned:
		return word{"activity.phase.planned", "plain", "○"}
	case survey.ActivityEnded:
		return word{"activity.phase.ended", "plain", "■"}
	}
	return word{"activity.phase.running", "good", "●"}
}
