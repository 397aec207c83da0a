package roster

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/survey"
)

// city is a store made by importing a small register.
func city(t testing.TB) Register {
	t.Helper()
	plan := MakePlan(Register{}, mustRead(t, `登记号,区,街道,社区,项目,物业公司,电话,楼号,单元数,户数,入住户数
D1,东城区,和平里街道,七区社区,幸福家园,安居物业,6421,1号楼,2,100,90
D1,东城区,和平里街道,七区社区,幸福家园,安居物业,6421,2号楼,3,150,120
,东城区,和平里街道,八区社区,安定里,,,1号楼,,40,
W1,西城区,月坛街道,三里河社区,月坛小区,安居物业,6802,甲1号楼,无,60,
`), survey.CityScope(), true)
	if len(plan.Refused) > 0 || len(plan.Projects) != 3 {
		t.Fatalf("plan of the city: %+v", plan)
	}
	return applied(t, Register{}, plan)
}

// area is the scope of a place of the register, named from the district down.
func area(t testing.TB, r Register, names ...string) survey.Scope {
	t.Helper()
	want := survey.Area{District: names[0]}
	if len(names) > 1 {
		want.Subdistrict = names[1]
	}
	if len(names) > 2 {
		want.Community = names[2]
	}
	for _, p := range r.Places {
		if p.Area == want {
			return [...]survey.Scope{{District: p.District}, {Subdistrict: p.Subdistrict}, {Community: p.Community}}[len(names)-1]
		}
	}
	t.Fatalf("no place %v", want)
	return survey.Scope{}
}

func planOf(t testing.TB, r Register, text string) Plan {
	t.Helper()
	return MakePlan(r, mustRead(t, text), survey.CityScope(), true)
}

func TestPlanAdds(t *testing.T) {
	plan := planOf(t, Register{}, `登记号,区,街道,社区,项目,物业公司,电话,楼号,单元数,户数,入住户数
D1,东城区,和平里街道,七区社区,幸福家园,安居物业,6421,10号楼,2,100,90
,东城区,和平里街道,七区社区,幸福家园,,,2号楼,无,150,120
,东城 区,和平里街道,八区社区,安定里,安居 物业,,1号楼,,40,
`)
	dongcheng := survey.Area{District: "东城区"}
	hepingli := survey.Area{District: "东城区", Subdistrict: "和平里街道"}
	seven := survey.Area{District: "东城区", Subdistrict: "和平里街道", Community: "七区社区"}
	eight := survey.Area{District: "东城区", Subdistrict: "和平里街道", Community: "八区社区"}
	want := Plan{
		NewDistricts: []survey.Area{dongcheng}, NewSubdistricts: []survey.Area{hepingli}, NewCommunities: []survey.Area{seven, eight},
		NewCompanies: []string{"安居物业"},
		Projects: []ProjectChange{
			{Kind: Added, Rows: []int{2, 3},
				Project: survey.Project{Register: "D1", Name: "幸福家园", Place: survey.Place{Area: seven}, Company: survey.Company{Name: "安居物业"},
					Phone: "6421", Homes: survey.Homes{Households: 250, Occupied: count(210)}, BuildingCount: 2},
				Buildings: []BuildingChange{
					{Kind: Added, Row: 2, Building: survey.Building{Name: "10号楼", Units: count(2), Homes: survey.Homes{Households: 100, Occupied: count(90)}}},
					{Kind: Added, Row: 3, Building: survey.Building{Name: "2号楼", Units: count(0), Homes: survey.Homes{Households: 150, Occupied: count(120)}}},
				}},
			{Kind: Added, Rows: []int{4},
				Project: survey.Project{Name: "安定里", Place: survey.Place{Area: eight}, Company: survey.Company{Name: "安居物业"},
					Homes: survey.Homes{Households: 40}, BuildingCount: 1},
				Buildings: []BuildingChange{{Kind: Added, Row: 4, Building: survey.Building{Name: "1号楼", Homes: survey.Homes{Households: 40}}}}},
		},
	}
	if diff := cmp.Diff(want, plan); diff != "" {
		t.Errorf("plan (-want +got):\n%s", diff)
	}
	if added, changed, same, refused := plan.Counts(); added != 2 || changed+same+refused != 0 {
		t.Errorf("counts = %d %d %d %d", added, changed, same, refused)
	}
	if added, changed, same := plan.BuildingCounts(); added != 3 || changed+same != 0 {
		t.Errorf("building counts = %d %d %d", added, changed, same)
	}
}

