package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/cdproto/input"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// long is a wait after which nothing in these tests happens by itself: a form
// that waits so before a retry says after twice as long that it still sends, and
// waits ten times as long for an answer.
const long = 2 * int(patience/time.Millisecond)

func (v *trip) offline() {
	v.fill(v.place())
	v.online(false)
	v.send()
	v.says("offline")
	v.says("kept")
	v.is(element("#room")+".disabled", "true")
	v.online(true)
	v.done()
	v.nothingKept()
}

func (v *trip) busy() {
	v.proxy.next(refuse, tooMany)
	v.fill(v.place())
	started := time.Now()
	v.send()
	v.says("busy")
	v.proxy.awaitHeld(v.t)
	if took := time.Since(started); took < 2*time.Second {
		v.t.Errorf("two times Retry-After: 1 took %v", took)
	}
	v.proxy.release()
	v.done()
	v.nothingKept()
}

func (v *trip) acknowledgementLost() {
	v.proxy.next(drop, bad)
	v.fill(v.place())
	v.send()
	v.says("lost")
	v.proxy.awaitHeld(v.t)
	v.unsaid() // the server has said it twice, this phone has not heard
	v.proxy.release()
	v.done()
	if at := v.p.where(); strings.Contains(at, "retry=1") {
		v.t.Errorf("nothing was changed, but it leads to %s", at)
	}
	v.nothingKept()
}

func (v *trip) editedMeanwhile() {
	v.proxy.next(append([]fate{drop}, slices.Repeat([]fate{lose}, 50)...)...)
	v.fill(v.place())
	v.send()
	v.says("lost")
	v.p.tap(element("#sending button"), 0.5)
	v.says("stopped")
	v.is("document.activeElement.getAttribute('data-sending') !== null", "true")
	v.is(element("#room")+".disabled", "false")
	v.proxy.release()
	v.p.choose("Q1", "2")
	v.send()
	v.p.arrives("retry=1")
	v.p.reads(v.word("resident.done.known"))
	v.done()
	v.nothingKept()
}

func (v *trip) timeout() {
	v.proxy.next(hang)
	v.proxy.pace(50)
	v.fill(v.place())
	v.proxy.pace(long)
	v.send()
	v.says("lost")
	v.proxy.release()
	v.done()
	v.nothingKept()
}

func (v *trip) portal() {
	v.proxy.next(portal)
	v.fill(v.place())
	v.send()
	v.says("lost")
	v.proxy.release()
	v.done()
	v.nothingKept()
}

func (v *trip) killed() {
	v.proxy.next(hang)
	v.fill(v.place())
	before := v.sent()
	v.send()
	v.sentSince(before)
	v.kill()
	next := v.beside()
	next.proxy.next(lose)
	next.p.open(v.home(v.query))
	next.says("lost")
	next.is(element("#form")+".offsetHeight", "0") // whoever opens it next sees nothing of it
	next.proxy.release()
	next.done()
	next.nothingKept()
}

func (v *trip) killedAndTakenBack() {
	v.proxy.next(slices.Repeat([]fate{lose}, 50)...)
	home := v.place()
	v.fill(home)
	v.send()
	v.says("lost")
	v.kill()
	next := v.beside()
	next.p.open(v.home(v.query))
	next.says("lost")
	next.p.tap(element("#sending button"), 0.5)
	next.says("stopped")
	next.is(element("#room")+".value", home.Room)
	next.is(element("input[name=Q1][value='5']")+".checked", "true")
	next.proxy.release()
	next.send()
	next.done()
	next.nothingKept()
}

func (v *trip) killedAfter() {
	v.proxy.hold()
	v.proxy.pace(long)
	v.fill(v.place())
	v.send()
	v.proxy.awaitHeld(v.t)
	v.unsaid() // the server has stored it, this phone does not know
	v.kill()
	next := v.beside()
	next.p.open(v.home(v.query))
	next.proxy.awaitHeld(v.t)
	next.says("resumed")
	next.proxy.release()
	next.done()
	next.nothingKept()
}

func (v *trip) reloaded() {
	v.proxy.next(hang)
	v.proxy.pace(long)
	v.fill(v.place())
	before := v.sent()
	v.send()
	v.sentSince(before)
	v.p.do(chromedp.Reload())
	v.proxy.awaitHeld(v.t)
	v.says("resumed")
	v.proxy.release()
	v.done()
	v.nothingKept()
}

