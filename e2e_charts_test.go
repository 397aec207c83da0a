package main

import (
	"context"
	"net/http"
	"os"
	"strings"
	"testing"
)

// Where the drawing library was there at build, script draws every figure
// anew under the same content policy, shows the server's words at the keys,
// and leaves the drawn figure to paper. Without script the drawn one stays.
func TestChartsAnswerToKeys(t *testing.T) {
	sqliteOnly(t, "nothing of it is stored")
	if _, err := os.Stat("static/assets/vendor/echarts.min.js"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("no drawing library: bash .ci/vendor says why")
		}
		t.Skip("no drawing library: bash .ci/vendor")
	}
	window := browser(t)
	s, demo := serveDemo(t)
	p := newTab(t, window, size{name: "desk", width: 1440, height: 900})
	l := &looker{}
	l.listen(p)
	p.signIn(s, demo.AdminUser, demo.AdminPassword)
	for path, figures := range map[string]int{"/charts": 3, "/compare": 1} {
		p.open(s.URL + "/admin/campaigns/" + demo.Campaign + path)
		var drawn, canvases int
		p.eval(`document.querySelectorAll(".chart-on").length`, &drawn)
		p.eval(`document.querySelectorAll(".chart-canvas canvas").length`, &canvases)
		if drawn != figures || canvases < figures {
			t.Errorf("%s: %d figures answer to the pointer, with %d canvases, want %d", path, drawn, canvases, figures)
		}
		p.eval(`document.querySelector(".chart-canvas").dispatchEvent(new KeyboardEvent("keydown", {key: "End"}))`, nil)
		said := p.value(`document.querySelector(".chart-host [aria-live]").textContent`)
		last := p.value(`Array.from(document.querySelector(".chart-host svg").querySelectorAll("rect > title")).pop().textContent`)
		if said == "" || said != last {
			t.Errorf("%s: at the last mark %q is said, the drawn figure says %q", path, said, last)
		}
	}
	for _, fault := range l.faultsOf(p.ctx) {
		t.Errorf("the browser complains: %s", fault)
	}
	page := s.signIn(t, demo.AdminUser, demo.AdminPassword).get(t, "/admin/campaigns/"+demo.Campaign+"/charts").Body
	r := s.get(t, "/assets/vendor/"+between(page, `<script src="/assets/vendor/`, `"`))
	if r.Status != http.StatusOK || !strings.Contains(r.Header.Get("Cache-Control"), "immutable") || !strings.Contains(r.Body, "Licensed to the Apache") {
		t.Errorf("the library answers %d %v", r.Status, r.Header)
	}
}

// faultsOf is what a tab complained about.
func (l *looker) faultsOf(ctx context.Context) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.faults[ctx]
}
