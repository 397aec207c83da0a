package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
)

// roomOf is one of the demo's free homes.
func (d demoFile) roomOf(i int) place { return place{Unit: d.Rooms[i].Unit, Room: d.Rooms[i].Room} }

// say posts a step of a campaign with a reason.
func (s *server) say(t *testing.T, token, campaign, step, reason string) reply {
	t.Helper()
	return s.ask(t, http.MethodPost, "/api/v1/campaigns/"+campaign+"/"+step, token, map[string]string{"reason": reason})
}

// With demo.json alone somebody answers over JSON, sees the turnout move,
// closes, seals and reads exact figures and the sheets.
func TestDemoFromAnswerToSheet(t *testing.T) {
	s, demo := serveDemo(t)
	project := demoProjects()[0].name
	want := recount(t, s.Data, demo.Campaign)
	before := s.standing(t, demo.APIToken, demo.Campaign, project)

	var posted []given
	var receipts []string
	moved := int64(0)
	for i := range 200 {
		who := []person{ownerHere, ownerHere, ownerAway, tenantHere}[i%4]
		g := answerOf(who, demo.roomOf(i), []string{"5", "4", "4", "5", "3", "5", "4", "", "2", "5"}[i%10])
		receipts = append(receipts, s.accepted(t, demo.Poster, g))
		posted = append(posted, g)
		want.take(project, g)
		if who.lives == "Y" {
			moved++
		}
	}
	soon(t, 2*time.Second, "turnout shows every answer", func() bool {
		return s.standing(t, demo.APIToken, demo.Campaign, project).Turnout.Answered == before.Turnout.Answered+moved
	})
	s.checkRefusals(t, demo, posted[0], receipts[0])
	s.checkLiveFigures(t, demo, project)

	if r := s.say(t, demo.APIToken, demo.Campaign, "close", "调查期已满"); r.Status != http.StatusOK {
		t.Fatalf("close: %d %s", r.Status, r.Body)
	}
	late := answerOf(ownerHere, demo.roomOf(250), "1")
	s.ask(t, http.MethodPost, "/api/v1/posters/"+demo.Poster+"/responses", "", late).refused(t, http.StatusForbidden, "closed")
	s.sameReceipt(t, demo.Poster, posted[1], receipts[1])
	s.checkExact(t, demo, want)

	if r := s.say(t, demo.APIToken, demo.Campaign, "seal", "结果核对无误"); r.Status != http.StatusOK {
		t.Fatalf("seal: %d %s", r.Status, r.Body)
	}
	s.say(t, demo.APIToken, demo.Campaign, "reopen", "再开一次试试").refused(t, http.StatusConflict, "conflict")
	s.ask(t, http.MethodPost, "/api/v1/posters/"+demo.Poster+"/responses", "", posted[1]).refused(t, http.StatusForbidden, "closed")
	s.checkExact(t, demo, want)
	s.checkSheets(t, demo, want)
	for _, receipt := range receipts[:3] {
		if r := s.get(t, "/r/"+receipt); r.Status != http.StatusOK {
			t.Errorf("the receipt's page after sealing: %d", r.Status)
		}
	}
	s.stop()
	verifiesClean(t, s.Data)
}

func (s *server) sameReceipt(t *testing.T, poster string, g given, receipt string) {
	t.Helper()
	status, again, err := s.answer(poster, g)
	if err != nil || status != http.StatusOK || again != receipt {
		t.Errorf("a retry: status %d, %q, %v; want 200 and %q", status, again, err, receipt)
	}
}

