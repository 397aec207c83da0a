package roster

import "meihao/survey"

// project plans one project, or refuses all its rows.
func (pl *planner) project(g *group) {
	before, why := g.known, (*survey.Message)(nil)
	if before == nil {
		before, why = pl.match(g)
	}
	if why == nil {
		why = pl.claim(g, before)
	}
	if why == nil {
		why = pl.decide(g, before)
	}
	if why == nil {
		return
	}
	for _, r := range g.rows {
		pl.refuse(r, *why)
	}
}

// match finds the project that the store knows: by register number, else by
// district, community and name. Nil and no reason mean a new one.
func (pl *planner) match(g *group) (*survey.Project, *survey.Message) {
	register := registerKey(g.head.Register)
	if p := pl.byRegister[register]; register != "" && p != nil {
		if !pl.scope.Holds(*p) {
			return nil, reason("roster.refused.register_elsewhere", "Register", g.head.Register)
		}
		return p, nil
	}
	key := keyOfRow(&g.head)
	p := pl.byKey[key]
	switch {
	case p == nil:
		return nil, nil
	case !pl.scope.Holds(*p):
		return nil, reason("roster.refused.not_in_area")
	case pl.twins[key]:
		return nil, reason("roster.refused.twins", "Project", p.Name)
	case register != "" && p.Register != "":
		return nil, reason("roster.refused.other_register", "Project", p.Name, "Here", g.head.Register, "There", p.Register)
	}
	return p, nil
}

// claim keeps a project of the store for the first rows that mean it, even if
// these are refused: others may know it by its number and these by its name.
// The name that a project will have is kept likewise (planned).
func (pl *planner) claim(g *group, before *survey.Project) *survey.Message {
	if before == nil {
		return nil
	}
	if row := pl.claimed[before.ID]; row != nil {
		return reason("roster.refused.same_project", "Row", row.where())
	}
	pl.claimed[before.ID] = g.rows[0]
	return nil
}

// decide works out what the project becomes and puts it into the plan.
func (pl *planner) decide(g *group, before *survey.Project) *survey.Message {
	now, why := pl.becomes(g, before)
	if why != nil {
		return why
	}
	if g.known == nil {
		if why := pl.taken(now, before); why != nil {
			return why
		}
		pl.planned[keyOfProject(now)] = g.rows[0]
	}
	changes, kept := pl.buildings(g, before)
	if g.refused == len(g.rows) {
		return nil
	}
	after := pl.buildingsAfter(changes, before)
	now.Homes, now.BuildingCount = homesOf(g.head.ProjectHomes, before, after), len(after)
	if now.Households == 0 {
		return reason("roster.refused.no_project_households", "Project", now.Name)
	}
	if why := crowded(now.Homes); why != nil {
		return why
	}
	change := ProjectChange{Kind: Added, Sheet: g.rows[0].Sheet, Project: now, Buildings: changes, Kept: kept}
	for _, r := range g.rows {
		change.Rows = append(change.Rows, r.Number)
	}
	if before != nil {
		change.compare(*before)
	}
	pl.accept(change)
	pl.remark(g, change, survey.SumHomes(after))
	return nil
}

// buildingsAfter are all buildings a project will have.
func (pl *planner) buildingsAfter(changes []BuildingChange, before *survey.Project) []survey.Building {
	all := make([]survey.Building, 0, len(changes))
	named := map[string]bool{}
	for _, c := range changes {
		all = append(all, c.Building)
		named[pl.buildingKey(c.Building.Name)] = true
	}
	if before == nil {
		return all
	}
	for _, b := range before.Buildings {
		if !named[pl.buildingKey(b.Name)] {
			all = append(all, b)
		}
	}
	return all
}

// becomes is the project with what its rows say, but for its homes. An empty
// cell leaves what is known.
func (pl *planner) becomes(g *group, before *survey.Project) (survey.Project, *survey.Message) {
	var now survey.Project
	if before != nil {
		now = *before
		now.Buildings = nil
	}
	if g.known != nil {
		return now, nil
	}
	if g.head.Register != "" && registerKey(g.head.Register) != registerKey(now.Register) {
		now.Register = g.head.Register
	}
	if g.head.Project != "" && nameKey(g.head.Project) != nameKey(now.Name) {
		now.Name = g.head.Project
	}
	if g.head.Kind != "" && nameKey(g.head.Kind) != nameKey(now.Kind) {
		now.Kind = g.head.Kind
	}
	if g.head.Phone != "" {
		now.Phone = g.head.Phone
	}
	if g.head.Company != "" && nameKey(g.head.Company) != nameKey(now.Company.Name) {
		now.Company = pl.company(g.head.Company)
	}
	if now.Name == "" {
		return now, reason("roster.refused.no_project")
	}
	place, why := pl.place(g.head, now.Area)
	now.Place = place
	return now, why
}

// company is the company of this name, without id if it is new.
func (pl *planner) company(name string) survey.Company {
	if c, known := pl.companies[nameKey(name)]; known {
		return c
	}
	return survey.Company{Name: name}
}

// place is where the row says the project lies, was where it lay before.
func (pl *planner) place(head Row, was survey.Area) (survey.Place, *survey.Message) {
	names := survey.Area{District: head.District, Subdistrict: head.Subdistrict, Community: head.Community}
	if names.District == "" {
		names.District = was.District
	}
	if names.Community == "" {
		names.Community = was.Community
	}
	switch {
	case names.District == "":
		return survey.Place{}, reason("roster.refused.no_district")
	case names.Community == "":
		return survey.Place{}, reason("roster.refused.no_community")
	}
	place, found := pl.atlas.find(names, was)
	switch {
	case pl.scope.All && !pl.mayAddPlaces && !pl.atlas.hasDistrict(names.District):
		return place, reason("roster.refused.new_district", "District", names.District)
	case !found && (pl.atlas.several(names) || pl.scope.Holds(survey.Project{Place: pl.atlas.district(names.District)})):
		return place, reason("roster.refused.no_subdistrict", "Community", names.Community)
	case !found, !pl.scope.Holds(survey.Project{Place: place}):
		return place, reason("roster.refused.not_in_area")
	}
	return place, nil
}

// taken is the reason why the project cannot be what it would become: another
// one of the store or of this file is known by the same name.
func (pl *planner) taken(now survey.Project, before *survey.Project) *survey.Message {
	key := keyOfProject(now)
	moved := before == nil || keyOfProject(*before) != key
	if moved && pl.byKey[key] != nil {
		return reason("roster.refused.name_taken", "Project", now.Name, "Community", now.Area.Community)
	}
	if row := pl.planned[key]; row != nil {
		return reason("roster.refused.same_project", "Row", row.where())
	}
	return nil
}
