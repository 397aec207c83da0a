package model_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"meihao/model/modeltest"
	"meihao/survey"
)

// The same re-answer fifty times at once is stored once.
func TestSameReanswerInParallel(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		a := w.Answer(1).Comment("先前")
		w.Saved(a)
		same := a.Again(w.Answer(1).Rate(2).Comment("后来"))
		var wait sync.WaitGroup
		for range 50 {
			wait.Go(func() {
				if err := w.Store.Reanswer(w.Ctx(), same); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if got, _ := scores(w, survey.OwnerBase); got != (survey.Score{Responses: 1, Answered: 1}) {
			t.Errorf("%+v", got)
		}
		if got := texts(t, w.SQL(), "SELECT text FROM comments"); !slices.Equal(got, []string{"后来"}) {
			t.Errorf("comments %v", got)
		}
		w.Clean()
	})
}

// Of two re-answers at once one is the last, with answers and comment of its
// own.
func TestTwoReanswersAtOnce(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		a := w.Answer(1)
		receipt := w.Saved(a)
		db := w.SQL()
		for round := range 12 {
			var wait sync.WaitGroup
			for _, stars := range []int{1 + round%2, 4 + round%2} {
				r := a.Again(w.Answer(1).Rate(stars).Comment(fmt.Sprint(stars)))
				for range 3 {
					wait.Go(func() {
						if err := w.Store.Reanswer(w.Ctx(), r); err != nil {
							t.Error(err)
						}
					})
				}
			}
			wait.Wait()
			stars, comment := answersOf(w, receipt)["Q1"], texts(t, db, "SELECT text FROM comments")
			if !slices.Equal(stars, comment) {
				t.Errorf("answers of %v with the comment of %v", stars, comment)
			}
			w.Clean()
		}
	})
}

// Whoever decides on a held response that is answered again at that moment
// moves what is stored of it.
func TestReanswerBesideDecide(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		const rounds, each = 6, 3
		overfull(w, rounds*each)
		held := heldOf(w)
		poster := w.PosterOf(w.Campaign, w.Neighbour.Buildings[0])
		for round := range rounds {
			p, err := w.Store.Propose(w.Ctx(), w.District, w.Campaign.ID, w.Neighbour.ID, ids(held[round*each:(round+1)*each]), round%2 == 0, modeltest.Reason)
			w.Must(err)
			var wait sync.WaitGroup
			for i := range rounds * each {
				a := w.AnswerAt(poster, 50+i).Owner().Rate(1)
				r := a.Again(a.Rate(1 + (round+i)%5))
				wait.Go(func() {
					if err := w.Store.Reanswer(w.Ctx(), r); err != nil {
						t.Error(err)
					}
				})
			}
			wait.Go(func() {
				if err := w.Store.Decide(w.Ctx(), w.Colleague, p.ID, true); err != nil {
					t.Error(err)
				}
			})
			wait.Wait()
			w.Clean()
		}
		e := neighbour(w)
		if e.Tally.InState(survey.Held) != 0 || e.Tally.InState(survey.Excluded) != each*rounds/2 {
			t.Errorf("%d held, %d excluded", e.Tally.InState(survey.Held), e.Tally.InState(survey.Excluded))
		}
	})
}

// Once a campaign is closed nothing changes any more, whatever was under way.
func TestReanswerBesideClose(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		const people = 8
		for i := range people {
			w.Saved(w.Answer(i))
		}
		var wait sync.WaitGroup
		started := make(chan struct{}, people)
		for i := range people {
			var list []survey.Reanswer
			for stars := range 5 {
				list = append(list, w.Answer(i).Again(w.Answer(i).Rate(1+stars)))
			}
			wait.Go(func() {
				for n := 0; ; n++ {
					if n > 5000 {
						t.Error("5000 re-answers beside a closing and after it, and none was refused")
						return
					}
					err := w.Store.Reanswer(w.Ctx(), list[n%5])
					if n == 1 {
						started <- struct{}{}
					}
					if survey.KindOf(err) == survey.Closed {
						return
					}
					if err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		for range people {
			<-started
		}
		w.CloseCampaign()
		answers := func() []string {
			return texts(t, w.SQL(), "SELECT answers FROM responses ORDER BY id")
		}
		then := answers()
		wait.Wait()
		if got := answers(); !slices.Equal(got, then) {
			t.Errorf("answers changed after closing: %v, then %v", then, got)
		}
		w.Clean()
	})
}

// New answers and re-answers of the same projects go side by side, on two
// instances, without a deadlock that anybody hears of.
func TestReanswerBesideSaving(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		second := w.Again()
		posters := []survey.Poster{w.Poster, w.PosterOf(w.Campaign, w.Neighbour.Buildings[0]), w.PosterOf(w.Campaign, w.Sibling.Buildings[0])}
		of := func(n int) modeltest.Answer { return w.AnswerAt(posters[n%3], n).Comment("第一次") }
		const before, more = 30, 60
		var first []modeltest.Answer
		for n := range before {
			first = append(first, of(n))
		}
		w.Save(first...)
		var wait sync.WaitGroup
		for part := range 4 {
			var groups [][]survey.Submission
			for n := before + part*more/4; n < before+(part+1)*more/4; n += 5 {
				var group []survey.Submission
				for i := range 5 {
					group = append(group, of(n+i).Submission())
				}
				groups = append(groups, group)
			}
			var again []survey.Reanswer
			for n := part; n < before; n += 4 {
				again = append(again, of(n).Again(of(n).Rate(1+n%5)), of(n).Withdrawn(), of(n).Again(of(n).Rate(2).Comment("第二次")))
			}
			wait.Go(func() {
				for _, g := range groups {
					if _, err := w.Store.SaveResponses(w.Ctx(), g); err != nil {
						t.Error(err)
					}
				}
			})
			wait.Go(func() {
				for i, r := range again {
					store := w.Store
					if i%2 == 1 {
						store = second
					}
					if err := store.Reanswer(w.Ctx(), r); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wait.Wait()
		db := w.SQL()
		if n := number(t, db, "SELECT COUNT(*) FROM comments WHERE text = '第二次'"); n != before {
			t.Errorf("%d of %d re-answers are stored", n, before)
		}
		if n := number(t, db, "SELECT COUNT(*) FROM responses"); n != before+more {
			t.Errorf("%d responses, want %d", n, before+more)
		}
		w.Clean()
	})
}
