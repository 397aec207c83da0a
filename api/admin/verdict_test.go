package admin_test

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"meihao/survey"
)

// bodyOf is a page as it is read, without marks and pictures.
func bodyOf(r reply) string {
	_, body, _ := strings.Cut(r.Body, `<main id="main"`)
	return html.UnescapeString(tagHTML.ReplaceAllString(body, " "))
}

// One project's page explains its figures step by step, with the numbers.
func TestStandingExplainsItself(t *testing.T) {
	s := newSite(t)
	s.answers(37, 3)
	one := s.path("/standings/" + s.Project.ID.String())
	district := s.signIn(s.District)
	district.get(one).expect(t, "the card", 200, "92.5%", "37 户满意 / 40 户有效", "怎样计算", "10 × 37 = 370，大于 9 × 40 = 360",
		"5 × 37 = 185，大于 3 × 40 = 120", "1.96² × ¼ ÷ 0.05² = 384.16", "什么会改变结果", "这只是算术", "每 5 份一变", "结束后显示", "/admin/help/rules?campaign=")
	s.CloseCampaign()
	district.get(one).expect(t, "after closing", 200, "调查已经结束", "按楼", "按渠道", "业主，住在这里", "满意率低的在前", "!每 5 份一变")
	district.get(one+"?sort=weak").expect(t, "weakest first", 200, "没有满意率的在最后")
	district.post("/admin/language", map[string][]string{"language": {"en"}, "back": {one}})
	district.get(one).expect(t, "in English", 200, "10 × 37 = 370 is more than 9 × 40 = 360", "This is arithmetic", "By building", "Owners who live here")
}

// Nothing on the page of who sees turnout alone lets k, or a sum made of it,
// be read; after closing the same page shows all of it.
func TestStandingTellsNothingHidden(t *testing.T) {
	s := newSite(t)
	s.answers(37, 3)
	one := s.path("/standings/" + s.Project.ID.String())
	for name, p := range map[string]*person{"community": s.signIn(s.Community), "subdistrict": s.signIn(s.Subdistrict)} {
		text := bodyOf(p.get(one))
		if found := regexp.MustCompile(`\b(37|370|360|185|120|92\.5)\b`).FindString(text); found != "" {
			t.Errorf("%s reads %s in %s", name, found, text)
		}
		if !strings.Contains(text, "数字可以显示后") {
			t.Errorf("%s is not told why there are no steps", name)
		}
		_, file := p.export(one)
		for _, sheet := range file.names {
			for _, row := range file.rows[sheet] {
				if found := regexp.MustCompile(`\b(37|370|360|185|120|92\.5)\b`).FindString(strings.Join(row, " | ")); found != "" {
					t.Errorf("%s reads %s in %v", name, found, row)
				}
			}
		}
	}
}

// The workbook has the cards, the steps, what would change them, the words of
// every number of satisfied and the splits.
func TestExportOfAStandingIsWhole(t *testing.T) {
	s := newSite(t)
	s.answers(37, 3)
	s.CloseCampaign()
	one := s.path("/standings/" + s.Project.ID.String())
	page, file := s.signIn(s.District).export(one)
	for _, sheet := range []string{"晨光花园", "怎样计算", "什么会改变结果", "按楼", "按渠道", "按和房子的关系"} {
		if len(file.rows[sheet]) < 2 {
			t.Errorf("the sheet %q has %d rows: %v", sheet, len(file.rows[sheet]), file.names)
		}
	}
	text := bodyOf(page)
	for _, sheet := range []string{"怎样计算", "什么会改变结果"} {
		for _, row := range file.rows[sheet][1:] {
			if sentence := row[len(row)-1]; !strings.Contains(text, sentence) {
				t.Errorf("the page does not say what the sheet %s says: %s", sheet, sentence)
			}
		}
	}
	tables := tablesOf(page.Body)
	for i, by := range []string{"按楼", "按渠道", "按和房子的关系"} {
		rows := file.rows[by][1:]
		if at := len(tables) - 3 + i; len(tables[at]) != len(rows) {
			t.Errorf("%s: %d rows on the page, %d in the sheet", by, len(tables[at]), len(rows))
		}
	}
}

// The page of the rules is the code's: its tables say what is judged.
func TestRulesPage(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	p.get("/admin/help").expect(t, "help", 200, `href="/admin/help/rules"`, "从 10 份起显示", "每 5 份一变")
	r := p.get("/admin/help/rules")
	r.expect(t, "rules", 200, survey.RulesVersion, "10 × 满意户数 大于 9 × 有效户数", "3.841458820694124", "达到", "未评定", "默认设置")
	full, provisional := survey.DefaultMargins().Sizes(1000)
	text := strings.Join(strings.Fields(bodyOf(r)), " ")
	for _, n := range []int64{full.Needed, provisional.Needed} {
		for k := range n + 1 {
			v := survey.Judge(1000, n, k, survey.DefaultMargins())
			if k == 0 || survey.Judge(1000, n, k-1, survey.DefaultMargins()).Item11 != v.Item11 {
				if !regexp.MustCompile(`\b` + formatID(k) + `–\d+\b`).MatchString(text) {
					t.Errorf("no row begins at k = %d of %d, where it becomes %s", k, n, v.Item11)
				}
			}
		}
	}
	p.get("/admin/help/rules?campaign="+s.Campaign.ID.String()).expect(t, "of a campaign", 200, s.Campaign.Name)
	p.get("/admin/help/rules?campaign="+survey.ID(987654).String()).expect(t, "of none", 404)
	s.signIn(s.Company).get("/admin/help/rules?campaign="+s.Campaign.ID.String()).expect(t, "for a company", 200, "默认设置", "!"+s.Campaign.Name)
}
