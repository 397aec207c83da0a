package main

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/inspector"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// Never lost, never doubled: whatever the network, the phone and the resident
// do, it ends with exactly what was meant, counted in the database and by
// receipts that the server knows.
func TestNeverLostNeverDoubled(t *testing.T) {
	sqliteOnly(t, "the way from the phone to the server is the same")
	chrome := browser(t)
	rounds := []struct {
		name, language string
		sendings       []sending
	}{{"zh", "zh", sendings()}, {"en", "en", inEnglish()}, {"closed meanwhile", "zh", endings()}}
	for _, round := range rounds {
		t.Run(round.name, func(t *testing.T) {
			t.Parallel()
			f := newField(t, chrome)
			for _, one := range round.sendings {
				t.Run(one.name, func(t *testing.T) { f.play(t, round.language, one) })
			}
		})
	}
}

// sending is one thing that may happen between phone and server, and how many
// homes have answered in the end.
type sending struct {
	name   string
	script bool
	homes  int64
	play   func(*trip)
}

// inEnglish are those that say something in words of their own.
func inEnglish() []sending {
	return []sending{
		{"offline, then online", true, 1, (*trip).offline},
		{"the server is busy", true, 1, (*trip).busy},
		{"edited after the acknowledgement was lost", true, 1, (*trip).editedMeanwhile},
		{"answered again", true, 1, (*trip).answeredAgain},
	}
}

func sendings() []sending {
	const scripts, none = true, false
	return []sending{
		{"offline, then online", scripts, 1, (*trip).offline},
		{"the server is busy", scripts, 1, (*trip).busy},
		{"the acknowledgement is lost", scripts, 1, (*trip).acknowledgementLost},
		{"edited after the acknowledgement was lost", scripts, 1, (*trip).editedMeanwhile},
		{"nobody answers", scripts, 1, (*trip).timeout},
		{"somebody else's page comes", scripts, 1, (*trip).portal},
		{"the tab is killed while it sends", scripts, 1, (*trip).killed},
		{"the tab is killed, then taken back", scripts, 1, (*trip).killedAndTakenBack},
		{"the tab is killed after the server stored", scripts, 1, (*trip).killedAfter},
		{"reload while it sends", scripts, 1, (*trip).reloaded},
		{"double tap", scripts, 1, (*trip).doubleTap},
		{"back and reload after the end", scripts, 1, (*trip).backAndReload},
		{"refused, mended, sent", scripts, 1, (*trip).mended},
		{"two tabs of one home", scripts, 1, (*trip).twoTabs},
		{"two tabs of two homes", scripts, 2, (*trip).twoTabsTwoHomes},
		{"two homes one after the other", scripts, 2, (*trip).twoHomes},
		{"taken back in the other tab", scripts, 1, (*trip).takenBack},
		{"nothing can be stored on the phone", scripts, 1, (*trip).noStorage},
		{"another language while it sends", scripts, 1, (*trip).otherLanguage},
		{"answered again", scripts, 1, (*trip).answeredAgain},
		{"answered again, the tab is killed while it sends", scripts, 1, (*trip).againKilled},
		{"answered again and left", scripts, 1, (*trip).againLeft},
		{"answered again in two tabs", scripts, 1, (*trip).againTwice},
		{"two submits without script", none, 1, (*trip).plainTwice},
		{"back and again without script", none, 1, (*trip).plainBack},
		{"the acknowledgement lost without script", none, 1, (*trip).plainLost},
	}
}

// A third of all that travels is lost, both ways: twenty answers are twenty.
func TestFlakyNetwork(t *testing.T) {
	sqliteOnly(t, "the way from the phone to the server is the same")
	const homes = 20
	f := newField(t, browser(t))
	f.play(t, "zh", sending{"flaky", true, homes, func(v *trip) {
		v.proxy.pace(50)
		v.proxy.always(dice())
		for range homes {
			v.insist(v.home("?home=another"), "#form")
			v.p.do(chromedp.Evaluate(fillQuickly(v.place()), nil))
			v.p.tap(element("form button[data-sending]"), 0.5)
			v.insist("", "#done")
			v.end()
		}
		v.nothingKept()
	}})
	if sent, stored := f.proxy.counts(); sent < homes*5/4 || stored <= homes {
		t.Errorf("%d requests, %d acknowledged: nothing was lost", sent, stored)
	}
}

// dice lose 30 of 100 requests, and 30 of 100 answers; the same ones each time.
func dice() func(*http.Request) fate {
	chance := rand.New(rand.NewPCG(2023, 9))
	return func(*http.Request) fate {
		switch n := chance.IntN(100); {
		case n < 30:
			return lose
		case n < 51: // 30 of the other 70
			return drop
		}
		return passOn
	}
}

