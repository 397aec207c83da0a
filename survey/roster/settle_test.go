package roster

import (
	"fmt"
	"strings"
	"testing"

	"meihao/survey"
)

// A register that names no district is of the district of who imports it, or
// of the one that was said; a subdistrict's needs no subdistrict either.
func TestDistrictless(t *testing.T) {
	store := city(t)
	var east, seven survey.Place
	for _, p := range store.Places {
		if p.Area.District == "东城区" && p.Subdistrict == 0 {
			east = p
		}
		if p.Area.District == "东城区" && p.Community == 0 && p.Subdistrict != 0 {
			seven = p
		}
	}
	named := fmt.Sprintf("街道,社区,小区,楼号,户数\n%s,新社区,甲园,1号楼,40\n", seven.Area.Subdistrict)
	bare := "社区,小区,楼号,户数\n新社区,甲园,1号楼,40\n"
	for name, c := range map[string]struct {
		text, said string
		scope      survey.Scope
	}{
		"a district":    {named, "", survey.Scope{District: east.District}},
		"a subdistrict": {bare, "", survey.Scope{District: seven.District, Subdistrict: seven.Subdistrict}},
		"said":          {named, "东城区", survey.CityScope()},
		"said shortly":  {named, "东城", survey.CityScope()},
	} {
		t.Run(name, func(t *testing.T) {
			file := mustReadAny(t, c.text)
			file.District = c.said
			plan := MakePlan(store, file, c.scope, c.scope.All)
			if len(plan.Projects) != 1 || len(plan.Refused) != 0 || len(plan.Notes) == 0 {
				t.Fatalf("plan: %+v", plan)
			}
			if got, want := plan.Projects[0].Project.Area, (survey.Area{District: "东城区", Subdistrict: seven.Area.Subdistrict, Community: "新社区"}); got != want {
				t.Errorf("it lies in %+v, want %+v", got, want)
			}
		})
	}
	_, err := MakePlanTelling(t.Context(), store, mustReadAny(t, named), survey.CityScope(), true, nil)
	if survey.KindOf(err) != survey.Invalid {
		t.Errorf("the city's register without districts: %v", err)
	}
}

// A place is known with and without the word for its level, and two places
// that differ by more are two.
func TestPlacesByLevel(t *testing.T) {
	store := city(t)
	for _, c := range []struct {
		text  string
		fresh int // places
	}{
		{"区,街道,社区,小区,户数\n东城,和平里街道,八区社区,甲园,40\n", 0},
		{"区,街道,社区,小区,户数\n东城区,和平里,八区,甲园,40\n", 0},
		{"区,街道,社区,小区,户数\n东城区,和平里街道,八区居委会,甲园,40\n", 1},
		{"区,街道,社区,小区,户数\n东城区,和平,八区社区,甲园,40\n", 2},
		{"区,街道,社区,小区,户数\n新城,甲街,乙社区,甲园,40\n新城区,甲街道,乙,甲园二期,40\n", 3},
	} {
		plan := MakePlan(store, mustReadAny(t, c.text), survey.CityScope(), true)
		if n := len(plan.NewDistricts) + len(plan.NewSubdistricts) + len(plan.NewCommunities); n != c.fresh || len(plan.Refused) > 0 {
			t.Errorf("%s: %d new places, want %d: %+v", c.text, n, c.fresh, plan)
		}
	}
}

func mustReadAny(t *testing.T, text string) File {
	t.Helper()
	file, err := ReadAny(t.Context(), "r.csv", strings.NewReader(text))
	must(t, err)
	return file
}
