package roster

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"meihao/survey"
)

// buildingRegisters draws registers of buildings, units and homes in which
// the same ones meet again and again, well written and badly.
func buildingRegisters() *rapid.Generator[string] {
	pick := func(t *rapid.T, label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	return rapid.Custom(func(t *rapid.T) string {
		units := pick(t, "header", "单元", "单元号", "单元数")
		var b strings.Builder
		b.WriteString("登记号;小区;楼号;" + units + ";房号;户数;入住户数\n")
		for range rapid.IntRange(1, 8).Draw(t, "rows") {
			b.WriteString(strings.Join([]string{
				pick(t, "register", "", "", "D1", "W1", "X"),
				pick(t, "project", "幸福家园", "安定里", "安定 里", "", "某园"),
				pick(t, "building", "1号楼", "一栋", "2号楼", "9号楼", ""),
				pick(t, "unit", "", "1", "2单元", "甲", "3", "无"),
				pick(t, "rooms", "", "101", "102室", "101-104", "103～105、201", "3A", "x"),
				pick(t, "households", "", "", "1", "4", "10", "合计"),
				pick(t, "occupied", "", "", "0", "1", "5"),
			}, ";") + "\n")
		}
		return b.String()
	})
}

// The laws of an import hold for registers of buildings too: what is written
// once is not written again, no project, building or unit with rooms is
// removed, no list has more rooms than there are homes, and a unit that
// people are asked for is one they can give.
func TestImportingBuildingsTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		store := city(t)
		for range rapid.IntRange(1, 3).Draw(rt, "files") {
			text := buildingRegisters().Draw(rt, "register")
			file, err := ReadBuildings(t.Context(), "buildings.csv", strings.NewReader(text))
			if err != nil {
				continue
			}
			plan := MakePlan(store, file, survey.CityScope(), true)
			after := applied(t, store, plan)
			nothingRemoved(rt, store, after)
			wellFormed(rt, after)
			listsFit(rt, after)
			if len(after.Projects) != len(store.Projects) || len(plan.NewCompanies)+len(plan.NewDistricts) > 0 {
				rt.Fatal("a register of buildings added something else")
			}
			if second := MakePlan(after, file, survey.CityScope(), true); !second.Empty() {
				rt.Fatalf("the second import would change %+v", second.Projects)
			}
			store = after
		}
	})
}

func listsFit(t *rapid.T, r Register) {
	for _, p := range r.Projects {
		for _, b := range p.Buildings {
			if b.Listed() > b.Households {
				t.Fatalf("%s %s has %d homes and %d rooms", p.Name, b.Name, b.Households, b.Listed())
			}
			highest := 0
			for _, unit := range b.UnitsListed() {
				if n, is := number(unit, maxUnits); is {
					highest = max(highest, n)
				} else if b.Units != nil {
					t.Fatalf("%s %s has %d units, one is called %s", p.Name, b.Name, *b.Units, unit)
				}
			}
			if b.Units != nil && b.Rooms != "" && (*b.Units < highest || *b.Units > 0 && !b.AsksUnit()) {
				t.Fatalf("%s %s has %d units and lists %s", p.Name, b.Name, *b.Units, b.Rooms)
			}
			if b.Rooms != "" && b.AsksUnit() != (len(b.UnitsListed()) > 0) {
				t.Fatalf("%s %s asks for a unit: %t, and lists %s", p.Name, b.Name, b.AsksUnit(), b.Rooms)
			}
		}
	}
}
