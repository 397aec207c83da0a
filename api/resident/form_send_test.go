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

func TestSendLeadsToTheReceipt(t *testing.T) {
	s := newSite(t)
	path := "/s/" + s.Poster.Code
	sent := with(with(form(0), "Q16", "电梯常坏"), "Q13", "VOTE", "MEET")
	a := s.post(path, sent, "Cookie", "mh_key=abcdefghijklmnopqrstuv")
	receipt := a.receipt()
	if to := a.header.Get("Location"); to != path+"/done?receipt="+receipt {
		t.Errorf("it leads to %s", to)
	}
	if set := a.header.Get("Set-Cookie"); !strings.HasPrefix(set, "mh_key=") || strings.Contains(set, "abcdefghijklmnopqrstuv") {
		t.Errorf("the acknowledged key lives on: %q", set)
	}
	grouped := receipt[:6] + "-" + receipt[6:12] + "-" + receipt[12:]
	s.get(a.header.Get("Location")).is(http.StatusOK, "已收到", grouped, "/r/"+receipt, "12345", "2026年9月11日 10:00",
		`id="done" data-poster="`+s.Poster.Code+`"`).not("电梯常坏", "满意</", "101", "业主（产权人）")
	s.get(path+"/done?lang=en&receipt="+receipt).is(http.StatusOK, "Received", grouped).not("已收到", "电梯常坏")
	s.get("/r/"+strings.ToLower(grouped)).is(http.StatusOK, "已计入", "晨光花园", grouped).not("电梯常坏", "101")
	s.get("/r/"+receipt+"?lang=en").is(http.StatusOK, "Counted")
	if n := s.stored(); n != 1 {
		t.Errorf("%d answers are stored", n)
	}
	s.Clean()
}

func TestReceivedIsSaidOnlyOfWhatIsKnown(t *testing.T) {
	s := newSite(t)
	known := s.post("/s/"+s.Poster.Code, form(0)).receipt()
	other := modeltest.New(t)
	foreign := other.Saved(other.Answer(0)) // well formed, of another key
	for _, receipt := range []string{"", "x", known[1:], foreign} {
		s.get("/s/"+s.Poster.Code+"/done?receipt="+url.QueryEscape(receipt)).is(http.StatusNotFound, "回执").not("<h1>已收到", "id=\"done\"")
	}
	s.get("/r/"+known[:17]+"U").is(http.StatusNotFound, "请核对回执")
	s.get("/r/"+foreign).is(http.StatusNotFound, "没有找到这张回执", "12345")
	s.get("/r/"+foreign+"?lang=en").is(http.StatusNotFound, "This receipt is not known")
}

func TestTheSameRequestGetsTheSameReceipt(t *testing.T) {
	s := newSite(t)
	path := "/s/" + s.Poster.Code
	receipt := s.post(path, form(0)).receipt()
	again := func(when string) {
		t.Helper()
		if got := s.post(path, form(0)).receipt(); got != receipt {
			t.Errorf("%s: %s, not %s", when, got, receipt)
		}
	}
	again("at once")
	if got := s.post(path+"?lang=en", with(form(0), "room", "１０１室")).receipt(); got != receipt {
		t.Errorf("in English and written otherwise: %s, not %s", got, receipt)
	}
	if other := s.post(path, with(form(0), "room", "102")).receipt(); other == receipt {
		t.Error("another home with the same key got the same receipt")
	}
	if n := s.stored(); n != 2 {
		t.Errorf("%d answers are stored, not 2", n)
	}
	s.CloseCampaign()
	s.Clock.Add(2 * time.Second)
	again("after closing")
	s.post(path, form(5)).is(http.StatusForbidden, "调查已经结束")
	s.SealCampaign()
	s.Clock.Add(2 * time.Second)
	s.post(path, form(0)).is(http.StatusForbidden, "调查已经结束")
	s.get("/r/"+receipt).is(http.StatusOK, "已计入")
	s.Clean()
}

func TestOneVoicePerHousehold(t *testing.T) {
	s := newSite(t)
	path := "/s/" + s.Poster.Code
	s.post(path, form(0)).receipt()
	second := with(with(form(0), "key", "another-key-of-the-home"), "Q16", "楼道很干净")
	s.post(path, second).is(http.StatusConflict, "您家已填写", "每户一份", "12345").not("有误", "楼道很干净", "101")
	s.post(path+"?lang=en", second).is(http.StatusConflict, "Your home has already answered").not("您家已填写")
	if n := s.stored(); n != 1 {
		t.Errorf("%d answers of one home", n)
	}
	elsewhere := with(with(second, "building", s.Project.Buildings[1].ID.String()), "unit", "2")
	s.post(path, elsewhere).receipt()
	s.Clean()
}

