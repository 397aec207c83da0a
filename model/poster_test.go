package model_test

import (
	"testing"

	"meihao/model/modeltest"
	"meihao/survey"
)

// Posters are counted as they are listed, but for those that were replaced.
func TestPosterCount(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		exec(t, w.SQL(), "UPDATE posters SET retired = 1 WHERE code = ?", w.Poster.Code)
		w.OpenCampaign(w.Draft(nil)) // another one's are not counted
		for _, c := range scopes(w) {
			n, err := w.Store.PosterCount(w.Ctx(), c.scope, w.Campaign.ID)
			list, listErr := w.Store.Posters(w.Ctx(), c.scope, w.Campaign.ID)
			if listErr != nil {
				wantKind(t, err, survey.KindOf(listErr))
				continue
			}
			w.Must(err)
			want := 0
			for _, p := range list {
				if !p.Retired {
					want++
				}
			}
			if n != want {
				t.Errorf("%s: %d posters, want %d", c.name, n, want)
			}
		}
		if n, err := w.Store.PosterCount(w.Ctx(), survey.CityScope(), w.Campaign.ID); err != nil || n != 5 {
			t.Errorf("%d of 6 posters with one replaced: %v", n, err)
		}
	})
}
