package main

import (
	"bytes"
	"fmt"
	"html"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"meihao/survey"
)

// rubricStage is an activity that is being played.
type rubricStage struct {
	*server
	t        *testing.T
	people   map[string]*staff
	words    map[string]string
	token    string   // of the administrator
	ids      []string // of projects in the order of the register
	activity string
	campaign string
	raw      rawPlay
}

// One activity through HTTP from its making to the filled sheets: what they
// say is what the second calculation says of what was handed in, and who may
// not, or comes too late, changes nothing (issue 7).
func TestRubricPlay(t *testing.T) {
	st := newRubricStage(t)
	st.makeActivity()
	applied := st.apply()
	accepted := st.accept(applied)
	st.surveyed(append(accepted, left(applied, accepted)[:2]...))
	st.complained()
	st.assess()
	st.decide()
	st.checkSheets()
	st.refusals(left(applied, accepted)[2])
	st.checkSheets()
	st.ended()
	st.checkSheets()
	st.stop()
	verifiesClean(t, st.Data)
}

func newRubricStage(t *testing.T) *rubricStage {
	t.Helper()
	s := serve(t, t.TempDir())
	st := &rubricStage{server: s, t: t, people: map[string]*staff{}, words: wordsOf(t, "zh")}
	password, token := administrator(t, s.Data, "office", "zh")
	st.people["office"], st.token = s.signIn(t, "office", password), token
	st.brings("office", "/admin/projects/import", "全市名册.csv", rubricRegister(), nil)
	st.member("city", "city", "city")
	for _, name := range []string{"first", "second", "fourth"} {
		st.member(name, "district", st.place("district", "甲区"))
	}
	st.member("elsewhere", "district", st.place("district", "乙区"))
	st.member("third", "third_party", st.place("district", "甲区"))
	st.member("auditor", "auditor", "city")
	st.member("company", "company", st.place("company", "物业企业0"))
	st.member("community", "community", st.place("community", "甲区第1社区"))
	db := stored(t, s.Data)
	for _, id := range cells(t, db, "SELECT id FROM projects ORDER BY register") {
		st.ids = append(st.ids, idText(t, id))
	}
	st.raw = rawPlay{projects: len(st.ids), period: rubricPeriod, tickets: rubricTickets()}
	if err := db.Close(); err != nil || len(st.ids) != rubricDistrict+rubricOthers {
		t.Fatal(err, len(st.ids))
	}
	return st
}

// idText is a stored id as addresses have it.
func idText(t *testing.T, cell string) string {
	t.Helper()
	var n int64
	if _, err := fmt.Sscan(cell, &n); err != nil {
		t.Fatal(err)
	}
	return survey.ID(n).String()
}

// place is a district, community or company as the form of an account names it.
func (st *rubricStage) place(level, name string) string {
	st.t.Helper()
	table := map[string]string{"district": "districts", "community": "communities", "company": "companies"}[level]
	var id string
	query(st.t, st.Data, "SELECT id FROM "+table+" WHERE name = '"+name+"'", &id)
	return level + ":" + idText(st.t, id)
}

// member has an account added at its page, and signs it in with a password of
// its own.
func (st *rubricStage) member(name, role, place string) {
	st.t.Helper()
	added := st.people["office"].post(st.t, "/admin/accounts/new", url.Values{"username": {name}, "name": {name}, "role": {role}, "scope": {place}, "language": {"zh"}})
	once, own := html.UnescapeString(between(added.Body, `id="onetime">`, "<")), "a long enough passphrase of "+name
	one := st.signIn(st.t, name, once)
	one.get(st.t, "/admin/password")
	st.people[name] = one
	st.does(name, "/admin/password", url.Values{"current": {once}, "password": {own}, "again": {own}})
	one.get(st.t, "/admin")
}

// brings imports a file at its page: upload, preview, apply.
func (st *rubricStage) brings(who, path, name, text string, fields map[string]string) {
	st.t.Helper()
	one := st.people[who]
	one.get(st.t, path)
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write([]byte(text))
	}
	for field, value := range fields {
		err = firstError(err, form.WriteField(field, value))
	}
	if err := firstError(err, form.WriteField("csrf", one.csrf), form.Close()); err != nil {
		st.t.Fatal(err)
	}
	r, err := one.sends(path, form.FormDataContentType(), &body)
	if err != nil {
		st.t.Fatal(err)
	}
	preview := one.onward(st.t, r)
	shown := one.get(st.t, preview)
	digest := html.UnescapeString(between(shown.Body, `name="digest" value="`, `"`))
	one.onward(st.t, one.post(st.t, preview, url.Values{"digest": {digest}}))
}

