package model_test

import (
	"strconv"
	"testing"

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
			b.Run(spread.name+"/groups of "+strconv.Itoa(size), func(b *testing.B) {
				l := modeltest.NewLarge(b, spread.projects)
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

// BenchmarkEnrolments reads what standings are made of, for 8,000 projects
// with an answer each.
func BenchmarkEnrolments(b *testing.B) {
	l := modeltest.NewLarge(b, 8000)
	for i := 0; i < len(l.Posters); i += 250 {
		group := make([]survey.Submission, 0, 250)
		for _, p := range l.Posters[i : i+250] {
			group = append(group, l.AnswerAt(p, 0).Submission())
		}
		if _, err := l.Store.SaveResponses(b.Context(), group); err != nil {
			b.Fatal(err)
		}
	}
	b.ResetTimer()
	for b.Loop() {
		rows, err := l.Store.Enrolments(b.Context(), survey.CityScope(), l.Campaign.ID)
		if err != nil || len(rows) != 8000 {
			b.Fatal(err, len(rows))
		}
	}
}

// BenchmarkImportProjects imports a register of 8,000 projects with 60,000
// buildings.
func BenchmarkImportProjects(b *testing.B) {
	rows := modeltest.Register(8000, 8)[:60000]
	for b.Loop() {
		s := modeltest.Open(b, b.TempDir(), modeltest.NewClock())
		plan, err := s.ImportProjects(b.Context(), survey.Actor{Username: "bench", Scope: survey.CityScope()}, rows, roster.Apply{Apply: true})
		if err != nil || len(plan.Refused) > 0 {
			b.Fatal(err, len(plan.Refused))
		}
	}
}

// BenchmarkPoster reads posters that are not in the cache.
func BenchmarkPoster(b *testing.B) {
	l := modeltest.NewLarge(b, 500)
	i := 0
	for b.Loop() {
		i++
		if i%500 == 0 {
			l.Clock.Add(2e9)
		}
		if _, err := l.Store.Poster(b.Context(), l.Posters[i%500].Code); err != nil {
			b.Fatal(err)
		}
	}
}
