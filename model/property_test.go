package model_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"meihao/model/modeltest"
	"meihao/survey"
)

// Whatever happens in whatever order, verify finds nothing: tallies are the
// recount, claims are the responses of each base, turnout adds up.
func TestTallyIsTheRecount(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		seed := uint64(time.Now().UnixNano())
		t.Logf("seed %d", seed)
		play(w, rand.New(rand.NewPCG(seed, 1)), 120)
		w.Clean()
		w.SealCampaign()
		w.Clean()
	})
}

// play lets random things happen in a world: answers alone and in groups,
// repeats, second members of a home, feedback, proposals and decisions,
// re-answers and withdrawals.
func play(w *modeltest.World, r *rand.Rand, steps int) {
	var posters []survey.Poster
	for _, b := range append(w.Project.Buildings, w.Neighbour.Buildings[0], w.Sibling.Buildings[0]) {
		posters = append(posters, w.PosterOf(w.Campaign, b))
	}
	var sent []modeltest.Answer
	people := []survey.Actor{w.District, w.Colleague, w.City}
	for range steps {
		switch r.IntN(8) {
		case 0, 1, 2:
			var group []modeltest.Answer
			for range 1 + r.IntN(12) {
				a := w.AnswerAt(posters[r.IntN(len(posters))], r.IntN(45)).
					Bases(survey.Bases(1 + r.IntN(3))).Rate(r.IntN(6)).Key(fmt.Sprintf("random-key-%06d", r.IntN(1e6)))
				if r.IntN(5) == 0 {
					a = a.Open(fmt.Sprintf("device-%d", r.IntN(30)))
				}
				if r.IntN(4) == 0 {
					a = a.Comment("随机意见").With("Q13", "VOTE", "OPIN").With("Q8", "H2")
				}
				group = append(group, a)
			}
			sent = append(sent, group...)
			w.Save(group...)
		case 3:
			if len(sent) > 0 {
				again := sent[r.IntN(len(sent))]
				w.Save(again, again)
			}
		case 4:
			project := []survey.ID{w.Project.ID, w.Neighbour.ID, w.Sibling.ID}[r.IntN(3)]
			held, err := w.Store.Held(w.Ctx(), survey.CityScope(), w.Campaign.ID, project)
			w.Must(err)
			var free []int64
			for _, h := range held {
				if h.Proposal == 0 && r.IntN(2) == 0 {
					free = append(free, h.ID)
				}
			}
			if len(free) > 0 {
				_, err := w.Store.Propose(w.Ctx(), people[r.IntN(3)], w.Campaign.ID, project, free, r.IntN(2) == 0, modeltest.Reason)
				w.Must(err)
			}
		case 5:
			proposals, err := w.Store.Proposals(w.Ctx(), survey.CityScope(), w.Campaign.ID)
			w.Must(err)
			for _, p := range proposals {
				err := w.Store.Decide(w.Ctx(), people[r.IntN(3)], p.ID, r.IntN(4) > 0)
				if err != nil && survey.KindOf(err) != survey.Conflict {
					w.T.Error(err)
				}
			}
		case 6, 7:
			if len(sent) > 0 {
				reanswer(w, r, sent[r.IntN(len(sent))])
			}
		}
	}
}

// reanswer lets who sent an answer answer again, or withdraw. Of an answer
// that was refused there is nothing to change.
func reanswer(w *modeltest.World, r *rand.Rand, first modeltest.Answer) {
	again := first.Withdrawn()
	if r.IntN(4) > 0 {
		to := first.Rate(1 + r.IntN(5)).Comment("")
		if r.IntN(3) == 0 {
			to = to.Comment("又想了想").With("Q13", "MEET").With("Q8", "NONE")
		}
		again = first.Again(to)
	}
	if err := w.Store.Reanswer(w.Ctx(), again); err != nil && survey.KindOf(err) != survey.NotFound {
		w.T.Error(err)
	}
}
