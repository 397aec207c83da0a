package model_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meihao/model/modeltest"
	"meihao/survey"
)

// places are the posters of a project as the city sees them.
func places(w *modeltest.World, project survey.ID) []survey.PosterPlace {
	w.T.Helper()
	list, err := w.Store.Posters(w.Ctx(), survey.CityScope(), w.Campaign.ID, project)
	w.Must(err)
	return list
}

// at is a poster of a list by its code.
func at(t *testing.T, list []survey.PosterPlace, code string) survey.PosterPlace {
	t.Helper()
	for _, p := range list {
		if p.Code == code {
			return p
		}
	}
	t.Fatalf("poster %s is not listed", code)
	return survey.PosterPlace{}
}

func TestAddPosters(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		one, two := w.Project.Buildings[0], w.Project.Buildings[1]
		added, err := w.Store.AddPosters(w.Ctx(), w.Community, w.Campaign.ID, w.Project.ID, []survey.NewPoster{
			{Building: one.ID, Unit: 2, Place: " 1号楼2单元大堂 "}, {Building: one.ID, Unit: 1, Place: "1号楼1单元大堂"}, {Building: two.ID, Place: "2号楼东门"},
		})
		w.Must(err)
		if len(added) != 3 || added[0].Place != "1号楼2单元大堂" || added[0].Unit != 2 || added[2].Building.ID != two.ID || added[1].Project.Name != w.Project.Name {
			t.Errorf("added %+v", added)
		}
		poster, err := w.Store.Poster(w.Ctx(), added[0].Code)
		w.Must(err)
		if poster.Unit != 2 || poster.Place != "1号楼2单元大堂" || poster.Building != one.ID {
			t.Errorf("the gate is told %d, %q, %v", poster.Unit, poster.Place, poster.Building)
		}
		for _, c := range []struct {
			name  string
			actor survey.Actor
			new   survey.NewPoster
			kind  survey.Kind
			key   string
		}{
			{"nowhere", w.Community, survey.NewPoster{Building: one.ID}, survey.Invalid, "error.poster.new"},
			{"a third unit of two", w.Community, survey.NewPoster{Building: one.ID, Unit: 3, Place: "大堂"}, survey.Invalid, "error.poster.new"},
			{"another project's building", w.Community, survey.NewPoster{Building: w.Neighbour.Buildings[0].ID, Place: "大堂"}, survey.NotFound, "error.not_found"},
			{"a place that is taken", w.Community, survey.NewPoster{Building: one.ID, Unit: 1, Place: "1号楼 1单元大堂"}, survey.Conflict, "error.poster.place_taken"},
			{"the place of the building's poster", w.Community, survey.NewPoster{Building: one.ID, Place: "1号楼"}, survey.Conflict, "error.poster.place_taken"},
			{"a stranger", w.Stranger, survey.NewPoster{Building: one.ID, Place: "西门"}, survey.NotFound, "error.not_found"},
			{"another community", w.OtherCommunity, survey.NewPoster{Building: one.ID, Place: "西门"}, survey.NotFound, "error.not_found"},
		} {
			_, err := w.Store.AddPosters(w.Ctx(), c.actor, w.Campaign.ID, w.Project.ID, []survey.NewPoster{{Building: one.ID, Place: "一起"}, c.new})
			if survey.KindOf(err) != c.kind || survey.KeyOf(err) != c.key {
				t.Errorf("%s: %v, want %s %s", c.name, err, c.kind, c.key)
			}
		}
		_, err = w.Store.AddPosters(w.Ctx(), w.Community, w.Campaign.ID, w.Project.ID, nil)
		wantKind(t, err, survey.Invalid)
		if n := len(places(w, w.Project.ID)); n != 7 {
			t.Errorf("%d posters, want 4 and 3: what was refused was hung up", n)
		}
		w.Clean()
	})
}

// A building takes no more posters than it has walls.
func TestPostersOfABuildingAreBounded(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		b := w.Project.Buildings[0]
		list := make([]survey.NewPoster, survey.PostersPerBuilding-1)
		for i := range list {
			list[i] = survey.NewPoster{Building: b.ID, Place: strings.Repeat("门", i/2+1) + []string{"东", "西"}[i%2]}
		}
		_, err := w.Store.AddPosters(w.Ctx(), w.District, w.Campaign.ID, w.Project.ID, list)
		w.Must(err)
		more := []survey.NewPoster{{Building: b.ID, Place: "还有一张"}}
		_, err = w.Store.AddPosters(w.Ctx(), w.District, w.Campaign.ID, w.Project.ID, more)
		wantKey(t, err, "error.poster.many")
		w.Must(w.Store.RetirePoster(w.Ctx(), w.District, w.Poster.Code, modeltest.Reason))
		_, err = w.Store.AddPosters(w.Ctx(), w.District, w.Campaign.ID, w.Project.ID, more)
		w.Must(err)
	})
}

