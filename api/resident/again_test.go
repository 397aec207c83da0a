package resident_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"meihao/api/resident"
	"meihao/model/modeltest"
	"meihao/survey"
)

// changeKeys begins the names of the cookies that change an answer.
const changeKeys = "mh_change_"

// cookieOf is a cookie that an answer sets, as the browser sends it back.
func (a answer) cookieOf(name string) string {
	a.t.Helper()
	for _, set := range a.header.Values("Set-Cookie") {
		if begin, _, _ := strings.Cut(set, "="); begin == name || name == changeKeys && strings.HasPrefix(begin, name) {
			return strings.SplitN(set, ";", 2)[0]
		}
	}
	a.t.Fatalf("no cookie %s in %q", name, a.header.Values("Set-Cookie"))
	return ""
}

// keyIn is the change key in such a cookie.
func keyIn(phone string) string {
	_, value, _ := strings.Cut(phone, "=")
	return value[18:40]
}

// answered sends the form of household i and returns its receipt with the
// cookie that this phone has from now on.
func (s *site) answered(i int, header ...string) (receipt, phone string) {
	s.T.Helper()
	a := s.post("/s/"+s.Poster.Code, form(i), header...)
	return a.receipt(), a.cookieOf(changeKeys)
}

// score is what counts in the owner base.
func (s *site) score() survey.Score {
	s.T.Helper()
	rows, err := s.Store.Enrolments(s.Ctx(), survey.CityScope(), s.Campaign.ID)
	s.Must(err)
	var sum survey.Score
	for _, row := range rows {
		sum = sum.Add(row.Tally.Counted(s.Campaign.Admission, survey.OwnerBase))
	}
	return sum
}

func TestThePhoneThatAnsweredMayAnswerAgain(t *testing.T) {
	s := newSite(t)
	path := "/s/" + s.Poster.Code
	plain := s.get(path).body
	sent := s.post(path, form(0))
	receipt, phone := sent.receipt(), sent.cookieOf(changeKeys)
	set := strings.Join(sent.header.Values("Set-Cookie"), "\n")
	lasts := s.Campaign.Closes.Add(24*time.Hour).Sub(s.Clock.Now()) / time.Second
	want := regexp.MustCompile(fmt.Sprintf(`mh_change_%s=%s[\w-]{22}\.0; Path=/s/; Max-Age=%d; HttpOnly; SameSite=Lax`, receipt[12:], receipt, lasts))
	if !want.MatchString(set) {
		t.Errorf("cookies %q", set)
	}
	again := path + "/again?receipt=" + receipt
	s.get(path, "Cookie", phone).is(http.StatusOK, "您家已填写", "重新作答", `href="`+again+`"`, "/r/"+receipt,
		`href="`+path+`?home=another"`, "为另一户填写", "2026年9月11日 10:00").not(`id="form"`, "非常满意", keyIn(phone))
	s.get(path+"?lang=en", "Cookie", phone).is(http.StatusOK, "Your home has already answered", "Answer again", again[:len(path)+6]+"?lang=en&amp;receipt=").not("重新作答")
	if s.get(path+"?home=another", "Cookie", phone).body != plain || s.get(path).body != plain {
		t.Error("another home, or another phone, does not get the form that everybody gets")
	}
	s.get(again, "Cookie", phone).is(http.StatusOK, "重新作答", "空白表", "撤回", `name="Q1"`, `name="Q16"`, `value="`+receipt+`"`, `action="`+path+`/again"`).
		not(`name="S1"`, `name="S2"`, `name="room"`, `name="unit"`, `name="building"`, `name="code"`, `name="lane"`, " checked>", "有误")
	s.get(again+"&lang=en", "Cookie", phone).is(http.StatusOK, "blank form", "takes your answers back").not("重新作答", "撤回")

	if got := s.score(); got.Satisfied != 1 || got.Answered != 1 {
		t.Fatalf("before: %+v", got)
	}
	changed := s.post(path+"/again", url.Values{"receipt": {receipt}, "Q1": {"2"}, "Q16": {"电梯常坏"}}, "Cookie", phone)
	if to := changed.is(http.StatusSeeOther).header.Get("Location"); to != path+"/done?receipt="+receipt {
		t.Errorf("it leads to %s", to)
	}
	if got := s.score(); got.Satisfied != 0 || got.Answered != 1 || got.Responses != 1 {
		t.Errorf("after: %+v", got)
	}
	after := s.get(changed.header.Get("Location"), "Cookie", phone).is(http.StatusOK, "已收到", "以这部手机最后一次提交的内容为准", `id="done" data-poster="`+s.Poster.Code+`"`).
		not("电梯常坏", "不满意", "撤回评价").body
	withdrawn := s.post(path+"/again", url.Values{"receipt": {receipt}, "Q1": {""}, "Q16": {" "}}, "Cookie", phone)
	if s.get(withdrawn.header.Get("Location"), "Cookie", phone).body != after {
		t.Error("the last page tells a withdrawal from a change")
	}
	if got := s.score(); got.Answered != 0 || got.Responses != 1 {
		t.Errorf("after the withdrawal: %+v", got)
	}
	s.Clean()
}

