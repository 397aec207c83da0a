package survey_test

import (
	"testing"
	"time"

	"meihao/survey"
)

func TestSilence(t *testing.T) {
	const day = 24 * time.Hour
	opens := time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	campaign := survey.Campaign{Stage: survey.OpenStage, Opens: opens, Closes: opens.Add(40 * day)}
	after := func(d time.Duration) time.Time { return opens.Add(d) }
	used := func(printed, last time.Time) survey.PosterPlace {
		return survey.PosterPlace{Printed: printed, PosterCounts: survey.PosterCounts{Opens: 3, LastOpened: last}}
	}
	unused := func(printed time.Time) survey.PosterPlace { return survey.PosterPlace{Printed: printed} }
	added := unused(time.Time{})
	added.Added = after(9 * day)
	answered := unused(opens)
	answered.Answers = 1
	retired := unused(opens)
	retired.Retired = true
	closed, later := campaign, campaign
	closed.Stage, later.Opens = survey.ClosedStage, after(3*day)
	for name, test := range map[string]struct {
		poster   survey.PosterPlace
		campaign survey.Campaign
		near     time.Time
		now      time.Time
		want     survey.Silence
	}{
		"just opened":                       {unused(time.Time{}), campaign, time.Time{}, after(47 * time.Hour), survey.Scanned},
		"never printed":                     {unused(time.Time{}), campaign, time.Time{}, after(48 * time.Hour), survey.NeverPrinted},
		"printed before opening":            {unused(after(-day)), campaign, time.Time{}, after(48 * time.Hour), survey.NeverScanned},
		"printed yesterday":                 {unused(after(9 * day)), campaign, time.Time{}, after(10 * day), survey.Scanned},
		"printed two days ago":              {unused(after(8 * day)), campaign, time.Time{}, after(10 * day), survey.NeverScanned},
		"scanned though never marked":       {used(time.Time{}, after(9*day)), campaign, after(9 * day), after(10 * day), survey.Scanned},
		"silent for seven days":             {used(opens, after(2*day)), campaign, after(9 * day), after(10*day - 1), survey.Scanned},
		"silent for longer":                 {used(opens, after(2*day)), campaign, after(9 * day), after(10 * day), survey.FellSilent},
		"silent with all others":            {used(opens, after(2*day)), campaign, after(2 * day), after(10 * day), survey.Scanned},
		"hung up yesterday":                 {added, campaign, time.Time{}, after(10 * day), survey.Scanned},
		"hung up two days ago":              {added, campaign, time.Time{}, after(11 * day), survey.NeverPrinted},
		"answered by another system":        {answered, campaign, time.Time{}, after(10 * day), survey.Scanned},
		"retired":                           {retired, campaign, time.Time{}, after(10 * day), survey.Scanned},
		"closed":                            {unused(opens), closed, time.Time{}, after(10 * day), survey.Scanned},
		"past its end though nobody closed": {unused(opens), campaign, time.Time{}, after(41 * day), survey.Scanned},
		"not open yet":                      {unused(opens), later, time.Time{}, after(2 * day), survey.Scanned},
	} {
		if got := test.poster.Silence(test.campaign, test.near, test.now); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	last := survey.LastOpened([]survey.PosterPlace{used(opens, after(day)), used(opens, after(3*day)), unused(opens)})
	if !last.Equal(after(3 * day)) {
		t.Errorf("last opened on %v", last)
	}
}

// A number of answers is never finer than a building, and the building's only
// where it is a group by itself.
func TestAnswersOfPosters(t *testing.T) {
	for _, test := range []struct {
		alone, several, own, together bool
	}{
		{true, false, true, false}, {true, true, false, true}, {false, false, false, false}, {false, true, false, false},
	} {
		p := survey.PosterPlace{Alone: test.alone, Several: test.several}
		if p.ShowsAnswers() != test.own || p.ShowsTogether() != test.together {
			t.Errorf("alone %t, several %t: own %t, together %t", test.alone, test.several, p.ShowsAnswers(), p.ShowsTogether())
		}
	}
}
