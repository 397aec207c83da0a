package model_test

import (
	"strings"
	"testing"

	"meihao/model/modeltest"
	"meihao/survey"
)

// list gives a building of the register a household list.
func list(w *modeltest.World, b survey.Building, rooms string) {
	w.T.Helper()
	if exec(w.T, w.SQL(), "UPDATE buildings SET rooms = ? WHERE id = ?", rooms, b.ID) != 1 {
		w.T.Fatalf("building %s is not stored", b.Name)
	}
}

// roomsOf are the household lists that a campaign's poster knows, by building.
func roomsOf(w *modeltest.World, c survey.Campaign) map[string]string {
	w.T.Helper()
	rooms := map[string]string{}
	for _, b := range w.PosterOf(c, w.Project.Buildings[0]).Project.Buildings {
		rooms[b.Name] = b.Rooms
	}
	return rooms
}

// Opening freezes the household lists with the buildings: what the register
// says afterwards is for campaigns that are opened afterwards.
func TestOpeningFreezesHouseholdLists(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		if p, err := w.Store.Project(w.Ctx(), survey.CityScope(), w.Project.ID); err != nil || p.Buildings[0].Rooms != "" {
			t.Errorf("a building without a list: %q, %v", p.Buildings[0].Rooms, err)
		}
		first := w.Project.Buildings[0]
		list(w, first, "1:101-120;2:101-119,3a")
		p, err := w.Store.Project(w.Ctx(), survey.CityScope(), w.Project.ID)
		w.Must(err)
		if got := p.Buildings[0]; got.Rooms != "1:101-120;2:101-119,3a" || got.Listed() != 40 {
			t.Errorf("read as %q of %d homes", got.Rooms, got.Listed())
		}
		c := w.OpenCampaign(w.Draft(nil))
		list(w, first, "1:101")
		if rooms := roomsOf(w, c); rooms["1号楼"] != "1:101-120;2:101-119,3a" || rooms["2号楼"] != "" {
			t.Errorf("frozen: %q", rooms)
		}
		if rooms := roomsOf(w, w.Campaign); rooms["1号楼"] != "" {
			t.Errorf("a campaign that was open before: %q", rooms)
		}
		if rooms := roomsOf(w, w.OpenCampaign(w.Draft(nil))); rooms["1号楼"] != "1:101" {
			t.Errorf("a campaign that was opened afterwards: %q", rooms)
		}
		list(w, first, "")
		if rooms := roomsOf(w, w.OpenCampaign(w.Draft(nil))); rooms["1号楼"] != "" {
			t.Errorf("the list was taken back: %q", rooms)
		}
		w.Clean()
	})
}

// The longest list that a building may have is stored whole.
func TestLongHouseholdLists(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		var rooms []string
		for i := range survey.MostListed {
			rooms = append(rooms, "房"+strings.Repeat("x", 4)+string(rune('a'+i%26))+string(rune('一'+i/26))+"1")
		}
		packed := survey.PackRooms(map[string][]string{"": rooms})
		if len(packed) < 1<<16 {
			t.Fatalf("%d bytes fit everywhere", len(packed))
		}
		list(w, w.Project.Buildings[0], packed)
		if got := roomsOf(w, w.OpenCampaign(w.Draft(nil)))["1号楼"]; got != packed {
			t.Errorf("%d of %d bytes were kept", len(got), len(packed))
		}
		w.Clean()
	})
}

// A frozen list that nobody packed is found, and so is one that was changed
// behind the store's back.
func TestVerifyLooksAtHouseholdLists(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		list(w, w.Project.Buildings[0], "1:101-120;2:101-118")
		c := w.OpenCampaign(w.Draft(nil))
		w.Clean()
		for changed, want := range map[string]string{
			"1:101-120;2:118-101": "household list of building " + w.Project.Buildings[0].ID.String() + " that cannot be read",
			"1:101-120;2:101-119": "households or buildings that are not those",
		} {
			query := "UPDATE enrolments SET buildings = REPLACE(buildings, ?, ?) WHERE campaign = ?"
			if exec(t, w.SQL(), query, "1:101-120;2:101-118", changed, c.ID) == 0 {
				t.Fatal("the test changes nothing")
			}
			findings, err := w.Store.Verify(w.Ctx(), c.ID)
			w.Must(err)
			if !strings.Contains(listed(findings), want) {
				t.Errorf("%q was not found as %q:%s", changed, want, listed(findings))
			}
			exec(t, w.SQL(), query, changed, "1:101-120;2:101-118", c.ID)
		}
		w.Clean()
	})
}