// checkRefusals: a retry is no second answer, and what cannot be taken says
// why in a word of DESIGN §8.
func (s *server) checkRefusals(t *testing.T, demo demoFile, first given, receipt string) {
	t.Helper()
	s.sameReceipt(t, demo.Poster, first, receipt)
	post := func(g given) reply {
		return s.ask(t, http.MethodPost, "/api/v1/posters/"+demo.Poster+"/responses", "", g)
	}
	second := first
	second.Key = newKey()
	post(second).refused(t, http.StatusConflict, "already_answered")
	spelled := first // another way to write the same home
	spelled.Key, spelled.Household = newKey(), place{Unit: first.Household.Unit + "单元", Room: "０" + first.Household.Room + "室"}
	post(spelled).refused(t, http.StatusConflict, "already_answered")
	post(answerOf(person{"TENANT", "N"}, demo.roomOf(251), "5")).refused(t, http.StatusUnprocessableEntity, "no_base")
	unknown := s.ask(t, http.MethodPost, "/api/v1/posters/00000000/responses", "", answerOf(ownerHere, demo.roomOf(251), "5"))
	unknown.refused(t, http.StatusNotFound, "unknown_poster")
	s.say(t, "", demo.Campaign, "close", "无令牌关闭").refused(t, http.StatusUnauthorized, "unauthorized")
	s.say(t, demo.APIToken, demo.Campaign, "seal", "还没有结束就封存").refused(t, http.StatusConflict, "conflict")
}

// checkLiveFigures: before closing the city sees figures, a community only
// turnout (RULES §8).
func (s *server) checkLiveFigures(t *testing.T, demo demoFile, project string) {
	t.Helper()
	row := s.standing(t, demo.APIToken, demo.Campaign, project)
	if row.Owner.Satisfied == nil || row.Owner.Rate == nil || row.Lanes["room"] == 0 {
		t.Errorf("the city sees no live figures: %+v", row)
	}
	community := strings.TrimSpace(must(t, "token", "add", "--account", "community", "--name", "test", "--data", s.Data))
	row = s.standing(t, community, demo.Campaign, project)
	for base, f := range map[string]figures{"owner": row.Owner, "resident": row.Resident} {
		if f.Answered != nil || f.Satisfied != nil || f.Rate != nil || f.Item11 != nil || f.Hidden != "role" {
			t.Errorf("a community sees live figures of the %s base: %+v", base, f)
		}
	}
	if row.Turnout.Answered == 0 || row.Turnout.Households == 0 {
		t.Errorf("a community sees no turnout: %+v", row)
	}
	for _, row := range s.standings(t, community, demo.Campaign) {
		if row.Project.Community != demoProjects()[0].community {
			t.Errorf("a community sees %s of %s", row.Project.Name, row.Project.Community)
		}
	}
	s.say(t, community, demo.Campaign, "close", "社区想要结束").refused(t, http.StatusForbidden, "forbidden")
}

// checkExact compares every project's figures with our own recount.
func (s *server) checkExact(t *testing.T, demo demoFile, want ledger) {
	t.Helper()
	for _, row := range s.standings(t, demo.APIToken, demo.Campaign) {
		for base, f := range map[string]figures{"owner": row.Owner, "resident": row.Resident} {
			c := want[row.Project.Name][base]
			if c.Answered < 10 { // word and n without k (RULES §8)
				continue
			}
			if f.Answered == nil || f.Satisfied == nil || f.DontKnow == nil {
				t.Errorf("%s, %s base: a figure is hidden: %+v", row.Project.Name, base, f)
				continue
			}
			got := count{*f.Answered + *f.DontKnow, *f.Answered, *f.Satisfied}
			if got != c {
				t.Errorf("%s, %s base: %+v, our recount says %+v", row.Project.Name, base, got, c)
			}
			j := judge(t, number(f.Households), number(c.Answered), number(c.Satisfied))
			if *f.Rate != j.Rate || *f.Item11 != j.Item11 || *f.Veto61 != j.Veto61 || *f.Adequacy != j.Adequacy {
				t.Errorf("%s, %s base: %s %s %s %s, judge says %+v", row.Project.Name, base, *f.Rate, *f.Adequacy, *f.Item11, *f.Veto61, j)
			}
		}
	}
}

