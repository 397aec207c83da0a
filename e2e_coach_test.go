package main

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// What a community hands on for its neighbours leads to the building's own
// form: the picture that script makes a PNG of, the text to copy, and the
// notices on paper, one A4 sheet for each building.
func TestRemindersLeadToTheForm(t *testing.T) {
	sqliteOnly(t, "no engine changes what is on paper or in a workbook")
	zbarimg := need(t, "MEIHAO_ZBARIMG", "zbarimg", "apt-get install zbar-tools")
	pdftoppm := need(t, "MEIHAO_PDFTOPPM", "pdftoppm", "apt-get install poppler-utils")
	s, demo := serveDemo(t)
	first := demoProjects()[0]
	project := s.standing(t, demo.APIToken, demo.Campaign, first.name).Project.ID
	codes := posterCodes(t, s.Data, demo.Campaign)[:len(first.buildings)]
	address := s.URL + "/admin/campaigns/" + demo.Campaign + "/coach/" + project + "/reminders"

	p := newTab(t, browser(t), phone)
	p.signIn(s, demo.AdminUser, demo.AdminPassword)
	p.open(address)
	const picture1 = `document.querySelector(".reminder-picture").src`
	eventually(t, patience, "the picture is a PNG", func() bool { return strings.HasPrefix(p.value(picture1), "data:image/png;base64,") })
	_, data, _ := strings.Cut(p.value(picture1), ",")
	image, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		t.Fatal(err)
	}
	png := filepath.Join(t.TempDir(), "reminder.png")
	if err := os.WriteFile(png, image, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, want := decode(t, zbarimg, png), s.URL+"/s/"+codes[0]; got != want {
		t.Errorf("the picture leads to %q, want %q", got, want)
	}
	if keep := os.Getenv("MEIHAO_SCREENS"); keep != "" {
		if err := os.WriteFile(filepath.Join(keep, "reminder.png"), image, 0o600); err != nil {
			t.Error(err)
		}
	}
	save := `document.getElementById("save-1")`
	if name := p.value(save + `.getAttribute("download")`); !strings.HasSuffix(name, ".png") || p.value(save+`.href === `+picture1) != "true" {
		t.Errorf("the button saves %q", name)
	}
	if text := p.value(`document.getElementById("text-1").value`); !strings.Contains(text, s.URL+"/s/"+codes[0]) {
		t.Errorf("the text for a group has no address: %q", text)
	}
	p.tap(element("[data-copy]"), 0.5)
	eventually(t, patience, "the page says that it was copied", func() bool {
		return p.value(`document.querySelector("[data-copy] + [role=status]").textContent`) == "已复制"
	})

	p.open(address + "/print")
	pdf := filepath.Join(t.TempDir(), "notices.pdf")
	if err := os.WriteFile(pdf, p.print(), 0o600); err != nil {
		t.Fatal(err)
	}
	isA4(t, pdf, len(codes))
	for i, code := range codes {
		if got, want := decode(t, zbarimg, picture(t, pdftoppm, pdf, i+1)), s.URL+"/s/"+code; got != want {
			t.Errorf("notice %d leads to %q, want %q", i+1, got, want)
		}
	}
	for _, words := range []string{"zh", "en", "both"} {
		p.open(address + "/print?words=" + words)
		over := `Array.from(document.querySelectorAll(".coach-notice")).filter(function (n) { return n.scrollHeight > n.clientHeight + 1; }).length`
		if n := p.value(over); n != "0" {
			t.Errorf("%s notices in %s are longer than their sheet", n, words)
		}
	}
}

// longNames is a register of three projects whose small buildings are joined,
// with ordinary names and with the longest.
func longNames() string {
	var b strings.Builder
	b.WriteString("区,街道,社区,项目名称,楼号,单元数,户数\n")
	for _, p := range []struct{ project, building string }{
		{"晨光花园", "%d号楼"},
		{"首都功能核心区晨光花园西区第三期经济适用住房及配套商品房小区（原纺织厂宿舍）", "原东方红大街甲八十八号院南侧塔楼%d"},
		{"International Garden City", "Internationalgartenstadtwohnungsbaugenossenschaft %d"},
	} {
		for i := range 5 {
			fmt.Fprintf(&b, "晨光区,晨光街道,东里社区,%s,"+p.building+",1,2\n", p.project, i+1)
		}
		fmt.Fprintf(&b, "晨光区,晨光街道,东里社区,%s,"+p.building+",2,40\n", p.project, 6)
	}
	return b.String()
}

