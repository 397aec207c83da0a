package roster_test

import (
	"testing"

	"meihao/survey"
	"meihao/survey/roster"
)

// Suggestions look like the name in the file, those of its district only, and
// nothing is suggested where nothing looks alike.
func TestSuggest(t *testing.T) {
	project := func(name, district, community string) survey.Project {
		return survey.Project{Name: name, Place: survey.Place{Area: survey.Area{District: district, Community: community}}}
	}
	s := roster.NewSuggester([]survey.Project{
		project("清河苑", "东区", "甲社区"), project("清河苑", "西区", "乙社区"), project("清河苑二期", "东区", "乙社区"), project("望山家园", "东区", "甲社区"),
	})
	for _, c := range []struct {
		named, district, community string
		want                       []string
	}{
		{"清河院小区", "东区", "", []string{"清河苑"}},
		{"清河苑小区", "东区", "", []string{"清河苑", "清河苑", "清河苑二期"}},
		{"望山家圆", "东区", "", []string{"望山家园"}},
		{"完全不同", "东区", "", nil},
		{"", "东区", "", nil},
	} {
		var got []string
		for _, p := range s.Suggest(survey.Complaint{Named: c.named, District: c.district, Community: c.community}) {
			got = append(got, p.Name)
		}
		if len(got) != len(c.want) || len(got) > 0 && got[0] != c.want[0] {
			t.Errorf("%s: %v, want %v", c.named, got, c.want)
		}
	}
	same := s.Suggest(survey.Complaint{Named: "清河苑", District: "西区"})
	if len(same) == 0 || same[0].Area.District != "西区" {
		t.Errorf("an equal name of the district: %v", same)
	}
}
