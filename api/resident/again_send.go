package resident

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/intake"
)

// sendAgain answers POST /s/{poster}/again: other answers, or none at all, in
// place of those that a receipt names. It says the same of both, and where the
// first answers led: nothing on the phone tells that they were changed.
func (h *Handlers) sendAgain(c *gin.Context) {
	code, ok := h.posterCode(c)
	if !ok {
		return
	}
	form, err := h.read(c, code)
	if form.typed.Show != "" {
		form.typed.choose(c)
		if err == nil {
			err = form.poster.Campaign.Accepts(h.Now())
		}
		h.showAgainTyped(c, form, err)
		return
	}
	if err == nil {
		err = h.replace(c, form)
	}
	if err != nil {
		if !h.refuseScript(c, err) {
			h.showAgainTyped(c, form, err)
		}
		return
	}
	h.acknowledge(c, doneAddress(c, code, form.typed.Receipt), survey.Saved{Receipt: form.typed.Receipt})
}

// replace takes what was typed through the gate to the store, with the change
// key that this phone holds: none is a wrong one.
func (h *Handlers) replace(c *gin.Context, form sent) error {
	one, _ := answeredWith(c, form.poster, form.typed.Receipt)
	again, err := intake.AdmitAgain(form.poster, form.questionnaire, intake.Again{
		Receipt: form.typed.Receipt, Change: one.Change, Values: form.typed.Answers,
	}, h.Now())
	if err != nil {
		return err
	}
	return h.Store.Reanswer(c.Request.Context(), again)
}

// showAgainTyped shows the form again with all that was typed, for whatever
// reason (nil for another language or size), or the page that says why not.
func (h *Handlers) showAgainTyped(c *gin.Context, form sent, err error) {
	kind := survey.KindOf(err)
	_, here := answeredWith(c, form.poster, form.typed.Receipt)
	passes := err != nil && h.Pages.Passes(err)
	switch {
	case form.questionnaire == nil && passes && form.typed.Answers != nil:
		h.showRetry(c, form.typed, err)
	case kind == survey.NotFound || form.questionnaire != nil && !here && (err == nil || kind == survey.Invalid):
		h.showNoKey(c, form.poster, "again.refused")
	case form.questionnaire != nil && (err == nil || passes || kind == survey.Invalid):
		if passes {
			err = survey.Fail(survey.Busy, "error.unavailable")
		}
		wrong := h.Pages.FieldTexts(c, err)
		v := h.againView(c, form.poster, form.questionnaire, form.typed, wrong)
		v.Kept = true
		status := http.StatusOK
		if err != nil {
			h.tell(c, &v.FormView, wrong, err)
			status = page.Status(survey.KindOf(err))
		}
		h.Pages.Show(c, status, "resident/again", v)
	default:
		h.failSent(c, form.poster, err, "again.refused")
	}
}
