package main

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// answerPage fills the form by touching rows and sends it.
func (p *tab) answerPage(home place) {
	p.t.Helper()
	p.choose("S1", "OWNER")
	p.choose("S2", "Y")
	p.choose("Q1", "5")
	p.fill("#unit", home.Unit)
	p.fill("#room", home.Room)
	p.tap(element("form button[type=submit]"), 0.5)
}

// A resident with a phone scans, answers, sees 已收到 and looks the receipt
// up: in both languages, with and without scripts.
func TestResidentWithAPhone(t *testing.T) {
	_, demo := serveDemo(t)
	chrome := browser(t)
	for i, test := range []struct {
		name, query          string
		scripts              bool
		received, counted    string
		title, notAnswerWord string
	}{
		{"Chinese", "", true, "已收到", "已计入", "满意", "非常满意"},
		{"English", "?lang=en", true, "Received", "counted", "", "Very satisfied"},
		{"Chinese without scripts", "", false, "已收到", "已计入", "满意", "非常满意"},
		{"English without scripts", "?lang=en", false, "Received", "counted", "", "Very satisfied"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := newTab(t, chrome, phone)
			if !test.scripts {
				p.noScript()
			}
			p.open(demo.ResidentURL + test.query)
			p.fitsTheScreen()
			p.answerPage(demo.roomOf(i))
			p.arrives("/done")
			p.reads(test.received)
			receipt := p.receipt()
			if strings.Contains(p.text(), test.notAnswerWord) {
				t.Error("the last page shows what was answered")
			}
			p.tap(element("a[href*='/r/']"), 0.5)
			p.arrives("/r/" + receipt)
			p.reads(test.counted)
			if strings.Contains(p.text(), test.notAnswerWord) {
				t.Error("the receipt shows what was answered")
			}
			again := newTab(t, chrome, phone) // the same home from another phone
			if !test.scripts {
				again.noScript()
			}
			again.open(demo.ResidentURL + test.query)
			again.answerPage(demo.roomOf(i))
			again.awaitTitle("")
			if strings.Contains(again.where(), "/done") {
				t.Error("the same home was taken twice")
			}
		})
	}
}

var receiptWord = regexp.MustCompile(`[0-9A-HJKMNP-TV-Z]{4,8}([-\s]?[0-9A-HJKMNP-TV-Z]{2,8})+`)

// receipt is the one that the page shows.
func (p *tab) receipt() string {
	p.t.Helper()
	shown := p.value(element(".receipt") + ".textContent")
	if !receiptWord.MatchString(shown) {
		p.t.Fatalf("no receipt on the page: %q", shown)
	}
	return strings.NewReplacer("-", "", " ", "").Replace(strings.TrimSpace(shown))
}

// fitsTheScreen: nothing is wider than the screen, and rows are large enough
// for a thumb.
func (p *tab) fitsTheScreen() {
	p.t.Helper()
	if wide := p.value("document.documentElement.scrollWidth <= window.innerWidth"); wide != "true" {
		p.t.Errorf("%s is wider than %d", p.where(), p.size.width)
	}
	if low := p.value(`Array.from(document.querySelectorAll("label.choice")).filter(l => l.offsetParent && l.getBoundingClientRect().height < 60).length`); low != "0" {
		p.t.Errorf("%s answers are lower than 60 px", low)
	}
}

// awaitTitle waits for a page whose title begins so, to its last byte: the title
// is there before the form. It returns the title.
func (p *tab) awaitTitle(begins string) string {
	p.t.Helper()
	var title, state string
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(p.ctx, 5*time.Second)
		err := chromedp.Run(ctx, chromedp.Title(&title), chromedp.Evaluate("document.readyState", &state))
		cancel()
		if err == nil && strings.HasPrefix(title, begins) && title != "" && state == "complete" {
			return title
		}
	}
	p.t.Fatalf("the title is %q, want one that begins with %q", title, begins)
	return ""
}

// An error keeps everything that was typed, says so in the title and leads to
// the controls; the answer can be sent after mending it.
func TestErrorKeepsWhatWasTyped(t *testing.T) {
	sqliteOnly(t, "the form comes back before any engine is asked")
	s, demo := serveDemo(t)
	chrome := browser(t)
	for i, scripts := range []bool{true, false} {
		p := newTab(t, chrome, phone)
		if !scripts {
			p.noScript()
		}
		p.open(demo.ResidentURL)
		p.choose("S1", "OWNER")
		p.choose("Q1", "4")
		p.choose("Q3", "2")
		p.fill("#Q16", "楼道灯坏了 <b>三天</b>")
		p.fill("#room", "没有数字")
		p.tap(element("form button[type=submit]"), 0.5)
		p.awaitTitle("有误：")
		for expression, want := range map[string]string{
			element("input[name=S1][value=OWNER]") + ".checked": "true",
			element("input[name=Q1][value='4']") + ".checked":   "true",
			element("input[name=Q3][value='2']") + ".checked":   "true",
			element("#Q16") + ".value":                          "楼道灯坏了 <b>三天</b>",
			element("#room") + ".value":                         "没有数字",
			"document.activeElement.id":                         "problems",
			element("#problems a[href='#S2']") + " !== null":    "true",
			element("#problems a[href='#unit']") + " !== null":  "true",
			element("#problems a[href='#room']") + " !== null":  "true",
		} {
			if got := p.value(expression); got != want {
				t.Errorf("scripts %v: %s is %q, want %q", scripts, expression, got, want)
			}
		}
		p.tap(element("#problems a[href='#room']"), 0.2)
		if at := p.value("document.activeElement.id"); at != "room" {
			t.Errorf("the link of the summary leads to %q, not to the room", at)
		}
		p.choose("S2", "Y")
		p.fill("#unit", demo.roomOf(i).Unit)
		p.fill("#room", demo.roomOf(i).Room)
		p.tap(element("form button[type=submit]"), 0.5)
		p.arrives("/done")
	}
	if c := rows(t, s.Data, "comments"); c == 0 {
		t.Error("the comment was not stored")
	}
}

