package resident

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// showForm answers GET /s/{poster}: the form while the campaign takes
// answers, or what a phone that has answered can do; after that the result or
// its day, else the page that says why not.
func (h *Handlers) showForm(c *gin.Context) {
	code, ok := h.posterCode(c)
	if !ok {
		return
	}
	var p survey.Poster
	key := keyOfPage(c, code, formPage)
	form, cached, err := h.ready(key, func() (source, error) {
		var from source
		var err error
		p, from, err = h.formSource(c, key)
		return from, err
	})
	if err != nil {
		if !h.ended(c, p, err) {
			h.fail(c, p, err)
		}
		return
	}
	if of, ok := form.made.(survey.Poster); ok && h.showAnswered(c, of) {
		return
	}
	h.Watch.Page(cached)
	if c.Request.Method == http.MethodGet {
		h.Opens.Add(code)
	}
	h.offerKey(c)
	if form.device {
		h.offerDevice(c)
	}
	h.send(c, key, form)
}

// posterCode reads the code of the address. Other spellings of it are sent to
// the canonical address, mistyped ones are told so without a query.
func (h *Handlers) posterCode(c *gin.Context) (string, bool) {
	typed := c.Param("poster")
	code := survey.NormalCode(typed)
	if !survey.CheckCode(code, survey.PosterCodeLength) {
		h.showMistyped(c)
		return "", false
	}
	if code != typed && c.Request.Method != http.MethodPost {
		to := *c.Request.URL
		to.Path = strings.Replace(c.FullPath(), ":poster", code, 1)
		to.RawPath = ""
		c.Redirect(http.StatusMovedPermanently, to.RequestURI())
		return "", false
	}
	return code, true
}

// formSource looks at the campaign: what its form is made of. The poster is
// told with a refusal too, so that the page can name dates.
func (h *Handlers) formSource(c *gin.Context, key pageKey) (survey.Poster, source, error) {
	p, err := h.Store.Poster(c.Request.Context(), key.poster)
	if err != nil {
		return p, source{}, err
	}
	if err := accepts(p, h.Now()); err != nil {
		return p, source{}, err
	}
	printed := p
	printed.Key, printed.Groups = nil, nil // two posters that are equal but for these give the same bytes
	printed.Project.Buildings = withoutLists(p.Project.Buildings)
	return p, source{
		made: printed, until: p.Campaign.Closes, device: takesOpen(p.Campaign),
		render: func() ([]byte, error) {
			q, err := h.Store.Questionnaire(c.Request.Context(), p.Campaign.Questionnaire)
			if err != nil {
				return nil, err
			}
			v := h.formView(c, p, q, typed{}, nil)
			v.Styled = true
			if v.Made, err = h.made(key.language, p.Campaign.Questionnaire, v); err != nil {
				return nil, err
			}
			return h.Pages.Render(key.language, "resident/form", v)
		},
	}, nil
}

// withoutLists are the buildings without their household lists: no form shows
// them, and the cache is not to keep them for every poster.
func withoutLists(buildings []survey.Building) []survey.Building {
	plain := slices.Clone(buildings)
	for i := range plain {
		plain[i].Rooms = ""
	}
	return plain
}

// accepts is nil while the poster takes answers, else the reason.
func accepts(p survey.Poster, now time.Time) error {
	if p.Retired {
		return survey.Fail(survey.RetiredPoster, "error.poster.retired", "Place", p.MovedTo)
	}
	return p.Campaign.Accepts(now)
}

// takesOpen says whether the lane open may be chosen on the form.
func takesOpen(c survey.Campaign) bool { return c.Feedback || c.Admission == survey.ByOpen }
