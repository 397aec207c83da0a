package roster

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/survey"
)

func readBuildingsText(t testing.TB, text string) File {
	t.Helper()
	f, err := ReadBuildings(t.Context(), "buildings.csv", strings.NewReader(text))
	must(t, err)
	return f
}

// A register of buildings changes what stands in projects that are there, and
// nothing else of them.
func TestBuildingsOfKnownProjects(t *testing.T) {
	store := city(t)
	for name, c := range map[string]struct{ text, want string }{
		"by number":          {"登记号,楼号,户数\nD1,1号楼,110\n", "changed; households 250→260; 1号楼 changed, households 100→110; 2号楼 kept"},
		"by name":            {"小区,楼号,户数\n安定里,2号楼,30\n", "changed; households 40→70; 2号楼 added; 1号楼 kept"},
		"by name and place":  {"区,街道,社区,小区,楼号,户数\n东城 区,和平里街道,八区社区,安定里,1号楼,40\n", "same; 1号楼 same"},
		"units as a number":  {"小区,楼号,单元,户数\n安定里,1号楼,3,40\n", "changed; 1号楼 changed, units →3"},
		"households of old":  {"小区,楼号,入住户数\n安定里,1号楼,38\n", "changed; occupied →38; 1号楼 changed, occupied →38"},
		"units add up":       {"小区,楼号,单元,户数,入住户数\n安定里,1号楼,1,20,18\n安定里,1号楼,2,22,20\n", "changed; households 40→42; occupied →38; 1号楼 changed, units →2, households 40→42, occupied →38"},
		"units with letters": {"小区,楼号,单元,户数\n安定里,9号楼,甲,20\n安定里,9号楼,乙,22\n", "changed; households 40→82; 9号楼 added; 1号楼 kept"},
		"rooms count":        {"小区,楼号,单元号,房号\n安定里,1号楼,1,101-120\n安定里,1号楼,2,\"101-115、201-205\"\n", "changed; 1号楼 changed, units →2, rooms →40"},
		"rooms of each unit": {"小区,楼号,单元数,户数,房号\n安定里,1号楼,2,40,101-120\n", "changed; 1号楼 changed, units →2, rooms →40"},
		"rooms, no units":    {"小区,楼号,房号\n安定里,1号楼,101-140\n", "changed; 1号楼 changed, units →0, rooms →40"},
		"homes":              {"小区,楼号,单元,房号,入住户数\n安定里,1号楼,1,101,1\n安定里,1号楼,1,102,0\n安定里,1号楼,2,101,1\n", "changed; households 40→3; occupied →2; 1号楼 changed, units →2, households 40→3, occupied →2, rooms →3"},
		"homes with a total": {"小区,楼号,单元,房号,户数\n安定里,1号楼,1,101,40\n安定里,1号楼,1,102,\n", "changed; 1号楼 changed, units →1, rooms →2"},
	} {
		t.Run(name, func(t *testing.T) {
			file := readBuildingsText(t, c.text)
			plan := MakePlan(store, file, survey.CityScope(), true)
			if got := change(t, plan); got != c.want {
				t.Errorf("plan: %s\nwant: %s", got, c.want)
			}
			if again := MakePlan(applied(t, store, plan), file, survey.CityScope(), true); !again.Empty() {
				t.Errorf("the second import changes %s", change(t, again))
			}
		})
	}
}

// A reason to refuse all rows of a building is said once, at the first of
// them, and all are counted.
func TestBuildingsRefused(t *testing.T) {
	store := city(t)
	for name, c := range map[string]struct{ text, want string }{
		"an unknown number":       {"登记号,楼号,户数\nX1,1号楼,110\n", "2 unknown_register"},
		"an unknown name":         {"小区,楼号,户数\n某园,1号楼,110\n", "2 unknown_project"},
		"a name elsewhere":        {"区,小区,楼号,户数\n西城区,安定里,1号楼,110\n", "2 unknown_project"},
		"a number of another":     {"登记号,小区,楼号,户数\nD1,安定里,1号楼,110\n", "2 other_project"},
		"no project":              {"楼号,户数\n1号楼,110\n", "2 project_unsaid"},
		"no building":             {"小区,楼号,户数\n安定里,,110\n", "2 no_building"},
		"a new one without homes": {"小区,楼号,单元数,户数\n安定里,8号楼,2,\n", "2 no_building_households"},
		"fewer than listed":       {"小区,楼号,户数,房号\n安定里,1号楼,3,101-104\n", "2 rooms_more"},
		"units partly counted":    {"小区,楼号,单元,户数\n安定里,1号楼,1,20\n安定里,1号楼,2,\n", "2 part_without_households"},
		"a unit is wrong":         {"小区,楼号,单元,户数\n安定里,1号楼,1,20\n安定里,1号楼,2,x\n", "2 part_refused; 3 not_households"},
		"a unit twice":            {"小区,楼号,单元,户数\n安定里,1号楼,1,20\n安定里,1号楼,2,20\n安定里,1号楼,2单元,21\n", "2 unit_twice"},
		"a room twice":            {"小区,楼号,单元,房号\n安定里,1号楼,1,101-103\n安定里,1号楼,1,103-104\n", "2 room_twice"},
		"a unit missing":          {"小区,楼号,单元,户数\n安定里,9号楼,,20\n安定里,9号楼,1,20\n安定里,9号楼,2,20\n", "2 unit_missing"},
		"rooms of which unit":     {"小区,楼号,单元数,户数,房号\n安定里,1号楼,2,30,101-120\n", "2 rooms_without_unit"},
		"too few units":           {"小区,楼号,单元数,单元号,户数\n安定里,1号楼,1,1,20\n安定里,1号楼,1,2,20\n", "2 units_fewer"},
		"totals that differ":      {"小区,楼号,单元,房号,户数\n安定里,1号楼,1,101,40\n安定里,1号楼,1,102,41\n", "2 homes_differ"},
	} {
		t.Run(name, func(t *testing.T) {
			plan := MakePlan(store, readBuildingsText(t, c.text), survey.CityScope(), true)
			if got := refusals(plan); got != c.want {
				t.Errorf("refused: %s\nwant:    %s", got, c.want)
			}
			if rows := strings.Count(c.text, "\n") - 1; plan.RefusedRows != rows {
				t.Errorf("%d rows refused, want %d", plan.RefusedRows, rows)
			}
			if !plan.Empty() {
				t.Errorf("yet it changes %+v", plan.Projects)
			}
		})
	}
}

