package admin_test

import (
	"net/url"
	"strings"
	"testing"

	"meihao/survey"
)

// formOf is what a page's form would send if nothing was typed: the values of
// its text fields, hidden fields and ticked boxes.
func formOf(t *testing.T, body string) url.Values {
	t.Helper()
	form := url.Values{}
	_, body, _ = strings.Cut(body, `class="card register"`)
	for _, input := range strings.Split(body, "<input ")[1:] {
		tag, _, _ := strings.Cut(input, ">")
		name, value := attribute(tag, "name"), attribute(tag, "value")
		if name == "" || name == "csrf" || strings.Contains(tag, `type="checkbox"`) && !strings.Contains(tag, " checked") {
			continue
		}
		form.Add(name, value)
	}
	if len(form) == 0 {
		t.Fatal("the page has no form")
	}
	return form
}

func attribute(tag, name string) string {
	_, rest, found := strings.Cut(tag, " "+name+`="`)
	if !found {
		if rest, found = strings.CutPrefix(tag, name+`="`); !found {
			return ""
		}
	}
	value, _, _ := strings.Cut(rest, `"`)
	return value
}

// Community staff put the register right; the page says what a running survey
// goes by, and the history who did what and why.
func TestCorrectRegisterByPages(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.Community)
	path := "/admin/projects/" + s.Project.ID.String()
	p.get(path).expect(t, "project", 200, "更正登记", "登记以来没有更正过", "!开始时的户数")
	form := formOf(t, p.get(path+"/edit").Body)
	p.post(path+"/edit", form).goes(t, "nothing typed", path+"?done=unchanged")

	form.Set("b0-households", "四十")
	form.Set("b1-name", "1栋")
	form.Set("b2-households", "０")
	p.post(path+"/edit", form).expect(t, "no number", 422, "请填写 0 到 1000000 的整数", "是同一栋楼", `value="四十"`, `value="1栋"`,
		`aria-describedby="b0-households-error"`, `id="b0-households-error"`)
	form.Set("b0-households", "1,044")
	p.post(path+"/edit", form).expect(t, "wrong values", 422, "是同一栋楼", "户数至少为 1", `href="#b1-name"`)
	form.Set("b0-households", "４４户")
	form.Set("b1-name", "2号楼")
	form.Set("b2-households", "6")
	form.Set("b3-remove", "1")
	p.post(path+"/edit", form).expect(t, "a building of a survey", 409, "不能删除", " checked")
	form.Del("b3-remove")
	form.Set("b5-name", "5号楼") // the first line for a new one stays empty
	form.Set("b5-households", "16")
	form.Set("reason", "实地核对")
	p.post(path+"/edit", form).goes(t, "correcting", path+"?done=corrected")
	p.get(path).expect(t, "after it", 200, "5号楼", "实地核对", "community 测试员", "在小区页面更正登记",
		"开始时的户数 81", s.path("/projects/"+s.Project.ID.String()), "<del>40</del>", "新增，16 户")
	s.signIn(s.OtherCommunity).get(path+"/edit").expect(t, "another community", 404)
	company := s.signIn(s.Company)
	company.get(path).expect(t, "company", 200, "!更正", "!实地核对", "!开始时的户数", "!测试员</p>")
	company.get(path+"/edit").expect(t, "a form for the company", 404)
}

// Who saves what another changed meanwhile sees both, and may then insist.
func TestRegisterChangedMeanwhile(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.Community)
	path := "/admin/projects/" + s.Project.ID.String() + "/edit"
	mine, theirs := formOf(t, p.get(path).Body), formOf(t, p.get(path).Body)
	theirs.Set("b0-households", "45")
	theirs.Set("b4-name", "9号楼")
	theirs.Set("b4-households", "20")
	s.signIn(s.District).post(path, theirs).goes(t, "the first", strings.TrimSuffix(path, "/edit")+"?done=corrected")
	mine.Set("b0-households", "47")
	r := p.post(path, mine)
	r.expect(t, "the second", 409, "您填写时有人改过", "现在是 45", `value="47"`, `value="9号楼"`)
	again := formOf(t, r.Body)
	p.post(path, again).goes(t, "insisting", strings.TrimSuffix(path, "/edit")+"?done=corrected")
	got, err := s.Store.Project(s.Ctx(), survey.CityScope(), s.Project.ID)
	s.Must(err)
	if got.Buildings[0].Households != 47 || len(got.Buildings) != 5 {
		t.Errorf("buildings: %+v", got.Buildings)
	}
}

