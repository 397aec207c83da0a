package main

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
)

// surveyed takes the sealed survey of some projects in a campaign of the
// activity.
func (st *rubricStage) surveyed(projects []int) {
	st.t.Helper()
	st.campaign = st.people["office"].addCampaign(st.t, "业主满意度调查", url.Values{"activity": {st.activity}})
	enrolled := url.Values{}
	for at, p := range projects {
		enrolled.Add("project", st.ids[p])
		st.raw.sheets = append(st.raw.sheets, rubricSheet(at, p))
	}
	path := "/admin/campaigns/" + st.campaign
	st.does("office", path+"/projects", enrolled)
	st.does("office", path+"/open", url.Values{"reason": {"按计划开始"}})
	posters := map[string]string{}
	db := stored(st.t, st.Data)
	list := cells(st.t, db, "SELECT project, code FROM posters")
	if err := db.Close(); err != nil {
		st.t.Fatal(err)
	}
	for i := 0; i < len(list); i += 2 {
		posters[idText(st.t, list[i])] = list[i+1]
	}
	for _, s := range st.raw.sheets {
		st.answer(posters[st.ids[s.project]], s)
	}
	st.does("office", path+"/close", url.Values{"reason": {"调查期已满"}})
	st.does("office", path+"/seal", url.Values{"reason": {"结果核对无误"}})
}

// answer sends what the homes of a project say, over JSON, and then what must
// not count in the owners' base.
func (st *rubricStage) answer(poster string, s *rawSheet) {
	st.t.Helper()
	for i := range int(s.answered) + s.unanswered + s.residents {
		home := place{Unit: number(int64(i/20 + 1)), Room: fmt.Sprintf("%d%02d", i%20/4+1, i%4+1)}
		who, word := []person{ownerHere, ownerAway}[i%2], []string{"5", "4"}[i%2]
		switch {
		case i >= int(s.answered)+s.unanswered:
			who = tenantHere
		case i >= int(s.answered):
			word = ""
		case i >= int(s.satisfied):
			word = []string{"3", "2", "1"}[i%3]
		}
		st.accepted(st.t, poster, answerOf(who, home, word))
	}
}

// complained brings the city's complaint log in, which has all tickets of the
// period.
func (st *rubricStage) complained() {
	st.t.Helper()
	st.brings("city", "/admin/complaints/import", "诉求.csv", ticketFile(st.raw.tickets), map[string]string{
		"document": "12345热线2023年上半年", "from": "2023-01", "to": "2023-06", "activity": st.activity,
	})
	var matched int
	query(st.t, st.Data, "SELECT COUNT(*) FROM complaints WHERE project <> 0", &matched)
	if matched != len(st.raw.tickets) {
		st.t.Fatalf("%d tickets of %d are there", matched, len(st.raw.tickets))
	}
}

// half writes half points as people type them.
func half(points int) string {
	return number(int64(points/2)) + []string{"", ".5"}[points%2]
}

// marks are the form of a party's points.
func marks(points map[string]int) url.Values {
	form := url.Values{}
	for item, n := range points {
		form.Set("points-"+item, half(n))
		form.Set("note-"+item, "查阅资料并到现场看过")
		form.Set("seen-"+item, "")
		form.Set("noted-"+item, "")
	}
	return form
}

// assess has three parties mark each project and what they differ on settled,
// but for the fourth project; those who assess themselves change nothing.
func (st *rubricStage) assess() {
	st.t.Helper()
	declarations := "/admin/sheets/" + st.activity + "/declarations"
	st.refusesAt("third", st.sheet(st.raw.sheets[0].project, "/third"), marks(map[string]int{"2.1": 2}), http.StatusConflict, "error.declaration.missing")
	free := url.Values{"interest": {"no"}}
	for at, s := range st.raw.sheets {
		if at != 8 {
			free.Add("project", st.ids[s.project])
		}
	}
	st.does("third", declarations, free)
	bound := st.raw.sheets[8].project
	st.does("third", declarations, url.Values{"interest": {"yes"}, "note": {"亲属在此居住"}, "project": {st.ids[bound]}})
	st.refusesAt("third", st.sheet(bound, "/third"), marks(map[string]int{"2.1": 2}), http.StatusConflict, "error.declaration.interest")
	for at, s := range st.raw.sheets {
		own := map[string]int{}
		for _, item := range assessed()[:s.self] {
			own[item] = mostPoints()[item]
		}
		for _, party := range []struct {
			who, path string
			points    map[string]int
		}{
			{applicant(s.project), "/self", own},
			{"first", "/marks", s.first}, {"second", "/marks", s.second}, {"third", "/third", s.third},
		} {
			if len(party.points) > 0 {
				st.does(party.who, st.sheet(s.project, party.path), marks(party.points))
			}
		}
		if at != 3 {
			st.settle(s)
		}
	}
	st.remark(st.raw.sheets[1])
}