// change is a plan of one project in short: kind, its differences and its
// buildings' as "field old→new".
func change(t *testing.T, p Plan) string {
	t.Helper()
	if len(p.Refused) > 0 || len(p.Projects) != 1 {
		t.Fatalf("%d projects, refused %v", len(p.Projects), p.Refused)
	}
	c := p.Projects[0]
	text := string(c.Kind)
	for _, d := range c.Fields {
		text += "; " + d.Field + " " + d.Old + "→" + d.New
	}
	for _, b := range c.Buildings {
		text += "; " + b.Building.Name + " " + string(b.Kind)
		for _, d := range b.Fields {
			text += ", " + d.Field + " " + d.Old + "→" + d.New
		}
	}
	for _, b := range c.Kept {
		text += "; " + b.Name + " kept"
	}
	return text
}

func TestPlanChanges(t *testing.T) {
	header := "登记号,区,街道,社区,项目,物业公司,电话,楼号,单元数,户数,入住户数,总户数,项目入住户数\n"
	store := city(t)
	for name, c := range map[string]struct{ rows, want string }{
		"nothing":              {"D1,,,,,,,,,,,,", "same"},
		"known by its name":    {",东城区,,七区社区,幸福家园,,6421,,,,,,", "same"},
		"stray spaces":         {"d1,东城区,和平里 街道,七区社区,幸福 家园,安居 物业,6421,,,,,,", "same"},
		"phone":                {"D1,,,,,,6422,,,,,,", "changed; phone 6421→6422"},
		"company":              {"D1,,,,,新物业,,,,,,,", "changed; company 安居物业→新物业"},
		"name":                 {"D1,,,,福家园,,,,,,,,", "changed; name 幸福家园→福家园"},
		"moved":                {"D1,,,八区社区,,,,,,,,,", "changed; community 七区社区→八区社区"},
		"moved far":            {"D1,西城区,月坛街道,新社区,,,,,,,,,", "changed; district 东城区→西城区; subdistrict 和平里街道→月坛街道; community 七区社区→新社区"},
		"own households":       {"D1,,,,,,,,,,,260,", "changed; households 250→260"},
		"own occupied":         {"D1,,,,,,,,,,,,200", "changed; occupied 210→200"},
		"a building again":     {"D1,,,,,,,一栋,2,100,90,,\nD1,,,,,,,02号楼,,,,,", "changed; 一栋 changed, name 1号楼→一栋; 02号楼 changed, name 2号楼→02号楼"},
		"households of one":    {"D1,,,,,,,1号楼,,110,,,\nD1,,,,,,,2号楼,,,,,", "changed; households 250→260; 1号楼 changed, households 100→110; 2号楼 same"},
		"one left out":         {"D1,,,,,,,1号楼,,110,,,", "changed; households 250→260; 1号楼 changed, households 100→110; 2号楼 kept"},
		"units":                {"D1,,,,,,,1号楼,0,,,,\nD1,,,,,,,2号楼,3,,,,", "changed; 1号楼 changed, units 2→0; 2号楼 same"},
		"a new building":       {"D1,,,,,,,3号楼,1,50,40,,", "changed; households 250→300; occupied 210→250; 3号楼 added; 1号楼 kept; 2号楼 kept"},
		"a new one, less said": {"D1,,,,,,,3号楼,1,50,,,", "changed; households 250→300; occupied 210→; 3号楼 added; 1号楼 kept; 2号楼 kept"},
		"a register number":    {"D9,东城区,,八区社区,安定里,,,,,,,,", "changed; register →D9"},
		"known, not said":      {",东城区,,八区社区,安定里,,,1号楼,无,40,40,,", "changed; occupied →40; 1号楼 changed, units →0, occupied →40"},
	} {
		t.Run(name, func(t *testing.T) {
			plan := planOf(t, store, header+c.rows+"\n")
			if got := change(t, plan); got != c.want {
				t.Errorf("plan: %s\nwant: %s", got, c.want)
			}
			if plan.Empty() != (c.want == "same") {
				t.Errorf("Empty = %v", plan.Empty())
			}
		})
	}
}

