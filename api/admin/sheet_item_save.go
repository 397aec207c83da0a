package admin

import (
	"context"

	"github.com/gin-gonic/gin"

	"meihao/survey"
	"meihao/survey/rubric"
)

// itemStep is something that is done with the item of the address.
type itemStep struct {
	done string // the sentence after it
	do   func(ctx context.Context, a survey.Actor, activity, project survey.ID, item string) error
}

// onItem does a step and shows the item again: with a sentence, or with what
// is wrong and all that was typed.
func (h *Handlers) onItem(c *gin.Context, step itemStep) error {
	activity, err := idParam(c, "activity")
	if err != nil {
		return err
	}
	project, err := idParam(c, "project")
	if err != nil {
		return err
	}
	item := c.Param("item")
	err = step.do(c.Request.Context(), actor(c), activity, project, item)
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderItem(c, status, f)
	}
	if err != nil {
		return err
	}
	return see(c, sheetPath(activity, project)+"/items/"+item+"?done="+step.done)
}

// decidedPoints reads the points of a decision, which cannot be left out.
func decidedPoints(c *gin.Context) (rubric.Halves, error) {
	p, err := rubric.ParseHalves(c.PostForm("points"))
	if err == nil && p != nil {
		return *p, nil
	}
	return 0, survey.Fail(survey.Invalid, "error.mark.halves").Field("points", "error.mark.halves")
}

// saveSettlement ends a difference between assessors.
func (h *Handlers) saveSettlement(c *gin.Context) error {
	return h.onItem(c, itemStep{"settled", func(ctx context.Context, a survey.Actor, activity, project survey.ID, item string) error {
		points, err := decidedPoints(c)
		if err != nil {
			return err
		}
		return h.Store.Settle(ctx, a, activity, project, item, points, c.PostForm("seen"), typed(c, "reason"))
	}})
}

// askOverride asks to replace what the machine set, as the first person.
func (h *Handlers) askOverride(c *gin.Context) error {
	return h.onItem(c, itemStep{"override_asked", func(ctx context.Context, a survey.Actor, activity, project survey.ID, item string) error {
		points, err := decidedPoints(c)
		if err != nil {
			return err
		}
		return h.Store.AskOverride(ctx, a, activity, project, item, points, typed(c, "reason"))
	}})
}

// confirmOverride confirms it as the second person.
func (h *Handlers) confirmOverride(c *gin.Context) error {
	return h.onItem(c, itemStep{"override_confirmed", func(ctx context.Context, a survey.Actor, activity, project survey.ID, item string) error {
		return h.Store.ConfirmOverride(ctx, a, activity, project, item, c.PostForm("seen"))
	}})
}

// withdrawOverride takes an override back, asked for or in force.
func (h *Handlers) withdrawOverride(c *gin.Context) error {
	return h.onItem(c, itemStep{"override_withdrawn", func(ctx context.Context, a survey.Actor, activity, project survey.ID, item string) error {
		return h.Store.WithdrawOverride(ctx, a, activity, project, item, typed(c, "reason"))
	}})
}

// saveFees saves what was due and paid, behind 3.2.
func (h *Handlers) saveFees(c *gin.Context) error {
	return h.onItem(c, itemStep{"fees", func(ctx context.Context, a survey.Actor, activity, project survey.ID, item string) error {
		if item != rubric.FeesItem {
			return survey.NotFoundError("error.not_found")
		}
		f := rubric.Fees{Document: typed(c, "document")}
		wrong := survey.Fail(survey.Invalid, "error.fees.fields")
		var ok bool
		if f.Due, ok = parseYuan(c.PostForm("due")); !ok {
			wrong.Field("due", "error.fees.yuan")
		}
		if f.Paid, ok = parseYuan(c.PostForm("paid")); !ok {
			wrong.Field("paid", "error.fees.yuan")
		}
		if len(wrong.Fields) > 0 {
			return wrong
		}
		return h.Store.SaveFees(ctx, a, activity, project, f)
	}})
}

// saveVeto records what was found about a veto from 6.2 on.
func (h *Handlers) saveVeto(c *gin.Context) error {
	return h.onItem(c, itemStep{"veto", func(ctx context.Context, a survey.Actor, activity, project survey.ID, item string) error {
		r := rubric.Recorded{Item: item, State: c.PostForm("state"), Document: typed(c, "document"), Note: typed(c, "note")}
		if on := c.PostForm("evidence"); on != "" {
			id, err := survey.ParseID(on)
			if err != nil {
				return err
			}
			r.Evidence = id
		}
		return h.Store.RecordVeto(ctx, a, activity, project, r)
	}})
}

// askBorderline asks, as the first person, that a borderline 6.1 be confirmed.
func (h *Handlers) askBorderline(c *gin.Context) error {
	return h.onBorderline(c, "veto_asked", func(ctx context.Context, a survey.Actor, activity, project survey.ID) error {
		return h.Store.AskVeto61(ctx, a, activity, project, typed(c, "reason"))
	})
}

// confirmBorderline confirms it as the second person.
func (h *Handlers) confirmBorderline(c *gin.Context) error {
	return h.onBorderline(c, "veto_confirmed", func(ctx context.Context, a survey.Actor, activity, project survey.ID) error {
		return h.Store.ConfirmVeto61(ctx, a, activity, project, false)
	})
}

// withdrawBorderline takes it back.
func (h *Handlers) withdrawBorderline(c *gin.Context) error {
	return h.onBorderline(c, "veto_withdrawn", func(ctx context.Context, a survey.Actor, activity, project survey.ID) error {
		return h.Store.ConfirmVeto61(ctx, a, activity, project, true)
	})
}

func (h *Handlers) onBorderline(c *gin.Context, done string, do func(context.Context, survey.Actor, survey.ID, survey.ID) error) error {
	return h.onItem(c, itemStep{done, func(ctx context.Context, a survey.Actor, activity, project survey.ID, item string) error {
		if item != rubric.SatisfactionVeto {
			return survey.NotFoundError("error.not_found")
		}
		return do(ctx, a, activity, project)
	}})
}
