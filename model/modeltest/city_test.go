package modeltest_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meihao/model/modeltest"
	"meihao/survey"
)

// made is a city of a size, filled in two steps.
func made(t *testing.T, e modeltest.Engine, size modeltest.CitySize) map[string]survey.Enrolment {
	t.Helper()
	clock := modeltest.NewClock()
	store := e.Database(t).Open(t, clock)
	began := clock.Now()
	city, err := modeltest.NewCity(store, clock, size)
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, step := range []func(context.Context) error{
		city.Import, city.Open,
		func(ctx context.Context) error { return city.Fill(ctx, size.Responses/10, nil) },
		func(ctx context.Context) error {
			return city.Fill(ctx, size.Responses, func(stored int) { told = stored })
		},
	} {
		if err := step(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if told != size.Responses || !clock.Now().Equal(began) {
		t.Errorf("told of %d responses, the clock moved by %v", told, clock.Now().Sub(began))
	}
	findings, err := store.Verify(t.Context(), 0)
	if err != nil || len(findings) > 0 {
		t.Errorf("verify: %v %v", findings, err)
	}
	enrolments, err := store.Enrolments(t.Context(), survey.CityScope(), city.Campaign.ID)
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]survey.Enrolment{}
	for _, one := range enrolments {
		list[one.Project.Register] = one
	}
	return list
}

// A city has as many answers as was asked for, everything that happens in
// real ones, and nothing that verify finds.
func TestCity(t *testing.T) {
	size := modeltest.CitySize{Projects: 60, Buildings: 400, Responses: 6000, Seed: 7}
	for _, e := range modeltest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			var all survey.Score
			var held, refused, contested int64
			buildings := 0
			var rates []float64
			for _, one := range made(t, e, size) {
				all = all.Add(one.Tally.Sum(func(survey.Cell) bool { return true }))
				held += one.Tally.InState(survey.Held)
				refused += one.Refused
				if one.Refused*10 > one.Claims {
					contested++
				}
				if s := one.Tally.Counted(survey.ByRoom, survey.ResidentBase); s.Answered >= 30 {
					rates = append(rates, float64(s.Satisfied)/float64(s.Answered))
				}
				buildings += one.Project.BuildingCount
			}
			if all.Responses != int64(size.Responses) {
				t.Errorf("%d responses, want %d", all.Responses, size.Responses)
			}
			if held == 0 || refused == 0 || contested > 10 || all.Answered == all.Responses {
				t.Errorf("%d held, %d refused, %d contested projects, %d of %d answered", held, refused, contested, all.Answered, all.Responses)
			}
			if slices.Min(rates) > 0.65 || slices.Max(rates) < 0.9 {
				t.Errorf("rates from %.2f to %.2f", slices.Min(rates), slices.Max(rates))
			}
		})
	}
}

// The same seed gives the same city, another one another.
func TestCityIsDrawnBySeed(t *testing.T) {
	size := modeltest.CitySize{Projects: 20, Buildings: 50, Responses: 500, Seed: 1}
	drawn := func() map[string]any {
		list := map[string]any{}
		for number, one := range made(t, modeltest.SQLite, size) {
			list[number] = []any{one.Homes.Households, one.Refused, one.Tally.Cells}
		}
		return list
	}
	first := drawn()
	if diff := cmp.Diff(first, drawn()); diff != "" {
		t.Error(diff)
	}
	size.Seed++
	if cmp.Equal(first, drawn()) {
		t.Error("another seed draws the same city")
	}
}

// Answers come on many days and with comments.
func TestCityComesOverDays(t *testing.T) {
	clock := modeltest.NewClock()
	d := modeltest.SQLite.Database(t)
	store := d.Open(t, clock)
	city, err := modeltest.NewCity(store, clock, modeltest.CitySize{Projects: 10, Buildings: 30, Responses: 20_000})
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []func(context.Context) error{
		city.Import, city.Open, func(ctx context.Context) error { return city.Fill(ctx, city.Responses, nil) },
	} {
		if err := step(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	var days, comments int
	err = d.SQL(t).QueryRow("SELECT (SELECT COUNT(DISTINCT day) FROM turnout_days), (SELECT COUNT(*) FROM comments)").Scan(&days, &comments)
	if err != nil || days < 4 || comments < 2500 || comments > 3500 {
		t.Errorf("%d days, %d comments, %v", days, comments, err)
	}
}

func TestImpossibleCities(t *testing.T) {
	for _, size := range []modeltest.CitySize{{}, {Projects: 2, Buildings: 1}, {Projects: 1, Buildings: 1, Responses: -1}} {
		if _, err := modeltest.NewCity(nil, modeltest.NewClock(), size); err == nil {
			t.Errorf("%+v was planned", size)
		}
	}
}

// Breaking off ends the drawing too.
func TestCityEndsWithItsContext(t *testing.T) {
	clock := modeltest.NewClock()
	city, err := modeltest.NewCity(modeltest.SQLite.Database(t).Open(t, clock), clock, modeltest.CitySize{Projects: 5, Buildings: 10, Responses: 50_000})
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []func(context.Context) error{city.Import, city.Open} {
		if err := step(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := city.Fill(ctx, city.Responses, func(int) { cancel() }); err == nil {
		t.Error("a city that was broken off is said to be full")
	}
}