// The project's own figure rules and the difference is shown; later registers
// that speak of buildings only do not overrule it (DESIGN §7).
func TestOwnFigureRules(t *testing.T) {
	text := "区,街道,社区,项目,楼号,户数,总户数\n东城区,a,b,c,1,100,260\n东城区,a,b,c,2,150,260\n"
	plan := planOf(t, Register{}, text)
	wantNotes(t, plan, Note{Row: 2, Message: survey.Message{Key: "roster.note.households_differ",
		Args: survey.Args{"Project": "c", "Households": 260, "Sum": 250}}})
	store := applied(t, Register{}, plan)
	again := planOf(t, store, "区,街道,社区,项目,楼号,户数\n东城区,a,b,c,1,100\n东城区,a,b,c,2,155\n")
	if got := change(t, again); got != "changed; 1 same; 2 changed, households 150→155" {
		t.Errorf("plan: %s", got)
	}
	if got := again.Projects[0].Project.Households; got != 260 {
		t.Errorf("households = %d", got)
	}
	if len(again.Notes) != 1 || again.Notes[0].Args["Sum"] != 255 {
		t.Errorf("notes = %v", again.Notes)
	}
}

// The same for the occupied ones.
func TestOwnOccupiedFigureRules(t *testing.T) {
	header := "区,街道,社区,项目,楼号,户数,入住户数,项目入住户数\n"
	store := applied(t, Register{}, planOf(t, Register{}, header+"东城区,a,b,c,1,100,90,60\n"))
	again := planOf(t, store, header+"东城区,a,b,c,1,100,80,\n")
	if got := change(t, again); got != "changed; 1 changed, occupied 90→80" {
		t.Errorf("plan: %s", got)
	}
}

// A row without subdistrict finds its community even where only a later row
// says in which subdistrict that lies.
func TestSubdistrictSaidLater(t *testing.T) {
	plan := planOf(t, Register{}, "区,街道,社区,项目,户数\n东城区,,b,c,10\n东城区,a,b,d,10\n")
	if len(plan.Refused) != 0 || len(plan.Projects) != 2 || plan.Projects[0].Project.Name != "c" || plan.Projects[0].Project.Area.Subdistrict != "a" {
		t.Errorf("plan: %+v", plan)
	}
}

