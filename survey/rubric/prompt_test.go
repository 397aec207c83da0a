package rubric_test

import (
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"meihao/static"
	"meihao/survey"
	"meihao/survey/rubric"
)

func noon() time.Time { return time.Date(2023, 7, 1, 12, 0, 0, 0, time.UTC) }

// ticket is a valid one that came in, was answered and settled after so long;
// a negative time is not yet.
func ticket(class survey.ComplaintClass, response, resolution time.Duration) survey.Complaint {
	c := survey.Complaint{Class: class, Received: noon(), Valid: true}
	if response >= 0 {
		c.FirstResponse = noon().Add(response)
	}
	if resolution >= 0 {
		c.Resolved = noon().Add(resolution)
	}
	return c
}

const (
	day   = 24 * time.Hour
	never = time.Duration(-1)
)

// The limits of RULES §6, to the nanosecond: exactly on the limit is on time,
// and a ticket is due from the moment its limit passes.
func TestPromptLimits(t *testing.T) {
	rules := promptRules(t)
	for class, limit := range map[survey.ComplaintClass][2]time.Duration{
		survey.Urgent: {2 * time.Hour, day}, survey.Normal: {day, 7 * day}, survey.Complex: {day, 15 * day},
	} {
		for what, c := range map[string]struct {
			ticket survey.Complaint
			cutoff time.Duration
			want   [4]int // due and on time, of response and resolution
		}{
			"exactly on both limits":      {ticket(class, limit[0], limit[1]), limit[1], [4]int{1, 1, 1, 1}},
			"late by a moment":            {ticket(class, limit[0]+1, limit[1]+1), limit[1] + 2, [4]int{1, 0, 1, 0}},
			"response due at the cutoff":  {ticket(class, never, never), limit[0], [4]int{1, 0, 0, 0}},
			"response due a moment later": {ticket(class, never, never), limit[0] - 1, [4]int{}},
			"resolution due at cutoff":    {ticket(class, 0, never), limit[1], [4]int{1, 1, 1, 0}},
			"resolution due later":        {ticket(class, 0, never), limit[1] - 1, [4]int{1, 1, 0, 0}},
			"settled and not yet due":     {ticket(class, 0, 0), limit[0] - 1, [4]int{}},
			"answered after the cutoff":   {ticket(class, limit[0]+day, never), limit[0], [4]int{1, 0, 0, 0}},
			"settled without an answer":   {ticket(class, never, 0), limit[1], [4]int{1, 0, 1, 1}},
			"received at the cutoff":      {ticket(class, never, never), 0, [4]int{}},
		} {
			p := rubric.JudgePrompt([]survey.Complaint{c.ticket}, noon().Add(c.cutoff), rules)
			if got := [4]int{p.DueResponse, p.OnTimeResponse, p.DueResolution, p.OnTimeResolution}; got != c.want {
				t.Errorf("%s, %s: %v, want %v", class, what, got, c.want)
			}
		}
	}
}

// Only valid tickets of a known class count, and a reopened one is not settled.
func TestPromptCounts(t *testing.T) {
	invalid, reopened, other := ticket(survey.Normal, 0, 0), ticket(survey.Normal, 0, 0), ticket("OTHER", 0, 0)
	invalid.Valid, reopened.Reopened = false, true
	p := rubric.JudgePrompt([]survey.Complaint{invalid, reopened, other}, noon().Add(30*day), promptRules(t))
	if got := [4]int{p.DueResponse, p.OnTimeResponse, p.DueResolution, p.OnTimeResolution}; got != [4]int{1, 1, 1, 0} {
		t.Errorf("%v", got)
	}
}

// logOf is a log of so many due tickets of which so many were answered and
// settled in time.
func logOf(due, response, resolution int) []survey.Complaint {
	var log []survey.Complaint
	for i := range due {
		at := [2]time.Duration{never, never}
		if i < response {
			at[0] = 0
		}
		if i < resolution {
			at[1] = 0
		}
		log = append(log, ticket(survey.Normal, at[0], at[1]))
	}
	return log
}

// Bands are compared as integers: exactly on an edge earns the band's points,
// one ticket fewer the next, and both shares must reach it.
func TestPromptBands(t *testing.T) {
	for _, c := range []struct{ due, response, resolution, points int }{
		{100, 95, 90, 5}, {100, 94, 90, 4}, {100, 95, 89, 4}, {100, 100, 84, 3}, {100, 90, 85, 4}, {100, 89, 85, 3}, {100, 85, 80, 3}, {100, 85, 79, 2},
		{100, 80, 70, 2}, {100, 79, 70, 1}, {100, 80, 69, 1}, {100, 70, 60, 1}, {100, 69, 100, 0}, {100, 100, 59, 0}, {100, 0, 0, 0}, {100, 100, 100, 5},
		{20, 19, 18, 5}, {19, 18, 18, 4}, {21, 20, 19, 5}, {1, 1, 1, 5}, {1, 1, 0, 0}, {3, 3, 2, 1}, {10_000, 9499, 10_000, 4}, {10_000, 9500, 9000, 5},
	} {
		p := rubric.JudgePrompt(logOf(c.due, c.response, c.resolution), noon().Add(30*day), promptRules(t))
		if p.Points == nil || *p.Points != rubric.Halves(2*c.points) {
			t.Errorf("%d and %d of %d: %v, want %d", c.response, c.resolution, c.due, p.Points, c.points)
		}
		if p.LowVolume != (c.due < 10) {
			t.Errorf("%d due: low volume is %t", c.due, p.LowVolume)
		}
	}
}