// field is where the answers are sent.
type field struct {
	server   *server
	demo     demoFile
	proxy    *proxy
	chrome   context.Context
	homes    int  // used so far
	closed   bool // the campaign takes no answers
	receipts map[string]bool
}

func newField(t *testing.T, chrome context.Context) *field {
	t.Helper()
	s, demo := serveDemo(t)
	return &field{server: s, demo: demo, proxy: newProxy(t, s), chrome: chrome, receipts: map[string]bool{}}
}

// trip is one phone in the hands of one resident.
type trip struct {
	*field
	t               *testing.T
	p               *tab
	language, query string
	words           map[string]string
}

// play plays one sending and counts.
func (f *field) play(t *testing.T, language string, one sending) {
	t.Helper()
	before := rows(t, f.server.Data, "responses")
	known := len(f.receipts)
	v := &trip{field: f, t: t, p: newTab(t, f.chrome, phone), language: language, words: wordsOf(t, language)}
	if language != "zh" {
		v.query = "?lang=" + language
	}
	if !one.script {
		v.p.noScript()
	}
	f.proxy.reset(300)
	one.play(v)
	if stored := rows(t, f.server.Data, "responses") - before; stored != one.homes {
		t.Errorf("%d answers are stored, want %d", stored, one.homes)
	}
	if got := int64(len(f.receipts) - known); got != one.homes {
		t.Errorf("%d receipts, want %d", got, one.homes)
	}
}

