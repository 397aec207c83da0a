package admin_test

import (
	"html"
	"net/url"
	"regexp"
	"testing"

	"meihao/survey"
)

// sheetsAt is an address below the sheets of the campaign's activity.
func (s *site) sheetsAt(rest string) string {
	return "/admin/sheets/" + s.Campaign.Activity.String() + rest
}

// sheetAt is an address below the sheet of the world's project.
func (s *site) sheetAt(rest string) string { return s.sheetsAt("/" + s.Project.ID.String() + rest) }

var markInput = regexp.MustCompile(`name="points-([0-9.]+)"`)

// markable are the items that a page takes marks for.
func markable(page string) []string {
	var ids []string
	for _, m := range markInput.FindAllStringSubmatch(page, -1) {
		ids = append(ids, m[1])
	}
	return ids
}

// marks are a form that gives the same points and note to items nobody has
// marked yet.
func marks(points, note string, items ...string) url.Values {
	form := url.Values{}
	for _, id := range items {
		form.Set("points-"+id, points)
		form.Set("note-"+id, note)
		form.Set("seen-"+id, "")
		form.Set("noted-"+id, "")
	}
	return form
}

// hidden is a field that a page sends without showing it.
func hidden(body, name string) string {
	m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(body)
	if m == nil {
		return ""
	}
	return html.UnescapeString(m[1])
}

// sealedSite is a site with all twelve homes of the neighbour content and the
// campaign sealed: its sheet reads snapshot 1.
func sealedSite(t *testing.T) *site {
	s := newSite(t)
	for i := range 12 {
		s.Saved(s.AnswerAt(s.PosterOf(s.Campaign, s.Neighbour.Buildings[0]), i).With("Q2", "5"))
	}
	s.SealCampaign()
	return s
}

// One page takes the marks of all items at once: what is wrong keeps
// everything that was typed, and nothing of it is saved.
func TestSheetIsFilledOnOnePage(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	page := p.get(s.sheetAt(""))
	page.expect(t, "the empty sheet", 200, "≥ 0", "1.1", "6.6", "小区业主对物业管理满意度高于90%", "一票否决项还没有全部认定", `action="`+s.sheetAt("/marks")+`"`)
	items := markable(page.Body)
	if len(items) != 28 {
		t.Fatalf("%d items take a mark, want 28: %v", len(items), items)
	}
	form := marks("1", "查阅台账", items...)
	form.Set("note-3.3", "")
	form.Set("points-4.1", "9")
	p.post(s.sheetAt("/marks"), form).expect(t, "two wrong marks", 422, `href="#points-3.3"`, `href="#points-4.1"`, "打分要有依据", "分数应在 0 到 3 之间",
		`value="查阅台账"`, "有误")
	p.get(s.sheetAt("")).expect(t, "nothing was saved", 200, "≥ 0", "!查阅台账")
	form.Set("note-3.3", "现场查看")
	form.Set("points-4.1", "2.5")
	form.Set("next", "3")
	p.post(s.sheetAt("/marks"), form).goes(t, "saving", s.sheetAt("?done=marked#section-3"))
	p.get(s.sheetAt("?done=marked")).expect(t, "saved", 200, "评分已保存", "≥ 29.5", `value="现场查看"`, `<option selected>2.5</option>`)

	again := url.Values{"points-2.1": {"1"}, "note-2.1": {"查阅台账"}, "seen-2.1": {"1"}, "noted-2.1": {"查阅台账"}}
	p.post(s.sheetAt("/marks"), again).goes(t, "nothing changed", s.sheetAt("?done=unchanged"))
	stale := url.Values{"points-2.1": {"2"}, "note-2.1": {"查阅台账"}, "seen-2.1": {""}, "noted-2.1": {""}}
	p.post(s.sheetAt("/marks"), stale).expect(t, "a page that was opened earlier", 409, "刚被别人改过", `<option selected>2</option>`)
}

