package admin

import (
	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// saveDeclarations keeps what a third party declares of the projects it has
// ticked.
func (h *Handlers) saveDeclarations(c *gin.Context) error {
	activity, err := idParam(c, "activity")
	if err != nil {
		return err
	}
	var projects []survey.ID
	for _, text := range c.PostFormArray("project") {
		id, err := survey.ParseID(text)
		if err != nil {
			return err
		}
		projects = append(projects, id)
	}
	interest := typed(c, "interest")
	if interest != "yes" && interest != "no" {
		err = survey.Fail(survey.Invalid, "error.declaration.which").Field("interest", "error.declaration.which")
	} else {
		err = h.Store.DeclareAll(c.Request.Context(), actor(c), activity, projects, interest == "yes", typed(c, "note"))
	}
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderDeclarations(c, status, f, projects)
	}
	if err != nil {
		return err
	}
	return see(c, "/admin/sheets/"+activity.String()+"/declarations?done=declared")
}
