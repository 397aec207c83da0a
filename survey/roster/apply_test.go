package roster

import (
	"slices"
	"testing"

	"meihao/survey"
)

// applied is what the store holds after a plan was written: as the store does
// it, with names for what is new. It fails where a plan names a place or a
// company that is neither there nor new, or adds one that is there.
func applied(t testing.TB, before Register, plan Plan) Register {
	t.Helper()
	a := applying{t: t, after: Register{
		Places: slices.Clone(before.Places), Companies: slices.Clone(before.Companies), Projects: slices.Clone(before.Projects),
	}, next: 1_000_000 + survey.ID(len(before.Places)+len(before.Companies)+10*len(before.Projects))*1000}
	for _, areas := range [][]survey.Area{plan.NewDistricts, plan.NewSubdistricts, plan.NewCommunities} {
		for _, area := range areas {
			a.addPlace(area)
		}
	}
	for _, name := range plan.NewCompanies {
		if a.company(name).ID != 0 {
			t.Errorf("the plan adds company %q twice", name)
		}
		a.after.Companies = append(a.after.Companies, survey.Company{ID: a.id(), Name: name})
	}
	for _, c := range plan.Projects {
		a.project(c)
	}
	return a.after
}

type applying struct {
	t     testing.TB
	after Register
	next  survey.ID
}

func (a *applying) id() survey.ID {
	a.next++
	return a.next
}

func (a *applying) place(area survey.Area) survey.Place {
	for _, p := range a.after.Places {
		if p.Area == area {
			return p
		}
	}
	return survey.Place{}
}

func (a *applying) addPlace(area survey.Area) {
	if a.place(area).District != 0 {
		a.t.Errorf("the plan adds %v twice", area)
	}
	p := survey.Place{Area: area, District: a.place(survey.Area{District: area.District}).District}
	switch {
	case area.Subdistrict == "":
		p.District = a.id()
	case area.Community == "":
		p.Subdistrict = a.id()
	default:
		p.Subdistrict = a.place(survey.Area{District: area.District, Subdistrict: area.Subdistrict}).Subdistrict
		p.Community = a.id()
	}
	if p.District == 0 || area.Community != "" && p.Subdistrict == 0 {
		a.t.Errorf("the plan adds %v before what it lies in", area)
	}
	a.after.Places = append(a.after.Places, p)
}

func (a *applying) company(name string) survey.Company {
	for _, c := range a.after.Companies {
		if c.Name == name {
			return c
		}
	}
	return survey.Company{}
}

func (a *applying) project(c ProjectChange) {
	if c.Kind == Same {
		return
	}
	p := c.Project
	if p.Place = a.place(p.Area); p.Place.Community == 0 {
		a.t.Errorf("project %q lies nowhere: %+v", p.Name, c.Project.Area)
	}
	if p.Company.Name != "" {
		if p.Company = a.company(p.Company.Name); p.Company.ID == 0 {
			a.t.Errorf("the plan does not add company %q", c.Project.Company.Name)
		}
	}
	i := slices.IndexFunc(a.after.Projects, func(o survey.Project) bool { return o.ID == p.ID })
	if (i < 0) != (c.Kind == Added) || (p.ID == 0) != (c.Kind == Added) {
		a.t.Errorf("project %q (%s) is %s", p.Name, p.ID, c.Kind)
	}
	if i < 0 {
		p.ID = a.id()
		a.after.Projects = append(a.after.Projects, survey.Project{})
		i = len(a.after.Projects) - 1
	} else {
		p.Buildings = slices.Clone(a.after.Projects[i].Buildings)
	}
	for _, b := range c.Buildings {
		p.Buildings = a.building(p.Buildings, b)
	}
	if len(p.Buildings) != p.BuildingCount {
		a.t.Errorf("project %q has %d buildings, not %d", p.Name, len(p.Buildings), p.BuildingCount)
	}
	a.after.Projects[i] = p
}

func (a *applying) building(all []survey.Building, c BuildingChange) []survey.Building {
	i := slices.IndexFunc(all, func(b survey.Building) bool { return b.ID == c.Building.ID })
	switch {
	case c.Kind == Added && c.Building.ID == 0:
		c.Building.ID = a.id()
		return append(all, c.Building)
	case c.Kind == Added || i < 0:
		a.t.Errorf("building %q (%s) is %s", c.Building.Name, c.Building.ID, c.Kind)
	case c.Kind == Changed:
		all[i] = c.Building
	}
	return all
}
