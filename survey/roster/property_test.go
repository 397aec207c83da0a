package roster

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"meihao/survey"
)

// registers draws a small register in which names, numbers and buildings meet
// again and again, well written and badly.
func registers() *rapid.Generator[string] {
	pick := func(t *rapid.T, label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	return rapid.Custom(func(t *rapid.T) string {
		var b strings.Builder
		b.WriteString("登记号;区;街道;社区;项目;物业公司;电话;楼号;单元数;户数;入住户数;总户数;项目入住户数\n")
		for range rapid.IntRange(1, 12).Draw(t, "rows") {
			b.WriteString(strings.Join([]string{
				pick(t, "register", "", "", "", "R1", "R2", "r 1"),
				pick(t, "district", "东城区", "东城区", "东 城区", "西城区", ""),
				pick(t, "subdistrict", "甲街道", "甲街道", "乙街道", "", "甲　街道"),
				pick(t, "community", "一社区", "一社区", "二社区", ""),
				pick(t, "project", "幸福家园", "幸福 家园", "安定里", "安定里", ""),
				pick(t, "company", "", "安居", "安 居", "乐业"),
				pick(t, "phone", "", "", "64"),
				pick(t, "building", "", "1号楼", "一栋", "2号楼", "０２", "3"),
				pick(t, "units", "", "无", "2"),
				pick(t, "households", "", "10", "1,000 户", "20", "x"),
				pick(t, "occupied", "", "", "5", "15"),
				pick(t, "own", "", "", "", "30", "1000"),
				pick(t, "own occupied", "", "", "", "8"),
			}, ";") + "\n")
		}
		return b.String()
	})
}

// The laws of an import: what is written once is not written again, a plan
// does not depend on anything but its input, and nothing is removed.
func TestImportingTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		store := Register{}
		for range rapid.IntRange(1, 3).Draw(rt, "files") {
			file := mustRead(t, registers().Draw(rt, "register"))
			plan := MakePlan(store, file, survey.CityScope(), true)
			if again := MakePlan(store, file, survey.CityScope(), true); again.Digest() != plan.Digest() {
				rt.Fatal("the same input makes another plan")
			}
			after := applied(t, store, plan)
			nothingRemoved(rt, store, after)
			wellFormed(rt, after)
			second := MakePlan(after, file, survey.CityScope(), true)
			if disputed(plan) {
				return
			}
			if !second.Empty() || second.Digest() != (Plan{}).Digest() {
				rt.Fatalf("the second import would change %+v", second.Projects)
			}
			if diff := cmp.Diff(refusedRows(plan), refusedRows(second)); diff != "" {
				rt.Fatalf("refused (-first +second):\n%s", diff)
			}
			store = after
		}
	})
}

func refusedRows(p Plan) (rows []int) {
	for _, r := range p.Refused {
		rows = append(rows, r.Row)
	}
	return slices.Compact(rows)
}

// disputed says that rows were refused because of what other rows or projects
// are called: once those have another name, the rows may be right.
func disputed(p Plan) bool {
	for _, r := range p.Refused {
		switch r.Reason.Key {
		case "roster.refused.same_project", "roster.refused.other_register", "roster.refused.name_taken":
			return true
		}
	}
	return false
}

func nothingRemoved(t *rapid.T, before, after Register) {
	if len(after.Projects) < len(before.Projects) || len(after.Places) < len(before.Places) {
		t.Fatal("something was removed")
	}
	for i, p := range before.Projects {
		now := after.Projects[i]
		if now.ID != p.ID || len(now.Buildings) < len(p.Buildings) {
			t.Fatalf("project %s became %+v", p.Name, now)
		}
		for j, b := range p.Buildings {
			if now.Buildings[j].ID != b.ID {
				t.Fatalf("building %s of %s is gone", b.Name, p.Name)
			}
		}
	}
}

// wellFormed: what a plan writes keeps the rules of places and homes, and no
// two projects are known by the same number or name.
func wellFormed(t *rapid.T, r Register) {
	known := map[string]bool{}
	for _, p := range r.Projects {
		sane(t, p.Name, p.Homes)
		for _, b := range p.Buildings {
			sane(t, p.Name+" "+b.Name, b.Homes)
		}
		for _, name := range []string{"register " + registerKey(p.Register), fmt.Sprint(keyOfProject(p))} {
			if known[name] && name != "register " {
				t.Fatalf("two projects are known by %s", name)
			}
			known[name] = true
		}
	}
}

func sane(t *rapid.T, name string, h survey.Homes) {
	if h.Households < 1 || h.Occupied != nil && (*h.Occupied < 0 || *h.Occupied > h.Households) {
		t.Fatalf("%s has homes %+v", name, h)
	}
}

// The digest follows what would be written and nothing else.
func TestDigest(t *testing.T) {
	const header = "登记号,区,街道,社区,项目,物业公司,电话,楼号,单元数,户数\n"
	store := city(t)
	seen := map[string]string{}
	for _, rows := range []string{
		"D1,,,,,,6421,,,", "D1,,,,,,1,,,", "D1,,,,,,2,,,", "D1,,,,,,,1号楼,,101", "D1,,,,,,,1号楼,,102", "D1,,,,,,,1号楼,0,",
		"D1,,,,,,,9号楼,,101", "D1,,,,新名,,,,,", "D1,,,八区社区,,,,,,", "D1,,,,,甲,,,,", "D8,东城区,,八区社区,安定里,,,,,", "W1,,,,,,1,,,",
	} {
		digest := planOf(t, store, header+rows+"\n").Digest()
		if other, twice := seen[digest]; twice {
			t.Errorf("%q has the digest of %q", rows, other)
		}
		seen[digest] = rows
		if with := planOf(t, store, header+rows+"\n,,,,,,,,,\nX,,,,,,,,,x\nW1,,,,,,,,,\n").Digest(); with != digest {
			t.Errorf("%q: a refused row or one that changes nothing changes the digest", rows)
		}
	}
	changed := city(t)
	changed.Projects[0].Phone = "0"
	row := header + "D1,,,,,,1,,,\n"
	if planOf(t, store, row).Digest() == planOf(t, changed, row).Digest() {
		t.Error("the digest does not see that the store has changed")
	}
}

// cityFile is a register of projects × 7.5 buildings, shuffled as nothing is
// but real ones nearly are.
func cityFile(projects int) string {
	var rows []string
	for p := range projects {
		for b := range 7 + p%2 {
			rows = append(rows, fmt.Sprintf("BJ-%05d,第%d区,第%d街道,第%d社区,项目%d号院,第%d物业服务有限公司,010-%08d,%d号楼,%d,%d,%d",
				p, p%17, p%340, p%3400, p, p%500, p, b+1, b%6, 100+b, 90+b))
		}
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return "登记号,区,街道,社区,项目,物业公司,电话,楼号,单元数,户数,入住户数\n" + strings.Join(rows, "\n") + "\n"
}

func TestCity(t *testing.T) {
	file := mustRead(t, cityFile(400))
	plan := MakePlan(Register{}, file, survey.CityScope(), true)
	if added, _, _, refused := plan.Counts(); added != 400 || refused != 0 {
		t.Fatalf("%d added, %d refused: %v", added, refused, plan.Refused)
	}
	if second := MakePlan(applied(t, Register{}, plan), file, survey.CityScope(), true); !second.Empty() {
		t.Error("the second import is not empty")
	}
}