func (v *trip) doubleTap() {
	v.proxy.hold()
	v.proxy.pace(long)
	v.fill(v.place())
	before := v.sent()
	v.send()
	v.send()
	v.proxy.awaitHeld(v.t)
	v.send()
	v.unsaid()
	if n := v.sent() - before; n != 1 {
		v.t.Errorf("%d requests, want 1", n)
	}
	v.proxy.release()
	v.done()
}

func (v *trip) backAndReload() {
	v.p.open(v.proxy.URL + "/" + v.query)
	v.fill(v.place())
	v.send()
	v.done()
	v.p.do(chromedp.Reload())
	v.done()
	v.back(v.proxy.URL + "/")
	v.notShownAgain()
	v.p.open(v.home(v.query))
	v.p.reads(v.word("resident.already.heading"))
	v.nothingKept()
}

func (v *trip) mended() {
	home := v.place()
	v.fill(home)
	v.p.fill("#room", "没有数字")
	v.send()
	v.p.do(chromedp.WaitVisible("#problems"))
	v.is(element("input[name=Q1][value='5']")+".checked", "true")
	v.p.fill("#room", home.Room)
	v.proxy.next(drop)
	v.send()
	v.says("lost")
	v.proxy.release()
	v.done()
	v.nothingKept()
	v.back("/s/")
	v.notShownAgain()
}

func (v *trip) twoTabs() {
	home := v.place()
	v.fill(home)
	other := v.beside()
	other.p.open(v.home(v.query))
	other.is(element("#room")+".value", home.Room)
	v.send()
	v.done()
	eventually(v.t, patience, "the other tab knows", func() bool {
		return strings.Contains(other.p.text(), v.word("resident.already.heading"))
	})
	other.nothingKept()
}

func (v *trip) twoTabsTwoHomes() {
	v.fill(v.place())
	other := v.beside()
	other.p.open(v.home(v.query))
	v.proxy.hold()
	v.send()
	v.proxy.awaitHeld(v.t)
	second := v.place()
	other.write(second)
	key := element("input[name=key]") + ".value"
	eventually(v.t, patience, "another home has another key", func() bool { return v.p.value(key) != other.p.value(key) })
	v.proxy.release()
	v.done()
	other.is(element("#room")+".value", second.Room)
	other.send()
	other.done()
	other.nothingKept()
}

func (v *trip) twoHomes() {
	v.fill(v.place())
	v.send()
	v.done()
	v.p.open(v.home(v.query))
	v.p.tap(element("a[data-unsent]"), 0.5)
	v.p.arrives("home=another")
	v.is(element("#room")+".value", "")
	v.proxy.next(drop)
	v.write(v.place())
	v.send()
	v.says("lost")
	v.proxy.release()
	v.done()
	v.nothingKept()
}

func (v *trip) takenBack() {
	v.proxy.next(slices.Repeat([]fate{lose}, 50)...)
	v.fill(v.place())
	v.send()
	v.says("lost")
	other := v.beside()
	other.p.open(v.home(v.query))
	other.says("lost")
	other.front()
	other.p.tap(element("#sending button"), 0.5)
	v.says("stopped")
	v.is(element("#room")+".disabled", "false")
	v.proxy.release()
	other.p.choose("Q1", "3")
	other.send()
	other.done()
	eventually(v.t, patience, "the first tab knows", func() bool {
		return strings.Contains(v.p.text(), v.word("resident.already.heading"))
	})
	other.nothingKept()
}

func (v *trip) noStorage() {
	v.p.do(chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := cdppage.AddScriptToEvaluateOnNewDocument(`Storage.prototype.setItem = () => { throw new Error("full") }`).Do(ctx)
		return err
	}))
	v.proxy.next(drop)
	v.fill(v.place())
	v.send()
	v.says("lost")
	v.says("stay")
	v.proxy.release()
	v.done()
}

func (v *trip) otherLanguage() {
	v.proxy.next(lose, lose)
	v.fill(v.place())
	v.send()
	v.says("lost")
	v.p.tap(element("button.switch"), 0.5)
	v.proxy.awaitHeld(v.t)
	eventually(v.t, patience, "the other language", func() bool {
		return v.p.value("document.documentElement.lang.slice(0, 2)") != v.language
	})
	v.is(element("input[name=Q1][value='5']")+".checked", "true")
	v.proxy.release()
	v.p.arrives("/done")
	v.receipts[v.p.receipt()] = true
	v.nothingKept()
}

