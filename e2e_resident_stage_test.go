package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// residentStage is a demo district with a campaign at every stage that
// residents may meet, and a proxy in front of it that loses what it is told to.
type residentStage struct {
	*stage
	besieged               *server // answers few guesses
	proxy                  *proxy
	away                   string // address of one that cannot read its database
	feedback, mute         string // campaigns: with feedback, and without a planned day
	feedbackDoor, muteDoor string
	retired, moved         string
	apart                  string       // receipts
	homes                  atomic.Int64 // used so far
}

func newResidentStage(t *testing.T) *residentStage {
	t.Helper()
	st := &residentStage{stage: newStage(t)}
	st.proxy, st.away = newProxy(t, st.server), newAway(t, st.server)
	st.feedback = st.staff.openCampaign(t, "征求意见", url.Values{"feedback": {"1"}})
	st.feedbackDoor = posterCodes(t, st.Data, st.feedback)[0]
	apart := given{Key: newKey(), Answers: map[string]any{"S1": "TENANT", "S2": "Y", "Q1": "3"}}
	st.apart = st.sent(st.feedbackDoor, apart, "open")
	st.mute = st.staff.openCampaign(t, "没有公布日期的调查", nil)
	st.muteDoor = posterCodes(t, st.Data, st.mute)[0]
	st.must(st.say(t, st.demo.APIToken, st.mute, "close", "提前结束"), http.StatusOK)
	st.types("/admin/campaigns/"+st.mute+"/publish/day", url.Values{"publishes": {""}})
	doors := posterCodes(t, st.Data, st.feedback)
	st.moved, st.retired = doors[1], doors[2]
	st.types("/admin/posters/"+st.moved+"/replace", url.Values{"reason": {"破损"}, "place": {"1号楼一层电梯厅"}})
	st.types("/admin/posters/"+st.retired+"/retire", url.Values{"reason": {"楼已拆除"}})
	st.besieged = besieged(t)
	st.sql("UPDATE posters SET retired = 1 WHERE code = '" + st.publishedToo() + "'")
	return st
}

// besieged is a server that answers few who ask for what does not exist; they
// come through a proxy that it trusts, for whoever is on its own machine may
// ask at will.
func besieged(t *testing.T) *server {
	t.Helper()
	config := file(t, "few.toml", "trusted_proxies = [\"127.0.0.1/32\"]\n[limits]\nguesses = 60\n")
	s := serve(t, t.TempDir(), "--config", config)
	target, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(target)
		r.Out.Host = r.In.Host
		r.Out.Header.Set("X-Forwarded-For", "203.0.113.9")
	}})
	t.Cleanup(front.Close)
	return &server{URL: front.URL, Data: s.Data, client: s.client}
}

// besiege asks that server for more than it answers, and once more by the page.
func (st *residentStage) besiege(p *tab) {
	p.t.Helper()
	eventually(p.t, patience, "too much is refused", func() bool {
		return st.besieged.get(p.t, "/r/"+strings.Repeat("0", 18)).Status == http.StatusTooManyRequests
	})
	p.do(chromedp.Reload(), chromedp.WaitReady("main"))
	if p.value("document.querySelectorAll('#code').length") != "0" {
		p.t.Errorf("nothing is refused:\n%s", p.text())
	}
}

// publishedToo is another poster of the campaign whose result is public from
// the start.
func (st *residentStage) publishedToo() (code string) {
	st.t.Helper()
	query(st.t, st.Data, "SELECT max(code) FROM posters WHERE code <> '"+st.demo.Published+"' AND campaign = (SELECT campaign FROM posters WHERE code = '"+st.demo.Published+"') AND project = (SELECT project FROM posters WHERE code = '"+st.demo.Published+"')", &code)
	return code
}

// must wants a status.
func (st *residentStage) must(r reply, status int) {
	st.t.Helper()
	if r.Status != status {
		st.t.Fatalf("status %d, want %d: %.2000s", r.Status, status, r.Body)
	}
}

// types sends a form of the staff's.
func (st *residentStage) types(path string, form url.Values) {
	st.t.Helper()
	st.staff.get(st.t, strings.TrimSuffix(path, "/day"))
	st.must(st.staff.post(st.t, path, form), http.StatusSeeOther)
}

