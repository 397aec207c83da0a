package admin

import (
	"context"
	"strconv"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// newPromise begins the names of the fields of the form for one more.
const newPromise = "new-"

// saveNewPromise enters a promise of the company.
func (h *Handlers) saveNewPromise(c *gin.Context) error {
	v, err := h.resultOf(c)
	if err != nil {
		return err
	}
	v.New = promiseForm{Text: typed(c, "text"), Due: typed(c, "due")}
	_, err = h.Store.AddPromise(c.Request.Context(), actor(c), v.Result.Campaign.ID, v.Result.Project.ID, v.New.Text, day(v.New.Due))
	return h.promised(c, v, newPromise, "", "promise_added", err)
}

// promiseStep is one thing to do with a promise of the address.
type promiseStep struct {
	kind string // which of its forms
	done string // the sentence after it
	do   func(ctx context.Context, p *promiseCard) error
}

// onPromise runs a step on the promise of the address, which must be one of
// the result's.
func (h *Handlers) onPromise(c *gin.Context, step promiseStep) error {
	v, err := h.resultOf(c)
	if err != nil {
		return err
	}
	id, err := idParam(c, "promise")
	if err != nil {
		return err
	}
	for i := range v.Promises {
		if p := &v.Promises[i]; p.ID == id {
			at := p.At
			if step.kind == "return" || step.kind == "takedown" { // both ask for a reason
				at += step.kind + "-"
			}
			err := step.do(c.Request.Context(), p)
			v.Opened = p.At + step.kind
			return h.promised(c, v, at, p.At, step.done, err)
		}
	}
	return survey.NotFoundError("error.not_found")
}

// promised ends a step: the result's page with a sentence, or the page again
// with what is wrong beside the fields of its form.
func (h *Handlers) promised(c *gin.Context, v resultView, at, card, done string, err error) error {
	if f, status, mendable := h.faultsOf(c, err); mendable {
		v.faults = faults{Message: f.Message}
		for name, text := range f.Fields {
			if v.Fields == nil {
				v.faults.Fields = map[string]string{}
			}
			v.faults.Fields[at+name] = text
		}
		h.Pages.Show(c, status, "staff/result", v)
		return nil
	}
	if err != nil {
		return err
	}
	to := resultPath(v.Result.Campaign.ID, v.Result.Project.ID) + "?done=" + done
	if card != "" && done != "promise_removed" {
		to += "#" + card + "card"
	}
	return see(c, to)
}

// savePromise changes what is promised.
func (h *Handlers) savePromise(c *gin.Context) error {
	return h.onPromise(c, promiseStep{"change", "promise_changed", func(ctx context.Context, p *promiseCard) error {
		p.Form.Text, p.Form.Due = typed(c, "text"), typed(c, "due")
		return h.Store.ChangePromise(ctx, actor(c), p.ID, p.Form.Text, day(p.Form.Due))
	}})
}

// saveReport says that a promise was kept, and on which day; or takes that
// back.
func (h *Handlers) saveReport(c *gin.Context) error {
	return h.onPromise(c, promiseStep{"report", "promise_reported", func(ctx context.Context, p *promiseCard) error {
		p.Form.Day, p.Form.Note = typed(c, "day"), typed(c, "note")
		when := day(p.Form.Day)
		if back := c.PostForm("back") != ""; when.IsZero() && !back {
			return survey.Fail(survey.Invalid, "error.promise.fields").Field("day", "error.promise.day")
		}
		return h.Store.ReportPromise(ctx, actor(c), p.ID, when, p.Form.Note)
	}})
}

// removePromise removes what nobody has seen.
func (h *Handlers) removePromise(c *gin.Context) error {
	return h.onPromise(c, promiseStep{"remove", "promise_removed", func(ctx context.Context, p *promiseCard) error {
		return h.Store.RemovePromise(ctx, actor(c), p.ID)
	}})
}

// publishPromise shows the version that the actor looked at to residents.
func (h *Handlers) publishPromise(c *gin.Context) error {
	return h.onPromise(c, promiseStep{"publish", "promise_published", func(ctx context.Context, p *promiseCard) error {
		return h.Store.PublishPromise(ctx, actor(c), p.ID, seen(c))
	}})
}

// seen is the number of the version that the actor decides on; of none, -1,
// there is none.
func seen(c *gin.Context) int {
	n, err := strconv.Atoi(typed(c, "seen"))
	if err != nil {
		return -1
	}
	return n
}

// returnPromise gives a version back to the company.
func (h *Handlers) returnPromise(c *gin.Context) error {
	return h.onPromise(c, promiseStep{"return", "promise_returned", func(ctx context.Context, p *promiseCard) error {
		p.Form.Reason = typed(c, "reason")
		return h.Store.ReturnPromise(ctx, actor(c), p.ID, seen(c), p.Form.Reason)
	}})
}

// takeDownPromise hides a promise from residents.
func (h *Handlers) takeDownPromise(c *gin.Context) error {
	return h.onPromise(c, promiseStep{"takedown", "promise_down", func(ctx context.Context, p *promiseCard) error {
		p.Form.Reason = typed(c, "reason")
		return h.Store.TakeDownPromise(ctx, actor(c), p.ID, p.Form.Reason)
	}})
}