// onward is where an answer leads to, once what it began is done.
func (s *staff) onward(t *testing.T, r reply) string {
	t.Helper()
	to := r.Header.Get("Location")
	if r.Status != http.StatusSeeOther {
		t.Fatalf("status %d\n%s", r.Status, spoken(r.Body))
	}
	if !strings.HasPrefix(to, "/admin/work/") {
		return to
	}
	to, end, _ := s.watched(t, to)
	if to == "" && strings.Contains(end, "error-text") {
		t.Fatal(spoken(end))
	}
	return to
}

// sends posts a body as a page of ours would; unlike post it may be used by
// many at once.
func (s *staff) sends(path, kind string, body *bytes.Buffer) (reply, error) {
	request, err := http.NewRequest(http.MethodPost, s.URL+path, body)
	if err != nil {
		return reply{}, err
	}
	request.Header.Set("Content-Type", kind)
	request.Header.Set("Origin", s.URL)
	return do(s.client, request)
}

// does posts a form that must be taken.
func (st *rubricStage) does(who, path string, form url.Values) string {
	st.t.Helper()
	r := st.people[who].post(st.t, path, form)
	if r.Status != http.StatusSeeOther {
		st.t.Fatalf("%s at %s: %d\n%s", who, path, r.Status, spoken(r.Body))
	}
	return r.Header.Get("Location")
}

// refusesAt posts a form that must be refused with the status, in the words of
// a message, and changes nothing that belongs to the activity.
func (st *rubricStage) refusesAt(who, path string, form url.Values, status int, key string) {
	st.t.Helper()
	before := st.standsNow()
	r := st.people[who].post(st.t, path, form)
	said := spoken(r.Body)
	if r.Status != status || !st.says(said, key) {
		st.t.Errorf("%s at %s: %d, want %d and %q\n%s", who, path, r.Status, status, st.words[key], said)
	}
	if after := st.standsNow(); after != before {
		st.t.Errorf("%s was refused at %s, and yet it changed something", who, path)
	}
}

// forbids tries what the role may not do to a thing that it can see: it is told
// who may.
func (st *rubricStage) forbids(who, path string, form url.Values) {
	st.t.Helper()
	st.refusesAt(who, path, form, http.StatusForbidden, "error.forbidden_roles")
}

var tag = regexp.MustCompile(`<[^>]*>`)

// spoken is what a page says, without its marks.
func spoken(page string) string {
	return strings.Join(strings.Fields(html.UnescapeString(tag.ReplaceAllString(between(page, "<main", "</main>"), " "))), " ")
}

var placeholder = regexp.MustCompile(`\{\{[^}]*\}\}`)

// says looks for a message, whatever stands in the place of its arguments.
func (st *rubricStage) says(said, key string) bool {
	message := st.words[key]
	if message == "" {
		st.t.Fatalf("no message is named %s", key)
	}
	parts := placeholder.Split(message, -1)
	for i := range parts {
		parts[i] = regexp.QuoteMeta(strings.TrimSpace(parts[i]))
	}
	return regexp.MustCompile(strings.Join(parts, `.{0,40}?`)).MatchString(said)
}

// standsNow is all that is stored of activities and sheets; events, which tell
// of what was refused too, are none of it.
func (st *rubricStage) standsNow() string {
	st.t.Helper()
	db := stored(st.t, st.Data)
	var all []string
	for _, table := range []string{"activities", "activity_districts", "applications", "sheets", "marks", "settlements", "overrides", "sheet_vetoes",
		"veto_confirmations", "declarations", "complaints"} {
		all = append(all, table)
		all = append(all, cells(st.t, db, "SELECT * FROM "+table+" ORDER BY 1, 2, 3")...)
	}
	if err := db.Close(); err != nil {
		st.t.Fatal(err)
	}
	return strings.Join(all, "\x00")
}

// makeActivity makes the activity of the year as the city and opens it for the
// district: it picks its projects itself, at most ten.
func (st *rubricStage) makeActivity() {
	st.t.Helper()
	form := url.Values{
		"year": {"2023"}, "name": {"2023年美好家园"}, "document": {"京建发〔2023〕232号"}, "order": {"satisfaction_first"},
		"district_cap": {number(rubricCap)}, "nominees_least": {"2"}, "nominees_most": {"3"}, "city_titles": {"20"}, "ministry_cases": {"3"},
		"starts": {"2023-01-01"}, "district_due": {"2023-09-20"}, "report_due": {"2023-09-20"},
		"complaints_from": {"2023-01"}, "complaints_to": {"2023-06"}, "objection_days": {"7"}, "citywide": {"on"}, "seconds": {"on"},
	}
	st.refusesAt("first", "/admin/activities/new", form, http.StatusForbidden, "error.forbidden")
	to := st.does("city", "/admin/activities/new", form)
	st.activity, _, _ = strings.Cut(strings.TrimPrefix(to, "/admin/activities/"), "?")
	var district string
	query(st.t, st.Data, "SELECT id FROM districts WHERE name = '甲区'", &district)
	path := st.of("/districts/" + idText(st.t, district))
	part := url.Values{"mode": {"voluntary"}, "cap": {number(rubricCap + 1)}, "contact": {"甲区住建委"}, "phone": {"010-0000 0002"}}
	st.refusesAt("first", path, part, http.StatusUnprocessableEntity, "error.activity.cap")
	part.Set("cap", number(rubricCap))
	st.refusesAt("elsewhere", path, part, http.StatusNotFound, "error.not_found")
	st.does("first", path, part)
}

