package v1

import (
	"encoding/json"
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/survey"
	"meihao/survey/intake"
)

// deviceCookie is the form's device token, where a request names no device.
const deviceCookie = "mh_device"

// ReceiptJSON acknowledges an answer: it is durable (DESIGN §4).
type ReceiptJSON struct {
	Receipt string `json:"receipt"`
}

// addResponse answers POST /posters/{poster}/responses: 201 with the receipt,
// 200 with the same receipt on a retry.
func (h *Handlers) addResponse(c *gin.Context) {
	saved := h.save(c)
	switch {
	case saved.Err != nil:
		h.fail(c, saved.Err)
	case saved.Retry:
		c.JSON(http.StatusOK, ReceiptJSON{saved.Receipt})
	default:
		c.JSON(http.StatusCreated, ReceiptJSON{saved.Receipt})
	}
}

// save takes the request through the gate and the desk.
func (h *Handlers) save(c *gin.Context) survey.Saved {
	code := survey.NormalCode(c.Param("poster"))
	if !survey.CheckCode(code, survey.PosterCodeLength) {
		return survey.Saved{Err: survey.Fail(survey.UnknownPoster, "error.poster.mistyped")}
	}
	r, err := readRequest(c)
	if err != nil {
		return survey.Saved{Err: err}
	}
	p, err := h.Store.Poster(c, code)
	if err != nil {
		return survey.Saved{Err: err}
	}
	q, err := h.Store.Questionnaire(c, p.Campaign.Questionnaire)
	if err != nil {
		return survey.Saved{Err: err}
	}
	submission, err := intake.Admit(p, q, r, h.Now())
	if err != nil {
		return survey.Saved{Err: err}
	}
	return h.Desk.Submit(c.Request.Context(), submission)
}

// readRequest reads the body of DESIGN §8. Nothing unknown passes.
func readRequest(c *gin.Context) (intake.Request, error) {
	o, err := readBody(c, false)
	if err != nil {
		return intake.Request{}, err
	}
	r := intake.Request{
		Key: o.text("key"), Code: o.text("code"), Lane: o.text("lane"), Device: o.text("device"),
		Values: o.answers(),
	}
	o.count("seconds") // how long it took: no rule asks yet, and absent ones trigger none
	home := o.within("household")
	r.Building, r.Unit, r.Room = home.text("building"), home.text("unit"), home.text("room")
	home.rest()
	o.rest()
	if r.Device == "" {
		r.Device, _ = c.Cookie(deviceCookie)
	}
	return r, o.err()
}

// answers takes the answers: a string or an array of strings by question id.
func (o object) answers() map[string][]string {
	var given map[string]json.RawMessage
	o.take("answers", &given, "error.json.object")
	values := make(map[string][]string, len(given))
	for id, raw := range given {
		var one string
		var several []string
		switch {
		case string(raw) == "null":
			o.refuse(id, "error.json.answer")
		case json.Unmarshal(raw, &one) == nil:
			values[id] = []string{one}
		case json.Unmarshal(raw, &several) == nil && !hasNull(raw):
			values[id] = several
		default:
			o.refuse(id, "error.json.answer")
		}
	}
	return values
}

// hasNull says whether an array of strings holds a null, which would read as
// an empty string.
func hasNull(raw json.RawMessage) bool {
	var several []*string
	if json.Unmarshal(raw, &several) != nil {
		return true
	}
	for _, s := range several {
		if s == nil {
			return true
		}
	}
	return false
}