func TestWhoBelongsToNeitherBaseIsThanked(t *testing.T) {
	s := newSite(t)
	outside := with(with(form(0), "S1", "FAMILY"), "S2", "N")
	s.post("/s/"+s.Poster.Code, outside).is(http.StatusUnprocessableEntity, "谢谢您", "没有保存").not("有误", "已收到")
	s.post("/s/"+s.Poster.Code+"?lang=en", outside).is(http.StatusUnprocessableEntity, "Thank you", "not stored")
	if n := s.stored(); n != 0 {
		t.Errorf("%d answers are stored", n)
	}
}

func TestBadInputIsSaidAndKept(t *testing.T) {
	s := newSite(t)
	path := "/s/" + s.Poster.Code
	long := strings.Repeat("长", 10_000)
	for name, one := range map[string]struct {
		values     url.Values
		zh, en, at string
	}{
		"nothing":             {url.Values{}, "请选一项", "Please choose one", "#S1"},
		"no relation":         {with(form(0), "S1"), "请选一项", "Please choose one", "#S1"},
		"unknown option":      {with(form(0), "Q1", "6"), "没有这个选项", "no such option", "#Q1"},
		"two of one":          {with(form(0), "Q1", "5", "4"), "只能选一项", "one answer only", "#Q1"},
		"none and another":    {with(form(0), "Q13", "NONE", "VOTE"), "不能和其他选项同时选", "excludes the others", "#Q13"},
		"unknown question":    {with(form(0), "Q99", "5"), "没有这一题", "no such question", ""},
		"unknown name":        {with(form(0), "constructor", "x"), "没有这一题", "no such question", ""},
		"name of many bytes":  {with(form(0), strings.Repeat("q", 3000), "x"), "没有这一题", "no such question", ""},
		"long comment":        {with(form(0), "Q16", long[:3*201]), "200 个字", "200 characters", "#Q16"},
		"broken comment":      {with(form(0), "Q16", "好\xff\xfe"), "无法识别", "cannot be read", "#Q16"},
		"broken room":         {with(form(0), "room", "\xff01"), "1–8 位", "1–8 digits", "#room"},
		"broken name":         {with(form(0), "Q\xff", "1"), "没有这一题", "no such question", ""},
		"no room":             {with(form(0), "room"), "请填写房号", "Enter the room", "#room"},
		"impossible room":     {with(form(0), "room", "3楼-东"), "1–8 位", "1–8 digits", "#room"},
		"two rooms":           {with(form(0), "room", "101", "102"), "1–8 位", "1–8 digits", "#room"},
		"no unit":             {with(form(0), "unit"), "请填写单元", "Enter the unit", "#unit"},
		"unknown unit":        {with(form(0), "unit", "9"), "没有这个单元", "no such unit", "#unit"},
		"unknown building":    {with(form(0), "building", "99号楼"), "没有这栋楼", "no such building", "#building"},
		"foreign building":    {with(form(0), "building", s.Foreign.Buildings[0].ID.String()), "没有这栋楼", "no such building", "#building"},
		"short key":           {with(form(0), "key", "short"), "提交编号无效", "submission key is not valid", ""},
		"lane that is closed": {with(form(0), "lane", "open"), "不接收这种方式", "does not take answers in this way", ""},
		"assisted lane":       {with(form(0), "lane", "assisted"), "不接收这种方式", "does not take answers in this way", ""},
		"script in the room":  {with(form(0), "room", `"><script>alert(1)</script>`), "1–8 位", "1–8 digits", "#room"},
		"sql in the unit":     {with(form(0), "unit", `1' OR '1'='1`), "单元请只写", "Write the unit", "#unit"},
	} {
		t.Run(name, func(t *testing.T) {
			at := s.on(t)
			zh := at.post(path, one.values).is(http.StatusUnprocessableEntity, "<title>有误：", one.zh, `role="alert" tabindex="-1" autofocus`, "提交评价").not("<script>alert", "已收到")
			at.post(path+"?lang=en", one.values).is(http.StatusUnprocessableEntity, "<title>Error: ", one.en).not("有误")
			if one.at != "" && !strings.Contains(zh.body, `<a href="`+one.at+`">`) {
				t.Errorf("the summary does not lead to %s", one.at)
			}
			if one.at != "" && !strings.Contains(zh.body, ` id="`+one.at[1:]+`"`) {
				t.Errorf("%s leads nowhere", one.at)
			}
			if n := at.stored(); n != 0 {
				t.Errorf("%d answers were stored", n)
			}
			if set := zh.header.Get("Set-Cookie"); name != "short key" && strings.Contains(set, "mh_key") {
				t.Errorf("the key was replaced: %s", set)
			}
		})
	}
	s.Clean()
}