func TestOnlyThePhoneThatAnsweredMayAnswerAgain(t *testing.T) {
	s := newSite(t)
	path := "/s/" + s.Poster.Code
	receipt, phone := s.answered(0)
	other, otherPhone := s.answered(1)
	key, name, otherName := keyIn(phone), phone[:17], otherPhone[:17]
	for name, cookie := range map[string]string{
		"no cookie":         "",
		"another home's":    otherPhone,
		"a key made up":     name + receipt + strings.Repeat("A", 22),
		"another's key":     name + receipt + keyIn(otherPhone),
		"its key elsewhere": otherName + other + key,
		"no key":            name + receipt,
	} {
		at := s.on(t)
		at.post(path+"/again", url.Values{"receipt": {receipt}, "Q1": {"1"}}, "Cookie", cookie).
			is(http.StatusNotFound, "这部手机不能改这份评价", "凭回执不能改").not(`name="Q1"`)
		at.post(path+"/again?lang=en", url.Values{"receipt": {receipt}, "Q1": {"1"}}, "Cookie", cookie).is(http.StatusNotFound, "This phone cannot change")
		if got := at.score(); got.Satisfied != 2 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	for _, address := range []string{"/again?receipt=" + receipt, "/again", "/again?receipt=x"} {
		s.get(path+address).is(http.StatusNotFound, "这部手机不能改这份评价").not(`name="Q1"`)
	}
	sibling := s.PosterOf(s.Campaign, s.Sibling.Buildings[0])
	s.get("/s/"+sibling.Code, "Cookie", phone).is(http.StatusOK, "提交评价") // it never answered there
	s.get("/s/"+sibling.Code+"/again?receipt="+receipt, "Cookie", phone).is(http.StatusNotFound)
	s.post("/s/"+sibling.Code+"/again", url.Values{"receipt": {receipt}, "Q1": {"1"}}, "Cookie", phone).is(http.StatusNotFound)
	s.Clean()
}

func TestAnErrorOfAReanswerKeepsWhatWasTyped(t *testing.T) {
	s := newSite(t)
	receipt, phone := s.answered(0)
	path := "/s/" + s.Poster.Code + "/again"
	sent := url.Values{"receipt": {receipt}, "Q3": {"2"}, "Q16": {"楼道灯坏了"}}
	s.post(path, sent, "Cookie", phone).is(http.StatusUnprocessableEntity, "<title>有误：", `href="#Q1"`, "楼道灯坏了",
		`name="Q3" value="2" checked`, `value="`+receipt+`"`, `data-kept="1"`).not(`name="S1"`)
	s.post(path+"?lang=en", sent, "Cookie", phone).is(http.StatusUnprocessableEntity, "<title>Error: ")
	shown := s.post(path, with(sent, "show", "size:xl"), "Cookie", phone).is(http.StatusOK, `data-size="xl"`, "楼道灯坏了", `name="Q3" value="2" checked`).not("有误")
	if got := shown.cookieOf("size"); got != "size=xl" {
		t.Errorf("cookie %s", got)
	}
	if got := s.score(); got.Satisfied != 1 {
		t.Errorf("%+v", got)
	}
	s.Clean()
}

func TestAnsweringAgainEndsWithTheCampaign(t *testing.T) {
	s := newSite(t)
	receipt, phone := s.answered(0)
	path := "/s/" + s.Poster.Code
	s.get(path+"/done?receipt="+receipt, "Cookie", phone).is(http.StatusOK, `href="`+path+`/again?receipt=`)
	s.CloseCampaign()
	s.Clock.Add(2 * time.Second)
	s.get(path+"/again?receipt="+receipt, "Cookie", phone).is(http.StatusForbidden).not(`name="Q1"`)
	s.post(path+"/again", url.Values{"receipt": {receipt}, "Q1": {"1"}}, "Cookie", phone).is(http.StatusForbidden)
	s.get(path, "Cookie", phone).is(http.StatusForbidden).not("/again?")
	s.get(path+"/done?receipt="+receipt, "Cookie", phone).is(http.StatusOK, "已收到").not("/again?")
	if got := s.score(); got.Satisfied != 1 {
		t.Errorf("%+v", got)
	}
}

// A poster that was replaced takes nothing new; what came through it can
// still be changed, and the page says so.
func TestAnsweringAgainThroughARetiredPoster(t *testing.T) {
	w := modeltest.New(t)
	s := siteOf(t, w, nil)
	receipt, phone := s.answered(0)
	gone := siteOf(t, w, func(h *resident.Handlers) { h.Store = retired{h.Store} })
	path := "/s/" + s.Poster.Code
	gone.get(path, "Cookie", phone).is(http.StatusGone, "已经停用", `href="`+path+`/again?receipt=`+receipt)
	gone.get(path).is(http.StatusGone).not("/again?")
	gone.get(path+"/again?receipt="+receipt, "Cookie", phone).is(http.StatusOK, "空白表")
	gone.post(path+"/again", url.Values{"receipt": {receipt}, "Q1": {"1"}}, "Cookie", phone).is(http.StatusSeeOther)
	if got := s.score(); got.Satisfied != 0 || got.Answered != 1 {
		t.Errorf("%+v", got)
	}
}

// Somebody whose home has answered is offered to change it on the phone that
// did, and on no other.
func TestTheSecondAnswerOfAHome(t *testing.T) {
	s := newSite(t)
	receipt, phone := s.answered(0)
	path := "/s/" + s.Poster.Code
	second := with(form(0), "key", "another-key-of-the-home")
	s.post(path, second, "Cookie", phone).is(http.StatusConflict, "您家已填写", `href="`+path+`/again?receipt=`+receipt, `href="`+path+`?home=another"`)
	s.post(path, second).is(http.StatusConflict, "您家已填写", `href="`+path+`"`).not("/again?", receipt)
}

// A request that is sent twice says so, and how to change what was meant.
func TestARetryIsSaid(t *testing.T) {
	s := newSite(t)
	path := "/s/" + s.Poster.Code
	_, phone := s.answered(0)
	to := s.post(path, form(0), "Cookie", phone).is(http.StatusSeeOther).header.Get("Location")
	if !strings.HasSuffix(to, "&retry=1") {
		t.Errorf("a retry leads to %s", to)
	}
	s.get(to, "Cookie", phone).is(http.StatusOK, "已收到", "没有重复保存", "请用下面的“重新作答”")
	s.get(to).is(http.StatusOK, "已收到", "没有重复保存").not("请用下面的“重新作答”", "/again?")
	s.get(strings.Replace(to, "retry=1", "x=1", 1)).is(http.StatusOK, "已收到").not("没有重复保存")
}
