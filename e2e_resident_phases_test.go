package main

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/chromedp/chromedp"
)

// phases are all states, at the stage of the campaigns at which they are seen.
func (st *residentStage) phases() []phase {
	held := fmt.Sprint(int64(campaignNumber(st.t, st.held)))
	return []phase{
		{"form", false, func() {}, st.formStates()},
		{"sending", true, func() {}, st.sendingStates()},
		{"answered", false, func() {}, st.answeredStates()},
		{"ways", false, func() {}, st.wayStates()},
		{"excluded", false, func() {
			st.sql("UPDATE responses SET state = 'e' WHERE state = 'h' AND campaign = " + held)
		}, []state{{name: "receipt-excluded", path: "/r/" + st.heldReceipt, like: true}}},
		{"undecided", false, func() {
			st.sql("UPDATE responses SET state = 'h' WHERE state = 'e' AND campaign = "+held, "UPDATE campaigns SET stage = 'sealed' WHERE id = "+held)
		}, []state{{name: "receipt-undecided", path: "/r/" + st.heldReceipt, like: true}}},
		{"broken", false, func() { st.sql("ALTER TABLE responses RENAME TO responses_away") }, []state{
			{name: "error-500", path: "/r/" + st.receipt, like: true},
		}},
		{"closed", false, func() {
			st.sql("ALTER TABLE responses_away RENAME TO responses")
			st.must(st.say(st.t, st.demo.APIToken, st.demo.Campaign, "close", "调查期已满"), http.StatusOK)
			st.sql()
		}, []state{
			{name: "closed-date", path: "/s/" + st.demo.Poster}, {name: "closed-date-stable", path: "/p/" + st.demo.Poster, like: true},
			{name: "closed-no-date", path: "/s/" + st.muteDoor, like: true}, {name: "done-closed", path: "/s/" + st.demo.Poster + "/done?receipt=" + st.receipt, like: true},
			{name: "again-closed", path: "/s/" + st.demo.Poster + "/again?receipt=" + st.receipt, like: true},
		}},
		{"published", false, func() { st.publish(); st.sql() }, st.resultStates()},
	}
}

func (st *residentStage) formStates() []state {
	form := "/s/" + st.demo.Poster
	wrong := func(p *tab) {
		p.eval(`document.getElementById("form").elements.Q1.value = "4"`, nil)
		p.fill("#room", "没有数字")
		p.fill("#Q16", strings.Repeat("很长的话", 60))
		p.press()
		p.awaitTitle("")
	}
	show := func(value string) func(*tab) {
		return func(p *tab) {
			p.fillIn(st.home())
			p.eval(`window.before = 1`, nil)
			p.tap(element(fmt.Sprintf("button[name=show][value=%q], a[data-show=%q]", value, value)), 0.5)
			p.do(chromedp.WaitReady("main"), chromedp.WaitReady("#form"))
		}
	}
	return []state{
		{name: "form", path: form, whole: true},
		{name: "form-filled", path: form, like: true, then: func(p *tab) { p.fillIn(st.home()) }},
		{name: "form-plain", path: form, like: true, plain: true},
		{name: "form-wrong", path: form, then: wrong},
		{name: "form-wrong-plain", path: form, like: true, plain: true, then: wrong},
		{name: "form-shown-xl", path: form, like: true, then: show("size:xl")},
		{name: "form-shown-xl-plain", path: form, like: true, plain: true, then: show("size:xl")},
		{name: "form-elsewhere", path: form, like: true, then: func(p *tab) { p.eval(`document.querySelector("details").open = true`, nil) }},
		{name: "form-feedback", path: "/s/" + st.feedbackDoor},
		{name: "form-another-home", path: form + "?home=another", like: true},
	}
}

func (st *residentStage) sendingStates() []state {
	form := "/s/" + st.demo.Poster
	send := func(fates ...fate) func(*tab) {
		return func(p *tab) {
			p.fillIn(st.home())
			st.proxy.next(fates...)
			p.tap(element("#form .send button"), 0.5)
			p.says()
		}
	}
	over := func(p *tab) {
		p.do(chromedp.Navigate("about:blank"))
		st.proxy.next()
	}
	many := func(f fate) []fate { return []fate{f, f, f, f, f, f, f, f, f, f, f, f, f, f, f, f, f, f, f, f} }
	return []state{
		{name: "sending-offline", path: form, proxied: true, then: func(p *tab) {
			p.fillIn(st.home())
			p.online(false)
			p.tap(element("#form .send button"), 0.5)
			p.says()
		}, after: func(p *tab) { over(p); p.online(true) }},
		{name: "sending", path: form, proxied: true, like: true, then: send(hang), after: over},
		{name: "sending-lost", path: form, proxied: true, like: true, then: send(many(lose)...), after: over},
		{name: "sending-busy", path: form, proxied: true, like: true, then: send(many(refuse)...), after: over},
		{name: "sending-stopped", path: form, proxied: true, then: func(p *tab) {
			send(many(lose)...)(p)
			p.tap(element("#sending button"), 0.5)
		}, after: over},
		{name: "sending-resumed", path: form, proxied: true, like: true, then: func(p *tab) {
			send(many(lose)...)(p)
			p.do(chromedp.Reload(), chromedp.WaitReady("#form"))
			p.says()
		}, after: over},
	}
}