func TestEverythingTypedIsKept(t *testing.T) {
	s := newSite(t)
	building := s.Project.Buildings[1]
	sent := url.Values{
		"key": {"key-of-household-keep"}, "S1": {"TENANT"}, "Q1": {"2"}, "Q8": {"LATE"}, "Q8b": {"N"}, "Q13": {"VOTE", "VOL"},
		"Q16": {"门禁 <坏了>\n请修"}, "building": {building.ID.String()}, "unit": {"2"}, "room": {"12A03"},
	}
	a := s.post("/s/"+s.Poster.Code, sent).is(http.StatusUnprocessableEntity, // S2 is missing
		`data-kept="1"`, "门禁 &lt;坏了&gt;\n请修", `name="room" value="12A03"`,
		`<details open`, `name="key" value="key-of-household-keep"`, `<option value="2" selected>`)
	for _, checked := range []string{"TENANT", "LATE", "VOTE", "VOL"} {
		if !regexp.MustCompile(`value="` + checked + `"[^>]* checked`).MatchString(a.body) {
			t.Errorf("%s is no longer chosen", checked)
		}
	}
	if n := strings.Count(a.body, " checked"); n != 6 {
		t.Errorf("%d options are chosen, not 6", n)
	}
	if !regexp.MustCompile(`value="` + building.ID.String() + `"[^>]* selected`).MatchString(a.body) {
		t.Error("the other building is no longer chosen")
	}
}

func TestBodiesThatAreNoForm(t *testing.T) {
	s := newSite(t)
	path := "/s/" + s.Poster.Code
	s.postBody(path, strings.Repeat("a", 1<<20)).is(http.StatusRequestEntityTooLarge, "内容太长")
	s.postBody(path+"?lang=en", strings.Repeat("a", 1<<20)).is(http.StatusRequestEntityTooLarge, "Too long")
	s.postBody(path, "Q16="+url.QueryEscape(strings.Repeat("长", 10_000))).is(http.StatusUnprocessableEntity, "有误", "长长长")
	s.postBody(path, "Q16="+url.QueryEscape(strings.Repeat("长", 20_000))).is(http.StatusRequestEntityTooLarge)
	for name, body := range map[string]string{
		"many values": strings.Repeat("&Q13=VOTE", 500), "bad escape": "S1=%zz", "semicolon": "S1=OWNER;S2=Y",
	} {
		if a := s.postBody(path, body); a.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, a.status)
		}
	}
	s.postBody(path, `{"S1":"OWNER"}`, "Content-Type", "application/json").is(http.StatusUnprocessableEntity)
	s.postBody(path, "--x--", "Content-Type", "multipart/form-data; boundary=x").is(http.StatusUnprocessableEntity)
	if n := s.stored(); n != 0 {
		t.Errorf("%d answers were stored", n)
	}
}

func TestBusyKeepsTheAnswers(t *testing.T) {
	w := modeltest.New(t)
	s := siteOf(t, w, func(h *resident.Handlers) { h.Desk = full{} })
	a := s.post("/s/"+s.Poster.Code, with(form(0), "Q16", "请修门禁")).is(http.StatusServiceUnavailable,
		"还没有收到您的评价", "请修门禁", `name="key" value="`+form(0).Get("key")+`"`, `name="room" value="101"`).not("已收到", "有误")
	if a.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	if strings.Contains(a.header.Get("Set-Cookie"), "mh_key") {
		t.Error("the key was replaced although nothing was acknowledged")
	}
}

