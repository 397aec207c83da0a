package resident

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// AnsweredView says 您家已填写 to a phone that has answered.
type AnsweredView struct {
	Frame
	Project string
	Phone   string
	Closes  time.Time
	Sent    []SentView // the newest first
	Another string     // address of the form for another home
	Forget  string     // address that takes the change keys from this phone
	Privacy string
}

// SentView is one answer that was sent from this phone.
type SentView struct {
	Receipt string
	Look    string // address of its receipt
	Again   string // address of the blank form that replaces it
	Nth     int    // 1 is the newest of several, 0 the only one
}

// showAnswered shows a phone that has answered what it can do, in place of the
// form; false where this phone has not, or asks for the form all the same.
func (h *Handlers) showAnswered(c *gin.Context, p survey.Poster) bool {
	list := answeredHere(c, p.Tag)
	if len(list) == 0 || c.Query("home") == anotherHome {
		return false
	}
	v := AnsweredView{
		Project: p.Project.Name, Phone: phoneOf(p), Closes: p.Campaign.Closes,
		Sent: sentViews(c, p, list), Another: formAddress(c, p.Code, true), Forget: forgetAddress(c, p.Code), Privacy: addressOf(c, "/s/"+p.Code+"/privacy"),
	}
	v.Frame = h.frame(c, p, h.Pages.Text(c, "resident.already.heading", nil))
	h.Pages.Show(c, http.StatusOK, "resident/answered", v)
	return true
}

// sentViews are the answers of a phone that may be changed through a poster.
func sentViews(c *gin.Context, p survey.Poster, list []answered) []SentView {
	views := make([]SentView, len(list))
	for i, one := range list {
		views[i] = SentView{Receipt: one.Receipt, Look: addressOf(c, "/r/"+one.Receipt), Again: againAddress(c, p.Code, one.Receipt)}
		if len(list) > 1 {
			views[i].Nth = i + 1
		}
	}
	return views
}

// changeable are the answers that this phone may change now, through a poster
// that takes no new ones, or none from it.
func (h *Handlers) changeable(c *gin.Context, p survey.Poster) []SentView {
	if p.Code == "" || p.Campaign.Accepts(h.Now()) != nil {
		return nil
	}
	return sentViews(c, p, answeredHere(c, p.Tag))
}
