package resident

import (
	"bytes"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/intake"
)

// Bounds of a form that is sent: bytes of the body and number of values. The
// questionnaire has some fifty options, a whole form is under 4 KiB; a comment
// far too long must still come back with what to do.
const (
	maxBody   = 128 << 10
	maxValues = 200
)

// typed is what came with a form, by the names of DESIGN §8.
type typed struct {
	Key, Building, Unit, Room, Code, Lane string
	Show                                  string              // "lang:en", "size:l": to be shown otherwise, not stored
	Receipt                               string              // of the answers that these are to replace
	Answers                               map[string][]string // by question id; nil where nothing could be read
}

// readForm reads the body of a sent form: TooLarge over the limit, Invalid
// for what is no form. What stands in it is judged by the gate.
func readForm(c *gin.Context) (typed, error) {
	var body bytes.Buffer
	if length := c.Request.ContentLength; length > 0 && length <= maxBody {
		body.Grow(int(length) + bytes.MinRead) // and as much as reading to the end asks for
	}
	if _, err := body.ReadFrom(http.MaxBytesReader(c.Writer, c.Request.Body, maxBody)); err != nil {
		return typed{}, bodyError(err)
	}
	if !isForm(c.GetHeader("Content-Type")) || bytes.Count(body.Bytes(), []byte("&")) > maxValues {
		return typed{}, survey.Fail(survey.Invalid, "error.form")
	}
	values, ok := valuesOf(body.String())
	if !ok {
		return typed{}, survey.Fail(survey.Invalid, "error.form")
	}
	return typedOf(values), nil
}

// bodyError is the fault of a body that could not be read: over the limit is
// left to the one place that knows it, a broken connection is the sender's.
func bodyError(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return survey.Fail(survey.Invalid, "error.form")
}

// valuesOf reads what url.ParseQuery reads, with room for all values from the
// start.
func valuesOf(body string) (values url.Values, ok bool) {
	most := strings.Count(body, "&") + 1
	values = make(url.Values, most)
	room := make([]string, most)
	for i := 0; body != ""; i++ {
		var pair string
		pair, body, _ = strings.Cut(body, "&")
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		name, badName := url.QueryUnescape(name)
		value, badValue := url.QueryUnescape(value)
		if badName != nil || badValue != nil || strings.Contains(pair, ";") {
			return nil, false
		}
		if list, again := values[name]; again {
			values[name] = append(list, value)
			continue
		}
		room[i] = value
		values[name] = room[i : i+1 : i+1]
	}
	return values, true
}

// isForm says whether a content type is a form's, with or without parameters.
func isForm(kind string) bool {
	const form = "application/x-www-form-urlencoded"
	if kind == form {
		return true
	}
	kind, _, _ = mime.ParseMediaType(kind) // "" is no form either
	return kind == form
}

// typedOf takes the names of the household out of a form's values. Any other
// name is a question, perhaps one that the questionnaire will not know.
func typedOf(values url.Values) typed {
	take := func(name string) string {
		list := values[name]
		delete(values, name)
		return strings.Join(list, ",") // two rooms are none, and the gate says so
	}
	return typed{
		Key: take("key"), Building: take("building"), Unit: take("unit"), Room: take("room"), Code: take("code"), Lane: take("lane"),
		Show: take("show"), Receipt: survey.NormalCode(take("receipt")),
		Answers: values,
	}
}

// request is what the gate judges.
func (t *typed) request(device string) intake.Request {
	return intake.Request{
		Key: t.Key, Building: t.Building, Unit: t.Unit, Room: t.Room, Code: t.Code, Lane: t.Lane,
		Device: device, Values: t.Answers,
	}
}

// choose gives the rest of the request the language or size that was asked
// for, and remembers it.
func (t *typed) choose(c *gin.Context) {
	switch what, value, _ := strings.Cut(t.Show, ":"); what {
	case "lang":
		page.ChooseLanguage(c, value)
	case "size":
		page.ChooseSize(c, value)
	}
}

// has says whether an option of a question was chosen.
func (t *typed) has(question, code string) bool {
	for _, given := range t.Answers[question] {
		if given == code {
			return true
		}
	}
	return false
}

// text is what was written to a question, fit to be shown again.
func (t *typed) text(question string) string {
	return strings.ToValidUTF8(strings.Join(t.Answers[question], "\n"), "\uFFFD")
}
