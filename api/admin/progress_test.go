package admin_test

import (
	"testing"

	"meihao/survey/rubric"
)

// The progress says how many items each party has marked and what is left; a
// third party sees its own part only, who assesses itself nothing of it.
func TestProgress(t *testing.T) {
	s := newSite(t)
	activity := s.Campaign.Activity
	mark := func(items ...string) (marks []rubric.MarkChange) {
		for _, item := range items {
			points := rubric.Halves(2)
			marks = append(marks, rubric.MarkChange{Item: item, Points: &points, Note: "查看台账"})
		}
		return marks
	}
	third, p := s.third()
	s.Must(s.Store.Declare(s.Ctx(), third, activity, s.Project.ID, false, ""))
	s.Must(s.Store.SaveMarks(s.Ctx(), s.District, activity, s.Project.ID, mark("2.1", "2.2", "2.3")))
	s.Must(s.Store.SaveMarks(s.Ctx(), third, activity, s.Project.ID, mark("2.1")))
	points := rubric.Halves(1)
	s.Must(s.Store.SaveMarks(s.Ctx(), s.Colleague, activity, s.Project.ID, []rubric.MarkChange{{Item: "2.2", Points: &points, Note: "抽查"}}))
	s.Must(s.Store.RecordVeto(s.Ctx(), s.District, activity, s.Project.ID, rubric.Recorded{Item: "6.2", State: rubric.No, Document: "核查意见"}))
	path := "/admin/sheets/" + activity.String() + "/progress"
	district := s.signIn(s.District)
	district.get(path).expect(t, "the district", 200, "3 / 84", "1 / 84", "晨光花园", `data-label="未认定的否决项">4<`, "≠ 1")
	district.get(path+"?q=晨光花园&as=csv").expect(t, "as CSV", 200, "晨光花园", ",28,0,3,1,1,1,4,0,")
	p.get(path).expect(t, "the third party", 200, "1 / 84", "!3 / 84", "!data-label=\"未认定的否决项\"")
	p.get(path+"?left=1").expect(t, "what is left", 200, "晨光花园")
	s.signIn(s.Auditor).get(path).expect(t, "the auditor", 200, "3 / ")
	s.signIn(s.Community).get(path).expect(t, "the community", 404)
}