func (st *residentStage) answeredStates() []state {
	form := "/s/" + st.demo.Poster
	once := func(p *tab) { p.answers(st.home()) }
	return []state{
		{name: "done", path: form, then: once, whole: true, next: st.laterStates(form)},
		{name: "done-plain", path: form, then: once, plain: true, like: true},
		{name: "again-no-key", path: form + "/again?receipt=" + st.receipt},
		{name: "already", path: form, then: func(p *tab) { p.fillIn(st.demo.roomOf(0)); p.press() }},
		{name: "no-base", path: form, like: true, then: func(p *tab) {
			p.fillIn(st.home())
			p.eval(`(f => { f.S1.value = "TENANT"; f.S2.value = "N"; })(document.getElementById("form").elements)`, nil)
			p.press()
		}},
		{name: "too-large", path: form, like: true, then: func(p *tab) {
			p.fillIn(st.home())
			p.eval(`document.getElementById("Q16").value = "长".repeat(60000)`, nil)
			p.press()
		}},
	}
}

// laterStates are what somebody sees who has answered, one after the other.
func (st *residentStage) laterStates(form string) []state {
	return []state{
		{name: "done-known", like: true, then: func(p *tab) { p.goes(p.value("location.pathname+location.search") + "&retry=1") }},
		{name: "answered", then: func(p *tab) { p.goes(form) }},
		{name: "again", then: func(p *tab) {
			p.tap(element("main a[href*='/again']"), 0.5)
			p.arrives("/again")
		}},
		{name: "again-wrong", then: func(p *tab) {
			p.eval(`document.getElementById("form").elements.Q2.value = "4"`, nil)
			p.press()
		}},
		{name: "again-done", like: true, then: func(p *tab) {
			p.fillIn(place{})
			p.press()
			p.arrives("/done")
		}},
		{name: "already-with-own", then: func(p *tab) {
			p.goes(form + "?home=another")
			p.fillIn(st.demo.roomOf(0))
			p.press()
		}},
		{name: "answered-two-homes", like: true, then: func(p *tab) {
			p.goes(form + "?home=another")
			p.answers(st.home())
			p.goes(form)
		}},
	}
}

// wayStates are pages that lead to a form or say why not.
func (st *residentStage) wayStates() []state {
	return []state{
		{name: "receipt-counted", path: "/r/" + st.receipt}, {name: "receipt-held", path: "/r/" + st.heldReceipt, like: true},
		{name: "receipt-apart", path: "/r/" + st.apart, like: true}, {name: "receipt-unknown", path: "/r/" + strings.Repeat("0", len(st.receipt)), like: true},
		{name: "receipt-mistyped", path: "/r/123", like: true},
		{name: "done-apart", path: "/s/" + st.feedbackDoor + "/done?receipt=" + st.apart, like: true},
		{name: "not-open", path: "/s/" + st.laterDoor}, {name: "not-open-result", path: "/p/" + st.laterDoor, like: true},
		{name: "running-result", path: "/p/" + st.demo.Poster},
		{name: "retired", path: "/s/" + st.retired, like: true}, {name: "retired-moved", path: "/s/" + st.moved, like: true},
		{name: "unknown", path: "/s/00000000"}, {name: "mistyped", path: "/s/11111111", like: true},
		{name: "home", path: "/"}, {name: "privacy", path: "/privacy"}, {name: "privacy-campaign", path: "/s/" + st.demo.Poster + "/privacy", like: true},
		{name: "too-many-429", path: "/r/" + strings.Repeat("0", len(st.receipt)), besieged: true, then: st.besiege},
		{name: "result-promises", path: "/s/" + st.demo.Published, whole: true}, {name: "result-promises-retired", path: "/p/" + st.publishedToo(), like: true},
		{name: "error-404", path: "/no/such/page", like: true}, {name: "retry", path: "/", away: true},
		{name: "error-405", path: "/", like: true, then: func(p *tab) {
			p.eval(`(() => { const f = document.createElement("form"); f.method = "post"; f.action = location.href; document.body.append(f); f.submit(); })()`, nil)
			p.awaitTitle("")
			p.do(chromedp.WaitReady("main"))
		}},
	}
}

// resultStates are the results of all the demo's projects: each another
// verdict, one with too few answers.
func (st *residentStage) resultStates() []state {
	list := []state{
		{name: "result-retired", path: "/p/" + st.demo.Poster, like: true},
		{name: "receipt-sealed", path: "/r/" + st.receipt, like: true},
		{name: "done-sealed", path: "/s/" + st.demo.Poster + "/done?receipt=" + st.receipt, like: true},
	}
	for i, name := range st.projects() {
		list = append(list, state{name: fmt.Sprintf("result-%d", i), path: "/s/" + st.posterOf(name)})
	}
	return list
}