// clipped are the notices' elements that lose some of their words: lines that
// are left out, and what reaches over the edge of the sheet or over the next
// element.
const clipped = `JSON.stringify(Array.from(document.querySelectorAll(".coach-notice")).flatMap(function (sheet) {
	const box = sheet.getBoundingClientRect();
	const lost = Array.from(sheet.querySelectorAll("h2, h2 span, p, .notice-code")).filter(function (e) {
		const at = e.getBoundingClientRect();
		e.style.display = "block";
		const whole = e.getBoundingClientRect();
		e.style.display = "";
		return whole.height > at.height + 1 || at.height < 1 || e.scrollWidth > e.clientWidth + 1 || at.bottom > box.bottom - 15 || at.right > box.right - 15;
	});
	const parts = Array.from(sheet.children).filter(function (e) { return e.className !== "notice-demo"; });
	parts.slice(1).forEach(function (e, i) {
		if (e.getBoundingClientRect().top < parts[i].getBoundingClientRect().bottom - 1) {
			lost.push(e);
		}
	});
	return lost.map(function (e) { return (e.className || e.tagName) + ": " + e.innerText; });
}))`

// Whatever the names of joined buildings are, each notice says how many are
// missing, loses no word and leads to its building's form.
func TestNoticesKeepTheirNumber(t *testing.T) {
	sqliteOnly(t, "no engine changes what is on paper or in a workbook")
	zbarimg := need(t, "MEIHAO_ZBARIMG", "zbarimg", "apt-get install zbar-tools")
	pdftoppm := need(t, "MEIHAO_PDFTOPPM", "pdftoppm", "apt-get install poppler-utils")
	data := t.TempDir()
	password, token := administrator(t, data, "coach", "zh")
	must(t, "import", "projects", file(t, "名册.csv", longNames()), "--apply", "--data", data)
	s := serve(t, data)
	campaign := s.signIn(t, "coach", password).openCampaign(t, "长名", url.Values{
		"asker": {strings.Repeat("晨光区住房和城乡建设委员会", 6)}, "phone": {"010-12345678 转 80123（工作日 9:00–18:00）"}})
	codes := posterCodes(t, data, campaign)
	p := newTab(t, browser(t), desk)
	p.signIn(s, "coach", password)
	for i, one := range s.standings(t, token, campaign) {
		for _, words := range []string{"zh", "en", "both"} {
			p.open(s.URL + "/admin/campaigns/" + campaign + "/coach/" + one.Project.ID + "/reminders/print?words=" + words)
			p.do(emulation.SetEmulatedMedia().WithMedia("print"))
			if n := p.value(`document.querySelectorAll(".coach-notice header:first-of-type .notice-missing").length`); n != "6" {
				t.Fatalf("%s in %s: %s notices of 6 buildings", one.Project.Name, words, n)
			}
			if lost := p.value(clipped); lost != "[]" {
				t.Errorf("%s in %s loses words: %s", one.Project.Name, words, lost)
			}
			p.do(emulation.SetEmulatedMedia().WithMedia(""))
			if keep := os.Getenv("MEIHAO_SCREENS"); keep != "" {
				if err := os.WriteFile(filepath.Join(keep, fmt.Sprintf("notice-%d-%s.pdf", i+1, words)), p.print(), 0o600); err != nil {
					t.Error(err)
				}
			}
		}
		pdf := filepath.Join(t.TempDir(), "notices.pdf")
		if err := os.WriteFile(pdf, p.print(), 0o600); err != nil { // in both languages
			t.Fatal(err)
		}
		isA4(t, pdf, 6)
		for sheet, code := range codes[6*i : 6*i+6] {
			if got, want := decode(t, zbarimg, picture(t, pdftoppm, pdf, sheet+1)), s.URL+"/s/"+code; got != want {
				t.Errorf("%s: notice %d leads to %q, want %q", one.Project.Name, sheet+1, got, want)
			}
		}
	}
	p.open(s.URL + "/admin/campaigns/" + campaign + "/coach/" + s.standings(t, token, campaign)[0].Project.ID + "/reminders")
	p.tap(element("details summary"), 0.1)
	eventually(t, patience, "a building's own picture is shown where it is asked for", func() bool {
		return strings.HasPrefix(p.value(`document.querySelector("details[open] .reminder-picture").src`), "data:image/png")
	})
	if text := p.value(`document.querySelector("details[open] textarea").value`); !strings.Contains(text, "1号楼: "+s.URL+"/s/"+codes[0]) {
		t.Errorf("the text for a joined building does not lead to its own form: %q", text)
	}
	if keep := os.Getenv("MEIHAO_SCREENS"); keep != "" {
		for name, at := range map[string]size{"desk": desk, "phone": phone} {
			p.resize(at)
			if err := os.WriteFile(filepath.Join(keep, "joined-"+name+".png"), p.picture(), 0o600); err != nil {
				t.Error(err)
			}
		}
	}
}
