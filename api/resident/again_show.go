package resident

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// AgainView is the blank form that replaces what was answered (RULES §1). Who
// answers, and for which home, is not asked again.
type AgainView struct {
	FormView
	Receipt string
}

// showAgain answers GET /s/{poster}/again?receipt=…, on the phone that holds
// the change key. A retired poster will do: nothing new comes in.
func (h *Handlers) showAgain(c *gin.Context) {
	code, ok := h.posterCode(c)
	if !ok {
		return
	}
	p, err := h.Store.Poster(c.Request.Context(), code)
	if err == nil {
		err = p.Campaign.Accepts(h.Now())
	}
	if err != nil {
		h.fail(c, p, err)
		return
	}
	one, ok := answeredWith(c, p, survey.NormalCode(c.Query("receipt")))
	if !ok {
		h.showNoKey(c, p)
		return
	}
	q, err := h.Store.Questionnaire(c.Request.Context(), p.Campaign.Questionnaire)
	if err != nil {
		h.fail(c, p, err)
		return
	}
	h.Pages.Show(c, http.StatusOK, "resident/again", h.againView(c, p, q, typed{Receipt: one.Receipt}, nil))
}

// answeredWith is the answer of a receipt that was sent from this phone to the
// poster's project.
func answeredWith(c *gin.Context, p survey.Poster, receipt string) (answered, bool) {
	for _, one := range answeredHere(c, p.Tag) {
		if one.Receipt == receipt {
			return one, true
		}
	}
	return answered{}, false
}

// againView is the form with what was typed, without the questions that are
// not asked again. Its title is the form's: it stands in the phone's history.
func (h *Handlers) againView(c *gin.Context, p survey.Poster, q *survey.Questionnaire, t typed, wrong map[string]string) AgainView {
	v := AgainView{FormView: h.formView(c, p, q, t, wrong), Receipt: t.Receipt}
	v.Household, v.Code, v.Feedback = nil, nil, nil
	v.First.Questions = askedAgain(q, v.First.Questions)
	for i := range v.More {
		v.More[i].Questions = askedAgain(q, v.More[i].Questions)
	}
	v.Path = "/s/" + p.Code + "/again?receipt=" + t.Receipt
	v.Stay = v.Path
	v.Action = addressOf(c, "/s/"+p.Code+"/again")
	v.Draft = againDraft(p.Code, t.Receipt)
	return v
}

// againDraft is what the draft of a re-answer is called on the phone: one for
// each receipt, of which the end will do.
func againDraft(code, receipt string) string {
	return code + ".again." + receipt[max(0, len(receipt)-6):]
}

func askedAgain(q *survey.Questionnaire, all []QuestionView) []QuestionView {
	var list []QuestionView
	for _, one := range all {
		if q.Question(one.ID).AskedAgain() {
			list = append(list, one)
		}
	}
	return list
}

// showNoKey tells that this phone cannot change this answer: it never could,
// or the key is gone. What was sent all the same is answered first.
func (h *Handlers) showNoKey(c *gin.Context, p survey.Poster, first ...string) {
	h.showStop(c, http.StatusNotFound, stop{
		tone: "warn", heading: "again.no_key.heading", lines: append(first, "again.no_key.what", "again.no_key.do"), back: true,
		wipe: len(first) > 0,
	}, p)
}
