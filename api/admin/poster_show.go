package admin

import (
	"fmt"
	"html/template"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/api/poster"
	"meihao/survey"
)

// A poster's own page answers: where does it hang, is it used, and what can be
// done about it?
type posterView struct {
	page.Frame
	faults
	Campaign  campaignRow
	Poster    posterRow
	QR        template.HTML
	Address   string
	Print     string
	Next      *posterRow // what took its place
	Manages   bool       // may replace and retire it now
	Other     string     // a reason in own words, as it was typed
	Events    []posterEvent
	SVG, PNG  string
	JustAdded bool
}

// posterEvent is one line of a poster's history.
type posterEvent struct {
	survey.Event
	Code string
}

// showPoster shows one poster.
func (h *Handlers) showPoster(c *gin.Context) error {
	return h.renderPoster(c, http.StatusOK, faults{})
}

func (h *Handlers) renderPoster(c *gin.Context, status int, f faults) error {
	ctx := c.Request.Context()
	code := survey.NormalCode(c.Param("poster"))
	campaign, place, err := h.Store.PosterPlace(ctx, scope(c), code)
	if err != nil {
		return err
	}
	all, err := h.Store.Posters(ctx, scope(c), campaign.ID, place.Project.ID)
	if err != nil {
		return err
	}
	v := posterView{
		faults: f, Campaign: rowOf(campaign, actor(c), h.Now()), Address: poster.Address(h.Public, code),
		Print: printPath(campaign.ID) + "&project=" + place.Project.ID.String() + "&poster=" + code,
		SVG:   "/admin/posters/" + code + "/qr.svg", PNG: "/admin/posters/" + code + "/qr.png?size=",
		Other: typed(c, "other"), JustAdded: c.Query("done") == "poster_replaced",
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
	v.Manages = may(c, survey.ManagePosters) && campaign.Stage == survey.OpenStage && !place.Retired
	if v.QR, err = poster.SVG(v.Address); err != nil {
		return err
	}
	events, err := h.Store.PosterEvents(ctx, scope(c), code)
	if err != nil {
		return err
	}
	for _, e := range events {
		v.Events = append(v.Events, posterEvent{e, e.Object[len(e.Object)-survey.PosterCodeLength:]})
	}
	title := place.Project.Name + " " + place.Name()
	v.Frame = h.frame(c, "posters", title, h.posterCrumb(c, campaign.ID), page.Crumb{Text: title})
	v.Frame.Path = v.Poster.Path // not that of a form that came back
	return h.present(c, status, "staff/poster", v)
}

// posterCrumb leads back to the studio.
func (h *Handlers) posterCrumb(c *gin.Context, campaign survey.ID) page.Crumb {
	return page.Crumb{Text: h.text(c, "posters.title"), Path: "/admin/posters?campaign=" + campaign.String()}
}

// sendPosterSVG sends the QR code of a poster as a file.
func (h *Handlers) sendPosterSVG(c *gin.Context) error {
	return h.sendCode(c, "svg", "image/svg+xml", poster.File)
}

// sendPosterPNG sends it as a picture of about as many pixels as asked for.
func (h *Handlers) sendPosterPNG(c *gin.Context) error {
	side, err := strconv.Atoi(c.DefaultQuery("size", "1024"))
	if err != nil || side < poster.LeastPixels || side > poster.MostPixels {
		return survey.Fail(survey.Invalid, "error.posters.size", "Least", poster.LeastPixels, "Most", poster.MostPixels)
	}
	return h.sendCode(c, "png", "image/png", func(address string) ([]byte, error) { return poster.PNG(address, side) })
}

// sendCode sends a picture of a poster's code that is in scope. A poster that
// was retired has none: its code must not be hung up again.
func (h *Handlers) sendCode(c *gin.Context, ending, kind string, draw func(address string) ([]byte, error)) error {
	_, place, err := h.Store.PosterPlace(c.Request.Context(), scope(c), survey.NormalCode(c.Param("poster")))
	if err != nil {
		return err
	}
	if place.Retired {
		return survey.Fail(survey.RetiredPoster, "error.posters.retired")
	}
	data, err := draw(poster.Address(h.Public, place.Code))
	if err != nil {
		return err
	}
	c.Header("Cache-Control", "no-store")
	c.Header("Content-Disposition", fmt.Sprintf(`attachment; filename="poster-%s.%s"`, place.Code, ending))
	c.Data(http.StatusOK, kind, data)
	return nil
}
