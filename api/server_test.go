package api_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/go-cmp/cmp"

	"meihao/api"
	"meihao/api/health"
	"meihao/api/lang"
	"meihao/api/page"
	"meihao/static"
)

// panics is a group of handlers with one that breaks.
type panics struct{}

func (panics) Routes(r gin.IRouter) {
	r.GET("/panic/:code", func(*gin.Context) { panic("something private") })
}

type none struct{}

func (none) Routes(gin.IRouter) {}

func server(t *testing.T, log *strings.Builder, ready error) http.Handler {
	t.Helper()
	return handler(t, log, api.Options{Ready: func(context.Context) error { return ready }})
}

func measured(t *testing.T, by func(string, string, int, time.Duration)) http.Handler {
	t.Helper()
	return handler(t, &strings.Builder{}, api.Options{Measure: by})
}

func handler(t *testing.T, log *strings.Builder, o api.Options) http.Handler {
	t.Helper()
	catalogs, err := lang.Load(static.Lang)
	if err != nil {
		t.Fatal(err)
	}
	assets, err := page.LoadAssets(static.Assets)
	if err != nil {
		t.Fatal(err)
	}
	logger := slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	pages, err := page.Load(static.Pages, catalogs, assets, logger)
	if err != nil {
		t.Fatal(err)
	}
	o.Resident, o.Systems, o.Pages, o.Assets, o.Log, o.HTTPS = panics{}, none{}, pages, assets, logger, true
	h, err := api.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func get(h http.Handler, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	var log strings.Builder
	h := server(t, &log, nil)
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/nowhere": 404, "/admin/nowhere": 404, "/api/v1/nowhere": 404, "/assets/missing.css": 404, "/panic/7KQ4M2XD": 500} {
		w := get(h, path)
		if w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
		for _, name := range []string{"Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "X-Request-Id", "Strict-Transport-Security"} {
			if w.Header().Get(name) == "" {
				t.Errorf("%s has no %s", path, name)
			}
		}
		if strings.Contains(w.Body.String(), "something private") {
			t.Errorf("%s tells what broke", path)
		}
	}
	if got := get(h, "/api/v1/nowhere").Header().Get("Content-Type"); !strings.HasPrefix(got, "application/json") {
		t.Errorf("an unknown address of the API is %s", got)
	}
	if strings.Contains(log.String(), "7KQ4M2XD") {
		t.Errorf("a code stands in the log:\n%s", log.String())
	}
}

// Strangers are told the reason in one word, and never a fault's own text.
func TestNotReadyIsSaid(t *testing.T) {
	for want, problem := range map[string]error{
		"ready\n": nil, "not ready\n": errors.New("the database is gone"), "not ready: disk\n": health.Disk,
		"not ready: database\n": fmt.Errorf("more than a word: %w", health.Database),
	} {
		var log strings.Builder
		h := server(t, &log, problem)
		status := http.StatusOK
		if problem != nil {
			status = http.StatusServiceUnavailable
		}
		if w := get(h, "/readyz"); w.Code != status || w.Body.String() != want || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%v: %d %q", problem, w.Code, w.Body)
		}
		if w := get(h, "/healthz"); w.Code != http.StatusOK || w.Body.String() != "ok\n" {
			t.Errorf("a server that is not ready lives: %d %q", w.Code, w.Body)
		}
	}
}

// A measurement knows the template of a route and what became of the request,
// also where the handler broke.
func TestRequestsAreMeasuredByRoute(t *testing.T) {
	var got []string
	h := measured(t, func(method, route string, status int, took time.Duration) {
		got = append(got, fmt.Sprint(method, " ", route, " ", status))
		if took <= 0 {
			t.Errorf("%s took %v", route, took)
		}
	})
	get(h, "/healthz")
	get(h, "/panic/7KQ4M2XD")
	get(h, "/nowhere/7KQ4M2XD")
	if diff := cmp.Diff([]string{"GET /healthz 200", "GET /panic/:code 500", "GET  404"}, got); diff != "" {
		t.Error(diff)
	}
}

// gin reuses its contexts for other requests, and database/sql looks at the
// one it got even after the query: the store must get the request's own.
func TestStoreGetsTheRequestsContext(t *testing.T) {
	wrong := regexp.MustCompile(`\b(Store|Desk|accounts|manager)\.\w+\(c[,)]|With(Timeout|Cancel|Value)\(c,`)
	err := filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, found := range wrong.FindAllString(string(text), -1) {
			t.Errorf("%s hands gin's context on: %s", path, found)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
