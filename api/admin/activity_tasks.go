package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
)

type tasksView struct {
	page.Frame
	faults
	Tasks      []taskLine
	MayAdd     bool
	Owners     []placeChoice
	Typed      string // the title
	Due, Owner string
	Path       string
}

type taskLine struct {
	survey.Task
	Late      bool
	MayChange bool
	Path      string
}

// showTasks lists what is to be done until when.
func (h *Handlers) showTasks(c *gin.Context) error {
	a, err := h.activityOf(c)
	if err != nil {
		return err
	}
	return h.renderTasks(c, http.StatusOK, a, tasksView{})
}

// saveTask adds a task for the city or a district.
func (h *Handlers) saveTask(c *gin.Context) error {
	a, err := h.activityOf(c)
	if err != nil {
		return err
	}
	v := tasksView{Typed: typed(c, "title"), Due: typed(c, "due"), Owner: typed(c, "owner")}
	t := survey.Task{Activity: a.ID, Title: v.Typed, Due: lastMoment(day(v.Due))}
	if v.Owner != cityOwner {
		t.District, err = survey.ParseID(v.Owner)
	}
	if err != nil {
		err = survey.Fail(survey.Invalid, "error.activity.fields").Field("owner", "error.task.owner")
	} else {
		err = h.Store.AddTask(c.Request.Context(), actor(c), t)
	}
	if f, status, mendable := h.faultsOf(c, err); mendable {
		v.faults = f
		return h.renderTasks(c, status, a, v)
	}
	if err != nil {
		return err
	}
	return see(c, activitiesPath+"/"+a.ID.String()+"/tasks?done=task_added")
}

// finishTask marks a task as done, or as not done after all.
func (h *Handlers) finishTask(done bool) handle {
	return func(c *gin.Context) error {
		word := "task_done"
		if !done {
			word = "task_undone"
		}
		return h.changeTask(c, word, func(a, task survey.ID) error {
			return h.Store.FinishTask(c.Request.Context(), actor(c), a, task, done)
		})
	}
}

// removeTask takes a task out.
func (h *Handlers) removeTask(c *gin.Context) error {
	return h.changeTask(c, "task_removed", func(a, task survey.ID) error {
		return h.Store.RemoveTask(c.Request.Context(), actor(c), a, task)
	})
}

func (h *Handlers) changeTask(c *gin.Context, done string, f func(activity, task survey.ID) error) error {
	activity, err := idParam(c, "activity")
	if err != nil {
		return err
	}
	task, err := idParam(c, "task")
	if err == nil {
		err = f(activity, task)
	}
	if err != nil {
		return err
	}
	return see(c, activitiesPath+"/"+activity.String()+"/tasks?done="+done)
}

func (h *Handlers) renderTasks(c *gin.Context, status int, a survey.Activity, v tasksView) error {
	tasks, err := h.Store.Tasks(c.Request.Context(), scope(c), a.ID)
	if err != nil {
		return err
	}
	v.Path = activitiesPath + "/" + a.ID.String() + "/tasks"
	v.Frame = h.activityFrame(c, a, "/tasks", h.text(c, "activity.tab.tasks"))
	changes := may(c, survey.ManageTasks) && a.Ended.IsZero()
	for _, t := range tasks {
		v.Tasks = append(v.Tasks, taskLine{t, t.Late(h.Now()), changes && scope(c).Manages(t.District), v.Path + "/" + t.ID.String()})
	}
	if v.MayAdd = changes; changes {
		if v.Owners, err = h.owners(c); err != nil {
			return err
		}
	}
	return h.present(c, status, "staff/activity_tasks", v)
}

func (v tasksView) workbook(t teller) workbook {
	return workbook{Title: v.Title, Tables: []export.Table{{
		Title:   v.Title,
		Columns: t.columns("task.title", "task.owner", "@task.due", "task.late", "@task.done", "task.by"),
		Rows: export.Of(v.Tasks, func(one taskLine) []export.Cell {
			where, done := one.Where, dash()
			if one.District == 0 {
				where = t.say("scope.city")
			}
			if !one.DoneAt.IsZero() {
				done = export.Time(one.DoneAt)
			}
			return []export.Cell{export.String(one.Task.Title), export.String(where), export.Date(one.Due), t.yes(one.Late), done, orDash(one.DoneBy)}
		}),
	}}}
}