// Somebody sees and changes the projects of the own area only, whatever the
// register says of others.
func TestBuildingsInScope(t *testing.T) {
	store := city(t)
	mine := area(t, store, "西城区")
	for text, want := range map[string]string{
		"登记号,楼号,户数\nD1,1号楼,110\n":  "2 register_elsewhere",
		"小区,楼号,户数\n幸福家园,1号楼,110\n": "2 unknown_project",
		"小区,楼号,户数\n月坛小区,1号楼,110\n": "",
	} {
		if got := refusals(MakePlan(store, readBuildingsText(t, text), mine, false)); got != want {
			t.Errorf("%s refused: %q, want %q", text, got, want)
		}
	}
}

// The caller may say for which project a register is that names none; what a
// row names itself counts more.
func TestBuildingsOfOneProject(t *testing.T) {
	for _, project := range []string{"D1", "幸福家园"} {
		file := readBuildingsText(t, "楼号,户数\n1号楼,110\n")
		file.Project = project
		if got := change(t, MakePlan(city(t), file, survey.CityScope(), true)); got != "changed; households 250→260; 1号楼 changed, households 100→110; 2号楼 kept" {
			t.Errorf("%s: %s", project, got)
		}
	}
	file := readBuildingsText(t, "小区,楼号,户数\n安定里,1号楼,41\n")
	file.Project = "D1"
	if plan := MakePlan(city(t), file, survey.CityScope(), true); plan.Projects[0].Project.Name != "安定里" {
		t.Errorf("plan: %+v", plan.Projects)
	}
}

// A list replaces the rooms of the units it names; other units keep theirs,
// and the preview says how many come and go.
func TestRoomsAreReplacedByUnit(t *testing.T) {
	store, header := city(t), "小区,楼号,单元号,房号\n"
	both := header + "安定里,1号楼,1,101-104\n安定里,1号楼,2,101-104\n"
	store = applied(t, store, MakePlan(store, readBuildingsText(t, both), survey.CityScope(), true))
	plan := MakePlan(store, readBuildingsText(t, header+"安定里,1号楼,2,103-108\n"), survey.CityScope(), true)
	if got := change(t, plan); got != "changed; households 8→10; 1号楼 changed, households 8→10, rooms 8→10 (+4 −2)" {
		t.Errorf("plan: %s", got)
	}
	if got := plan.Projects[0].Buildings[0].Building.Rooms; got != "1:101-104;2:103-108" {
		t.Errorf("rooms: %s", got)
	}
	if one, other := plan.Digest(), MakePlan(store, readBuildingsText(t, header+"安定里,1号楼,2,103-107 109\n"), survey.CityScope(), true).Digest(); one == other {
		t.Error("the digest does not see the rooms")
	}
}

// What a header is of is told by its columns.
func TestFormsAreRecognised(t *testing.T) {
	for header, want := range map[string]Form{
		"区,社区,小区,户数":         Projects,
		"区,社区,小区,楼号,户数":      Projects,
		"区,社区,小区,楼号,单元,房号":   Buildings,
		"区,社区,小区,楼号,房号,物业公司": Projects,
		"登记号,楼号,户数":          Buildings,
		"登记号,楼号,户数,联系电话":     Projects,
		"小区,楼号,总户数":          Buildings,
		"楼号,户数":              Buildings,
		"登记号,联系电话":           Projects,
	} {
		row := strings.Repeat(",1", strings.Count(header, ","))
		f, err := ReadAny(t.Context(), "r.csv", strings.NewReader(header+"\n1"+row+"\n"))
		if err != nil || f.Form != want {
			t.Errorf("%s is %q, %v; want %q", header, f.Form, err, want)
		}
	}
}

func TestBuildingsTemplate(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		data, err := BuildingsTemplate(lang)
		must(t, err)
		example, err := Template(lang)
		must(t, err)
		projects, err := readBytes(example)
		must(t, err)
		store := applied(t, Register{}, MakePlan(Register{}, filledIn(projects), survey.CityScope(), true))
		file, err := ReadAny(t.Context(), "template.xlsx", strings.NewReader(string(data)))
		must(t, err)
		plan := MakePlan(store, filledIn(file), survey.CityScope(), true)
		if diff := cmp.Diff([]int{2, 0, 1}, []int{len(file.Rows), len(plan.Refused), len(plan.Projects)}); diff != "" || file.Form != Buildings {
			t.Errorf("%s: %s %+v", lang, diff, plan)
		}
	}
}
