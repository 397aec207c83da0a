package roster

import (
	"slices"
	"strings"

	"meihao/survey"
)

// knownGroups gathers the rows of a register of buildings by the projects of
// the store that they mean. Rows of others are refused: such a register adds
// no project.
func (pl *planner) knownGroups(file File) []*group {
	var order []*group
	of := map[survey.ID]*group{}
	var wrong []*Row
	for i := range file.Rows {
		r := &file.Rows[i]
		if pl.stopped() {
			return nil
		}
		if len(r.Errors) > 0 {
			wrong = append(wrong, r)
			continue
		}
		p, why := pl.meant(r, file.Project)
		if why == nil && r.Building == "" {
			why = reason("roster.refused.no_building")
		}
		if why != nil {
			pl.refuse(r, *why)
			continue
		}
		g := of[p.ID]
		if g == nil {
			g = newGroup()
			g.known, of[p.ID] = p, g
			order = append(order, g)
		}
		g.rows = append(g.rows, r)
	}
	for _, r := range wrong {
		for _, why := range r.Errors {
			pl.refuse(r, why)
		}
		if p, _ := pl.meant(r, file.Project); p != nil && of[p.ID] != nil {
			of[p.ID].spoil(r, pl.buildingKey(r.Building))
		}
	}
	return order
}

// meant is the project of the store that a row of a register of buildings is
// about: by its register number, else by its name and what the row says of
// the place; instead is for the rows that name none.
func (pl *planner) meant(r *Row, instead string) (*survey.Project, *survey.Message) {
	switch {
	case r.Register != "":
		return pl.registered(r)
	case r.Project != "":
		return pl.called(r.Project, survey.Area{District: r.District, Subdistrict: r.Subdistrict, Community: r.Community})
	case instead == "":
		return nil, reason("roster.refused.project_unsaid")
	}
	if p := pl.byRegister[registerKey(instead)]; p != nil && pl.scope.Holds(*p) {
		return p, nil
	}
	return pl.called(instead, survey.Area{})
}

// registered finds a project by its register number; what else the row says
// of it must be so.
func (pl *planner) registered(r *Row) (*survey.Project, *survey.Message) {
	p := pl.byRegister[registerKey(r.Register)]
	switch {
	case p == nil:
		return nil, reason("roster.refused.unknown_register", "Register", r.Register)
	case !pl.scope.Holds(*p):
		return nil, reason("roster.refused.register_elsewhere", "Register", r.Register)
	}
	for _, said := range [][2]string{{r.Project, p.Name}, {r.District, p.Area.District}, {r.Subdistrict, p.Area.Subdistrict}, {r.Community, p.Area.Community}} {
		if said[0] != "" && nameKey(said[0]) != nameKey(said[1]) {
			return nil, reason("roster.refused.other_project", "Register", r.Register, "Here", said[0], "There", said[1])
		}
	}
	return p, nil
}

// called finds the only project of a name in the actor's area.
func (pl *planner) called(name string, at survey.Area) (*survey.Project, *survey.Message) {
	if pl.byName == nil {
		pl.byName = map[string][]*survey.Project{}
		for _, p := range pl.all {
			if pl.scope.Holds(*p) {
				pl.byName[nameKey(p.Name)] = append(pl.byName[nameKey(p.Name)], p)
			}
		}
	}
	found := slices.DeleteFunc(slices.Clone(pl.byName[nameKey(name)]), func(p *survey.Project) bool {
		return at.District != "" && nameKey(at.District) != nameKey(p.Area.District) ||
			at.Subdistrict != "" && nameKey(at.Subdistrict) != nameKey(p.Area.Subdistrict) ||
			at.Community != "" && nameKey(at.Community) != nameKey(p.Area.Community)
	})
	switch len(found) {
	case 0:
		return nil, reason("roster.refused.unknown_project", "Project", name)
	case 1:
		return found[0], nil
	}
	return nil, reason("roster.refused.several_projects", "Project", name, "Communities", communities(found))
}

// communities names where projects lie, the first few of them.
func communities(projects []*survey.Project) string {
	var names []string
	for _, p := range projects[:min(len(projects), 5)] {
		names = append(names, p.Area.Community)
	}
	return strings.Join(names, ", ")
}
