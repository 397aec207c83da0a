package resident

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// RetryView carries a form that could not even be shown again, because what it
// asks cannot be read now: all that was typed, to be sent once more with one
// button, under the same key.
type RetryView struct {
	Frame
	Message string
	Action  string
	Fields  []RetryField
}

// RetryField is one value of the form.
type RetryField struct{ Name, Value string }

// showRetry answers 503 with the form on it. Nothing was stored.
func (h *Handlers) showRetry(c *gin.Context, t typed, err error) {
	if survey.KindOf(err) != survey.Busy {
		err = survey.Fail(survey.Busy, "error.unavailable")
	}
	v := RetryView{
		Message: h.Pages.Text(c, survey.KeyOf(err), nil), Action: addressOf(c, c.Request.URL.Path), Fields: t.fields(),
	}
	v.Frame = frameAt(c, c.Request.URL.Path, h.Pages.Text(c, "resident.retry.heading", nil))
	c.Header("Retry-After", "5")
	h.Pages.Show(c, page.Status(survey.Busy), "resident/retry", v)
}

// fields are all values that came with a form, fit to be sent again, in an
// order that does not change.
func (t *typed) fields() []RetryField {
	var list []RetryField
	add := func(name, value string) {
		if value != "" {
			list = append(list, RetryField{strings.ToValidUTF8(name, "\uFFFD"), strings.ToValidUTF8(value, "\uFFFD")})
		}
	}
	for _, one := range []RetryField{
		{"key", t.Key}, {"building", t.Building}, {"unit", t.Unit}, {"room", t.Room}, {"code", t.Code}, {"lane", t.Lane},
		{"show", t.Show}, {"receipt", t.Receipt},
	} {
		add(one.Name, one.Value)
	}
	fixed := len(list)
	for name, values := range t.Answers {
		for _, value := range values {
			add(name, value)
		}
	}
	slices.SortStableFunc(list[fixed:], func(a, b RetryField) int { return cmp.Compare(a.Name, b.Name) })
	return list
}
