package main

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// endings are what may happen to an answer that waits on the phone while the
// poster stops taking any. Each but the last leaves the campaign open.
func endings() []sending {
	return []sending{
		{"closed while it waits", true, 0, (*trip).closedWaiting},
		{"closed after the tab was killed", true, 0, (*trip).closedKilled},
		{"closed, but the server had stored it", true, 1, (*trip).closedStored},
		{"closed while other answers wait", true, 1, (*trip).closedAgain},
		{"closed and opened again", true, 1, (*trip).openedAgain},
		{"retired while it waits", true, 1, (*trip).retired},
	}
}

// waiting fills in the form, and sends what does not arrive.
func (v *trip) waiting() {
	v.t.Helper()
	v.proxy.next(slices.Repeat([]fate{lose}, 50)...)
	v.fill(v.place())
	v.send()
	v.says("lost")
}

// found opens the poster where no form stands any more: the page says that
// something waits here, and that it is being sent now. It is not lost again: the
// page would say so at once instead.
func (v *trip) found() *trip {
	v.t.Helper()
	v.proxy.hold()
	v.proxy.pace(long)
	next := v.beside()
	next.p.open(v.home(v.query))
	next.says("found")
	next.proxy.release()
	return next
}

// close ends the campaign until the trip is over, also one that fails.
func (v *trip) close() {
	v.t.Helper()
	v.t.Cleanup(func() {
		if v.closed {
			v.reopen()
		}
	})
	if r := v.server.say(v.t, v.demo.APIToken, v.demo.Campaign, "close", "调查期已满"); r.Status != http.StatusOK {
		v.t.Fatalf("close: %d %s", r.Status, r.Body)
	}
	v.closed = true
	v.shown(false)
}

// shown waits until the poster shows a form, or none: a server keeps for a
// moment what it last read of a campaign.
func (v *trip) shown(form bool) {
	v.t.Helper()
	eventually(v.t, patience, "the server has heard of the campaign's state", func() bool {
		return (v.server.get(v.t, "/s/"+v.demo.Poster).Status == http.StatusOK) == form
	})
}

// reopen is done by two persons.
func (v *trip) reopen() {
	v.t.Helper()
	closes := time.Now().Add(48 * time.Hour).Format(time.RFC3339)
	asked := v.server.ask(v.t, http.MethodPost, "/api/v1/campaigns/"+v.demo.Campaign+"/reopen", v.demo.APIToken, map[string]string{"reason": "漏发两栋楼", "closes": closes})
	if asked.Status != http.StatusAccepted {
		v.t.Fatalf("reopen: %d %s", asked.Status, asked.Body)
	}
	at := slices.IndexFunc(v.demo.Accounts, func(one demoAccount) bool { return one.Username == "district" })
	second := v.server.signIn(v.t, "district", v.demo.Accounts[at].Password)
	page := "/admin/campaigns/" + v.demo.Campaign + "/reopen"
	second.get(v.t, page)
	if r := second.post(v.t, page, url.Values{"reason": {"漏发两栋楼"}}); r.Status != http.StatusSeeOther {
		v.t.Fatalf("reopen: %d %s", r.Status, r.Body)
	}
	v.closed = false
	v.shown(true)
}

// refused: the page says that nothing was received, and keeps nothing.
func (v *trip) refused(heading, why string) {
	v.t.Helper()
	eventually(v.t, patience, "the page says that nothing was received", func() bool {
		return strings.Contains(v.p.value("document.body ? document.body.innerText : ''"), v.word(why))
	})
	v.p.reads(v.word(heading))
	v.nothingKept()
}

func (v *trip) closedWaiting() {
	v.waiting()
	v.close()
	v.proxy.release()
	v.refused("resident.closed.heading", "resident.refused")
}

func (v *trip) closedKilled() {
	v.waiting()
	v.kill()
	v.close()
	v.found().refused("resident.closed.heading", "resident.refused")
}

func (v *trip) closedStored() {
	v.proxy.hold()
	v.proxy.pace(long)
	v.fill(v.place())
	v.send()
	v.proxy.awaitHeld(v.t)
	v.kill()
	v.close()
	next := v.found()
	next.done()
	next.nothingKept()
}

func (v *trip) closedAgain() {
	v.again()
	v.p.choose("Q1", "1")
	v.proxy.next(slices.Repeat([]fate{lose}, 50)...)
	v.send()
	v.says("lost")
	v.kill()
	v.close()
	v.found().refused("resident.closed.heading", "again.refused")
}

func (v *trip) openedAgain() {
	v.waiting()
	v.close()
	v.kill()
	v.reopen()
	next := v.beside()
	next.p.open(v.home(v.query))
	next.says("lost")
	next.proxy.release()
	next.done()
	next.nothingKept()
}

func (v *trip) retired() {
	stored := *v
	stored.p = newTab(v.t, v.chrome, phone)
	stored.again()
	stored.p.choose("Q1", "2")
	_, before := v.proxy.counts()
	stored.proxy.next(slices.Repeat([]fate{lose}, 50)...)
	stored.send()
	stored.says("lost")
	stored.kill()

	killed := *v
	killed.p = newTab(v.t, v.chrome, phone)
	killed.waiting()
	killed.kill()

	v.waiting()
	chief := v.server.signIn(v.t, v.demo.AdminUser, v.demo.AdminPassword)
	poster := "/admin/posters/" + v.demo.Poster
	chief.get(v.t, poster)
	if r := chief.post(v.t, poster+"/retire", url.Values{"reason": {"楼门已拆除"}}); r.Status != http.StatusSeeOther {
		v.t.Fatalf("retire: %d %s", r.Status, r.Body)
	}
	v.shown(false)
	v.proxy.release()
	v.refused("resident.retired.heading", "resident.refused")
	killed.found().refused("resident.retired.heading", "resident.refused")
	stored.found().replaced(before) // what was answered before may be changed until closing
}