// A running survey's households are corrected in two steps: what changes is
// shown first, a reason is asked for, and nobody below the deciders does it.
func TestCorrectFrozenByPages(t *testing.T) {
	s := newSite(t)
	s.answers(30, 5)
	p, page := s.signIn(s.District), s.path("/projects/"+s.Project.ID.String())
	p.get(page).expect(t, "project of a survey", 200, "更正户数", "81", "楼栋组", "!登记后来改过")
	form := formOf(t, p.get(page+"/correct").Body)
	p.post(page+"/correct", form).expect(t, "nothing typed", 422, "没有改动任何内容")
	form.Set("b0-households", "440")
	form.Set("step", "preview")
	r := p.post(page+"/correct", form)
	r.expect(t, "preview", 200, "这会把总户数从 81 改为 481", "!更正后可见", "!倒推", "足够样本需要的答卷从 68 变为 214", "确认更正", "已经收到的答卷都不动")
	e, _, err := s.Store.Enrolment(s.Ctx(), survey.CityScope(), s.Campaign.ID, s.Project.ID)
	s.Must(err)
	if e.Homes.Households != 81 {
		t.Error("the preview changed something")
	}
	form = formOf(t, r.Body)
	form.Set("step", "edit")
	p.post(page+"/correct", form).expect(t, "back", 200, `value="440"`, "看看会改变什么")
	form.Set("step", "apply")
	p.post(page+"/correct", form).expect(t, "without a reason", 422, "请写明原因", "确认更正", `value="440"`)
	form.Set("reason", "按户籍册核对")
	p.post(page+"/correct", form).goes(t, "correcting", page+"?done=corrected")
	p.get(page).expect(t, "after it", 200, "481", "214", "按户籍册核对", "按现在的登记更正", "district 测试员")
	p.post(page+"/correct", form).expect(t, "the same again", 409, "您填写时有人改过", "!确认更正")
	taken := formOf(t, p.get(page+"/correct?register=1").Body)
	if taken.Get("b0-households") != "40" || taken.Get("households") != "81" {
		t.Errorf("taken from the register: %v", taken)
	}
	community := s.signIn(s.Community)
	community.get(page).expect(t, "community", 200, "481", "按户籍册核对", "!更正户数</a>", "!85.7%")
	community.get(page+"/correct").expect(t, "a form for the community", 404)
	s.signIn(s.Admin).get("/admin/events").expect(t, "events", 200, "更正调查的户数", "按户籍册核对")
}

// The preview of other homes does not say of eight answers how many are
// satisfied: with N = 8 a verdict would (RULES §8).
func TestPreviewOfFewAnswers(t *testing.T) {
	s := newSite(t)
	s.answers(8, 0)
	s.CloseCampaign()
	p, page := s.signIn(s.District), s.path("/projects/"+s.Project.ID.String())
	form := formOf(t, p.get(page+"/correct").Body)
	form.Set("step", "preview")
	for _, typed := range []string{"8", "9", "12"} {
		form.Set("households", typed)
		form.Set("occupied", "8")
		p.post(page+"/correct", form).expect(t, typed+" homes", 200, "确认更正", "8/"+typed, "更正后可见", "倒推出有几户满意", "!·稳", "!·临界")
	}
}

// A forgotten building is added with a poster of its own.
func TestAddForgottenBuildingByPages(t *testing.T) {
	s := newSite(t)
	p, page := s.signIn(s.District), s.path("/projects/"+s.Project.ID.String())
	p.get(page+"/correct").expect(t, "nothing to add", 200, "登记里的楼都在这次调查里")
	edit := "/admin/projects/" + s.Project.ID.String() + "/edit"
	form := formOf(t, p.get(edit).Body)
	form.Set("b4-name", "5号楼")
	form.Set("b4-households", "16")
	p.post(edit, form).goes(t, "registering", strings.TrimSuffix(edit, "/edit")+"?done=corrected")
	p.get(page).expect(t, "what is missing", 200, "登记里有、这次调查没有的楼：", "5号楼")
	before, err := s.Store.PosterCount(s.Ctx(), survey.CityScope(), s.Campaign.ID)
	s.Must(err)
	r := p.get(page + "/correct?register=1")
	r.expect(t, "the form", 200, "5号楼，16 户", " checked")
	form = formOf(t, r.Body)
	form.Set("step", "apply")
	form.Set("reason", "漏登一栋楼")
	p.post(page+"/correct", form).goes(t, "adding", page+"?done=corrected")
	p.get(page).expect(t, "after it", 200, "5号楼", "97", "!登记后来改过")
	after, err := s.Store.PosterCount(s.Ctx(), survey.CityScope(), s.Campaign.ID)
	s.Must(err)
	if after != before+1 {
		t.Errorf("%d posters, there were %d", after, before)
	}
}

// A sealed result is corrected by two persons: the second sees what it
// changes, the first cannot confirm.
func TestCorrectSealedByPages(t *testing.T) {
	s := newSite(t)
	s.answers(36, 0)
	s.SealCampaign()
	first, second, page := s.signIn(s.District), s.signIn(s.Colleague), s.path("/projects/"+s.Project.ID.String())
	form := formOf(t, first.get(page+"/correct").Body)
	form.Set("b0-households", "60")
	form.Set("reason", "户数录错")
	form.Set("step", "apply")
	first.get(page+"/correct").expect(t, "the form", 200, "已经封存", "!补上漏掉的楼")
	first.post(page+"/correct", form).goes(t, "asking", page+"?done=asked")
	first.get(page).expect(t, "the first person", 200, "等待确认：更正户数", "户数录错")
	first.get(s.path("")).expect(t, "the campaign", 200, "等待确认：更正户数")
	second.get(s.path("")).expect(t, "the campaign", 200, s.path("/correct"))
	first.get(s.path("/correct")).expect(t, "the first person looks", 200, "须由另一位同事确认", "!同意更正</button>")
	first.post(s.path("/correct"), nil).expect(t, "the first person confirms", 409, "另一位有相同权限的同事")
	second.get(s.path("/correct")).expect(t, "the second person looks", 200, "同意更正</button>", "从 81 改为 101")
	second.post(s.path("/correct"), nil).goes(t, "confirming", page+"?done=corrected")
	second.get(s.sheetsAt("/"+s.Project.ID.String())).expect(t, "the sheet", 200, "第 1 版结果，现在已有更正后的第 2 版")
	snapshot, sealed, err := s.Store.Sealed(s.Ctx(), survey.CityScope(), s.Campaign.ID, s.Project.ID)
	s.Must(err)
	if snapshot.Number != 2 || sealed.OwnerHomes != 101 {
		t.Errorf("snapshot %d of %d homes", snapshot.Number, sealed.OwnerHomes)
	}
	second.get(s.path("/correct")).expect(t, "nothing waits", 404)
}