// Without anything due there are no points, which is not zero points; nine due
// of either share are few, ten are not.
func TestPromptFewDue(t *testing.T) {
	rules := promptRules(t)
	for what, p := range map[string]rubric.Prompt{
		"no log":             rubric.JudgePrompt(nil, noon(), rules),
		"nothing due":        rubric.JudgePrompt(logOf(50, 50, 50), noon().Add(time.Hour), rules),
		"no resolutions due": rubric.JudgePrompt(logOf(50, 50, 50), noon().Add(2*day), rules),
	} {
		if p.Points != nil || p.LowVolume || p.Unconfirmed {
			t.Errorf("%s: %+v", what, p)
		}
	}
	complex := ticket(survey.Complex, 0, 0) // whose answer is due, and no settlement yet
	for what, c := range map[string]struct {
		log []survey.Complaint
		low bool
	}{
		"nine": {logOf(9, 9, 9), true}, "ten": {logOf(10, 10, 10), false},
		"twelve answers, nine settlements":  {append(logOf(9, 9, 9), complex, complex, complex), true},
		"twelve answers, eleven settlement": {append(logOf(11, 11, 11), complex), false},
	} {
		p := rubric.JudgePrompt(c.log, noon().Add(10*day), rules)
		if p.LowVolume != c.low || p.Points == nil {
			t.Errorf("%s: %+v", what, p)
		}
	}
}

// Exactly 15 points below the log confirm it, a hair more do not.
func TestPromptConfirm(t *testing.T) {
	for _, c := range []struct {
		done, due       int
		resolved, asked int64
		want            bool
	}{
		{90, 100, 75, 100, false}, {90, 100, 74, 100, true}, {90, 100, 749, 1000, true}, {90, 100, 750, 1000, false}, {100, 100, 17, 20, false},
		{1, 3, 11, 60, false}, {1, 3, 10, 60, true}, {90, 100, 0, 0, false}, {10, 100, 0, 50, false}, {16, 100, 0, 50, true}, {50, 100, 50, 50, false},
	} {
		p := rubric.JudgePrompt(logOf(c.due, c.due, c.done), noon().Add(30*day), promptRules(t))
		p.Confirm(c.resolved, c.asked)
		if p.Unconfirmed != c.want {
			t.Errorf("%d of %d in the log, %d of %d say so: unconfirmed is %t", c.done, c.due, c.resolved, c.asked, p.Unconfirmed)
		}
	}
}

// secondJudge judges a log once more by the words of RULES §6, in minutes and
// fractions, without anything of the first judge.
func secondJudge(log []survey.Complaint, cutoff time.Time) (due, good [2]int64, points int) {
	minutes := map[survey.ComplaintClass][2]float64{"URGENT": {120, 1440}, "NORMAL": {1440, 10_080}, "COMPLEX": {1440, 21_600}}
	for _, c := range log {
		limit, counts := minutes[c.Class]
		if !c.Valid || !counts {
			continue
		}
		for i, at := range [2]time.Time{c.FirstResponse, c.Resolved} {
			if cutoff.Sub(c.Received).Minutes() < limit[i] {
				continue
			}
			due[i]++
			if open := at.IsZero() || i == 1 && c.Reopened; !open && at.Sub(c.Received).Minutes() <= limit[i] {
				good[i]++
			}
		}
	}
	if due[0] == 0 || due[1] == 0 {
		return due, good, -1
	}
	reaches := func(i int, percent int64) bool {
		return big.NewRat(good[i], due[i]).Cmp(big.NewRat(percent, 100)) >= 0
	}
	for _, b := range [][3]int64{{5, 95, 90}, {4, 90, 85}, {3, 85, 80}, {2, 80, 70}, {1, 70, 60}} {
		if reaches(0, b[1]) && reaches(1, b[2]) {
			return due, good, int(b[0])
		}
	}
	return due, good, 0
}

