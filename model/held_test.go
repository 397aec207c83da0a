package model_test

import (
	"testing"

	"meihao/model/modeltest"
	"meihao/survey"
)

// overfull fills 紫藤苑 (12 homes) with 12 content owners and more unhappy ones.
func overfull(w *modeltest.World, more int) []survey.HeldResponse {
	w.T.Helper()
	poster := w.PosterOf(w.Campaign, w.Neighbour.Buildings[0])
	for i := range 12 {
		w.Saved(w.AnswerAt(poster, i).Owner())
	}
	for i := range more {
		w.Saved(w.AnswerAt(poster, 50+i).Owner().Rate(1))
	}
	return heldOf(w)
}

func heldOf(w *modeltest.World) []survey.HeldResponse {
	w.T.Helper()
	held, err := w.Store.Held(w.Ctx(), w.District.Scope, w.Campaign.ID, w.Neighbour.ID)
	w.Must(err)
	return held
}

func neighbour(w *modeltest.World) survey.Enrolment {
	w.T.Helper()
	e, _, err := w.Store.Enrolment(w.Ctx(), survey.CityScope(), w.Campaign.ID, w.Neighbour.ID)
	w.Must(err)
	return e
}

func ids(held []survey.HeldResponse) []int64 {
	list := make([]int64, len(held))
	for i, h := range held {
		list[i] = h.ID
	}
	return list
}

func TestHeldAreDecidedByTwo(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		held := overfull(w, 4)
		if len(held) != 4 || held[0].Label != "1号楼" || held[0].Reason != survey.OverHouseholds || held[0].Bases != survey.OwnerBase {
			t.Fatalf("held: %+v", held)
		}
		out, in := ids(held[:3]), ids(held[3:])
		propose := func(responses []int64, release bool) survey.Proposal {
			p, err := w.Store.Propose(w.Ctx(), w.District, w.Campaign.ID, w.Neighbour.ID, responses, release, modeltest.Reason)
			w.Must(err)
			return p
		}
		exclude, release := propose(out, false), propose(in, true)
		if exclude.Count != 3 || exclude.ByName != "district 测试员" || exclude.Release {
			t.Errorf("proposal %+v", exclude)
		}
		_, err := w.Store.Propose(w.Ctx(), w.Colleague, w.Campaign.ID, w.Neighbour.ID, in, false, modeltest.Reason)
		wantKind(t, err, survey.Conflict) // another proposal is about it
		for _, h := range heldOf(w) {
			if h.Proposal == 0 {
				t.Errorf("response %d shows no proposal", h.ID)
			}
		}
		wantKind(t, w.Store.Decide(w.Ctx(), w.District, exclude.ID, true), survey.Conflict)
		wantKind(t, w.Store.Decide(w.Ctx(), w.Stranger, exclude.ID, true), survey.NotFound)
		wantKind(t, w.Store.Decide(w.Ctx(), w.Community, exclude.ID, true), survey.Forbidden)
		w.Must(w.Store.Decide(w.Ctx(), w.Colleague, exclude.ID, true))
		w.Must(w.Store.Decide(w.Ctx(), w.City, release.ID, true))
		e := neighbour(w)
		if got := e.Tally.Counted(survey.ByRoom, survey.OwnerBase); got != (survey.Score{Responses: 13, Answered: 13, Satisfied: 12}) {
			t.Errorf("counted %+v", got)
		}
		if e.Tally.InState(survey.Excluded) != 3 || e.Tally.InState(survey.Held) != 0 || e.Claims != 16 {
			t.Errorf("excluded %d, held %d, claims %d: exclusion frees no claim", e.Tally.InState(survey.Excluded), e.Tally.InState(survey.Held), e.Claims)
		}
		wantKind(t, w.Store.Decide(w.Ctx(), w.Colleague, exclude.ID, true), survey.NotFound)
		proposals, err := w.Store.Proposals(w.Ctx(), w.District.Scope, w.Campaign.ID)
		w.Must(err)
		if len(proposals) != 0 || len(heldOf(w)) != 0 {
			t.Errorf("left: %v, %v", proposals, heldOf(w))
		}
		if got := actions(w, "proposal "+exclude.ID.String()); len(got) != 2 || got[1] != "colleague held.excluded" {
			t.Errorf("events %v", got)
		}
		w.Clean()
	})
}

