package admin

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"meihao/survey"
	"meihao/survey/household"
	"meihao/survey/roster"
)

// homesForm are homes as they were typed, so that they come back unchanged.
type homesForm struct{ Households, Occupied string }

// buildingForm is one line of a form of buildings, named b0-name, b0-units …
type buildingForm struct {
	ID, Name, Units string
	homesForm
	Remove bool
	Listed int               // homes on its household list, 0 for none
	Rooms  string            // homes that the list forgot
	Group  int               // building group, where one shows it
	Now    map[string]string // by field: what is stored, where that is not what was typed
}

// mostLines bounds what a form may send: no compound has more buildings.
const mostLines = 2000

// spare is how many empty lines a form offers for new buildings.
const spare = 3

func homesFormOf(h survey.Homes) homesForm {
	return homesForm{strconv.Itoa(h.Households), countOf(h.Occupied)}
}

func formOfBuilding(b survey.Building) buildingForm {
	return buildingForm{ID: b.ID.String(), Name: b.Name, Units: countOf(b.Units), homesForm: homesFormOf(b.Homes), Listed: b.Listed()}
}

func formsOfBuildings(buildings []survey.Building) []buildingForm {
	forms := make([]buildingForm, len(buildings))
	for i, b := range buildings {
		forms[i] = formOfBuilding(b)
	}
	return forms
}

func countOf(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

// typedBuildings are the lines of a form. Lines for new buildings that were
// left empty are none.
func typedBuildings(c *gin.Context) []buildingForm {
	var list []buildingForm
	for i := range mostLines {
		field := fieldOf(i)
		if _, sent := c.GetPostForm(field + "name"); !sent {
			break
		}
		b := buildingForm{
			ID: typed(c, field+"id"), Name: typed(c, field+"name"), Units: typed(c, field+"units"),
			homesForm: homesForm{typed(c, field+"households"), typed(c, field+"occupied")}, Remove: c.PostForm(field+"remove") != "",
			Rooms: typed(c, field+"rooms"),
		}
		if b.ID == "" && b.Name == "" && b.Units == "" && b.homesForm == (homesForm{}) {
			continue
		}
		list = append(list, b)
	}
	return list
}

// reading reads what was typed and gathers the fields that are no numbers.
type reading struct{ faults *survey.Error }

func newReading() reading {
	return reading{survey.Fail(survey.Invalid, "error.correction.fields")}
}

func (r reading) count(field, typed string, most int) *int {
	n, ok := roster.Count(typed, most)
	if !ok {
		r.faults.Field(field, "error.correction.number", "Max", most)
	}
	return n
}

func (r reading) homes(prefix string, f homesForm) survey.Homes {
	h := survey.Homes{Occupied: r.count(prefix+"occupied", f.Occupied, survey.MostHomes)}
	if n := r.count(prefix+"households", f.Households, survey.MostHomes); n != nil {
		h.Households = *n
	}
	return h
}

func (r reading) building(prefix string, f buildingForm) (survey.Building, error) {
	b := survey.Building{Name: roster.Text(f.Name), Units: r.count(prefix+"units", f.Units, survey.MostUnits), Homes: r.homes(prefix, f.homesForm)}
	if f.ID == "" {
		return b, nil
	}
	rooms, wrong := household.ParseMore(f.Rooms, b.Units)
	if b.Rooms = rooms; wrong != nil {
		r.faults.FieldOf(prefix+"rooms", wrong)
	}
	var err error
	b.ID, err = survey.ParseID(f.ID)
	return b, err
}

// also adds what is wrong with fields that could be read.
func (r reading) also(err error) {
	var e *survey.Error
	if !errors.As(err, &e) {
		return
	}
	for field, why := range e.Fields {
		if _, known := r.faults.Fields[field]; !known {
			r.faults.Fields[field] = why
		}
	}
}

// err is nil where everything could be read.
func (r reading) err() error {
	if len(r.faults.Fields) > 0 {
		return r.faults
	}
	return nil
}

// compare notes in each typed line what is stored now, where the two differ,
// and appends the stored buildings that the form did not have.
func compare(typed []buildingForm, stored []survey.Building) []buildingForm {
	at := make(map[string]int, len(typed))
	for i, f := range typed {
		at[f.ID] = i
	}
	there := map[string]bool{"": true}
	var missing []buildingForm
	for _, b := range stored {
		is := formOfBuilding(b)
		there[is.ID] = true
		i, known := at[is.ID]
		if !known {
			missing = append(missing, is)
			continue
		}
		typed[i].Listed, typed[i].Now = is.Listed, differing(typed[i], is)
	}
	var list []buildingForm
	for _, f := range typed {
		if there[f.ID] {
			list = append(list, f)
		}
	}
	return append(list, missing...)
}

func differing(typed, stored buildingForm) map[string]string {
	now := map[string]string{}
	for field, pair := range map[string][2]string{
		"name": {typed.Name, stored.Name}, "units": {typed.Units, stored.Units},
		"households": {typed.Households, stored.Households}, "occupied": {typed.Occupied, stored.Occupied},
	} {
		if pair[0] != pair[1] {
			now[field] = orNothing(pair[1])
		}
	}
	return now
}

// orNothing is a stored value as it stands beside a field: nothing is shown as
// nothing.
func orNothing(stored string) string {
	if stored == "" {
		return "—"
	}
	return stored
}

// fieldOf is how the fields of a form's line begin.
func fieldOf(line int) string { return fmt.Sprintf("b%d-", line) }

// Empty is a line for a new building.
func (registerFormView) Empty() buildingForm { return buildingForm{} }

// Listed says whether a building has a household list, to which rooms can be
// added.
func (f registerForm) Listed() bool { return anyListed(f.Buildings) }

// Listed is as a registerForm's.
func (f frozenForm) Listed() bool { return anyListed(f.Buildings) }

// withLists notes in each line how many homes the building's list has.
func withLists(forms []buildingForm, buildings []survey.Building) []buildingForm {
	listed := make(map[string]int, len(buildings))
	for _, b := range buildings {
		listed[b.ID.String()] = b.Listed()
	}
	forms = slices.Clone(forms)
	for i := range forms {
		forms[i].Listed = listed[forms[i].ID]
	}
	return forms
}

func anyListed(forms []buildingForm) bool {
	return slices.ContainsFunc(forms, func(b buildingForm) bool { return b.Listed > 0 })
}
