package survey_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"meihao/survey"
)

func building(id survey.ID, name string, households int) survey.Building {
	return survey.Building{ID: id, Name: name, Homes: survey.Homes{Households: households}}
}

func lineOf(b survey.Building) survey.CorrectedBuilding { return survey.CorrectedBuilding{Building: b} }

func projectOf(homes survey.Homes, buildings ...survey.Building) survey.Project {
	return survey.Project{ID: 9, Name: "晨光花园", Company: survey.Company{ID: 3, Name: "安居"}, Phone: "1", Homes: homes, Buildings: buildings}
}

// Every value that changes is a line, what is not named stays, and N follows
// the buildings where it was their sum and was left alone.
func TestProjectCorrect(t *testing.T) {
	p := projectOf(survey.Homes{Households: 70}, building(1, "1号楼", 40), building(2, "2号楼", 20), building(3, "3号楼", 10))
	p.Buildings[0].Rooms = "1:101-140"
	to := survey.RegisterCorrection{Name: "晨光花园", Phone: "2", Company: "新居", Homes: p.Homes, Buildings: []survey.CorrectedBuilding{
		lineOf(building(1, "一号楼", 44)),
		{Building: building(2, "2号楼", 20), Remove: true},
		lineOf(building(0, "5号楼", 8)),
	}}
	after, lines, err := p.Correct(to)
	if err != nil {
		t.Fatal(err)
	}
	want := []survey.Correction{
		{Field: "company", Old: "安居", New: "新居"}, {Field: "phone", Old: "1", New: "2"},
		{Field: "households", Old: "70", New: "62"},
		{Building: 1, BuildingName: "1号楼", Field: "name", Old: "1号楼", New: "一号楼"},
		{Building: 1, BuildingName: "1号楼", Field: "households", Old: "40", New: "44"},
		{Building: 2, BuildingName: "2号楼", Field: survey.BuildingRemoved, Old: "20"},
		{BuildingName: "5号楼", Field: survey.BuildingAdded, New: "8"},
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	if after.Households != 62 || len(after.Buildings) != 3 || after.Company != (survey.Company{Name: "新居"}) {
		t.Errorf("after: %+v", after)
	}
	if after.Buildings[0].Rooms != "1:101-140" {
		t.Error("the household list of a corrected building is gone")
	}
	if p.Buildings[0].Name != "1号楼" {
		t.Error("the project that was corrected is another now")
	}
	if after.Digest() == p.Digest() {
		t.Error("the digest does not tell the two apart")
	}
	to.Buildings = []survey.CorrectedBuilding{lineOf(building(77, "x", 1))}
	if _, _, err := p.Correct(to); survey.KindOf(err) != survey.NotFound {
		t.Errorf("a building of another project: %v", err)
	}
}

// A figure that differs from the sum is the project's own and stays (DESIGN
// §7); one that is typed anew rules.
func TestHomesFollowing(t *testing.T) {
	two, three := 2, 3
	was, now := []survey.Building{building(1, "a", 10)}, []survey.Building{building(1, "a", 12)}
	lived := []survey.Building{{Homes: survey.Homes{Households: 10, Occupied: &two}}}
	for name, c := range map[string]struct {
		before, typed survey.Homes
		was, now      []survey.Building
		want          survey.Homes
	}{
		"follows":                  {survey.Homes{Households: 10}, survey.Homes{Households: 10}, was, now, survey.Homes{Households: 12}},
		"its own":                  {survey.Homes{Households: 11}, survey.Homes{Households: 11}, was, now, survey.Homes{Households: 11}},
		"typed":                    {survey.Homes{Households: 10}, survey.Homes{Households: 15}, was, now, survey.Homes{Households: 15}},
		"occupied is its own":      {survey.Homes{Households: 10, Occupied: &two}, survey.Homes{Households: 10, Occupied: &two}, was, now, survey.Homes{Households: 12, Occupied: &two}},
		"occupied is taken back":   {survey.Homes{Households: 10, Occupied: &two}, survey.Homes{Households: 10}, was, now, survey.Homes{Households: 12}},
		"occupied becomes known":   {survey.Homes{Households: 10}, survey.Homes{Households: 10}, was, lived, survey.Homes{Households: 10, Occupied: &two}},
		"occupied is typed":        {survey.Homes{Households: 10, Occupied: &two}, survey.Homes{Households: 10, Occupied: &three}, lived, lived, survey.Homes{Households: 10, Occupied: &three}},
		"the last building leaves": {survey.Homes{Households: 10}, survey.Homes{Households: 10}, was, nil, survey.Homes{Households: 10}},
	} {
		if diff := cmp.Diff(c.want, c.before.Following(c.typed, c.was, c.now)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func enrolmentOf(buildings ...survey.Building) survey.Enrolment {
	homes := survey.SumHomes(buildings)
	p := projectOf(homes, buildings...)
	return survey.Enrolment{Project: p, Homes: homes, Groups: survey.Groups(buildings)}
}

// Nothing renumbers: a building keeps its group when it shrinks below ten
// homes, an added large one is the next group, a small one joins the smallest.
func TestEnrolmentCorrectKeepsGroups(t *testing.T) {
	e := enrolmentOf(building(1, "1号楼", 40), building(2, "2号楼", 30), building(3, "3号楼", 6), building(4, "4号楼", 5))
	register := []survey.Building{building(1, "1号楼", 40), building(5, "5号楼", 12), building(6, "6号楼", 4)}
	after, lines, err := e.Correct(survey.FrozenCorrection{
		Homes: e.Homes, Buildings: []survey.Building{building(2, "二号楼", 8)}, Added: []survey.ID{5, 6},
	}, register)
	if err != nil {
		t.Fatal(err)
	}
	type group struct {
		Number, Households int
		Label              string
	}
	var got []group
	for _, g := range after.Groups {
		got = append(got, group{g.Number, g.Households, g.Label()})
	}
	want := []group{{1, 40, "1号楼"}, {2, 12, "二号楼、6号楼"}, {3, 11, "3号楼、4号楼"}, {4, 12, "5号楼"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
	if after.Homes.Households != 75 || after.Project.Households != 75 || len(after.Project.Buildings) != 6 {
		t.Errorf("after: %+v", after.Homes)
	}
	if len(lines) != 5 || lines[0] != (survey.Correction{Field: "households", Old: "81", New: "75"}) {
		t.Errorf("lines: %+v", lines)
	}
	if e.Groups[1].Households != 30 || len(e.Groups) != 3 || after.Digest() == e.Digest() {
		t.Error("the enrolment that was corrected is another now")
	}
	for name, to := range map[string]survey.FrozenCorrection{
		"added twice":         {Homes: e.Homes, Added: []survey.ID{1}},
		"not in the register": {Homes: e.Homes, Added: []survey.ID{9}},
		"another project's":   {Homes: e.Homes, Buildings: []survey.Building{building(9, "x", 3)}},
	} {
		if _, _, err := e.Correct(to, register); survey.KindOf(err) != survey.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whatever is corrected and added, no building changes its group and no group
// its number.
func TestEnrolmentCorrectNeverRenumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sizes := rapid.SliceOfN(rapid.IntRange(1, 40), 1, 8).Draw(t, "sizes")
		var buildings []survey.Building
		for i, n := range sizes {
			buildings = append(buildings, building(survey.ID(i+1), "楼", n))
		}
		e := enrolmentOf(buildings...)
		to := survey.FrozenCorrection{Homes: e.Homes}
		for i := range buildings {
			b := buildings[i]
			b.Households = rapid.IntRange(1, 40).Draw(t, "now")
			to.Buildings = append(to.Buildings, b)
		}
		var register []survey.Building
		for i := range rapid.IntRange(0, 4).Draw(t, "added") {
			b := building(survey.ID(100+i), "新楼", rapid.IntRange(1, 40).Draw(t, "size"))
			register, to.Added = append(register, b), append(to.Added, b.ID)
		}
		after, _, err := e.Correct(to, register)
		if err != nil {
			t.Fatal(err)
		}
		is := map[survey.ID]int{}
		sum := 0
		for i, g := range after.Groups {
			if g.Number != i+1 || len(g.Buildings) == 0 || g.Households != survey.SumHomes(g.Buildings).Households {
				t.Fatalf("group %d: %+v", i+1, g)
			}
			sum += g.Households
			for _, b := range g.Buildings {
				is[b.ID] = g.Number
			}
		}
		for _, g := range e.Groups {
			for _, b := range g.Buildings {
				if is[b.ID] != g.Number {
					t.Fatalf("building %d was in group %d and is in %d", b.ID, g.Number, is[b.ID])
				}
			}
		}
		for _, b := range register {
			alone := len(after.Groups[is[b.ID]-1].Buildings)
			if b.Households >= survey.GroupSize && is[b.ID] <= len(e.Groups) || b.Households < survey.GroupSize && alone == 1 {
				t.Fatalf("an added building of %d homes is in group %d of %d", b.Households, is[b.ID], len(after.Groups))
			}
		}
		if len(is) != len(after.Project.Buildings) || sum != after.Homes.Households {
			t.Fatalf("%d of %d buildings in groups, %d homes of %d", len(is), len(after.Project.Buildings), sum, after.Homes.Households)
		}
	})
}

// Whatever number of households is tried, what a correction would come to says
// nothing of k where k is hidden: of few answers in all, or in one base only.
func TestSupposedHomesHideK(t *testing.T) {
	after := moment("2026-09-22T00:00:00+08:00")
	for _, c := range []struct {
		name              string
		answered, oneBase int
		open              func(survey.Standing) (hidden, shown survey.Result)
	}{
		{"few answers", 8, 0, func(s survey.Standing) (hidden, shown survey.Result) { return s.Owner, survey.Result{} }},
		{"few answers, residents", 8, 0, func(s survey.Standing) (hidden, shown survey.Result) { return s.Resident, survey.Result{} }},
		{"few in one base only", 40, 3, func(s survey.Standing) (hidden, shown survey.Result) { return s.Resident, s.Owner }},
	} {
		var enrolments []survey.Enrolment // by k
		for k := range c.answered + 1 {
			e := enrolled(t, c.answered, k)
			for range c.oneBase {
				addResponse(t, defaultQuestionnaire(t), &e, survey.OwnerBase, "1")
			}
			enrolments = append(enrolments, e)
		}
		for homes := 1; homes < 100; homes++ {
			var first survey.Result
			for k, e := range enrolments {
				then := e
				then.Homes = survey.Homes{Households: homes}
				is, shown := c.open(survey.Stand(running(), e, survey.DistrictRole, after))
				supposed, other := c.open(survey.Stand(running(), then, survey.DistrictRole, after))
				if supposed = supposed.Supposed(is); k == 0 {
					first = supposed
				}
				if diff := cmp.Diff(first, supposed); diff != "" {
					t.Fatalf("%s, %d households tell k = %d from 0 (-0 +k):\n%s", c.name, homes, k, diff)
				}
				if supposed.Households != int64(homes) || supposed.NeededFull == 0 || supposed.Adequacy == "" || *supposed.Answered == 0 {
					t.Fatalf("%s: %+v lacks what may be seen", c.name, supposed)
				}
				if other.Item11 != other.Supposed(shown).Item11 {
					t.Fatalf("%s: the words of the base whose k is shown are gone", c.name)
				}
			}
		}
	}
}
