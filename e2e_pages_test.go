package main

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// catalogKey is what a message looks like that no catalog has.
var catalogKey = regexp.MustCompile(`\b(resident|staff|complaints|complaint|party|activities|activity|part|tasks|task|pool|applications|application|action|error|command|roster|campaign|campaigns|standings|standing|sheet|sheets|held|tile|word|light|lane|scope|role|step|nav|login|import|plan|accounts|account|event|events|posters|poster|help|done|first|work|job|sums|how|reckon|rules|split|verdict|whatif|warning|hidden|scoring|admission|approval|coach|charts|compare|correction|export|result|results|publish|promise|overview|again|privacy|questions|tab|walls|wall|tokens|token|made|comments|comment|lexicon|mask|companies|company|filter|sums|tabs|evidence|declaration|progress|guide|refused)\.[a-z_]+(\.[a-z_]+)*\b`)

// view is one page and how to get to it.
type view struct {
	name, path string
	then       func(p *tab) // what is done there to see it; nil for nothing
	paper      bool         // as wide as its sheet, whatever the screen
}

// forStaff says whether somebody must be signed in to see it.
func (v view) forStaff() bool {
	return strings.HasPrefix(v.path, "/admin") && !strings.HasPrefix(v.path, "/admin/login")
}

// act is a list of pages as they are at one stage of the demo's campaign.
type act struct {
	name   string
	before func()
	views  []view
}

// stage is a demo district with a campaign in every stage and answers that
// are held, and an administrator for each language.
type stage struct {
	*server
	t                               *testing.T
	demo                            demoFile
	staff                           *staff
	account, password               map[string]string
	draft, later, held, closed      string // campaigns
	receipt, heldReceipt            string
	project, heldProject, laterDoor string
	closedDoor, uploadFile          string
	corrected                       string // a project whose register was corrected after opening
}

func newStage(t *testing.T) *stage {
	t.Helper()
	s, demo := serveDemo(t)
	st := &stage{server: s, t: t, demo: demo, account: map[string]string{"zh": demo.AdminUser, "en": "admin-en"}}
	english, _ := administrator(t, s.Data, "admin-en", "en")
	st.password = map[string]string{"zh": demo.AdminPassword, "en": english}
	st.staff = s.signIn(t, demo.AdminUser, demo.AdminPassword)
	st.project = s.standing(t, demo.APIToken, demo.Campaign, demoProjects()[0].name).Project.ID
	st.heldProject = s.standing(t, demo.APIToken, demo.Campaign, demoProjects()[5].name).Project.ID
	st.receipt = s.accepted(t, demo.Poster, answerOf(ownerHere, demo.roomOf(0), "4"))

	st.draft = st.staff.addCampaign(t, "草稿：秋季回访", nil)
	st.later = st.staff.openCampaign(t, "下个月的调查", url.Values{
		"opens": {minuteOf(time.Now().Add(300 * time.Hour))}, "closes": {minuteOf(time.Now().Add(900 * time.Hour))}})
	st.laterDoor = posterCodes(t, s.Data, st.later)[0]
	st.closed = st.staff.openCampaign(t, "已经结束的调查", nil)
	st.closedDoor = posterCodes(t, s.Data, st.closed)[0]
	if r := s.say(t, demo.APIToken, st.closed, "close", "提前结束"); r.Status != http.StatusOK {
		t.Fatalf("close: %d %s", r.Status, r.Body)
	}
	st.holdAnswers()
	st.corrected = s.standing(t, demo.APIToken, demo.Campaign, demoProjects()[1].name).Project.ID
	st.correctRegister(t, st.corrected)
	st.uploadFile = file(t, "新登记表.csv", demoChange)
	return st
}

// demoChange adds a project, changes one and has a row that is refused.
const demoChange = `登记号,区,街道,社区,项目名称,物业企业,楼号,单元数,户数
DEMO-0001,示范区（演示）,晨光街道,晨光社区,和畅园,示范物业一（演示）,3号楼,,32
DEMO-0100,示范区（演示）,晨光街道,晨光社区,新苑,示范物业四（演示）,1号楼,2,96
DEMO-0101,示范区（演示）,晨光街道,晨光社区,东苑,示范物业四（演示）,1号楼,2,很多
`

