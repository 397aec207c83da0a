package roster

import (
	"strings"

	"meihao/survey"
)

// compare fills in what changes in a project that the store knows.
func (c *ProjectChange) compare(was survey.Project) {
	now := c.Project
	c.Fields = differences(
		Difference{string(registerFact), was.Register, now.Register},
		Difference{string(nameFact), was.Name, now.Name},
		Difference{string(districtFact), was.Area.District, now.Area.District},
		Difference{string(subdistrictFact), was.Area.Subdistrict, now.Area.Subdistrict},
		Difference{string(communityFact), was.Area.Community, now.Area.Community},
		Difference{string(companyFact), was.Company.Name, now.Company.Name},
		Difference{string(kindFact), was.Kind, now.Kind},
		Difference{string(phoneFact), was.Phone, now.Phone},
		Difference{string(householdsFact), homesText(was.Households), homesText(now.Households)},
		Difference{string(occupiedFact), countText(was.Occupied), countText(now.Occupied)},
	)
	c.Kind = kindOf(c.Fields)
	for _, b := range c.Buildings {
		if b.Kind != Same {
			c.Kind = Changed
		}
	}
}

// accept puts a change into the plan, with the places and the company that it
// needs and nobody has yet.
func (pl *planner) accept(c ProjectChange) {
	pl.plan.Projects = append(pl.plan.Projects, c)
	for _, a := range pl.atlas.add(c.Project.Place) {
		switch {
		case a.Subdistrict == "":
			pl.plan.NewDistricts = append(pl.plan.NewDistricts, a)
		case a.Community == "":
			pl.plan.NewSubdistricts = append(pl.plan.NewSubdistricts, a)
		default:
			pl.plan.NewCommunities = append(pl.plan.NewCommunities, a)
		}
	}
	if name := c.Project.Company.Name; name != "" {
		if _, known := pl.companies[nameKey(name)]; !known {
			pl.companies[nameKey(name)] = c.Project.Company
			pl.plan.NewCompanies = append(pl.plan.NewCompanies, name)
		}
	}
}

// remark notes what a person should know of a project that is taken over.
func (pl *planner) remark(g *group, c ProjectChange, sum survey.Homes) {
	row, p := g.rows[0], c.Project
	if len(c.Kept) > 0 {
		names := make([]string, 0, len(c.Kept))
		for _, b := range c.Kept {
			names = append(names, b.Name)
		}
		pl.note(row, "roster.note.kept", "Project", p.Name, "Count", len(names), "Buildings", strings.Join(names, ", "))
	}
	if p.BuildingCount > 0 && p.Households != sum.Households {
		pl.note(row, "roster.note.households_differ", "Project", p.Name, "Households", p.Households, "Sum", sum.Households)
	} else if g.short && p.BuildingCount > 0 {
		pl.note(row, "roster.note.sum_short", "Project", p.Name, "Households", p.Households)
	}
}
