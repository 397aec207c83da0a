package survey_test

import (
	"fmt"
	"strings"
	"testing"

	"meihao/survey"
)

// tower has 28 floors of six homes in each of three units, and odd ones.
func tower() survey.Building {
	rooms := map[string][]string{}
	for _, unit := range []string{"1", "2", "3"} {
		for floor := 1; floor <= 28; floor++ {
			for home := 1; home <= 6; home++ {
				rooms[unit] = append(rooms[unit], fmt.Sprint(100*floor+home))
			}
		}
	}
	rooms["3"] = append(rooms["3"], "12a", "b1")
	return survey.Building{Rooms: survey.PackRooms(rooms)}
}

// The gate asks a list for every answer: it must allocate nothing.
func TestAskingAListAllocatesNothing(t *testing.T) {
	b := tower()
	if n := b.Listed(); n != 3*28*6+2 {
		t.Fatalf("%d homes", n)
	}
	asked := testing.AllocsPerRun(100, func() {
		if !b.Lists("3", "2806") || b.Lists("3", "2807") || !b.Lists("3", "b1") || b.Lists("4", "101") || b.ListsUnit("4") {
			t.Error("wrong")
		}
	})
	if asked > 0 {
		t.Errorf("%v allocations", asked)
	}
}

// A city of nine million homes keeps its lists in some twenty megabytes.
func TestListsAreSmall(t *testing.T) {
	b := tower()
	if most := 2 * b.Listed(); len(b.Rooms) > most {
		t.Errorf("%d homes take %d bytes", b.Listed(), len(b.Rooms))
	}
}

// What is no packed list is an error, never a long wait or a panic.
func FuzzUnpackRooms(f *testing.F) {
	for _, s := range []string{"", ":101-104", "1,2:101-104,201;3:12a", ":1-99999999", ":" + strings.Repeat("1-9999,", 9), ";:,-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, packed string) {
		rooms, err := survey.UnpackRooms(packed)
		if err == nil && survey.PackRooms(rooms) != packed {
			t.Fatalf("%q is read and packed as %q", packed, survey.PackRooms(rooms))
		}
		b := survey.Building{Rooms: packed}
		_, _, _ = b.Listed(), b.Lists("1", "101"), b.UnitsListed()
	})
}

func BenchmarkLists(b *testing.B) {
	building := tower()
	b.ReportAllocs()
	for b.Loop() {
		if !building.Lists("3", "2806") {
			b.Fatal("the last room of the list is missing")
		}
	}
}