// checkSheets: 38 items each, of which 1.1 and 6.1 say what `judge` says of
// the recount and the rest waits.
func (s *server) checkSheets(t *testing.T, demo demoFile, want ledger) {
	t.Helper()
	seen := map[string]bool{}
	for _, row := range s.standings(t, demo.APIToken, demo.Campaign) {
		var got sheet
		path := "/api/v1/campaigns/" + demo.Campaign + "/sheets/" + row.Project.ID
		s.ask(t, http.MethodGet, path, demo.APIToken, nil).read(t, http.StatusOK, &got)
		if len(got.Items) != 32 || len(got.Vetoes) != 6 || got.Complete {
			t.Errorf("%s: %d items, %d vetoes, complete %v", row.Project.Name, len(got.Items), len(got.Vetoes), got.Complete)
		}
		c := want[row.Project.Name]["owner"]
		j := judge(t, number(row.Owner.Households), number(c.Answered), number(c.Satisfied))
		item, veto := got.item("1.1"), got.item("6.1")
		if !reflect.DeepEqual(item.Points, j.Points) || item.State != j.Item11 || item.Max != 10 || veto.State != j.Veto61 {
			t.Errorf("%s: 1.1 is %+v and 6.1 %+v, judge says %+v", row.Project.Name, item, veto, j)
		}
		total := 0.0
		if j.Points != nil {
			total = *j.Points
		}
		if got.Total != total {
			t.Errorf("%s: total %v, want %v", row.Project.Name, got.Total, total)
		}
		seen[fmt.Sprint(j.Points == nil, total)] = true
		for _, one := range append(got.Items, got.Vetoes...) {
			state := "open"
			if one.ID == "1.2" || one.ID == "1.3" { // nobody imported complaints
				state = "NOT_ASSESSABLE"
			}
			if one.ID != "1.1" && one.ID != "6.1" && (one.State != state || one.Points != nil) {
				t.Errorf("%s: %s is %+v, want %s", row.Project.Name, one.ID, one, state)
			}
		}
	}
	if len(seen) != 3 {
		t.Errorf("the demo does not show 10, 0 and none: %v", seen)
	}
}

func TestDemoFile(t *testing.T) {
	s, demo := serveDemo(t)
	if len(demo.Rooms) < 200 {
		t.Errorf("%d free rooms, want at least 200", len(demo.Rooms))
	}
	if demo.ResidentURL != s.URL+"/s/"+demo.Poster || demo.AdminURL != s.URL+"/admin" {
		t.Errorf("addresses %s and %s at %s", demo.ResidentURL, demo.AdminURL, s.URL)
	}
	said := s.Out.String()
	for _, word := range []string{demo.ResidentURL, demo.AdminURL, demo.AdminUser, demo.AdminPassword, "▀", "█"} {
		if !strings.Contains(said, word) {
			t.Errorf("the start does not print %q", word)
		}
	}
	info, err := os.Stat(filepath.Join(s.Data, "demo.json"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("demo.json with its password is readable by others: %v %v", info.Mode(), err)
	}
	// None of the rooms is held, up to the last.
	for i := range demo.Rooms {
		if i%16 == 0 || i == len(demo.Rooms)-1 {
			s.accepted(t, demo.Poster, answerOf(ownerHere, demo.roomOf(i), strconv.Itoa(1+i%5)))
		}
	}
	if row := s.standing(t, demo.APIToken, demo.Campaign, demoProjects()[0].name); row.Held != 0 {
		t.Errorf("%d answers of the demo's rooms are held", row.Held)
	}
}

func TestDemoAgainKeepsDataAndPassword(t *testing.T) {
	s, demo := serveDemo(t)
	g := answerOf(ownerHere, demo.roomOf(0), "5")
	receipt := s.accepted(t, demo.Poster, g)
	if code := s.stop(); code != exitOK {
		t.Fatalf("told to end, the server leaves with %d:\n%s", code, s.Out)
	}
	before := residentsOf(t, s.Data)
	again := serve(t, s.Data, "--demo")
	second := again.demo(t)
	if second.AdminPassword != demo.AdminPassword || second.APIToken != demo.APIToken || second.Poster != demo.Poster ||
		second.Campaign != demo.Campaign || !reflect.DeepEqual(second.Rooms, demo.Rooms) {
		t.Errorf("the second start changed demo.json")
	}
	again.signIn(t, second.AdminUser, second.AdminPassword)
	again.sameReceipt(t, second.Poster, g, receipt)
	if after := residentsOf(t, s.Data); after != before {
		t.Errorf("the second start changed the answers: %+v, before %+v", after, before)
	}
}

// number writes a count as the command line wants it.
func number(n int64) string { return strconv.FormatInt(n, 10) }
