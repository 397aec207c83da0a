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
	"time"

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
}{
	"A4 poster": {"&form=a4", 210, 297, 140, 150, 1},
	"A3 poster": {"&form=a3", 297, 420, 200, 210, 1.4142},
}

// manyPosters is a register of so many buildings; some have the longest names
// that a register may have.
func manyPosters(buildings int) string {
	var b strings.Builder
	b.WriteString("区,街道,社区,项目名称,楼号,单元数,户数\n")
	for i := range buildings {
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

// printer is a campaign of many posters and somebody who prints them.
type printer struct {
	*server
	staff    *staff
	p        *tab
	campaign string
	codes    []string
}

func newPrinter(t *testing.T, posters int) *printer {
	t.Helper()
	data := t.TempDir()
	password, _ := administrator(t, data, "printer", "zh")
	must(t, "import", "projects", file(t, "名册.csv", manyPosters(posters)), "--apply", "--data", data)
	s := serve(t, data)
	one := &printer{server: s, staff: s.signIn(t, "printer", password), p: newTab(t, browser(t), desk)}
	one.campaign = one.staff.openCampaign(t, "许多海报", url.Values{
		"asker": {strings.Repeat("晨光区住房和城乡建设委员会", 3)}, "phone": {"010-12345678 转 80123（工作日 9:00–18:00）"}})
	one.codes = posterCodes(t, data, one.campaign)
	if len(one.codes) != posters {
		t.Fatalf("%d posters, want %d", len(one.codes), posters)
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
	sqliteOnly(t, "no engine changes what is on paper or in a workbook")
	one := newPrinter(t, 200)
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

// A whole job of 500 sheets is laid out by a real browser, one sheet each; what
// came out of the printer is noted when somebody says so, and not because a
// dialog was closed.
func TestPrintJobInBrowser(t *testing.T) {
	sqliteOnly(t, "no engine changes what is on paper or in a workbook")
	need(t, "MEIHAO_PDFTOPPM", "pdftoppm", "apt-get install poppler-utils") // pdfinfo comes with it
	one := newPrinter(t, 500)
	at := "/admin/posters/print?campaign=" + one.campaign
	begun := time.Now()
	one.p.open(one.URL + at)
	if n := one.p.value(`document.querySelectorAll("article.poster").length`); n != "500" {
		t.Fatalf("%s sheets", n)
	}
	shown := time.Since(begun)
	pdf := filepath.Join(t.TempDir(), "job.pdf")
	if err := os.WriteFile(pdf, one.p.print(), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Logf("500 sheets show after %v and are laid out for the printer after %v", shown.Round(time.Millisecond), time.Since(begun).Round(time.Millisecond))
	isA4(t, pdf, 500)
	one.p.open(one.URL + at) // as it is before anything is printed
	one.marks(t)
	one.previews(t)
}

// marks closes the print dialog and answers the question both ways.
func (one *printer) marks(t *testing.T) {
	t.Helper()
	p, asked := one.p, element("[data-asked]")+".hidden"
	close := func() { p.eval(`window.dispatchEvent(new Event("afterprint"))`, nil) }
	printed := func() bool {
		return !strings.Contains(one.staff.get(t, "/admin/posters?campaign="+one.campaign).Body, "没有打印过")
	}
	if p.value(asked) != "true" {
		t.Error("it asks before anything was printed")
	}
	close()
	if p.value(asked) != "false" {
		t.Fatal("it does not ask whether they came out")
	}
	if text := p.value(element("[data-asked]") + ".innerText"); !strings.Contains(text, "打好了吗") || !strings.Contains(text, "是，记为已打印 500 张") {
		t.Errorf("it asks %q", text)
	}
	p.eval(element("[data-no]")+".click()", nil)
	if p.value(asked) != "true" || printed() {
		t.Error("after a no it asks on, or has noted them")
	}
	close()
	p.eval(element("[data-yes]")+".click()", nil)
	for deadline := time.Now().Add(patience); p.value(element("[data-marked]")+".textContent") == ""; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("nothing is said after a yes")
		}
	}
	if text := p.value(element("[data-marked]") + ".textContent"); !strings.HasPrefix(text, "已记下：500 张海报") {
		t.Errorf("after a yes it says %q", text)
	}
	if !printed() {
		t.Error("they are not noted as printed")
	}
}

// previews types a title and sees it on the poster beside it.
func (one *printer) previews(t *testing.T) {
	t.Helper()
	one.p.open(one.URL + "/admin/campaigns/" + one.campaign + "/poster")
	title := element(".poster-preview h2") + ".textContent"
	one.p.fill("#zh_title", "请为物业打个分")
	if got := one.p.value(title); got != "请为物业打个分" {
		t.Errorf("the preview says %q", got)
	}
	one.p.eval(element("#zh_title")+`.value = ""; `+element("#zh_title")+`.dispatchEvent(new Event("input"))`, nil)
	if got := one.p.value(title); got != "请您评一评咱小区的物业" {
		t.Errorf("emptied, the preview says %q", got)
	}
}
