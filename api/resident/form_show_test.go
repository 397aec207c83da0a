package resident_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"meihao/api/resident"
	"meihao/model/modeltest"
	"meihao/survey"
)

func TestFormSaysWhatItIs(t *testing.T) {
	s := newSite(t)
	path := "/s/" + s.Poster.Code
	s.get(path).is(http.StatusOK,
		`<html lang="zh-CN">`, "晨光花园", "东里社区", "1号楼", "晨光区住建委", "约 2 分钟", "匿名", "每户一份",
		"2026年9月11日 10:00 截止", "只公布全小区的汇总结果", "010-12345678", "提交评价", "（选填）",
		"不是这栋楼？", "2号楼", "请不要写姓名、电话、房号", `data-href="`+path+`?home=another&amp;lang=en"`,
	).not("演示", "有误", "*", "<style", "onclick", "style=")
	s.get(path+"?lang=en").is(http.StatusOK,
		`<html lang="en">`, "晨光花园", "About 2 minutes", "Anonymous", "One per household", "Until 11 Sep 2026 10:00",
		"Send my answers", "Not this building?", "Very satisfied", `data-href="`+path+`?home=another&amp;lang=zh"`, `action="`+path+`?lang=en"`,
	).not("提交评价", "非常满意", "约 2 分钟")
}

func TestFormWorksWithoutScript(t *testing.T) {
	s := newSite(t)
	body := s.get("/s/" + s.Poster.Code).body
	q, err := s.Store.Questionnaire(s.Ctx(), s.Campaign.Questionnaire)
	s.Must(err)
	body, _, _ = strings.Cut(body, `<div id="sending"`) // what only scripts use
	closed := 0
	for _, one := range q.Questions {
		if one.Type != survey.Text {
			closed++
		}
		for _, choice := range one.Options {
			kind := "radio"
			if one.Type == survey.Multi {
				kind = "checkbox"
			}
			if !strings.Contains(body, `<label class="choice"><input type="`+kind+`" name="`+one.ID+`" value="`+choice.Code+`"`) {
				t.Errorf("%s %s is no whole-row %s", one.ID, choice.Code, kind)
			}
		}
	}
	for part, want := range map[string]int{
		"<legend>": closed + 1, "</legend>": closed + 1, "<fieldset": closed + 1, `type="submit"`: 2, "<form": 1, "<h1>": 1,
		`data-parent="Q8"`: 1, `data-parent="Q11"`: 1, " hidden>": 2, "<textarea": 1, `name="show"`: 4,
	} {
		if n := strings.Count(body, part); n != want {
			t.Errorf("%s stands %d times, not %d", part, n, want)
		}
	}
	if strings.Index(body, `name="Q2"`) < strings.Index(body, `type="submit"`) {
		t.Error("the first part cannot be sent before the optional one")
	}
	ids := map[string]bool{}
	for _, m := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(body, -1) {
		if ids[m[1]] {
			t.Errorf("id %s stands twice", m[1])
		}
		ids[m[1]] = true
	}
	for _, m := range regexp.MustCompile(` (?:for|aria-describedby)="([^"]+)"`).FindAllStringSubmatch(body, -1) {
		for _, id := range strings.Fields(m[1]) {
			if !ids[id] {
				t.Errorf("%s leads nowhere", id)
			}
		}
	}
}

func TestFormWeighsLittle(t *testing.T) {
	s := newSite(t)
	zipped := s.get("/s/"+s.Poster.Code, "Accept-Encoding", "gzip")
	total := len(zipped.body)
	for _, name := range []string{"base.css", "resident.css", "form.js", "sending.js", "favicon.svg"} {
		a := s.get(s.assets.URL(name), "Accept-Encoding", "gzip").is(http.StatusOK)
		total += len(a.body) + 500 // and its headers
	}
	if total > 30<<10 {
		t.Errorf("the form weighs %d bytes on the wire", total)
	}
}

func TestFormIsTheSameForEveryone(t *testing.T) {
	s := newSite(t)
	path := "/s/" + s.Poster.Code
	first, second := s.get(path), s.get(path, "Cookie", "mh_key=abcdefghijklmnopqrstuv")
	if first.body != second.body || first.header.Get("ETag") != second.header.Get("ETag") {
		t.Error("two people got two forms")
	}
	if set := first.header.Get("Set-Cookie"); !regexp.MustCompile(`^mh_key=[A-Z2-7]{26}; Path=/s/; HttpOnly; SameSite=Lax$`).MatchString(set) {
		t.Errorf("cookie %q", set)
	}
	if set := second.header.Get("Set-Cookie"); set != "" {
		t.Errorf("a key in use was replaced: %q", set)
	}
	s.get(path, "If-None-Match", first.header.Get("ETag")).is(http.StatusNotModified)
	s.get(path+"?lang=en", "If-None-Match", first.header.Get("ETag")).is(http.StatusOK)

	zipped := s.get(path, "Accept-Encoding", "gzip")
	r, err := gzip.NewReader(strings.NewReader(zipped.body))
	s.Must(err)
	var plain bytes.Buffer
	_, err = plain.ReadFrom(r)
	s.Must(err)
	if plain.String() != first.body {
		t.Error("the compressed form is another one")
	}
}

