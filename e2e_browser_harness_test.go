package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// size of a screen.
type size struct {
	name          string
	width, height int64
	phone         bool
}

// The two sizes that pages are looked at: a phone and a desk.
var (
	phone = size{"390x844", 390, 844, true}
	desk  = size{"1440x900", 1440, 900, false}
)

// browser starts one Chromium that ends with the test.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := need(t, "MEIHAO_CHROMIUM", "chromium", "apt-get install chromium fonts-noto-cjk")
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.UserDataDir(profile(t)))
	for name, value := range map[string]any{
		"headless": "new", "no-sandbox": true, "disable-gpu": true, "disable-quic": true, "no-first-run": true,
		"disable-background-networking": true, "disable-component-update": true, "disable-sync": true,
		"hide-scrollbars": true, "lang": "zh-CN",
	} {
		options = append(options, chromedp.Flag(name, value))
	}
	allocator, end := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(end)
	first, quit := chromedp.NewContext(allocator)
	t.Cleanup(quit)
	if err := chromedp.Run(first); err != nil {
		t.Fatalf("%s does not start: %v", path, err)
	}
	return first
}

// profile is a folder for the browser's data that goes with the test. The
// browser's children may still write for a moment after it has ended.
func profile(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "meihao-browser-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for range 50 {
			if os.RemoveAll(folder) == nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Errorf("%s cannot be removed", folder)
	})
	return folder
}

// tab is somebody looking at pages, with cookies and a storage of their own.
type tab struct {
	t    *testing.T
	ctx  context.Context
	size size
}

// newTab opens a tab that shares nothing with other persons'.
func newTab(t *testing.T, browser context.Context, s size) *tab {
	t.Helper()
	var own target.ID
	err := chromedp.Run(browser, chromedp.ActionFunc(func(ctx context.Context) error {
		ctx = cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Browser)
		storage, err := target.CreateBrowserContext().Do(ctx)
		if err != nil {
			return err
		}
		own, err = target.CreateTarget("about:blank").WithBrowserContextID(storage).WithNewWindow(true).Do(ctx)
		return err
	}))
	if err != nil {
		t.Fatalf("no new window: %v", err)
	}
	ctx, end := chromedp.NewContext(browser, chromedp.WithTargetID(own))
	t.Cleanup(end)
	if err := chromedp.Run(ctx); err != nil { // without a limit: the tab lives as long as this context
		t.Fatalf("no new tab: %v", err)
	}
	p := &tab{t, ctx, s}
	p.resize(s)
	return p
}

// resize changes the screen.
func (p *tab) resize(s size) {
	p.t.Helper()
	p.size = s
	p.do(emulation.SetDeviceMetricsOverride(s.width, s.height, 1, s.phone), emulation.SetTouchEmulationEnabled(s.phone))
}

// do runs actions, in time or not at all.
func (p *tab) do(actions ...chromedp.Action) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Run(ctx, actions...); err != nil {
		p.t.Fatalf("at %s: %v", p.where(), err)
	}
}

// open goes to an address.
func (p *tab) open(address string) {
	p.t.Helper()
	p.do(chromedp.Navigate(address))
}

// noScript forbids the pages' scripts from now on; ours still run.
func (p *tab) noScript() {
	p.t.Helper()
	p.do(emulation.SetScriptExecutionDisabled(true))
}

// eval evaluates an expression in the page and decodes its value. What only
// reads (into is not nil) is asked again of the next page where the page is left
// meanwhile.
func (p *tab) eval(expression string, into any) {
	p.t.Helper()
	ask := chromedp.Evaluate(expression, into, func(e *runtime.EvaluateParams) *runtime.EvaluateParams { return e.WithAwaitPromise(true) })
	if into == nil {
		p.do(ask)
		return
	}
	p.do(chromedp.ActionFunc(func(ctx context.Context) error {
		for {
			err := ask.Do(ctx)
			if !isLeft(err) {
				return err
			}
			if err := chromedp.Sleep(20 * time.Millisecond).Do(ctx); err != nil {
				return err
			}
		}
	}))
}

// isLeft says whether the browser had no answer because the page that was asked
// is no longer there: it knows that by these words and a number for all errors.
func isLeft(err error) bool {
	var said *cdproto.Error
	return errors.As(err, &said) && (strings.Contains(said.Message, "navigated") || strings.Contains(said.Message, "context"))
}

// value is a text that the page has at an expression.
func (p *tab) value(expression string) string {
	p.t.Helper()
	var text string
	p.eval("String("+expression+")", &text)
	return text
}

// where is the page's address.
func (p *tab) where() string {
	ctx, cancel := context.WithTimeout(p.ctx, 5*time.Second)
	defer cancel()
	var address string
	_ = chromedp.Run(ctx, chromedp.Location(&address)) // only for messages and waiting
	return address
}

