package admin_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"meihao/survey"
)

// voices answer with comments: twelve in the world's project, nine (too few)
// beside it.
func (s *site) voices() {
	s.T.Helper()
	for i, text := range []string{
		"电梯经常坏，物业推诿", "停车位太少，找王经理没用，我的电话13800138000", "保洁很好，谢谢", "电梯困人", "=HYPERLINK(1)<b>很满意</b>", "没有意见",
		"绿化好", "物业费高", "狗叫扰民", "3号楼2单元101的灯坏了", "充电桩不够", "楼道堆物",
	} {
		s.Saved(s.Answer(i).Comment(text))
	}
	neighbour := s.PosterOf(s.Campaign, s.Neighbour.Buildings[0])
	for i := range 9 {
		s.Saved(s.AnswerAt(neighbour, i).Comment("紫藤苑的意见"))
	}
}

func (s *site) commentsOf(p survey.Project) string {
	return s.path("/standings/" + p.ID.String() + "/comments")
}

// What people wrote is read after closing, with masks, searched and sorted by
// themes.
func TestCommentsPage(t *testing.T) {
	s := newSite(t)
	s.voices()
	district, city := s.signIn(s.District), s.signIn(s.City)
	for _, path := range []string{s.path("/comments"), s.commentsOf(s.Project), s.path("/comments/export")} {
		district.get(path).expect(t, path+" while it runs", 200, "调查结束后才能看意见", "!困人", "!保洁很好")
	}
	s.CloseCampaign()
	district.get(s.path("/comments")).expect(t, "of all projects", 200, "电梯困人", "【姓名】", "经理没用，我的电话", "【电话】", "的灯坏了", "【门牌】",
		"&lt;b&gt;很满意", "有 2 个小区计入的答卷不足 10 份", "晨光花园", "按 12 条意见统计", "意见不计票",
		"!13800138000", "!王经理", "!101", "!紫藤苑的意见", "!1号楼", "!<b>很满意")
	city.get(s.path("/comments")).expect(t, "of all projects, to the city", 200, "紫藤苑的意见", "!不足 10 份，意见不显示。")
	district.get(s.commentsOf(s.Neighbour)).expect(t, "of few", 200, "计入的答卷不足 10 份，意见不显示", "!紫藤苑的意见")
	district.get(s.path("/comments?text=13800138000")).expect(t, "a search for what is masked", 200, "没有符合条件的意见", "!停车位太少")
	district.get(s.path("/comments?text=电梯")).expect(t, "a search", 200, "电梯困人", "电梯经常坏", "!保洁很好")
	district.get(s.commentsOf(s.Project)+"?theme=parking").expect(t, "a theme", 200, "停车位太少", `aria-current="true"`, "!电梯困人")
	district.get(s.path("/comments?q=银杏")).expect(t, "a filter", 200, "没有符合条件的意见", "!电梯困人")
	district.post("/admin/language", url.Values{"language": {"en"}})
	district.get(s.path("/comments")).expect(t, "in English", 200, "[telephone]", "Comments are no votes", "!13800138000")
	district.post("/admin/language", url.Values{"language": {"zh"}})
	district.get(s.path("/comments?as=xlsx")).expect(t, "no file without the password", 200, "电梯困人")
	district.get(s.path("/standings")).expect(t, "the tab", 200, `href="`+s.path("/comments")+`"`)
}

var hideForm = regexp.MustCompile(`action="([^"]+/hide)"`)

// A comment is hidden with a reason, which deciders see, and shown again.
func TestHideComments(t *testing.T) {
	s := newSite(t)
	s.voices()
	s.CloseCampaign()
	district := s.signIn(s.District)
	page := s.commentsOf(s.Project) + "?text=" + url.QueryEscape("困人")
	form := hideForm.FindStringSubmatch(district.get(page).Body)
	if form == nil {
		t.Fatal("no form to hide a comment")
	}
	district.post(form[1], url.Values{"reason": {""}}).expect(t, "no reason", 422, "2–100")
	district.post(form[1], url.Values{"reason": {"含个人信息，电话13800138000"}, "back": {page}}).goes(t, "hiding", page+"&done=comment_hidden#"+"c-"+idOf(form[1]))
	district.get(page).expect(t, "hidden", 200, "已隐藏", "含个人信息，电话＊＊", "恢复显示", "!13800138000")
	district.get(s.path("/comments?hidden=1")).expect(t, "only hidden ones", 200, "困人", "!保洁很好")
	show := strings.TrimSuffix(form[1], "hide") + "show"
	district.post(show, url.Values{"back": {"https://example.com"}}).goes(t, "showing", s.commentsOf(s.Project)+"?done=comment_shown#c-"+idOf(form[1]))
	s.signIn(s.City).get("/admin/events").expect(t, "the record", 200, "隐藏意见", "恢复显示意见", "!困人", "!13800138000")
}

func idOf(path string) string {
	parts := strings.Split(path, "/")
	return parts[len(parts)-2]
}

