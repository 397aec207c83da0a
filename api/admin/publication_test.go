package admin_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"meihao/api/resident"
	"meihao/model/modeltest"
	"meihao/survey"
)

// lobby serves residents beside the staff, and opens the world's poster.
type lobby struct{ *person }

func (s *site) lobby() lobby {
	h := &resident.Handlers{Store: s.Store, Pages: s.handlers.Pages, Now: s.Clock.Now}
	h.Routes(s.engine)
	return lobby{s.visitor()}
}

// shows checks what a resident sees on the poster and behind the stable link,
// a moment after the last change.
func (l lobby) shows(t *testing.T, what string, poster, link int, seen ...string) {
	t.Helper()
	l.Clock.Add(time.Second)
	l.get("/s/"+l.Poster.Code).expect(t, what+", on the poster", poster, seen...)
	l.get("/p/"+l.Poster.Code).expect(t, what+", behind the link", link, seen...)
}

// date is a day as pages write it in Chinese.
func date(t time.Time) string { return survey.Day(t).Format("2006年1月2日") }

func dayOf(t time.Time) string { return survey.Day(t).Format(time.DateOnly) }

// From the planned day to taking the publication back: at each step a resident
// sees exactly what was decided, and a company nothing before it is public.
func TestPublication(t *testing.T) {
	s := newSite(t)
	s.answers(35, 7)
	l, district, company := s.lobby(), s.signIn(s.District), s.signIn(s.Company)
	publish, result := s.path("/publish"), "/admin/results/"+s.Campaign.ID.String()+"/"+s.Project.ID.String()
	planned := s.Campaign.Closes.AddDate(0, 0, 20)

	district.get(publish).expect(t, "publishing while it runs", 200, "封存以后才能公布", "!公布 3 个小区的结果")
	district.post(publish+"/day", url.Values{"publishes": {dayOf(s.Clock.Now().AddDate(0, 0, -1))}}).
		expect(t, "a day that is over", 422, "这一天已经过了")
	district.post(publish+"/day", url.Values{"publishes": {"九月二十日"}}).expect(t, "no day", 422, "请填写日期", `value="九月二十日"`)
	district.post(publish+"/day", url.Values{"publishes": {dayOf(planned)}}).goes(t, "planning", publish+"?done=planned")
	l.Clock.Add(time.Second)
	l.get("/p/"+s.Poster.Code).expect(t, "the link while it runs", 200, "调查正在进行", date(planned), `href="/s/`+s.Poster.Code+`"`, "!87.5%")

	s.CloseCampaign()
	hidden := []string{"!87.5%", "!35 / 40", "!承诺改进</h2>"}
	l.shows(t, "after closing", 403, 200, append(hidden, "谢谢大家", date(planned))...)
	district.post(publish, nil).expect(t, "publishing before sealing", 409, "封存以后才能公布")
	s.SealCampaign()
	l.shows(t, "after sealing", 403, 200, append(hidden, "谢谢大家", date(planned))...)
	company.get("/admin").expect(t, "the company's first page", 200, "还没有公布结果", "!87.5%", "!"+s.Campaign.Name)
	company.get("/admin/results").expect(t, "the company's list", 200, "!87.5%", "!"+s.Campaign.Name)
	company.get(result).expect(t, "the company's result", 404, "!87.5%")
	district.get("/admin").expect(t, "the district's worklist", 200, `href="`+publish+`">公布结果`)
	district.get(s.path("")).expect(t, "the campaign's page", 200, `class="button" href="`+publish+`"`)
	district.get(publish).expect(t, "before publishing", 200, "公布 3 个小区的结果", "不足 10 份", "/admin/results?campaign="+s.Campaign.ID.String())
	district.get("/admin/results?campaign="+s.Campaign.ID.String()).expect(t, "the preview", 200, "87.5%", "35/40", "未公布")
	district.get(result).expect(t, "the preview of one", 200, "87.5%", "结果还没有公布", publish)

	district.post(publish, nil).expect(t, "publishing what one has not seen", 409, "封存的结果更正了")
	district.get(publish).expect(t, "the page to publish", 200, `name="seen" value="1"`)
	district.post(publish, url.Values{"seen": {"1"}}).goes(t, "publishing", publish+"?done=published")
	district.post(publish, nil).expect(t, "publishing twice", 409, "结果已经公布")
	district.get(s.sheetsAt("/"+s.Project.ID.String())).expect(t, "the sheet", 200, "87.5%", "35/40")
	l.shows(t, "published", 200, 200, "87.5%", "35 / 40 户满意", "全小区 81 户，40 户业主作了评价", "全小区现住 60 户", "太少，还不能下结论",
		"自愿参与", "还没有公布改进承诺", "12345", date(s.Clock.Now()), "!更正")
	s.promises(t, l, district, company, result)
	s.corrects(t, l)

	district, company = s.signIn(s.District), s.signIn(s.Company) // their sessions have ended meanwhile
	district.post(publish+"/retract", nil).expect(t, "taking back without a reason", 422, "请写明原因")
	district.post(publish+"/retract", url.Values{"reason": {"银杏里的户数有误，核对后再公布"}}).goes(t, "taking back", publish+"?done=retracted")
	l.shows(t, "taken back", 403, 200, append(hidden, "谢谢大家", "结果还在核对", "!充电")...)
	company.get(result).expect(t, "the company after it was taken back", 404, "!充电")
}

