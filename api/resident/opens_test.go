package resident_test

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"meihao/api/resident"
	"meihao/model/modeltest"
	"meihao/survey"
)

// written is a store of opens that fails while it is away.
type written struct {
	away  bool
	total map[string]int64
}

func (w *written) AddOpens(_ context.Context, opens map[string]int64, _ time.Time) error {
	if w.away {
		return errors.New("away")
	}
	if w.total == nil {
		w.total = map[string]int64{}
	}
	for code, n := range opens {
		w.total[code] += n
	}
	return nil
}

// Each form that is shown to somebody counts, in whatever language and from
// whatever memory, and nothing else does.
func TestOpens(t *testing.T) {
	opens := resident.NewOpens()
	s := siteOf(t, modeltest.New(t), func(h *resident.Handlers) { h.Opens = opens })
	path := "/s/" + s.Poster.Code
	tag := s.get(path).is(http.StatusOK).header.Get("ETag")
	s.get(path).is(http.StatusOK)
	s.get(path, "If-None-Match", tag).is(http.StatusNotModified)
	s.get(path + "?lang=en").is(http.StatusOK)
	s.get("/s/" + strings.ToLower(s.Poster.Code)).is(http.StatusMovedPermanently)
	s.get("/s/AAAAAAAA").is(http.StatusNotFound)
	s.send(httptest.NewRequest(http.MethodHead, path, nil)).is(http.StatusOK)
	s.post(path, with(form(0), "Q1", "9")).is(http.StatusUnprocessableEntity)
	receipt := s.post(path, form(0)).receipt()
	s.get(path + "/done?receipt=" + receipt).is(http.StatusOK)
	store := &written{away: true}
	if err := opens.Save(t.Context(), store, s.Clock.Now()); err == nil {
		t.Error("a store that is away took the counts")
	}
	s.get(path).is(http.StatusOK)
	store.away = false
	for range 2 {
		s.Must(opens.Save(t.Context(), store, s.Clock.Now()))
	}
	if want := (map[string]int64{s.Poster.Code: 5}); !maps.Equal(store.total, want) {
		t.Errorf("written %v, want %v", store.total, want)
	}
	s.CloseCampaign()
	s.Clock.Add(2 * time.Second)
	s.get(path).is(http.StatusForbidden)
	s.Must(opens.Save(t.Context(), store, s.Clock.Now()))
	if n := store.total[s.Poster.Code]; n != 5 {
		t.Errorf("%d opens after closing, want 5: no form was shown", n)
	}
}

// Whoever opens while others are written is not lost.
func TestOpensAtOnce(t *testing.T) {
	opens := resident.NewOpens()
	s := siteOf(t, modeltest.New(t), func(h *resident.Handlers) { h.Opens = opens })
	store := &written{}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 50 {
				s.server.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/s/"+s.Poster.Code, nil))
			}
		})
	}
	for i := range 20 {
		store.away = i%3 == 0
		_ = opens.Save(t.Context(), store, s.Clock.Now()) // what fails is kept
	}
	wait.Wait()
	store.away = false
	s.Must(opens.Save(t.Context(), store, s.Clock.Now()))
	if n := store.total[s.Poster.Code]; n != 400 {
		t.Errorf("%d opens of 400", n)
	}
}

// A poster that was replaced says where the new one hangs and takes nothing
// new; who answered before gets the receipt again.
func TestReplacedPoster(t *testing.T) {
	s := newSite(t)
	path := "/s/" + s.Poster.Code
	s.get(path).is(http.StatusOK)
	receipt := s.post(path, form(0)).receipt()
	other := s.Again()
	added, err := other.AddPosters(s.Ctx(), s.Community, s.Campaign.ID, s.Project.ID,
		[]survey.NewPoster{{Building: s.Project.Buildings[0].ID, Unit: 2, Place: "1号楼2单元大堂"}})
	s.Must(err)
	s.Must(other.RetirePoster(s.Ctx(), s.Community, s.Poster.Code, modeltest.Reason))
	// This instance has not heard of it, but saving has.
	s.post(path, form(1)).is(http.StatusGone, "这张海报已经停用")
	if again := s.post(path, form(0)).receipt(); again != receipt {
		t.Errorf("the same form again got another receipt")
	}
	s.Clock.Add(2 * time.Second)
	s.get(path).is(http.StatusGone, "这张海报已经停用", "新的海报在：1号楼2单元大堂")
	s.post(path, form(1)).is(http.StatusGone, "1号楼2单元大堂")
	if again := s.post(path, form(0)).receipt(); again != receipt {
		t.Errorf("a retry through a retired poster got another receipt")
	}
	s.get(path + "/done?receipt=" + receipt).is(http.StatusOK)
	s.get("/r/" + receipt).is(http.StatusOK)
	s.get("/s/" + added[0].Code).is(http.StatusOK)
	next, err := other.ReplacePoster(s.Ctx(), s.Community, added[0].Code, modeltest.Reason)
	s.Must(err)
	s.Clock.Add(2 * time.Second)
	s.get("/s/"+added[0].Code).is(http.StatusGone, "新的海报在：1号楼2单元大堂")
	s.get("/s/" + next.Code).is(http.StatusOK)
	s.post("/s/"+next.Code, form(1)).receipt()
	if n := s.stored(); n != 2 {
		t.Errorf("%d responses are stored, want 2", n)
	}
	list, err := s.Store.Posters(s.Ctx(), s.Community.Scope, s.Campaign.ID, s.Project.ID)
	s.Must(err)
	for _, p := range list {
		want := map[string]int64{s.Poster.Code: 1, next.Code: 1}[p.Code]
		if p.Answers != want {
			t.Errorf("%s counts %d answers, want %d", p.Name(), p.Answers, want)
		}
	}
	s.Clean()
}
