package v1

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// maxBody of a request in bytes, as for the form.
const maxBody = 128 << 10

// object is a JSON object whose fields are taken one by one; what nobody took
// is unknown and refused. Errors gather in wrong, by field name.
type object struct {
	fields map[string]json.RawMessage
	wrong  *survey.Error
}

// readBody reads the request's one JSON object: TooLarge over the limit,
// Invalid for anything else than one object in UTF-8. An empty body is an
// empty object where that is allowed.
func readBody(c *gin.Context, empty bool) (object, error) {
	o := object{wrong: survey.Fail(survey.Invalid, "error.answers")}
	body, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, maxBody))
	if err != nil {
		return o, bodyError(err)
	}
	if empty && len(bytes.TrimSpace(body)) == 0 {
		return o, nil
	}
	// encoding/json would quietly replace what is no UTF-8.
	if !utf8.Valid(body) || json.Unmarshal(body, &o.fields) != nil || o.fields == nil {
		return o, survey.Fail(survey.Invalid, "error.json")
	}
	return o, nil
}

// bodyError is the fault of a body that could not be read: over the limit is
// left to the one place that knows it, a broken connection is the sender's.
func bodyError(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return survey.Fail(survey.Invalid, "error.json")
}

// take decodes a field into to, if it is there, and says so where its type is
// wrong, in the words of the key. JSON null is a field that is not there.
func (o object) take(name string, to any, key string) bool {
	raw, given := o.fields[name]
	if !given {
		return false
	}
	delete(o.fields, name)
	if string(raw) == "null" {
		return false
	}
	if json.Unmarshal(raw, to) != nil {
		o.refuse(name, key)
		return false
	}
	return true
}

// refuse notes that a field is wrong.
func (o object) refuse(name, key string) { o.wrong.Field(fieldName(name), key) }

// text takes a string; "" where there is none.
func (o object) text(name string) string {
	var s string
	o.take(name, &s, "error.json.text")
	return s
}

// flag takes a boolean.
func (o object) flag(name string) bool {
	var b bool
	o.take(name, &b, "error.json.flag")
	return b
}

// seconds takes a number of 0 or more.
func (o object) seconds(name string) {
	var n float64
	if o.take(name, &n, "error.json.number") && n < 0 {
		o.refuse(name, "error.json.number")
	}
}

// moment takes an RFC 3339 time; zero where there is none.
func (o object) moment(name string) time.Time {
	var t time.Time
	o.take(name, &t, "error.json.time")
	return t
}

// within takes an object in the object.
func (o object) within(name string) object {
	inner := object{wrong: o.wrong}
	o.take(name, &inner.fields, "error.json.object")
	return inner
}

// rest refuses every field that nobody took.
func (o object) rest() {
	for name := range o.fields {
		o.refuse(name, "error.json.field")
	}
}

// err is nil if nothing was wrong.
func (o object) err() error {
	if len(o.wrong.Fields) > 0 {
		return o.wrong
	}
	return nil
}

// fieldName keeps a hostile name from coming back at full length.
func fieldName(name string) string {
	if len(name) > 40 {
		return "body"
	}
	return name
}
