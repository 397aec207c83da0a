package main

import (
	"net/http"
	"testing"

	"github.com/chromedp/chromedp"
)

// The poster of a unit's lobby has filled in the unit: who lives there gives
// the room alone, and who lives in another building is asked for theirs. Both
// with and without scripts.
func TestPosterOfAUnit(t *testing.T) {
	sqliteOnly(t, "whose unit it is the gate knows, before any engine")
	s, demo := serveDemo(t)
	unit := demo.roomOf(0).Unit
	if _, err := stored(t, s.Data).ExecContext(t.Context(), "UPDATE posters SET unit = "+unit+" WHERE code = '"+demo.Poster+"'"); err != nil {
		t.Fatal(err)
	}
	chrome := browser(t)
	here, before := unit+" 单元（贴这张海报的单元）", rows(t, s.Data, "responses")
	const shown = "document.getElementById('unit').selectedOptions[0].text"
	for i, scripts := range []bool{true, false} {
		p := newTab(t, chrome, phone)
		if !scripts {
			p.noScript()
		}
		p.open(demo.ResidentURL)
		p.fitsTheScreen()
		if got := p.value(shown); got != here {
			t.Errorf("scripts %v: the unit is %q, not %q", scripts, got, here)
		}
		p.choose("S1", "OWNER")
		p.choose("S2", "Y")
		p.choose("Q1", "5")
		p.fill("#room", demo.roomOf(i).Room)
		// Somebody of another building, by mistake without a unit.
		p.do(chromedp.Evaluate("document.querySelector('details').open = true", nil))
		p.fill("#building", p.value("document.getElementById('building').options[1].value"))
		if scripts {
			if got := p.value(shown); got != "请选择单元" {
				t.Errorf("another building: the unit is %q", got)
			}
		}
		p.tap(element("form button[type=submit]"), 0.5)
		p.awaitTitle("有误：")
		p.reads("请填写单元")
		if got := p.value(shown); got != "请选择单元" {
			t.Errorf("scripts %v: after the mistake the unit is %q", scripts, got)
		}
		if n := rows(t, s.Data, "responses"); n != before {
			t.Fatalf("%d answers, not %d", n, before)
		}
		p.fill("#building", p.value("document.getElementById('building').options[0].value"))
		if scripts {
			if got := p.value(shown); got != here {
				t.Errorf("back in the poster's building: the unit is %q", got)
			}
		}
		p.tap(element("form button[type=submit]"), 0.5)
		p.arrives("/done")
		before++
		same := map[string]any{"key": newKey(), "household": map[string]string{"unit": unit, "room": demo.roomOf(i).Room},
			"answers": map[string]string{"S1": "OWNER", "S2": "Y", "Q1": "1"}}
		s.ask(t, http.MethodPost, "/api/v1/posters/"+demo.Poster+"/responses", "", same).refused(t, http.StatusConflict, "already_answered")
	}
}

// One building of the demo district has a household list, from the register's
// own column: a room that is not on it is refused, one that is on it counts.
func TestDemoHasAHouseholdList(t *testing.T) {
	s, _ := serveDemo(t)
	var poster, rooms string
	query(t, s.Data, "SELECT p.code, b.rooms FROM posters p JOIN buildings b ON b.id = p.building WHERE b.name = '"+demoListed+"'", &poster, &rooms)
	if rooms != ":101-104,201-204" {
		t.Fatalf("%s has the list %q", demoListed, rooms)
	}
	answer := func(room string) reply {
		return s.ask(t, http.MethodPost, "/api/v1/posters/"+poster+"/responses", "", map[string]any{
			"key": newKey(), "household": map[string]string{"room": room}, "answers": map[string]string{"S1": "OWNER", "S2": "Y"}})
	}
	answer("205").refused(t, http.StatusUnprocessableEntity, "invalid_answers")
	free := false
	for _, room := range []string{"101", "102", "103", "104", "201", "202", "203", "204"} {
		free = free || answer(room).Status == http.StatusCreated
	}
	if !free {
		t.Error("no home of the list is taken")
	}
}