// A file of comments wants the password, says who took it, and holds no more
// than the page.
func TestCommentsExport(t *testing.T) {
	s := newSite(t)
	s.voices()
	s.CloseCampaign()
	district := s.signIn(s.District)
	path := s.path("/comments/export")
	district.get(path+"?theme=lift").expect(t, "the page", 200, "您的登录密码", "主题: 电梯", `formaction="`+path+`?theme=lift&amp;as=csv"`)
	district.post(path+"?as=csv", url.Values{"current": {"wrong"}}).expect(t, "a wrong password", 422, "您的登录密码", "!困人")
	r := district.post(path+"?as=csv", url.Values{"current": {password}})
	r.expect(t, "the file", 200, "电梯困人", "【姓名】", "'=HYPERLINK", "意见不计票", "!13800138000", "!紫藤苑的意见", "!1号楼", "!王经理")
	if r.Header.Get("Cache-Control") != "no-store" || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/csv") {
		t.Errorf("the headers are %v", r.Header)
	}
	if r := district.post(s.commentsOf(s.Project)+"/export?as=xlsx&theme=lift", url.Values{"current": {password}}); r.Status != 200 || !strings.HasPrefix(r.Body, "PK") {
		t.Errorf("the workbook: %d", r.Status)
	}
	s.signIn(s.City).get("/admin/events").expect(t, "the record", 200, "导出意见", s.District.Username)
	for range 4 {
		r = district.post(path+"?as=csv", url.Values{"current": {"wrong"}})
	}
	r.expect(t, "guessing", 429)
}

// The company reads what the district released after publication.
func TestReleasePage(t *testing.T) {
	s := newSite(t)
	s.voices()
	s.SealCampaign()
	district, company := s.signIn(s.District), s.signIn(s.Company)
	page := s.commentsOf(s.Project)
	district.get(page+"/release").expect(t, "before publication", 200, "公布结果以后才能提供", "!class=\"button\">提供给物业企业")
	s.Must(s.Store.PublishResults(s.Ctx(), s.District, s.Campaign.ID, 1))
	result := "/admin/results/" + s.Campaign.ID.String() + "/" + s.Project.ID.String()
	company.get(page).expect(t, "before the release", 404)
	company.get(result).expect(t, "the result before the release", 200, "!看住户意见")
	district.get(page+"/release").expect(t, "the preview", 200, "企业会看到的文字", "电梯困人", "【电话】", "!13800138000")
	district.post(page+"/release", nil).goes(t, "releasing", page+"/release?done=comments_released")
	company.get(result).expect(t, "the result", 200, "看住户意见", `href="`+page+`"`)
	company.get(page).expect(t, "the company reads", 200, "电梯困人", "【电话】", "!13800138000", "!>隐藏<", "!主题词表", "!"+s.path("/standings")+"\"")
	company.post(page+"/export?as=csv", url.Values{"current": {password}}).expect(t, "the company's file", 200, "电梯困人", "!隐藏原因")
	company.get(s.path("/comments")).expect(t, "of all its projects", 200, "电梯困人", "!紫藤苑的意见")
	s.signIn(s.Community).get(page).expect(t, "the community", 404, "!电梯困人")
	district.post(page+"/release/back", url.Values{"reason": {"还要核对"}}).goes(t, "taking back", page+"/release?done=comments_back")
	company.get(page).expect(t, "taken back", 404, "!电梯困人")
}

var themeField = regexp.MustCompile(`name="((?:key|name|english|words|without)-\d+)"(?: value="([^"]*)"|[^>]*>([^<]*)</textarea>)`)

// Themes are tried before they are saved, saved for one's own campaigns, and
// restored.
func TestLexiconPage(t *testing.T) {
	s := newSite(t)
	s.voices()
	s.CloseCampaign()
	district := s.signIn(s.District)
	read := func() url.Values {
		form := url.Values{}
		for _, m := range themeField.FindAllStringSubmatch(district.get("/admin/lexicon").Body, -1) {
			form.Set(m[1], m[2]+m[3])
		}
		return form
	}
	form := read()
	if form.Get("name-1") != "电梯" || !strings.Contains(form.Get("words-1"), "困人") {
		t.Fatalf("the form is %v", form)
	}
	form.Set("words-1", "楼道、LIFT")
	form.Set("name-17", "没意见")
	form.Set("words-17", "没有意见\n没意见")
	form.Set("remove-3", "1")
	form.Set("seen", "0")
	form.Set("preview", "1")
	district.post("/admin/lexicon", form).expect(t, "trying", 200, "还没有保存", "12 条意见", "1 条，8.3%", "楼道、LIFT", "没意见")
	if l, err := s.Store.Lexicon(s.Ctx(), s.Campaign.Owner); err != nil || l.Version != 0 {
		t.Errorf("trying saved %+v, %v", l, err)
	}
	form.Del("preview")
	district.post("/admin/lexicon", form).goes(t, "saving", "/admin/lexicon?done=lexicon_saved")
	district.post("/admin/lexicon", form).expect(t, "saving over it", 409, "刚被别人改过")
	district.get(s.path("/comments?theme=lift")).expect(t, "sorted anew", 200, "楼道堆物", "!困人", "没意见")
	form = read()
	form.Set("seen", "1")
	form.Set("words-0", " ")
	district.post("/admin/lexicon", form).expect(t, "no words", 422, "至少一个词", `href="#words-0"`)
	district.post("/admin/lexicon/restore", url.Values{"seen": {"1"}}).expect(t, "restoring without a word", 422, "请先确认")
	district.post("/admin/lexicon/restore", url.Values{"seen": {"1"}, "sure": {"1"}}).goes(t, "restoring", "/admin/lexicon?done=lexicon_restored")
	district.get(s.path("/comments?theme=lift")).expect(t, "as before", 200, "电梯困人")
	district.get("/admin/lexicon").expect(t, "the history", 200, "修改意见主题词表", "恢复意见主题词表")
}
