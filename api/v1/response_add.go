package v1

import (
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
	p, err := h.Store.Poster(c.Request.Context(), code)
	if err != nil {
		return survey.Saved{Err: err}
	}
	q, err := h.Store.Questionnaire(c.Request.Context(), p.Campaign.Questionnaire)
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
	o.seconds("seconds") // how long it took: no rule asks yet, and absent ones trigger none
	home := o.within("household")
	r.Building, r.Unit, r.Room = home.text("building"), home.text("unit"), home.text("room")
	home.rest()
	o.rest()
	if r.Device == "" {
		r.Device, _ = c.Cookie(deviceCookie)
	}
	return r, o.err()
}

// answers takes the answers: a string or an array of strings by question id,
// null for none.
func (o object) answers() map[string][]string {
	var given map[string]any
	o.take("answers", &given, "error.json.object")
	values := make(map[string][]string, len(given))
	for id, answer := range given {
		texts, ok := textsOf(answer)
		if !ok {
			o.refuse(id, "error.json.answer")
			continue
		}
		values[id] = texts
	}
	return values
}

// textsOf is one text or several; false for anything else.
func textsOf(answer any) ([]string, bool) {
	switch v := answer.(type) {
	case nil:
		return nil, true
	case string:
		return []string{v}, true
	case []any:
		texts := make([]string, len(v))
		for i, one := range v {
			text, ok := one.(string)
			if !ok {
				return nil, false
			}
			texts[i] = text
		}
		return texts, true
	}
	return nil, false
}
