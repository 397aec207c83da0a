package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

type applicationView struct {
	page.Frame
	faults
	Activity          survey.Activity
	Application       survey.Application
	Word              word
	Part              survey.DistrictPart // of the project's district
	Late              bool                // now
	MayApply          bool
	MayWithdraw       bool
	Steps             []applicationStep
	Own               bool   // who applied does not decide
	Why               string // nothing can be done now
	Statement, Reason string // as typed
	Path, Back        string
}

// applicationStep is a decision that may be made, with the last word of its
// address.
type applicationStep struct {
	Stage survey.ApplicationStage
	Word  string
	Full  bool // the cap is reached
}

// showApplication shows the application of a project, or asks for it.
func (h *Handlers) showApplication(c *gin.Context) error {
	return h.renderApplication(c, http.StatusOK, applicationView{})
}

// saveApplication hands an application in.
func (h *Handlers) saveApplication(c *gin.Context) error {
	v := applicationView{Statement: typed(c, "statement")}
	return h.stepApplication(c, v, "applied", func(activity, project survey.ID) error {
		return h.Store.Apply(c.Request.Context(), actor(c), activity, project, v.Statement)
	})
}

// withdrawApplication takes an application back.
func (h *Handlers) withdrawApplication(c *gin.Context) error {
	v := applicationView{Reason: typed(c, "reason")}
	return h.stepApplication(c, v, "application_withdrawn", func(activity, project survey.ID) error {
		return h.Store.WithdrawApplication(c.Request.Context(), actor(c), activity, project, v.Reason)
	})
}

// decideApplication takes an application a step on.
func (h *Handlers) decideApplication(to survey.ApplicationStage) handle {
	return func(c *gin.Context) error {
		v := applicationView{Reason: typed(c, "reason")}
		return h.stepApplication(c, v, "application_"+string(to), func(activity, project survey.ID) error {
			return h.Store.DecideApplication(c.Request.Context(), actor(c), activity, project, to, v.Reason)
		})
	}
}

func (h *Handlers) stepApplication(c *gin.Context, v applicationView, done string, f func(activity, project survey.ID) error) error {
	activity, err := idParam(c, "activity")
	if err != nil {
		return err
	}
	project, err := idParam(c, "project")
	if err == nil {
		err = f(activity, project)
	}
	if faults, status, mendable := h.faultsOf(c, err); mendable {
		v.faults = faults
		return h.renderApplication(c, status, v)
	}
	if err != nil {
		return err
	}
	return see(c, activitiesPath+"/"+activity.String()+"/applications/"+project.String()+"?done="+done)
}

func (h *Handlers) renderApplication(c *gin.Context, status int, v applicationView) error {
	a, err := h.activityOf(c)
	if err != nil {
		return err
	}
	project, err := idParam(c, "project")
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	one, err := h.Store.Application(ctx, scope(c), a.ID, project)
	if err != nil {
		return err
	}
	v.Activity, v.Application, v.Word = a, one, applicationWord(one.Stage)
	parts, err := h.Store.DistrictParts(ctx, scope(c), a.ID)
	if err != nil {
		return err
	}
	for _, p := range parts {
		if p.District == one.Project.Place.District {
			v.Part = p
		}
	}
	v.Back = activitiesPath + "/" + a.ID.String() + "/applications"
	v.Path = v.Back + "/" + project.String()
	v.Late = survey.Late(a.DistrictDue, h.Now())
	h.offerSteps(c, &v)
	v.Frame = h.activityFrame(c, a, "/application", h.text(c, "application.title", "Name", one.Project.Name))
	h.Pages.Show(c, status, "staff/application", v)
	return nil
}

// offerSteps says what the actor can do with an application now.
func (h *Handlers) offerSteps(c *gin.Context, v *applicationView) {
	if err := v.Activity.Works(h.Now()); err != nil {
		f, _, _ := h.faultsOf(c, err)
		v.Why = f.Message
		return
	}
	stage := v.Application.Stage
	v.MayApply = may(c, survey.ApplyForTitle) && stage.MayApply()
	v.MayWithdraw = may(c, survey.ApplyForTitle) && stage.MayWithdraw()
	if v.MayApply && v.Statement == "" && !v.Any() {
		v.Statement = v.Application.Statement
	}
	if !may(c, survey.ReviewApplications) || stage == "" {
		return
	}
	if v.Part.Mode == "" {
		v.Why = h.text(c, "error.application.mode")
		return
	}
	if v.Own = v.Application.Account == actor(c).Account; v.Own {
		return
	}
	full := v.Part.Mode == survey.Voluntary && v.Part.Accepted >= v.Part.Cap
	for _, to := range stage.Next(v.Part.Mode) {
		words := map[survey.ApplicationStage]string{survey.Reviewed: "review", survey.Accepted: "accept", survey.Declined: "decline", survey.Returned: "return"}
		v.Steps = append(v.Steps, applicationStep{to, words[to], full && to == survey.Accepted})
	}
}
