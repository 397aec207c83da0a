package admin_test

import (
	"fmt"
	"html"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// sheets are the codes of the sheets of a print, in their order.
func sheets(r reply) (codes []string) {
	for _, m := range regexp.MustCompile(`(?s)<article class="poster .*?/s/<wbr>([0-9A-Z]{8})<`).FindAllStringSubmatch(r.Body, -1) {
		codes = append(codes, m[1])
	}
	return codes
}

// A print has one page for each poster, in building order, with what UX asks
// for.
func TestPosterPrint(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.Community)
	print := "/admin/posters/print?campaign=" + s.Campaign.ID.String()
	r := p.get(print + "&project=" + s.Project.ID.String())
	r.expect(t, "print", 200, "晨光花园", "1号楼", "匿名", "约2分钟", "每户一份", "不会扫码，请找社区工作人员", "010-12345678", "绝不收钱",
		"晨光区住建委", "截止", "anonymous", "mh.example.cn/s/", "打印海报 4 张", "还差多少户", "!演示", "!第 1 批")
	if n := strings.Count(r.Body, "<path "); n != 4 || len(sheets(r)) != 4 {
		t.Errorf("%d codes on %d sheets for 4 buildings", n, len(sheets(r)))
	}
	if !inOrder(r.Body, "1号楼", "2号楼", "3号楼", "4号楼") {
		t.Error("not in building order")
	}
	code := s.Poster.Code
	for what, test := range map[string]struct {
		path string
		want int
	}{
		"one poster":                {"&project=" + s.Project.ID.String() + "&poster=" + strings.ToLower(code), 1},
		"two by their codes":        {"&poster=" + code + "&poster=" + sheets(r)[2], 2},
		"two in one value":          {"&poster=" + code + sheets(r)[2], 2},
		"none, though asked for":    {"&poster=", 0},
		"half a code":               {"&poster=" + code[:4], 0},
		"those hung up since then":  {"&since=0", 5},
		"those that will be":        {"&since=99999999999999", 0},
		"everything":                {"", 5},
		"one project by its name":   {"&q=紫藤", 1},
		"one building of each":      {"&building=1号楼", 2},
		"those nobody scans, today": {"&silent=1", 0},
		"a community":               {"&place=" + s.Project.Community.String(), 5},
		"an area of somebody else":  {"&place=" + s.Foreign.District.String(), 5},
		"A3":                        {"&form=a3", 5},
		"strips":                    {"&form=strip", 5},
		"no form of ours":           {"&form=a0", 5},
	} {
		r := p.get(print + test.path)
		if n := len(sheets(r)); n != test.want || (n == 0) != (r.Status == 404) {
			t.Errorf("%s: %d sheets (%d), want %d", what, n, r.Status, test.want)
		}
	}
	p.get(print+"&form=a3").expect(t, "A3", 200, "poster-a3", "/assets/poster-a3.", "!/assets/poster-a4.")
	p.get(print+"&form=strip&poster="+code).expect(t, "strip", 200, `<div class="poster-tab"><svg class="qr"`, `<use xlink:href="#qr-`+code+`"/>`, code[:4]+"-"+code[4:], "/assets/poster-a4.")
	for what, path := range map[string]string{
		"another community's project": print + "&project=" + s.Sibling.ID.String(),
		"an unknown poster":           print + "&project=" + s.Project.ID.String() + "&poster=00000000",
		"no campaign":                 "/admin/posters/print",
		"nonsense":                    "/admin/posters/print?campaign=x&project=y",
	} {
		p.get(path).expect(t, what, 404, "!<article")
	}
}

// A long print comes in jobs of at most 500 sheets that lead to one another.
func TestPosterPrintJobs(t *testing.T) {
	c, p := newCitySite(t, 180)
	total := 0
	for _, list := range c.posters {
		for _, one := range list {
			if !one.Retired {
				total++
			}
		}
	}
	print := "/admin/posters/print?campaign=" + p.Campaign.ID.String()
	seen := map[string]bool{}
	last := (total + 499) / 500
	for job := 1; job <= last; job++ {
		r := p.get(print + "&job=" + strconv.Itoa(job))
		r.expect(t, "job", 200, "第 "+strconv.Itoa(job)+" 批，共 "+strconv.Itoa(last)+" 批", `job=1"`, `job=`+strconv.Itoa(last)+`"`)
		for _, code := range sheets(r) {
			if seen[code] {
				t.Fatalf("job %d has %s a second time", job, code)
			}
			seen[code] = true
		}
		if want := min(500, total-500*(job-1)); len(sheets(r)) != want {
			t.Errorf("job %d has %d sheets, want %d", job, len(sheets(r)), want)
		}
	}
	if len(seen) != total || total < 1000 {
		t.Errorf("%d of %d posters are in %d jobs", len(seen), total, last)
	}
	p.get(print+"&job=99").expect(t, "beyond the end", 200, "第 "+strconv.Itoa(last)+" 批，共")
	p.get(print+"&job=x").expect(t, "nonsense", 200, "第 1 批，共")
}

