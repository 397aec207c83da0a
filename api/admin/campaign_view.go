package admin

import (
	"time"

	"meihao/survey"
)

// campaignRow is a campaign as lists show it.
type campaignRow struct {
	survey.Campaign
	Phase survey.Stage // as it is now; "waiting" is open but before its time
	Word  word
	Path  string
	May   bool // the actor may manage it
}

// waiting is the phase of an open campaign before its opening time.
const waiting survey.Stage = "waiting"

func rowOf(c survey.Campaign, a survey.Actor, now time.Time) campaignRow {
	phase := c.Phase(now)
	if c.Stage == survey.OpenStage && phase == survey.Draft {
		phase = waiting
	}
	return campaignRow{
		Campaign: c, Phase: phase, Word: stageWord(phase), Path: "/admin/campaigns/" + c.ID.String(),
		May: a.Role.May(survey.ManageCampaigns) && a.Scope.Manages(c.Owner),
	}
}

// Running says that answers are taken now.
func (r campaignRow) Running() bool { return r.Phase == survey.OpenStage }

// Started says that there is something to count.
func (r campaignRow) Started() bool { return r.Stage != survey.Draft }

// demonstrates says that a campaign's prints must bear the mark of a
// demonstration: its own data are generated, or all of the server's are.
func (h *Handlers) demonstrates(c survey.Campaign) bool { return c.Demonstration || h.Demo }
