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
func (h *Handlers) sendForm(c *gin.Context) {
	code, ok := h.posterCode(c)
	if !ok {
		h.Watch.Submitted(c.Request.Context(), survey.Saved{Err: survey.Fail(survey.UnknownPoster, "error.poster.mistyped")})
		return
	}
	form, saved := h.save(c, code)
	h.Watch.Submitted(c.Request.Context(), saved)
	kind := survey.KindOf(saved.Err)
	switch {
	case saved.Err == nil:
		h.replaceKey(c)
		c.Header("Location", doneAddress(c, code, saved.Receipt))
		c.Status(http.StatusSeeOther)
	case form.questionnaire != nil && (kind == survey.Invalid || kind == survey.WrongCode || kind == survey.Busy):
		h.showAgain(c, form.poster, form.questionnaire, form.typed, saved.Err)
	default:
		h.fail(c, form.poster, saved.Err)
	}
}

// save takes what was typed through the gate and the desk to its receipt.
func (h *Handlers) save(c *gin.Context, code string) (sent, survey.Saved) {
	var form sent
	var err error
	if form.poster, err = h.Store.Poster(c.Request.Context(), code); err != nil {
		return form, survey.Saved{Err: err}
	}
	if form.typed, err = readForm(c); err != nil {
		return form, survey.Saved{Err: err}
	}
	q, err := h.Store.Questionnaire(c.Request.Context(), form.poster.Campaign.Questionnaire)
	if err != nil {
		return form, survey.Saved{Err: err}
	}
	form.questionnaire = q
	form.typed.Key = keyOf(c, form.typed)
	submission, err := intake.Admit(form.poster, q, form.typed.request(deviceOf(c, form.poster.Campaign)), h.Now())
	if err != nil {
		return form, survey.Saved{Err: err}
	}
	saved := h.Desk.Submit(c.Request.Context(), submission)
	if survey.KindOf(saved.Err) == survey.RetiredPoster && !form.poster.Retired {
		h.lookAgain(c, &form.poster)
	}
	return form, saved
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

// doneAddress is where an acknowledged answer leads.
func doneAddress(c *gin.Context, code, receipt string) string {
	query := "?"
	if language := page.Language(c); language != defaultLanguage {
		query = "?lang=" + language + "&"
	}
	return "/s/" + code + "/done" + query + "receipt=" + receipt
}

// showAgain shows the form with everything that was typed and what to do
// about it.
func (h *Handlers) showAgain(c *gin.Context, p survey.Poster, q *survey.Questionnaire, t typed, err error) {
	kind := survey.KindOf(err)
	wrong := h.Pages.FieldTexts(c, err)
	if _, bad := wrong["key"]; bad {
		t.Key = h.replaceKey(c)
	}
	v := h.formView(c, p, q, t, wrong)
	v.Kept = true
	if kind == survey.Busy {
		c.Header("Retry-After", "5")
		v.Notice = h.Pages.Text(c, survey.KeyOf(err), nil)
	} else {
		v.Title = h.Pages.Text(c, "resident.form.wrong_title", survey.Args{"Title": v.Title})
		v.Problems = h.problems(c, v, wrong, err)
	}
	h.Pages.Show(c, page.Status(kind), "resident/form", v)
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
