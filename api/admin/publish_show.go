package admin

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// The page of publishing answers: what becomes public for whom, and when?
type publishView struct {
	page.Frame
	faults
	Campaign    campaignRow
	Publication survey.Publication
	State       string   // "early" before sealing, "ready" or "published"
	Snapshot    int      // the one that the figures are of
	Projects    int      // whose results they are
	Warnings    []string // what one may want to look at before, translated
	Facts       []string // what becomes public, translated
	Day         string   // planned, as it was typed
	Reason      string   // for taking back, as it was typed
}

// showPublishing shows what publishing a campaign's results does.
func (h *Handlers) showPublishing(c *gin.Context) error {
	campaign, err := h.ownedCampaign(c)
	if err != nil {
		return err
	}
	return h.renderPublishing(c, http.StatusOK, campaign, dayValue(campaign.Publishes), faults{})
}

func (h *Handlers) renderPublishing(c *gin.Context, status int, campaign survey.Campaign, day string, f faults) error {
	ctx, a := c.Request.Context(), actor(c)
	v := publishView{
		Frame: h.campaignFrame(c, campaign, h.text(c, "publish.title")), faults: f, Campaign: rowOf(campaign, a, h.Now()),
		State: "early", Day: day, Reason: typed(c, "reason"),
	}
	var err error
	if v.Publication, err = h.Store.Publication(ctx, a.Scope, campaign.ID); err != nil {
		return err
	}
	if campaign.Stage == survey.SealedStage {
		v.State = "ready"
		rows, total, err := h.Store.Results(ctx, a, survey.ResultFilter{Campaign: campaign.ID})
		if err != nil {
			return err
		}
		v.Projects = total
		for _, r := range rows {
			v.Snapshot = max(v.Snapshot, r.Snapshot)
		}
		v.facts(h, c, rows)
	}
	if v.Publication.Published() {
		v.State, v.Warnings = "published", nil
	} else if v.State == "ready" {
		if err := h.publishWarnings(c, &v); err != nil {
			return err
		}
	}
	h.Pages.Show(c, status, "staff/publish", v)
	return nil
}

// facts say what becomes public, and of which projects one should know before.
func (v *publishView) facts(h *Handlers, c *gin.Context, rows []survey.ResultRow) {
	v.Facts = append(v.Facts, h.text(c, "publish.fact.projects", "N", page.Number(v.Projects)))
	for _, key := range []string{"publish.fact.figures", "publish.fact.never", "publish.fact.company"} {
		v.Facts = append(v.Facts, h.text(c, key))
	}
	names := map[string][]string{}
	for _, r := range rows {
		for key, is := range map[string]bool{
			"publish.warn.few": r.Owner.Satisfied == nil,
			"publish.warn.low": r.Owner.Light == "low",
			"publish.warn.near": r.Owner.Item11 == survey.MetBorderline || r.Owner.Item11 == survey.NotMetBorderline ||
				r.Owner.Veto61 == survey.VetoBorderline || r.Owner.Veto61 == survey.ClearedBorderline,
			"publish.warn.undecided": r.Undecided,
			"publish.warn.held":      r.HeldMatters(),
			"publish.warn.contested": r.Contested,
		} {
			if is {
				names[key] = append(names[key], r.Project.Name)
			}
		}
	}
	for _, key := range []string{"publish.warn.low", "publish.warn.near", "publish.warn.few", "publish.warn.undecided", "publish.warn.held", "publish.warn.contested"} {
		if list := names[key]; len(list) > 0 {
			shown := strings.Join(list[:min(len(list), mostNames)], h.text(c, "list.comma"))
			if len(list) > mostNames {
				shown += "…"
			}
			v.Warnings = append(v.Warnings, h.text(c, key, "N", page.Number(len(list)), "Names", shown))
		}
	}
}

// publishWarnings adds what is not to be seen in the figures.
func (h *Handlers) publishWarnings(c *gin.Context, v *publishView) error {
	waits, err := h.waitsFor(c, v.Campaign.ID, survey.ApproveCorrect)
	if err != nil {
		return err
	}
	if waits != nil {
		v.Warnings = append(v.Warnings, h.text(c, "publish.warn.correction"))
	}
	if h.demonstrates(v.Campaign.Campaign) {
		v.Warnings = append(v.Warnings, h.text(c, "publish.warn.demo"))
	}
	return nil
}
