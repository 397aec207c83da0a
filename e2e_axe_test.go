package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Every page, in both languages and at both sizes, without a violation of
// what axe knows, without a fault of its scripts and never wider than the
// screen. With MEIHAO_SCREENS=DIR a picture of each is left there.
func TestPagesAreAccessible(t *testing.T) {
	if onMariaDB() { // their marks are the same
		pagesOpen(t, newStage(t))
		return
	}
	axe := need(t, "MEIHAO_AXE", ".ci/web/node_modules/axe-core/axe.min.js", "cd .ci/web && npm ci")
	source, err := os.ReadFile(axe)
	if err != nil {
		t.Fatal(err)
	}
	chrome := browser(t)
	stage := newStage(t)
	look := &looker{axe: string(source), pictures: os.Getenv("MEIHAO_SCREENS")}
	residents, staff := map[string]*tab{}, map[string]*tab{}
	for language := range stage.account {
		residents[language], staff[language] = newTab(t, chrome, phone), newTab(t, chrome, phone)
		staff[language].signIn(stage.server, stage.account[language], stage.password[language])
		look.listen(residents[language])
		look.listen(staff[language])
	}
	t.Run("company", func(t *testing.T) { look.atCompany(t, newTab(t, chrome, phone), stage) })
	for _, act := range stage.acts() {
		act.before()
		t.Run(act.name, func(t *testing.T) {
			for language := range stage.account {
				t.Run(language, func(t *testing.T) {
					t.Parallel()
					for _, v := range act.views {
						p := *residents[language]
						if v.forStaff() {
							p = *staff[language]
						}
						p.t = t
						look.at(&p, stage, v, language)
					}
				})
			}
		})
	}
}

// atCompany looks at what a company sees, in its account's language and then in
// the other one.
func (l *looker) atCompany(t *testing.T, p *tab, stage *stage) {
	l.listen(p)
	p.signIn(stage.server, "company", stage.demo.passwordOf("company"))
	for _, language := range []string{"zh", "en"} {
		if language == "en" {
			p.open(stage.URL + "/admin")
			p.tap(element("button[name=language]"), 0.5)
			p.do(chromedp.WaitReady(`html[lang="en"]`))
		}
		for _, v := range stage.companyViews() {
			l.at(p, stage, v, language)
		}
	}
}

// pagesOpen gets every page without a browser.
func pagesOpen(t *testing.T, stage *stage) {
	for _, act := range stage.acts() {
		act.before()
		for _, v := range act.views {
			get := stage.server.get
			if v.forStaff() {
				get = stage.staff.get
			}
			if r := get(t, v.path); r.Status >= http.StatusInternalServerError || strings.Contains(r.Body, "<no value>") {
				t.Errorf("%s: %s is %d", act.name, v.path, r.Status)
			}
		}
	}
}

// looker looks at pages.
type looker struct {
	axe      string
	pictures string
	mu       sync.Mutex
	faults   map[context.Context][]string // by tab
}

// listen keeps what scripts and the content policy complain about.
func (l *looker) listen(p *tab) {
	p.do(log.Enable())
	chromedp.ListenTarget(p.ctx, func(event any) {
		var said string
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			said = e.ExceptionDetails.Error()
		case *log.EventEntryAdded:
			if e.Entry.Level == log.LevelError && e.Entry.Source != log.SourceNetwork {
				said = e.Entry.Text
			}
		}
		// That a sheet asks before it is left unsaved is what it should; a tab
		// that nobody touched cannot be asked.
		if said != "" && !strings.Contains(said, "'beforeunload'") {
			l.mu.Lock()
			defer l.mu.Unlock()
			if l.faults == nil {
				l.faults = map[context.Context][]string{}
			}
			l.faults[p.ctx] = append(l.faults[p.ctx], said)
		}
	})
}

// at goes to a page and looks at it at both sizes.
func (l *looker) at(p *tab, stage *stage, v view, language string) {
	p.resize(phone)
	address := stage.URL + v.path
	if !v.forStaff() {
		address += map[bool]string{true: "&", false: "?"}[strings.Contains(v.path, "?")] + "lang=" + language
	}
	p.open(address)
	if v.then != nil {
		v.then(p)
	}
	name := fmt.Sprintf("%s-%s", v.name, language)
	if want := map[string]string{"zh": "zh-CN", "en": "en"}[language]; p.value("document.documentElement.lang") != want {
		p.t.Errorf("%s is not in %s", name, want)
	}
	l.checkWords(p, name)
	p.do(chromedp.Evaluate(l.axe, nil))
	for _, s := range []size{phone, desk} {
		p.resize(s)
		if language == "zh" || s == phone { // the marks of a wide page are the same in English
			l.run(p, name+" at "+s.name, `{resultTypes: ["violations"]}`)
		}
		if wide := p.value("document.documentElement.scrollWidth"); !v.paper && wide != strconv.FormatInt(s.width, 10) {
			p.t.Errorf("%s at %s is %s wide", name, s.name, wide)
		}
		l.keep(p, fmt.Sprintf("%s-%s.png", name, s.name))
	}
	if language == "zh" {
		p.prefers("dark")
		l.run(p, name+" in the dark", `{runOnly: ["color-contrast"], resultTypes: ["violations"]}`)
		p.prefers("light")
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, said := range l.faults[p.ctx] {
		p.t.Errorf("%s: %s", name, said)
	}
	delete(l.faults, p.ctx)
}

// prefers sets what the browser says of light and dark.
func (p *tab) prefers(scheme string) {
	p.t.Helper()
	p.do(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}))
}

// checkWords: no key of the catalogs and no failure where words should be.
func (l *looker) checkWords(p *tab, name string) {
	text := p.value("document.title + ' ' + document.body.innerText")
	for _, inside := range []string{"<no value>", "{{", "%!", "undefined", "NaN"} {
		if strings.Contains(text, inside) {
			p.t.Errorf("%s shows %q", name, inside)
		}
	}
	if found := catalogKey.FindString(text); found != "" {
		p.t.Errorf("%s shows the key of a message: %s", name, found)
	}
}

// run runs axe and reports each violation with the elements it is about.
func (l *looker) run(p *tab, name, options string) {
	var text string
	p.eval(`axe.run(document, `+options+`).then(r => JSON.stringify(r.violations.map(v => ({
		id: v.id, help: v.help, nodes: v.nodes.map(n => n.target.join(" ") + "  " + n.html.slice(0, 160) + "  " + (n.failureSummary || ""))}))))`, &text)
	var violations []struct {
		ID, Help string
		Nodes    []string
	}
	if err := json.Unmarshal([]byte(text), &violations); err != nil {
		p.t.Fatalf("%s: axe says %q", name, text)
	}
	for _, v := range violations {
		p.t.Errorf("%s: %s: %s\n\t%s", name, v.ID, v.Help, strings.Join(v.Nodes[:min(3, len(v.Nodes))], "\n\t"))
	}
}

// keep leaves a picture of the page where somebody wants to look at it.
func (l *looker) keep(p *tab, name string) {
	if l.pictures == "" {
		return
	}
	if err := os.MkdirAll(l.pictures, 0o750); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(l.pictures, name), p.picture(), 0o600); err != nil {
		p.t.Fatal(err)
	}
}
