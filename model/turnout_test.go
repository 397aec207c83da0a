package model_test

import (
	"testing"
	"time"

	"meihao/model/modeltest"
	"meihao/survey"
)

// The days of all projects in scope are the sums of each one's, and what lies
// outside adds nothing.
func TestTurnoutByDay(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		neighbour := w.PosterOf(w.Campaign, w.Neighbour.Buildings[0])
		for i := range 5 {
			w.Saved(w.Answer(i))
			w.Saved(w.AnswerAt(neighbour, i))
		}
		w.Clock.Add(24 * time.Hour)
		w.Saved(w.Answer(7))
		ids := []survey.ID{w.Project.ID, w.Neighbour.ID, w.Sibling.ID}
		for _, a := range []survey.Actor{w.City, w.District, w.Community, w.OtherCommunity} {
			want := map[int64]int64{}
			apart, err := w.Store.TurnoutDays(w.Ctx(), a.Scope, w.Campaign.ID, ids, time.Time{})
			w.Must(err)
			for _, days := range apart {
				for _, d := range days {
					want[d.Day.Unix()] += d.Responses
				}
			}
			got, err := w.Store.TurnoutByDay(w.Ctx(), a.Scope, w.Campaign.ID)
			w.Must(err)
			if len(got) != len(want) || len(got) == 0 {
				t.Errorf("%s sees %v, apart %v", a.Username, got, apart)
			}
			for i, d := range got {
				if d.Responses != want[d.Day.Unix()] || i > 0 && !got[i-1].Day.Before(d.Day) {
					t.Errorf("%s sees %v, apart %v", a.Username, got, apart)
				}
			}
		}
		_, err := w.Store.TurnoutByDay(w.Ctx(), w.Stranger.Scope, w.Campaign.ID)
		wantKind(t, err, survey.NotFound)
	})
}
