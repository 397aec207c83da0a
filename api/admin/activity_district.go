package admin

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

type districtPartView struct {
	page.Frame
	faults
	Activity                  survey.Activity
	Part                      survey.DistrictPart
	Mode, Cap, Contact, Phone string // as typed
	Path, Back                string
}

// partOf is the part of the district of the path, which the actor manages.
func (h *Handlers) partOf(c *gin.Context) (survey.Activity, survey.DistrictPart, error) {
	a, err := h.activityOf(c)
	if err != nil {
		return a, survey.DistrictPart{}, err
	}
	id, err := idParam(c, "district")
	if err != nil {
		return a, survey.DistrictPart{}, err
	}
	parts, err := h.Store.DistrictParts(c.Request.Context(), scope(c), a.ID)
	if err != nil {
		return a, survey.DistrictPart{}, err
	}
	for _, p := range parts {
		if p.District == id && scope(c).Manages(id) {
			return a, p, nil
		}
	}
	return a, survey.DistrictPart{}, survey.NotFoundError("error.not_found")
}

// showDistrictPart asks how a district takes part.
func (h *Handlers) showDistrictPart(c *gin.Context) error {
	a, p, err := h.partOf(c)
	if err != nil {
		return err
	}
	return h.renderDistrictPart(c, http.StatusOK, districtPartView{
		Activity: a, Part: p, Mode: string(p.Mode), Cap: strconv.Itoa(p.Cap), Contact: p.Contact, Phone: p.Phone,
	})
}

// saveDistrictPart saves how a district takes part.
func (h *Handlers) saveDistrictPart(c *gin.Context) error {
	a, p, err := h.partOf(c)
	if err != nil {
		return err
	}
	v := districtPartView{Activity: a, Part: p, Mode: typed(c, "mode"), Cap: typed(c, "cap"), Contact: typed(c, "contact"), Phone: typed(c, "phone")}
	to := survey.DistrictPart{Activity: a.ID, District: p.District, Mode: survey.Mode(v.Mode), Contact: v.Contact, Phone: v.Phone}
	if to.Cap, err = strconv.Atoi(v.Cap); err != nil {
		to.Cap = -1 // refused by Check
	}
	err = h.Store.ChangeDistrictPart(c.Request.Context(), actor(c), to)
	if f, status, mendable := h.faultsOf(c, err); mendable {
		v.faults = f
		return h.renderDistrictPart(c, status, v)
	}
	if err != nil {
		return err
	}
	return see(c, activitiesPath+"/"+a.ID.String()+"?done=part_changed")
}

func (h *Handlers) renderDistrictPart(c *gin.Context, status int, v districtPartView) error {
	v.Back = activitiesPath + "/" + v.Activity.ID.String()
	v.Path = v.Back + "/districts/" + v.Part.District.String()
	v.Frame = h.activityFrame(c, v.Activity, "/districts", h.text(c, "part.title", "Name", v.Part.Name))
	h.Pages.Show(c, status, "staff/activity_district", v)
	return nil
}
