package admin

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// A campaign's project answers: by which buildings and how many households
// does this survey go?
type enrolledView struct {
	page.Frame
	Campaign  campaignRow
	Project   survey.Project // with the buildings as this campaign has them
	Homes     survey.Homes
	Sum       survey.Homes
	Owner     survey.Result // only for what N asks for
	Resident  survey.Result
	Buildings []enrolledBuilding
	Missing   []survey.Building // in the register and not here
	Correct   string            // where it is corrected, "" for who may not, or where nothing is frozen
	Register  string            // the project's own page
	Differs   bool              // from the register
	Pending   *survey.PendingCorrection
	History   correctionHistory
}

// enrolledBuilding is a frozen building with its group, and the register's of
// today where that differs.
type enrolledBuilding struct {
	survey.Building
	Group int
	Now   map[string]string
	Gone  bool // from the register
}

// showEnrolled shows what a campaign froze of a project.
func (h *Handlers) showEnrolled(c *gin.Context) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	e, register, err := h.enrolledOf(c, campaign)
	if err != nil {
		return err
	}
	a, now := actor(c), h.Now()
	v := enrolledView{
		Campaign: rowOf(campaign, a, now), Project: e.Project, Homes: e.Homes, Sum: survey.SumHomes(e.Project.Buildings),
		Register: "/admin/projects/" + e.Project.ID.String(),
	}
	standing := survey.Stand(campaign, e, a.Role, now)
	v.Owner, v.Resident = standing.Owner, standing.Resident
	v.Buildings, v.Missing = besideRegister(e, register.Buildings)
	v.Differs = !e.Homes.SameHomes(register.Homes) || !survey.SameBuildings(e.Project.Buildings, register.Buildings)
	if v.Campaign.May && may(c, survey.CorrectFrozen) && v.Campaign.Started() {
		v.Correct = enrolledPath(campaign.ID, e.Project.ID) + "/correct"
	}
	if campaign.Stage == survey.SealedStage {
		if v.Pending, err = h.pendingOf(c, campaign.ID, e.Project.ID); err != nil {
			return err
		}
	}
	if v.History, err = h.historyOf(c, e.Project.ID, campaign.ID); err != nil {
		return err
	}
	v.Frame = h.campaignFrame(c, campaign, e.Project.Name)
	return h.present(c, http.StatusOK, "staff/enrolled", v)
}

func enrolledPath(campaign, project survey.ID) string {
	return "/admin/campaigns/" + campaign.String() + "/projects/" + project.String()
}

// enrolledOf loads the enrolment of the path with its groups, and the project
// as the register has it.
func (h *Handlers) enrolledOf(c *gin.Context, campaign survey.Campaign) (survey.Enrolment, survey.Project, error) {
	id, err := idParam(c, "project")
	if err != nil {
		return survey.Enrolment{}, survey.Project{}, err
	}
	e, groups, err := h.Store.Enrolment(c.Request.Context(), scope(c), campaign.ID, id)
	if err != nil {
		return e, survey.Project{}, err
	}
	e.Groups = groups
	register, err := h.Store.Project(c.Request.Context(), scope(c), id)
	return e, register, err
}

// besideRegister puts the register's figures of today beside the frozen ones,
// and lists the buildings that the enrolment lacks.
func besideRegister(e survey.Enrolment, register []survey.Building) ([]enrolledBuilding, []survey.Building) {
	today := make(map[survey.ID]survey.Building, len(register))
	for _, b := range register {
		today[b.ID] = b
	}
	group := map[survey.ID]int{}
	for _, g := range e.Groups {
		for _, b := range g.Buildings {
			group[b.ID] = g.Number
		}
	}
	list := make([]enrolledBuilding, len(e.Project.Buildings))
	frozen := map[survey.ID]bool{}
	for i, b := range e.Project.Buildings {
		frozen[b.ID] = true
		list[i] = enrolledBuilding{Building: b, Group: group[b.ID]}
		now, there := today[b.ID]
		if list[i].Gone = !there; there {
			list[i].Now = differing(formOfBuilding(b), formOfBuilding(now))
			if b.LacksRooms(now) {
				list[i].Now[survey.RoomsListed] = strconv.Itoa(now.Listed())
			}
		}
	}
	var missing []survey.Building
	for _, b := range register {
		if !frozen[b.ID] {
			missing = append(missing, b)
		}
	}
	return list, missing
}

// pendingOf is the correction of a project's sealed result that waits, nil for
// none.
func (h *Handlers) pendingOf(c *gin.Context, campaign, project survey.ID) (*survey.PendingCorrection, error) {
	p, err := h.Store.PendingCorrection(c.Request.Context(), scope(c), campaign)
	if survey.KindOf(err) == survey.NotFound || err == nil && p.Project != project {
		return nil, nil
	}
	return &p, err
}
