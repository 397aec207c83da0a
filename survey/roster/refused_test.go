package roster

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/survey"
)

// refusals is what is refused in short: "row key".
func refusals(p Plan) string {
	var all []string
	for _, r := range p.Refused {
		all = append(all, fmt.Sprintf("%d %s", r.Row, strings.TrimPrefix(r.Reason.Key, "roster.refused.")))
	}
	return strings.Join(all, "; ")
}

func TestRefusals(t *testing.T) {
	header := "登记号,区,街道,社区,项目,物业公司,电话,楼号,户数,入住户数,总户数,项目入住户数\n"
	store := city(t)
	for name, c := range map[string]struct {
		rows, want string
		taken      int // projects in the plan all the same
	}{
		"a bad cell":                {",东城区,,七区社区,幸福家园,,,1号楼,x,,,\n,东城区,,七区社区,幸福家园,,,2号楼,150,,,", "2 not_households", 1},
		"two bad cells":             {",东城区,,七区社区,幸福家园,,,1号楼,x,y,,", "2 not_households; 2 not_a_number", 0},
		"no project":                {",东城区,,七区社区,,,,1号楼,5,,,", "2 no_project", 0},
		"no district":               {",,,七区社区,幸福家园,,,1号楼,5,,,", "2 no_district", 0},
		"no community":              {",东城区,,,幸福家园,,,1号楼,5,,,", "2 no_community", 0},
		"an unknown number alone":   {"X1,,,,,,,1号楼,5,,,", "2 no_project", 0},
		"new, without district":     {"X1,,,七区社区,甲,,,1号楼,5,,,", "2 no_district", 0},
		"new, without community":    {"X1,东城区,,,甲,,,1号楼,5,,,", "2 no_community", 0},
		"no subdistrict":            {",东城区,,新社区,甲,,,1号楼,5,,,", "2 no_subdistrict", 0},
		"no project, no building":   {",东城区,,七区社区,幸福家园,,,,,,,\n,东城区,,,,,,,550,,,", "3 no_project", 1},
		"another number":            {"X1,东城区,,七区社区,幸福家园,,,,,,,", "2 other_register", 0},
		"a name that is taken":      {"D1,东城区,,八区社区,安定里,,,,,,,", "2 name_taken", 0},
		"the same project twice":    {"D1,东城区,,七区社区,新名,,,,,,,\n,东城区,,七区社区,幸福家园,,6400,,,,,", "3 same_project", 1},
		"two become one":            {"D1,,,,新名,,,,,,,\nW1,东城区,,七区社区,新名,,,,,,,", "3 same_project", 1},
		"two numbers, one project":  {"D1,东城区,,七区社区,新名,,,,,,,\nW1,东城区,,七区社区,新名,,,,,,,", "3 contradicts.register", 1},
		"two numbers, one name":     {"X1,东城区,,七区社区,甲,,,,,,9,\nX2,东城区,,七区社区,甲,,,,,,9,", "3 contradicts.register", 1},
		"one number, two names":     {"X1,东城区,,七区社区,甲,,,,,,9,\nX1,东城区,,七区社区,乙,,,,,,9,", "3 contradicts.name", 1},
		"one number, two places":    {"X1,东城区,,七区社区,甲,,,,,,9,\nX1,东城区,,八区社区,甲,,,,,,9,", "3 contradicts.community", 1},
		"two subdistricts":          {",东城区,a,七区社区,甲,,,,,,9,\n,东城区,b,七区社区,甲,,,,,,9,", "3 contradicts.subdistrict", 1},
		"two districts":             {"X1,东城区,a,七区社区,甲,,,,,,9,\nX1,西城区,a,七区社区,甲,,,,,,9,", "3 contradicts.district", 1},
		"two companies":             {"D1,,,,,甲物业,,,,,,\nD1,,,,,乙物业,,,,,,\nD1,,,,,,,,,,,", "3 contradicts.company", 1},
		"two telephones":            {"D1,,,,,,1,,,,,\nD1,,,,,,2,,,,,", "3 contradicts.phone", 1},
		"two totals":                {"D1,,,,,,,1号楼,100,,300,\nD1,,,,,,,2号楼,150,,301,", "3 contradicts.households", 1},
		"two occupied totals":       {"D1,,,,,,,1号楼,100,,300,200\nD1,,,,,,,2号楼,150,,,201", "3 contradicts.occupied", 1},
		"a building without homes":  {"D1,,,,,,,7号楼,,,,\nD1,,,,,,,1号楼,100,,,", "2 no_building_households", 1},
		"only such a building":      {"D1,,,,,,7777,7号楼,,,,", "2 no_building_households", 0},
		"a project without homes":   {"X1,东城区,,七区社区,甲,,,,,,,", "2 no_project_households", 0},
		"crowded against the store": {"D1,,,,,,,1号楼,80,,,", "2 occupied", 0},
		"a crowded project":         {"D1,,,,,,,1号楼,100,,200,\nD1,,,,,,,2号楼,150,,,", "2 occupied; 3 occupied", 0},
	} {
		t.Run(name, func(t *testing.T) {
			plan := planOf(t, store, header+c.rows+"\n")
			if got := refusals(plan); got != c.want {
				t.Errorf("refused: %s\nwant:    %s", got, c.want)
			}
			if len(plan.Projects) != c.taken {
				t.Errorf("%d projects, want %d: %+v", len(plan.Projects), c.taken, plan.Projects)
			}
			if _, _, _, refused := plan.Counts(); refused != strings.Count(c.want, ";")+1 && name != "two bad cells" {
				t.Errorf("%d rows refused", refused)
			}
			applied(t, store, plan)
		})
	}
}