func drawLog(t *rapid.T) []survey.Complaint {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) survey.Complaint {
		c := survey.Complaint{
			Class:    rapid.SampledFrom([]survey.ComplaintClass{"URGENT", "NORMAL", "COMPLEX", "OTHER"}).Draw(t, "class"),
			Received: noon().Add(time.Duration(rapid.IntRange(0, 40*24).Draw(t, "hour")) * time.Hour),
			Valid:    rapid.IntRange(0, 9).Draw(t, "valid") > 0, Reopened: rapid.IntRange(0, 9).Draw(t, "reopened") == 0,
		}
		limit := map[survey.ComplaintClass][2]int{"URGENT": {120, 1440}, "NORMAL": {1440, 10_080}, "COMPLEX": {1440, 21_600}}[c.Class]
		for i, at := range []*time.Time{&c.FirstResponse, &c.Resolved} {
			if minutes := rapid.SampledFrom([]int{-1, 0, limit[i] / 2, limit[i] - 1, limit[i], limit[i] + 1, 2 * limit[i]}).Draw(t, "after"); minutes >= 0 {
				*at = c.Received.Add(time.Duration(minutes) * time.Minute)
			}
		}
		return c
	}), 0, 60).Draw(t, "log")
}

// Two judges that share nothing but the law agree on any log.
func TestSecondJudge(t *testing.T) {
	rules := promptRules(t)
	rapid.Check(t, func(t *rapid.T) {
		log := drawLog(t)
		cutoff := noon().Add(time.Duration(rapid.IntRange(0, 60*24).Draw(t, "cutoff")) * time.Hour)
		p := rubric.JudgePrompt(log, cutoff, rules)
		due, good, points := secondJudge(log, cutoff)
		got := -1
		if p.Points != nil {
			got = int(*p.Points) / 2
		}
		if diff := cmp.Diff([]int64{due[0], good[0], due[1], good[1], int64(points)},
			[]int64{int64(p.DueResponse), int64(p.OnTimeResponse), int64(p.DueResolution), int64(p.OnTimeResolution), int64(got)}); diff != "" {
			t.Fatal(diff)
		}
	})
}

// A ticket that was answered and settled in time never costs points, one that
// was not never earns any, and the order of the log is nothing.
func TestPromptIsMonotone(t *testing.T) {
	rules, cutoff := promptRules(t), noon().Add(60*day)
	rapid.Check(t, func(t *rapid.T) {
		log := drawLog(t)
		before := rubric.JudgePrompt(log, cutoff, rules)
		good := rubric.JudgePrompt(append(slices.Clone(log), ticket(survey.Urgent, 2*time.Hour, day)), cutoff, rules)
		bad := rubric.JudgePrompt(append(slices.Clone(log), ticket(survey.Urgent, never, never)), cutoff, rules)
		slices.Reverse(log)
		if diff := cmp.Diff(before, rubric.JudgePrompt(log, cutoff, rules)); diff != "" {
			t.Fatalf("the other way round: %s", diff)
		}
		if before.Points == nil {
			return
		}
		if *good.Points < *before.Points || *bad.Points > *before.Points {
			t.Fatalf("%s points; with a good one %s, with a bad one %s", before.Points, good.Points, bad.Points)
		}
	})
}

// How one ticket stands on a page is how the judge counts it.
func TestTicketIsJudgedAlike(t *testing.T) {
	rules := promptRules(t)
	rapid.Check(t, func(t *rapid.T) {
		log := drawLog(t)
		now := noon().Add(time.Duration(rapid.IntRange(0, 60*24).Draw(t, "now")) * time.Hour)
		for _, c := range log {
			c.Valid = true
			p, stands := rubric.JudgePrompt([]survey.Complaint{c}, now, rules), rules.Ticket(c, now)
			failed := p.DueResponse > p.OnTimeResponse || p.DueResolution > p.OnTimeResolution
			if c.Resolved.After(now) || c.FirstResponse.After(now) {
				continue // the log says what is to come
			}
			if stands.Late() != failed {
				t.Fatalf("%+v at %s: %+v, and the judge counts %+v", c, now, stands, p)
			}
		}
	})
}

// Rules are taken whole or not at all: of this version, with limits for every
// class and bands that fall.
func TestPromptRules(t *testing.T) {
	for name, change := range map[string][2]string{
		"another version":   {`"2023.1"`, `"2024.1"`},
		"no class":          {`"URGENT"`, `"HURRY"`},
		"no limit":          {`"response": 120`, `"response": 0`},
		"limits turned":     {`"response": 120, "resolution": 1440`, `"response": 1441, "resolution": 1440`},
		"bands of one kind": {`"points": 4`, `"points": 5`},
		"a band that rises": {`"response": 90, "resolution": 85`, `"response": 96, "resolution": 85`},
		"no json":           {`{`, ``},
	} {
		data := strings.Replace(string(static.Prompt), change[0], change[1], 1)
		if data == string(static.Prompt) {
			t.Fatalf("%s changes nothing", name)
		}
		if _, err := rubric.ParsePromptRules([]byte(data)); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