// holdAnswers makes a campaign of the smallest compound in which more answers
// than households came, and proposes to exclude one of those.
func (st *stage) holdAnswers() {
	st.held = st.staff.addCampaign(st.t, "平房区小调查", nil)
	st.staff.get(st.t, "/admin/campaigns/"+st.held+"/projects")
	if r := st.staff.post(st.t, "/admin/campaigns/"+st.held+"/projects", url.Values{"project": {st.heldProject}}); r.Status != http.StatusSeeOther {
		st.t.Fatalf("enrolling: %d\n%s", r.Status, r.Body)
	}
	if r := st.staff.post(st.t, "/admin/campaigns/"+st.held+"/open", url.Values{"reason": {"按计划开始"}}); r.Status != http.StatusSeeOther {
		st.t.Fatalf("opening: %d\n%s", r.Status, r.Body)
	}
	door := posterCodes(st.t, st.Data, st.held)[0]
	for i := range 18 {
		st.heldReceipt = st.accepted(st.t, door, answerOf(ownerHere, place{Room: fmt.Sprint(101 + i)}, "5"))
	}
	if n := st.standing(st.t, st.demo.APIToken, st.held, demoProjects()[5].name).Held; n == 0 {
		st.t.Fatal("no answer is held, though there are more than households")
	}
	path := "/admin/campaigns/" + st.held + "/held/" + st.heldProject
	page := st.staff.get(st.t, path).Body
	id := between(page, `name="response" value="`, `"`)
	if r := st.staff.post(st.t, path, url.Values{"response": {id}, "decision": {"exclude"}, "reason": {"同一人重复填写"}}); r.Status != http.StatusSeeOther {
		st.t.Fatalf("proposing: %d\n%s", r.Status, r.Body)
	}
}

// acts are all pages, at the stage of the demo's campaign at which they are
// to be seen.
func (st *stage) acts() []act {
	close := func() {
		if r := st.say(st.t, st.demo.APIToken, st.demo.Campaign, "close", "调查期已满"); r.Status != http.StatusOK {
			st.t.Fatalf("close: %d %s", r.Status, r.Body)
		}
	}
	seal := func() {
		if r := st.say(st.t, st.demo.APIToken, st.demo.Campaign, "seal", "结果核对无误"); r.Status != http.StatusOK {
			st.t.Fatalf("seal: %d %s", r.Status, r.Body)
		}
		st.askCorrection(st.t)
	}
	demo := "/admin/campaigns/" + st.demo.Campaign
	return []act{
		{"open", func() {}, append(append(st.residentViews(), st.officeViews()...), append(st.campaignViews(), append(append(append(st.correctionViews(), st.resultViews()...), st.workViews()...), append(st.wallViews(), st.activityViews()...)...)...)...)},
		{"closed", close, []view{
			{name: "campaign-closed", path: demo}, {name: "campaign-reopen", path: demo + "/reopen"}, {name: "campaign-seal", path: demo + "/seal"},
			{name: "standings-closed", path: demo + "/standings"}, {name: "standing-closed", path: demo + "/standings/" + st.project},
			{name: "questions-closed", path: demo + "/questions"}, {name: "questions-project-closed", path: demo + "/standings/" + st.project + "/questions?base=resident"},
			{name: "comments-closed", path: demo + "/comments"}, {name: "comments-theme", path: demo + "/comments?theme=lift&text=没有这样的话"},
			{name: "comments-project", path: demo + "/standings/" + st.project + "/comments"}, {name: "comments-few", path: "/admin/campaigns/" + st.closed + "/comments"},
			{name: "comments-export", path: demo + "/comments/export"}, {name: "comments-release-early", path: demo + "/standings/" + st.project + "/comments/release"},
			{name: "lexicon", path: "/admin/lexicon"},
			{name: "coach-closed", path: demo + "/coach"}, {name: "coach-project-closed", path: demo + "/coach/" + st.project},
			{name: "coach-reminders-closed", path: demo + "/coach/" + st.project + "/reminders"},
		}},
		{"sealed", seal, []view{
			{name: "campaign-sealed", path: demo}, {name: "publish-ready", path: demo + "/publish"}, {name: "standings-sealed", path: demo + "/standings"},
			{name: "frozen-sealed", path: demo + "/projects/" + st.corrected + "/correct"}, {name: "correction", path: demo + "/correct"},
			{name: "enrolled-sealed", path: demo + "/projects/" + st.corrected},
			{name: "sheets-sealed", path: strings.TrimSuffix(st.sheet(""), "/"+st.project)}, {name: "sheet-sealed", path: st.sheet("")},
			{name: "sheet-item-survey", path: st.sheet("/items/3.1")}, {name: "sheet-veto-survey", path: st.sheet("/items/6.1")},
			{name: "sheet-adopt-none", path: st.sheet("/adopt")}, {name: "progress", path: strings.TrimSuffix(st.sheet(""), st.project) + "progress"}, {name: "sheets-adopt", path: strings.TrimSuffix(st.sheet(""), st.project) + "adopt"},
			{name: "resident-sealed", path: "/s/" + st.demo.Poster}, {name: "resident-receipt-sealed", path: "/r/" + st.receipt},
		}},
	}
}

