package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
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
	besieged   bool         // on the server that answers few guesses
	away       bool         // on the one that cannot read its database
	plain      bool         // without scripts
	whole      bool         // axe in English too, and in the dark at the largest type
	like       bool         // as long as another state and of the same marks: axe not again
	after      func(p *tab) // what is undone
	next       []state      // what the same person comes to see after it
}

// phase is a list of states as they are at one stage of the campaigns.
type phase struct {
	name   string
	alone  bool // one language after the other: what its states change, all see
	before func()
	states []state
}

// Every state of the residents' pages in both languages: no violation of what
// axe knows, no fault of a script, a title and one heading, nothing wider than
// the narrowest phone at the largest type, rows that a thumb hits. With
// MEIHAO_SCREENS=DIR a picture of each in every language, size, light and width
// is left there; MEIHAO_STATES chooses states by a part of their names,
// MEIHAO_FACES pictures by parts of theirs with commas between, such as
// "zh-390-m-light,en-320-l".
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
			for language, shared := range tabs {
				t.Run(language, func(t *testing.T) {
					if !part.alone {
						t.Parallel()
					}
					stage.seeAll(t, shared, look, part.states, language)
				})
			}
		})
	}
}

// seeAll looks at the states of a phase in one language, in one tab.
func (st *residentStage) seeAll(t *testing.T, shared *tab, look *looker, states []state, language string) {
	for _, one := range states {
		if !look.cares(one, language) {
			continue
		}
		t.Run(one.name, func(t *testing.T) {
			p := *shared
			p.t = t
			st.see(&p, look, one, language)
		})
	}
}

// cares says that a state, or one after it, is to be looked at: in English
// those that differ in more than their words, unless pictures are wanted.
func (l *looker) cares(one state, language string) bool {
	if strings.Contains(one.name, os.Getenv("MEIHAO_STATES")) && (language == "zh" || !one.like || l.pictures != "") {
		return true
	}
	return slices.ContainsFunc(one.next, func(later state) bool { return l.cares(later, language) })
}

// see brings a state about in a browser that knows nothing yet and looks, then
// at those that follow from it.
func (st *residentStage) see(p *tab, look *looker, one state, language string) {
	p.t.Helper()
	base := st.baseOf(one)
	if one.plain {
		p.noScript()
		defer p.scripts()
	}
	address := base + one.path
	if language != "zh" {
		address += map[bool]string{true: "&", false: "?"}[strings.Contains(one.path, "?")] + "lang=" + language
	}
	if one.then != nil {
		defer p.forget(base)
	}
	p.open(address)
	for _, now := range append([]state{one}, one.next...) {
		if now.then != nil {
			now.then(p)
		}
		now.next = nil
		if look.cares(now, language) {
			look.state(p, now, now.name+"-"+language, language)
		}
		if now.after != nil {
			now.after(p)
		}
	}
}

// baseOf is the server that shows a state.
func (st *residentStage) baseOf(one state) string {
	switch {
	case one.proxied:
		return st.proxy.URL
	case one.besieged:
		return st.besieged.URL
	case one.away:
		return st.away
	}
	return st.URL
}

// forget empties what this browser has kept of a server.
func (p *tab) forget(base string) {
	p.t.Helper()
	p.do(chromedp.Navigate("about:blank"), network.ClearBrowserCookies(), storage.ClearDataForOrigin(base, "local_storage"))
}

// face is a width and a size of type at which a page is looked at.
type face struct {
	size
	letters string // "", "l" or "xl", as the server writes it
}

// tightFace is the one in which nothing has room.
func tightFace() face { return face{size{"320", 320, 640, true}, "xl"} }

// state looks at the page that is there.
func (l *looker) state(p *tab, one state, name, language string) {
	p.t.Helper()
	l.checkHead(p, name, language)
	l.checkWords(p, name)
	p.fits(name)
	if !one.like && (language == "zh" || one.whole) {
		p.do(chromedp.Evaluate(l.axe, nil))
		l.run(p, name, `{resultTypes: ["violations"]}`)
	}
	was := p.value("document.documentElement.dataset.size || ''")
	p.wears(tightFace())
	p.fits(name + " at 320 xl")
	if one.whole && language == "zh" {
		p.prefers("dark")
		l.run(p, name+" in the dark at 320 xl", `{resultTypes: ["violations"]}`)
		p.prefers("light")
	}
	l.keepFaces(p, name)
	p.wears(face{phone, was})
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, said := range l.faults[p.ctx] {
		p.t.Errorf("%s: %s", name, said)
	}
	delete(l.faults, p.ctx)
}

// checkHead: the page's language is said, it has a title and one heading.
func (l *looker) checkHead(p *tab, name, language string) {
	p.t.Helper()
	var head struct {
		Language, Title string
		Headings        int
	}
	p.eval(`({Language: document.documentElement.lang, Title: document.title.trim(), Headings: document.querySelectorAll("h1").length})`, &head)
	if want := map[string]string{"zh": "zh-CN", "en": "en"}[language]; head.Language != want {
		p.t.Errorf("%s is in %q, not in %s", name, head.Language, want)
	}
	if head.Title == "" || head.Headings != 1 {
		p.t.Errorf("%s has the title %q and %d headings", name, head.Title, head.Headings)
	}
}

// wears shows the page at a width and in a size of type.
func (p *tab) wears(f face) {
	p.t.Helper()
	p.resize(f.size)
	p.eval(fmt.Sprintf(`((e, s) => { if (s) { e.setAttribute("data-size", s); } else { e.removeAttribute("data-size"); } })(document.documentElement, %q)`, f.letters), nil)
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

// keepFaces leaves pictures in every width, size of type and light.
func (l *looker) keepFaces(p *tab, name string) {
	if l.pictures == "" {
		return
	}
	for _, s := range []size{{"320", 320, 640, true}, {"390", 390, 844, true}} {
		for _, letters := range []string{"", "l", "xl"} {
			for _, light := range []string{"light", "dark"} {
				file := fmt.Sprintf("%s-%s-%s-%s.png", name, s.name, cmp.Or(letters, "m"), light)
				if !picked(file) {
					continue
				}
				p.wears(face{s, letters})
				p.prefers(light)
				l.keep(p, file)
			}
		}
	}
	p.prefers("light")
}

// picked says that a picture was asked for.
func picked(file string) bool {
	for part := range strings.SplitSeq(os.Getenv("MEIHAO_FACES"), ",") {
		if strings.Contains(file, part) {
			return true
		}
	}
	return false
}
