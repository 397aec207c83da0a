package admin_test

import (
	"strconv"
	"strings"
	"testing"
)

func formatID(id int64) string { return strconv.FormatInt(id, 10) }

// Before closing a community sees turnout and no scores; after it, its own.
func TestStandingsByRole(t *testing.T) {
	s := newSite(t)
	s.answers(37, 3)
	district, community, subdistrict := s.signIn(s.District), s.signIn(s.Community), s.signIn(s.Subdistrict)
	one := s.path("/standings/" + s.Project.ID.String())
	district.get(s.path("/standings")).expect(t, "district", 200, "92.5%", "37/40", "40/60", "足够", "高于 90%")
	community.get(s.path("/standings")).expect(t, "community", 200, "40/60", "结束后可见", "!92.5%", "!37/40")
	subdistrict.get(one).expect(t, "subdistrict", 200, "40/60", "结束后可见", "!92.5%", "!37 户满意", "!37/40")
	district.get(one).expect(t, "district", 200, "92.5%", "37 户满意 / 40 户有效", "10 × 37 = 370", "9 × 40 = 360", "再有")
	s.CloseCampaign()
	community.get(s.path("/standings")).expect(t, "community after closing", 200, "92.5%", "37/40")
	community.get(one).expect(t, "community after closing", 200, "92.5%", "10 × 37 = 370")
}

// Fewer than ten answers show no figure, and that looks different from zero.
func TestStandingsTooFew(t *testing.T) {
	s := newSite(t)
	s.answers(8, 0)
	s.signIn(s.District).get(s.path("/standings")).expect(t, "standings", 200, "不足 10 份，不显示", "8/60", "!100%", "!8/8", "!0.0%</strong>")
}

// Filters are addresses; what they leave out is gone from rows and sums.
func TestStandingsFilters(t *testing.T) {
	s := newSite(t)
	s.answers(35, 3)
	p := s.signIn(s.District)
	west := s.path("/standings?place=" + s.Sibling.Place.Community.String())
	p.get(west).expect(t, "western community", 200, "银杏里", "!晨光花园", "清除筛选")
	p.get(s.path("/standings?light=low")).expect(t, "below 60", 200, "没有符合条件的小区", "!晨光花园")
	p.get(s.path("/standings?short=1")).expect(t, "short of answers", 200, "晨光花园", "紫藤苑", "银杏里")
	p.get(s.path("/standings?place=nonsense&light=nonsense&page=x")).expect(t, "nonsense", 200)
	body := p.get(s.path("/standings")).Body
	if strings.Index(body, "晨光花园") > strings.Index(body, "银杏里") {
		t.Error("a project without answers comes before one with a rate")
	}
	for _, level := range []string{"按社区合计", "按街道（乡镇）合计", "按区合计", "1 / 3 个小区可显示"} {
		if !strings.Contains(body, level) {
			t.Errorf("no %s", level)
		}
	}
}

// The page refreshes itself while answers come in, and only then.
func TestStandingsLive(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	p.get(s.path("/standings")).expect(t, "open", 200, "data-live", "!http-equiv")
	p.get(s.path("/standings?live=1")).expect(t, "without script", 200, `http-equiv="refresh"`)
	s.CloseCampaign()
	p.get(s.path("/standings?live=1")).expect(t, "closed", 200, "!data-live", "!http-equiv")
}

// The sheet has all 38 items; 1.1 and 6.1 are filled by sealing alone.
func TestSheet(t *testing.T) {
	s := newSite(t)
	poster := s.PosterOf(s.Campaign, s.Neighbour.Buildings[0])
	for i := range 12 { // every home: the sample is full
		s.Saved(s.AnswerAt(poster, i))
	}
	p := s.signIn(s.District)
	sheet := s.sheetsAt("/" + s.Neighbour.ID.String())
	p.get(s.sheetsAt("")).expect(t, "sheets", 200, "晨光花园")
	r := p.get(sheet)
	r.expect(t, "before sealing", 200, "小区业主对物业管理满意度高于90%", "≥ 0", "未完成", "!12/12")
	if n := strings.Count(r.Body, `<th scope="row">`); n != 38 {
		t.Errorf("%d items, want 38", n)
	}
	s.SealCampaign()
	p.get(sheet).expect(t, "after sealing", 200, "≥ 10", "未完成", "12/12", "100.0%", "待评", "封存结果第 1 版")
	empty := p.get(s.sheetsAt("/" + s.Sibling.ID.String()))
	empty.expect(t, "without answers", 200, "未评定", "≥ 0", "未定")
}

// Under ten answers the word stands with n/N and without k (RULES §8).
func TestSheetOfFewAnswers(t *testing.T) {
	s := newSite(t)
	poster := s.PosterOf(s.Campaign, s.Neighbour.Buildings[0])
	for i := range 9 {
		s.Saved(s.AnswerAt(poster, i))
	}
	s.SealCampaign()
	s.signIn(s.District).get(s.sheetsAt("/"+s.Neighbour.ID.String())).
		expect(t, "nine answers", 200, "9/12 户", "未评定", "!9/9", "!100.0%")
}
