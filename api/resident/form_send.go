package resident

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/intake"
)

// sent is a form that came in, as far as it could be read.
type sent struct {
	poster        survey.Poster
	questionnaire *survey.Questionnaire // nil where it was refused before
	typed         typed
}

// sendForm answers POST /s/{poster}: 303 to 已收到 after the commit, else the
// form again with everything that was typed, or the page that says why not.
// With `show` it is no answer yet: the form in another language or size.
func (h *Handlers) sendForm(c *gin.Context) {
	code, ok := h.posterCode(c)
	if !ok {
		h.Watch.Submitted(c.Request.Context(), survey.Saved{Err: survey.Fail(survey.UnknownPoster, "error.poster.mistyped")})
		return
	}
	form, err := h.read(c, code)
	if form.typed.Show != "" {
		h.showOtherwise(c, form, err)
		return
	}
	saved := survey.Saved{Err: err}
	if err == nil {
		saved = h.save(c, &form)
	}
	h.Watch.Submitted(c.Request.Context(), saved)
	if saved.Err != nil {
		h.refuse(c, form, saved.Err)
		return
	}
	h.replaceKey(c)
	h.keepChange(c, form.poster, saved)
	h.acknowledge(c, doneAddress(c, code, saved.Receipt), saved)
}

// read reads what was sent, and what it is an answer to. What was typed is
// told with an error too: it must not be lost.
func (h *Handlers) read(c *gin.Context, code string) (form sent, err error) {
	var unread error
	if form.typed, unread = readForm(c); unread == nil {
		form.typed.Key = keyOf(c, form.typed)
	}
	if form.poster, err = h.Store.Poster(c.Request.Context(), code); err != nil {
		return form, err
	}
	if unread != nil {
		return form, unread
	}
	form.questionnaire, err = h.Store.Questionnaire(c.Request.Context(), form.poster.Campaign.Questionnaire)
	return form, err
}

// save takes what was typed through the gate and the desk to its receipt.
func (h *Handlers) save(c *gin.Context, form *sent) survey.Saved {
	device := deviceOf(c, form.poster.Campaign)
	submission, err := intake.Admit(form.poster, form.questionnaire, form.typed.request(device), h.Now())
	if err != nil {
		return survey.Saved{Err: err}
	}
	saved := h.Desk.Submit(c.Request.Context(), submission)
	if survey.KindOf(saved.Err) == survey.RetiredPoster && !form.poster.Retired {
		h.lookAgain(c, &form.poster)
	}
	return saved
}

// refuse answers a form that was not stored: with itself where something can
// be mended or tried again, else with the page that says why.
func (h *Handlers) refuse(c *gin.Context, form sent, err error) {
	if h.refuseScript(c, err) {
		return
	}
	kind := survey.KindOf(err)
	switch {
	case form.questionnaire != nil && (kind == survey.Invalid || kind == survey.WrongCode || kind == survey.Busy):
		h.showTyped(c, form, err)
	case form.typed.Answers != nil && h.Pages.Passes(err):
		h.showRetry(c, form.typed, err)
	default:
		h.failSent(c, form.poster, err, "resident.refused")
	}
}

// showOtherwise answers a form whose sender asked for another language or
// size: the same form with all that was typed. Nothing is stored.
func (h *Handlers) showOtherwise(c *gin.Context, form sent, err error) {
	form.typed.choose(c)
	if err == nil {
		err = accepts(form.poster, h.Now())
	}
	switch {
	case err == nil:
		v := h.formView(c, form.poster, form.questionnaire, form.typed, nil)
		v.Kept = true
		h.Pages.Show(c, http.StatusOK, "resident/form", v)
	case form.typed.Answers != nil && h.Pages.Passes(err):
		h.showRetry(c, form.typed, err)
	default:
		h.failSent(c, form.poster, err, "resident.refused")
	}
}

// lookAgain reads a poster that was retired while somebody answered, so that
// the page can say where to look instead.
func (h *Handlers) lookAgain(c *gin.Context, p *survey.Poster) {
	if now, err := h.Store.Poster(c.Request.Context(), p.Code); err == nil {
		*p = now
	}
}

// keyOf is the submission key: the script's, else the cookie's, else one made
// now, so that nobody is turned away for want of either.
func keyOf(c *gin.Context, t typed) string {
	if t.Key != "" {
		return t.Key
	}
	if key := cookie(c, keyCookie); key != "" {
		return key
	}
	return newKey()
}

// deviceOf is the device token where the open lane may be chosen.
func deviceOf(c *gin.Context, campaign survey.Campaign) string {
	if takesOpen(campaign) {
		return cookie(c, deviceCookie)
	}
	return ""
}

// showTyped shows the form with everything that was typed and what to do
// about it.
func (h *Handlers) showTyped(c *gin.Context, form sent, err error) {
	kind := survey.KindOf(err)
	wrong := h.Pages.FieldTexts(c, err)
	if _, bad := wrong["key"]; bad {
		form.typed.Key = h.replaceKey(c)
	}
	v := h.formView(c, form.poster, form.questionnaire, form.typed, wrong)
	h.tell(c, &v, wrong, err)
	h.Pages.Show(c, page.Status(kind), "resident/form", v)
}

// tell says on a form that was not stored what to do: wait and send it again,
// or mend what is wrong.
func (h *Handlers) tell(c *gin.Context, v *FormView, wrong map[string]string, err error) {
	v.Kept = true
	if survey.KindOf(err) == survey.Busy {
		c.Header("Retry-After", "5")
		v.Notice = h.Pages.Text(c, survey.KeyOf(err), nil)
		return
	}
	v.Title = h.Pages.Text(c, "resident.form.wrong_title", survey.Args{"Title": v.Title})
	v.Problems = h.problems(c, *v, wrong, err)
}

// problems lists what is wrong in the order of the page. What belongs to no
// control of the form stands at the end.
func (h *Handlers) problems(c *gin.Context, v FormView, wrong map[string]string, err error) []Problem {
	var list []Problem
	seen := map[string]bool{}
	add := func(field, name string) {
		if text, bad := wrong[field]; bad && !seen[field] {
			seen[field] = true
			list = append(list, Problem{At: field, Name: name, Text: text})
		}
	}
	language := page.Language(c)
	for _, q := range v.First.Questions {
		add(q.ID, q.Text.in(language))
	}
	for _, field := range v.householdFields() {
		add(field, h.Pages.Text(c, "resident.field."+field, nil))
	}
	for _, part := range v.More {
		for _, q := range part.Questions {
			add(q.ID, q.Text.in(language))
		}
	}
	for _, field := range slices.Sorted(maps.Keys(wrong)) {
		if !seen[field] {
			list = append(list, Problem{Text: wrong[field]})
		}
	}
	var e *survey.Error
	if len(list) == 0 && errors.As(err, &e) {
		list = append(list, Problem{Text: h.Pages.Text(c, e.Key, e.Args)})
	}
	return list
}

// householdFields are the fields of the household that this form has.
func (v FormView) householdFields() []string {
	var fields []string
	if v.Household != nil {
		fields = append(fields, "building", "unit", "room")
	}
	if v.Code != nil {
		fields = append(fields, "code")
	}
	if v.Feedback != nil {
		fields = append(fields, "lane")
	}
	return fields
}

// in is the text in a language.
func (b Bilingual) in(language string) string {
	if language != defaultLanguage && strings.TrimSpace(b.EN) != "" {
		return b.EN
	}
	return b.ZH
}