// text is what can be read in the main part of the page.
func (p *tab) text() string {
	p.t.Helper()
	return p.value("(document.querySelector('main') || document.body).innerText")
}

// reads wants the page to say all of it.
func (p *tab) reads(words ...string) {
	p.t.Helper()
	text := p.text()
	for _, one := range words {
		if !strings.Contains(text, one) {
			p.t.Errorf("%s does not say %q:\n%s", p.where(), one, text)
		}
	}
}

// arrives waits until the address contains a part and all of that page is
// there, also what its scripts do at once.
func (p *tab) arrives(part string) {
	p.t.Helper()
	for deadline := time.Now().Add(patience); !strings.Contains(p.where(), part) || !p.whole(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.t.Fatalf("still at %s, not at %s:\n%s", p.where(), part, p.text())
		}
	}
}

// whole says whether the page is loaded to its last byte and has a main part.
// Just between two pages there is none.
func (p *tab) whole() bool {
	ctx, cancel := context.WithTimeout(p.ctx, 5*time.Second)
	defer cancel()
	var whole bool
	err := chromedp.Run(ctx, chromedp.Evaluate(`document.readyState === "complete" && !!document.querySelector("main")`, &whole))
	return err == nil && whole
}

// point is a place of the screen.
type point struct{ X, Y float64 }

// middle scrolls an element into view and finds a point of it: across is 0
// for its left and 1 for its right edge.
func (p *tab) middle(element string, across float64) point {
	p.t.Helper()
	var found *point
	p.eval(fmt.Sprintf(`(() => {
		const e = %s;
		if (!e) return null;
		e.scrollIntoView({block: "center", behavior: "instant"});
		const r = e.getBoundingClientRect();
		return r.width && r.height ? {X: r.left + 4 + (r.width - 8) * %v, Y: r.top + r.height / 2} : null;
	})()`, element, across), &found)
	if found == nil {
		p.t.Fatalf("%s has no visible %s", p.where(), element)
	}
	return *found
}

// tap touches an element as a finger does, or clicks on it at a desk, as soon as
// it is there.
func (p *tab) tap(element string, across float64) {
	p.t.Helper()
	eventually(p.t, patience, p.where()+" has "+element+" in sight", func() bool { return p.value("((e) => e && e.getClientRects().length > 0)("+element+")") == "true" })
	at := p.middle(element, across)
	if !p.size.phone {
		p.do(chromedp.MouseClickXY(at.X, at.Y))
		return
	}
	p.do(input.DispatchTouchEvent(input.TouchStart, []*input.TouchPoint{{X: at.X, Y: at.Y}}),
		input.DispatchTouchEvent(input.TouchEnd, []*input.TouchPoint{}))
}

// element is one found by a selector.
func element(selector string) string {
	quoted, _ := json.Marshal(selector) // a string is JSON
	return "document.querySelector(" + string(quoted) + ")"
}

// row is the whole row of an answer.
func row(question, option string) string {
	return element(fmt.Sprintf("input[name=%q][value=%q]", question, option)) + ".closest('label')"
}

// choose touches a row at its right edge, where there is nothing but the row.
func (p *tab) choose(question, option string) {
	p.t.Helper()
	p.tap(row(question, option), 0.95)
	if p.value(element(fmt.Sprintf("input[name=%q][value=%q]", question, option))+".checked") != "true" {
		p.t.Errorf("touching the row of %s=%s does not choose it", question, option)
	}
}

// fill types into a control, or takes an option of a list.
func (p *tab) fill(selector, text string) {
	p.t.Helper()
	if p.value(element(selector)+".tagName") == "SELECT" {
		p.do(chromedp.SetValue(selector, text), chromedp.Evaluate(element(selector)+`.dispatchEvent(new Event("change", {bubbles: true}))`, nil))
		return
	}
	p.do(chromedp.WaitVisible(selector), chromedp.Evaluate(element(selector)+".focus(); "+element(selector)+".select()", nil), input.InsertText(text))
}

// signIn signs in by the form.
func (p *tab) signIn(s *server, username, password string) {
	p.t.Helper()
	p.open(s.URL + "/admin/login")
	p.fill("#username", username)
	p.fill("#password", password)
	p.tap(element("main form button"), 0.5)
	for deadline := time.Now().Add(patience); strings.Contains(p.where(), "/login"); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.t.Fatalf("signing in leads nowhere:\n%s", p.text())
		}
	}
	p.do(chromedp.WaitVisible("main h1"))
}

// picture is the whole page as PNG.
func (p *tab) picture() []byte {
	p.t.Helper()
	var png []byte
	p.do(chromedp.ActionFunc(func(ctx context.Context) (err error) {
		png, err = page.CaptureScreenshot().WithCaptureBeyondViewport(true).Do(ctx)
		return err
	}))
	return png
}
