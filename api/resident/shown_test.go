package resident_test

import (
	"context"
	"errors"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"meihao/api/resident"
	"meihao/model/modeltest"
	"meihao/survey"
)

func TestSizeIsRememberedLikeTheLanguage(t *testing.T) {
	s := newSite(t)
	path := "/s/" + s.Poster.Code
	s.get(path).is(http.StatusOK, `<html lang="zh-CN">`, "字号", "标准", "大字", "特大").not("data-size")
	for _, size := range []string{"l", "xl"} {
		a := s.get(path+"?size="+size).is(http.StatusOK, `<html lang="zh-CN" data-size="`+size+`">`, `action="`+path+`?size=`+size+`"`)
		if set := a.header.Values("Set-Cookie")[0]; set != "size="+size+"; Path=/; Max-Age=31536000; SameSite=Lax" {
			t.Errorf("cookie %q", set)
		}
		for _, page := range []string{path, path + "/privacy", "/", "/r/x", "/s/x", "/no/such/page"} {
			a := s.get(page, "Cookie", "size="+size)
			if !strings.Contains(a.body, `data-size="`+size+`"`) {
				t.Errorf("%s forgets the size", page)
			}
		}
		s.get(path+"?lang=en", "Cookie", "size="+size).is(http.StatusOK, `<html lang="en" data-size="`+size+`">`, `action="`+path+`?lang=en&amp;size=`+size+`"`)
	}
	if set := s.get(path+"?size=m", "Cookie", "size=xl").is(http.StatusOK).not("data-size").header.Values("Set-Cookie")[0]; !strings.HasPrefix(set, "size=m;") {
		t.Errorf("nobody gets back to the usual size: %q", set)
	}
	for _, hostile := range []string{"xxl", "L", `"><script>`, "m;l"} {
		a := s.get("/?size="+url.QueryEscape(hostile)).is(http.StatusOK).not("data-size", "<script>")
		if set := a.header.Get("Set-Cookie"); set != "" {
			t.Errorf("%s is remembered: %s", hostile, set)
		}
	}
}

// Without script the buttons above the form send it to be shown otherwise:
// everything typed comes back, and nothing is stored.
func TestShowKeepsWhatWasTyped(t *testing.T) {
	w := modeltest.New(t)
	watch := &watching{}
	s := siteOf(t, w, func(h *resident.Handlers) { h.Watch = watch })
	path := "/s/" + s.Poster.Code
	body := s.get(path).body
	for _, value := range []string{"size:m", "size:l", "size:xl", "lang:en"} {
		if !strings.Contains(body, `form="form" formnovalidate name="show" value="`+value+`"`) {
			t.Errorf("no button shows %s", value)
		}
	}
	if first := strings.Index(body, `form="form"`); strings.Contains(body[first:first+60], "show") {
		t.Error("Enter would switch and not send")
	}
	sent := with(with(with(form(0), "Q16", "门禁 <坏了>"), "building", s.Project.Buildings[1].ID.String()), "unit", "2")
	english := s.post(path, with(sent, "show", "lang:en"), "Cookie", "mh_key=abcdefghijklmnopqrstuv; size=l").is(http.StatusOK,
		`<html lang="en" data-size="l">`, "Send my answers", "门禁 &lt;坏了&gt;", `name="room" value="101"`, `value="OWNER" id="S1" checked`,
		`name="key" value="`+form(0).Get("key")+`"`, `data-kept="1"`, "<details open", `action="`+path+`?lang=en&amp;size=l"`).not("Error", "有误", "role=\"alert\"")
	if got := english.cookieOf("lang"); got != "lang=en" {
		t.Error(got)
	}
	s.post(path+"?lang=en", with(sent, "show", "lang:zh")).is(http.StatusOK, "提交评价", `name="room" value="101"`).not("Send my")
	large := s.post(path+"?lang=en", with(sent, "show", "size:xl")).is(http.StatusOK, `<html lang="en" data-size="xl">`, "门禁 &lt;坏了&gt;")
	if got := large.cookieOf("size"); got != "size=xl" {
		t.Error(got)
	}
	s.post(path, url.Values{"show": {"size:l"}}).is(http.StatusOK, `data-size="l"`).not("请选一项")
	for _, hostile := range []string{"lang:fr", "x", `size:"><script>`, ":", "key:1"} {
		s.post(path, with(sent, "show", hostile)).is(http.StatusOK, "提交评价", `name="room" value="101"`).not("<script>", "data-size")
	}
	if n := s.stored(); n != 0 || watch.submitted != 0 {
		t.Errorf("%d answers are stored, %d counted as submitted", n, watch.submitted)
	}
	s.CloseCampaign()
	s.post(path, with(sent, "show", "lang:en")).is(http.StatusForbidden, "The survey has ended")
}

// watching counts what is submitted.
type watching struct{ submitted int }

func (w *watching) Submitted(context.Context, survey.Saved) { w.submitted++ }
func (*watching) Page(bool)                                 {}

var errAway = errors.New("the database is away")

// away is a store whose database is gone while off is true.
type away struct {
	resident.Store
	off *bool
}