// Self-assessment, first, second and third assessor stand beside each other;
// what differs is settled with a reason, and a changed mark undoes that.
func TestSheetOfFourParties(t *testing.T) {
	s := newSite(t)
	first, second, own := s.signIn(s.District), s.signIn(s.Colleague), s.signIn(s.Community)
	own.get(s.sheetAt("")).expect(t, "the community's sheet", 200, "自评总分", `action="`+s.sheetAt("/self")+`"`, "!评审一", "!>总分</p>")
	own.post(s.sheetAt("/self"), marks("2", "自评说明在此", "2.1", "1.1")).goes(t, "self-assessing", s.sheetAt("?done=marked"))
	first.post(s.sheetAt("/marks"), marks("1", "台账不全", "2.1")).goes(t, "the first assessor", s.sheetAt("?done=marked"))
	first.get(s.sheetAt("")).expect(t, "one assessor is enough", 200, "≥ 1")
	second.post(s.sheetAt("/marks"), marks("2", "已补齐", "2.1")).goes(t, "the second assessor", s.sheetAt("?done=marked"))
	item := s.sheetAt("/items/2.1")
	page := second.get(item)
	page.expect(t, "the item", 200, "有分歧", "台账不全", "已补齐", "自评说明在此", "评审一", "评审二", "裁定")
	own.get(item).expect(t, "the community's item", 200, "自评说明在此", "!台账不全", "!已补齐", "!裁定")
	own.get(s.sheetAt("/history")).expect(t, "the community's history", 200, "2.1", "!评审一")
	first.get(s.sheetsAt("?state=differs")).expect(t, "the list", 200, "晨光花园", "≠ 1", "!紫藤苑")

	form := url.Values{"points": {"1.5"}, "reason": {"两人共同复核台账"}, "seen": {hidden(page.Body, "seen")}}
	second.post(item+"/settle", url.Values{"points": {"1.5"}, "reason": {"短"}, "seen": form["seen"]}).
		expect(t, "without a reason", 422, "请写明原因", `<option selected>1.5</option>`, ">短</textarea>")
	second.post(item+"/settle", form).goes(t, "settling", item+"?done=settled")
	first.get(item).expect(t, "settled", 200, "裁定为 1.5 分", "两人共同复核台账")
	change := marks("1.5", "台账不全", "2.1")
	change.Set("seen-2.1", "1")
	change.Set("noted-2.1", "台账不全")
	first.post(s.sheetAt("/marks"), change).goes(t, "changing a mark", s.sheetAt("?done=marked"))
	first.get(item).expect(t, "the settlement is gone", 200, "有分歧", "!裁定为 1.5 分")
	third := s.signIn(s.staff("surveyor", survey.ThirdParty, survey.Scope{District: s.Project.Place.District}))
	third.get(s.sheetAt("")).expect(t, "the third party's sheet", 200, `action="`+s.sheetAt("/third")+`"`, "声明")
	third.post(s.sheetAt("/marks"), marks("1", "x", "2.2")).expect(t, "the third party as an assessor", 403, "区级")
	s.signIn(s.Auditor).get(s.sheetAt("")).expect(t, "the auditor's sheet", 200, "评审一", "!<select id=\"points-")
}

// Fees are yuan exact to the fen, an override takes two persons, and a changed
// figure makes it lapse.
func TestFeesAndTheirOverride(t *testing.T) {
	s := newSite(t)
	first, second := s.signIn(s.District), s.signIn(s.Colleague)
	item := s.sheetAt("/items/3.2")
	for _, wrong := range []string{"", "abc", "1.234", "-5", "12.3.4", "1e9"} {
		first.post(item+"/fees", with("due", wrong, "paid", "1", "document", "收支公示")).expect(t, "due "+wrong, 422, "请填金额", `value="收支公示"`)
	}
	first.post(item+"/fees", with("due", "１，０００，０００．１０元", "paid", "950000.09", "document", "收支公示")).goes(t, "a fen short", item+"?done=fees")
	first.get(item).expect(t, "a fen short", 200, "实收 950,000.09 元，应收 1,000,000.10 元", "94.99%", "未达到")
	first.post(item+"/override", with("points", "2", "reason", "补缴已入账")).goes(t, "asking", item+"?done=override_asked")
	first.get(item).expect(t, "the first person", 200, "等待确认：改分为 2 分", "须由另一位同事确认", "!确认改分为 2 分</button>")
	page := second.get(item)
	page.expect(t, "the second person", 200, "确认改分为 2 分</button>")
	second.get(s.sheetsAt("?state=confirm")).expect(t, "the second person's list", 200, "晨光花园", "等您确认")
	first.get(s.sheetsAt("?state=confirm")).expect(t, "the first person's list", 200, "!晨光花园</a>")
	seen := url.Values{"seen": {hidden(page.Body, "seen")}}
	first.post(item+"/override/confirm", seen).expect(t, "the first person again", 409, "另一位有相同权限的同事")
	second.post(item+"/override/confirm", seen).goes(t, "confirming", item+"?done=override_confirmed")
	first.get(s.sheetAt("")).expect(t, "the sheet", 200, "两人改分", "≥ 2")
	first.post(item+"/fees", with("due", "1000000.10", "paid", "950000.10", "document", "收支公示")).goes(t, "exactly 95 %", item+"?done=fees")
	first.get(item).expect(t, "the override lapsed", 200, "改分为 2 分已失效", "95.0%", "达到")
}

