package resident

import (
	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// Privacy is who answers for residents' data, as the settings name them; ""
// is who asks in the campaign, and its telephone.
type Privacy struct{ Controller, Contact string }

// PrivacyView is the privacy notice, of one campaign or of this site.
type PrivacyView struct {
	Frame
	Project    string // "" on the notice of the site
	Asker      string
	Controller string
	Contact    string
	Phone      string
	Back       string // address of the form, "" on the notice of the site
}

// showPrivacy answers GET /privacy.
func (h *Handlers) showPrivacy(c *gin.Context) {
	key := keyOfPage(c, "", privacyPage)
	_ = h.servePrivacy(c, key, func() (survey.Poster, error) { return survey.Poster{}, nil }) // nothing is asked
}

// showPosterPrivacy answers GET /s/{poster}/privacy, also when the campaign is
// over: what was given is still kept.
func (h *Handlers) showPosterPrivacy(c *gin.Context) {
	code, ok := h.posterCode(c)
	if !ok {
		return
	}
	var p survey.Poster
	err := h.servePrivacy(c, keyOfPage(c, code, privacyPage), func() (_ survey.Poster, err error) {
		p, err = h.Store.Poster(c.Request.Context(), code)
		return p, err
	})
	if err != nil {
		h.fail(c, p, err)
	}
}

func (h *Handlers) servePrivacy(c *gin.Context, key pageKey, of func() (survey.Poster, error)) error {
	return h.serve(c, key, func() (source, error) {
		p, err := of()
		if err != nil {
			return source{}, err
		}
		v := h.privacyView(c, p)
		return source{made: v, render: func() ([]byte, error) {
			return h.Pages.Render(page.Language(c), "resident/privacy", v)
		}}, nil
	})
}

func (h *Handlers) privacyView(c *gin.Context, p survey.Poster) PrivacyView {
	v := PrivacyView{
		Project: p.Project.Name, Asker: p.Campaign.Asker, Phone: phoneOf(p),
		Controller: h.Privacy.Controller, Contact: h.Privacy.Contact,
	}
	if v.Controller == "" {
		v.Controller = p.Campaign.Asker
	}
	if v.Contact == "" {
		v.Contact = p.Campaign.Phone
	}
	v.Frame = frameAt(c, "/privacy", h.Pages.Text(c, "privacy.title", nil))
	if p.Code != "" {
		v.Back = formAddress(c, p.Code, true) // the form also where the phone has answered
		v.Path = "/s/" + p.Code + "/privacy"
		v.Demo = p.Campaign.Demonstration
	}
	return v
}
