package roster

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"meihao/survey"
	"meihao/survey/household"
)

// A person who puts a register right by hand is held to what holds for a file:
// texts and numbers are read alike, and the same is refused.

// Text is what somebody typed for a name or a number of telephone, as a cell
// of a register is read.
func Text(typed string) string {
	if s := clean(typed); !nothing(s) {
		return s
	}
	return ""
}

// Count reads a whole number that somebody typed, up to most; nil for an empty
// field. False is for what is no such number.
func Count(typed string, most int) (*int, bool) {
	s := clean(typed)
	if s == "" {
		return nil, true
	}
	if nothing(s) {
		return new(int), true
	}
	n, ok := number(s, most)
	if !ok {
		return nil, false
	}
	return &n, true
}

// SameName says whether two names of places or companies are one.
func SameName(a, b string) bool { return nameKey(a) == nameKey(b) }

// CheckRegister says what of a project as it would be cannot stand. Fields are
// keyed "name", "phone", "company", "kind", "households", "occupied" and, for the
// buildings in their order in the correction, as CheckBuildings does.
func CheckRegister(after survey.Project, lines []survey.CorrectedBuilding) error {
	e := survey.Fail(survey.Invalid, "error.correction.fields")
	if after.Name == "" {
		e.Field("name", "error.correction.name")
	}
	for _, text := range []struct {
		field, value string
		most         int
	}{{"name", after.Name, survey.LongestName}, {"company", after.Company.Name, survey.LongestName}, {"kind", after.Kind, survey.MostKind}, {"phone", after.Phone, survey.LongestPhone}} {
		if utf8.RuneCountInString(text.value) > text.most {
			e.Field(text.field, "error.correction.long", "Max", text.most)
		}
	}
	checkHomes(e, "", after.Homes)
	at := map[survey.ID]int{}
	for i, l := range lines {
		at[l.ID] = i
	}
	names := map[string]string{}
	lines = slices.Clone(lines)
	for _, b := range after.Buildings {
		switch i, named := at[b.ID]; {
		case !named: // of no line: as it was
			names[household.BuildingKey(b.Name)] = b.Name
		case b.ID != 0:
			lines[i].Building = b // with its household list
		}
	}
	checkBuildings(e, lines, names)
	for i, l := range lines {
		if !l.Remove {
			checkRooms(e, fmt.Sprintf("b%d-", i), l.Building)
		}
	}
	return faultsOf(e)
}

// CheckBuildings says which of the buildings of one project cannot stand, in
// fields "b0-name", "b0-units", "b0-households", "b0-occupied", "b1-name" …
// They are all that the project has; N is checked with them.
func CheckBuildings(homes survey.Homes, buildings []survey.Building) error {
	e := survey.Fail(survey.Invalid, "error.correction.fields")
	checkHomes(e, "", homes)
	lines := make([]survey.CorrectedBuilding, len(buildings))
	for i, b := range buildings {
		lines[i].Building = b
	}
	checkBuildings(e, lines, map[string]string{})
	return faultsOf(e)
}

func faultsOf(e *survey.Error) error {
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

// checkBuildings checks lines; names are those that are taken, by their key.
func checkBuildings(e *survey.Error, lines []survey.CorrectedBuilding, names map[string]string) {
	for i, b := range lines {
		if b.Remove {
			continue
		}
		field := fmt.Sprintf("b%d-", i)
		key := household.BuildingKey(b.Name)
		other, taken := names[key]
		switch {
		case b.Name == "":
			e.Field(field+"name", "error.correction.building_name")
		case utf8.RuneCountInString(b.Name) > survey.LongestName:
			e.Field(field+"name", "error.correction.long", "Max", survey.LongestName)
		case taken:
			e.Field(field+"name", "error.correction.building_twice", "Name", b.Name, "Other", other)
		default:
			names[key] = b.Name
		}
		if b.Units != nil && (*b.Units < 0 || *b.Units > survey.MostUnits) {
			e.Field(field+"units", "error.correction.number", "Max", survey.MostUnits)
		}
		checkHomes(e, field, b.Homes)
		if listed := b.Listed(); b.Households > 0 && b.Households < listed {
			e.Field(field+"households", "error.correction.listed", "Households", b.Households, "Listed", listed)
		}
	}
}

// checkHomes wants at least one household, and no more occupied ones than
// there are (RULES §1).
func checkHomes(e *survey.Error, field string, h survey.Homes) {
	switch {
	case h.Households < 1:
		e.Field(field+"households", "error.correction.no_households")
	case h.Households > survey.MostHomes:
		e.Field(field+"households", "error.correction.number", "Max", survey.MostHomes)
	case h.Occupied != nil && *h.Occupied < 0:
		e.Field(field+"occupied", "error.correction.number", "Max", survey.MostHomes)
	case h.Occupied != nil && *h.Occupied > h.Households:
		e.Field(field+"occupied", "error.correction.occupied", "Occupied", *h.Occupied, "Households", h.Households)
	}
}
