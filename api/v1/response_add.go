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
	if h.Submitted != nil {
		h.Submitted(c.Request.Context(), saved)
	}
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

// usualAnswers is about how many questions a questionnaire has.
const usualAnswers = 24

// answers takes the answers: a string or an array of strings by question id,
// null for none.
func (o object) answers() map[string][]string {
	given, there := o.take("answers")
	if !there {
		return nil
	}
	if given[0] != '{' {
		o.refuse("answers", "error.json.object")
		return nil
	}
	values, all := make(map[string][]string, usualAnswers), make([]string, 0, usualAnswers)
	members(given, func(id, answer string) {
		from, ok := len(all), false
		if all, ok = appendTexts(all, answer); !ok {
			o.refuse(id, "error.json.answer")
		}
		values[id] = all[from:len(all):len(all)]
	})
	return values
}

// appendTexts appends one text or several to a list; false for anything else.
func appendTexts(list []string, answer string) (more []string, ok bool) {
	switch answer[0] {
	case 'n': // null
		return list, true
	case '"':
		return append(list, unquote(answer)), true
	case '[':
		ok = true
		elements(answer, func(one string) {
			if ok = ok && isText(one); ok {
				list = append(list, unquote(one))
			}
		})
	}
	return list, ok
}
