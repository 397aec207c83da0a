package model_test

import (
	"testing"
	"time"

	"meihao/model/modeltest"
	"meihao/survey"
)

// A held response that is decided after the end moves nobody's figures by
// itself: they stay as they were when the first was decided, move in steps of
// five, and are exact again once the campaign is sealed (RULES §8).
func TestDecisionsAfterTheEndMoveInSteps(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		held := overfull(w, 8)
		w.CloseCampaign()
		wants := func(when string, n int64, pending bool) {
			t.Helper()
			e := neighbour(w)
			for _, role := range []survey.Role{survey.DistrictRole, survey.CommunityRole} {
				s := survey.Stand(w.Campaign, e, role, w.Clock.Now())
				g := survey.Glances(w.Campaign, []survey.Enrolment{e}, role, w.Clock.Now())[0]
				q := survey.DistributionOf(w.Campaign, e, w.Clock.Now())
				if *s.Owner.Answered != n || g.Owner.Answered != n || q.Owner.Counted.Answered != n || s.Pending != pending || g.Pending != pending {
					t.Errorf("%s, %s: %d, %d, %d answers, pending %v, %v; want %d, %v", when, role,
						*s.Owner.Answered, g.Owner.Answered, q.Owner.Counted.Answered, s.Pending, g.Pending, n, pending)
				}
			}
		}
		decide := func(responses []int64, release bool) {
			p, err := w.Store.Propose(w.Ctx(), w.District, w.Campaign.ID, w.Neighbour.ID, responses, release, modeltest.Reason)
			w.Must(err)
			w.Must(w.Store.Decide(w.Ctx(), w.Colleague, p.ID, true))
		}
		wants("closed", 12, true)
		decide(ids(held[:1]), true)
		wants("after one", 12, true)
		decide(ids(held[1:3]), false)
		decide(ids(held[3:5]), true)
		wants("after three and two excluded", 12, true)
		decide(ids(held[5:8]), true)
		wants("after six", 17, true)
		reopen(w, w.Clock.Now().Add(48*time.Hour))
		e := neighbour(w)
		if live := survey.Stand(w.Campaign, e, survey.DistrictRole, w.Clock.Now()); *live.Owner.Answered != 17 {
			t.Errorf("reopened with %d answers", *live.Owner.Answered)
		}
		w.CloseCampaign()
		wants("closed again", 18, false)
		w.SealCampaign()
		wants("sealed", 18, false)
		w.Clean()
	})
}
