package main

import (
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"

	"meihao/survey"
)

// What UX.md "Posters and slips" asks of a poster, in millimetres and points
// of an A4 sheet. A3 is √2 times as large.
const (
	leastTitle   = 44
	leastText    = 20
	leastAddress = 28
)

// posterForms are the forms of print and what is asked of their codes.
var posterForms = map[string]struct {
	path          string
	width, height float64 // of the sheet
	least, most   float64 // of the code's box
	scale         float64
	turn          int // every so many are turned and blurred: those of A3 have larger modules
}{
	"A4 poster": {"&form=a4", 210, 297, 140, 150, 1, 1},
	"A3 poster": {"&form=a3", 297, 420, 200, 210, 1.4142, 5},
}

// manyPosters is a register of 200 buildings; some have the longest names
// that a register may have.
func manyPosters() string {
	var b strings.Builder
	b.WriteString("区,街道,社区,项目名称,楼号,单元数,户数\n")
	for i := range 200 {
		project := fmt.Sprintf("晨光花园%d区", i/20+1)
		if i/20 == 3 {
			project = "首都功能核心区晨光花园西区第三期经济适用住房及配套商品房小区（原纺织厂宿舍）"
		}
		building := fmt.Sprintf("%d号楼", i%20+1)
		if i%20 == 7 {
			building = fmt.Sprintf("原东方红大街%d号院南侧塔楼", i)
		}
		fmt.Fprintf(&b, "晨光区,晨光街道,东里社区,%s,%s,2,%d\n", project, building, 40+i)
	}
	return b.String()
}

// longestWords fill every line of a poster to its limit.
func longestWords(language string) url.Values {
	values := url.Values{"language": {language}}
	fill := func(prefix, text string, most survey.PosterLimits) {
		for name, width := range map[string]int{"title": most.Title, "why": most.Why, "help": most.Help, "safety": most.Safety} {
			line := ""
			for _, r := range strings.Repeat(text, 20) {
				if survey.PrintWidth(line+string(r)) > 10*width {
					break
				}
				line += string(r)
			}
			values.Set(prefix+"_"+name, strings.TrimSpace(line))
		}
	}
	fill("zh", "请为咱小区的物业服务打个分并说说您的想法", survey.PosterLimitsZH())
	fill("en", "Please tell us what you think of the people who manage your home. ", survey.PosterLimitsEN())
	return values
}

// printer is a campaign of 200 posters and somebody who prints them.
type printer struct {
	*server
	staff    *staff
	p        *tab
	campaign string
	codes    []string
}

func newPrinter(t *testing.T) *printer {
	t.Helper()
	data := t.TempDir()
	password, _ := administrator(t, data, "printer", "zh")
	must(t, "import", "projects", file(t, "名册.csv", manyPosters()), "--apply", "--data", data)
	s := serve(t, data)
	one := &printer{server: s, staff: s.signIn(t, "printer", password), p: newTab(t, browser(t), desk)}
	one.campaign = one.staff.openCampaign(t, "二百张海报", url.Values{
		"asker": {strings.Repeat("晨光区住房和城乡建设委员会", 3)}, "phone": {"010-12345678 转 80123（工作日 9:00–18:00）"}})
	one.codes = posterCodes(t, data, one.campaign)
	if len(one.codes) != 200 {
		t.Fatalf("%d posters, want 200", len(one.codes))
	}
	one.p.signIn(s, "printer", password)
	return one
}

// open shows the print of the campaign in a form, laid out as for paper.
func (one *printer) open(t *testing.T, form string) {
	t.Helper()
	one.p.t = t
	one.p.open(one.URL + "/admin/posters/print?campaign=" + one.campaign + form)
	one.p.do(emulation.SetEmulatedMedia().WithMedia("print"))
	t.Cleanup(func() { one.p.do(emulation.SetEmulatedMedia().WithMedia("")) })
}

// laidOut is what the browser says of a sheet, in millimetres and points.
type laidOut struct {
	Code     string   // that it shows
	Faults   []string // what does not fit
	QR       [4]float64
	Title    float64
	Text     float64 // the smallest, without the tabs
	Address  float64
	Number   float64
	Overflow float64 // of the last line over the sheet's edge
}