// What was typed survives a reload, until it is acknowledged.
func TestDraftSurvivesAReload(t *testing.T) {
	sqliteOnly(t, "drafts are the phone's")
	_, demo := serveDemo(t)
	p := newTab(t, browser(t), phone)
	p.open(demo.ResidentURL)
	p.choose("S1", "TENANT")
	p.choose("Q1", "3")
	p.fill("#room", "1203")
	p.fill("#Q16", "希望多种树")
	p.do(chromedp.Sleep(600 * time.Millisecond)) // the draft is written a moment after the last key
	p.do(chromedp.Reload())
	for expression, want := range map[string]string{
		element("input[name=S1][value=TENANT]") + ".checked": "true",
		element("input[name=Q1][value='3']") + ".checked":    "true",
		element("#room") + ".value":                          "1203",
		element("#Q16") + ".value":                           "希望多种树",
	} {
		if got := p.value(expression); got != want {
			t.Errorf("after a reload %s is %q, want %q", expression, got, want)
		}
	}
	p.answerPage(demo.roomOf(3))
	p.arrives("/done")
	if left := p.value("Object.keys(localStorage).filter(k => k.indexOf('draft') >= 0).length"); left != "0" {
		t.Errorf("%s drafts are left after the acknowledgement", left)
	}
	p.open(demo.ResidentURL + "?home=another")
	if got := p.value(element("#room") + ".value"); got != "" {
		t.Errorf("the next form begins with %q", got)
	}
}

// The administrator sees the turnout move within two seconds of an answer,
// closes, seals and reads the sheet with k/n beside the points.
func TestAdministratorFromTurnoutToSheet(t *testing.T) {
	s, demo := serveDemo(t)
	chrome := browser(t)
	p := newTab(t, chrome, desk)
	p.signIn(s, demo.AdminUser, demo.AdminPassword)
	p.reads("示范")
	turnout := func() string { return p.value(`document.querySelector("#turnout").parentNode.innerText`) }
	before := turnout()
	resident := newTab(t, chrome, phone)
	resident.open(demo.ResidentURL)
	resident.answerPage(demo.roomOf(0))
	resident.arrives("/done")
	soon(t, 2*time.Second, "the overview's turnout moves: "+before, func() bool { return turnout() != before })

	p.open(s.URL + "/admin/campaigns/" + demo.Campaign + "/standings")
	table := func() string { return p.value(`document.querySelector("#live-table").innerText`) }
	before = table()
	s.accepted(t, demo.Poster, answerOf(ownerHere, demo.roomOf(1), "5"))
	soon(t, 2*time.Second, "the standings' turnout moves", func() bool { return table() != before })

	p.step(s, demo, "close", "调查期已满，按计划结束")
	p.step(s, demo, "seal", "结果核对无误，予以封存")
	if heading := between(s.get(t, "/s/"+demo.Poster).Body, "<h1>", "</h1>"); heading == "" {
		t.Error("the poster of a sealed campaign shows nothing")
	}
	want := recount(t, s.Data, demo.Campaign)
	for _, row := range s.standings(t, demo.APIToken, demo.Campaign) {
		p.open(s.URL + "/admin/campaigns/" + demo.Campaign + "/sheets/" + row.Project.ID)
		p.checkSheetPage(row, want[row.Project.Name]["owner"])
	}
}

// step takes a step of the campaign by its page.
func (p *tab) step(s *server, demo demoFile, kind, reason string) {
	p.t.Helper()
	p.open(s.URL + "/admin/campaigns/" + demo.Campaign + "/" + kind)
	p.fill("#reason", reason)
	p.tap(element("main form.card button"), 0.5)
	p.arrives("done=")
}

// checkSheetPage: the line of 1.1 says 10, 0 or 未评定 with k/n beside it.
func (p *tab) checkSheetPage(row standing, c count) {
	p.t.Helper()
	line := p.value(`document.getElementById("line-1.1").lastElementChild.innerText`)
	j := judge(p.t, number(row.Owner.Households), number(c.Answered), number(c.Satisfied))
	want := "未评定"
	if j.Points != nil {
		want = map[bool]string{true: "10", false: "0"}[*j.Points > 0]
	}
	found := strings.HasPrefix(strings.TrimSpace(line), want)
	if j.Points == nil {
		found = strings.Contains(line, want)
	}
	if !found {
		p.t.Errorf("%s: 1.1 shows %q, want %s", row.Project.Name, line, want)
	}
	if c.Answered >= 10 && !strings.Contains(line, number(c.Satisfied)+"/"+number(c.Answered)) {
		p.t.Errorf("%s: 1.1 shows %q without %d/%d beside it", row.Project.Name, line, c.Satisfied, c.Answered)
	}
}