// Refusals come in the order of the file, whatever they were found by.
func TestRefusalsInOrder(t *testing.T) {
	plan := planOf(t, Register{}, "区,街道,社区,项目,楼号,户数\n东城区,,b,c,1,10\n东城区,a,b,d,1,\n东城区,a,b,e,1,x\n,,,f,,10\n")
	if got := refusals(plan); got != "2 no_subdistrict; 3 no_building_households; 4 not_households; 5 no_district" {
		t.Errorf("refused: %s", got)
	}
}

// A refused row names what it was about, and the row it contradicts.
func TestRefusalSaysWhatAndWhere(t *testing.T) {
	plan := planOf(t, city(t), "登记号,项目,物业公司,楼号,户数\nD1,幸福家园,甲物业,1号楼,100\nD1,幸福家园,乙物业,2号楼,150\n")
	want := Refusal{Row: 3, What: "幸福家园 2号楼", Reason: survey.Message{Key: "roster.refused.contradicts.company",
		Args: survey.Args{"Row": 2, "Here": "乙物业", "There": "甲物业"}}}
	if diff := cmp.Diff([]Refusal{want}, plan.Refused); diff != "" {
		t.Errorf("refused (-want +got):\n%s", diff)
	}
	if len(plan.Notes) == 0 || plan.Notes[len(plan.Notes)-1].Key != "roster.note.sum_short" {
		t.Errorf("notes = %+v", plan.Notes)
	}
}

// Two subdistricts of a district may have communities of one name: then a row
// has to say which is meant, unless the store knows where its project lies.
func TestCommunitiesOfOneName(t *testing.T) {
	store := city(t)
	store = applied(t, store, planOf(t, store, "登记号,区,街道,社区,项目,总户数\nD5,东城区,东花市街道,七区社区,花园,50\n"))
	if got := refusals(planOf(t, store, "区,社区,项目,总户数\n东城区,七区社区,新园,50\n")); got != "2 no_subdistrict" {
		t.Errorf("refused: %s", got)
	}
	if got := change(t, planOf(t, store, "区,社区,项目,总户数\n东城区,七区社区,花园,60\n")); got != "changed; households 50→60" {
		t.Errorf("plan: %s", got)
	}
}

