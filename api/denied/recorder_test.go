package denied_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/denied"
	"meihao/api/lang"
	"meihao/api/page"
	"meihao/static"
	"meihao/survey"
)

// kept is a store of refusals that can fail.
type kept struct {
	list []survey.Refusal
	err  error
}

func (k *kept) Refuse(_ context.Context, _ survey.Actor, r survey.Refusal) error {
	k.list = append(k.list, r)
	return k.err
}

// What is recorded of a request, and of which: a refused change of somebody we
// know, with the route's pattern, ids and nothing that was typed. A record that
// cannot be kept changes no answer, and goes to the log.
func TestWatch(t *testing.T) {
	gin.SetMode(gin.TestMode)
	catalogs, err := lang.Load(static.Lang)
	if err != nil {
		t.Fatal(err)
	}
	assets, err := page.LoadAssets(static.Assets)
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	pages, err := page.Load(static.Pages, catalogs, assets, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	store, now := &kept{}, time.Date(2026, 9, 20, 15, 4, 0, 0, time.UTC)
	recorder := &denied.Recorder{Store: store, Pages: pages, Now: func() time.Time { return now }, Most: 3}
	who := survey.Actor{Account: 7}
	engine := gin.New()
	engine.Use(recorder.Watch(func(*gin.Context) survey.Actor { return who }))
	fail := func(kind survey.Kind) gin.HandlerFunc {
		return func(c *gin.Context) { pages.Fail(c, survey.Fail(kind, "error.forbidden")) }
	}
	for path, kind := range map[string]survey.Kind{
		"/api/a/:project": survey.Forbidden, "/api/b/:project": survey.Conflict, "/api/c": survey.Invalid, "/api/d": survey.Internal,
	} {
		engine.Handle(http.MethodPost, path, fail(kind))
		engine.Handle(http.MethodGet, path, fail(kind))
	}
	ask := func(method, path string) int {
		w := httptest.NewRecorder()
		engine.ServeHTTP(w, httptest.NewRequest(method, path, http.NoBody))
		return w.Code
	}
	id := survey.ID(123456789)
	ask(http.MethodPost, "/api/a/"+id.String())
	ask(http.MethodGet, "/api/a/"+id.String())
	ask(http.MethodPost, "/api/c")
	ask(http.MethodPost, "/api/d")
	want := survey.Refusal{Route: "POST /api/a/:project", Object: "project " + id.String(), Why: survey.Forbidden, Key: "error.forbidden"}
	if len(store.list) != 1 || store.list[0] != want {
		t.Fatalf("recorded %+v, want %+v alone", store.list, want)
	}
	log.Reset()
	store.err = errors.New("the disk is full")
	if status := ask(http.MethodPost, "/api/b/someone"); status != http.StatusConflict || store.list[1].Object != "project" {
		t.Errorf("a record that fails: %d, %+v", status, store.list[1])
	}
	if said := log.String(); !strings.Contains(said, "refusal not recorded") || strings.Contains(said, "someone") {
		t.Errorf("the log says %s", said)
	}
	for range 5 {
		ask(http.MethodPost, "/api/b/1")
	}
	if n := len(store.list); n != 3 || !store.list[2].Last || store.list[1].Last {
		t.Errorf("%d records of one account in an hour, want 3, the last one marked", n)
	}
	now = now.Add(time.Hour)
	ask(http.MethodPost, "/api/b/1")
	who = survey.Actor{}
	ask(http.MethodPost, "/api/b/1")
	if n := len(store.list); n != 4 {
		t.Errorf("%d records, want one more in the next hour and none of nobody", n)
	}
	none := gin.New()
	none.POST("/api/a", (*denied.Recorder)(nil).Watch(func(*gin.Context) survey.Actor { return who }), fail(survey.Forbidden))
	w := httptest.NewRecorder()
	none.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/api/a", http.NoBody))
	if w.Code != http.StatusForbidden {
		t.Errorf("without a recorder: %d", w.Code)
	}
}
