package admin

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// faults are what a form shows when it comes back: one sentence, and one for
// each field that is wrong, keyed by form name.
type faults struct {
	Message string
	Fields  map[string]string
}

// faultsOf tells the faults of a form from other errors. What a person can
// mend (422, 409, slowed down) comes back on the form with everything typed;
// false is for the error page.
func (h *Handlers) faultsOf(c *gin.Context, err error) (faults, int, bool) {
	var e *survey.Error
	if !errors.As(err, &e) {
		return faults{}, 0, false
	}
	switch e.Kind {
	case survey.Invalid, survey.Conflict, survey.Busy, survey.TooLarge, survey.Unauthorized:
		page.SetFailed(c, err)
		status := page.Status(e.Kind)
		if e.Kind == survey.Busy {
			status = http.StatusTooManyRequests // slowed down: the server is well
		}
		return faults{h.Pages.Text(c, e.Key, e.Args), h.Pages.FieldTexts(c, err)}, status, true
	}
	return faults{}, 0, false
}

// Any says that something is wrong.
func (f faults) Any() bool { return f.Message != "" }

// Of is the fault of a field, "" for none.
func (f faults) Of(name string) string { return f.Fields[name] }

// typed is a form value without spaces around it.
func typed(c *gin.Context, name string) string { return strings.TrimSpace(c.PostForm(name)) }

// minute reads a datetime-local value as Beijing time; zero where it is none.
func minute(value string) time.Time {
	for _, form := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02 15:04"} {
		if t, err := time.ParseInLocation(form, value, page.Beijing()); err == nil {
			return t
		}
	}
	return time.Time{}
}

// see goes on to another page after something was saved.
func see(c *gin.Context, path string) error {
	c.Redirect(http.StatusSeeOther, path)
	return nil
}
