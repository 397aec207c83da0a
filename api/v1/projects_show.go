package v1

import (
	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// ProjectsJSON lists projects in register order.
type ProjectsJSON struct {
	Items []RegisteredJSON `json:"items"`
	Next  *string          `json:"next"`
}

// RegisteredJSON is a project as the register has it.
type RegisteredJSON struct {
	ProjectJSON
	Register   string       `json:"register"` // its number, "" for none
	Kind       string       `json:"kind"`     // in the register's words, "" where it does not say
	Company    *CompanyJSON `json:"company"`
	Households int          `json:"households"`
	Occupied   *int         `json:"occupied"` // null where it is not known
}

// CompanyJSON is a property company.
type CompanyJSON struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// showProjects answers GET /projects.
func (h *Handlers) showProjects(c *gin.Context) {
	f, err := filterOf(c)
	if err != nil {
		h.fail(c, err)
		return
	}
	all, _, err := h.Store.Projects(c.Request.Context(), actorOf(c).Scope, survey.ProjectFilter{})
	if err != nil {
		h.fail(c, err)
		return
	}
	var kept []*survey.Project
	for i := range all {
		if f.keeps(&all[i]) {
			kept = append(kept, &all[i])
		}
	}
	some, next, err := pageOf(c, kept, func(p **survey.Project) string { return (*p).ID.String() })
	if err != nil {
		h.fail(c, err)
		return
	}
	list := ProjectsJSON{Items: make([]RegisteredJSON, len(some)), Next: next}
	for i, p := range some {
		list.Items[i] = RegisteredJSON{
			ProjectJSON: projectJSON(p), Register: p.Register, Kind: p.Kind, Households: p.Households, Occupied: p.Occupied,
		}
		if p.Company.ID != 0 {
			list.Items[i].Company = &CompanyJSON{p.Company.ID.String(), p.Company.Name}
		}
	}
	h.send(c, list)
}

func projectJSON(p *survey.Project) ProjectJSON {
	return ProjectJSON{
		ID: p.ID.String(), Name: p.Name, Community: p.Area.Community, Subdistrict: p.Area.Subdistrict, District: p.Area.District,
	}
}