// What a filter leaves is printed, however much it is.
func TestFilteredPostersArePrinted(t *testing.T) {
	c, p := newCitySite(t, 180)
	for _, test := range []struct {
		filter string
		least  int // sheets, of all jobs
	}{
		{"q=号小区", 1000}, {"place=" + c.places[0].District.String(), 1000}, {"building=1号楼", 180}, {"q=号小区&building=2号楼", 180}, {"q=17号小区", 4},
	} {
		page := p.get("/admin/posters?" + strings.ReplaceAll(url.PathEscape(test.filter), "%3D", "="))
		link := regexp.MustCompile(`<a class="button" href="(/admin/posters/print[^"]*)">([^<]+)</a>`).FindStringSubmatch(page.Body)
		if page.Status != 200 || link == nil {
			t.Errorf("%s: no way to print", test.filter)
			continue
		}
		seen, path := map[string]bool{}, html.UnescapeString(link[1])
		for job := 1; ; job++ {
			r := p.get(path + "&job=" + strconv.Itoa(job))
			r.expect(t, test.filter, 200)
			for _, code := range sheets(r) {
				seen[code] = true
			}
			if r.Status != 200 || !regexp.MustCompile(`job=`+strconv.Itoa(job+1)+`\b`).MatchString(r.Body) {
				break
			}
		}
		if len(seen) < test.least {
			t.Errorf("%s: %q prints %d posters, want at least %d", test.filter, link[2], len(seen), test.least)
		}
	}
	p.get("/admin/posters?q=没有").expect(t, "nothing found", 200, "!/admin/posters/print")
}

// Ticked posters are printed up to a whole job of them, at an address that
// every server takes.
func TestTickedPostersArePrinted(t *testing.T) {
	c, p := newCitySite(t, 100)
	var codes []string
	for _, e := range c.enrolments {
		for _, one := range c.posters[e.Project.ID] {
			if !one.Retired {
				codes = append(codes, one.Code)
			}
		}
	}
	p.get("/admin/posters").expect(t, "list", 200, `<form method="post" action="/admin/posters/ticked">`)
	tick := func(codes []string) reply {
		return p.post("/admin/posters/ticked", url.Values{"campaign": {p.Campaign.ID.String()}, "form": {"a3"}, "poster": codes})
	}
	r := tick(codes[:500])
	if r.Status != 303 || len(r.To) > 6000 {
		t.Fatalf("%d, to %d bytes", r.Status, len(r.To))
	}
	print := p.get(r.To)
	if n := len(sheets(print)); print.Status != 200 || n != 500 || !strings.Contains(print.Body, "poster-a3") {
		t.Errorf("%d with %d sheets of 500", print.Status, n)
	}
	two := p.get(tick([]string{codes[7], codes[3]}).To)
	if got := strings.Join(sheets(two), " "); got != codes[3]+" "+codes[7] {
		t.Errorf("two that were ticked: %s", got)
	}
	tick(codes[:501]).expect(t, "one too many", 422, "501 张", "最多打印勾选的 500 张", "自动分批")
	tick(nil).expect(t, "none", 422, "没有选中")
	tick([]string{"x"}).expect(t, "nonsense", 404)
}

