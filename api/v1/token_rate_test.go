package v1_test

import (
	"net/http"
	"testing"
	"time"

	"meihao/api/limit"
	"meihao/api/v1"
	"meihao/model/modeltest"
)

// A token in a loop is told when to come again, as it is described; other
// tokens, what changes something and the description itself go on.
func TestATokenReadsSoOftenAndNotMore(t *testing.T) {
	w := modeltest.New(t)
	s := siteOf(t, w, func(h *v1.Handlers) {
		h.Reads = limit.NewCounter(limit.Rate{Most: 3, Within: time.Minute}, w.Clock.Now)
	})
	token, other := s.token(s.City), s.token(s.District)
	for range 3 {
		s.call(token, http.MethodGet, "/api/v1/campaigns", "").is(http.StatusOK)
	}
	a := s.call(token, http.MethodGet, s.campaign("standings"), "").fails(http.StatusTooManyRequests, "busy")
	if a.header.Get("Retry-After") != "20" || a.header.Get("Cache-Control") != "no-store" {
		t.Errorf("Retry-After %q, Cache-Control %q", a.header.Get("Retry-After"), a.header.Get("Cache-Control"))
	}
	readSchemas(t).check(t, a, http.MethodGet, "/api/v1/campaigns/{id}/standings")
	s.call(token, http.MethodGet, "/api/v1/campaigns?lang=en", "").is(http.StatusTooManyRequests, "This token")
	s.call(other, http.MethodGet, "/api/v1/campaigns", "").is(http.StatusOK)
	s.call(token, http.MethodPost, s.campaign("close"), `{"reason":"按安排办理"}`).is(http.StatusOK)
	s.call("", http.MethodGet, "/api/v1/openapi.json", "").is(http.StatusOK)
	s.Clock.Add(20 * time.Second)
	s.call(token, http.MethodGet, "/api/v1/campaigns", "").is(http.StatusOK)
}
