package api_test

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"meihao/api"
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
	handler, err := api.New(api.Options{Resident: panics{}, Systems: none{}, Pages: pages, Assets: assets, Log: logger, HTTPS: true,
		Ready: func(context.Context) error { return ready }})
	if err != nil {
		t.Fatal(err)
	}
	return handler
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

func TestNotReadyIsSaid(t *testing.T) {
	var log strings.Builder
	if w := get(server(t, &log, errors.New("the database is gone")), "/readyz"); w.Code != http.StatusServiceUnavailable || strings.Contains(w.Body.String(), "database") {
		t.Errorf("%d %s", w.Code, w.Body)
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
