package model_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meihao/model/modeltest"
	"meihao/survey"
)

// varied are answers of so many homes of a poster from one on, to all kinds of
// questions, some of them left open. Overall satisfaction goes with Q2.
func varied(w *modeltest.World, r *rand.Rand, poster survey.Poster, from, n int, bases func() survey.Bases) []modeltest.Answer {
	var list []modeltest.Answer
	for i := from; i < from+n; i++ {
		rate := 1 + r.IntN(5)
		a := w.AnswerAt(poster, i).Bases(bases()).Rate(rate).Key(fmt.Sprintf("varied-home-%s-%04d", poster.Code, i))
		if r.IntN(6) > 0 {
			a = a.With("Q2", strconv.Itoa(max(1, min(5, rate+r.IntN(3)-1))))
		}
		a = a.With("Q3", []string{"5", "4", "3", "2", "1", "DK"}[r.IntN(6)]).With("Q11", []string{"Y", "N", "DK"}[r.IntN(3)])
		a = a.With("Q8", []string{"NONE", "H2", "LATE"}[r.IntN(3)]).With("Q13", [][]string{{"VOTE", "MEET"}, {"VOL"}, {"NONE"}}[r.IntN(3)]...)
		list = append(list, a)
	}
	return list
}

// recountOf is the recount of a project's stored rows: by question and option,
// and for each counted sheet the pairs (option of Q2, option of Q1).
func recountOf(t *testing.T, w *modeltest.World, project survey.ID, base survey.Bases) (map[string]map[string]int64, [][2]int) {
	t.Helper()
	q, err := w.Store.Questionnaire(w.Ctx(), w.Campaign.Questionnaire)
	w.Must(err)
	rows, err := w.SQL().Query("SELECT bases, lane, answers FROM responses WHERE campaign = ? AND project = ? AND state = 'c'", w.Campaign.ID, project)
	w.Must(err)
	defer rows.Close()
	counts, pairs := map[string]map[string]int64{}, [][2]int(nil)
	for rows.Next() {
		var bases survey.Bases
		var lane, answers string
		w.Must(rows.Scan(&bases, &lane, &answers))
		if !bases.Has(base) || !w.Campaign.Admission.Admits(survey.LaneOfLetter(lane)) {
			continue
		}
		chosen, err := q.Unpack(answers)
		w.Must(err)
		for id, codes := range chosen {
			if counts[id] == nil {
				counts[id] = map[string]int64{}
			}
			for _, code := range codes {
				counts[id][code]++
			}
		}
		if len(chosen["Q1"]) == 1 && len(chosen["Q2"]) == 1 && chosen["Q2"][0] != "DK" {
			pairs = append(pairs, [2]int{int(chosen["Q2"][0][0]), int(chosen["Q1"][0][0])})
		}
	}
	w.Must(rows.Err())
	return counts, pairs
}

// checkDistributions compares what a reader sees with the rows, and returns
// how many results were shown.
func checkDistributions(t *testing.T, w *modeltest.World, actor survey.Actor) int {
	t.Helper()
	q, err := w.Store.Questionnaire(w.Ctx(), w.Campaign.Questionnaire)
	w.Must(err)
	list, err := w.Store.Distributions(w.Ctx(), actor.Scope, w.Campaign.ID)
	w.Must(err)
	shown := 0
	for _, d := range list {
		for _, r := range survey.SumQuestions(w.Campaign, q, []survey.Distribution{d}, actor.Role, w.Clock.Now()) {
			if r.Counts == nil {
				continue
			}
			shown++
			recount, _ := recountOf(t, w, d.Project.ID, r.Base)
			for i, o := range r.Question.Options {
				if r.Counts[i] != recount[r.Question.ID][o.Code] {
					t.Errorf("%s %s=%s in base %d: %d, the rows have %d", d.Project.Name, r.Question.ID, o.Code, r.Base, r.Counts[i], recount[r.Question.ID][o.Code])
				}
			}
		}
	}
	return shown
}