func TestAReadyFormCostsNoQuery(t *testing.T) {
	asked := 0
	w := modeltest.New(t)
	s := siteOf(t, w, func(h *resident.Handlers) { h.Store = counting{h.Store, &asked} })
	for range 20 {
		s.get("/s/" + s.Poster.Code).is(http.StatusOK)
	}
	if asked != 1 {
		t.Errorf("20 forms within a moment asked for the poster %d times", asked)
	}
	s.get("/s/7KQ4M2X0").is(http.StatusNotFound, "请核对编码")
	s.post("/s/7KQ4M2X0", form(0)).is(http.StatusNotFound, "请核对编码")
	if asked != 1 {
		t.Error("a mistyped code cost a query")
	}
}

func TestACloseIsSeenWithinTwoSeconds(t *testing.T) {
	s := newSite(t)
	path := "/s/" + s.Poster.Code
	s.get(path).is(http.StatusOK)
	s.CloseCampaign()
	s.Clock.Add(2 * time.Second)
	s.get(path).is(http.StatusForbidden, "调查已经结束", "12345", "010-12345678").not("提交评价", "<form")
	s.get(path+"?lang=en").is(http.StatusForbidden, "The survey has ended").not("调查已经结束", "on 11 Sep")
}

func TestTheCloseByItselfIsSeenAtOnce(t *testing.T) {
	s := newSite(t)
	path := "/s/" + s.Poster.Code
	s.Clock.Set(s.Campaign.Closes.Add(-time.Millisecond))
	s.get(path).is(http.StatusOK)
	s.Clock.Set(s.Campaign.Closes)
	s.get(path).is(http.StatusForbidden, "2026年9月11日 10:00")
}

func TestNotYetOpen(t *testing.T) {
	w := modeltest.Empty(t)
	w.Campaign = w.OpenCampaign(w.Draft(func(c *survey.Campaign) { c.Opens = w.Clock.Now().Add(time.Hour) }))
	w.Poster = w.PosterOf(w.Campaign, w.Project.Buildings[0])
	s := siteOf(t, w, nil)
	path := "/s/" + s.Poster.Code
	s.get(path).is(http.StatusForbidden, "调查还没有开始", "2026年9月1日 11:00").not("提交评价")
	s.get(path+"?lang=en").is(http.StatusForbidden, "The survey has not begun", "1 Sep 2026 11:00")
	s.post(path, form(0)).is(http.StatusForbidden, "调查还没有开始")
	if n := s.stored(); n != 0 {
		t.Errorf("%d answers before the beginning", n)
	}
	s.Clock.Add(time.Hour)
	s.get(path).is(http.StatusOK, "提交评价")
}

func TestRetiredPoster(t *testing.T) {
	w := modeltest.New(t)
	s := siteOf(t, w, func(h *resident.Handlers) { h.Store = retired{h.Store} })
	path := "/s/" + s.Poster.Code
	s.get(path).is(http.StatusGone, "这张海报已经停用", "1号楼2单元大堂").not("提交评价")
	s.get(path+"?lang=en").is(http.StatusGone, "no longer in use", "1号楼2单元大堂")
	s.post(path, form(0)).is(http.StatusGone, "这张海报已经停用")
	if n := s.stored(); n != 0 {
		t.Errorf("%d answers through a retired poster", n)
	}
}