// A poster before a few doors must not tell who of them answered: where a
// building has or had several posters, no answers of a single one are shown,
// on no page, under no filter and in no file.
func TestAnswersOfOnePosterAreNotShown(t *testing.T) {
	const main, added = 23, 7 // answers of the two posters of 1号楼
	s := newSite(t)
	p := s.signIn(s.Community)
	building := s.Project.Buildings[0]
	for i := range main {
		s.Saved(s.Answer(i))
	}
	s.Clock.Add(time.Second)
	p.get("/admin/posters").expect(t, "with one poster", 200, `class="num">23</td>`)
	r := p.post("/admin/posters/add", url.Values{"campaign": {s.Campaign.ID.String()}, "project": {s.Project.ID.String()},
		"building": {building.ID.String()}, "unit": {"2"}, "place": {"2单元大堂"}})
	code := sheets(p.get(r.To))[0]
	one, err := s.Store.Poster(s.Ctx(), code)
	s.Must(err)
	for i := range added {
		s.Saved(s.AnswerAt(one, main+i))
	}
	look := func(codes ...string) {
		t.Helper()
		for _, path := range []string{"", "?building=2单元大堂", "?q=晨光花园&building=1号楼", "?q=晨光花园"} {
			page, book := p.export("/admin/posters" + path)
			onlyTheBuildings(t, path, page, 30)
			for _, row := range slices.Concat(slices.Collect(maps.Values(book.rows))...) {
				if slices.Contains(row, strconv.Itoa(main)) || slices.Contains(row, strconv.Itoa(added)) {
					t.Errorf("%s: the file has %q", path, row)
				}
			}
		}
		for _, code := range codes {
			onlyTheBuildings(t, "poster "+code, p.get("/admin/posters/"+code), 30)
			onlyTheBuildings(t, "check of "+code, p.post("/admin/posters/check", url.Values{"seen": {code}}), 30)
		}
	}
	look(code, s.Poster.Code)
	next, err := s.Store.ReplacePoster(s.Ctx(), s.Community, code, "被覆盖了")
	s.Must(err)
	s.Must(s.Store.RetirePoster(s.Ctx(), s.Community, next.Code, "不再挂在这里"))
	look(code, s.Poster.Code, next.Code) // one poster is in use, as in the beginning
}

var answersShown = regexp.MustCompile(`data-label="答卷"[^>]*>(.*?)</td>|<dt>答卷</dt><dd>(.*?)</dd>|收到 (\d+) 份`)

// onlyTheBuildings wants a building's answers on a page, and no others beside
// none at all and the size of a group.
func onlyTheBuildings(t *testing.T, what string, r reply, answers int) {
	t.Helper()
	if r.Status != 200 || !strings.Contains(r.Body, fmt.Sprintf("本楼共 %d 份", answers)) {
		t.Errorf("%s (%d) does not show the building's answers", what, r.Status)
	}
	for _, m := range answersShown.FindAllStringSubmatch(r.Body, -1) {
		for _, number := range regexp.MustCompile(`\d+`).FindAllString(m[1]+m[2]+m[3], -1) {
			if number != strconv.Itoa(answers) && number != "0" && number != "10" {
				t.Errorf("%s shows %s answers: %q", what, number, m[0])
			}
		}
	}
}

// What was printed is noted, for what is in scope and nothing else.
func TestPostersAreMarked(t *testing.T) {
	s := newSite(t)
	p, stranger := s.signIn(s.Community), s.signIn(s.Stranger)
	form := url.Values{"campaign": {s.Campaign.ID.String()}, "codes": {s.Poster.Code}}
	printed := func() bool {
		_, place, err := s.Store.PosterPlace(s.Ctx(), s.Community.Scope, s.Poster.Code)
		s.Must(err)
		return !place.Printed.IsZero()
	}
	stranger.post("/admin/posters/printed", form).expect(t, "of somebody else", 404)
	p.post("/admin/posters/printed", url.Values{"campaign": form["campaign"], "codes": {" "}}).expect(t, "nothing", 422)
	if printed() {
		t.Fatal("it is noted as printed")
	}
	form.Set("quiet", "1")
	p.post("/admin/posters/printed", form).expect(t, "by script", 204)
	if !printed() {
		t.Error("it is not noted as printed")
	}
	form.Del("quiet")
	for back, want := range map[string]string{
		"/admin/posters/print?campaign=x": "/admin/posters/print?campaign=x&done=printed",
		"https://elsewhere.example/":      "/admin/posters?campaign=" + s.Campaign.ID.String() + "&done=printed",
	} {
		form.Set("back", back)
		p.post("/admin/posters/printed", form).goes(t, "without script", want)
	}
	p.get("/admin/posters").expect(t, "posters", 200, "没有打印过", "2026年")
}

