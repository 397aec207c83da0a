package admin_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"meihao/api/page"
	"meihao/model/modeltest"
	"meihao/survey"
)

var why = url.Values{"reason": {"按工作安排办理"}}

func with(pairs ...string) url.Values {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form
}

// From a draft to a sealed campaign by pages alone.
func TestCampaignByPages(t *testing.T) {
	s := siteOf(t, modeltest.Empty(t))
	p := s.signIn(s.District)
	p.get("/admin").expect(t, "overview of a fresh installation", 200, "开始使用", "建立一次调查")
	opens, closes := s.Clock.Now().Add(-time.Minute), s.Clock.Now().Add(48*time.Hour)
	form := with("name", "秋季调查", "owner", s.Project.Place.District.String(), "admission", "room", "opens", page.Minute(opens),
		"closes", page.Minute(opens), "asker", "晨光区住建委", "full", "5", "provisional", "8")
	p.post("/admin/campaigns/new", form).expect(t, "closes too early", 422, "结束时间须晚于开始时间", `value="秋季调查"`, `value="晨光区住建委"`)
	form.Set("owner", s.Foreign.Place.District.String())
	p.post("/admin/campaigns/new", form).expect(t, "foreign owner", 422, "请选择由谁组织")
	form.Set("owner", s.Project.Place.District.String())
	form.Set("closes", page.Minute(closes))
	r := p.post("/admin/campaigns/new", form)
	path, _, _ := strings.Cut(r.To, "?")
	if r.Status != 303 || !strings.HasPrefix(path, "/admin/campaigns/") {
		t.Fatalf("adding: %d to %q %s", r.Status, r.To, excerpt(r.Body))
	}
	p.get(r.To).expect(t, "draft", 200, "草稿", "调查已建立", "开始调查", "选择小区")
	p.get(path+"/projects").expect(t, "projects", 200, "晨光花园", "已选 3 / 3", "!湖畔居")
	p.post(path+"/projects", with("project", s.Project.ID.String())).goes(t, "choosing", path+"?done=enrolled")
	p.post(path+"/projects", with("project", s.Foreign.ID.String())).expect(t, "a foreign project", 404)
	p.get(path+"/edit").expect(t, "edit", 200, `value="秋季调查"`, page.Minute(closes))
	form.Set("name", "秋季满意度调查")
	p.post(path+"/edit", form).goes(t, "changing", path+"?done=changed")
	p.get(path+"/open").expect(t, "opening", 200, "冻结 1 个小区、81 户", "共 4 张")
	p.post(path+"/open", nil).goes(t, "opening", strings.Replace(path, "/admin/campaigns/", "/admin/posters?campaign=", 1)+"&done=opened")
	p.get(path).expect(t, "open", 200, "秋季满意度调查", "进行中", "打印海报")
	p.post(path+"/close", nil).expect(t, "closing without a reason", 422, "请写明原因")
	p.post(path+"/close", why).goes(t, "closing", path+"?done=closed")
	p.get(path).expect(t, "closed", 200, "已结束", "封存结果", "重新开放")
	p.get(path+"/seal").expect(t, "sealing", 200, "销毁这次调查的密钥", "不能撤销", "!未决、不计入")
	p.post(path+"/seal", why).goes(t, "sealing", path+"?done=sealed")
	p.get(path).expect(t, "sealed", 200, "已封存", "看评分表", "!重新开放</a>")
	p.post(path+"/reopen", why).expect(t, "reopening a sealed one", 409)
}

// Reopening takes two persons; both see that it waits, and either withdraws.
func TestReopenBySecondPerson(t *testing.T) {
	s := newSite(t)
	s.CloseCampaign()
	first, second := s.signIn(s.District), s.signIn(s.Colleague)
	closes := s.Clock.Now().Add(72 * time.Hour).Truncate(time.Minute)
	first.post(s.path("/reopen"), with("closes", page.Minute(s.Clock.Now().Add(-time.Hour)), "reason", "漏发两栋楼")).
		expect(t, "an end in the past", 422, "新的结束时间须晚于现在")
	ask := with("closes", page.Minute(closes), "reason", "漏发两栋楼的海报")
	first.post(s.path("/reopen"), ask).goes(t, "asking", s.path("?done=asked"))
	first.get(s.path("")).expect(t, "the first person", 200, "等待确认：重新开放", "须由另一位同事确认", "漏发两栋楼的海报")
	second.get(s.path("")).expect(t, "the second person", 200, "等待确认：重新开放", "查看并确认")
	first.post(s.path("/reopen"), why).expect(t, "the same person", 409, "另一位有相同权限的同事")
	second.post(s.path("/withdraw"), with("kind", "reopen")).goes(t, "withdrawing", s.path("?done=withdrawn"))
	second.post(s.path("/reopen"), ask).goes(t, "asking again", s.path("?done=asked"))
	first.post(s.path("/reopen"), why).goes(t, "confirming", s.path("?done=reopened"))
	c, err := s.Store.Campaign(s.Ctx(), survey.CityScope(), s.Campaign.ID)
	s.Must(err)
	if c.Stage != survey.OpenStage || !c.Closes.Equal(closes) {
		t.Errorf("stage %s until %s, want open until %s", c.Stage, c.Closes, closes)
	}
}