// seen is what an item's page shows to whoever decides.
func (st *rubricStage) seen(who string, project int, item string) string {
	st.t.Helper()
	return html.UnescapeString(between(st.people[who].get(st.t, st.sheet(project, "/items/"+item)).Body, `name="seen" value="`, `"`))
}

func (st *rubricStage) settle(s *rawSheet) {
	st.t.Helper()
	for _, item := range s.parted() {
		points := (s.first[item] + s.second[item] + 1) / 2
		st.does("first", st.sheet(s.project, "/items/"+item+"/settle"),
			url.Values{"points": {half(points)}, "reason": {"两方共同复核材料后确定"}, "seen": {st.seen("first", s.project, item)}})
		s.settled[item] = points
	}
}

// remark lets the second assessor come round: what was settled about the other
// marks is gone.
func (st *rubricStage) remark(s *rawSheet) {
	st.t.Helper()
	item := s.parted()[0]
	form := marks(map[string]int{item: s.first[item]})
	form.Set("seen-"+item, half(s.second[item]))
	form.Set("noted-"+item, "查阅资料并到现场看过")
	st.does("second", st.sheet(s.project, "/marks"), form)
	s.second[item] = s.first[item]
	delete(s.settled, item)
}

// decide enters fees and vetoes, and what wants two persons: an override in
// force, one that waits and one taken back, and a borderline veto.
func (st *rubricStage) decide() {
	st.t.Helper()
	for _, s := range st.raw.sheets {
		if s.fees != nil {
			yuan := func(fen int64) string { return fmt.Sprintf("%s.%02d", grouped(fen/100), fen%100) }
			st.does("first", st.sheet(s.project, "/items/3.2/fees"),
				url.Values{"paid": {yuan(s.fees[0])}, "due": {yuan(s.fees[1])}, "document": {"2022年度收费台账"}})
		}
		for item, state := range s.vetoes {
			st.does("first", st.sheet(s.project, "/items/"+item+"/veto"), url.Values{"state": {state}, "document": {"市级名单〔2023〕8号"}})
		}
	}
	ask := url.Values{"points": {"1.5"}, "reason": {"热线数据漏记三件"}}
	item := st.sheet(st.raw.sheets[0].project, "/items/1.3")
	st.does("first", item+"/override", ask)
	confirm := url.Values{"seen": {st.seen("second", st.raw.sheets[0].project, "1.3")}}
	st.refusesAt("first", item+"/override/confirm", confirm, http.StatusConflict, "error.second_person")
	st.forbids("auditor", item+"/override/confirm", confirm)
	st.does("second", item+"/override/confirm", confirm)
	st.raw.sheets[0].overridden["1.3"] = 3
	st.does("first", st.sheet(st.raw.sheets[2].project, "/items/3.2/override"), ask)
	taken := st.sheet(st.raw.sheets[1].project, "/items/1.2/override")
	st.does("first", taken, ask)
	st.does("second", taken+"/withdraw", url.Values{"reason": {"数据已经补齐"}})
	veto := st.sheet(st.raw.sheets[6].project, "/items/6.1")
	st.refusesAt("first", veto+"/override", ask, http.StatusConflict, "error.override.not_machine")
	st.does("first", veto+"/borderline", url.Values{"reason": {"样本核对无误"}})
	st.refusesAt("first", veto+"/borderline/confirm", url.Values{}, http.StatusConflict, "error.second_person")
	st.does("second", veto+"/borderline/confirm", url.Values{})
	st.raw.sheets[6].confirmed = true
}