func TestTwinsInTheStore(t *testing.T) {
	store := city(t)
	twin := store.Projects[0]
	twin.ID, twin.Register = 77, "D2"
	store.Projects = append(store.Projects, twin)
	if got := refusals(planOf(t, store, "区,社区,项目\n东城区,七区社区,幸福家园\n")); got != "2 twins" {
		t.Errorf("refused: %s", got)
	}
	if got := change(t, planOf(t, store, "登记号,电话,区,社区,项目\nD1,1,东城区,七区社区,幸福家园\n")); got != "changed; phone 6421→1" {
		t.Errorf("plan: %s", got)
	}
}

func TestScope(t *testing.T) {
	store := city(t)
	dongcheng := area(t, store, "东城区")
	hepingli := area(t, store, "东城区", "和平里街道")
	seven := area(t, store, "东城区", "和平里街道", "七区社区")
	header := "登记号,区,街道,社区,项目,电话,总户数\n"
	const (
		known     = "D1,东城区,和平里街道,七区社区,幸福家园,1,\n"
		byName    = ",东城区,,八区社区,安定里,1,\n"
		fresh     = ",东城区,和平里街道,七区社区,新园,1,50\n"
		community = ",东城区,和平里街道,新社区,新园,1,50\n"
		street    = ",东城区,新街道,新社区,新园,1,50\n"
		district  = ",新城区,新街道,新社区,新园,1,50\n"
		elsewhere = ",西城区,月坛街道,三里河社区,新园,1,50\n"
		theirs    = ",西城区,,三里河社区,月坛小区,1,\n"
		theirName = "X1,西城区,,三里河社区,月坛小区,1,\n"
		number    = "W1,东城区,和平里街道,七区社区,新园,1,50\n"
		away      = "D1,西城区,月坛街道,三里河社区,幸福家园,1,\n"
		no        = "2 not_in_area"
	)
	for name, c := range map[string]struct {
		scope survey.Scope
		may   bool
		want  map[string]string // row → refusal; the others are taken
	}{
		"city that may add":    {survey.CityScope(), true, map[string]string{theirName: "2 other_register"}},
		"city that may not":    {survey.CityScope(), false, map[string]string{district: "2 new_district", theirName: "2 other_register"}},
		"district":             {dongcheng, false, map[string]string{district: no, elsewhere: no, theirs: no, theirName: no, number: "2 register_elsewhere", away: no}},
		"district that may":    {dongcheng, true, map[string]string{district: no, elsewhere: no, theirs: no, theirName: no, number: "2 register_elsewhere", away: no}},
		"subdistrict":          {hepingli, false, map[string]string{street: no, district: no, elsewhere: no, theirs: no, theirName: no, number: "2 register_elsewhere", away: no}},
		"community":            {seven, false, map[string]string{byName: no, community: no, street: no, district: no, elsewhere: no, theirs: no, theirName: no, number: "2 register_elsewhere", away: no}},
		"nothing (zero scope)": {survey.Scope{}, true, map[string]string{known: "2 register_elsewhere", byName: no, fresh: no, community: no, street: no, district: no, elsewhere: no, theirs: no, theirName: no, number: "2 register_elsewhere", away: "2 register_elsewhere"}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, row := range []string{known, byName, fresh, community, street, district, elsewhere, theirs, theirName, number, away} {
				plan := MakePlan(store, mustRead(t, header+row), c.scope, c.may)
				if got := refusals(plan); got != c.want[row] {
					t.Errorf("%s refused: %q, want %q", row, got, c.want[row])
				}
				if plan.Empty() != (c.want[row] != "") {
					t.Errorf("%s plan %+v", row, plan)
				}
				applied(t, store, plan)
			}
		})
	}
}
