package resident_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// script is what a form that is sent by script says of itself.
const script = "application/json"

// acknowledged reads what a script is told of a stored answer.
func (a answer) acknowledged(status int) (receipt, next string, retry bool) {
	a.t.Helper()
	a.is(status)
	var told struct {
		Receipt, Next string
		Retry         bool
	}
	if err := json.Unmarshal([]byte(a.body), &told); err != nil {
		a.t.Fatalf("%v: %s", err, a.body)
	}
	if kind, store := a.header.Get("Content-Type"), a.header.Get("Cache-Control"); !strings.HasPrefix(kind, script) || store != "no-store" {
		a.t.Errorf("it is %s, %s", kind, store)
	}
	return told.Receipt, told.Next, told.Retry
}

func TestAScriptIsToldOfTheReceipt(t *testing.T) {
	s := newSite(t)
	path := "/s/" + s.Poster.Code
	first := s.post(path, form(0), "Accept", script)
	receipt, next, retry := first.acknowledged(http.StatusCreated)
	if retry || next != path+"/done?receipt="+receipt {
		t.Errorf("retry %v, next %s", retry, next)
	}
	set := strings.Join(first.header.Values("Set-Cookie"), "\n")
	for _, name := range []string{"mh_key=", changeKeys + receipt[12:] + "=" + receipt} {
		if !strings.Contains(set, name) {
			t.Errorf("no cookie %s in %q", name, set)
		}
	}
	s.get(next).is(http.StatusOK, "已收到")
	again, next, retry := s.post(path+"?lang=en", form(0), "Accept", script+", text/html").acknowledged(http.StatusOK)
	if again != receipt || !retry || next != path+"/done?lang=en&receipt="+receipt {
		t.Errorf("the same request: %s, retry %v, next %s", again, retry, next)
	}
	plain := s.post(path, form(0), "Accept", "text/html,application/json;q=0.9").is(http.StatusSeeOther)
	if to := plain.header.Get("Location"); to != path+"/done?receipt="+receipt+"&retry=1" {
		t.Errorf("a page's retry leads to %s", to)
	}
	if n := s.stored(); n != 1 {
		t.Errorf("%d answers are stored", n)
	}
	s.Clean()
}

// What is not stored is said as JSON too, with the statuses of the pages: the
// script then lets the browser itself ask for the page.
func TestAScriptIsToldWhyNot(t *testing.T) {
	s := newSite(t)
	path := "/s/" + s.Poster.Code
	s.post(path, form(0)).receipt()
	refused := func(a answer, status int, code string) {
		t.Helper()
		var told struct{ Code, Message string }
		if err := json.Unmarshal([]byte(a.is(status).body), &told); err != nil || told.Code != code || told.Message == "" {
			t.Errorf("want %s: %v, %s", code, err, a.body)
		}
	}
	refused(s.post(path, with(form(1), "room"), "Accept", script), http.StatusUnprocessableEntity, "invalid_answers")
	refused(s.post(path, with(form(0), "key", "key-of-another-phone-1"), "Accept", script), http.StatusConflict, "already_answered")
	refused(s.postBody(path, strings.Repeat("a", 1<<20), "Accept", script), http.StatusRequestEntityTooLarge, "too_large")
	refused(s.post(path+"/again", form(0), "Accept", script), http.StatusNotFound, "not_found")
	s.CloseCampaign()
	refused(s.post(path, form(2), "Accept", script), http.StatusForbidden, "closed")
	if n := s.stored(); n != 1 {
		t.Errorf("%d answers are stored", n)
	}
}