// sent is the receipt of an answer in a lane.
func (st *residentStage) sent(poster string, g given, lane string) string {
	st.t.Helper()
	text, err := json.Marshal(g)
	if err != nil {
		st.t.Fatal(err)
	}
	var said struct{ Receipt string }
	body := strings.Replace(string(text), "{", fmt.Sprintf(`{"lane":%q,"device":%q,`, lane, newKey()), 1)
	body = strings.Replace(body, `"household":{},`, "", 1)
	st.ask(st.t, http.MethodPost, "/api/v1/posters/"+poster+"/responses", "", body).read(st.t, http.StatusCreated, &said)
	return said.Receipt
}

// sql changes what no page of ours would.
func (st *residentStage) sql(statements ...string) {
	st.t.Helper()
	db := stored(st.t, st.Data)
	defer func() { _ = db.Close() }()
	for _, one := range statements {
		if _, err := db.ExecContext(st.t.Context(), one); err != nil {
			st.t.Fatalf("%s: %v", one, err)
		}
	}
	time.Sleep(1100 * time.Millisecond) // the store may remember a campaign for a second
}

// home is one that nobody has answered for.
func (st *residentStage) home() place {
	return st.demo.roomOf(20 + int(st.homes.Add(1)))
}

// fillIn fills the form in, as far as it is there.
func (p *tab) fillIn(home place) {
	p.t.Helper()
	text, _ := json.Marshal(home) // strings are JSON
	p.eval(`(home => {
		const all = document.getElementById("form").elements;
		const set = (name, value) => { if (all[name]) { all[name].value = value; } };
		set("S1", "OWNER"); set("S2", "Y"); set("Q1", "4"); set("Q2", "3"); set("Q8", "H2"); set("unit", home.unit); set("room", home.room);
		set("Q16", "楼道灯常亮，谢谢。Lights work, thank you.");
		for (const c of document.querySelectorAll("input:checked, #room")) { c.dispatchEvent(new Event("change", {bubbles: true})); }
	})(`+string(text)+")", nil)
}

// press taps the button that sends the form and waits for another page.
func (p *tab) press() {
	p.t.Helper()
	p.eval(`window.before = 1`, nil)
	p.tap(element("#form .send button, form#retry button"), 0.5)
	eventually(p.t, patience, "the form leads on", func() bool {
		ctx, cancel := context.WithTimeout(p.ctx, 5*time.Second)
		defer cancel()
		var there bool
		err := chromedp.Run(ctx, chromedp.Evaluate(`!window.before && !!document.querySelector("main")`, &there))
		return err == nil && there // an error: just between two pages
	})
	p.do(chromedp.WaitReady("main"))
}

// answers sends the form of the page for a home.
func (p *tab) answers(home place) {
	p.t.Helper()
	p.fillIn(home)
	p.press()
	p.arrives("/done")
}

// goes opens a path of the same server in the page's language.
func (p *tab) goes(path string) {
	p.t.Helper()
	if p.value("document.documentElement.lang") == "en" {
		path += map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")] + "lang=en"
	}
	p.open(p.value("location.origin") + path)
}

// scripts allows the pages' scripts again.
func (p *tab) scripts() {
	p.t.Helper()
	p.do(emulation.SetScriptExecutionDisabled(false))
}

// says waits until the form says what becomes of it.
func (p *tab) says() {
	p.t.Helper()
	eventually(p.t, patience, "the form says what happens", func() bool { return p.value(element("#sending p")+".textContent.trim()") != "" })
}

// posterOf is a poster of a demo project.
func (st *residentStage) posterOf(project string) string {
	st.t.Helper()
	var code string
	query(st.t, st.Data, "SELECT o.code FROM posters o JOIN projects p ON p.id = o.project WHERE p.name = '"+project+"' AND o.retired = 0 AND o.campaign = "+
		fmt.Sprint(int64(campaignNumber(st.t, st.demo.Campaign)))+" LIMIT 1", &code)
	return code
}

// publish seals and publishes the demo's campaign.
func (st *residentStage) publish() {
	st.t.Helper()
	st.must(st.say(st.t, st.demo.APIToken, st.demo.Campaign, "seal", "结果核对无误"), http.StatusOK)
	path := "/admin/campaigns/" + st.demo.Campaign + "/publish"
	st.staff.get(st.t, path)
	st.must(st.staff.post(st.t, path, url.Values{"seen": {"1"}}), http.StatusSeeOther)
}

// projects are the demo's, by name.
func (st *residentStage) projects() (names []string) {
	for _, one := range demoProjects() {
		names = append(names, one.name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// online switches the phone's network.
func (p *tab) online(on bool) {
	p.t.Helper()
	p.do(network.Enable(), network.EmulateNetworkConditions(!on, 0, -1, -1))
}