// wordsOf are the messages of a language.
func wordsOf(t *testing.T, language string) map[string]string {
	t.Helper()
	all := map[string]string{}
	files, err := filepath.Glob(filepath.Join("static", "lang", language, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var some map[string]any // some have a plural
		if err := json.Unmarshal(text, &some); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for key, value := range some {
			all[key], _ = value.(string)
		}
	}
	return all
}

// word is the message of a key in the trip's language.
func (v *trip) word(key string) string {
	v.t.Helper()
	text := v.words[key]
	if text == "" {
		v.t.Fatalf("no catalog has %s", key)
	}
	return text
}

// home is the poster's address, as the proxy has it.
func (v *trip) home(query string) string { return v.proxy.URL + "/s/" + v.demo.Poster + query }

// place is a home that nobody answered for.
func (v *trip) place() place {
	v.homes++
	return v.demo.roomOf(v.homes)
}

// fill opens the form and fills it in for a home.
func (v *trip) fill(home place) {
	v.t.Helper()
	v.p.open(v.home(v.query))
	v.write(home)
}

// write fills in the form that is open.
func (v *trip) write(home place) {
	v.t.Helper()
	v.front()
	v.p.do(chromedp.Evaluate(fillQuickly(home), nil))
}

// is wants the page to have a value at an expression.
func (v *trip) is(expression, want string) {
	v.t.Helper()
	if got := v.p.value(expression); got != want {
		v.t.Errorf("%s is %q, want %q", expression, got, want)
	}
}

// sent is how many requests with answers came by so far.
func (v *trip) sent() int {
	n, _ := v.proxy.counts()
	return n
}

// sentSince waits until one more came by.
func (v *trip) sentSince(n int) {
	v.t.Helper()
	eventually(v.t, patience, "the phone sends", func() bool { return v.sent() > n })
}

// notShownAgain: what was acknowledged is not on the page that back leads to.
func (v *trip) notShownAgain() {
	v.t.Helper()
	eventually(v.t, patience, "what was acknowledged is gone", func() bool {
		return v.p.value(element("#room")+" ? "+element("#room")+".value : ''") == ""
	})
}

// fillQuickly is an expression that fills in the form as fingers do.
func fillQuickly(home place) string {
	text, _ := json.Marshal(home) // strings are JSON
	return `(home => {
		const form = document.getElementById("form").elements;
		form.S1.value = "OWNER"; form.S2.value = "Y"; form.Q1.value = "5"; form.unit.value = home.unit; form.room.value = home.room;
		form.room.dispatchEvent(new Event("change", {bubbles: true}));
	})(` + string(text) + ")"
}

func (v *trip) send() {
	v.t.Helper()
	v.front()
	v.p.tap(element("form button[data-sending], form .send button"), 0.5)
}

// says waits until the page says what happens, for all to see and hear.
func (v *trip) says(key string) {
	v.t.Helper()
	want := strings.TrimSpace(v.word("resident.sending." + key))
	said := func() string {
		return v.p.value(`(s => s && s.closest(".notice") ? s.textContent : "")(` + element("#sending [role=status]") + ")")
	}
	eventually(v.t, patience, "the page says "+want, func() bool { return strings.Contains(said(), want) })
	v.unsaid()
}

// unsaid: 已收到 stands nowhere in the page.
func (v *trip) unsaid() {
	v.t.Helper()
	text := v.p.value("document.documentElement.textContent")
	for _, word := range []string{"已收到", v.word("resident.done.heading")} {
		if strings.Contains(text, word) {
			v.t.Errorf("%s says %s before the server has", v.p.where(), word)
		}
	}
}

// done waits for 已收到 and notes its receipt.
func (v *trip) done() {
	v.t.Helper()
	v.p.arrives("/done")
	v.end()
}

// end is 已收到: with a receipt that the server knows, and nothing of what was
// typed left on the phone.
func (v *trip) end() {
	v.t.Helper()
	v.p.reads(v.word("resident.done.heading"))
	receipt := v.p.receipt()
	if r := v.server.get(v.t, "/r/"+receipt); !strings.Contains(r.Body, "已计入") {
		v.t.Errorf("the receipt %s is not counted", receipt)
	}
	v.receipts[receipt] = true
}

// nothingKept: what was typed and acknowledged is gone from this phone.
func (v *trip) nothingKept() {
	v.t.Helper()
	if left := v.p.value(`Object.keys(localStorage).concat(Object.keys(sessionStorage)).join(" ")`); left != "" {
		v.t.Errorf("on the phone is left: %s", left)
	}
}

// insist opens a page, "" for the one that is coming, until it has an element:
// what a person does when the browser says that there is no page.
func (v *trip) insist(address, wants string) {
	v.t.Helper()
	has := func() bool {
		var found bool
		ctx, cancel := context.WithTimeout(v.p.ctx, 5*time.Second)
		defer cancel()
		err := chromedp.Run(ctx, chromedp.Evaluate(element(wants)+" !== null && document.readyState === 'complete'", &found))
		return err == nil && found
	}
	for deadline := time.Now().Add(2 * patience); time.Now().Before(deadline); {
		ctx, cancel := context.WithTimeout(v.p.ctx, 5*time.Second)
		if address != "" {
			_ = chromedp.Run(ctx, chromedp.Navigate(address)) // it may break
		} else if v.p.value("document.body ? document.body.className : ''") == "neterror" {
			_ = chromedp.Run(ctx, chromedp.Reload())
		}
		cancel()
		for range 10 {
			if has() {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	v.t.Fatalf("%s never has %s:\n%s", v.p.where(), wants, v.p.text())
}

// online switches the phone's network.
func (v *trip) online(on bool) {
	v.t.Helper()
	v.p.do(network.Enable(), network.EmulateNetworkConditions(!on, 0, -1, -1))
}

// beside opens another tab of the same phone.
func (v *trip) beside() *trip {
	v.t.Helper()
	var own target.ID
	v.p.do(chromedp.ActionFunc(func(ctx context.Context) error {
		c := chromedp.FromContext(ctx)
		info, err := target.GetTargetInfo().WithTargetID(c.Target.TargetID).Do(ctx)
		if err != nil {
			return err
		}
		own, err = target.CreateTarget("about:blank").WithBrowserContextID(info.BrowserContextID).Do(cdp.WithExecutor(ctx, c.Browser))
		return err
	}))
	ctx, end := chromedp.NewContext(v.chrome, chromedp.WithTargetID(own))
	v.t.Cleanup(end)
	if err := chromedp.Run(ctx); err != nil {
		v.t.Fatal(err)
	}
	other := *v
	other.p = &tab{v.t, ctx, phone}
	other.p.resize(phone)
	return &other
}

// front puts the tab before the others of its phone: only there it is touched.
func (v *trip) front() {
	v.t.Helper()
	v.p.do(cdppage.BringToFront())
}

// back is the phone's back button.
func (v *trip) back(part string) {
	v.t.Helper()
	v.p.do(chromedp.ActionFunc(func(ctx context.Context) error {
		at, entries, err := cdppage.GetNavigationHistory().Do(ctx)
		if err != nil || at == 0 {
			return err
		}
		return cdppage.NavigateToHistoryEntry(entries[at-1].ID).Do(ctx)
	}))
	eventually(v.t, patience, "back leads to "+part, func() bool {
		at := v.p.where()
		return strings.Contains(at, part) && !strings.Contains(at, "/done")
	})
}

// kill ends the tab's process as a phone short of memory does, and waits for
// the browser to notice: a tab that lives on would go on sending.
func (v *trip) kill() {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.p.ctx, patience)
	defer cancel()
	chromedp.ListenTarget(ctx, func(event any) {
		if _, crashed := event.(*inspector.EventTargetCrashed); crashed {
			cancel()
		}
	})
	_ = chromedp.Run(ctx, cdppage.Crash()) // who has crashed does not answer
	<-ctx.Done()
	if !errors.Is(ctx.Err(), context.Canceled) {
		v.t.Fatal("the tab lives on")
	}
}