// sheetLine is a line of a sheet as systems read it.
type sheetLine struct {
	ID      string
	Points  *float64
	Max     float64
	State   *string
	Hidden  string
	Differs bool
}

// shown are the points, "none" where there are none.
func (l sheetLine) shown() any {
	if l.Points == nil {
		return "none"
	}
	return *l.Points
}

// checkSheets compares every line of every sheet, and the total that people
// see, with the second calculation.
func (st *rubricStage) checkSheets() {
	st.t.Helper()
	kinds := map[string]int{}
	for _, s := range st.raw.sheets {
		want := st.raw.count(s)
		var got struct {
			Items, Vetoes                      []sheetLine
			Total                              float64
			Complete, Excluded, Blocked, Stale bool
		}
		st.ask(st.t, http.MethodGet, "/api/v1/campaigns/"+st.campaign+"/sheets/"+st.ids[s.project], st.token, nil).read(st.t, http.StatusOK, &got)
		for _, line := range append(got.Items, got.Vetoes...) {
			st.checkLine(s, want, line)
		}
		if len(got.Items) != 32 || len(got.Vetoes) != 6 || int(2*got.Total) != want.total || got.Stale ||
			got.Complete != want.complete || got.Excluded != want.excluded || got.Blocked != want.blocked {
			st.t.Errorf("project %d: %d lines, total %v, complete %v, excluded %v, blocked %v, stale %v; want %s, %v, %v and %v", s.project, len(got.Items)+len(got.Vetoes),
				got.Total, got.Complete, got.Excluded, got.Blocked, got.Stale, half(want.total), want.complete, want.excluded, want.blocked)
		}
		total := half(want.total)
		if !want.complete {
			total = "≥ " + total
		}
		if shown := between(st.people["first"].get(st.t, st.sheet(s.project, "")).Body, `id="total">`, "<"); shown != total {
			st.t.Errorf("project %d: the page says %q, want %q", s.project, shown, total)
		}
		for kind, is := range map[string]bool{"complete": want.complete, "excluded": want.excluded, "blocked": want.blocked} {
			kinds[fmt.Sprint(kind, " ", is)]++
		}
	}
	if len(kinds) != 6 {
		st.t.Errorf("the play does not show each kind of sheet: %v", kinds)
	}
}

func (st *rubricStage) checkLine(s *rawSheet, want counted, line sheetLine) {
	st.t.Helper()
	points, scored := want.points[line.ID]
	state := ""
	if line.State != nil {
		state = *line.State
	}
	if (line.Points != nil) != scored || scored && int(2**line.Points) != points || int(2*line.Max) != mostPoints()[line.ID] ||
		state != want.states[line.ID] || line.Hidden != "" || line.Differs != want.differs[line.ID] {
		st.t.Errorf("project %d, %s: %v, %s, hidden %q, differs %v; want %s (%v), %s, differs %v", s.project, line.ID, line.shown(), state, line.Hidden, line.Differs, half(points), scored, want.states[line.ID], want.differs[line.ID])
	}
}

