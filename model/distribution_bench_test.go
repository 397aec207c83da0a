package model_test

import (
	"strconv"
	"testing"
	"time"

	"meihao/model/modeltest"
	"meihao/survey"
)

// cityOfAnswers is a city of 8,000 projects whose tallies are those of ten
// million answers.
func cityOfAnswers(b *testing.B) *modeltest.Large {
	b.Helper()
	l := modeltest.NewLarge(b, 8000)
	q, err := l.Store.Questionnaire(b.Context(), l.Campaign.Questionnaire)
	if err != nil {
		b.Fatal(err)
	}
	var tally survey.Tally
	for i := range 1250 {
		a := l.AnswerAt(l.Posters[0], i).Bases(survey.Bases(1 + i%3)).Rate(1 + i%5)
		for n, id := range []string{"Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q9", "Q10"} {
			a = a.With(id, strconv.Itoa(1+(i+n)%5))
		}
		a = a.With("Q8", "H24").With("Q13", "VOTE", "MEET").With("Q14", "NONE")
		r := survey.Response{Bases: survey.Bases(1 + i%3), Group: 1 + i%7, Lane: survey.RoomLane, State: survey.Counted, Answers: a.Submission().Answers}
		if err := tally.Add(q, r, 1); err != nil {
			b.Fatal(err)
		}
	}
	exec(b, l.SQL(), "UPDATE tallies SET tally = ?", tally.Pack())
	if err := l.Store.ShowAnew(b.Context(), l.Campaign.ID); err != nil {
		b.Fatal(err)
	}
	return l
}

// BenchmarkDistributions reads and adds up what was answered to every question
// in 8,000 projects: from the shown copies and, closed, from the tallies.
func BenchmarkDistributions(b *testing.B) {
	l := cityOfAnswers(b)
	q, err := l.Store.Questionnaire(b.Context(), l.Campaign.Questionnaire)
	if err != nil {
		b.Fatal(err)
	}
	run := func(b *testing.B, sum bool) {
		for b.Loop() {
			list, err := l.Store.Distributions(b.Context(), survey.CityScope(), l.Campaign.ID)
			if err != nil || len(list) != 8000 {
				b.Fatal(err, len(list))
			}
			if !sum {
				continue
			}
			if r := survey.SumQuestions(l.Campaign, q, list, survey.CityRole, l.Clock.Now()); r[4].Shown != 8000 {
				b.Fatalf("%d projects are shown", r[4].Shown)
			}
		}
	}
	b.Run("running", func(b *testing.B) { run(b, false) })
	b.Run("running, added up", func(b *testing.B) { run(b, true) })
	closeLarge(b, l)
	b.Run("closed", func(b *testing.B) { run(b, false) })
	b.Run("closed, added up", func(b *testing.B) { run(b, true) })
}

// BenchmarkCross reads the answer sheets of one district's worth of projects,
// as many as are read for one page at the most.
func BenchmarkCross(b *testing.B) {
	l := modeltest.NewLarge(b, 100)
	q, err := l.Store.Questionnaire(b.Context(), l.Campaign.Questionnaire)
	if err != nil {
		b.Fatal(err)
	}
	for range 20 {
		if _, err := l.Store.SaveResponses(b.Context(), l.Batch(100, 100)); err != nil {
			b.Fatal(err)
		}
	}
	db := l.SQL()
	for n := 2000; n < survey.MostCrossed; n *= 2 {
		exec(b, db, `INSERT INTO responses SELECT campaign, project, abs(random()), bases, grp, lane, state, reason, version, answers, randomblob(16), change_key FROM responses LIMIT ?`, min(n, survey.MostCrossed-n))
	}
	closeLarge(b, l)
	list, err := l.Store.Distributions(b.Context(), survey.CityScope(), l.Campaign.ID)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		b.StopTimer()
		l.Clock.Add(time.Minute)
		draft := survey.Campaign{Name: "放开缓存", Admission: survey.ByRoom, Margins: survey.DefaultMargins(), Opens: l.Clock.Now(), Closes: l.Clock.Now().Add(time.Hour)}
		if _, err := l.Store.AddCampaign(b.Context(), l.City, draft); err != nil { // news: what was read is let go of
			b.Fatal(err)
		}
		x := survey.NewCrossing(l.Campaign, q, list, survey.CityRole, l.Clock.Now())
		b.StartTimer()
		if err := l.Store.Cross(b.Context(), survey.CityScope(), l.Campaign.ID, x); err != nil {
			b.Fatal(err)
		}
		if a := x.Associations(survey.OwnerBase)[0]; a.Both < 1000 {
			b.Fatal(a.Both)
		}
	}
}

func closeLarge(b *testing.B, l *modeltest.Large) {
	b.Helper()
	c, err := l.Store.CloseCampaign(b.Context(), l.City, l.Campaign.ID, modeltest.Reason)
	if err != nil {
		b.Fatal(err)
	}
	l.Campaign = c
}
