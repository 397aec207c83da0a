package admin

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// The coach answers: where are answers still missing, and what comes next?
type coachView struct {
	page.Frame
	listFilter
	Campaign campaignRow
	Tiles    coachTiles
	Rows     []coachRow
	Pager    pager
	Order    string // "" most missing first, "share" or "register"
	Orders   []string
	Short    bool // only those that are short
	AsOf     time.Time
	Live     bool
	Refresh  bool
	LivePath string // to begin refreshing without script, or to stop it
	Round    string // the list for the evening round, "" where it is too long
	TooLong  bool
	Most     int // projects of which a list is printed
}

// coachTiles add up what the filter leaves.
type coachTiles struct {
	Projects, ShortProjects int
	Short, Answers, Target  int64
	Days                    int
}

// coachRow is a coach as pages show it.
type coachRow struct {
	survey.Coach
	Project survey.Project
	Word    word
	Path    string
}

// mostRounds is for how many projects one list is printed at once.
const mostRounds = perPage

// lacking is an enrolment with what it is sorted by.
type lacking struct {
	*survey.Enrolment
	lack survey.CoachBase
}

// showCoach lists the projects of a campaign by what is missing. The tallies
// of all are looked at; the days only of those on the page.
func (h *Handlers) showCoach(c *gin.Context) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	ctx, a, now := c.Request.Context(), actor(c), h.Now()
	v := coachView{
		Frame: h.coachFrame(c, campaign, h.text(c, "coach.title")), Campaign: rowOf(campaign, a, now), AsOf: now,
		Refresh: c.Query("live") != "", LivePath: liveOther(c), Most: mostRounds,
		Orders: []string{"short", "share", "register"}, Short: c.Query("short") != "",
	}
	v.Live = v.Campaign.Running()
	if order := c.Query("order"); slices.Contains(v.Orders, order) {
		v.Order = order
	}
	enrolments, err := h.Store.Enrolments(ctx, a.Scope, campaign.ID)
	if err != nil {
		return err
	}
	v.listFilter = filterAmong(c, enrolments)
	kept := v.sorted(campaign, v.keptOf(enrolments))
	v.Tiles.Days = campaign.DaysLeft(now)
	v.Round = v.Campaign.Path + "/coach/round" + query(c, "page", "", "live", "", "order", "", "short", "")
	if v.TooLong = v.Tiles.ShortProjects > mostRounds; v.TooLong || v.Tiles.ShortProjects == 0 || !v.Campaign.Takes() {
		v.Round = ""
	}
	var shown []lacking
	shown, v.Pager = onPage(c, kept)
	if v.Rows, err = h.coachRows(c, campaign, shown); err != nil {
		return err
	}
	return h.present(c, http.StatusOK, "staff/coach", v)
}

// liveOther is the address that begins to refresh a page without script or,
// where it does, stops that; its filter and order stay.
func liveOther(c *gin.Context) string {
	if c.Query("live") != "" {
		return query(c, "live", "")
	}
	return query(c, "live", "1")
}

// Takes says that answers are or will be taken: there is something to remind
// of and to go round for.
func (r campaignRow) Takes() bool { return r.Running() || r.Phase == waiting }

// Narrows says whether the address may leave any project out.
func (v coachView) Narrows() bool { return v.listFilter.Narrows() || v.Short }

// sorted counts what is missing, adds it up and puts it in order: equal ones
// stay in the register's.
func (v *coachView) sorted(campaign survey.Campaign, kept []*survey.Enrolment) []lacking {
	list := make([]lacking, 0, len(kept))
	for _, e := range kept {
		one := lacking{e, campaign.Lack(e)}
		v.Tiles.Projects++
		v.Tiles.Short += one.lack.Short
		v.Tiles.Target += one.lack.Target
		v.Tiles.Answers += one.lack.Answers
		if one.lack.Short > 0 {
			v.Tiles.ShortProjects++
		} else if v.Short {
			continue
		}
		list = append(list, one)
	}
	switch v.Order {
	case "register":
	case "share":
		slices.SortStableFunc(list, func(a, b lacking) int {
			return cmp.Compare(a.lack.Answers*b.lack.Target, b.lack.Answers*a.lack.Target)
		})
	default:
		slices.SortStableFunc(list, func(a, b lacking) int { return cmp.Compare(b.lack.Short, a.lack.Short) })
	}
	return list
}

// coachRows coaches the projects of a page.
func (h *Handlers) coachRows(c *gin.Context, campaign survey.Campaign, shown []lacking) ([]coachRow, error) {
	ids := make([]survey.ID, len(shown))
	for i, one := range shown {
		ids[i] = one.Project.ID
	}
	now := h.Now()
	days, err := h.Store.TurnoutDays(c.Request.Context(), scope(c), campaign.ID, ids, now.AddDate(0, 0, -7))
	if err != nil {
		return nil, err
	}
	rows := make([]coachRow, len(shown))
	for i, one := range shown {
		coach := survey.CoachProject(campaign, *one.Enrolment, days[one.Project.ID], now)
		rows[i] = coachRow{
			Coach: coach, Project: one.Project, Word: coachWord(coach.State),
			Path: "/admin/campaigns/" + campaign.ID.String() + "/coach/" + one.Project.ID.String(),
		}
	}
	return rows, nil
}

// coachWord says how a project or building group is doing.
func coachWord(s survey.CoachState) word {
	w := word{Key: "coach.state." + string(s), Sign: "○", Tone: "none"}
	switch s {
	case survey.CoachReached:
		w.Tone, w.Sign = "good", "✓"
	case survey.CoachOnTrack:
		w.Tone, w.Sign = "info", "→"
	case survey.CoachBehind, survey.CoachSilent:
		w.Tone, w.Sign = "warn", "!"
	case survey.CoachClosing:
		w.Tone, w.Sign = "bad", "!"
	case survey.CoachEnded:
		w.Sign = "■"
	}
	return w
}