// The studio shows what hangs where, which poster nobody scans, and no number
// of answers finer than a building group.
func TestPosterStudio(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.Community)
	r := p.get("/admin/posters")
	r.expect(t, "posters", 200, "晨光花园", "打印海报 4 张", "打印海报 5 张", "紫藤苑", "!银杏里", "与其他楼合计", "!class=\"tag tag-warn\"", "!海报文字")
	if n := strings.Count(r.Body, "与其他楼合计"); n != 2 { // 3号楼 with 6 homes, 4号楼 with 5
		t.Errorf("%d posters hide their answers, want 2", n)
	}
	s.Clock.Add(49 * time.Hour)
	p = s.signIn(s.Community)
	p.get("/admin/posters").expect(t, "two days later", 200, "没人扫", "还没有打印过")
	s.Must(s.Store.MarkPrinted(s.Ctx(), s.Community, s.Campaign.ID, []string{s.Poster.Code}))
	s.Clock.Add(49 * time.Hour)
	p = s.signIn(s.Community)
	r = p.get("/admin/posters?silent=1&q=晨光花园&building=1号楼")
	r.expect(t, "printed and not scanned", 200, "显不显眼", s.Poster.Code[:4]+"-", "!紫藤苑", "!2号楼", "silent=1", "打印海报 1 张")
	p.get("/admin/posters?silent=1&q=没有").expect(t, "none", 200, "没有“没人扫”的海报")
	s.signIn(s.District).get("/admin/posters").expect(t, "district", 200, "海报文字", "银杏里")
}

// A poster's page has all of it; replacing it leads to the new one.
func TestPosterReplaced(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.Community)
	at := "/admin/posters/" + s.Poster.Code
	p.get(at).expect(t, "poster", 200, "1号楼", "晨光花园", "https://mh.example.cn/s/"+s.Poster.Code, "换一张新的", "破损", "<svg")
	p.get(strings.ToLower(at)).expect(t, "in small letters", 200, "晨光花园")
	svg := p.get(at + "/qr.svg")
	if svg.expect(t, "SVG", 200, "<?xml", "viewBox"); svg.Header.Get("Content-Type") != "image/svg+xml" {
		t.Errorf("SVG is sent as %s", svg.Header.Get("Content-Type"))
	}
	png := p.get(at + "/qr.png?size=600")
	if png.expect(t, "PNG", 200, "PNG"); png.Header.Get("Content-Type") != "image/png" {
		t.Errorf("PNG is sent as %s", png.Header.Get("Content-Type"))
	}
	for _, size := range []string{"0", "-1", "100000", "x"} {
		p.get(at+"/qr.png?size="+size).expect(t, size, 422)
	}
	back := p.post(at+"/replace", url.Values{"other": {"x"}})
	back.expect(t, "a reason too short", 422, `value="x"`, `name="back" value="`+at+`"`)
	r := p.post(at+"/replace", url.Values{"reason": {"被覆盖"}})
	next, _, _ := strings.Cut(strings.TrimPrefix(r.To, "/admin/posters/"), "?")
	r.goes(t, "replaced", "/admin/posters/"+next+"?done=poster_replaced")
	if next == s.Poster.Code {
		t.Error("it leads to the old one")
	}
	p.get(r.To).expect(t, "the new one", 200, "旧编号已经停用", "被覆盖", "打印海报 1 张", "poster="+next)
	p.get(at).expect(t, "the old one", 200, "已停用", next[:4]+"-"+next[4:], "!换一张新的", "!qr.png", "被覆盖")
	p.get(at+"/qr.svg").expect(t, "the old code", 410)
	p.get("/admin/posters").expect(t, "posters", 200, "已停用", "打印海报 5 张")
	p.post("/admin/posters/"+next+"/replace", url.Values{"reason": {"破损"}, "other": {"x"}}).expect(t, "a button that nobody meant", 422, `href="/admin/posters/`+next+`?as=xlsx"`)
	p.get("/admin/posters/"+next).expect(t, "reasons", 200, "被人仿冒</button></p></form>")
	p.post("/admin/posters/"+next+"/retire", url.Values{"reason": {"多余"}}).goes(t, "retired", "/admin/posters/"+next+"?done=poster_retired")
	p.post("/admin/posters/"+next+"/retire", url.Values{"reason": {"多余"}}).expect(t, "twice", 409)
}

