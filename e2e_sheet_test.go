package main

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A sheet is filled by keys alone: from the address bar to the last item and
// the button, with no more keys than a person has the patience for.
func TestSheetIsFilledByKeyboard(t *testing.T) {
	sqliteOnly(t, "nothing of it depends on the store")
	window := browser(t)
	s, demo := serveDemo(t)
	p := newTab(t, window, desk)
	l := &looker{}
	l.listen(p)
	p.signIn(s, demo.AdminUser, demo.AdminPassword)
	list := s.signIn(t, demo.AdminUser, demo.AdminPassword)
	p.open(s.URL + "/admin/campaigns/" + demo.Campaign + "/sheets")
	sheet := p.value(element(`tbody th[scope="row"] a`) + `.getAttribute("href")`)
	p.open(s.URL + sheet)
	keys := 0
	press := func(key string) {
		p.do(chromedp.KeyEvent(key))
		keys += len([]rune(key))
	}
	// reach presses the tabulator until the focus is on a control.
	reach := func(what, test string) {
		t.Helper()
		for range 60 {
			press(kb.Tab)
			if p.value("(function (e) { return "+test+"; })(document.activeElement)") == "true" {
				return
			}
		}
		t.Fatalf("the tabulator does not reach %s, the focus is on %s", what, p.value("document.activeElement.outerHTML"))
	}
	items := strings.Split(p.value(`Array.from(document.querySelectorAll("select[id^=points-]"), function (e) { return e.id.slice(7); }).join(" ")`), " ")
	if len(items) != 28 {
		t.Fatalf("%d items can be marked, want 28", len(items))
	}
	for _, id := range items {
		reach("the points of "+id, "e.id === 'points-"+id+"'")
		press(kb.ArrowDown) // 0
		press(kb.ArrowDown) // 0.5
		press(kb.ArrowDown) // 1
		reach("the note on "+id, "e.id === 'note-"+id+"'")
		press("ok")
	}
	if said := p.value(element("[data-marked]") + ".textContent"); said != "28" {
		t.Errorf("the page counts %s marks, want 28", said)
	}
	if said := p.value(element("[data-unsaved]") + ".textContent"); said != p.value(element("[data-unsaved]")+`.getAttribute("data-unsaved")`) {
		t.Errorf("the page does not say that nothing is saved: %s", said)
	}
	reach("the button", "e.nodeName === 'BUTTON' && e.form && e.form.id === 'marks'")
	press(kb.Enter)
	p.arrives("done=marked")
	if body := list.get(t, sheet).Body; strings.Count(body, "<option selected>1</option>") != 28 {
		t.Errorf("%d marks were saved, want 28", strings.Count(body, "<option selected>1</option>"))
	}
	if most := 28*8 + 100; keys > most {
		t.Errorf("it took %d keys, want at most %d", keys, most)
	}
	for _, fault := range l.faultsOf(p.ctx) {
		t.Errorf("the browser complains: %s", fault)
	}
}

// sheet is an address below the sheet of the stage's project in the demo's
// activity, to which its address below the campaign leads.
func (st *stage) sheet(rest string) string {
	st.t.Helper()
	r := st.staff.get(st.t, "/admin/campaigns/"+st.demo.Campaign+"/sheets/"+st.project)
	if r.Status != http.StatusSeeOther {
		st.t.Fatalf("the sheet's old address answers %d", r.Status)
	}
	return r.Header.Get("Location") + rest
}
