package admin

import (
	"crypto/rand"
	"crypto/sha256"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

type wallFormView struct {
	page.Frame
	faults
	Campaign, Name, Place, Expires string
	Figures, Code                  bool
	Latest                         string // day on which one may expire at the latest
	Campaigns                      []campaignChoice
	Groups                         []placeGroup
	City                           bool // the whole city may be chosen
}

// campaignChoice is a campaign to choose.
type campaignChoice struct{ Value, Name string }

// showNewWall asks for a new wall.
func (h *Handlers) showNewWall(c *gin.Context) error {
	return h.renderWallForm(c, http.StatusOK, wallFormView{Campaign: c.Query("campaign"), Code: true})
}

// saveNewWall makes a wall and shows its address.
func (h *Handlers) saveNewWall(c *gin.Context) error {
	v := wallFormView{
		Campaign: typed(c, "campaign"), Name: typed(c, "name"), Place: typed(c, "scope"), Expires: typed(c, "expires"),
		Figures: typed(c, "figures") != "", Code: typed(c, "code") != "",
	}
	text := "mw_" + rand.Text()
	added, err := h.addWall(c, v, text)
	if f, status, mendable := h.faultsOf(c, err); mendable {
		v.faults = f
		return h.renderWallForm(c, status, v)
	}
	if err != nil {
		return err
	}
	h.renderWall(c, added, text)
	return nil
}

func (h *Handlers) addWall(c *gin.Context, v wallFormView, text string) (survey.Wall, error) {
	own := actor(c)
	w := survey.Wall{Name: v.Name, Figures: v.Figures, Code: v.Code, Language: page.Language(c), AccountName: own.Username}
	id, err := survey.ParseID(v.Campaign)
	if err != nil {
		return w, survey.Fail(survey.Invalid, "error.wall.campaign").Field("campaign", "error.wall.campaign")
	}
	campaign, err := h.Store.Campaign(c.Request.Context(), own.Scope, id)
	if err != nil {
		return w, err
	}
	w.Campaign, w.CampaignName = campaign.ID, campaign.Name
	if w.Scope, err = scopeOf(v.Place); err != nil {
		return w, survey.Fail(survey.Invalid, "error.wall.scope").Field("scope", "error.wall.scope")
	}
	switch end := day(v.Expires); {
	case v.Expires == "":
		w.Expires = campaign.WallEnds(h.Now())
	case !end.IsZero():
		w.Expires = end.AddDate(0, 0, 1) // good for all of the day
	}
	if err := w.CheckNew(campaign, h.Now()); err != nil {
		return w, err
	}
	return h.Store.AddWall(c.Request.Context(), own, w, sha256.Sum256([]byte(text)))
}

func (h *Handlers) renderWallForm(c *gin.Context, status int, v wallFormView) error {
	ctx, own := c.Request.Context(), actor(c)
	campaigns, err := h.Store.Campaigns(ctx, own.Scope)
	if err != nil {
		return err
	}
	for _, one := range campaigns {
		if one.Stage != survey.Draft {
			v.Campaigns = append(v.Campaigns, campaignChoice{one.ID.String(), one.Name})
		}
	}
	if v.Campaign == "" && len(v.Campaigns) > 0 {
		v.Campaign = v.Campaigns[0].Value
	}
	places, err := h.Store.Places(ctx, own.Scope)
	if err != nil {
		return err
	}
	v.Groups = placeGroups(places, nil)
	v.City, v.Latest = own.Scope.All, dayValue(h.Now().AddDate(1, 0, 0))
	if v.Place == "" {
		v.Place = cityOwner
		if own.Scope.District != 0 {
			v.Place = "district:" + own.Scope.District.String()
		}
	}
	title := h.text(c, "wall.new")
	v.Frame = h.frame(c, "walls", title, page.Crumb{Text: h.text(c, "walls.title"), Path: wallsPath}, page.Crumb{Text: title})
	h.Pages.Show(c, status, "staff/wall_form", v)
	return nil
}

func (h *Handlers) renderWall(c *gin.Context, w survey.Wall, text string) {
	title := h.text(c, "wall.made")
	frame := h.frame(c, "walls", title, page.Crumb{Text: h.text(c, "walls.title"), Path: wallsPath}, page.Crumb{Text: title})
	frame.Path = wallsPath // this page itself is shown once
	shows := "wall.shows.turnout"
	if w.Figures {
		shows = "wall.shows.figures"
	}
	h.Pages.Show(c, http.StatusOK, "staff/made", madeView{
		Frame: frame, Lead: h.text(c, "wall.made.lead", "Name", w.Name), Name: h.text(c, "wall.address"),
		Secret: strings.TrimRight(h.Public, "/") + "/wall/" + text, Open: true,
		Facts: []fact{
			h.fact(c, "wall.campaign", w.CampaignName), h.fact(c, "wall.shows", h.text(c, shows)),
			h.fact(c, "wall.expires", page.Moment(page.Language(c), w.Expires.Add(-time.Minute))),
		},
		Notes: []string{h.text(c, "wall.made.how"), h.text(c, "made.once")},
		Back:  wallsPath, BackText: h.text(c, "wall.back"),
	})
}