// One click gives every unit its poster; another place has one of its own.
func TestPostersAdded(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.Community)
	add := "/admin/posters/add?campaign=" + s.Campaign.ID.String() + "&project=" + s.Project.ID.String()
	form := func(pairs ...string) url.Values {
		v := url.Values{"campaign": {s.Campaign.ID.String()}, "project": {s.Project.ID.String()}}
		for i := 0; i < len(pairs); i += 2 {
			v.Set(pairs[i], pairs[i+1])
		}
		return v
	}
	s.Clock.Add(time.Second)
	p.get(add).expect(t, "add", 200, "整个小区：加 4 张", "每个单元一张", "1号楼")
	first := s.Project.Buildings[0].ID.String()
	r := p.post("/admin/posters/add", form("every", first))
	if n := len(sheets(p.get(r.To))); r.Status != 303 || n != 2 || len(r.To) > 200 {
		t.Fatalf("a building's: %d to %s with %d sheets", r.Status, r.To, n)
	}
	p.get(r.To).expect(t, "their print", 200, "1号楼1单元大堂", "1号楼2单元大堂", "!2号楼", "海报已添加")
	p.get(add).expect(t, "add", 200, "整个小区：加 2 张")
	s.Clock.Add(time.Second)
	r = p.post("/admin/posters/add", form("every", "all"))
	p.get(r.To).expect(t, "the others", 200, "2号楼1单元大堂", "2号楼2单元大堂", "!1号楼")
	p.post("/admin/posters/add", form("every", "all")).expect(t, "once more", 409, "没有缺海报的单元")
	r = p.post("/admin/posters/add", form("building", first, "unit", "", "place", "东门保安亭"))
	p.get(r.To).expect(t, "at a place", 200, "东门保安亭")
	p.post("/admin/posters/add", form("building", first, "unit", "x", "place", "西门")).expect(t, "no number", 422, "西门", "单元号请填数字", `name="back" value="`+html.EscapeString(add)+`"`, `maxlength="3"`)
	p.post("/admin/posters/add", form("building", first, "unit", "1", "place", "1单元301")).expect(t, "a home", 422, `value="1单元301"`, "不能写房号")
	p.post("/admin/posters/add", form("building", "x", "place", "西门")).expect(t, "no building", 422, "请选择楼")
	p.post("/admin/posters/add", form("building", first, "place", "")).expect(t, "no place", 422)
	s.signIn(s.OtherCommunity).post("/admin/posters/add", form("every", "all")).expect(t, "somebody else", 404)
}

// Whoever stands before a code is told what it is, and of another office's no
// more than that.
func TestPosterCheck(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.Community)
	check := func(seen string) reply { return p.post("/admin/posters/check", url.Values{"seen": {seen}}) }
	code := s.Poster.Code
	sibling := s.PosterOf(s.Campaign, s.Sibling.Buildings[0]).Code
	wrong := strings.Repeat("1", 8)
	for seen, want := range map[string][]string{
		code: {"是我们的，正在使用", "晨光花园 1号楼"},
		" https://mh.example.cn/s/" + strings.ToLower(code): {"是我们的，正在使用", "晨光花园 1号楼"},
		code[:4] + "-" + code[4:]:                           {"是我们的，正在使用"},
		sibling:                                             {"属于别的辖区", "!银杏里", "!甲楼"},
		"00000000":                                          {"不是我们发出的编号"},
		wrong:                                               {"编号输错了"},
		"https://mh.example.cn.evil.example/s/" + code:   {"不是我们的二维码", "mh.example.cn.evil.example", "先拍照", "96110", "!晨光花园"},
		"wxp://f2f0" + code:                              {"不是我们的二维码"},
		"https://mh.example.cn/help":                     {"不是海报"},
		"https://evil.example/<script>alert(1)</script>": {"不是我们的二维码", "!<script>alert"},
	} {
		check(seen).expect(t, seen, 200, want...)
	}
	next, err := s.Store.ReplacePoster(s.Ctx(), s.Community, code, "被覆盖了")
	s.Must(err)
	check(code).expect(t, "a retired one", 200, "但已经停用", next.Code[:4]+"-"+next.Code[4:], "poster="+next.Code)
	s.CloseCampaign()
	check(next.Code).expect(t, "after the end", 200, "调查已经结束")
	p.get("/admin/posters/check").expect(t, "at first", 200, "!class=\"found", "!method=\"get\" action=\"/admin/posters/check")
	p.get("/admin/posters/check?seen="+next.Code).expect(t, "in the address", 200, "!class=\"found", "!"+next.Code)
	check("https://mh.example.cn/s/"+next.Code+"#c=SECRETKEY").expect(t, "with a key behind it", 200, "调查已经结束", "!SECRETKEY")
	check("https://evil.example/s#c=SECRETKEY").expect(t, "a foreign one with a key", 200, "不是我们的二维码", "!SECRETKEY")
	check("#c=SECRETKEY").expect(t, "a key alone", 200, "!SECRETKEY", "!class=\"found")
}

func inOrder(text string, words ...string) bool {
	for _, w := range words {
		_, after, found := strings.Cut(text, w)
		if !found {
			return false
		}
		text = after
	}
	return true
}