func TestCodesInEverySpelling(t *testing.T) {
	s := newSite(t)
	code := s.Poster.Code
	for _, typed := range []string{
		strings.ToLower(code), code[:4] + "-" + code[4:], strings.ToLower(code[:4]) + "%20" + code[4:],
		strings.NewReplacer("0", "o", "1", "l").Replace(strings.ToLower(code)),
	} {
		a := s.get("/s/" + typed + "?lang=en").is(http.StatusMovedPermanently)
		if to := a.header.Get("Location"); to != "/s/"+code+"?lang=en" {
			t.Errorf("%s leads to %s", typed, to)
		}
	}
	a := s.post("/s/"+strings.ToLower(code), form(0))
	a.receipt()
	unknown := survey.NewPosterCode([7]byte{31, 30, 29, 28, 27, 26, 25})
	s.get("/s/"+unknown).is(http.StatusNotFound, "没有找到这个编码").not("请核对编码")
	s.get("/s/"+unknown+"?lang=en").is(http.StatusNotFound, "This code is not known")
	for _, typed := range []string{"x", code[1:], code + "0", "%E4%BD%A0%E5%A5%BD", "%ff%fe", strings.Repeat("A", 4000), "'%20OR%201=1--"} {
		s.get("/s/"+typed).is(http.StatusNotFound, "请核对编码").not("没有找到这个编码", "提交评价")
	}
}

func TestHome(t *testing.T) {
	s := newSite(t)
	s.get("/").is(http.StatusOK, "扫海报上的二维码", `name="code"`, `href="/admin/login"`)
	s.get("/?lang=en").is(http.StatusOK, "Scan the code", "Staff sign-in").not("扫海报")
	typed := strings.ToLower(s.Poster.Code[:4] + "+" + s.Poster.Code[4:])
	a := s.get("/?code=" + typed).is(http.StatusSeeOther)
	if to := a.header.Get("Location"); to != "/s/"+s.Poster.Code {
		t.Errorf("%s leads to %s", typed, to)
	}
	s.get("/?code=//evil.example").is(http.StatusNotFound, "请核对编码").not("evil.example")
}

func TestLanguageIsRemembered(t *testing.T) {
	s := newSite(t)
	if set := s.get("/?lang=en").header.Get("Set-Cookie"); !strings.HasPrefix(set, "lang=en;") {
		t.Errorf("cookie %q", set)
	}
	s.get("/s/"+s.Poster.Code, "Cookie", "lang=en").is(http.StatusOK, "Send my answers")
}

func TestDemonstrationIsMarked(t *testing.T) {
	w := modeltest.Empty(t)
	w.Campaign = w.OpenCampaign(w.Draft(func(c *survey.Campaign) { c.Demonstration = true }))
	w.Poster = w.PosterOf(w.Campaign, w.Project.Buildings[0])
	s := siteOf(t, w, nil)
	s.get("/s/"+s.Poster.Code).is(http.StatusOK, "演示")
	receipt := s.post("/s/"+s.Poster.Code, form(0)).receipt()
	s.get("/s/"+s.Poster.Code+"/done?receipt="+receipt).is(http.StatusOK, "演示", "已收到")
}

func TestUnitsAreAskedAsTheBuildingsHaveThem(t *testing.T) {
	s := newSite(t)
	s.get("/s/"+s.Poster.Code).is(http.StatusOK, `<option value="1">1 单元</option>`, `<option value="2">2 单元</option>`).not(`value="3"` + ">3 单元")
	sibling := s.PosterOf(s.Campaign, s.Sibling.Buildings[0])
	s.get("/s/"+sibling.Code).is(http.StatusOK, "甲楼", `name="room"`).not(`name="unit"`, "不是这栋楼")
	w := modeltest.New(t)
	unknown := siteOf(t, w, func(h *resident.Handlers) { h.Store = unknownUnits{h.Store} })
	unknown.get("/s/"+w.Poster.Code).is(http.StatusOK, `<input type="text" id="unit" name="unit"`)
}

func TestNothingIsSharedThatIsPersonal(t *testing.T) {
	s := newSite(t)
	receipt := s.post("/s/"+s.Poster.Code, form(0)).receipt()
	for _, path := range []string{"/s/" + s.Poster.Code + "/done?receipt=" + receipt, "/r/" + receipt} {
		a := s.get(path).is(http.StatusOK)
		for name, want := range map[string]string{
			"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex", "X-Content-Type-Options": "nosniff",
		} {
			if got := a.header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if kept := a.header.Get("Cache-Control"); !strings.HasPrefix(kept, "no-store") {
			t.Errorf("%s is kept as %q", path, kept)
		}
	}
	if got := s.get("/s/" + s.Poster.Code).header.Get("Cache-Control"); got != "private, no-cache" {
		t.Errorf("the form is cached as %q", got)
	}
}

func BenchmarkForm(b *testing.B) {
	s := newSite(b)
	r := httptest.NewRequest(http.MethodGet, "/s/"+s.Poster.Code, nil)
	r.Header.Set("Accept-Encoding", "gzip")
	for b.Loop() {
		s.server.ServeHTTP(httptest.NewRecorder(), r)
	}
}