func (st *stage) residentViews() []view {
	form := "/s/" + st.demo.Poster
	mistyped := strings.Repeat("1", 8)
	taken, free := st.demo.roomOf(0), st.demo.roomOf(1)
	send := func(relation, lives string, home place) func(p *tab) {
		return func(p *tab) {
			p.choose("S1", relation)
			p.choose("S2", lives)
			p.fill("#unit", home.Unit)
			p.fill("#room", home.Room)
			p.send()
		}
	}
	return []view{
		{name: "resident-home", path: "/"},
		{name: "resident-form", path: form},
		{name: "resident-form-wrong", path: form, then: func(p *tab) { p.fill("#room", "abc"); p.send() }},
		{name: "resident-done", path: form + "/done?receipt=" + st.receipt},
		{name: "resident-receipt", path: "/r/" + st.receipt},
		{name: "resident-receipt-held", path: "/r/" + st.heldReceipt},
		{name: "resident-receipt-unknown", path: "/r/" + strings.Repeat("0", len(st.receipt))},
		{name: "resident-receipt-mistyped", path: "/r/123"},
		{name: "resident-already", path: form, then: send("OWNER", "Y", taken)},
		{name: "resident-no-base", path: form, then: send("TENANT", "N", free)},
		{name: "resident-closed", path: "/s/" + st.closedDoor},
		{name: "resident-not-open", path: "/s/" + st.laterDoor},
		{name: "resident-unknown", path: "/s/00000000"},
		{name: "resident-mistyped", path: "/s/" + mistyped},
		{name: "resident-nowhere", path: "/no/such/page"},
		{name: "login", path: "/admin/login"},
		{name: "login-wrong", path: "/admin/login", then: func(p *tab) {
			p.fill("#username", "nobody")
			p.fill("#password", "not the password")
			p.send()
		}},
	}
}

// send sends the form of the page and waits for what comes of it.
func (p *tab) send() {
	p.t.Helper()
	p.eval(`window.before = 1`, nil)
	p.tap(element("main form button[type=submit], main form button:not([type])"), 0.5)
	for deadline := time.Now().Add(patience); p.value("window.before") == "1"; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.t.Fatalf("%s is not sent", p.where())
		}
	}
	p.do(chromedp.WaitReady("main"))
}

func (st *stage) officeViews() []view {
	return []view{
		{name: "overview", path: "/admin"},
		{name: "projects", path: "/admin/projects"},
		{name: "projects-none", path: "/admin/projects?q=没有这个小区"},
		{name: "project", path: "/admin/projects/" + st.project},
		{name: "import", path: "/admin/projects/import"},
		{name: "import-preview", path: "/admin/projects/import", then: func(p *tab) {
			p.do(chromedp.SetUploadFiles("#file", []string{st.uploadFile}))
			p.send()
			p.arrives("/admin/projects/import/") // by itself, where planning takes a moment
		}},
		{name: "campaigns", path: "/admin/campaigns"},
		{name: "posters", path: "/admin/posters?campaign=" + st.demo.Campaign},
		{name: "poster", path: "/admin/posters/" + st.demo.Poster},
		{name: "posters-silent", path: "/admin/posters?silent=1&campaign=" + st.demo.Campaign},
		{name: "posters-add", path: "/admin/posters/add?campaign=" + st.demo.Campaign + "&project=" + st.project},
		{name: "poster-check", path: "/admin/posters/check"},
		{name: "poster-check-live", path: "/admin/posters/check", then: func(p *tab) {
			p.fill("#seen", st.demo.Poster)
			p.send()
		}},
		{name: "poster-check-foreign", path: "/admin/posters/check", then: func(p *tab) {
			p.fill("#seen", "https://pay.example.com/s/"+st.demo.Poster)
			p.send()
		}},
		{name: "poster-words", path: "/admin/campaigns/" + st.draft + "/poster"},
		{name: "poster-strip", path: "/admin/posters/print?form=strip&campaign=" + st.demo.Campaign + "&poster=" + st.demo.Poster, paper: true},
		{name: "poster-print", path: "/admin/posters/print?campaign=" + st.demo.Campaign + "&project=" + st.project, paper: true},
		{name: "accounts", path: "/admin/accounts"},
		{name: "account-new", path: "/admin/accounts/new"},
		{name: "account-new-wrong", path: "/admin/accounts/new", then: func(p *tab) {
			p.eval(element("main form")+".noValidate = true", nil)
			p.send()
		}},
		{name: "account-added", path: "/admin/accounts/new", then: func(p *tab) {
			p.fill("#username", "auditor-"+p.value("document.documentElement.lang.slice(0, 2)"))
			p.fill("#role", "auditor")
			p.fill("#scope", "city")
			p.send()
		}},
		{name: "events", path: "/admin/events"},
		{name: "complaints", path: "/admin/complaints"}, {name: "complaints-import", path: "/admin/complaints/import"},
		{name: "complaints-unmatched", path: "/admin/complaints/unmatched"}, {name: "complaints-batches", path: "/admin/complaints/batches"},
		{name: "complaints-ranking", path: "/admin/complaints/ranking"}, {name: "complaints-project", path: "/admin/complaints/projects/" + st.project},
		{name: "help", path: "/admin/help"}, {name: "rules", path: "/admin/help/rules"}, {name: "guide-rubric", path: "/admin/help/rubric"}, {name: "guide-notice", path: "/admin/help/notice"},
		{name: "password", path: "/admin/password"},
		{name: "sheets", path: strings.TrimSuffix(st.sheet(""), "/"+st.project)},
		{name: "staff-nowhere", path: "/admin/projects/000000001"},
	}
}

