package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// firstRegister is what a community really sends: a title, two compounds of
// which the second is written once for all its buildings, a total.
func firstRegister() string {
	var b strings.Builder
	b.WriteString("晨光街道2026年小区楼栋登记表,,,,,,\n区,街道,社区,小区名称,楼号,单元,总户数（户）\n")
	for i := range 7 {
		fmt.Fprintf(&b, "晨光区,晨光街道,东里社区,晨光花园,%d号楼,2,%d\n", i+1, 48+i)
	}
	b.WriteString("晨光区,晨光街道,东里社区,紫藤苑,1号楼,3,72\n")
	for i := range 4 {
		fmt.Fprintf(&b, ",,,,%d号楼,3,72\n", i+2)
	}
	b.WriteString("合计,,,,12栋,,717\n")
	return b.String()
}

// visible finds the first control in sight that says a text.
func visible(text string) string {
	return fmt.Sprintf(`Array.from(document.querySelectorAll("a, button, summary")).find(e =>
		e.offsetParent && e.innerText.includes(%q))`, text)
}

// Somebody new, with nothing but the words on the screen, gets from an empty
// account to twelve printed posters and the coach in under ten clicks.
func TestFirstDay(t *testing.T) {
	for name, words := range map[string][]string{
		"zh": {"导入小区名册", "预览", "写入：", "建立一次调查", "保存，去开始", "开始调查", "打印", "打印", "还差多少户"},
		"en": {"Import the register", "preview", "Write:", "Add a campaign", "Save and go on", "Open", "Print", "Print", "Still missing"},
	} {
		t.Run(name, func(t *testing.T) {
			data := t.TempDir()
			password, _ := administrator(t, data, "newcomer", name)
			s := serve(t, data)
			p := newTab(t, browser(t), desk)
			p.signIn(s, "newcomer", password)
			clicks := 0
			click := func(text, arrives string) {
				t.Helper()
				clicks++
				p.tap(visible(text), 0.5)
				p.arrives(arrives)
			}
			click(words[0], "/admin/projects/import")
			p.do(chromedp.SetUploadFiles("#file", []string{file(t, "楼栋登记表.csv", firstRegister())}, chromedp.ByQuery))
			click(words[1], "/import/")
			p.reads("晨光花园", "紫藤苑")
			click(words[2], "done=imported")
			click(words[3], "/admin/campaigns/new")
			click(words[4], "/open")
			click(words[5], "/admin/posters?campaign=")
			click(words[6], "/admin/posters/print")
			p.do(chromedp.Evaluate(`window.print = () => { window.printed = true; }`, nil))
			if sheets := p.value(`document.querySelectorAll("article.poster").length`); sheets != "12" {
				t.Errorf("%s posters are ready to print, want 12", sheets)
			}
			click(words[7], "/admin/posters/print")
			if p.value("window.printed") != "true" {
				t.Error("the browser was not asked to print")
			}
			click(words[8], "/coach")
			p.reads("晨光花园", "紫藤苑")
			if clicks >= 10 {
				t.Errorf("it took %d clicks, want under ten", clicks)
			}
		})
	}
}