func TestWithoutScriptTheCookieIsTheKey(t *testing.T) {
	s := newSite(t)
	path := "/s/" + s.Poster.Code
	key := strings.SplitN(s.get(path).header.Get("Set-Cookie"), ";", 2)[0]
	plain := with(form(0), "key", "")
	receipt := s.post(path, plain, "Cookie", key).receipt()
	if again := s.post(path, plain, "Cookie", key).receipt(); again != receipt {
		t.Error("the same cookie is no retry")
	}
	s.post(path, plain).is(http.StatusConflict, "您家已填写") // neither cookie nor script: a key of its own
	s.post(path, with(form(1), "key")).receipt()
}

func TestWhatBecameOfAReceipt(t *testing.T) {
	s := newSite(t)
	small := s.PosterOf(s.Campaign, s.Project.Buildings[2]) // 3号楼 with 4号楼: 11 homes
	var last string
	for i := range 12 {
		v := with(with(form(0), "key", fmt.Sprintf("key-of-household-%04d", i)), "room", fmt.Sprint(101+i))
		last = s.post("/s/"+small.Code, v).receipt()
	}
	s.get("/s/"+small.Code+"/done?receipt="+last).is(http.StatusOK, "已收到")
	s.get("/r/"+last).is(http.StatusOK, "核对中").not("已计入", "112")
	s.get("/r/"+last+"?lang=en").is(http.StatusOK, "Under review")
	held, err := s.Store.Held(s.Ctx(), survey.CityScope(), s.Campaign.ID, s.Project.ID)
	s.Must(err)
	if len(held) != 1 {
		t.Fatalf("%d are held", len(held))
	}
	proposal, err := s.Store.Propose(s.Ctx(), s.District, s.Campaign.ID, s.Project.ID, []int64{held[0].ID}, false, modeltest.Reason)
	s.Must(err)
	s.Must(s.Store.Decide(s.Ctx(), s.Colleague, proposal.ID, true))
	s.get("/r/"+last).is(http.StatusOK, "未计入", "比户数多", "12345").not("核对中")
	s.get("/r/"+last+"?lang=en").is(http.StatusOK, "Not counted")
}

func TestOpenFeedback(t *testing.T) {
	w := modeltest.Empty(t)
	w.Campaign = w.OpenCampaign(w.Draft(func(c *survey.Campaign) { c.Feedback = true }))
	w.Poster = w.PosterOf(w.Campaign, w.Project.Buildings[0])
	s := siteOf(t, w, nil)
	path := "/s/" + s.Poster.Code
	a := s.get(path).is(http.StatusOK, `name="lane" value="open"`, "只提意见")
	if cookies := strings.Join(a.header.Values("Set-Cookie"), "\n"); !strings.Contains(cookies, "mh_device=") {
		t.Errorf("no device token: %s", cookies)
	}
	for _, one := range a.header.Values("Set-Cookie") {
		if strings.HasPrefix(one, "mh_device=") && !strings.Contains(one, "; Path=/;") {
			t.Errorf("the device token does not reach the API: %s", one)
		}
	}
	feedback := url.Values{"key": {"key-of-a-passer-by-1"}, "lane": {"open"}, "S1": {"TENANT"}, "S2": {"Y"}, "Q1": {"1"}}
	receipt := s.post(path, feedback, "Cookie", "mh_device=device-number-one").receipt()
	s.get("/s/"+s.Poster.Code+"/done?receipt="+receipt).is(http.StatusOK, "已收到", "不计入满意率")
	s.get("/r/"+receipt).is(http.StatusOK, "已作为意见收到", "不计入满意率").not("已计入")
	s.get("/r/"+receipt+"?lang=en").is(http.StatusOK, "Received as feedback")
	s.post(path, with(feedback, "key", "key-of-a-passer-by-2"), "Cookie", "mh_device=device-number-one").is(http.StatusConflict)
	s.Clean()
}

func TestOpenAdmissionAsksForNoHousehold(t *testing.T) {
	w := modeltest.Empty(t)
	w.Campaign = w.OpenCampaign(w.Draft(func(c *survey.Campaign) { c.Admission = survey.ByOpen }))
	w.Poster = w.PosterOf(w.Campaign, w.Project.Buildings[0])
	s := siteOf(t, w, nil)
	s.get("/s/"+s.Poster.Code).is(http.StatusOK).not(`name="room"`, `name="unit"`, `name="lane"`)
	s.post("/s/"+s.Poster.Code, url.Values{"S1": {"OWNER"}, "S2": {"Y"}, "Q1": {"5"}}).receipt()
}