// A veto is recorded with its source; YES excludes and is taken back with a
// reason only.
func TestVetoByPages(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	item := s.sheetAt("/items/6.2")
	p.post(item+"/veto", nil).expect(t, "no state", 422, "有误")
	p.post(item+"/veto", with("state", "YES", "note", "写在这里")).expect(t, "no document", 422, "请写明来源文件", ">写在这里</textarea>", `value="YES" checked`)
	p.post(item+"/veto", with("state", "YES", "document", "事故通报第3号")).goes(t, "recording", item+"?done=veto")
	p.get(s.sheetAt("")).expect(t, "the sheet", 200, "有一票否决项，不能入选", "事故通报第3号")
	p.get(s.sheetsAt("?state=excluded")).expect(t, "the list", 200, "晨光花园", "✗ 6.2", "!紫藤苑")
	p.post(item+"/veto", with("state", "NO", "document", "复核报告")).expect(t, "taking it back without a reason", 422, "把“是”改回来")
	p.post(item+"/veto", with("state", "NO", "document", "复核报告", "note", "与物业管理无关")).goes(t, "taking it back", item+"?done=veto")
	p.get(item).expect(t, "the history", 200, "复核报告", "修改记录", "否决</del>")
	p.post(s.sheetAt("/items/6.1")+"/veto", with("state", "NO", "document", "x")).expect(t, "6.1 is the survey's", 404)
	p.post(s.sheetAt("/items/6.1")+"/borderline", why).expect(t, "6.1 is not borderline", 409, "6.1 现在不是临界状态")
}

// A correction makes the scores stale on every page until somebody adopts the
// new result, with what it would change before the eyes.
func TestStaleSheetAdopts(t *testing.T) {
	s := sealedSite(t)
	first, second := s.signIn(s.District), s.signIn(s.Colleague)
	sheet, list := s.sheetsAt("/"+s.Neighbour.ID.String()), s.sheetsAt("")
	first.get(sheet).expect(t, "sealed", 200, "封存结果第 1 版", "≥ 10", "100.0%", "12/12", "Q2 满意", "!依据已更正")
	first.get(sheet+"/adopt").expect(t, "nothing to adopt", 200, "没有其他结果可采用", "!采用第")
	s.correctHomes(t, first, second, "200")
	first.get(sheet).expect(t, "stale", 200, "依据已更正", "现在已有更正后的第 2 版", sheet+"/adopt", "≥ 0")
	first.get(list+"?state=stale").expect(t, "the list", 200, s.Neighbour.Name, "的 1.1、6.1 来自已更正的旧结果")
	first.get("/admin").expect(t, "the overview", 200, "张评分表依据的结果已更正，待采用", html.EscapeString(list+"?state=stale"))
	s.signIn(s.Community).get("/admin").expect(t, "the community's overview", 200, "!依据的结果已更正")
	first.get(sheet+"/adopt").expect(t, "what would change", 200, "采用后的变化", "未评定", "采用第 2 版结果")
	first.get(list+"/adopt").expect(t, "what would change in all", 200, s.Neighbour.Name, "采用到")
	first.post(sheet+"/adopt", nil).expect(t, "of no campaign", 422, "请选择一次已封存的调查")
	choose := with("campaign", s.Campaign.ID.String())
	first.post(sheet+"/adopt", choose).goes(t, "adopting", sheet+"?done=adopted")
	first.get(sheet).expect(t, "adopted", 200, "封存结果第 2 版", "未评定", "!依据已更正")
	first.post(sheet+"/adopt", choose).expect(t, "adopting twice", 409, "已经采用")
	first.get(sheet+"/history").expect(t, "the history", 200, "第 1 版", "第 2 版")
	first.post(list+"/adopt", choose).goes(t, "adopting all", list+"?done=adopted")
	first.get(list).expect(t, "nothing is stale", 200, "!依据已更正")
	first.get("/admin").expect(t, "the overview after", 200, "!依据的结果已更正")
	s.signIn(s.Auditor).get(sheet+"/adopt").expect(t, "the auditor", 404)
}

// correctHomes corrects the households of the neighbour's sealed result, by
// two persons.
func (s *site) correctHomes(t *testing.T, first, second *person, homes string) {
	s.T.Helper()
	page := s.path("/projects/" + s.Neighbour.ID.String())
	form := url.Values{}
	for name, values := range formOf(t, first.get(page+"/correct").Body) {
		form[name] = values
	}
	form.Set("b0-households", homes)
	form.Set("reason", "户数录错")
	form.Set("step", "apply")
	if r := first.post(page+"/correct", form); r.Status != 303 {
		s.T.Fatalf("asking for a correction: %d %s", r.Status, excerpt(r.Body))
	}
	second.get(s.path("/correct"))
	if r := second.post(s.path("/correct"), nil); r.Status != 303 {
		s.T.Fatalf("confirming a correction: %d %s", r.Status, excerpt(r.Body))
	}
}

// The addresses that sheets had before lead to where they are now.
func TestOldAddressesOfSheets(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	p.get("/admin/sheets").goes(t, "one activity", s.sheetsAt(""))
	p.get(s.path("/sheets?q=晨光")).goes(t, "the list", s.sheetsAt("?q=%E6%99%A8%E5%85%89"))
	p.get(s.path("/sheets/"+s.Project.ID.String())).goes(t, "a sheet", s.sheetAt(""))
	p.get(s.path("/sheets/"+s.Foreign.ID.String())).expect(t, "a foreign one", 404)
}