func TestReplacePoster(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		w.Saved(w.Answer(1))
		other := w.Again()
		if p, err := other.Poster(w.Ctx(), w.Poster.Code); err != nil || p.Retired {
			t.Fatalf("%v, retired %t", err, p.Retired)
		}
		for name, err := range map[string]error{
			"no reason":         errorOf(w.Store.ReplacePoster(w.Ctx(), w.Community, w.Poster.Code, " ")),
			"a stranger":        errorOf(w.Store.ReplacePoster(w.Ctx(), w.Stranger, w.Poster.Code, modeltest.Reason)),
			"another community": errorOf(w.Store.ReplacePoster(w.Ctx(), w.OtherCommunity, w.Poster.Code, modeltest.Reason)),
			"an unknown code":   errorOf(w.Store.ReplacePoster(w.Ctx(), w.City, "00000000", modeltest.Reason)),
			"no code":           errorOf(w.Store.ReplacePoster(w.Ctx(), w.City, "", modeltest.Reason)),
		} {
			if want := map[bool]survey.Kind{true: survey.Invalid, false: survey.NotFound}[name == "no reason"]; survey.KindOf(err) != want {
				t.Errorf("%s: %v", name, err)
			}
		}
		next, err := w.Store.ReplacePoster(w.Ctx(), w.Community, w.Poster.Code, modeltest.Reason)
		w.Must(err)
		if next.Code == w.Poster.Code || next.Building.ID != w.Poster.Building || next.Retired || next.PosterCounts != (survey.PosterCounts{}) {
			t.Errorf("the new one is %+v", next)
		}
		list := places(w, w.Project.ID)
		old := at(t, list, w.Poster.Code)
		if !old.Retired || old.Successor != next.Code || old.Answers != 1 {
			t.Errorf("the old one is %+v", old)
		}
		if list[0].Code != next.Code || list[1].Code != old.Code {
			t.Error("the old one does not stand after the new one")
		}
		campaign, same, err := w.Store.PosterPlace(w.Ctx(), w.Community.Scope, old.Code)
		w.Must(err)
		if diff := cmp.Diff(old, same); diff != "" || campaign.ID != w.Campaign.ID || campaign.Name != w.Campaign.Name {
			t.Errorf("by its code (-listed +alone):\n%s", diff)
		}
		_, _, err = w.Store.PosterPlace(w.Ctx(), w.OtherCommunity.Scope, old.Code)
		wantKind(t, err, survey.NotFound)
		_, err = w.Store.ReplacePoster(w.Ctx(), w.Community, old.Code, modeltest.Reason)
		wantKey(t, err, "error.poster.retired_already")
		wantKey(t, w.Store.RetirePoster(w.Ctx(), w.Community, old.Code, modeltest.Reason), "error.poster.retired_already")
		for name, store := range map[string]interface {
			Poster(ctx context.Context, code string) (survey.Poster, error)
		}{"this": w.Store, "the other": other} {
			p, err := store.Poster(w.Ctx(), old.Code)
			w.Must(err)
			if (name == "this") != p.Retired || p.Retired && p.MovedTo != "1号楼" {
				t.Errorf("%s instance at once: retired %t, moved to %q", name, p.Retired, p.MovedTo)
			}
		}
		w.Clock.Add(2 * time.Second)
		if p, err := other.Poster(w.Ctx(), old.Code); err != nil || !p.Retired || p.MovedTo != "1号楼" {
			t.Errorf("the other instance two seconds later: retired %t, moved to %q, %v", p.Retired, p.MovedTo, err)
		}
		if got := eventsOf(w, "poster.replaced"); got != 1 {
			t.Errorf("%d events", got)
		}
		w.Clean()
	})
}

func errorOf(_ survey.PosterPlace, err error) error { return err }

// eventsOf is how many events there are of an action.
func eventsOf(w *modeltest.World, action string) int64 {
	w.T.Helper()
	return number(w.T, w.SQL(), "SELECT COUNT(*) FROM events WHERE action = ?", action)
}

// The last poster of a project is replaced and not just taken away; of two who
// take away the last two at once, one is refused.
func TestRetirePoster(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		list := places(w, w.Project.ID)
		w.Must(w.Store.RetirePoster(w.Ctx(), w.Community, list[0].Code, modeltest.Reason))
		w.Must(w.Store.RetirePoster(w.Ctx(), w.Community, list[2].Code, modeltest.Reason))
		p, err := w.Store.Poster(w.Ctx(), list[0].Code)
		w.Must(err)
		if !p.Retired || p.MovedTo != "2号楼" {
			t.Errorf("retired %t, moved to %q", p.Retired, p.MovedTo)
		}
		var wait sync.WaitGroup
		errs := make([]error, 2)
		for i, code := range []string{list[1].Code, list[3].Code} {
			wait.Go(func() { errs[i] = w.Store.RetirePoster(w.Ctx(), w.Community, code, modeltest.Reason) })
		}
		wait.Wait()
		if errs[0] != nil {
			errs[0], errs[1] = errs[1], errs[0]
		}
		if errs[0] != nil || survey.KeyOf(errs[1]) != "error.poster.last" {
			t.Errorf("the last two at once: %v", errs)
		}
		if n := eventsOf(w, "poster.retired"); n != 3 {
			t.Errorf("%d events", n)
		}
		w.Clean()
	})
}

