package model_test

import (
	"testing"
	"time"

	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/roster"
)

// What the register says is on the posters of every instance within two
// seconds. A sign-in is no reason to read all of them again.
func TestPostersFollowTheRegister(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		other := w.Again()
		phone := func(want, when string) {
			t.Helper()
			p, err := other.Poster(w.Ctx(), w.Poster.Code)
			w.Must(err)
			if p.Project.Phone != want {
				t.Errorf("%s the poster says %q, want %q", when, p.Project.Phone, want)
			}
		}
		before := w.Poster.Project.Phone
		phone(before, "at first")
		rows := modeltest.Rows()
		for i := range rows {
			rows[i].Phone = "010-11111111"
		}
		_, err := w.Store.ImportProjects(w.Ctx(), w.City, roster.File{Rows: rows}, roster.Apply{Apply: true})
		w.Must(err)
		phone(before, "at once")
		w.Clock.Add(2 * time.Second)
		phone("010-11111111", "after an import")

		exec(t, w.SQL(), "UPDATE projects SET phone = '010-22222222'") // leaves no event
		w.Must(w.Store.SignedIn(w.Ctx(), w.District.Account))
		w.Clock.Add(2 * time.Second)
		phone("010-11111111", "after a sign-in")
		w.Clock.Add(10 * time.Minute)
		phone("010-22222222", "ten minutes later")

		exec(t, w.SQL(), "UPDATE projects SET phone = '010-33333333'")
		exec(t, w.SQL(), "DROP TRIGGER events_never_change")
		exec(t, w.SQL(), "UPDATE events SET hash = 'of another database'")
		w.Clock.Add(2 * time.Second)
		phone("010-33333333", "in a restored database")
	})
}

// A poster that nobody knows is not remembered, and one whose campaign was
// changed is never older than the change on the instance that made it.
func TestPosterIsReadAfterAChange(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		w.CloseCampaign()
		p, err := w.Store.Poster(w.Ctx(), w.Poster.Code)
		w.Must(err)
		if p.Campaign.Stage != survey.ClosedStage || p.Key == nil {
			t.Errorf("at once after closing the poster's campaign is %s", p.Campaign.Stage)
		}
		w.SealCampaign()
		if p, err = w.Store.Poster(w.Ctx(), w.Poster.Code); err != nil || p.Key != nil {
			t.Errorf("the poster of a sealed campaign has its key still: %v", err)
		}
	})
}
