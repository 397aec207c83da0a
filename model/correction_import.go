package model

import (
	"strconv"

	"meihao/survey"
	"meihao/survey/roster"
)

// keepImported writes into the history what an import changes of projects that
// were registered before; what it adds with a new project is no correction.
// The import's event must be recorded after it, with the digest of the lines.
func (c *change) keepImported(plan roster.Plan) (string, error) {
	h, err := c.history(survey.ByImport, 0, "")
	if err != nil {
		return "", err
	}
	for _, p := range plan.Projects {
		if p.Kind != roster.Changed {
			continue
		}
		for _, f := range p.Fields {
			h.add(p.Project.ID, survey.Correction{Field: f.Field, Old: f.Old, New: f.New})
		}
		for _, b := range p.Buildings {
			h.addBuilding(p.Project.ID, b)
		}
	}
	return h.write()
}

// addBuilding notes what an import does to a building of a known project. Of
// a name that changes the line has the old one, as it was called.
func (h *history) addBuilding(project survey.ID, b roster.BuildingChange) {
	name := b.Building.Name
	for _, f := range b.Fields {
		if f.Field == "name" {
			name = f.Old
		}
	}
	switch b.Kind {
	case roster.Added:
		h.add(project, survey.Correction{BuildingName: name, Field: survey.BuildingAdded, New: strconv.Itoa(b.Building.Households)})
	case roster.Changed:
		for _, f := range b.Fields {
			h.add(project, survey.Correction{Building: b.Building.ID, BuildingName: name, Field: f.Field, Old: f.Old, New: f.New})
		}
	case roster.Same:
	}
}
