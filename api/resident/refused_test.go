package resident_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"meihao/api/resident"
	"meihao/model/modeltest"
)

// Who pressed 提交 too late is told first that it was not received, in so many
// words; what was typed leaves the phone, and nobody is told that theirs is
// valid.
func TestWhatComesTooLateIsSaidNotToBeReceived(t *testing.T) {
	w := modeltest.New(t)
	s := siteOf(t, w, nil)
	gone := siteOf(t, w, func(h *resident.Handlers) { h.Store = retired{h.Store} })
	path := "/s/" + s.Poster.Code
	receipt, phone := s.answered(0)
	again := url.Values{"receipt": {receipt}, "Q1": {"1"}}
	wiped := `id="stop" data-poster="` + s.Poster.Code + `"`
	retiredPage := gone.post(path, form(1)).is(http.StatusGone, "没有收到，没有保存", "1号楼2单元大堂", wiped).not(`id="unsent"`)
	retiredPage.first("没有收到，没有保存", "请扫本楼大堂的新海报")
	gone.get(path).is(http.StatusGone, `id="unsent" data-poster="`+s.Poster.Code+`" data-action="`+path+`"`, `id="sending"`, "sending").not("没有收到", `id="stop"`)

	s.CloseCampaign()
	s.Clock.Add(2 * time.Second)
	for _, at := range []*site{s, gone} { // another poster would not help
		a := at.post(path, form(1)).is(http.StatusForbidden, "没有收到，没有保存", wiped, `href="/p/`+s.Poster.Code+`"`).
			not("仍然有效", "新海报", `id="unsent"`)
		a.first("没有收到，没有保存", "不再接收新的评价")
	}
	s.post(path+"?lang=en", with(form(1), "show", "size:l")).is(http.StatusForbidden, "was not received and not stored")
	s.post(path+"/again", again, "Cookie", phone).is(http.StatusForbidden, "这次改的没有收到，没有保存。之前提交的评价仍然有效", wiped).first("这次改的没有收到", "不再接收新的评价")
	s.post(path+"/again", again).is(http.StatusForbidden, "这次改的没有收到，没有保存")
	s.get(path+"/again?receipt="+receipt, "Cookie", phone).is(http.StatusForbidden, `id="unsent"`).not("没有收到", `id="stop"`)
	for _, at := range []*site{s, gone} {
		at.get(path).is(http.StatusForbidden, `id="unsent" data-poster="`+s.Poster.Code+`"`, `id="sending"`).not("没有收到", `id="stop"`)
	}
	if got := s.score(); got.Responses != 1 {
		t.Errorf("%+v", got)
	}
	s.Clean()
}

// first wants one text before another.
func (a answer) first(text, then string) {
	a.t.Helper()
	if i, j := strings.Index(a.body, text), strings.Index(a.body, then); i < 0 || j < i {
		a.t.Errorf("%q does not stand before %q", text, then)
	}
}

// The page after 提交 stays true when the campaign has ended, and when it
// cannot be made.
func TestTheLastPageStaysTrue(t *testing.T) {
	w, off := modeltest.New(t), false
	s := siteOf(t, w, func(h *resident.Handlers) {
		h.Store = away{h.Store, &off}
		h.Pages.Passing = func(err error) bool { return errors.Is(err, errAway) }
	})
	receipt, phone := s.answered(0)
	done := "/s/" + s.Poster.Code + "/done?receipt=" + receipt
	s.get(done).is(http.StatusOK, "邻居还没填的", "结束。").not(`href="/p/`)
	off = true
	a := s.get(done, "Cookie", phone).is(http.StatusServiceUnavailable, "<h1>已收到</h1>", "不用再填").not("没有成功")
	if a.header.Get("Retry-After") == "" {
		t.Error("it does not say when")
	}
	s.get(done+"&lang=en").is(http.StatusServiceUnavailable, "cannot be shown just now", "do not fill in the form again").not("Received")
	s.get("/s/"+s.Poster.Code+"/done?receipt=x", "Cookie", phone).is(http.StatusServiceUnavailable).not("已收到", "不用再填")
	off = false
	s.CloseCampaign()
	s.get(done).is(http.StatusOK, "已收到", "调查已经结束", `href="/p/`+s.Poster.Code+`"`).not("邻居还没填的")
}

// Who used somebody else's phone takes its change keys away: the phone then
// sees what everybody sees, and keeps those of other projects.
func TestAPhoneCanBeMadeToForget(t *testing.T) {
	s := newSite(t)
	path := "/s/" + s.Poster.Code
	plain := s.get(path).body
	receipt, phone := s.answered(0)
	second, otherPhone := s.answered(1)
	both := phone + "; " + otherPhone
	s.get(path, "Cookie", phone).is(http.StatusOK, `action="`+path+`/forget"`, "这不是我的手机，清除记录").not("第 1 份")
	s.get(path+"/done?receipt="+receipt, "Cookie", phone).is(http.StatusOK, `action="`+path+`/forget"`)
	s.get(path + "/done?receipt=" + receipt).is(http.StatusOK).not("/forget")
	sibling := s.PosterOf(s.Campaign, s.Sibling.Buildings[0])
	if set := s.post("/s/"+sibling.Code+"/forget", nil, "Cookie", both).is(http.StatusSeeOther).header.Values("Set-Cookie"); len(set) != 0 {
		t.Errorf("another project's poster clears %q", set)
	}
	a := s.post(path+"/forget?lang=en", nil, "Cookie", both).is(http.StatusSeeOther)
	if to := a.header.Get("Location"); to != path+"?lang=en" {
		t.Errorf("it leads to %s", to)
	}
	for _, one := range []string{receipt, second} {
		if got := strings.Join(a.header.Values("Set-Cookie"), "\n"); !strings.Contains(got, changeKeys+one[12:]+"=; Path=/s/; Max-Age=0;") {
			t.Errorf("cookies %q", got)
		}
	}
	if s.post(path+"/forget", nil).is(http.StatusSeeOther).header.Get("Set-Cookie") != "" || s.get(path).body != plain {
		t.Error("a phone that kept nothing is not where it was")
	}
	s.post("/s/11111111/forget", nil).is(http.StatusNotFound)
	if got := s.score(); got.Satisfied != 2 {
		t.Errorf("%+v", got)
	}
	s.Clean()
}

// Of several answers the page says which is which, in words and in the links.
func TestSeveralAnswersAreToldApart(t *testing.T) {
	s := newSite(t)
	path := "/s/" + s.Poster.Code
	first, phone := s.answered(0)
	second, both := s.answered(1, "Cookie", phone)
	page := s.get(path, "Cookie", both+"; "+phone).is(http.StatusOK, "新的在前", "第 1 份：最近填的一户", "重新作答（第 2 份）", "重新作答（第 1 份）", "第 2 份：更早填的一户")
	page.first(`id="receipt-`+second+`"`, `id="receipt-`+first+`"`)
	s.get(path, "Cookie", phone).is(http.StatusOK, ">重新作答<").not("新的在前", "第 1 份")
}
