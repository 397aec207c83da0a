package model_test

import (
	"testing"
	"time"

	"meihao/model/modeltest"
	"meihao/survey"
)

// Opens of several instances add up, and of the time only the last day stays.
func TestAddOpens(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		other := w.Again()
		second := w.PosterOf(w.Campaign, w.Project.Buildings[1])
		beijing := time.FixedZone("", 8*60*60)
		late, early := time.Date(2026, 9, 3, 23, 59, 0, 0, beijing), time.Date(2026, 9, 2, 0, 1, 0, 0, beijing)
		w.Must(w.Store.AddOpens(w.Ctx(), map[string]int64{w.Poster.Code: 3, "00000000": 7}, late))
		w.Must(other.AddOpens(w.Ctx(), map[string]int64{w.Poster.Code: 2, second.Code: 1}, early))
		w.Must(w.Store.AddOpens(w.Ctx(), nil, late))
		w.Saved(w.Answer(1))
		list := places(w, w.Project.ID)
		want := survey.PosterCounts{Opens: 5, Answers: 1, LastOpened: time.Date(2026, 9, 3, 0, 0, 0, 0, beijing)}
		if got := at(t, list, w.Poster.Code).PosterCounts; got.Opens != want.Opens || got.Answers != want.Answers || !got.LastOpened.Equal(want.LastOpened) {
			t.Errorf("%+v, want %+v", got, want)
		}
		if got := at(t, list, second.Code).PosterCounts; got.Opens != 1 || !got.LastOpened.Equal(time.Date(2026, 9, 2, 0, 0, 0, 0, beijing)) {
			t.Errorf("the other one: %+v", got)
		}
		if got := list[2].PosterCounts; got != (survey.PosterCounts{}) {
			t.Errorf("one that nobody opened: %+v", got)
		}
		if n := number(t, w.SQL(), "SELECT COUNT(*) FROM poster_counts"); n != 2 {
			t.Errorf("%d rows, want 2: an unknown code is passed over", n)
		}
		w.Clean()
	})
}

// Many posters are several statements and still one transaction.
func TestAddManyOpens(t *testing.T) {
	for _, e := range modeltest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			l := modeltest.NewLargeOn(t, e, 160)
			opens := map[string]int64{}
			list, err := l.Store.Posters(l.Ctx(), survey.CityScope(), l.Campaign.ID)
			l.Must(err)
			for _, p := range list {
				opens[p.Code] = 2
			}
			if len(opens) < 300 {
				t.Fatalf("%d posters are too few", len(opens))
			}
			for range 2 {
				l.Must(l.Store.AddOpens(l.Ctx(), opens, l.Clock.Now()))
			}
			if n := number(t, l.SQL(), "SELECT SUM(opens) FROM poster_counts WHERE opens = 4"); n != 4*int64(len(opens)) {
				t.Errorf("%d opens of %d posters", n, len(opens))
			}
			exec(t, l.SQL(), "ALTER TABLE poster_counts RENAME TO away")
			if err := l.Store.AddOpens(l.Ctx(), opens, l.Clock.Now()); err == nil {
				t.Error("opens were written to nowhere")
			}
		})
	}
}

// Verify knows what posters cannot have.
func TestVerifyFindsImpossiblePosters(t *testing.T) {
	for _, c := range []struct{ name, change, want string }{
		{"more answers than responses", "UPDATE poster_counts SET answers = 3", "its posters count 3 answers, there are 2 responses"},
		{"fewer answers", "UPDATE poster_counts SET answers = 1", ""},
		{"no counts", "DELETE FROM poster_counts", ""},
		{"counts of nothing", "INSERT INTO poster_counts (code, opens, answers, last_opened) VALUES ('00000000', 1, 0, 20260901)", "1 rows count the use of posters that do not exist"},
		{"a day without opens", "UPDATE poster_counts SET last_opened = 20260901", "a poster of unit 0 counts 0 opens, the last on 20260901, and 2 answers"},
		{"a successor in use", "UPDATE posters SET successor = '00000000'", "a poster in use has a successor"},
		{"an unknown successor", "UPDATE posters SET successor = '00000000', retired = 1", "the successor of a poster is none of its posters"},
		{"its own successor", "UPDATE posters SET successor = code, retired = 1", "the successor of a poster is none of its posters"},
	} {
		t.Run(c.name, func(t *testing.T) {
			modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
				w.Save(w.Answer(1), w.Answer(2))
				w.Clean()
				exec(t, w.SQL(), c.change)
				findings, err := w.Store.Verify(w.Ctx(), 0)
				w.Must(err)
				found := c.want == "" && len(findings) == 0
				for _, f := range findings {
					found = found || f.What == c.want
				}
				if !found {
					t.Errorf("found %v, want %q", findings, c.want)
				}
			})
		})
	}
}