// promises goes from a company's promise to one that was kept, late.
func (s *site) promises(t *testing.T, l lobby, district, company *person, result string) {
	company.get("/admin").expect(t, "the company's worklist", 200, "3 个小区还没有写改进承诺", `href="`+result+`"`, "87.5%")
	company.get(result).expect(t, "the company's result", 200, "87.5%", "交给区里审核", "!紫藤苑")
	bad := company.post(result+"/promises", url.Values{"text": {"短"}, "due": {dayOf(s.Clock.Now())}})
	bad.expect(t, "a promise that cannot stand", 422, "2–200", "完成期限要在今天以后", `href="#new-text"`, `id="new-due-error"`)
	due := s.Clock.Now().AddDate(0, 0, 20)
	company.post(result+"/promises", url.Values{"text": {"在北门加装<充电>桩"}, "due": {dayOf(due)}}).goes(t, "promising", result+"?done=promise_added")
	l.shows(t, "promised, not published", 200, 200, "!充电")

	district.get("/admin").expect(t, "the district's worklist", 200, "审核 1 条整改承诺", result+"#promises")
	district.get("/admin/results?show=waiting").expect(t, "what waits", 200, "晨光花园", "1 条待审核", "!紫藤苑")
	promise := result + "/promises/" + s.promise().ID.String()
	card := "#p" + s.promise().ID.String() + "-card"
	district.post(promise+"/return", url.Values{"seen": {"1"}}).expect(t, "returning without a reason", 422, "请写明原因")
	district.post(promise+"/return", url.Values{"seen": {"1"}, "reason": {"请写明装几个"}}).goes(t, "returning", result+"?done=promise_returned"+card)
	company.get("/admin").expect(t, "the company's worklist", 200, "修改被退回的 1 条承诺")
	company.get(result).expect(t, "what was returned", 200, "请写明装几个", "区里退回了")
	company.post(promise, url.Values{"text": {"在北门加装10个<充电>桩"}, "due": {dayOf(due)}}).goes(t, "changing", result+"?done=promise_changed"+card)
	district.post(promise+"/publish", url.Values{"seen": {"1"}}).expect(t, "publishing what one has not seen", 409, "刚刚又改过")
	district.post(promise+"/publish", url.Values{"seen": {"2"}}).goes(t, "publishing the promise", result+"?done=promise_published"+card)
	l.shows(t, "the promise is public", 200, 200, "加装10个&lt;充电&gt;桩", "已承诺", date(due), "!原定", "!<充电>")

	later := due.AddDate(0, 0, 10)
	company.post(promise, url.Values{"text": {"在北门加装10个充电桩"}, "due": {dayOf(later)}}).goes(t, "postponing", result+"?done=promise_changed"+card)
	l.shows(t, "postponed, not published", 200, 200, date(due), "!"+date(later))
	district.get(result).expect(t, "both versions", 200, "居民现在看到的", "物业企业改成", date(due), date(later))
	district.post(promise+"/publish", url.Values{"seen": {"3"}}).goes(t, "publishing the other day", result+"?done=promise_published"+card)
	l.shows(t, "postponed", 200, 200, date(later), "原定 "+date(due), "!已超期")

	s.Clock.Set(survey.Day(later).AddDate(0, 0, 1).Add(-time.Minute))
	l.shows(t, "on its last day", 200, 200, "已承诺", "!已超期")
	s.Clock.Set(survey.Day(later).AddDate(0, 0, 1))
	l.shows(t, "a day late", 200, 200, "已超期", "!已承诺")
	district, company = s.signIn(s.District), s.signIn(s.Company) // their sessions have ended
	company.get("/admin").expect(t, "the company's worklist", 200, "1 条承诺已超期")
	company.post(promise+"/report", url.Values{"day": {""}}).expect(t, "done on no day", 422, "请填写完成日期")
	company.post(promise+"/report", url.Values{"day": {dayOf(s.Clock.Now())}, "note": {"10个都已通电"}}).goes(t, "reporting", result+"?done=promise_reported"+card)
	l.shows(t, "reported, not published", 200, 200, "已超期", "!已完成")
	company.post(promise+"/remove", nil).expect(t, "removing what is public", 409, "不能删除")
	district.post(promise+"/publish", url.Values{"seen": {"4"}}).goes(t, "publishing that it is done", result+"?done=promise_published"+card)
	l.shows(t, "done", 200, 200, "已完成", "晚于期限", "10个都已通电", "!已超期")
}

