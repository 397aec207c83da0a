package model_test

import (
	"testing"

	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/rubric"
)

// A third party says of each project whether it has an interest; what it says
// decides whether it may mark, and each change is an event.
func TestDeclarations(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		activity, third := w.Campaign.Activity, thirdParty(w, "third")
		points := rubric.Halves(2)
		mark := func() error {
			return w.Store.SaveMarks(w.Ctx(), third, activity, w.Project.ID, []rubric.MarkChange{{Item: "2.1", Points: &points, Note: "现场查看"}})
		}
		declare := func(interest bool, note string, projects ...survey.ID) error {
			return w.Store.DeclareAll(w.Ctx(), third, activity, projects, interest, note)
		}
		wantFault(t, "before", mark(), "error.declaration.missing")
		wantFault(t, "of nothing", declare(false, ""), "error.declaration.none")
		wantFault(t, "an interest that is not named", declare(true, " ", w.Project.ID), "error.declaration.note")
		wantFault(t, "one of them elsewhere", declare(false, "", w.Project.ID, w.Foreign.ID), "error.not_found")
		wantFault(t, "all of the former or none", mark(), "error.declaration.missing")
		wantFault(t, "an interest", declare(true, "为物业企业提供过服务", w.Project.ID), "")
		wantFault(t, "with an interest", mark(), "error.declaration.interest")
		wantFault(t, "no more, and not why", declare(false, "", w.Project.ID), "error.declaration.back")
		wantFault(t, "no more", declare(false, "合同已于去年结束", w.Project.ID, w.Neighbour.ID), "")
		wantFault(t, "the same again", declare(false, "合同已于去年结束", w.Project.ID), "")
		wantFault(t, "without", mark(), "")
		for name, one := range map[string]struct {
			actor survey.Actor
			want  string
		}{"district": {w.District, "error.forbidden"}, "community": {w.Community, "error.forbidden"}, "auditor": {w.Auditor, "error.forbidden"}} {
			wantFault(t, name, w.Store.Declare(w.Ctx(), one.actor, activity, w.Project.ID, false, ""), one.want)
		}
		list, err := w.Store.Declarations(w.Ctx(), w.District.Scope, activity)
		w.Must(err)
		if len(list) != 2 || list[0].Project.ID != w.Project.ID || list[0].Interest || list[0].Note != "合同已于去年结束" || list[0].By.Name != "third" {
			t.Errorf("the district sees %+v", list)
		}
		if list, err = w.Store.Declarations(w.Ctx(), w.Stranger.Scope, activity); err != nil || len(list) != 0 {
			t.Errorf("another district sees %d (%v)", len(list), err)
		}
		if n := count(t, w.SQL(), "SELECT COUNT(*) FROM events WHERE action = 'declaration.made'"); n != 3 {
			t.Errorf("%d events, want 3", n)
		}
		endActivity(w)
		wantFault(t, "ended", declare(false, "", w.Sibling.ID), "error.activity.ended")
	})
}
