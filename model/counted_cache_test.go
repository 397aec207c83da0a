package model_test

import (
	"context"
	"testing"
	"time"

	"meihao/model"
	"meihao/model/modeltest"
	"meihao/survey"
)

// The counters of a large campaign are kept for three seconds while it runs,
// and until something happens once it has ended; a district's part is its own.
func TestCountersOfACityAreKeptForAMoment(t *testing.T) {
	for _, e := range modeltest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			clock := modeltest.NewClock()
			store := e.Database(t).Open(t, clock)
			city, err := modeltest.NewCity(store, clock, modeltest.CitySize{Projects: 1000, Buildings: 1000, Responses: 3000, Seed: 6})
			if err != nil {
				t.Fatal(err)
			}
			fill := func(responses int) func(context.Context) error {
				return func(ctx context.Context) error { return city.Fill(ctx, responses, nil) }
			}
			run(t, city.Import, city.Open, fill(1000))
			sees := func() int64 {
				t.Helper()
				got, district := answersIn(t, store, city.Campaign.ID)
				if district == 0 || district >= got {
					t.Errorf("the city sees %d answers, a district %d", got, district)
				}
				return got
			}
			before := sees()
			run(t, fill(2000))
			if got := sees(); got != before {
				t.Errorf("%d answers, and %d at the same moment", before, got)
			}
			clock.Add(3 * time.Second)
			if got := sees(); got <= before {
				t.Errorf("%d answers, three seconds later %d", before, got)
			}
			clock.Set(city.Campaign.Closes.Add(-time.Second))
			before = sees()
			clock.Add(-24 * time.Hour)
			run(t, fill(2500))
			clock.Set(city.Campaign.Closes.Add(time.Second))
			if got := sees(); got <= before {
				t.Errorf("%d answers before the end, and %d when it has ended by the clock", before, got)
			}
			clock.Add(-48 * time.Hour)
			run(t, fill(3000), city.Close)
			if got := sees(); got != 3000 {
				t.Errorf("3000 answers to the end, and %d are seen", got)
			}
		})
	}
}

func run(t *testing.T, steps ...func(context.Context) error) {
	t.Helper()
	for _, step := range steps {
		if err := step(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// answersIn counts the responses of a campaign as the city sees them, and those
// of the district of its first project.
func answersIn(t *testing.T, store *model.Store, campaign survey.ID) (city, district int64) {
	t.Helper()
	sum := func(scope survey.Scope) (sum int64, first survey.ID) {
		list, err := store.Enrolments(t.Context(), scope, campaign)
		if err != nil {
			t.Fatal(err)
		}
		for i := range list {
			sum += list[i].Tally.Sum(func(survey.Cell) bool { return true }).Responses
			list[i].Tally = survey.Tally{} // who looks may do so
		}
		return sum, list[0].Project.District
	}
	city, first := sum(survey.CityScope())
	district, _ = sum(survey.Scope{District: first})
	return city, district
}
