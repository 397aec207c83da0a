package main

import (
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// What UX.md "Staff pages" asks of a wall at 1920 × 1080, in pixels.
const (
	leastFigure   = 64
	leastWallText = 28
)

// wallViews are the pages on which walls and tokens are made and revoked.
func (st *stage) wallViews() []view {
	make := func(p *tab) {
		p.fill("#name", "区政务大厅一层")
		p.send()
	}
	wrong := func(p *tab) {
		p.eval(element("main form")+".noValidate = true", nil)
		p.send()
	}
	revoke := func(p *tab) { p.eval(element(`main a[href$="/revoke"]`)+".click()", nil); p.arrives("/revoke") }
	return []view{
		{name: "tokens", path: "/admin/tokens"},
		{name: "token-new", path: "/admin/tokens/new"}, {name: "token-new-wrong", path: "/admin/tokens/new", then: wrong},
		{name: "token-made", path: "/admin/tokens/new", then: make}, {name: "token-revoke", path: "/admin/tokens", then: revoke},
		{name: "walls-none", path: "/admin/walls"},
		{name: "wall-new", path: "/admin/walls/new"}, {name: "wall-new-wrong", path: "/admin/walls/new", then: wrong},
		{name: "wall-made", path: "/admin/walls/new", then: make},
		{name: "walls", path: "/admin/walls"}, {name: "wall-revoke", path: "/admin/walls", then: revoke},
	}
}

var madeSecret = regexp.MustCompile(`id="secret"[^>]*>([^<]+)<`)

// makeWall makes a wall of a campaign and returns its address.
func (s *staff) makeWall(t *testing.T, campaign string, form url.Values) string {
	t.Helper()
	page := s.get(t, "/admin/walls/new").Body
	form.Set("campaign", campaign)
	form.Set("name", "大厅")
	form.Set("scope", "district:"+between(page, `value="district:`, `"`))
	r := s.post(t, "/admin/walls/new", form)
	found := madeSecret.FindStringSubmatch(r.Body)
	if r.Status != http.StatusOK || found == nil {
		t.Fatalf("making a wall: %d\n%.800s", r.Status, r.Body)
	}
	return html.UnescapeString(found[1])
}

// measured is what a browser finds on a wall.
type measured struct {
	Figure, Text float64  // the smallest font of a key figure and of any text, in pixels
	Wide, High   bool     // it would have to be scrolled
	Cut          []string // what does not fit into its card
}

const measureWall = `(function () {
  var m = {Figure: 1e9, Text: 1e9, Cut: []};
  Array.from(document.querySelectorAll("body *")).forEach(function (e) {
    var own = Array.from(e.childNodes).some(function (n) { return n.nodeType === 3 && n.textContent.trim(); });
    if (!own || !e.getClientRects().length || e.closest("svg")) { return; }
    var size = parseFloat(getComputedStyle(e).fontSize);
    m.Text = Math.min(m.Text, size);
    if (e.classList.contains("figure")) { m.Figure = Math.min(m.Figure, size); }
    var card = e.closest(".card"), box = e.getBoundingClientRect(), around = (card || document.body).getBoundingClientRect();
    if ((box.bottom > around.bottom + 1 || box.right > around.right + 1 || box.left < around.left - 1)) { m.Cut.push(e.textContent.trim()); }
  });
  m.Wide = document.documentElement.scrollWidth > window.innerWidth;
  m.High = document.documentElement.scrollHeight > window.innerHeight;
  return JSON.stringify(m);
})()`

// A wall in a real browser: figures of 64 px and text of 28 px on a screen of
// 1920 × 1080, nothing to scroll and nothing cut off there, on smaller and on
// larger screens of that shape, in both languages; a phone scrolls down only.
// MEIHAO_SCREENS keeps the pictures.
func TestWallInTheBrowser(t *testing.T) {
	sqliteOnly(t, "what a browser shows of it is the same")
	chrome := browser(t)
	s, demo := serveDemo(t)
	office := s.signIn(t, demo.AdminUser, demo.AdminPassword)
	published := between(office.get(t, "/admin/results?show=published").Body, `/admin/results/`, `/`)
	walls := map[string]string{
		"turnout": office.makeWall(t, demo.Campaign, url.Values{"code": {"1"}}),
		"figures": office.makeWall(t, demo.Campaign, url.Values{"code": {"1"}, "figures": {"1"}}),
		"alone":   office.makeWall(t, demo.Campaign, url.Values{"figures": {"1"}}),
		"results": office.makeWall(t, published, url.Values{}),
	}
	lobby := size{"1920x1080", 1920, 1080, false}
	p := newTab(t, chrome, lobby)
	for name, address := range walls {
		for _, language := range []string{"zh", "en"} {
			for _, screen := range []size{lobby, {"1280x720", 1280, 720, false}, {"3840x2160", 3840, 2160, false}, phone} {
				p.resize(screen)
				p.open(address + "?lang=" + language)
				p.checkWall(t, name+" "+language+" "+screen.name, screen)
				if folder := os.Getenv("MEIHAO_SCREENS"); folder != "" {
					if err := os.WriteFile(filepath.Join(folder, "wall-"+name+"-"+language+"-"+screen.name+".png"), p.picture(), 0o600); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
	p.resize(lobby)
	p.open(walls["figures"])
	p.wallGoesOn(office)
}

func (p *tab) checkWall(t *testing.T, what string, screen size) {
	t.Helper()
	var text string
	p.do(chromedp.Evaluate(measureWall, &text))
	var m measured
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		t.Fatal(err)
	}
	scale := float64(screen.width) / 1920
	switch {
	case m.Wide || m.High && !screen.phone || len(m.Cut) > 0:
		t.Errorf("%s: wider %v, higher %v, cut off %q", what, m.Wide, m.High, m.Cut)
	case !screen.phone && (m.Figure < leastFigure*scale-0.01 || m.Text < leastWallText*scale-0.01):
		t.Errorf("%s: figures of %.1f px, text of %.1f px", what, m.Figure, m.Text)
	case screen.phone && m.Text < 16:
		t.Errorf("%s: text of %.1f px", what, m.Text)
	}
	if found := catalogKey.FindString(p.text()); found != "" {
		t.Errorf("%s shows the key %q", what, found)
	}
}

// wallGoesOn: the open page takes over what is new by itself, says so when the
// server is away, and ends with its address.
func (p *tab) wallGoesOn(office *staff) {
	p.t.Helper()
	p.eval(`document.getElementById("asof").textContent = "old"`, nil)
	p.eval(`window.dispatchEvent(new Event("online"))`, nil)
	p.do(chromedp.Poll(`document.getElementById("asof").textContent !== "old"`, nil))
	p.eval(`window.fetch = function () { return Promise.reject(new Error("away")); }`, nil)
	p.eval(`window.dispatchEvent(new Event("online"))`, nil)
	p.do(chromedp.Poll(`!document.getElementById("stale").hidden`, nil))
	if said := p.value(`document.getElementById("stale").textContent`); !strings.Contains(said, "连不上服务器") {
		p.t.Errorf("without its server the wall says %q", said)
	}
	list := office.get(p.t, "/admin/walls").Body
	if strings.Contains(list, "mw_") {
		p.t.Error("the list shows an address again")
	}
	for _, found := range revokePath.FindAllStringSubmatch(list, -1) {
		office.get(p.t, "/admin/walls/"+found[1]+"/revoke")
		if r := office.post(p.t, "/admin/walls/"+found[1]+"/revoke", url.Values{}); r.Status != http.StatusSeeOther {
			p.t.Fatalf("revoking: %d", r.Status)
		}
	}
	p.do(chromedp.Reload())
	p.reads("已经不能用了", "区住建部门")
}

var revokePath = regexp.MustCompile(`href="/admin/walls/(\w{9})/revoke"`)
