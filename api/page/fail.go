package page

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// Status is the one switch from an error's kind to an HTTP status (DESIGN §8).
func Status(kind survey.Kind) int {
	switch kind {
	case survey.Closed, survey.NotOpen, survey.Forbidden:
		return http.StatusForbidden
	case survey.UnknownPoster, survey.NotFound:
		return http.StatusNotFound
	case survey.RetiredPoster:
		return http.StatusGone
	case survey.AlreadyAnswered, survey.Conflict:
		return http.StatusConflict
	case survey.NoBase, survey.Invalid, survey.WrongCode:
		return http.StatusUnprocessableEntity
	case survey.TooLarge:
		return http.StatusRequestEntityTooLarge
	case survey.Busy:
		return http.StatusServiceUnavailable
	case survey.Unauthorized:
		return http.StatusUnauthorized
	}
	return http.StatusInternalServerError
}

// ErrorView is what error pages and JSON errors are made of.
type ErrorView struct {
	Frame
	Status  int
	Kind    survey.Kind
	Message string
	Fields  map[string]string
	Request string
}

// Fail answers with the error's page or JSON. A fault without a kind is
// logged here, once, and shows its request id and nothing else.
func (p *Pages) Fail(c *gin.Context, err error) {
	err = p.known(c, err)
	SetFailed(c, err)
	v := ErrorView{Kind: survey.KindOf(err), Request: RequestID(c)}
	v.Status = Status(v.Kind)
	if v.Kind == survey.Internal {
		p.log.ErrorContext(c, "request failed", "request", v.Request, "route", c.FullPath(), "error", err)
		err = survey.Fail(survey.Internal, "error.internal", "Request", v.Request)
	}
	if v.Kind == survey.Busy {
		c.Header("Retry-After", "5")
	}
	var e *survey.Error
	errors.As(err, &e)
	v.Message, v.Fields = p.Text(c, e.Key, e.Args), p.FieldTexts(c, err)
	v.Frame = Frame{Title: v.Message, Path: PathOf(c), Staff: StaffOf(c), Size: SizeOf(c)}
	c.Abort()
	p.ShowError(c, v)
}

const failedKey = "page.failed"

// SetFailed keeps the error that a request is answered with, for who records
// refusals. An error without a message of ours is none that a person was told.
func SetFailed(c *gin.Context, err error) {
	var e *survey.Error
	if errors.As(err, &e) {
		c.Set(failedKey, e)
	}
}

// Failed is the kind and the message key that a request was answered with; ""
// where it was not refused.
func Failed(c *gin.Context) (kind survey.Kind, key string) {
	if e, is := c.Value(failedKey).(*survey.Error); is {
		return e.Kind, e.Key
	}
	return "", ""
}

// Log writes that something went wrong that the person is not told of.
func (p *Pages) Log(c *gin.Context, what string, err error) {
	p.log.ErrorContext(c, what, "request", RequestID(c), "route", c.FullPath(), "error", err)
}

// ShowError answers with an error in the face of the area it belongs to: JSON
// for systems and for a form that a script sent, else a page of the staff's or
// of the residents'.
func (p *Pages) ShowError(c *gin.Context, v ErrorView) {
	switch path := c.Request.URL.Path; {
	case strings.HasPrefix(path, "/api/"), strings.HasPrefix(path, "/s/") && WantsJSON(c):
		c.Header("Cache-Control", "no-store")
		c.JSON(v.Status, ErrorJSON{Code: string(v.Kind), Message: v.Message, Fields: v.Fields})
	case strings.HasPrefix(path, "/admin"):
		p.Show(c, v.Status, "staff/error", v)
	default:
		p.Show(c, v.Status, "resident/error", v)
	}
}

// WantsJSON says that a script asks, which reads no page. A browser that goes
// to a page by itself never begins with JSON.
func WantsJSON(c *gin.Context) bool {
	return strings.HasPrefix(c.GetHeader("Accept"), "application/json")
}

// ErrorJSON is the error of DESIGN §8.
type ErrorJSON struct {
	Code    string            `json:"code"`
	Message string            `json:"message"`
	Fields  map[string]string `json:"fields,omitempty"`
}

// FieldTexts are an error's fields in words, keyed by form name.
func (p *Pages) FieldTexts(c *gin.Context, err error) map[string]string {
	var e *survey.Error
	if !errors.As(err, &e) || len(e.Fields) == 0 {
		return nil
	}
	texts := make(map[string]string, len(e.Fields))
	for name, m := range e.Fields {
		texts[name] = p.Text(c, m.Key, m.Args)
	}
	return texts
}

// Passes says of an error that it will pass: the same request is worth sending
// again after a while.
func (p *Pages) Passes(err error) bool {
	kind := survey.KindOf(err)
	return kind == survey.Busy || kind == survey.Internal && p.Passing != nil && p.Passing(err)
}

// known gives a kind to faults that a client caused, and to those that pass.
func (p *Pages) known(c *gin.Context, err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return survey.Fail(survey.TooLarge, "error.too_large")
	}
	if p.Passing != nil && survey.KindOf(err) == survey.Internal && p.Passing(err) {
		// A line a second says it: everybody's request fails alike.
		if now := time.Now().Unix(); p.passed.Swap(now) != now {
			p.log.WarnContext(c, "the database cannot be asked now", "request", RequestID(c), "route", c.FullPath(), "error", err)
		}
		return survey.Fail(survey.Busy, "error.unavailable")
	}
	return err
}
