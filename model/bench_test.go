package model_test

import (
	"strconv"
	"testing"
	"time"

	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/roster"
)

// BenchmarkSaveResponses saves groups of 64 new households' answers, durably
// (synchronous=FULL), and reports answers per second.
func BenchmarkSaveResponses(b *testing.B) {
	for _, spread := range []struct {
		name     string
		projects int
	}{{"one project", 1}, {"500 projects", 500}} {
		for _, size := range []int{1, 64, 256} {
			for _, engine := range modeltest.Engines() {
				b.Run(string(engine)+"/"+spread.name+"/groups of "+strconv.Itoa(size), func(b *testing.B) {
					l := modeltest.NewLargeOn(b, engine, spread.projects)
					n := 0
					b.ResetTimer()
					for b.Loop() {
						b.StopTimer()
						group := l.Batch(size, spread.projects)
						b.StartTimer()
						saved, err := l.Store.SaveResponses(b.Context(), group)
						if err != nil || saved[0].Err != nil {
							b.Fatal(err, saved[0].Err)
						}
						n += size
					}
					b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "answers/s")
				})
			}
		}
	}
}

// BenchmarkEnrolments reads what standings are made of, for 8,000 projects
// with a handful of answers each, and as they are after ten million: the
// cost must hardly differ.
func BenchmarkEnrolments(b *testing.B) {
	l := modeltest.NewLarge(b, 8000)
	q, err := l.Store.Questionnaire(b.Context(), l.Campaign.Questionnaire)
	if err != nil {
		b.Fatal(err)
	}
	db := l.SQL()
	for _, answers := range []int{12, 1250} {
		var tally survey.Tally
		for i := range answers {
			a := l.AnswerAt(l.Posters[0], i).Bases(survey.Bases(1+i%3)).Rate(1+i%5).With("Q2", strconv.Itoa(1+i%5)).With("Q8", "H24")
			r := survey.Response{Bases: survey.Bases(1 + i%3), Group: 1 + i%7, Lane: survey.RoomLane, State: survey.Counted, Answers: a.Submission().Answers}
			if err := tally.Add(q, r, 1); err != nil {
				b.Fatal(err)
			}
		}
		exec(b, db, "UPDATE tallies SET tally = ?", tally.Pack())
		if err := l.Store.ShowAnew(b.Context(), l.Campaign.ID); err != nil {
			b.Fatal(err)
		}
		b.Run(strconv.Itoa(answers)+" answers a project", func(b *testing.B) {
			for b.Loop() {
				rows, err := l.Store.Enrolments(b.Context(), survey.CityScope(), l.Campaign.ID)
				if err != nil || len(rows) != 8000 {
					b.Fatal(err, len(rows))
				}
			}
		})
	}
}

// BenchmarkImportProjects imports a register of 8,000 projects with 60,000
// buildings.
func BenchmarkImportProjects(b *testing.B) {
	rows := modeltest.Register(8000, 8)[:60000]
	for b.Loop() {
		s := modeltest.Database{Dir: b.TempDir()}.Open(b, modeltest.NewClock())
		plan, err := s.ImportProjects(b.Context(), survey.Actor{Username: "bench", Scope: survey.CityScope()}, roster.File{Rows: rows}, roster.Apply{Apply: true})
		if err != nil || len(plan.Refused) > 0 {
			b.Fatal(err, len(plan.Refused))
		}
	}
}

// BenchmarkAnswerBesideImport imports the same city while answers are saved
// one after the other, and reports the longest wait of one.
func BenchmarkAnswerBesideImport(b *testing.B) {
	rows := modeltest.Register(8000, 8)[:60000]
	for i := range rows {
		rows[i].District = "新城区" // none of the projects that are there
	}
	longest := time.Duration(0)
	for b.Loop() {
		w := modeltest.New(b)
		done := make(chan error, 1)
		go func() {
			_, err := w.Store.ImportProjects(b.Context(), w.City, roster.File{Rows: rows}, roster.Apply{Apply: true})
			done <- err
		}()
		for n := 1; len(done) == 0; n++ {
			start := time.Now()
			w.Save(w.Answer(n % 20).Key(strconv.Itoa(n)))
			longest = max(longest, time.Since(start))
		}
		if err := <-done; err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(longest.Milliseconds()), "longest-ms")
}

// BenchmarkPoster reads posters that are not in the cache.
func BenchmarkPoster(b *testing.B) {
	l := modeltest.NewLarge(b, 500)
	i := 0
	for b.Loop() {
		i++
		l.Clock.Add(20 * time.Minute)
		if _, err := l.Store.Poster(b.Context(), l.Posters[i%500].Code); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPosterKept asks for posters that are in the cache.
func BenchmarkPosterKept(b *testing.B) {
	l := modeltest.NewLarge(b, 500)
	i := 0
	for b.Loop() {
		i++
		if _, err := l.Store.Poster(b.Context(), l.Posters[i%500].Code); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkVerify verifies a campaign of a million responses and two million
// claims over 500 projects. What is verified is multiplied by SQL, so that
// the tallies differ and every project is a finding.
func BenchmarkVerify(b *testing.B) {
	l := modeltest.NewLarge(b, 500)
	for range 20 {
		if _, err := l.Store.SaveResponses(b.Context(), l.Batch(100, 500)); err != nil {
			b.Fatal(err)
		}
	}
	db := l.SQL()
	const times = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) "
	exec(b, db, times+`INSERT INTO responses SELECT campaign, project, ABS(RANDOM()), bases, grp, lane, state, reason, version,
		answers, RANDOMBLOB(16), change_key FROM responses, n`)
	exec(b, db, times+`INSERT INTO claims SELECT campaign, project, RANDOMBLOB(16), base, refused FROM claims, n`)
	b.ResetTimer()
	for b.Loop() {
		if findings, err := l.Store.Verify(b.Context(), 0); err != nil || len(findings) < 400 {
			b.Fatal(len(findings), err)
		}
	}
}