// promise is the project's only one.
func (s *site) promise() survey.Promise {
	s.T.Helper()
	_, list, err := s.Store.ProjectResult(s.Ctx(), s.District, s.Campaign.ID, s.Project.ID)
	s.Must(err)
	if len(list) != 1 {
		s.T.Fatalf("%d promises, want 1", len(list))
	}
	return list[0]
}

// corrects gives the project another N after publication.
func (s *site) corrects(t *testing.T, l lobby) {
	e, groups, err := s.Store.Enrolment(s.Ctx(), survey.CityScope(), s.Campaign.ID, s.Project.ID)
	s.Must(err)
	e.Groups = groups
	to := survey.FrozenCorrection{Homes: e.Homes, Buildings: slices.Clone(e.Project.Buildings), Seen: e.Digest()}
	to.Households += 20
	_, err = s.Store.CorrectEnrolment(s.Ctx(), s.District, s.Campaign.ID, s.Project.ID, to, "户数录错")
	s.Must(err)
	l.shows(t, "a correction that waits", 200, 200, "全小区 81 户", "!更正")
	s.Must(s.Store.ConfirmCorrection(s.Ctx(), s.Colleague, s.Campaign.ID))
	l.shows(t, "corrected", 200, 200, "全小区 101 户，40 户业主作了评价", "87.5%", "结果在 "+date(s.Clock.Now())+" 更正过")
}

