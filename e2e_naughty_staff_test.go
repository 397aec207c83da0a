package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"
)

// hostile are texts that somebody of the staff may type, or a register may
// bring: each would set window.__hit where it became a script.
func hostile() []string {
	return []string{`<script>window.__hit=1</script>`, `"><img src=x onerror=window.__hit=1>`, `'-(window.__hit=1)-'`, `</title></textarea><svg onload=window.__hit=1>`,
		`" autofocus onfocus="window.__hit=1`, `javascript:window.__hit=1`, `{{.}}${window.__hit=1}`, "=HYPERLINK(\"//example.com\")", "+1+1", "-1+1", "@SUM(1)"}
}

// hostileRegister has a hostile text in every cell of text.
func hostileRegister() string {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write([]string{"登记号", "区", "街道", "社区", "项目名称", "物业企业", "社区电话", "楼号", "单元数", "户数"}) // a buffer takes everything
	for i, text := range hostile() {
		for n := range 2 {
			_ = w.Write([]string{fmt.Sprintf("N-%02d", i), "甲区" + text, "街道" + text, "社区" + text, text, text, text[:min(len(text), 40)], fmt.Sprintf("%d号楼%s", n+1, text), "2", "40"})
		}
	}
	w.Flush()
	return b.String()
}

var pictureOfPage = regexp.MustCompile(`<img [^>]*src="(/admin/[^"]*)"`)

// What staff type and registers bring is text on every page of theirs and of
// the residents', in every workbook, at every stage: nothing of it runs.
func TestNothingTypedByStaffRuns(t *testing.T) {
	sqliteOnly(t, "the pages are the same on every engine")
	data := started(t)
	password, token := administrator(t, data, "chief", "zh")
	must(t, "import", "projects", file(t, "敌意.csv", hostileRegister()), "--apply", "--strict", "--data", data)
	s := serve(t, data)
	st := &hostileStage{t: t, server: s, staff: s.signIn(t, "chief", password), token: token}
	st.prepare()
	chrome := browser(t)
	eye := newEye(t, chrome)
	eye.signIn(s, "chief", password)
	seen := map[string]bool{}
	for _, step := range []string{"open", "close", "seal", "publish"} {
		switch step {
		case "close", "seal":
			if r := s.say(t, token, st.campaign, step, hostile()[0]+step); r.Status != http.StatusOK {
				t.Fatalf("%s: %d %s", step, r.Status, r.Body)
			}
		case "publish":
			st.publish()
		}
		for path, text := range st.staff.pages(t, "/admin", 2) {
			if err := harmless(text); err != nil {
				t.Errorf("%s: %v", path, err)
			}
			for _, m := range pictureOfPage.FindAllStringSubmatch(text, -1) {
				if r := st.staff.get(t, html.UnescapeString(m[1])); harmless(r.Body) != nil {
					t.Errorf("%s: %v", m[1], harmless(r.Body))
				}
			}
			if link := excelLink.FindStringSubmatch(text); link != nil {
				checkCells(t, path, st.staff.get(t, html.UnescapeString(link[1])))
			}
			if kind := step + kindOf(path); step == "open" && !seen[kind] || step == "publish" && strings.Contains(kind, "/results") && !seen[kind] {
				seen[kind] = true
				eye.looks(s.URL + path)
			}
		}
		for _, path := range st.publicPages() {
			eye.looks(s.URL + path)
		}
	}
	t.Logf("%d pages were looked at", eye.looked)
	if eye.looked < 40 {
		t.Errorf("only %d pages were looked at, so it proves little", eye.looked)
	}
}

// hostileStage is a campaign with hostile texts wherever one can be typed.
type hostileStage struct {
	*server
	t               *testing.T
	staff           *staff
	token, campaign string
	posters         []string
	receipt         string
}

// prepare types a hostile text into every form that keeps one.
func (st *hostileStage) prepare() {
	t, texts := st.t, hostile()
	st.campaign = st.staff.addCampaign(t, texts[0], url.Values{"asker": {texts[1]}, "phone": {"010-1"}})
	path := "/admin/campaigns/" + st.campaign
	words := url.Values{"language": {"both"}}
	for _, language := range []string{"zh", "en"} {
		words.Set(language+"_title", "<b onload=x>") // what fits on a line
		words.Set(language+"_why", texts[1])
		words.Set(language+"_help", texts[0])
		words.Set(language+"_safety", texts[2])
	}
	st.types(path+"/poster", words)
	st.types(path+"/open", url.Values{"reason": {texts[1]}})
	st.posters = posterCodes(t, st.Data, st.campaign)
	for i, text := range texts {
		st.types("/admin/accounts/new", url.Values{"username": {fmt.Sprintf("clerk-%d", i)}, "name": {text}, "role": {"auditor"}, "scope": {"city"}, "language": {"zh"}})
		st.types("/admin/posters/"+st.posters[i]+"/replace", url.Values{"reason": {text}, "place": {text}})
	}
	st.types("/admin/posters/"+st.posters[len(texts)]+"/retire", url.Values{"reason": {texts[2]}})
	st.posters = posterCodes(t, st.Data, st.campaign)
	for i, text := range texts {
		g := answerOf(ownerHere, place{Unit: "1", Room: fmt.Sprint(101 + i)}, "4")
		g.Answers["Q16"] = text
		status, receipt, err := st.answer(st.posters[len(st.posters)-1], g)
		if err != nil || status != http.StatusCreated {
			t.Fatalf("an answer: %d %v", status, err)
		}
		st.receipt = receipt
	}
}

