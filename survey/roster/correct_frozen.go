package roster

import (
	"errors"
	"fmt"
	"slices"

	"meihao/survey"
	"meihao/survey/household"
)

// CheckFrozen says what of an enrolment as it would be cannot stand: what
// CheckBuildings refuses, whatever would give a home another claim and so
// another vote, a name by which another building was found, and a building
// group that is too small for its answers to be seen (RULES §1, §8). The
// buildings are those before in their order, then added ones; former are
// names that buildings of this campaign had before earlier corrections.
func CheckFrozen(before, after survey.Enrolment, former map[survey.ID][]string) error {
	e := survey.Fail(survey.Invalid, "error.correction.fields")
	var wrong *survey.Error
	if errors.As(CheckBuildings(after.Homes, after.Project.Buildings), &wrong) {
		e.Take(wrong)
	}
	was := before.Project.Buildings
	for i, b := range after.Project.Buildings {
		field := fmt.Sprintf("b%d-", i)
		if i < len(was) && !survey.UnitsMayBecome(was[i].Units, b.Units) {
			checkUnits(e, field, was[i].Units)
		}
		if i >= len(was) || !alike(was[i].Units, b.Units) || was[i].Rooms != b.Rooms {
			checkRooms(e, field, b)
		}
		if i >= len(was) || was[i].Name != b.Name {
			checkFormer(e, field, b, was, former)
		}
	}
	checkShrunk(e, before, after)
	return faultsOf(e)
}

func checkUnits(e *survey.Error, field string, was *int) {
	if was == nil {
		e.Field(field+"units", "error.correction.units_unknown")
		return
	}
	e.Field(field+"units", "error.correction.units_frozen", "Was", *was)
}

// checkFormer: people find a building by its name from every poster of the
// project. Under another one's name a home would be known as two.
func checkFormer(e *survey.Error, field string, b survey.Building, was []survey.Building, former map[survey.ID][]string) {
	key := household.BuildingKey(b.Name)
	for _, other := range was {
		if other.ID == b.ID {
			continue
		}
		for _, name := range append(slices.Clone(former[other.ID]), other.Name) {
			if household.BuildingKey(name) == key {
				e.Field(field+"name", "error.correction.name_used", "Name", name)
				return
			}
		}
	}
}

// checkRooms wants every home of the household list to be able to answer, as
// an import does (nameUnits).
func checkRooms(e *survey.Error, field string, b survey.Building) {
	if b.Rooms == "" {
		return
	}
	switch highest, fit := b.AllRoomsFit(); {
	case fit:
	case len(b.UnitsListed()) == 0:
		e.Field(field+"units", "error.correction.rooms_bare")
	case highest > 0 && b.Units != nil && *b.Units > 0 && *b.Units < highest:
		e.Field(field+"units", "error.correction.rooms_units", "Highest", highest)
	default:
		e.Field(field+"units", "error.correction.rooms_named")
	}
}

// checkShrunk names the fields of the buildings whose group got too small.
func checkShrunk(e *survey.Error, before, after survey.Enrolment) {
	for _, g := range before.Shrunk(after) {
		for i, b := range after.Project.Buildings {
			in := slices.ContainsFunc(g.Buildings, func(one survey.Building) bool { return one.ID == b.ID })
			if field := fmt.Sprintf("b%d-households", i); in && e.Fields[field].Key == "" {
				e.Field(field, "error.correction.shrunk", "Group", g.Label(), "N", g.Households, "Least", survey.GroupSize)
			}
		}
	}
}