// Whose it is not sees no published result and changes nothing of it.
func TestResultRoutes(t *testing.T) {
	s := newSite(t)
	s.answers(35, 5)
	s.SealCampaign()
	s.Must(s.Store.PublishResults(s.Ctx(), s.District, s.Campaign.ID, 1))
	id, err := s.Store.AddPromise(s.Ctx(), s.Company, s.Campaign.ID, s.Project.ID, "修好东门门禁", s.Clock.Now().AddDate(0, 0, 30))
	s.Must(err)
	result := "/admin/results/" + s.Campaign.ID.String() + "/" + s.Project.ID.String()
	promise := result + "/promises/" + id.String()
	var people []*person
	for _, a := range []survey.Actor{s.OtherCommunity, s.Stranger, s.Community, s.Subdistrict, s.Auditor, s.Company, s.District} {
		people = append(people, s.signIn(a))
	}
	for path, want := range map[string][]int{
		result:                   {404, 404, 200, 200, 200, 200, 200},
		result + "/promises":     {403, 403, 403, 403, 403, 422, 403},
		promise:                  {403, 403, 403, 403, 403, 422, 403},
		promise + "/report":      {403, 403, 403, 403, 403, 422, 403},
		promise + "/return":      {403, 404, 403, 403, 403, 403, 409}, // nor does this
		promise + "/publish":     {403, 404, 403, 403, 403, 403, 409}, // it does not say what it saw
		promise + "/takedown":    {403, 404, 403, 403, 403, 403, 409}, // nothing is public
		s.path("/publish"):       {404, 404, 404, 404, 404, 404, 409},
		result + "/promises/1/x": {404, 404, 404, 404, 404, 404, 404},
	} {
		for i, p := range people {
			r := p.post(path, nil)
			if path == result {
				r = p.get(path)
			}
			r.expect(t, path+" as "+p.name, want[i])
			if want[i] == 404 || want[i] == 403 {
				r.expect(t, path+" as "+p.name, want[i], "!门禁", "!87.5%")
			}
		}
	}
	if p := s.promise(); p.Version != 1 || p.Public() || p.Returned != "" {
		t.Errorf("forms that were refused changed the promise: %+v", p)
	}
}

// What residents see is the same bytes for everyone, in each language and
// size, on posters that were retired too; groups that are too small keep
// their secret.
func TestPublishedPages(t *testing.T) {
	s := newSite(t)
	s.answers(35, 5)
	retired, err := s.Store.ReplacePoster(s.Ctx(), s.District, s.Poster.Code, modeltest.Reason)
	s.Must(err)
	few := s.PosterOf(s.Campaign, s.Neighbour.Buildings[0])
	for i := range 4 {
		s.Must(s.Save(s.AnswerAt(few, i))[0].Err)
	}
	l := s.lobby()
	l.get("/s/"+s.Poster.Code).expect(t, "a retired poster of a running campaign", 410)
	s.SealCampaign()
	s.Must(s.Store.PublishResults(context.Background(), s.District, s.Campaign.ID, 1))
	s.Clock.Add(time.Second)
	for _, code := range []string{s.Poster.Code, retired.Code} {
		for _, path := range []string{"/s/" + code, "/p/" + code} {
			l.get(path).expect(t, path, 200, "87.5%", "35 / 40 户满意", "业主满意率", `x1="60"`, `x1="90"`)
			l.get(path+"?lang=en&size=xl").expect(t, path+" in English", 200, "35 / 40 homes satisfied", `data-size="xl"`, `lang="en"`)
		}
	}
	one, two := l.get("/p/"+retired.Code), l.get("/p/"+strings.ToLower(retired.Code))
	if tag := one.Header.Get("Etag"); tag == "" || tag != l.get("/s/"+retired.Code).Header.Get("Etag") {
		t.Errorf("poster and link are not the same page: %q", tag)
	}
	if two.Status != 301 || two.To != "/p/"+retired.Code {
		t.Errorf("another spelling: %d to %q", two.Status, two.To)
	}
	l.get("/p/"+few.Code).expect(t, "a project of four answers", 200, "全小区 12 户，4 户业主作了评价", "不公布满意的户数", "!/ 4 户满意", "!100.0%", "!这对评选意味着什么")
}