// again answers, and goes on to the blank form that replaces it.
func (v *trip) again() {
	v.t.Helper()
	v.fill(v.place())
	v.send()
	v.done()
	v.p.tap(element("a[href*='/again']"), 0.5)
	v.p.arrives("/again")
	v.blank()
}

// blank: nothing is chosen on the form.
func (v *trip) blank() {
	v.t.Helper()
	v.is(`document.querySelectorAll("#form :checked").length`, "0")
}

// replaced waits for 已收到 of answers that replaced others.
func (v *trip) replaced(before int) {
	v.t.Helper()
	v.done()
	if _, stored := v.proxy.counts(); stored <= before {
		v.t.Error("the server has not had the new answers")
	}
	v.nothingKept()
}

func (v *trip) answeredAgain() {
	v.again()
	v.p.choose("Q1", "3")
	v.p.do(chromedp.Reload())
	v.is(element("input[name=Q1][value='3']")+".checked", "true")
	_, before := v.proxy.counts()
	v.proxy.next(drop, lose)
	v.send()
	v.says("lost")
	v.p.tap(element("#sending button"), 0.5)
	v.says("stopped_again")
	v.send()
	v.proxy.release()
	v.replaced(before)
}

func (v *trip) againKilled() {
	v.again()
	_, before := v.proxy.counts()
	v.p.choose("Q1", "3")
	v.proxy.next(slices.Repeat([]fate{lose}, 50)...)
	v.send()
	v.says("lost")
	v.kill()
	next := v.beside()
	next.p.open(v.home(v.query))
	next.p.arrives("/again")
	next.says("lost")
	next.is(element("#form")+".offsetHeight", "0")
	next.proxy.release()
	next.replaced(before)
}

func (v *trip) againLeft() {
	v.again()
	v.p.choose("Q1", "1")
	v.kill()
	next := v.beside()
	next.p.open(v.home(v.query))
	next.p.tap(element("a[href*='/again']"), 0.5)
	next.p.arrives("/again")
	next.blank()
	next.nothingKept()
}

func (v *trip) againTwice() {
	v.again()
	v.p.choose("Q1", "1")
	other := v.beside()
	other.p.open(v.p.where())
	other.p.choose("Q1", "4")
	_, before := v.proxy.counts()
	v.proxy.next(slices.Repeat([]fate{lose}, 50)...)
	v.send()
	v.says("lost")
	other.send()
	other.says("lost")
	v.says("stopped_again") // the later one counts
	other.proxy.release()
	other.replaced(before)
}

// Without script: the key is in a cookie, and the browser itself sends.

func (v *trip) plainTwice() {
	v.proxy.hold()
	v.fill(v.place())
	at := v.p.middle(element("form .send button"), 0.5) // a page that is being left tells nothing more
	touch := chromedp.Tasks{
		input.DispatchTouchEvent(input.TouchStart, []*input.TouchPoint{{X: at.X, Y: at.Y}}),
		input.DispatchTouchEvent(input.TouchEnd, []*input.TouchPoint{}),
	}
	before := v.sent()
	v.p.do(touch)
	v.proxy.awaitHeld(v.t)
	v.p.do(touch)
	v.sentSince(before + 1)
	v.proxy.release()
	v.done()
}

func (v *trip) plainBack() {
	home := v.place()
	v.fill(home)
	v.send()
	v.done()
	v.back("/s/")
	ends := []string{v.word("resident.already.heading"), v.word("resident.done.known")}
	says := func() bool {
		text := v.p.value("document.body ? document.body.innerText : ''")
		return slices.ContainsFunc(ends, func(end string) bool { return strings.Contains(text, strings.TrimSpace(end)) })
	}
	if !says() { // else the server was asked, and knows
		v.p.do(chromedp.Evaluate(fillQuickly(home), nil))
		v.send()
	}
	eventually(v.t, patience, "the server says that it knows", says)
}

func (v *trip) plainLost() {
	home := v.place()
	v.proxy.next(drop)
	v.proxy.open()
	v.fill(home)
	v.send()
	eventually(v.t, patience, "the browser gives up, or tries again by itself", func() bool {
		return strings.Contains(v.p.where(), "/done") || strings.HasPrefix(v.p.where(), "chrome-error")
	})
	if !strings.Contains(v.p.where(), "/done") {
		v.fill(home)
		v.send()
	}
	v.p.arrives("retry=1")
	v.done()
}
