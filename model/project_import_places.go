package model

import (
	"fmt"

	"meihao/survey"
	"meihao/survey/roster"
)

// addPlaces adds the plan's new places from the district down.
func (i *importing) addPlaces(plan roster.Plan) error {
	if err := i.addDistricts(plan.NewDistricts); err != nil {
		return err
	}
	if err := i.addSubdistricts(plan.NewSubdistricts); err != nil {
		return err
	}
	return i.addCommunities(plan.NewCommunities)
}

func (i *importing) addDistricts(areas []survey.Area) error {
	position, err := nextPosition(i.tx, "districts")
	if err != nil {
		return err
	}
	var rows []districtRow
	for n, a := range areas {
		row := districtRow{ID: newID(), Name: a.District, NameKey: survey.NameKey(a.District), Position: position + int64(n)}
		rows = append(rows, row)
		i.places[areaKey(a)] = survey.Place{District: row.ID, Area: a}
	}
	return insert(i.tx, rows)
}

func (i *importing) addSubdistricts(areas []survey.Area) error {
	position, err := nextPosition(i.tx, "subdistricts")
	if err != nil {
		return err
	}
	var rows []subdistrictRow
	for n, a := range areas {
		above, err := i.place(survey.Area{District: a.District})
		if err != nil {
			return err
		}
		row := subdistrictRow{
			ID: newID(), District: above.District,
			Name: a.Subdistrict, NameKey: survey.NameKey(a.Subdistrict), Position: position + int64(n),
		}
		rows = append(rows, row)
		i.places[areaKey(a)] = survey.Place{District: above.District, Subdistrict: row.ID, Area: a}
	}
	return insert(i.tx, rows)
}

func (i *importing) addCommunities(areas []survey.Area) error {
	position, err := nextPosition(i.tx, "communities")
	if err != nil {
		return err
	}
	var rows []communityRow
	for n, a := range areas {
		above, err := i.place(survey.Area{District: a.District, Subdistrict: a.Subdistrict})
		if err != nil {
			return err
		}
		row := communityRow{
			ID: newID(), District: above.District, Subdistrict: above.Subdistrict,
			Name: a.Community, NameKey: survey.NameKey(a.Community), Position: position + int64(n),
		}
		rows = append(rows, row)
		i.places[areaKey(a)] = survey.Place{District: above.District, Subdistrict: above.Subdistrict, Community: row.ID, Area: a}
	}
	return insert(i.tx, rows)
}

// place is a place that the plan refers to; one that is nowhere is a fault
// of the plan.
func (i *importing) place(a survey.Area) (survey.Place, error) {
	p, found := i.places[areaKey(a)]
	if !found {
		return p, fmt.Errorf("the plan names the place %q, which it does not add", a)
	}
	return p, nil
}

func (i *importing) addCompanies(plan roster.Plan) error {
	var rows []companyRow
	for _, name := range plan.NewCompanies {
		row := companyRow{ID: newID(), Name: name, NameKey: survey.NameKey(name)}
		rows = append(rows, row)
		i.companies[row.NameKey] = row.ID
	}
	return insert(i.tx, rows)
}