func TestProposalWithdrawn(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		held := overfull(w, 1)
		p, err := w.Store.Propose(w.Ctx(), w.District, w.Campaign.ID, w.Neighbour.ID, ids(held), false, modeltest.Reason)
		w.Must(err)
		w.Must(w.Store.Decide(w.Ctx(), w.District, p.ID, false))
		if got := heldOf(w); len(got) != 1 || got[0].Proposal != 0 {
			t.Errorf("after withdrawing: %+v", got)
		}
		_, err = w.Store.Propose(w.Ctx(), w.Colleague, w.Campaign.ID, w.Neighbour.ID, ids(held), true, modeltest.Reason)
		w.Must(err)
		w.Clean()
	})
}

func TestProposeRefuses(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		held := overfull(w, 1)
		for _, c := range []struct {
			name      string
			project   survey.ID
			responses []int64
			reason    string
			want      survey.Kind
		}{
			{"no reason", w.Neighbour.ID, ids(held), " 无 ", survey.Invalid},
			{"nothing", w.Neighbour.ID, nil, modeltest.Reason, survey.NotFound},
			{"a response that is none", w.Neighbour.ID, []int64{1}, modeltest.Reason, survey.NotFound},
			{"twice the same", w.Neighbour.ID, []int64{held[0].ID, held[0].ID}, modeltest.Reason, survey.Conflict},
			{"another project's", w.Project.ID, ids(held), modeltest.Reason, survey.NotFound},
			{"a project out of scope", w.Foreign.ID, ids(held), modeltest.Reason, survey.NotFound},
		} {
			_, err := w.Store.Propose(w.Ctx(), w.District, w.Campaign.ID, c.project, c.responses, true, c.reason)
			if survey.KindOf(err) != c.want {
				t.Errorf("%s: %v, want %s", c.name, err, c.want)
			}
		}
		w.Clean()
	})
}

// Only until sealing: what was undecided stays so.
func TestNoDecisionAfterSealing(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		held := overfull(w, 2)
		p, err := w.Store.Propose(w.Ctx(), w.District, w.Campaign.ID, w.Neighbour.ID, ids(held[:1]), true, modeltest.Reason)
		w.Must(err)
		w.SealCampaign()
		wantKind(t, w.Store.Decide(w.Ctx(), w.Colleague, p.ID, true), survey.NotFound)
		_, err = w.Store.Propose(w.Ctx(), w.District, w.Campaign.ID, w.Neighbour.ID, ids(held), true, modeltest.Reason)
		wantKind(t, err, survey.Conflict)
		w.Clean()
	})
}

// Decisions that count an answer move the shown copy in the same transaction and
// in steps of five; what is held or excluded moves nothing.
func TestDecisionsMoveTheShownCopy(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		held := overfull(w, 8) // 20 answers, 12 counted: the copy shows ten of them
		decide := func(responses []int64, release bool, shown int64) {
			t.Helper()
			p, err := w.Store.Propose(w.Ctx(), w.District, w.Campaign.ID, w.Neighbour.ID, responses, release, modeltest.Reason)
			w.Must(err)
			w.Must(w.Store.Decide(w.Ctx(), w.Colleague, p.ID, true))
			if got := neighbour(w).Owner.Counted.Responses; got != shown {
				t.Errorf("%d are shown after %d decisions, want %d", got, len(responses), shown)
			}
		}
		decide(ids(held[:2]), true, 10)
		decide(ids(held[2:5]), false, 10)
		decide(ids(held[5:7]), true, 15)
		w.Clean()
	})
}

func TestReceipt(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		counted := w.Saved(w.Answer(1).Rate(1))
		open := w.Saved(w.Answer(2).Open("device"))
		for receipt, want := range map[string]survey.ReceiptStatus{
			counted: {State: survey.Counted, Project: "晨光花园", Lane: survey.RoomLane, Counts: true, Phone: "010-12345678"},
			open:    {State: survey.Counted, Project: "晨光花园", Lane: survey.OpenLane, Counts: false, Phone: "010-12345678"},
		} {
			got, err := w.Store.Receipt(w.Ctx(), receipt)
			w.Must(err)
			if got != want {
				t.Errorf("%+v, want %+v", got, want)
			}
		}
		other := w.Another()
		foreign := other.Saved(other.Answer(1))
		unsaved := w.Answer(9).Submission().Receipt
		for _, receipt := range []string{"", "x", foreign, unsaved, counted[:17] + "0", counted + "0"} {
			if receipt == counted {
				continue
			}
			_, err := w.Store.Receipt(w.Ctx(), receipt)
			wantKind(t, err, survey.NotFound)
		}
		w.SealCampaign()
		if got, err := w.Store.Receipt(w.Ctx(), counted); err != nil || got.State != survey.Counted {
			t.Errorf("after sealing: %+v, %v", got, err)
		}
	})
}