// of is an address of the activity, application of one of its applications and
// sheet of one of its sheets.
func (st *rubricStage) of(rest string) string { return "/admin/activities/" + st.activity + rest }

func (st *rubricStage) application(project int, step string) string {
	return st.of("/applications/" + st.ids[project] + "/" + step)
}

func (st *rubricStage) sheet(project int, rest string) string {
	return "/admin/sheets/" + st.activity + "/" + st.ids[project] + rest
}

// apply hands in more applications than the district may accept: companies and
// communities take turns.
func (st *rubricStage) apply() (projects []int) {
	st.t.Helper()
	statement := url.Values{"statement": {"业主满意，愿意参加创建。"}}
	for p := range rubricApplied {
		st.does(applicant(p), st.application(p, "apply"), statement)
		projects = append(projects, p)
	}
	st.refusesAt("community", st.application(0, "apply"), statement, http.StatusNotFound, "error.not_found")
	st.refusesAt("company", st.application(0, "apply"), statement, http.StatusConflict, "error.application.there")
	st.forbids("auditor", st.application(20, "apply"), statement)
	st.does("first", st.application(20, "apply"), statement)
	st.refusesAt("first", st.application(20, "review"), url.Values{}, http.StatusConflict, "error.second_person")
	st.refusesAt("first", st.application(0, "accept"), url.Values{}, http.StatusConflict, "error.application.step") // not reviewed yet
	st.forbids("community", st.application(1, "review"), url.Values{})
	return projects
}

// applicant is who speaks for a project of the district: the company of the
// even ones, the community of the odd ones.
func applicant(project int) string { return []string{"company", "community"}[project%2] }

// accept reviews and accepts all applications at once, some twice: exactly as
// many as the cap are accepted. It returns them in the order of the register.
func (st *rubricStage) accept(projects []int) (accepted []int) {
	st.t.Helper()
	if done := st.together(projects, "review", "error.application.step"); done != len(projects) {
		st.t.Errorf("%d reviews of %d were taken", done, len(projects))
	}
	if done := st.together(projects, "accept", "error.application.cap", "error.application.step"); done != rubricCap {
		st.t.Errorf("%d applications were accepted, want %d", done, rubricCap)
	}
	stages := map[string]string{}
	db := stored(st.t, st.Data)
	list := cells(st.t, db, "SELECT project, stage FROM applications")
	if err := db.Close(); err != nil {
		st.t.Fatal(err)
	}
	for i := 0; i < len(list); i += 2 {
		stages[idText(st.t, list[i])] = list[i+1]
	}
	for _, p := range projects {
		switch stages[st.ids[p]] {
		case "accepted":
			accepted = append(accepted, p)
		case "reviewed":
		default:
			st.t.Errorf("application %d is %q", p, stages[st.ids[p]])
		}
	}
	if len(accepted) != rubricCap {
		st.t.Fatalf("%d projects are accepted, want %d", len(accepted), rubricCap)
	}
	return accepted
}

// together has twenty people's clicks arrive at once, the first four projects
// twice, and counts those that were taken; the others must say why not.
func (st *rubricStage) together(projects []int, step string, refusals ...string) (done int) {
	st.t.Helper()
	const clicks = 20
	start, replies := make(chan struct{}), make([]reply, clicks)
	var group sync.WaitGroup
	for i := range clicks {
		who := st.people[[]string{"first", "second", "fourth", "city"}[i/4%4]]
		path := st.application(projects[i%len(projects)], step)
		group.Go(func() {
			<-start
			r, err := who.sends(path, "application/x-www-form-urlencoded", bytes.NewBufferString(url.Values{"csrf": {who.csrf}}.Encode()))
			if err != nil {
				r.Body = err.Error()
			}
			replies[i] = r
		})
	}
	close(start)
	group.Wait()
	for _, r := range replies {
		if r.Status == http.StatusSeeOther {
			done++
			continue
		}
		said, why := spoken(r.Body), false
		for _, key := range refusals {
			why = why || st.says(said, key)
		}
		if r.Status != http.StatusConflict || !why {
			st.t.Errorf("%s: %d\n%s", step, r.Status, said)
		}
	}
	return done
}

// left are those of a list that are not in another one.
func left(all, without []int) (list []int) {
	gone := map[int]bool{}
	for _, p := range without {
		gone[p] = true
	}
	for _, p := range all {
		if !gone[p] {
			list = append(list, p)
		}
	}
	return list
}