// sheetsScript measures all sheets of the print.
const sheetsScript = `JSON.stringify(Array.from(document.querySelectorAll("article.poster")).map(sheet => {
	const mm = px => px * 25.4 / 96, pt = e => parseFloat(getComputedStyle(e).fontSize) * 0.75;
	const box = sheet.getBoundingClientRect(), qr = sheet.querySelector(".poster-code svg").getBoundingClientRect();
	const lines = Array.from(sheet.querySelectorAll("p, h2")).filter(e => !e.closest(".poster-tab"));
	const faults = [];
	lines.concat(Array.from(sheet.querySelectorAll(".poster-tab"))).forEach(e => {
		const at = e.getBoundingClientRect();
		e.style.maxHeight = "none";
		const whole = e.getBoundingClientRect();
		e.style.maxHeight = "";
		if (whole.height > at.height + 1 || e.scrollWidth > e.clientWidth + 1) faults.push("cut: " + e.className + " " + e.innerText);
		if (at.left < box.left + 15 || at.right > box.right - 15 || at.top < box.top + 15 || at.bottom > box.bottom + 1) faults.push("at the edge: " + e.className + " " + e.innerText);
	});
	const items = Array.from(sheet.children).map(e => e.getBoundingClientRect());
	items.slice(1).forEach((at, i) => { if (at.top < items[i].bottom - 0.5) faults.push("over the one above: " + sheet.children[i + 1].className); });
	const of = name => sheet.querySelector(name);
	return {
		code: of(".poster-address").innerText.slice(-8), faults: faults,
		qr: [mm(qr.left - box.left), mm(qr.top - box.top), mm(qr.width), mm(qr.height)],
		title: pt(of("h2")), text: Math.min.apply(null, lines.map(pt)), address: pt(of(".poster-address")),
		number: of(".poster-number") ? pt(of(".poster-number")) : 0,
		overflow: mm(Math.max.apply(null, items.map(at => at.bottom)) - box.bottom),
	};
}))`

func (one *printer) measure(t *testing.T) (sheets []laidOut) {
	t.Helper()
	if err := json.Unmarshal([]byte(one.p.value(sheetsScript)), &sheets); err != nil {
		t.Fatal(err)
	}
	return sheets
}

// 200 posters with ordinary, with the longest and with bilingual words: each
// stands on one sheet of its own with nothing cut off, and is as large as it
// should be.
func TestPostersFitTheirSheets(t *testing.T) {
	one := newPrinter(t)
	for _, words := range []struct {
		name  string
		words url.Values
	}{
		{"default words", url.Values{"language": {"both"}}}, {"the longest words", longestWords("zh")}, {"the longest words in both", longestWords("both")},
	} {
		path := "/admin/campaigns/" + one.campaign + "/poster"
		one.staff.get(t, path)
		if r := one.staff.post(t, path, words.words); r.Status != 303 {
			t.Fatalf("%s: %d\n%s", words.name, r.Status, between(r.Body, "error-summary", "</div>"))
		}
		for name, form := range posterForms {
			t.Run(name+", "+words.name, func(t *testing.T) {
				one.open(t, form.path)
				one.fits(t, form.scale, form.least, form.most)
				one.keep(t, name+"-"+words.name)
			})
		}
		t.Run("strip, "+words.name, func(t *testing.T) {
			one.open(t, "&form=strip")
			one.fits(t, 1, 58, 90)
			one.keep(t, "strip-"+words.name)
		})
	}
}

// fits checks every sheet of the print.
func (one *printer) fits(t *testing.T, scale, least, most float64) {
	t.Helper()
	sheets := one.measure(t)
	if len(sheets) != len(one.codes) {
		t.Fatalf("%d sheets, want %d", len(sheets), len(one.codes))
	}
	const hair = 0.1
	shown := map[string]bool{}
	for i, s := range sheets {
		if !slices.Contains(one.codes, s.Code) || shown[s.Code] {
			t.Fatalf("sheet %d is of %s, which is none of the campaign or was there before", i, s.Code)
		}
		shown[s.Code] = true
		if len(s.Faults) > 0 || s.Overflow > 0 {
			t.Errorf("sheet %d: %.1f mm over the edge, %v", i, s.Overflow, s.Faults)
		}
		if s.QR[2] < least-hair || s.QR[2] > most+hair || math.Abs(s.QR[3]-s.QR[2]) > hair {
			t.Errorf("sheet %d: the code is %.1f × %.1f mm, want %v–%v", i, s.QR[2], s.QR[3], least, most)
		}
		if s.Title < leastTitle*scale-hair || s.Text < leastText*scale-hair || s.Address < leastAddress*scale-hair || s.Number != 0 && s.Number < leastAddress*scale-hair {
			t.Errorf("sheet %d: title %.1f, text %.1f, address %.1f, code %.1f pt", i, s.Title, s.Text, s.Address, s.Number)
		}
		if t.Failed() && i > 10 {
			t.FailNow()
		}
	}
}

// keep leaves the first sheets as a PDF where somebody wants to look at them.
func (one *printer) keep(t *testing.T, name string) {
	t.Helper()
	folder := os.Getenv("MEIHAO_SCREENS")
	if folder == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(folder, strings.ReplaceAll(name, " ", "-")+".pdf"), one.p.print(), 0o600); err != nil {
		t.Fatal(err)
	}
}
