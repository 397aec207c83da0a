package resident

import (
	"strconv"
	"strings"

	"meihao/survey"
)

// HouseholdView asks for the household (RULES §1, admission room).
type HouseholdView struct {
	Building  string           // the poster's own, by name
	Buildings []BuildingChoice // all, where there is another one
	Other     bool             // another one was chosen, or the choice is wrong
	Unit      UnitView
	Room      string
	Wrong     struct{ Building, Room string }
}

// BuildingChoice is one building of the project.
type BuildingChoice struct {
	ID, Name string
	Units    int // 0: none is asked; -1: not known
	Chosen   bool
}

// UnitView asks for the unit: not at all, from a list, or in words.
type UnitView struct {
	Asked  bool
	Own    bool     // the poster's own building has units
	Here   string   // the unit where the poster hangs: an empty answer means it; "" where it is not known
	Of     string   // the building that it is in, by id
	Away   bool     // another building was chosen: an empty answer means none
	List   []string // nil: in words
	Given  string
	Wrong  string
	Listed bool // what was given is in the list
}

// CodeView asks for the code of a slip.
type CodeView struct{ Given, Wrong string }

// FeedbackView offers to answer without a household, which does not count.
type FeedbackView struct {
	Chosen bool
	Wrong  string
}

// mostUnits is how many units are offered where a building's number of them is
// not known but others' are.
const mostUnits = 12

func householdView(p survey.Poster, t typed, wrong map[string]string) *HouseholdView {
	own, _ := p.BuildingOf(p.Building)
	v := &HouseholdView{Building: own.Name, Room: strings.ToValidUTF8(t.Room, "\uFFFD")}
	v.Wrong.Building, v.Wrong.Room = wrong["building"], wrong["room"]
	chosen := t.Building
	if chosen == "" {
		chosen = own.ID.String()
	}
	v.Other = chosen != own.ID.String() || v.Wrong.Building != ""
	if len(p.Project.Buildings) > 1 || v.Other {
		for _, b := range p.Project.Buildings {
			v.Buildings = append(v.Buildings, BuildingChoice{
				ID: b.ID.String(), Name: b.Name, Units: unitsOf(b), Chosen: b.ID.String() == chosen,
			})
		}
	}
	v.Unit = unitView(own, p.Project.Buildings)
	if own.AsksUnit() && p.Unit > 0 {
		v.Unit.Here, v.Unit.Of, v.Unit.Away = strconv.Itoa(p.Unit), own.ID.String(), chosen != own.ID.String()
	}
	v.Unit.Given, v.Unit.Wrong = strings.ToValidUTF8(t.Unit, "\uFFFD"), wrong["unit"]
	for _, unit := range v.Unit.List {
		v.Unit.Listed = v.Unit.Listed || unit == v.Unit.Given
	}
	return v
}

// unitsOf is a building's number of units, -1 where it is not known.
func unitsOf(b survey.Building) int {
	if b.Units == nil {
		return -1
	}
	return *b.Units
}

// unitView decides how the unit is asked. The list is long enough for every
// building, so that the form works where no script shortens it.
func unitView(own survey.Building, all []survey.Building) UnitView {
	most := unitsOf(own)
	v := UnitView{Asked: own.AsksUnit(), Own: own.AsksUnit()}
	for _, b := range all {
		units := unitsOf(b)
		if units < 0 {
			units = mostUnits
		}
		v.Asked = v.Asked || units > 0
		if most >= 0 {
			most = max(most, units)
		}
	}
	for i := 1; i <= most; i++ {
		v.List = append(v.List, strconv.Itoa(i))
	}
	return v
}
