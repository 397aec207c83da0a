package admin

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/api/poster"
	"meihao/survey"
)

// The page answers somebody who stands before a poster: is this ours, and
// does it hang where it should?
type checkView struct {
	page.Frame
	Seen    string // as it was typed
	Found   string // what it is; "" before anything was asked
	Host    string
	Own     string // the beginning of our addresses, to compare with
	Poster  posterRow
	Next    *posterRow
	Running campaignRow
	Manages bool
	Print   string
}

// What a code turns out to be, beside the kinds of poster.Look.
const (
	foundLive    = "live"      // ours, in use
	foundRetired = "retired"   // ours, and retired
	foundEnded   = "ended"     // ours, of a campaign that takes no answers
	foundAway    = "elsewhere" // ours, and another office's
	foundUnknown = "unknown"   // could be ours, and was never made
)

// showPosterCheck asks for what a phone's scanner showed.
func (h *Handlers) showPosterCheck(c *gin.Context) error { return h.renderPosterCheck(c, "") }

// checkPoster says what a phone's scanner showed. It is a form though nothing
// is changed: what somebody pastes may be more than a poster's address, and
// addresses are kept by browsers and in the logs of servers on the way.
func (h *Handlers) checkPoster(c *gin.Context) error {
	// What follows a # is never a poster's; of a resident's page it would be
	// the key to the answer.
	seen, _, _ := strings.Cut(typed(c, "seen"), "#")
	return h.renderPosterCheck(c, seen)
}

func (h *Handlers) renderPosterCheck(c *gin.Context, text string) error {
	v := checkView{Seen: strings.TrimSpace(text), Own: strings.TrimSuffix(poster.Address(h.Public, ""), "s/")}
	if runes := []rune(v.Seen); len(runes) > mostSeen {
		v.Seen = string(runes[:mostSeen])
	}
	seen := poster.Look(h.Public, v.Seen)
	v.Host = seen.Host
	switch seen.Kind {
	case poster.SeenNothing:
	case poster.SeenCode:
		if err := h.lookUp(c, &v, seen.Code); err != nil {
			return err
		}
	default:
		v.Found = string(seen.Kind)
	}
	title := h.text(c, "posters.check")
	v.Frame = h.frame(c, "posters", title, page.Crumb{Text: h.text(c, "posters.title"), Path: "/admin/posters"}, page.Crumb{Text: title})
	h.Pages.Show(c, http.StatusOK, "staff/posters_check", v)
	return nil
}

// mostSeen is how much of what somebody pasted is looked at, in characters.
const mostSeen = 500

// lookUp finds a code that we could have made.
func (h *Handlers) lookUp(c *gin.Context, v *checkView, code string) error {
	ctx := c.Request.Context()
	campaign, place, err := h.Store.PosterPlace(ctx, scope(c), code)
	if survey.KindOf(err) == survey.NotFound {
		return h.lookElsewhere(c, v, code)
	}
	if err != nil {
		return err
	}
	all, err := h.Store.Posters(ctx, scope(c), campaign.ID, place.Project.ID)
	if err != nil {
		return err
	}
	for _, p := range h.hung(campaign, all) {
		row := posterRow{p, "/admin/posters/" + p.Code}
		if p.Code == code {
			v.Poster = row
		}
		if p.Code == place.Successor {
			v.Next = &row
		}
	}
	v.Running = rowOf(campaign, actor(c), h.Now())
	v.Manages = may(c, survey.ManagePosters) && campaign.Stage == survey.OpenStage
	v.Print = printPath(campaign.ID) + "&project=" + place.Project.ID.String() + "&poster="
	switch {
	case place.Retired:
		v.Found = foundRetired
	case campaign.Ended(h.Now()):
		v.Found = foundEnded
	default:
		v.Found = foundLive
	}
	return nil
}

// lookElsewhere tells what is another office's from what nobody made. Of the
// former only that much is said: whose it is stays out of this scope.
func (h *Handlers) lookElsewhere(c *gin.Context, v *checkView, code string) error {
	_, _, err := h.Store.PosterPlace(c.Request.Context(), survey.CityScope(), code)
	switch {
	case err == nil:
		v.Found = foundAway
	case survey.KindOf(err) == survey.NotFound:
		v.Found = foundUnknown
	default:
		return err
	}
	return nil
}
