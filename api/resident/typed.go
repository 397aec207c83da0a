package resident

import (
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

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
	Answers                               map[string][]string // by question id
}

// readForm reads the body of a sent form: TooLarge over the limit, Invalid
// for what is no form. What stands in it is judged by the gate.
func readForm(c *gin.Context) (typed, error) {
	body, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, maxBody))
	if err != nil {
		return typed{}, err
	}
	kind, _, _ := mime.ParseMediaType(c.GetHeader("Content-Type")) // "" is no form either
	if kind != "application/x-www-form-urlencoded" || strings.Count(string(body), "&") > maxValues {
		return typed{}, survey.Fail(survey.Invalid, "error.form")
	}
	values, err := url.ParseQuery(string(body))
	if err != nil {
		return typed{}, survey.Fail(survey.Invalid, "error.form")
	}
	return typedOf(values), nil
}

// typedOf tells the names of the household from those of questions; any other
// name is a question that the questionnaire will not know.
func typedOf(values url.Values) typed {
	t := typed{Answers: map[string][]string{}}
	places := t.places()
	for name, list := range values {
		if place, ours := places[name]; ours {
			*place = strings.Join(list, ",") // two rooms are none, and the gate says so
			continue
		}
		t.Answers[name] = list
	}
	return t
}

func (t *typed) places() map[string]*string {
	return map[string]*string{
		"key": &t.Key, "building": &t.Building, "unit": &t.Unit, "room": &t.Room, "code": &t.Code, "lane": &t.Lane,
	}
}

// request is what the gate judges.
func (t *typed) request(device string) intake.Request {
	return intake.Request{
		Key: t.Key, Building: t.Building, Unit: t.Unit, Room: t.Room, Code: t.Code, Lane: t.Lane,
		Device: device, Values: t.Answers,
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
