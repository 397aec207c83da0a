package roster

import (
	"cmp"
	"strings"

	"meihao/survey"
)

// projectKey is how a project without register number is known (DESIGN §7).
type projectKey struct{ district, community, name string }

func keyOfRow(r *Row) projectKey {
	return projectKey{nameKey(r.District), nameKey(r.Community), nameKey(r.Project)}
}

func keyOfProject(p survey.Project) projectKey {
	return projectKey{nameKey(p.Area.District), nameKey(p.Area.Community), nameKey(p.Name)}
}

func (k projectKey) whole() bool { return k.district != "" && k.community != "" && k.name != "" }

// registerKey is how register numbers are compared.
func registerKey(s string) string { return strings.ToUpper(nameKey(s)) }

// group is the rows of one project: what they say of it together, and by
// which row each fact was given.
type group struct {
	head    Row
	from    map[fact]*Row
	rows    []*Row
	short   bool // a row that belongs to it was refused
	refused int  // of its own rows
	// spoiled are, by building, rows that were refused for what stands in
	// them: what others say of a part of that building is not all of it.
	spoiled map[string]*Row
	known   *survey.Project // of a register of buildings, else nil
}

func newGroup() *group { return &group{from: map[fact]*Row{}} }

// spoil notes a refused row of the group.
func (g *group) spoil(r *Row, building string) {
	g.short = true
	if g.spoiled == nil {
		g.spoiled = map[string]*Row{}
	}
	g.spoiled[building] = r
}

// contradicts is the reason why a row cannot be of the group's project, nil
// where the two agree.
func (g *group) contradicts(r *Row) *survey.Message {
	for _, f := range facts() {
		there, here := g.head.says(f), r.says(f)
		if there == here || there == "" || here == "" || nameKey(there) == nameKey(here) {
			continue
		}
		return reason("roster.refused.contradicts."+string(f), "Row", g.from[f].where(), "Here", here, "There", there)
	}
	return nil
}

// reason is why something is refused.
func reason(key string, pairs ...any) *survey.Message {
	return &survey.Fail(survey.Invalid, key, pairs...).Message
}

// join adds a row that contradicts nothing.
func (g *group) join(r *Row) {
	for _, f := range facts() {
		if g.from[f] == nil && r.says(f) != "" {
			g.from[f] = r
		}
	}
	for _, text := range []struct {
		head *string
		row  string
	}{
		{&g.head.Register, r.Register}, {&g.head.Project, r.Project}, {&g.head.District, r.District},
		{&g.head.Subdistrict, r.Subdistrict}, {&g.head.Community, r.Community},
		{&g.head.Company, r.Company}, {&g.head.Kind, r.Kind}, {&g.head.Phone, r.Phone},
	} {
		if *text.head == "" {
			*text.head = text.row
		}
	}
	if g.head.ProjectHomes.Households == 0 {
		g.head.ProjectHomes.Households = r.ProjectHomes.Households
	}
	if g.head.ProjectHomes.Occupied == nil {
		g.head.ProjectHomes.Occupied = r.ProjectHomes.Occupied
	}
	g.rows = append(g.rows, r)
}

// groups gathers the rows of a file by project.
type groups struct {
	order      []*group
	byRegister map[string]*group
	byKey      map[projectKey]*group
}

// gather puts every row to its project; refuse is called for the rows that
// fit nowhere. It breaks off when stopped says so.
func gather(rows []Row, refuse func(*Row, survey.Message), building func(string) string, stopped func() bool) []*group {
	gs := &groups{byRegister: map[string]*group{}, byKey: map[projectKey]*group{}}
	for i := range rows {
		r := &rows[i]
		if len(r.Errors) > 0 {
			continue
		}
		if stopped() {
			return nil
		}
		if why := gs.put(r); why != nil {
			refuse(r, *why)
		}
	}
	for i := range rows {
		r := &rows[i]
		if len(r.Errors) == 0 {
			continue
		}
		for _, why := range r.Errors {
			refuse(r, why)
		}
		if g := gs.of(r); g != nil {
			g.spoil(r, building(r.Building))
		}
	}
	return gs.order
}

// of is the group a row belongs to: by its register number, else by district,
// community and name; nil where there is none yet.
func (gs *groups) of(r *Row) *group {
	if r.Register != "" {
		if g := gs.byRegister[registerKey(r.Register)]; g != nil {
			return g
		}
	}
	if k := keyOfRow(r); k.whole() {
		return gs.byKey[k]
	}
	return nil
}

// put adds a row to its group, or says why it cannot.
func (gs *groups) put(r *Row) *survey.Message {
	g := gs.of(r)
	if g == nil {
		if why := unnamed(r); why != nil {
			return why
		}
		g = newGroup()
		gs.order = append(gs.order, g)
	}
	if why := g.contradicts(r); why != nil {
		g.short = true
		return why
	}
	k := g.keyWith(r)
	if other := gs.byKey[k]; k.whole() && other != nil && other != g {
		g.short = true
		return reason("roster.refused.same_project", "Row", other.rows[0].where())
	}
	g.join(r)
	if r.Register != "" {
		gs.byRegister[registerKey(r.Register)] = g
	}
	if k.whole() {
		gs.byKey[k] = g
	}
	return nil
}

// keyWith is the key of the group once the row has joined it.
func (g *group) keyWith(r *Row) projectKey {
	k, more := keyOfRow(&g.head), keyOfRow(r)
	return projectKey{cmp.Or(k.district, more.district), cmp.Or(k.community, more.community), cmp.Or(k.name, more.name)}
}

// unnamed is the reason why a row says too little to know its project.
func unnamed(r *Row) *survey.Message {
	if r.Register != "" {
		return nil
	}
	for _, need := range []struct{ value, key string }{
		{r.Project, "roster.refused.no_project"},
		{r.District, "roster.refused.no_district"},
		{r.Community, "roster.refused.no_community"},
	} {
		if need.value == "" {
			return reason(need.key)
		}
	}
	return nil
}