// Two who replace the same poster at once, on two instances, make one new one.
func TestReplaceAtOnce(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		other := w.Again()
		var wait sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			store := w.Store
			if i%2 == 1 {
				store = other
			}
			wait.Go(func() { _, errs[i] = store.ReplacePoster(w.Ctx(), w.Community, w.Poster.Code, modeltest.Reason) })
		}
		wait.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
				continue
			}
			wantKey(t, err, "error.poster.retired_already")
		}
		if n := len(places(w, w.Project.ID)); won != 1 || n != 5 {
			t.Errorf("%d replaced it, %d posters; want 1 and 5", won, n)
		}
		w.Clean()
	})
}

// Posters change while their campaign runs.
func TestPostersChangeInARunningCampaign(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		change := func(campaign survey.ID) error {
			_, err := w.Store.AddPosters(w.Ctx(), w.District, campaign, w.Project.ID,
				[]survey.NewPoster{{Building: w.Project.Buildings[0].ID, Place: "东门"}})
			return err
		}
		wantKey(t, change(w.Draft(nil).ID), "error.poster.not_running")
		w.Must(change(w.Campaign.ID))
		for _, end := range []func(){w.CloseCampaign, w.SealCampaign} {
			end()
			wantKey(t, change(w.Campaign.ID), "error.poster.not_running")
			_, err := w.Store.ReplacePoster(w.Ctx(), w.District, w.Poster.Code, modeltest.Reason)
			wantKey(t, err, "error.poster.not_running")
			wantKey(t, w.Store.RetirePoster(w.Ctx(), w.District, w.Poster.Code, modeltest.Reason), "error.poster.not_running")
		}
		w.Clean()
	})
}

// Printing is noted for what is in scope, with one event for all of them.
func TestMarkPrinted(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		list := places(w, w.Project.ID)
		w.Must(w.Store.RetirePoster(w.Ctx(), w.Community, list[1].Code, modeltest.Reason))
		foreign := places(w, w.Sibling.ID)[0]
		codes := []string{list[0].Code, list[1].Code, foreign.Code, "00000000", list[0].Code}
		w.Clock.Add(time.Hour)
		w.Must(w.Store.MarkPrinted(w.Ctx(), w.Community, w.Campaign.ID, codes))
		again := places(w, w.Project.ID)
		if got := at(t, again, list[0].Code).Printed; !got.Equal(w.Clock.Now()) {
			t.Errorf("printed at %v, want %v", got, w.Clock.Now())
		}
		for _, p := range append(again, places(w, w.Sibling.ID)...) {
			if p.Code != list[0].Code && !p.Printed.IsZero() {
				t.Errorf("%s of %s is marked as printed", p.Name(), p.Project.Name)
			}
		}
		w.Must(w.Store.MarkPrinted(w.Ctx(), w.Community, w.Campaign.ID, []string{foreign.Code}))
		w.Must(w.Store.MarkPrinted(w.Ctx(), w.Community, w.Campaign.ID, nil))
		wantKind(t, w.Store.MarkPrinted(w.Ctx(), w.Stranger, w.Campaign.ID, codes), survey.NotFound)
		if n := number(t, w.SQL(), `SELECT COUNT(*) FROM events WHERE action = 'poster.printed' AND detail LIKE '%"count":1%'`); n != 1 || eventsOf(w, "poster.printed") != 1 {
			t.Errorf("%d events of one poster, %d in all", n, eventsOf(w, "poster.printed"))
		}
	})
}

// Printing and hanging up more lets go of nothing that is kept of posters; a
// retirement does.
func TestPrintingIsNoNews(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		phone := func(want, when string) {
			t.Helper()
			p, err := w.Store.Poster(w.Ctx(), w.Poster.Code)
			w.Must(err)
			if p.Project.Phone != want {
				t.Errorf("%s the poster says %q, want %q", when, p.Project.Phone, want)
			}
		}
		before := w.Poster.Project.Phone
		phone(before, "at first")
		exec(t, w.SQL(), "UPDATE projects SET phone = '010-22222222'") // leaves no event
		w.Must(w.Store.MarkPrinted(w.Ctx(), w.Community, w.Campaign.ID, []string{w.Poster.Code}))
		_, err := w.Store.AddPosters(w.Ctx(), w.Community, w.Campaign.ID, w.Project.ID,
			[]survey.NewPoster{{Building: w.Project.Buildings[1].ID, Place: "东门"}})
		w.Must(err)
		w.Clock.Add(2 * time.Second)
		phone(before, "after printing")
		w.Must(w.Store.RetirePoster(w.Ctx(), w.Community, places(w, w.Project.ID)[3].Code, modeltest.Reason))
		phone("010-22222222", "after a retirement")
	})
}
