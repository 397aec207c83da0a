package main

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"

	"meihao/api/lang"
	"meihao/api/page"
	"meihao/api/resident"
	"meihao/static"
)

// newAway is a server whose every page is the one of a form that came while the
// database could not be read: no statement of a test brings that about. What
// the page needs besides comes from a server that can.
func newAway(t *testing.T, s *server) (address string) {
	t.Helper()
	catalogs, err := lang.Load(static.Lang)
	if err != nil {
		t.Fatal(err)
	}
	assets, err := page.LoadAssets(static.Assets)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := page.Load(static.Pages, catalogs, assets, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	target, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/assets/", httputil.NewSingleHostReverseProxy(target))
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		language := map[bool]string{true: "en", false: "zh"}[r.FormValue("lang") == "en"]
		view := resident.RetryView{Message: catalogs.Text(language, "error.unavailable", nil), Action: "/",
			Fields: []resident.RetryField{{Name: "Q1", Value: "4"}}}
		view.Title, view.Path = catalogs.Text(language, "resident.retry.heading", nil), "/"
		body, err := pages.Render(language, "resident/retry", view)
		if err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = w.Write(body) // a phone that has gone reads nothing
	})
	front := httptest.NewServer(mux)
	t.Cleanup(front.Close)
	return front.URL
}