// refusals are tried by wrong roles, from other areas, on what there is not,
// and too early; spare is a reviewed project over the cap.
func (st *rubricStage) refusals(spare int) {
	st.t.Helper()
	p := st.raw.sheets[0].project
	one, item := marks(map[string]int{"2.1": 1}), st.sheet(p, "/items/")
	fees := url.Values{"paid": {"1"}, "due": {"1"}, "document": {"台账"}}
	veto := url.Values{"state": {"YES"}, "document": {"名单"}}
	settled := url.Values{"points": {"1"}, "reason": {"两方共同复核"}}
	for _, r := range []struct {
		who, path string
		form      url.Values
	}{
		{applicant(p), st.sheet(p, "/marks"), one},
		{"first", st.sheet(p, "/self"), one},
		{"first", st.sheet(p, "/third"), one},
		{"third", st.sheet(p, "/marks"), one},
		{"third", item + "2.1/settle", settled},
		{"community", item + "6.2/veto", veto},
		{"auditor", item + "3.2/fees", fees},
		{"third", item + "1.3/override", settled},
	} {
		st.forbids(r.who, r.path, r.form)
	}
	for _, r := range []struct {
		who, path string
		form      url.Values
		status    int
		key       string
	}{
		{"first", st.of("/end"), url.Values{"reason": {"已经办完"}}, http.StatusNotFound, "error.not_found"}, // a page it cannot see
		{"elsewhere", st.sheet(p, "/marks"), one, http.StatusNotFound, "error.not_found"},
		{"elsewhere", item + "6.2/veto", veto, http.StatusNotFound, "error.not_found"},
		{"elsewhere", item + "3.2/fees", fees, http.StatusNotFound, "error.not_found"},
		{"elsewhere", st.application(spare, "accept"), url.Values{}, http.StatusNotFound, "error.not_found"},
		{applicant(p + 1), st.sheet(p, "/self"), one, http.StatusNotFound, "error.not_found"},
		{"fourth", st.sheet(p, "/marks"), one, http.StatusConflict, "error.mark.two"},
		{"first", st.sheet(p, "/marks"), marks(map[string]int{"1.1": 20}), http.StatusConflict, "error.mark.machine"},
		{"first", st.sheet(p, "/marks"), one, http.StatusConflict, "error.mark.changed"}, // its form showed none
		{"first", st.sheet(spare, "/marks"), one, http.StatusNotFound, "error.sheet.absent"},
		{"first", st.application(spare, "accept"), url.Values{}, http.StatusConflict, "error.application.cap"},
		{"second", item + "1.3/override/confirm", url.Values{}, http.StatusConflict, "error.sheet.confirmed"},
	} {
		st.refusesAt(r.who, r.path, r.form, r.status, r.key)
	}
	st.later()
}

// later is an activity that has not begun: nobody can apply yet.
func (st *rubricStage) later() {
	st.t.Helper()
	form := url.Values{
		"year": {"2150"}, "name": {"将来的活动"}, "order": {"undecided"}, "district_cap": {"1"}, "nominees_least": {"1"}, "nominees_most": {"1"},
		"city_titles": {"20"}, "ministry_cases": {"3"}, "starts": {"2150-01-01"}, "complaints_from": {"2150-01"}, "complaints_to": {"2150-06"}, "objection_days": {"0"},
	}
	to := st.does("city", "/admin/activities/new", form)
	id := to[:len("/admin/activities/")+len(st.activity)]
	st.refusesAt("company", id+"/applications/"+st.ids[0]+"/apply", url.Values{"statement": {"愿意参加"}}, http.StatusConflict, "error.activity.planned")
}

// ended ends the activity: nothing of it changes after that, whoever asks.
func (st *rubricStage) ended() {
	st.t.Helper()
	st.does("city", st.of("/end"), url.Values{"reason": {"表彰已经公布"}})
	p, waits := st.raw.sheets[0].project, st.raw.sheets[2].project
	ask := url.Values{"points": {"1"}, "reason": {"数据有误，需要更改"}}
	for _, r := range []struct {
		who, path string
		form      url.Values
	}{
		{"first", st.sheet(p, "/marks"), marks(map[string]int{"2.1": 1})},
		{"third", st.sheet(p, "/third"), marks(map[string]int{"2.1": 1})},
		{applicant(p), st.sheet(p, "/self"), marks(map[string]int{"2.7": 1})},
		{"first", st.sheet(p, "/items/6.2/veto"), url.Values{"state": {"YES"}, "document": {"名单"}}},
		{"first", st.sheet(p, "/items/3.2/fees"), url.Values{"paid": {"1"}, "due": {"1"}, "document": {"台账"}}},
		{"first", st.sheet(p, "/items/1.2/override"), ask},
		{"second", st.sheet(waits, "/items/3.2/override/confirm"), url.Values{"seen": {st.seen("second", waits, "3.2")}}},
		{"first", st.sheet(p, "/items/1.3/override/withdraw"), ask},
		{"company", st.application(18, "apply"), url.Values{"statement": {"愿意参加"}}},
		{"second", st.application(20, "review"), url.Values{}},
		{"third", "/admin/sheets/" + st.activity + "/declarations", url.Values{"interest": {"no"}, "note": {"已经搬走"}, "project": {st.ids[p]}}},
		{"city", st.of("/end"), url.Values{"reason": {"再结束一次"}}},
	} {
		st.refusesAt(r.who, r.path, r.form, http.StatusConflict, "error.activity.ended")
	}
}