func (s away) Poster(ctx context.Context, code string) (survey.Poster, error) {
	if *s.off {
		return survey.Poster{}, errAway
	}
	return s.Store.Poster(ctx, code)
}

// A form that comes while nothing can even be read loses nothing: the page
// carries it all, and one button sends it again under the same key.
func TestNothingIsLostWhileTheDatabaseIsAway(t *testing.T) {
	w, off := modeltest.New(t), false
	s := siteOf(t, w, func(h *resident.Handlers) {
		h.Store = away{h.Store, &off}
		h.Pages.Passing = func(err error) bool { return errors.Is(err, errAway) }
	})
	path := "/s/" + s.Poster.Code
	sent := with(with(with(form(0), "key"), "Q13", "VOTE", "MEET"), "Q16", "门禁 \"坏了\"\r\n<请修>")
	off = true
	a := s.post(path+"?lang=en", sent, "Cookie", "mh_key=abcdefghijklmnopqrstuv; size=xl").is(http.StatusServiceUnavailable,
		"not been received yet", "Try again", `name="key" value="abcdefghijklmnopqrstuv"`, `data-size="xl"`).not("已收到", "<script", `id="done"`, `id="form"`)
	if a.header.Get("Retry-After") == "" || strings.Contains(strings.Join(a.header.Values("Set-Cookie"), ""), "mh_key") {
		t.Errorf("headers %v", a.header)
	}
	carried := a.fields()
	for name, values := range sent {
		if name != "key" && strings.Join(carried[name], "|") != strings.Join(values, "|") {
			t.Errorf("%s: %q became %q", name, values, carried[name])
		}
	}
	show := s.post(path, with(sent, "show", "size:l")).is(http.StatusServiceUnavailable, "还没有收到您的评价", "再试一次", `name="show" value="size:l"`)
	off = false
	s.post(path, show.fields()).is(http.StatusOK, "提交评价", "门禁", `data-size="l"`)
	receipt := s.post(path, carried).receipt()
	if got := s.post(path, with(sent, "key", "abcdefghijklmnopqrstuv")).receipt(); got != receipt {
		t.Error("it was sent under another key")
	}
	phone := s.post(path, carried).cookieOf(changeKeys)
	again := url.Values{"receipt": {receipt}, "Q1": {"1"}, "Q16": {"好一些了"}}
	off = true
	later := s.post(path+"/again", again, "Cookie", phone).is(http.StatusServiceUnavailable, "再试一次", `action="`+path+`/again"`).fields()
	off = false
	s.post(path+"/again", later, "Cookie", phone).is(http.StatusSeeOther)
	if got := s.score(); got.Answered != 1 || got.Satisfied != 0 {
		t.Errorf("%+v", got)
	}
	s.Clean()
}

// fields are the hidden values of a page, as a browser would send them.
func (a answer) fields() url.Values {
	values := url.Values{}
	for _, m := range regexp.MustCompile(`(?s)<input type="hidden" name="([^"]*)" value="([^"]*)"`).FindAllStringSubmatch(a.body, -1) {
		values.Add(html.UnescapeString(m[1]), html.UnescapeString(m[2]))
	}
	return values
}

func TestPrivacyNotice(t *testing.T) {
	w := modeltest.New(t)
	s := siteOf(t, w, nil)
	path := "/s/" + s.Poster.Code
	for _, from := range []string{path, path + "?home=another"} {
		s.get(from).is(http.StatusOK, `href="`+path+`/privacy"`)
	}
	s.get("/").is(http.StatusOK, `href="/privacy"`)
	s.get("/?lang=en").is(http.StatusOK, `href="/privacy?lang=en"`)
	s.get(path+"/privacy").is(http.StatusOK, "隐私说明", "晨光区住建委", "晨光花园", "010-12345678", "保存多久", "mh_change", "24 小时", "返回问卷")
	s.get(path+"/privacy?lang=en").is(http.StatusOK, "Privacy notice", "晨光区住建委", "For how long").not("保存多久")
	s.get("/privacy").is(http.StatusOK, "隐私说明", "发起调查的单位").not("晨光", "返回问卷")
	s.get("/s/11111111/privacy").is(http.StatusNotFound)
	s.get("/s/"+survey.NewPosterCode([7]byte{31, 30, 29, 28, 27, 26, 25})+"/privacy").is(http.StatusNotFound, "没有找到这个编码")
	if again := s.get(path+"/privacy", "If-None-Match", s.get(path+"/privacy").header.Get("ETag")); again.status != http.StatusNotModified {
		t.Errorf("it is sent again: %d", again.status)
	}
	s.CloseCampaign()
	s.get(path+"/privacy").is(http.StatusOK, "晨光花园")
	named := siteOf(t, w, func(h *resident.Handlers) {
		h.Privacy = resident.Privacy{Controller: "某区数据局", Contact: "privacy@example.cn"}
	})
	named.get(path+"/privacy").is(http.StatusOK, "某区数据局", "privacy@example.cn", "晨光区住建委发起")
	named.get("/privacy").is(http.StatusOK, "某区数据局", "privacy@example.cn")
}
