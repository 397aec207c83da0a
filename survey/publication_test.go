package survey_test

import (
	"testing"
	"time"

	"meihao/survey"
)

func TestDefaultPublishes(t *testing.T) {
	for closes, want := range map[string]string{
		"03-09 00:00": "03-23 00:00", "03-09 23:59": "03-23 00:00", "12-20 12:00": "12-31 00:00",
	} {
		want := beijing(t, want)
		if closes == "12-20 12:00" {
			want = want.AddDate(0, 0, 3)
		}
		if got := survey.DefaultPublishes(beijing(t, closes).UTC()); !got.Equal(want) {
			t.Errorf("closing on %s: %s, want %s", closes, got, want)
		}
	}
	if got := survey.DefaultPublishes(time.Time{}); !got.IsZero() {
		t.Errorf("no end, but %s", got)
	}
}

// The planned day is one on which residents may come: not before the closing
// day, not over, not years away; and midnight in Beijing whatever was typed.
func TestPlanPublication(t *testing.T) {
	now := beijing(t, "03-01 10:00")
	c := running()
	c.Closes = beijing(t, "03-09 18:00")
	for day, want := range map[string]string{
		"02-28 23:59": "publishes past", "03-08 23:59": "publishes before_closing",
		"03-09 00:00": "", "03-09 23:59": "", "12-31 00:00": "",
	} {
		one := c
		if got := faults(one.PlanPublication(now, beijing(t, day).UTC())); got != want {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
		if want == "" && !one.Publishes.Equal(survey.Day(beijing(t, day))) || want != "" && !one.Publishes.IsZero() {
			t.Errorf("%s: planned for %s", day, one.Publishes)
		}
	}
	one := c
	if got := faults(one.PlanPublication(now, c.Closes.AddDate(3, 0, 1))); got != "publishes too_late" {
		t.Errorf("in three years: %q", got)
	}
	one.Publishes = beijing(t, "03-20 00:00")
	if err := one.PlanPublication(now, time.Time{}); err != nil || !one.Publishes.IsZero() {
		t.Errorf("no day at all: %v, %s", err, one.Publishes)
	}
	c.Publishes = beijing(t, "03-08 00:00")
	if got := faults(c.Check()); got != "publishes before_closing" {
		t.Errorf("the form: %q", got)
	}
}

// Residents never read a day of publication on which answers are still taken.
func TestReopeningMovesThePublication(t *testing.T) {
	c := running()
	c.Stage, c.Closes, c.Publishes = survey.ClosedStage, beijing(t, "03-09 18:00"), beijing(t, "03-23 00:00")
	must(t, c.Reopen(beijing(t, "03-10 10:00"), beijing(t, "03-20 18:00")))
	if !c.Publishes.Equal(beijing(t, "03-23 00:00")) {
		t.Errorf("a day that can stay moved to %s", c.Publishes)
	}
	c.Stage = survey.ClosedStage
	must(t, c.Reopen(beijing(t, "03-21 10:00"), beijing(t, "03-30 18:00")))
	if !c.Publishes.Equal(beijing(t, "04-13 00:00")) {
		t.Errorf("overtaken, it moved to %s", c.Publishes)
	}
	c.Stage, c.Publishes = survey.ClosedStage, time.Time{}
	must(t, c.Reopen(beijing(t, "03-21 10:00"), beijing(t, "04-30 18:00")))
	if !c.Publishes.IsZero() {
		t.Errorf("no day was planned, now it is %s", c.Publishes)
	}
}

// What residents see of a sealed project is what RULES §8 shows to others than
// district and city: with few answers n of N alone, and where 1–9 responses
// are in one base only, no k of the resident base.
func TestSealedPublic(t *testing.T) {
	q := defaultQuestionnaire(t)
	for _, c := range []struct {
		name                      string
		both, ownersOnly, tenants int
		owner, resident           string
	}{
		{"nobody", 0, 0, 0, "n too_few", "n too_few"},
		{"nine", 9, 0, 0, "n too_few", "n too_few"},
		{"ten", 10, 0, 0, "nwk", "nwk"},
		{"one owner elsewhere", 12, 1, 0, "nwk", "nw too_few"},
		{"nine tenants", 12, 0, 9, "nwk", "nw too_few"},
		{"ten tenants", 12, 0, 10, "nwk", "nwk"},
		{"five of each", 12, 5, 5, "nwk", "nwk"},
		{"tenants alone", 0, 0, 12, "n too_few", "nwk"},
	} {
		e := survey.Enrolment{Homes: survey.Homes{Households: 100}}
		for bases, n := range map[survey.Bases]int{survey.BothBases: c.both, survey.OwnerBase: c.ownersOnly, survey.ResidentBase: c.tenants} {
			for range n {
				addResponse(t, q, &e, bases, "5")
			}
		}
		campaign := running()
		campaign.Stage = survey.SealedStage
		sealed := survey.SealEnrolment(campaign, e)
		owner, resident := sealed.Public(campaign, e.Tally.OneBase(campaign.Admission))
		if seen(owner) != c.owner || seen(resident) != c.resident {
			t.Errorf("%s: owner %q, resident %q, want %q and %q", c.name, seen(owner), seen(resident), c.owner, c.resident)
		}
		want := survey.Stand(campaign, e, survey.CommunityRole, campaign.Closes)
		if seen(want.Owner) != seen(owner) || seen(want.Resident) != seen(resident) {
			t.Errorf("%s: a community sees %q and %q", c.name, seen(want.Owner), seen(want.Resident))
		}
		if owner.Words != want.Owner.Words || owner.Rate != want.Owner.Rate || *owner.Answered != *want.Owner.Answered || owner.WithHeld != want.Owner.WithHeld {
			t.Errorf("%s: sealed %+v, standing %+v", c.name, owner, want.Owner)
		}
		if owner, _ := sealed.Public(running(), 0); seen(owner) != " role" {
			t.Errorf("%s: while the campaign runs residents would see %q", c.name, seen(owner))
		}
	}
}

// Residents too read the words as they would be with the held answers.
func TestSealedPublicWithHeld(t *testing.T) {
	q := defaultQuestionnaire(t)
	e := enrolled(t, 80, 80)
	discontent, err := q.Read(values("S1", "OWNER", "S2", "Y", "Q1", "2"))
	must(t, err)
	for range 15 {
		must(t, e.Tally.Add(q, survey.Response{Bases: survey.BothBases, Group: 1, Lane: survey.RoomLane, State: survey.Held, Answers: q.Pack(discontent)}, 1))
	}
	campaign := running()
	campaign.Stage = survey.SealedStage
	owner, _ := survey.SealEnrolment(campaign, e).Public(campaign, 0)
	if owner.Item11 != survey.MetClear || owner.WithHeld.Item11 != survey.NotMetClear || *owner.Answered != 80 {
		t.Errorf("without held answers %s of %d, with them %s", owner.Item11, *owner.Answered, owner.WithHeld.Item11)
	}
}
