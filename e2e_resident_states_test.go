package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

// state is one page that a resident may come to see, and how.
type state struct {
	name, path string
	then       func(p *tab) // what is done there to see it; nil for nothing
	proxied    bool         // through the proxy that the test decides about
	besieged   bool         // on the server that has been asked too much
	plain      bool         // without scripts
	whole      bool         // axe in every size and in the dark
	like       bool         // as long as another state and of the same marks: axe not again
	after      func(p *tab) // what is undone
}

// phase is a list of states as they are at one stage of the campaigns.
type phase struct {
	name   string
	before func()
	states []state
}

// Every state of the residents' pages in both languages: no violation of what
// axe knows, no fault of a script, a title and one heading, nothing wider than
// the narrowest phone at any size of type, rows that a thumb hits. With
// MEIHAO_SCREENS=DIR a picture of each in every language, size, light and
// width is left there; MEIHAO_STATES chooses them by a part of their names.
func TestResidentStates(t *testing.T) {
	sqliteOnly(t, "the pages are the same on every engine")
	axe, err := os.ReadFile(need(t, "MEIHAO_AXE", ".ci/web/node_modules/axe-core/axe.min.js", "cd .ci/web && npm ci"))
	if err != nil {
		t.Fatal(err)
	}
	chrome := browser(t)
	stage := newResidentStage(t)
	look := &looker{axe: string(axe), pictures: os.Getenv("MEIHAO_SCREENS")}
	tabs := map[string]*tab{"zh": newTab(t, chrome, phone), "en": newTab(t, chrome, phone)}
	for _, p := range tabs {
		look.listen(p)
	}
	for _, part := range stage.phases() {
		part.before()
		t.Run(part.name, func(t *testing.T) {
			for _, one := range part.states {
				if !strings.Contains(one.name, os.Getenv("MEIHAO_STATES")) {
					continue
				}
				t.Run(one.name, func(t *testing.T) {
					for language, shared := range tabs {
						p := *shared
						p.t = t
						stage.see(&p, look, one, language)
					}
				})
			}
		})
	}
}

// see brings a state about in a browser that knows nothing yet and looks.
func (st *residentStage) see(p *tab, look *looker, one state, language string) {
	p.t.Helper()
	base := st.URL
	switch {
	case one.proxied:
		base = st.proxy.URL
	case one.besieged:
		base = st.besieged.URL
	}
	p.resize(phone)
	p.forget(base)
	if one.plain {
		p.noScript()
		defer p.scripts()
	}
	address := base + one.path
	if language != "zh" {
		address += map[bool]string{true: "&", false: "?"}[strings.Contains(one.path, "?")] + "lang=" + language
	}
	p.open(address)
	if one.then != nil {
		one.then(p)
	}
	look.state(p, one, one.name+"-"+language, language)
	if one.after != nil {
		one.after(p)
	}
}

// forget empties what this browser has kept of a server.
func (p *tab) forget(base string) {
	p.t.Helper()
	p.do(chromedp.Navigate("about:blank"), network.ClearBrowserCookies(), storage.ClearDataForOrigin(base, "local_storage"))
}

// sizes of type as a page says them of itself.
func typeSizes() []string { return []string{"", "l", "xl"} }

// faces are the widths at which the pages are looked at.
func faces() []size {
	return []size{{"320", 320, 640, true}, {"390", 390, 844, true}}
}

// state looks at the page that is there.
func (l *looker) state(p *tab, one state, name, language string) {
	p.t.Helper()
	if want := map[string]string{"zh": "zh-CN", "en": "en"}[language]; p.value("document.documentElement.lang") != want {
		p.t.Errorf("%s is not in %s", name, want)
	}
	if p.value("document.title.trim()") == "" || p.value("document.querySelectorAll('h1').length") != "1" {
		p.t.Errorf("%s has the title %q and %s headings", name, p.value("document.title"), p.value("document.querySelectorAll('h1').length"))
	}
	l.checkWords(p, name)
	was := p.value("document.documentElement.dataset.size || ''")
	for i, letters := range typeSizes() {
		p.typeSize(letters)
		for k, s := range faces() {
			if one.like && i+k != len(typeSizes())-1 && l.pictures == "" { // large letters on a usual phone, the largest on the narrowest
				continue
			}
			p.resize(s)
			p.fits(fmt.Sprintf("%s at %s %s", name, s.name, letters))
			l.keepFaces(p, name, s, letters)
		}
	}
	p.typeSize(was)
	if !one.like && (language == "zh" || one.whole) {
		p.do(chromedp.Evaluate(l.axe, nil))
		l.run(p, name, `{resultTypes: ["violations"]}`)
	}
	if one.whole {
		p.prefers("dark")
		p.typeSize("xl")
		l.run(p, name+" in the dark at xl", `{resultTypes: ["violations"]}`)
		p.prefers("light")
		p.typeSize(was)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, said := range l.faults[p.ctx] {
		p.t.Errorf("%s: %s", name, said)
	}
	delete(l.faults, p.ctx)
}

// typeSize shows the page in a size of type, as the server writes it.
func (p *tab) typeSize(size string) {
	p.t.Helper()
	p.eval(fmt.Sprintf(`((e, s) => { if (s) { e.setAttribute("data-size", s); } else { e.removeAttribute("data-size"); } })(document.documentElement, %q)`, size), nil)
}

// fits: nothing is wider than the screen or cut off at its edge, and what is
// to be touched is large enough.
func (p *tab) fits(name string) {
	p.t.Helper()
	var found []string
	p.eval(`(() => {
		const wide = document.documentElement.clientWidth, found = [];
		const say = (e, what) => found.push(what + ": " + e.outerHTML.slice(0, 120));
		if (document.documentElement.scrollWidth > wide) { found.push("it is " + document.documentElement.scrollWidth + " wide"); }
		for (const e of document.querySelectorAll("body *")) {
			const r = e.getBoundingClientRect();
			if (!r.width || !e.offsetParent || e.closest(".visually-hidden, .skip-link, svg")) { continue; }
			if (r.right > wide + 1 || r.left < -1) { say(e, "at " + Math.round(r.left) + "–" + Math.round(r.right)); }
			if (e.matches("label.choice") && r.height < 60) { say(e, "only " + Math.round(r.height) + " px high"); }
			if (e.matches("main button, main a.button, input[type=text], select") && r.height < (e.matches(".linklike") ? 40 : 44)) { say(e, "only " + Math.round(r.height) + " px high"); }
			if (e.matches(".top a, .top button") && r.height < 40) { say(e, "only " + Math.round(r.height) + " px high"); }
			if (e.matches(".top a, .top button, .top span")) {
				for (const o of document.querySelectorAll(".top a, .top button, .top span")) {
					const q = o.getBoundingClientRect();
					if (o !== e && q.width && r.left < q.right - 1 && q.left < r.right - 1 && r.top < q.bottom - 1 && q.top < r.bottom - 1) { say(e, "under another"); }
				}
			}
			if (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== "visible" && !e.matches("textarea, input, select")) { say(e, "cut off"); }
		}
		return found.slice(0, 5);
	})()`, &found)
	for _, one := range found {
		p.t.Errorf("%s: %s", name, one)
	}
}

// keepFaces leaves pictures in the light and in the dark.
func (l *looker) keepFaces(p *tab, name string, s size, letters string) {
	if l.pictures == "" {
		return
	}
	if letters == "" {
		letters = "m"
	}
	for _, light := range []string{"light", "dark"} {
		p.prefers(light)
		l.keep(p, fmt.Sprintf("%s-%s-%s-%s.png", name, s.name, letters, light))
	}
	p.prefers("light")
}
