package roster

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"meihao/survey"
)

// MakePlan compares a file with what the store holds and says what importing
// it would change. Rows outside the scope are refused; mayAddPlaces says
// whether districts may be created (the city's right), other places,
// companies and projects are created within the scope as needed. A register
// of buildings creates none of them.
func MakePlan(existing Register, file File, scope survey.Scope, mayAddPlaces bool) Plan {
	plan, _ := MakePlanTelling(context.Background(), existing, file, scope, mayAddPlaces, nil) // nobody stops it
	return plan
}

// MakePlanTelling is MakePlan that tells progress, if it is not nil, how many
// of the file's projects are planned, and that ends soon when ctx does: the
// error is that of ctx then. Else it is a *survey.Error of kind Invalid: a
// register says nothing of districts and nobody said which it is of.
func MakePlanTelling(ctx context.Context, existing Register, file File, scope survey.Scope, mayAddPlaces bool, progress func(done, total int)) (Plan, error) {
	pl := newPlanner(existing, scope, mayAddPlaces)
	pl.ctx = ctx
	pl.plan.Form, pl.plan.Notes = file.Form, slices.Clone(file.Notes)
	file, err := pl.settled(file)
	if err != nil {
		return Plan{}, err
	}
	var gathered []*group
	if file.Form == Buildings {
		gathered = pl.knownGroups(file)
	} else {
		gathered = gather(file.Rows, pl.refuse, pl.buildingKey, pl.stopped)
	}
	// Rows without subdistrict find their community by its name: they wait
	// for those that add one.
	done := 0
	for _, named := range []bool{true, false} {
		for _, g := range gathered {
			if (g.head.Subdistrict != "") != named {
				continue
			}
			if pl.stopped() {
				return Plan{}, stopped(ctx)
			}
			pl.project(g)
			if done++; progress != nil && (done%100 == 0 || done == len(gathered)) {
				progress(done, len(gathered))
			}
		}
	}
	if pl.stopped() {
		return Plan{}, stopped(ctx)
	}
	pl.plan.Notes = pl.told.rest(pl.plan.Notes)
	pl.sort(file)
	return pl.plan, nil
}

// sort puts what the plan says into the order of the file.
func (pl *planner) sort(file File) {
	sheets := map[string]int{"": 0}
	for i := range file.Rows {
		if name := file.Rows[i].Sheet; name != "" && sheets[name] == 0 {
			sheets[name] = len(sheets)
		}
	}
	before := func(sheet string, row int, other string, to int) int {
		return cmp.Or(cmp.Compare(sheets[sheet], sheets[other]), cmp.Compare(row, to))
	}
	slices.SortStableFunc(pl.plan.Projects, func(a, b ProjectChange) int { return before(a.Sheet, a.Rows[0], b.Sheet, b.Rows[0]) })
	slices.SortStableFunc(pl.plan.Refused, func(a, b Refusal) int { return before(a.Sheet, a.Row, b.Sheet, b.Row) })
	slices.SortStableFunc(pl.plan.Notes, func(a, b Note) int { return before(a.Sheet, a.Row, b.Sheet, b.Row) })
}

// planner holds what is known while a plan is made.
type planner struct {
	ctx          context.Context //nolint:containedctx // of the one plan that is made
	plan         Plan
	told         told
	refused      map[*Row]bool // rows that were counted as refused
	scope        survey.Scope
	mayAddPlaces bool

	atlas        *atlas
	buildingKeys map[string]string
	companies    map[string]survey.Company
	byRegister   map[string]*survey.Project
	byKey        map[projectKey]*survey.Project
	twins        map[projectKey]bool // keys of several projects of the store
	claimed      map[survey.ID]*Row  // projects of the store, with the first row that means them
	planned      map[projectKey]*Row // what the file's projects will be known by, with their first row
	all          []*survey.Project
	byName       map[string][]*survey.Project // those in the scope, for registers of buildings
}

func newPlanner(existing Register, scope survey.Scope, mayAddPlaces bool) *planner {
	pl := &planner{
		scope: scope, mayAddPlaces: mayAddPlaces, told: told{}, refused: map[*Row]bool{},
		atlas:        newAtlas(existing.Places),
		buildingKeys: map[string]string{},
		companies:    make(map[string]survey.Company, len(existing.Companies)),
		byRegister:   make(map[string]*survey.Project, len(existing.Projects)),
		byKey:        make(map[projectKey]*survey.Project, len(existing.Projects)),
		twins:        map[projectKey]bool{},
		claimed:      map[survey.ID]*Row{},
		planned:      map[projectKey]*Row{},
	}
	for _, c := range existing.Companies {
		pl.companies[nameKey(c.Name)] = c
	}
	for i := range existing.Projects {
		p := &existing.Projects[i]
		pl.all = append(pl.all, p)
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

// stopped says that nobody wants the plan any more: what is left undone then
// does not matter.
func (pl *planner) stopped() bool { return pl.ctx.Err() != nil }

// refuse counts a row as refused and says why, as long as anybody reads that.
func (pl *planner) refuse(r *Row, why survey.Message) {
	pl.countRefused(r)
	if len(pl.plan.Refused) == MostRefused {
		pl.plan.MoreRefused++
		return
	}
	name := r.Project
	if name == "" {
		name = r.Register
	}
	what := strings.TrimSpace(name + " " + r.Building)
	pl.plan.Refused = append(pl.plan.Refused, Refusal{Row: r.Number, Sheet: r.Sheet, What: what, Reason: why})
}

// countRefused counts a row as refused, once.
func (pl *planner) countRefused(r *Row) {
	if !pl.refused[r] {
		pl.refused[r] = true
		pl.plan.RefusedRows++
	}
}

// refuseBuilding refuses all rows of a building for one reason, which is said
// once: at the first of them.
func (pl *planner) refuseBuilding(g *group, rows []*Row, why survey.Message) {
	pl.refuseIn(g, rows[0], why)
	for _, r := range rows[1:] {
		g.refused++
		pl.countRefused(r)
	}
}

// refuseIn refuses one row of a group, so that its sums are known to be short.
func (pl *planner) refuseIn(g *group, r *Row, why survey.Message) {
	g.short = true
	g.refused++
	pl.refuse(r, why)
}

func (pl *planner) note(r *Row, key string, pairs ...any) {
	pl.plan.Notes = pl.told.add(pl.plan.Notes, Note{Row: r.Number, Sheet: r.Sheet, Message: survey.Fail(survey.Invalid, key, pairs...).Message})
}
