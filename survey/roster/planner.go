package roster

import (
	"cmp"
	"slices"
	"strings"

	"meihao/survey"
)

// MakePlan compares a file with what the store holds and says what importing
// it would change. Rows outside the scope are refused; mayAddPlaces says
// whether districts may be created (the city's right), other places,
// companies and projects are created within the scope as needed.
func MakePlan(existing Register, file File, scope survey.Scope, mayAddPlaces bool) Plan {
	pl := newPlanner(existing, scope, mayAddPlaces)
	pl.plan.Notes = slices.Clone(file.Notes)
	// Rows without subdistrict find their community by its name: they wait
	// for those that add one.
	gathered := gather(file.Rows, pl.refuse)
	for _, named := range []bool{true, false} {
		for _, g := range gathered {
			if (g.head.Subdistrict != "") == named {
				pl.project(g)
			}
		}
	}
	slices.SortStableFunc(pl.plan.Projects, func(a, b ProjectChange) int { return cmp.Compare(a.Rows[0], b.Rows[0]) })
	slices.SortStableFunc(pl.plan.Refused, func(a, b Refusal) int { return cmp.Compare(a.Row, b.Row) })
	slices.SortStableFunc(pl.plan.Notes, func(a, b Note) int { return cmp.Compare(a.Row, b.Row) })
	return pl.plan
}

// planner holds what is known while a plan is made.
type planner struct {
	plan         Plan
	scope        survey.Scope
	mayAddPlaces bool

	atlas        *atlas
	buildingKeys map[string]string
	companies    map[string]survey.Company
	byRegister   map[string]*survey.Project
	byKey        map[projectKey]*survey.Project
	twins        map[projectKey]bool // keys of several projects of the store
	claimed      map[survey.ID]int   // projects of the store, with the first row that means them
	planned      map[projectKey]int  // what the file's projects will be known by, with their first row
}

func newPlanner(existing Register, scope survey.Scope, mayAddPlaces bool) *planner {
	pl := &planner{
		scope: scope, mayAddPlaces: mayAddPlaces,
		atlas:        newAtlas(existing.Places),
		buildingKeys: map[string]string{},
		companies:    make(map[string]survey.Company, len(existing.Companies)),
		byRegister:   make(map[string]*survey.Project, len(existing.Projects)),
		byKey:        make(map[projectKey]*survey.Project, len(existing.Projects)),
		twins:        map[projectKey]bool{},
		claimed:      map[survey.ID]int{},
		planned:      map[projectKey]int{},
	}
	for _, c := range existing.Companies {
		pl.companies[nameKey(c.Name)] = c
	}
	for i := range existing.Projects {
		p := &existing.Projects[i]
		if p.Register != "" {
			pl.byRegister[registerKey(p.Register)] = p
		}
		key := keyOfProject(*p)
		if pl.byKey[key] != nil {
			pl.twins[key] = true
		}
		pl.byKey[key] = p
	}
	return pl
}

func (pl *planner) refuse(r *Row, why survey.Message) {
	name := r.Project
	if name == "" {
		name = r.Register
	}
	what := strings.TrimSpace(name + " " + r.Building)
	pl.plan.Refused = append(pl.plan.Refused, Refusal{Row: r.Number, What: what, Reason: why})
}

// refuseIn refuses one row of a group, so that its sums are known to be short.
func (pl *planner) refuseIn(g *group, r *Row, why survey.Message) {
	g.short = true
	g.refused++
	pl.refuse(r, why)
}

func (pl *planner) note(row int, key string, pairs ...any) {
	pl.plan.Notes = append(pl.plan.Notes, Note{Row: row, Message: survey.Fail(survey.Invalid, key, pairs...).Message})
}
