package admin_test

import (
	"fmt"
	"strings"
	"testing"

	"meihao/model/modeltest"
)

// sheets saves homes of the world's poster: three of four content with
// everything, the fourth with nothing but the greenery.
func (s *site) sheets(n int) {
	s.T.Helper()
	var list []modeltest.Answer
	for i := range n {
		a := s.Answer(i).With("Q2", "5").With("Q3", "4").With("Q4", "2").With("Q11", "Y").With("Q13", "VOTE", "MEET")
		if i%4 == 0 {
			a = a.Rate(1).With("Q2", "1").With("Q3", "2").With("Q4", "5").With("Q11", "N")
		}
		list = append(list, a)
	}
	for _, saved := range s.Save(list...) {
		s.Must(saved.Err)
	}
}

// Before closing district and city alone see what was answered, without
// associations; after it all in scope.
func TestQuestionsByRole(t *testing.T) {
	s := newSite(t)
	area, one := s.path("/questions"), s.path("/standings/"+s.Project.ID.String()+"/questions")
	district, community, auditor := s.signIn(s.District), s.signIn(s.Community), s.signIn(s.Auditor)
	district.get(area).expect(t, "nobody has answered", 200, "计入的答卷不足 10 份", "!%")
	s.sheets(40)
	for _, path := range []string{area, one} {
		district.get(path).expect(t, "district", 200, "75.0%", "30/40", "非常满意", "调查结束后才计算", "!<figure")
		for _, p := range []*person{community, auditor} {
			p.get(path).expect(t, p.name, 200, "结束后可见", "!75.0%", "!30/40", "!<svg class=\"answer-bar\"")
		}
	}
	s.CloseCampaign()
	for _, p := range []*person{district, community, auditor} {
		r := p.get(one)
		r.expect(t, p.name+" after closing", 200, "30/40", "25.0%", "10/40", "两题都答 40 份", "1.0", "−1.0", "方向相反", "先改进", `<figure class="quadrant">`, "不足 10 份")
	}
	if body := community.get(one).Body; strings.Index(body, "绿化养护") > strings.Index(body, "公共区域的清洁卫生") {
		t.Error("the weakest aspect does not come first")
	}
	district.get(area).expect(t, "the sum of an area", 200, "30/40", "1 / 3 个小区可显示")
}

// The base is chosen by the address, which keeps its filters; the form keeps
// the base.
func TestQuestionsOfABase(t *testing.T) {
	s := newSite(t)
	s.sheets(36)
	s.Save(s.Answer(39).Owner().With("Q2", "1"))
	s.CloseCampaign()
	p := s.signIn(s.District)
	place := "place=" + s.Project.Place.Community.String()
	p.get(s.path("/questions?"+place)).expect(t, "owners", 200, "28/37", `href="?base=resident&amp;`+place+`"`)
	p.get(s.path("/questions?base=resident&"+place)).expect(t, "residents", 200, "计入的答卷不足 10 份", `name="base" value="resident"`, "!27/36", "!28/37")
	p.get(s.path("/questions?q=没有这个小区")).expect(t, "no project", 200, "没有符合条件的小区", "!<svg class=\"answer-bar\"")
	p.get(s.path("/questions?place=nonsense&base=nonsense&company=x&kind=y")).expect(t, "nonsense", 200)
}

// A question of which fewer than ten answered is hidden in a project that has
// more, and conditional questions say of whom they are asked.
func TestQuestionsTooFew(t *testing.T) {
	s := newSite(t)
	s.sheets(12)
	for i := 12; i < 16; i++ {
		s.Saved(s.Answer(i).With("Q8", "LATE").With("Q8b", "Y"))
	}
	s.CloseCampaign()
	s.signIn(s.Community).get(s.path("/standings/"+s.Project.ID.String()+"/questions")).
		expect(t, "community", 200, "不足 10 份，不显示", "只问在", "没有选“没有反映过”", "!已解决")
}

// What the page says is in its tables too, and hidden figures are in none.
func TestQuestionsWorkbook(t *testing.T) {
	s := newSite(t)
	s.sheets(40)
	s.CloseCampaign()
	p := s.signIn(s.District)
	for _, as := range []string{"xlsx", "csv"} {
		if r := p.get(s.path("/standings/" + s.Project.ID.String() + "/questions?as=" + as)); r.Status != 200 || len(r.Body) < 500 || r.Header.Get("Content-Disposition") == "" {
			t.Errorf("%s: %d, %d bytes", as, r.Status, len(r.Body))
		}
	}
}

// A project is compared with the others of its district, and called weaker
// where that is more than chance.
func TestQuestionsBesideTheDistrict(t *testing.T) {
	s := newSite(t)
	s.sheets(40)
	beside := s.PosterOf(s.Campaign, s.Sibling.Buildings[0])
	for i := range 20 {
		s.Saved(s.AnswerAt(beside, i).Key(fmt.Sprintf("beside-home-%04d", i)).With("Q2", "5").With("Q4", "5"))
	}
	s.CloseCampaign()
	one := s.path("/standings/" + s.Project.ID.String() + "/questions")
	s.signIn(s.District).get(one).expect(t, "district", 200, "晨光区其余 1 个可显示的小区（共 2 个）合计", "弱于其余小区", "−75.0 个百分点", "20/20")
	s.signIn(s.Community).get(one).expect(t, "community, which does not see the other", 200, "30/40", "!20/20", "!弱于其余小区")
	if r := s.signIn(s.OtherCommunity).get(one); r.Status != 404 {
		t.Errorf("another community: %d", r.Status)
	}
}
