package admin

import (
	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// correctionHistory is what was put right of a project, a page of it.
type correctionHistory struct {
	Entries []survey.CorrectionEntry
	Pager   pager
	Project bool // of all ways, not of one campaign only
}

// historyOf reads a page of a project's history, with a campaign what was
// corrected of that one.
func (h *Handlers) historyOf(c *gin.Context, project, campaign survey.ID) (correctionHistory, error) {
	ctx, v := c.Request.Context(), correctionHistory{Project: campaign == 0}
	_, total, err := h.Store.Corrections(ctx, scope(c), project, campaign, 0, 1)
	if err != nil {
		return v, err
	}
	v.Pager = pagerOf(c, total)
	v.Entries, _, err = h.Store.Corrections(ctx, scope(c), project, campaign, max(0, v.Pager.From-1), max(perPage, v.Pager.To-v.Pager.From+1))
	return v, err
}

// frozenNote says that a running campaign goes by other homes than the
// register has.
type frozenNote struct {
	Campaign survey.Campaign
	survey.Homes
	Path string
}

// frozenNotes are the running campaigns of a project whose homes differ from
// the register's; none for who does not see campaigns.
func (h *Handlers) frozenNotes(c *gin.Context, p survey.Project) ([]frozenNote, error) {
	if !may(c, survey.ViewCampaigns) {
		return nil, nil
	}
	frozen, err := h.Store.FrozenHomes(c.Request.Context(), scope(c), p.ID)
	if err != nil {
		return nil, err
	}
	var notes []frozenNote
	for _, f := range frozen {
		if f.Differs {
			notes = append(notes, frozenNote{f.Campaign, f.Homes, "/admin/campaigns/" + f.Campaign.ID.String() + "/projects/" + p.ID.String()})
		}
	}
	return notes, nil
}