// Held answers are decided by two persons, or listed as not counted by two.
func TestHeldBySecondPerson(t *testing.T) {
	s := newSite(t)
	s.answers(36, 6)
	first, second := s.signIn(s.District), s.signIn(s.Colleague)
	held, err := s.Store.Held(s.Ctx(), survey.CityScope(), s.Campaign.ID, s.Project.ID)
	s.Must(err)
	path := s.path("/held/" + s.Project.ID.String())
	one := held[0]
	choose := func(decision, reason string) url.Values {
		return with("response", formatID(one.ID), "decision", decision, "reason", reason)
	}
	first.get(s.path("/held")).expect(t, "projects", 200, "晨光花园", "!紫藤苑")
	first.get(path).expect(t, "held", 200, "超过该楼户数", "1号楼", "!房号", "!现住户")
	first.post(path, with("decision", "release", "reason", "核实无误")).expect(t, "nothing chosen", 422, "请至少选择一份答卷")
	first.post(path, choose("maybe", "核实无误")).expect(t, "no decision", 422, "请选择计入还是排除")
	first.post(path, choose("release", "好")).expect(t, "no reason", 422, "请写明原因", "checked")
	first.post(path, choose("release", "核实为分户居住")).goes(t, "proposing", path+"?done=proposed")
	proposals, err := s.Store.Proposals(s.Ctx(), survey.CityScope(), s.Campaign.ID)
	s.Must(err)
	decide := path + "/" + proposals[0].ID.String()
	first.get(path).expect(t, "the proposer", 200, "须由另一位同事确认", `!name="confirm"`)
	second.get(path).expect(t, "the second person", 200, `name="confirm"`, "计入 1 份", "核实为分户居住")
	first.post(decide, with("confirm", "1")).expect(t, "the same person", 409, "另一位有相同权限的同事")
	second.post(decide, with("confirm", "1")).goes(t, "confirming", path+"?done=released")
	s.CloseCampaign()
	first.get(s.path("/seal")).expect(t, "sealing", 200, "还有 1 份待核", "未决、不计入", "需要另一位同事")
	first.post(s.path("/seal"), why).expect(t, "without listing", 409, "还有 1 份")
	list := with("reason", "按工作安排办理", "undecided", "1")
	first.post(s.path("/seal"), list).goes(t, "asking", s.path("?done=asked"))
	first.post(s.path("/seal"), list).expect(t, "the same person", 409, "另一位有相同权限的同事")
	second.post(s.path("/seal"), list).goes(t, "sealing", s.path("?done=sealed"))
	s.Clean()
}

// What waits for a second person stands on that person's overview, and the
// one who asked is offered no confirmation.
func TestOverviewTellsTheSecondPerson(t *testing.T) {
	s := newSite(t)
	s.CloseCampaign()
	closes := s.Clock.Now().Add(48 * time.Hour)
	_, _, err := s.Store.ReopenCampaign(s.Ctx(), s.District, s.Campaign.ID, closes, "多收几天")
	s.Must(err)
	s.signIn(s.Colleague).get("/admin").expect(t, "the second person", 200, "重新开放等您确认")
	own := s.signIn(s.District)
	own.get("/admin").expect(t, "the first person", 200, "!重新开放等您确认")
	own.get(s.path("/reopen")).expect(t, "the step", 200, "返回调查", "!<textarea")
}

// Opening says what one may want to change before: another campaign over the
// same projects, nobody named as asking, no telephone on the posters.
func TestOpeningWarns(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	second := s.Draft(func(c *survey.Campaign) { c.Name, c.Asker, c.Phone = "第二轮", "", "" })
	page := "/admin/campaigns/" + second.ID.String() + "/open"
	p.get(page).expect(t, "opening a second one", 200, "3 个小区正在参加另一项调查", s.Campaign.Name, "没有填海报署名")
	s.CloseCampaign()
	p.get(page).expect(t, "with the first one closed", 200, "!正在参加另一项调查")
}