func (st *stage) campaignViews() []view {
	demo, draft, held := "/admin/campaigns/"+st.demo.Campaign, "/admin/campaigns/"+st.draft, "/admin/campaigns/"+st.held
	company := "/admin/companies/" + between(st.staff.get(st.t, "/admin/companies").Body, `<a href="/admin/companies/`, `"`)
	return []view{
		{name: "campaign-new", path: "/admin/campaigns/new"},
		{name: "campaign-new-wrong", path: "/admin/campaigns/new", then: func(p *tab) {
			p.eval(element("main form")+".noValidate = true", nil)
			p.fill("#name", " ")
			p.send()
		}},
		{name: "campaign-draft", path: draft},
		{name: "campaign-edit", path: draft + "/edit"},
		{name: "campaign-enrol", path: draft + "/projects"},
		{name: "campaign-opening", path: draft + "/open"},
		{name: "campaign-remove", path: draft + "/remove"},
		{name: "campaign-open", path: demo},
		{name: "campaign-close", path: demo + "/close"},
		{name: "campaign-later", path: "/admin/campaigns/" + st.later},
		{name: "standings-open", path: demo + "/standings"}, {name: "standings-filtered", path: demo + "/standings?light=high&sort=name"},
		{name: "standings-empty", path: demo + "/standings?light=low&item=MET_CLEAR"}, {name: "companies", path: "/admin/companies"}, {name: "company-projects", path: company}, {name: "questions-open", path: demo + "/questions"},
		{name: "standing-open", path: demo + "/standings/" + st.project},
		{name: "held-projects", path: held + "/held"},
		{name: "held", path: held + "/held/" + st.heldProject},
		{name: "sheet-open", path: st.sheet("")},
		{name: "sheet-wrong", path: st.sheet(""), then: func(p *tab) {
			p.fill("[id='points-3.3']", "2")
			p.eval(element("#marks")+".requestSubmit()", nil)
			p.arrives("/marks")
		}},
		{name: "sheets-excluded", path: strings.TrimSuffix(st.sheet(""), "/"+st.project) + "?state=excluded"},
		{name: "sheet-item", path: st.sheet("/items/2.1")}, {name: "sheet-fees", path: st.sheet("/items/3.2")},
		{name: "sheet-veto", path: st.sheet("/items/6.2")}, {name: "sheet-crowd", path: st.sheet("/items/6.4")},
		{name: "sheet-veto-wrong", path: st.sheet("/items/6.2"), then: func(p *tab) {
			p.eval(element("form[action$='/veto']")+".requestSubmit()", nil)
			p.arrives("/veto")
		}},
		{name: "sheet-history", path: st.sheet("/history")},
		{name: "comments", path: demo + "/comments"},
		{name: "charts", path: demo + "/charts"},
		{name: "charts-none", path: demo + "/charts?q=没有这个小区"},
		{name: "compare", path: demo + "/compare"},
		{name: "compare-none", path: demo + "/compare?q=没有这个小区"},
		{name: "coach", path: demo + "/coach"},
		{name: "coach-none", path: demo + "/coach?q=没有这个小区"},
		{name: "coach-project", path: demo + "/coach/" + st.project},
		{name: "coach-round", path: demo + "/coach/" + st.project + "/round"},
		{name: "coach-reminders", path: demo + "/coach/" + st.project + "/reminders"},
		{name: "coach-reminders-both", path: demo + "/coach/" + st.project + "/reminders?words=both"},
		{name: "coach-notice", path: demo + "/coach/" + st.project + "/reminders/print", paper: true},
		{name: "coach-draft", path: draft + "/coach"},
		{name: "coach-later", path: "/admin/campaigns/" + st.later + "/coach/" + st.project},
		{name: "coach-choose", path: "/admin/coach"},
	}
}
