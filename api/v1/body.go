package v1

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
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
	fields map[string]string // values as they are written
	wrong  *survey.Error
}

// readBody reads the request's one JSON object: TooLarge over the limit,
// Invalid for anything else than one object in UTF-8. An empty body is an
// empty object where that is allowed.
func readBody(c *gin.Context, empty bool) (object, error) {
	o := object{wrong: survey.Fail(survey.Invalid, "error.answers")}
	var body bytes.Buffer
	if length := c.Request.ContentLength; length > 0 && length <= maxBody {
		body.Grow(int(length) + bytes.MinRead) // and as much as reading to the end asks for
	}
	if _, err := body.ReadFrom(http.MaxBytesReader(c.Writer, c.Request.Body, maxBody)); err != nil {
		return o, bodyError(err)
	}
	text := bytes.Trim(body.Bytes(), " \t\r\n")
	if empty && len(text) == 0 {
		return o, nil
	}
	// Decoding would quietly replace what is no UTF-8.
	if !utf8.Valid(text) || !json.Valid(text) || text[0] != '{' {
		return o, survey.Fail(survey.Invalid, "error.json")
	}
	o.fields = fieldsOf(string(text))
	return o, nil
}

// fieldsOf are an object's fields; of two by one name the last counts.
func fieldsOf(text string) map[string]string {
	fields := map[string]string{}
	members(text, func(name, value string) { fields[name] = value })
	return fields
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

// take takes a field. JSON null is a field that is not there.
func (o object) take(name string) (value string, there bool) {
	value, there = o.fields[name]
	delete(o.fields, name)
	return value, there && value != "null"
}

// refuse notes that a field is wrong.
func (o object) refuse(name, key string) { o.wrong.Field(fieldName(name), key) }

// text takes a string; "" where there is none.
func (o object) text(name string) string {
	value, there := o.take(name)
	if !there {
		return ""
	}
	if !isText(value) {
		o.refuse(name, "error.json.text")
		return ""
	}
	return unquote(value)
}

// flag takes a boolean.
func (o object) flag(name string) bool {
	value, there := o.take(name)
	if there && value != "true" && value != "false" {
		o.refuse(name, "error.json.flag")
	}
	return value == "true"
}

// seconds takes a number of 0 or more.
func (o object) seconds(name string) {
	value, there := o.take(name)
	if n, err := strconv.ParseFloat(value, 64); there && (err != nil || n < 0) {
		o.refuse(name, "error.json.number")
	}
}

// moment takes an RFC 3339 time; zero where there is none.
func (o object) moment(name string) time.Time {
	var t time.Time
	value, there := o.take(name)
	if there && t.UnmarshalJSON([]byte(value)) != nil {
		o.refuse(name, "error.json.time")
		return time.Time{}
	}
	return t
}

// within takes an object in the object.
func (o object) within(name string) object {
	inner := object{wrong: o.wrong}
	value, there := o.take(name)
	switch {
	case !there:
	case value[0] != '{':
		o.refuse(name, "error.json.object")
	default:
		inner.fields = fieldsOf(value)
	}
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
