package roster

import (
	"slices"

	"meihao/survey"
)

// settled is the file as it is planned: rows of our own template are left
// out, names of places are written as they are known, and what no column says
// is taken from where it stands otherwise: the district from who imports or
// what they said, the project from the name of the sheet. The Error says that
// nobody knows the district.
func (pl *planner) settled(file File) (File, error) {
	own := func() { file.Rows = slices.Clone(file.Rows) }
	if examples := exampleRows(file.Rows); examples.count > 0 {
		own()
		file.Rows = slices.DeleteFunc(file.Rows, func(r Row) bool { return example(r.Register) })
		pl.plan.Notes = append(pl.plan.Notes, Note{Row: examples.rows[0], Message: survey.Fail(survey.Invalid,
			"roster.note.examples", "Count", examples.count, "Rows", rowNumbers(examples.rows)).Message})
	}
	if file.Form == Buildings && file.Project == "" && len(file.Titles) > 0 {
		own()
		pl.projectsOfSheets(file)
	}
	if file.Form == Projects && (file.Districtless || file.District != "") {
		own()
		if err := pl.districts(file); err != nil {
			return file, err
		}
	}
	if known := pl.placesOf(file.Rows); len(known) > 0 {
		own()
		for i := range file.Rows {
			r := &file.Rows[i]
			if as, is := known[survey.Area{District: r.District, Subdistrict: r.Subdistrict, Community: r.Community}]; is {
				r.District, r.Subdistrict, r.Community = as.District, as.Subdistrict, as.Community
			}
		}
	}
	return file, nil
}

// districts gives the rows that name none a district: the one that was said,
// else the only one of who imports, else that of the project of this name and
// community which is there.
func (pl *planner) districts(file File) error {
	scope, single := pl.own()
	given := survey.Area{District: file.District}
	if given.District == "" && single && file.Districtless {
		given = scope
	}
	first := true
	for i := range file.Rows {
		r := &file.Rows[i]
		if r.District != "" || r.Register != "" && pl.byRegister[registerKey(r.Register)] != nil {
			continue
		}
		if given.District != "" {
			if r.District = given.District; r.Subdistrict == "" {
				r.Subdistrict = given.Subdistrict
			}
			if first {
				pl.note(r, "roster.note.district_taken", "District", given.District)
				first = false
			}
			continue
		}
		if r.Project == "" || r.Community == "" {
			continue
		}
		p, _ := pl.called(r.Project, survey.Area{Subdistrict: r.Subdistrict, Community: r.Community})
		switch {
		case p != nil:
			r.District = p.Area.District
		case r.Register == "" && file.Districtless:
			return survey.Fail(survey.Invalid, "roster.error.no_district", "File", file.Name).
				Field("district", "roster.error.no_district", "File", file.Name)
		}
	}
	return nil
}

// own is the district of the actor's area, with its subdistrict where the area
// is no larger; false where the area is of several districts, or of none.
func (pl *planner) own() (survey.Area, bool) {
	if pl.scope.All || pl.scope.Company != 0 {
		return survey.Area{}, false
	}
	for _, p := range pl.atlas.known {
		switch {
		case pl.scope.Community != 0:
			if p.Community != pl.scope.Community {
				continue
			}
		case pl.scope.Subdistrict != 0:
			if p.Subdistrict != pl.scope.Subdistrict {
				continue
			}
		case pl.scope.District == 0 || p.District != pl.scope.District:
			continue
		default:
			return survey.Area{District: p.Area.District}, true
		}
		return survey.Area{District: p.Area.District, Subdistrict: p.Area.Subdistrict}, true
	}
	return survey.Area{}, false
}