func TestDistributionsAreTheRecount(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		seed := uint64(time.Now().UnixNano())
		t.Logf("seed %d", seed)
		r := rand.New(rand.NewPCG(seed, 2))
		both := func() survey.Bases { return survey.BothBases }
		w.Save(varied(w, r, w.Poster, 0, 15, both)...)
		if checkDistributions(t, w, w.District) == 0 {
			t.Error("nothing is shown while it runs")
		}
		q, err := w.Store.Questionnaire(w.Ctx(), w.Campaign.Questionnaire)
		w.Must(err)
		live := func() []survey.QuestionResult {
			list, err := w.Store.Distributions(w.Ctx(), w.District.Scope, w.Campaign.ID)
			w.Must(err)
			return survey.SumQuestions(w.Campaign, q, list, survey.DistrictRole, w.Clock.Now())
		}
		before := live()[4].Counts
		w.Save(varied(w, r, w.Poster, 15, 4, both)...)
		if diff := cmp.Diff(before, live()[4].Counts); diff != "" {
			t.Error("four answers more move what is shown while it runs", diff)
		}
		any := func() survey.Bases { return survey.Bases(1 + r.IntN(3)) }
		w.Save(varied(w, r, w.Poster, 19, 21, any)...)
		second := w.PosterOf(w.Campaign, w.Project.Buildings[1])
		w.Save(varied(w, r, second, 0, 30, any)...)
		w.CloseCampaign()
		if n := checkDistributions(t, w, w.Community); n < 10 {
			t.Errorf("only %d results are shown after closing", n)
		}
		list, err := w.Store.Distributions(w.Ctx(), w.OtherCommunity.Scope, w.Campaign.ID)
		if err != nil || len(list) != 1 || list[0].Project.ID != w.Sibling.ID {
			t.Errorf("another community sees %v, %v", list, err)
		}
		if _, err := w.Store.Distributions(w.Ctx(), w.Stranger.Scope, w.Campaign.ID); survey.KindOf(err) != survey.NotFound {
			t.Errorf("another district sees the campaign: %v", err)
		}
	})
}

// tau is τ-b counted pair by pair.
func tau(sheets [][2]int) float64 {
	var same, x, y float64
	sign := func(n int) float64 { return float64(max(-1, min(1, n))) }
	for i, a := range sheets {
		for _, b := range sheets[:i] {
			dx, dy := sign(a[0]-b[0]), sign(a[1]-b[1])
			same, x, y = same+dx*dy, x+dx*dx, y+dy*dy
		}
	}
	return same / math.Sqrt(x*y)
}

func TestCrossIsTheRecount(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		r := rand.New(rand.NewPCG(7, 7))
		both := func() survey.Bases { return survey.BothBases }
		w.Save(varied(w, r, w.Poster, 0, 40, both)...)
		w.Save(varied(w, r, w.PosterOf(w.Campaign, w.Sibling.Buildings[0]), 0, 18, both)...)
		w.CloseCampaign()
		q, err := w.Store.Questionnaire(w.Ctx(), w.Campaign.Questionnaire)
		w.Must(err)
		cross := func(scope survey.Scope) survey.Association {
			list, err := w.Store.Distributions(w.Ctx(), survey.CityScope(), w.Campaign.ID)
			w.Must(err)
			x := survey.NewCrossing(w.Campaign, q, list, survey.CityRole, w.Clock.Now())
			if x.Sheets() != 58 || len(x.Projects()) != 2 {
				t.Fatalf("%d sheets of %d projects", x.Sheets(), len(x.Projects()))
			}
			w.Must(w.Store.Cross(w.Ctx(), scope, w.Campaign.ID, x))
			return x.Associations(survey.OwnerBase)[0]
		}
		_, one := recountOf(t, w, w.Project.ID, survey.OwnerBase)
		_, other := recountOf(t, w, w.Sibling.ID, survey.OwnerBase)
		check := func(what string, got survey.Association, sheets [][2]int) {
			t.Helper()
			if want := tau(sheets); got.Both != int64(len(sheets)) || math.Abs(got.Float()-want) > 1e-12 {
				t.Errorf("%s: %v of %d, the rows have %v of %d", what, got.Float(), got.Both, want, len(sheets))
			}
		}
		check("district", cross(w.District.Scope), slices.Concat(one, other))
		check("community", cross(w.Community.Scope), one) // what is wanted out of scope is left out
		// It is read once, until something happens by the staff's hand.
		exec(t, w.SQL(), "UPDATE responses SET answers = (SELECT a FROM (SELECT MIN(answers) AS a FROM responses) m) WHERE project = ?", w.Sibling.ID)
		check("read once", cross(w.District.Scope), slices.Concat(one, other))
		w.Clock.Add(time.Minute)
		w.Draft(nil)
		_, moved := recountOf(t, w, w.Sibling.ID, survey.OwnerBase)
		check("after an event", cross(w.District.Scope), slices.Concat(one, moved))
	})
}
