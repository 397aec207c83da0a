package model_test

import (
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"meihao/model"
	"meihao/model/modeltest"
	"meihao/survey"
)

// counted is what the posters of a project count, by code.
func counted(w *modeltest.World, project survey.ID) map[string]int64 {
	w.T.Helper()
	counts := map[string]int64{}
	for _, p := range places(w, project) {
		if p.Answers != 0 {
			counts[p.Code] = p.Answers
		}
	}
	return counts
}

// A poster counts each new answer that came through it once, whatever became
// of it: neither retries nor refusals.
func TestPosterCountsNewAnswers(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		second := w.PosterOf(w.Campaign, w.Project.Buildings[1])
		feedback := w.Answer(1).Open("device-of-somebody")
		w.Save(w.Answer(1), w.Answer(2), w.Answer(1), w.AnswerAt(second, 1), feedback)
		w.Save(w.Answer(1), w.Answer(2).Key("another-person-of-it"), w.Answer(3).Owner(), feedback)
		w.Save(w.Answer(3).Key("the-tenant-of-the-home").Tenant()) // another base, another answer
		third := w.PosterOf(w.Campaign, w.Project.Buildings[2])
		for i := range 13 { // 3号楼 and 4号楼 have 11 homes: the last two are held
			w.Saved(w.AnswerAt(third, i))
		}
		without := w.Answer(7).Submission()
		without.Poster = ""
		nobody := w.Answer(8).Submission()
		nobody.Poster = "00000000"
		saved, err := w.Store.SaveResponses(w.Ctx(), []survey.Submission{without, nobody})
		w.Must(err)
		if got := outcome(saved[0]) + " " + outcome(saved[1]); got != "saved unknown_poster" {
			t.Errorf("no poster and one that nobody knows: %s", got)
		}
		want := map[string]int64{w.Poster.Code: 5, second.Code: 1, third.Code: 13}
		if got := counted(w, w.Project.ID); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("counted %v, want %v", got, want)
		}
		if n := number(t, w.SQL(), "SELECT SUM(last_opened) + SUM(opens) FROM poster_counts"); n != 0 {
			t.Error("an answer is no opening, and leaves no day")
		}
		w.CloseCampaign()
		w.Save(w.Answer(1), w.Answer(30))
		if got := counted(w, w.Project.ID); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("after closing %v are counted, want %v", got, want)
		}
		w.Clean()
	})
}

// Several instances at once, with retries and two of a home, leave counts that
// a recount gives.
func TestPosterCountsInParallel(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		other := w.Again()
		posters := []survey.Poster{w.Poster, w.PosterOf(w.Campaign, w.Project.Buildings[1]), w.PosterOf(w.Campaign, w.Sibling.Buildings[0])}
		groups := make([][]survey.Submission, 12)
		for g := range groups {
			for i := range 10 {
				p := posters[(g+i)%len(posters)]
				groups[g] = append(groups[g], w.AnswerAt(p, i+g%3).Key("key-of-group-"+strconv.Itoa(g%4)+"-home-"+strconv.Itoa(i)).Submission())
			}
		}
		var wait sync.WaitGroup
		var mu sync.Mutex
		want := map[string]int64{}
		for g, group := range groups {
			store := []*model.Store{w.Store, other}[g%2]
			wait.Go(func() {
				saved, err := store.SaveResponses(w.Ctx(), group)
				if err != nil {
					t.Error(err)
					return
				}
				if err := store.AddOpens(w.Ctx(), map[string]int64{posters[g%3].Code: 1}, w.Clock.Now()); err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				for i, s := range saved {
					if s.Err == nil && !s.Retry {
						want[group[i].Poster]++
					}
				}
			})
		}
		wait.Wait()
		got := counted(w, w.Project.ID)
		for code, n := range counted(w, w.Sibling.ID) {
			got[code] = n
		}
		if fmt.Sprint(got) != fmt.Sprint(want) || len(want) != 3 {
			t.Errorf("counted %v, want %v", got, want)
		}
		if n := number(t, w.SQL(), "SELECT SUM(opens) FROM poster_counts"); n != 12 {
			t.Errorf("%d opens, want 12", n)
		}
		w.Clean()
	})
}

// What fails as a whole counts nothing.
func TestFaultCountsNothing(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		broken := w.Answer(2).Submission()
		broken.Answers = "not of this questionnaire"
		if _, err := w.Store.SaveResponses(w.Ctx(), []survey.Submission{w.Answer(1).Submission(), broken}); err == nil {
			t.Fatal("answers that cannot be counted were saved")
		}
		if n := number(t, w.SQL(), "SELECT COUNT(*) FROM poster_counts"); n != 0 {
			t.Errorf("%d posters count something", n)
		}
	})
}

// Nothing new comes in through a poster that was retired between the page and
// the save, also where this instance has not heard of it; what was saved
// before is still answered with its receipt (RULES §1).
func TestSaveChecksThePosterAgain(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		other := w.Again()
		known := w.Answer(1)
		receipt := w.Saved(known)
		next, err := other.ReplacePoster(w.Ctx(), w.Community, w.Poster.Code, modeltest.Reason)
		w.Must(err)
		saved := w.Save(known, w.Answer(2), known.Key("another-person-of-it"))
		if !saved[0].Retry || saved[0].Receipt != receipt {
			t.Errorf("a retry: %+v", saved[0])
		}
		wantKind(t, saved[1].Err, survey.RetiredPoster)
		wantKind(t, saved[2].Err, survey.RetiredPoster)
		w.Clock.Add(2 * time.Second)
		poster, err := w.Store.Poster(w.Ctx(), next.Code)
		w.Must(err)
		w.Saved(w.AnswerAt(poster, 2))
		if got := outcome(w.Save(w.AnswerAt(poster, 1).Key("another-person-of-it"))[0]); got != "already_answered" {
			t.Errorf("a home that answered through the old poster, through the new one: %s", got)
		}
		if got := outcome(w.Save(w.AnswerAt(poster, 1))[0]); got != "retry" {
			t.Errorf("the same request through the new poster: %s", got)
		}
		w.Clean()
	})
}

// While answers come in a poster is retired: once that is done, nothing more
// does.
func TestRetireAgainstSave(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		other := w.Again()
		submissions := make([]survey.Submission, 30)
		for i := range submissions {
			submissions[i] = w.Answer(i).Submission()
		}
		retired := make(chan struct{})
		var wait sync.WaitGroup
		wait.Go(func() {
			defer close(retired)
			if err := other.RetirePoster(w.Ctx(), w.Community, w.Poster.Code, modeltest.Reason); err != nil {
				t.Error(err)
			}
		})
		saved := int64(0)
		for _, one := range submissions {
			over := false
			select {
			case <-retired:
				over = true
			default:
			}
			results, err := w.Store.SaveResponses(w.Ctx(), []survey.Submission{one})
			w.Must(err)
			switch got := outcome(results[0]); {
			case got == "saved" && over:
				t.Error("an answer came in through a retired poster")
			case got == "saved":
				saved++
			case got != "retired_poster":
				t.Errorf("an answer: %s", got)
			}
		}
		wait.Wait()
		if got := counted(w, w.Project.ID)[w.Poster.Code]; got != saved {
			t.Errorf("%d are counted, %d were saved", got, saved)
		}
		w.Clean()
	})
}