// publish makes the results public, and a promise of the company for each
// project, as published and as changed since.
func (st *hostileStage) publish() {
	st.t.Helper()
	st.types("/admin/campaigns/"+st.campaign+"/publish", url.Values{"seen": {"1"}})
	db := stored(st.t, st.Data)
	defer func() { _ = db.Close() }()
	for i, text := range hostile() {
		if _, err := db.ExecContext(st.t.Context(), `INSERT INTO promises (id, campaign, project, company, company_name, added, version, changed, text, due, done, done_note, returned,
			public_at, public_text, public_due, public_done, public_note, first_due)
			SELECT id + ?, campaign, project, 1, ?, opened, 2, opened, ?, 20300101, 0, ?, ?, opened, ?, 20290101, 20280101, ?, 20290201
			FROM (SELECT p.id, e.campaign, e.project, 1 AS opened FROM enrolments e JOIN projects p ON p.id = e.project WHERE e.campaign = ?) AS all_of_them`,
			1000*(i+1), text, text, text, text, text, text, int64(campaignNumber(st.t, st.campaign))); err != nil {
			st.t.Fatal(err)
		}
	}
	eventually(st.t, patience, "residents see the promises", func() bool {
		return strings.Contains(st.server.get(st.t, "/p/"+st.posters[0]).Body, html.EscapeString(hostile()[0]))
	})
}

// types sends a form as somebody would, which is taken or comes back harmless.
func (st *hostileStage) types(path string, form url.Values) {
	st.t.Helper()
	st.staff.get(st.t, path)
	r := st.staff.post(st.t, path, form)
	if r.Status >= http.StatusInternalServerError {
		st.t.Errorf("%s: %d", path, r.Status)
	}
	if err := harmless(withoutNamed(r.Body, r.Header.Get("Content-Security-Policy"))); err != nil && strings.Contains(r.Header.Get("Content-Type"), "html") {
		st.t.Errorf("%s: %v", path, err)
	}
	if r.Status == http.StatusUnprocessableEntity {
		st.t.Logf("%s is refused: %v", path, between(r.Body, `class="error-summary"`, "</ul>"))
	}
}

// publicPages are those that residents see.
func (st *hostileStage) publicPages() []string {
	list := []string{"/r/" + st.receipt, "/s/" + st.posters[0] + "/done?receipt=" + st.receipt}
	for i := 0; i < len(st.posters); i += 5 {
		list = append(list, "/s/"+st.posters[i], "/p/"+st.posters[i])
	}
	return append(list, "/privacy", "/s/"+st.posters[0]+"/privacy", "/s/"+st.posters[0]+"?lang=en&size=xl")
}

// eye is a browser that notices what a script would do.
type eye struct {
	*tab
	look    *looker
	dialogs atomic.Int32
	looked  int
}

func newEye(t *testing.T, chrome context.Context) *eye {
	t.Helper()
	e := &eye{tab: newTab(t, chrome, desk), look: &looker{}}
	e.look.listen(e.tab)
	chromedp.ListenTarget(e.ctx, func(event any) {
		if _, is := event.(*page.EventJavascriptDialogOpening); is {
			e.dialogs.Add(1)
			go func() { _ = chromedp.Run(e.ctx, page.HandleJavaScriptDialog(false)) }() // else the page waits for ever
		}
	})
	return e
}

// looks opens a page: nothing runs, nothing is said of a script or of the
// content policy, nothing leads away.
func (e *eye) looks(address string) {
	e.t.Helper()
	e.open(address)
	e.looked++
	if hit := e.value("window.__hit"); hit != "undefined" || e.dialogs.Load() > 0 {
		e.t.Errorf("%s: a script ran (%s, %d dialogs)", address, hit, e.dialogs.Load())
	}
	host, _, _ := strings.Cut(strings.TrimPrefix(address, "http://"), "/")
	if at := e.value("location.host"); at != host {
		e.t.Errorf("%s leads to %s", address, at)
	}
	e.look.mu.Lock()
	defer e.look.mu.Unlock()
	for _, said := range e.look.faults[e.ctx] {
		e.t.Errorf("%s: %s", address, said)
	}
	delete(e.look.faults, e.ctx)
}

// checkCells wants a workbook in which no cell is a formula, and those that
// look like one are marked as text.
func checkCells(t *testing.T, path string, r reply) {
	t.Helper()
	book, err := excelize.OpenReader(strings.NewReader(r.Body))
	if err != nil {
		t.Errorf("%s: the workbook: %v", path, err)
		return
	}
	defer func() { _ = book.Close() }()
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		for y, row := range rows {
			for x, text := range row {
				cell, err := excelize.CoordinatesToCellName(x+1, y+1)
				if err == nil {
					err = checkCell(book, sheet, cell, text)
				}
				if err != nil {
					t.Errorf("%s, %s!%s %q: %v", path, sheet, cell, text, err)
				}
			}
		}
	}
}

func checkCell(book *excelize.File, sheet, cell, text string) error {
	if formula, err := book.GetCellFormula(sheet, cell); err != nil || formula != "" {
		return fmt.Errorf("a formula %q: %w", formula, err)
	}
	if linked, _, err := book.GetCellHyperLink(sheet, cell); err != nil || linked {
		return fmt.Errorf("a link: %w", err)
	}
	if text == "" || !strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return nil
	}
	kind, err := book.GetCellType(sheet, cell)
	if err != nil || kind != excelize.CellTypeSharedString && kind != excelize.CellTypeInlineString {
		return nil // a number
	}
	id, err := book.GetCellStyle(sheet, cell)
	if err != nil {
		return err
	}
	if _, err := book.GetStyle(id); err != nil { // reads the styles
		return err
	}
	if prefix := book.Styles.CellXfs.Xf[id].QuotePrefix; prefix == nil || !*prefix {
		return errors.New("it becomes a formula when somebody edits it")
	}
	return nil
}
