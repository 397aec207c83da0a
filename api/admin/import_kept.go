package admin

import (
	"encoding/json"
	"fmt"

	"meihao/survey"
	"meihao/survey/roster"
	"meihao/survey/work"
)

// keptPlan is what the page of a plan and its export show: numbers of
// everything, and the lists as far as they are kept. It is kept as the file of
// the job that made the plan, so that every instance can show it and a large
// one is made once.
type keptPlan struct {
	File                                   string
	Form                                   roster.Form
	Digest                                 string
	Added, Changed, Same, Refused          int
	BuildingsAdded, BuildingsChanged       int
	Places                                 []newPlace
	Projects                               []projectLine
	Refusals                               []roster.Refusal
	Notes                                  []roster.Note
	MorePlaces, MoreProjects, MoreRefusals int
	MoreNotes                              int
}

// newPlace is a place or a company that the plan adds: Level completes the
// message "scope.".
type newPlace struct{ Level, Name string }

// projectLine is a project that the plan adds or changes.
type projectLine struct {
	Kind            roster.Kind
	Name, Community string
	Rows            []int
	Households      int
	BuildingCount   int
	Fields          []roster.Difference
	Buildings       []buildingLine // without those that stay the same
}

type buildingLine struct {
	Kind       roster.Kind
	Name       string
	Households int
	Fields     []roster.Difference
}

// rowsNamed is how many row numbers of a project are shown.
const rowsNamed = 4

// mostKept is how much of each list is kept: all of that goes into an export,
// to be put right beside the file, and the page shows the beginning.
const mostKept = 20_000

// Empty says that nothing would be written.
func (p keptPlan) Empty() bool { return p.Added == 0 && p.Changed == 0 }

func keptPlanOf(name string, plan roster.Plan) keptPlan {
	v := keptPlan{File: name, Form: plan.Form, Digest: plan.Digest()}
	v.Added, v.Changed, v.Same, v.Refused = plan.Counts()
	v.BuildingsAdded, v.BuildingsChanged, _ = plan.BuildingCounts()
	v.Places, v.Refusals, v.Notes = newPlaces(plan), plan.Refused, plan.Notes
	v.MoreRefusals = plan.MoreRefused
	for _, p := range plan.Projects {
		if p.Kind != roster.Same {
			v.Projects = append(v.Projects, lineOf(p))
		}
	}
	return v.first(mostKept)
}

// first is the plan with at most so many of each list, and how many more
// there are.
func (p keptPlan) first(most int) keptPlan {
	p.Places = first(p.Places, most, &p.MorePlaces)
	p.Projects = first(p.Projects, most, &p.MoreProjects)
	p.Refusals = first(p.Refusals, most, &p.MoreRefusals)
	p.Notes = first(p.Notes, most, &p.MoreNotes)
	return p
}

// first is the beginning of a list; what it leaves out is added to more.
func first[T any](list []T, most int, more *int) []T {
	n := min(most, len(list))
	*more += len(list) - n
	return list[:n]
}

func lineOf(p roster.ProjectChange) projectLine {
	l := projectLine{
		Kind: p.Kind, Name: p.Project.Name, Community: p.Project.Area.Community, Rows: p.Rows[:min(rowsNamed, len(p.Rows))],
		Households: p.Project.Households, BuildingCount: p.Project.BuildingCount, Fields: p.Fields,
	}
	for _, b := range p.Buildings {
		if p.Kind == roster.Changed && b.Kind != roster.Same {
			l.Buildings = append(l.Buildings, buildingLine{b.Kind, b.Building.Name, b.Building.Households, b.Fields})
		}
	}
	return l
}

func newPlaces(plan roster.Plan) []newPlace {
	var list []newPlace
	for _, a := range plan.NewDistricts {
		list = append(list, newPlace{"district", a.District})
	}
	for _, a := range plan.NewSubdistricts {
		list = append(list, newPlace{"subdistrict", a.District + " / " + a.Subdistrict})
	}
	for _, a := range plan.NewCommunities {
		list = append(list, newPlace{"community", a.District + " / " + a.Subdistrict + " / " + a.Community})
	}
	for _, name := range plan.NewCompanies {
		list = append(list, newPlace{"company", name})
	}
	return list
}

// keep is the preview as the file of its job.
func (p keptPlan) keep() (work.Result, error) {
	data, err := json.Marshal(p)
	if err != nil {
		return work.Result{}, fmt.Errorf("preview: %w", err)
	}
	return work.Result{File: &work.File{Name: "preview.json", Media: "application/json", Data: data}}, nil
}

// planned is what a job of an import needs, as it is kept in its argument.
type planned struct {
	Upload  survey.ID
	Form    string `json:",omitempty"` // what the register is said to be, see read
	Project string `json:",omitempty"` // of the rows that name none
	// District is that of the rows that name none.
	District string `json:",omitempty"`
	// of an import:
	Digest string `json:",omitempty"` // of the plan that was accepted
	Strict bool   `json:",omitempty"`
}

func (p planned) text() string {
	text, _ := json.Marshal(p) // its fields cannot fail
	return string(text)
}

func plannedOf(j work.Job) (planned, error) {
	var p planned
	if err := json.Unmarshal([]byte(j.Argument), &p); err != nil {
		return p, fmt.Errorf("job %s: %w", j.ID, err)
	}
	return p, nil
}

// uploadOf is the upload that a job is about, 0 for none.
func uploadOf(j work.Job) survey.ID {
	if j.Kind != planKind && j.Kind != importKind {
		return 0
	}
	p, err := plannedOf(j)
	if err != nil {
		return 0
	}
	return p.Upload
}