func wantNotes(t *testing.T, p Plan, notes ...Note) {
	t.Helper()
	if diff := cmp.Diff(notes, p.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

func TestBuildingsLeftOutAreKeptAndNamed(t *testing.T) {
	plan := planOf(t, city(t), "登记号,楼号,户数\nD1,3号楼,50\n")
	wantNotes(t, plan, Note{Row: 2, Message: survey.Message{Key: "roster.note.kept",
		Args: survey.Args{"Project": "幸福家园", "Count": 2, "Buildings": "1号楼, 2号楼"}}})
	if p := applied(t, city(t), plan).Projects[0]; len(p.Buildings) != 3 || p.Households != 300 {
		t.Errorf("after: %+v", p)
	}
}

func TestSameBuildingTwice(t *testing.T) {
	header := "区,街道,社区,项目,楼号,户数\n东城区,a,b,c,9,10\n"
	t.Run("the same", func(t *testing.T) {
		plan := planOf(t, Register{}, header+"东城区,a,b,c,3号楼,50\n东城区,a,b,c,三栋,50\n")
		if got := change(t, plan); got != "added; 9 added; 3号楼 added" {
			t.Errorf("plan: %s", got)
		}
		wantNotes(t, plan, Note{Row: 4, Message: survey.Message{Key: "roster.note.double", Args: survey.Args{"Building": "三栋", "Row": 3}}})
	})
	t.Run("with other figures", func(t *testing.T) {
		plan := planOf(t, Register{}, header+"东城区,a,b,c,3号楼,50\n东城区,a,b,c,三栋,51\n")
		want := []Refusal{
			{Row: 3, What: "c 3号楼", Reason: survey.Message{Key: "roster.refused.building_twice", Args: survey.Args{"Building": "3号楼", "Row": 4}}},
			{Row: 4, What: "c 三栋", Reason: survey.Message{Key: "roster.refused.building_twice", Args: survey.Args{"Building": "三栋", "Row": 3}}},
		}
		if diff := cmp.Diff(want, plan.Refused); diff != "" {
			t.Errorf("refused (-want +got):\n%s", diff)
		}
		if len(plan.Projects) != 1 || plan.Projects[0].Project.Households != 10 {
			t.Errorf("projects = %+v", plan.Projects)
		}
		wantNotes(t, plan, Note{Row: 2, Message: survey.Message{Key: "roster.note.sum_short", Args: survey.Args{"Project": "c", "Households": 10}}})
	})
}

// A building whose row is refused stays as the store knows it and is not
// called left out.
func TestRefusedBuildingStays(t *testing.T) {
	store := city(t)
	plan := planOf(t, store, "登记号,楼号,户数,入住户数\nD1,1号楼,100,90\nD1,2号楼,50,\n")
	if len(plan.Refused) != 1 || plan.Refused[0].Reason.Key != "roster.refused.occupied" {
		t.Errorf("refused = %+v", plan.Refused)
	}
	if len(plan.Projects) != 1 || plan.Projects[0].Kind != Same || plan.Projects[0].Kept != nil || plan.Projects[0].Project.Households != 250 {
		t.Errorf("projects = %+v", plan.Projects)
	}
}

func TestPlaceNamesKeepTheSpellingOfTheStore(t *testing.T) {
	plan := planOf(t, city(t), "区,街道,社区,项目,物业公司,户数\n东城 区,和平里　街道,七区 社区,新园,安居（物业）,50\n东城区,和平里街道,新社区,甲园,安居(物业),50\n东城区,,新 社区,乙园,,50\n")
	store := applied(t, city(t), plan)
	if len(plan.NewDistricts)+len(plan.NewSubdistricts) != 0 || len(plan.NewCommunities) != 1 || len(plan.NewCompanies) != 1 {
		t.Errorf("new: %v %v %v %v", plan.NewDistricts, plan.NewSubdistricts, plan.NewCommunities, plan.NewCompanies)
	}
	for _, p := range store.Projects[len(store.Projects)-3:] {
		if p.Area.District != "东城区" || p.Area.Subdistrict != "和平里街道" || strings.Contains(p.Area.Community, " ") {
			t.Errorf("%s lies in %+v", p.Name, p.Area)
		}
	}
}

// A company of the project's own name stays, even where another one reads alike.
func TestCompaniesThatReadAlike(t *testing.T) {
	store := city(t)
	store.Projects[0].Company = survey.Company{ID: 5, Name: "安居（北京）"}
	store.Companies = append(store.Companies, store.Projects[0].Company, survey.Company{ID: 6, Name: "安居(北京)"})
	if got := change(t, planOf(t, store, "登记号,物业公司\nD1,安居(北京)\n")); got != "same" {
		t.Errorf("plan: %s", got)
	}
}
