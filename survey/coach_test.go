package survey_test

import (
	"math/big"
	"testing"
	"time"

	"pgregory.net/rapid"

	"meihao/survey"
)

// field is a campaign of thirty days over one project while answers come in:
// opened on 1 November at 09:00, closing on 30 November at 24:00.
type field struct {
	survey.Campaign
	survey.Enrolment
	days []survey.TurnoutDay
}

func november(day, hour, minute int) time.Time {
	return time.Date(2026, 11, day, hour, minute, 0, 0, time.FixedZone("Asia/Shanghai", 8*60*60))
}

func newField(sizes ...int) *field {
	f := &field{Campaign: survey.Campaign{
		Stage: survey.OpenStage, Admission: survey.ByRoom, Margins: survey.DefaultMargins(),
		Opens: november(1, 9, 0), Closes: november(31, 0, 0),
	}}
	f.Groups = survey.Groups(buildings(sizes...))
	f.Project.Buildings = buildings(sizes...)
	f.Homes = survey.SumHomes(f.Project.Buildings)
	f.Tally.Cells = map[survey.Cell]survey.Score{}
	return f
}

// come lets so many answers of a kind come on a day, and counts them as the
// store does: by day only where they are of the resident base and admitted.
func (f *field) come(day, group int, n int64, bases survey.Bases, state survey.State, lane survey.Lane) {
	cell := survey.Cell{Bases: bases, State: state, Lane: lane, Group: group}
	f.Tally.Cells[cell] = f.Tally.Cells[cell].Add(survey.Score{Responses: n})
	if bases.Has(survey.ResidentBase) && f.Admission.Admits(lane) {
		f.days = append(f.days, survey.TurnoutDay{Group: group, Day: november(day, 0, 0), Responses: n})
	}
}

// owners who live there answer on a day.
func (f *field) owners(day, group int, n int64) {
	f.come(day, group, n, survey.BothBases, survey.Counted, survey.RoomLane)
}

func (f *field) project(now time.Time) survey.Coach {
	return survey.CoachProject(f.Campaign, f.Enrolment, f.days, now)
}

func (f *field) groups(now time.Time) []survey.Coach {
	return survey.CoachGroups(f.Campaign, f.Enrolment, f.days, now)
}

func wantCoach(t *testing.T, what string, k survey.Coach, state survey.CoachState, short, needs, expected int64, pace string, reached time.Time) {
	t.Helper()
	o := k.Owner
	if k.State != state || o.Short != short || o.Needs != needs || o.Expected != expected || o.Pace.String() != pace || !o.Reached.Equal(reached) {
		t.Errorf("%s: %s short %d needs %d expected %d pace %q reached %v, want %s %d %d %d %q %v",
			what, k.State, o.Short, o.Needs, o.Expected, o.Pace, o.Reached, state, short, needs, expected, pace, reached)
	}
}

// 1000 homes need 278 answers; four buildings share that by their homes.
func TestTargetsAreShared(t *testing.T) {
	f := newField(400, 300, 297, 3)
	if got := f.project(november(1, 9, 0)).Owner.Target; got != 278 {
		t.Errorf("need(1000) = %d, want 278", got)
	}
	for i, want := range []int64{112, 84, 84} { // 111.2, 83.4, 300 homes with the small one
		if g := f.groups(november(1, 9, 0))[i]; g.Owner.Target != want || g.Group.Number != i+1 {
			t.Errorf("group %d %s: target %d, want %d", g.Group.Number, g.Group.Label(), g.Owner.Target, want)
		}
	}
	occupied := 600 // of the project; no building says its own
	f.Homes.Occupied = &occupied
	if k := f.project(november(1, 9, 0)); k.Resident.Target != 235 || k.Owner.Target != 278 || k.Resident.Households != 600 {
		t.Errorf("600 occupied homes: %+v", k.Resident)
	}
	if g := f.groups(november(1, 9, 0))[0]; g.Resident.Target != 94 { // 235 · 400/1000
		t.Errorf("a group whose occupied homes nobody knows: target %d, want 94", g.Resident.Target)
	}
	known := 300 // of 1号楼: 235 · 300/600
	f.Groups[0].Occupied = &known
	if g := f.groups(november(1, 9, 0))[0]; g.Resident.Target != 118 || g.Resident.Households != 300 || g.Owner.Target != 112 {
		t.Errorf("a group whose occupied homes are known: %+v", g.Resident)
	}
}

// A small project is asked whole, and 30 is the least for others only where
// the full sample is as small.
func TestTargetOfFewHomes(t *testing.T) {
	for homes, want := range map[int]int64{0: 0, 1: 1, 12: 12, 30: 28, 40: 37, 10_000: 370} {
		f := newField(homes)
		if got := f.project(november(2, 9, 0)).Owner.Target; got != want {
			t.Errorf("%d homes: target %d, want %d", homes, got, want)
		}
		if full := survey.Judge(int64(homes), 0, 0, f.Margins).NeededFull; full != want {
			t.Errorf("%d homes: the verdict wants %d", homes, full)
		}
	}
}

// Counted and held answers of admitted lanes count; excluded ones and open
// feedback do not. Each base has its own.
func TestAnswersThatCanCount(t *testing.T) {
	f := newField(500, 500)
	f.come(1, 1, 10, survey.BothBases, survey.Counted, survey.RoomLane)
	f.come(1, 1, 5, survey.OwnerBase, survey.Held, survey.AssistedLane)
	f.come(1, 2, 3, survey.ResidentBase, survey.Counted, survey.RoomLane)
	f.come(1, 2, 2, survey.BothBases, survey.Excluded, survey.RoomLane)
	f.come(1, 2, 40, survey.BothBases, survey.Counted, survey.OpenLane)
	k := f.project(november(1, 20, 0))
	if k.Owner.Answers != 15 || k.Resident.Answers != 13 || k.Owner.Short != 263 {
		t.Errorf("owners %d residents %d short %d, want 15, 13 and 263", k.Owner.Answers, k.Resident.Answers, k.Owner.Short)
	}
	if lack := f.Lack(&f.Enrolment); lack.Answers != 15 || lack.Short != 263 || lack.Target != 278 {
		t.Errorf("the list's figures differ from the project's: %+v", lack)
	}
	groups := f.groups(november(1, 20, 0))
	if groups[0].Owner.Answers != 15 || groups[1].Owner.Answers != 0 || groups[1].Resident.Answers != 3 {
		t.Errorf("groups: %+v and %+v", groups[0].Owner, groups[1].Owner)
	}
	// 15 came by day (10 + 3 + 2); of those 15 owners' answers may count.
	if k.Arrived.String() != "15.0" || k.Owner.Pace.String() != "15.0" || k.Resident.Pace.String() != "13.0" {
		t.Errorf("arrived %s, owners %s, residents %s", k.Arrived, k.Owner.Pace, k.Resident.Pace)
	}
}

// Ten a day, every day: the forecast says from the first week what happens.
func TestForecastAtConstantPace(t *testing.T) {
	f := newField(1000)
	var seen []time.Time
	for day := 1; day <= 27; day++ {
		f.owners(day, 1, 10)
		k := f.project(november(day, 24, 0).Add(-time.Minute))
		if k.Owner.Pace.String() != "10.0" || k.Arrived.String() != "10.0" {
			t.Fatalf("day %d: pace %s", day, k.Owner.Pace)
		}
		if k.State != survey.CoachOnTrack || k.Owner.Expected != int64(10*day)+int64(10*(30-day)) {
			t.Errorf("day %d: %s, expects %d", day, k.State, k.Owner.Expected)
		}
		seen = append(seen, k.Owner.Reached)
	}
	for i, day := range seen {
		if !day.Equal(november(28, 0, 0)) { // 278 = 27.8 days
			t.Errorf("on day %d it is forecast for %v, want 28 November", i+1, day)
		}
	}
	f.owners(28, 1, 8)
	wantCoach(t, "reached", f.project(november(28, 12, 0)), survey.CoachReached, 0, 0, 278+24, "9.7", time.Time{})
}

// Nine a day do not make it: 270 of 278.
func TestForecastBehind(t *testing.T) {
	f := newField(1000)
	for day := 1; day <= 10; day++ {
		f.owners(day, 1, 9)
	}
	k := f.project(november(11, 0, 0).Add(-time.Second))
	wantCoach(t, "behind", k, survey.CoachBehind, 188, 9, 90+180, "9.0", time.Time{})
	if k.Next.Key != "coach.next.behind" || k.Next.Args["Count"] != int64(9) || k.DaysLeft != 21 {
		t.Errorf("next %+v, %d days", k.Next, k.DaysLeft)
	}
	// The day that has begun counts whole: in the morning the pace is lower.
	wantCoach(t, "morning", f.project(november(11, 0, 1)), survey.CoachBehind, 188, 10, 90+154, "7.7", time.Time{})
}

// A burst is spread over seven days, and then forgotten.
func TestForecastAfterABurst(t *testing.T) {
	f := newField(1000)
	f.owners(8, 1, 140)
	for day, pace := range map[int]string{7: "0.0", 8: "20.0", 11: "20.0", 14: "20.0", 15: "0.0", 20: "0.0"} {
		if got := f.project(november(day, 12, 0)).Owner.Pace.String(); got != pace {
			t.Errorf("on day %d the pace is %s, want %s", day, got, pace)
		}
	}
	k := f.project(november(14, 12, 0))
	wantCoach(t, "a week later", k, survey.CoachOnTrack, 138, 9, 140+330, "20.0", november(21, 0, 0))
	wantCoach(t, "forgotten", f.project(november(15, 12, 0)), survey.CoachBehind, 138, 9, 140, "0.0", time.Time{})
}

// What comes until midnight comes on the day before.
func TestForecastAtMidnight(t *testing.T) {
	f := newField(1000)
	f.owners(10, 1, 268)
	f.owners(12, 1, 5)
	f.come(12, 1, 9, survey.ResidentBase, survey.Counted, survey.RoomLane)
	k := f.project(november(18, 0, 0)) // 14 in seven days, of which 273 in 282 are owners'
	if k.Arrived != (survey.Pace{Num: 2, Den: 1}) || k.Owner.Pace != (survey.Pace{Num: 91, Den: 47}) || !k.Owner.Reached.Equal(november(20, 0, 0)) {
		t.Errorf("arrived %v, owners %v, reached %v", k.Arrived, k.Owner.Pace, k.Owner.Reached)
	}
	f = newField(1000)
	f.owners(1, 1, 264)
	f.owners(12, 1, 7)
	if k := f.project(november(18, 0, 0)); !k.Owner.Reached.Equal(november(24, 0, 0)) { // seven more at one a day
		t.Errorf("seven days of one a day end on %v, want 24 November", k.Owner.Reached)
	}
}

// Nobody has answered; whoever lives elsewhere is an answer too.
func TestForecastWithoutAnswers(t *testing.T) {
	f := newField(400, 600)
	k := f.project(november(5, 12, 0))
	wantCoach(t, "silent", k, survey.CoachSilent, 278, 11, 0, "0.0", time.Time{})
	if k.NeedsArrived != 11 {
		t.Errorf("needs %d arrivals a day, want 11", k.NeedsArrived)
	}
	f.come(3, 1, 25, survey.OwnerBase, survey.Counted, survey.RoomLane)
	k = f.project(november(5, 12, 0))
	wantCoach(t, "owners who live elsewhere", k, survey.CoachBehind, 253, 10, 25+127, "5.0", time.Time{})
	if k.NeedsArrived != 0 {
		t.Errorf("needs %d arrivals a day, though no share is known", k.NeedsArrived)
	}
	groups := f.groups(november(5, 12, 0))
	if groups[0].State != survey.CoachOnTrack || groups[1].State != survey.CoachSilent {
		t.Errorf("groups are %s and %s", groups[0].State, groups[1].State)
	}
}

// Half of those who live there own their home: owners come at half the pace.
func TestPaceOfOwnersIsTheirShare(t *testing.T) {
	f := newField(500, 500)
	for day := 1; day <= 7; day++ {
		f.owners(day, 1, 6)
		f.come(day, 2, 6, survey.ResidentBase, survey.Counted, survey.RoomLane)
	}
	k := f.project(november(8, 0, 0).Add(-time.Minute))
	if k.Arrived.String() != "12.0" || k.Owner.Pace.String() != "6.0" || k.Resident.Pace.String() != "12.0" {
		t.Errorf("arrived %s, owners %s, residents %s", k.Arrived, k.Owner.Pace, k.Resident.Pace)
	}
	if k.Owner.Needs != 10 || k.NeedsArrived != 20 { // 236 owners in 24 days, twice as many arrivals
		t.Errorf("needs %d owners, %d arrivals", k.Owner.Needs, k.NeedsArrived)
	}
}

// The first minute, the last day, the last second and what lies around them.
func TestForecastAtTheEdges(t *testing.T) {
	f := newField(1000)
	k := f.project(november(1, 8, 0))
	wantCoach(t, "before opening", k, survey.CoachWaiting, 278, 10, 0, "", time.Time{})
	if k.DaysLeft != 30 {
		t.Errorf("%d days, want 30", k.DaysLeft)
	}
	f.Stage = survey.Draft
	wantCoach(t, "draft", f.project(november(1, 8, 0)), survey.CoachDraft, 278, 10, 0, "", time.Time{})
	f.Stage = survey.OpenStage
	wantCoach(t, "opened", f.project(november(1, 9, 0)), survey.CoachSilent, 278, 10, 0, "0.0", time.Time{})
	for day := 24; day <= 30; day++ {
		f.owners(day, 1, 38)
	}
	wantCoach(t, "last day, noon", f.project(november(30, 12, 0)), survey.CoachOnTrack, 12, 12, 266+19, "38.0", november(30, 0, 0))
	wantCoach(t, "last day, evening", f.project(november(30, 20, 0)), survey.CoachClosing, 12, 12, 266+6, "38.0", time.Time{})
	last := f.project(november(31, 0, 0).Add(-time.Nanosecond))
	wantCoach(t, "last moment", last, survey.CoachClosing, 12, 12, 266, "38.0", time.Time{})
	if last.DaysLeft != 1 || last.Next.Args["Days"] != 1 {
		t.Errorf("%d days left, %v", last.DaysLeft, last.Next)
	}
	ended := f.project(november(31, 0, 0))
	wantCoach(t, "closed", ended, survey.CoachEnded, 12, 0, 266, "", time.Time{})
	if ended.Next.Key != "" || ended.DaysLeft != 0 {
		t.Errorf("after closing: %+v", ended.Next)
	}
	f.Stage = survey.ClosedStage
	wantCoach(t, "closed early", f.project(november(20, 0, 0)), survey.CoachEnded, 12, 0, 266, "", time.Time{})
	f.Stage, f.Closes = survey.OpenStage, november(30, 18, 0)
	if k := f.project(november(30, 17, 0)); k.DaysLeft != 1 {
		t.Errorf("an hour before closing: %d days", k.DaysLeft)
	}
}

// N is corrected while answers come in: target and forecast follow.
func TestForecastFollowsN(t *testing.T) {
	f := newField(1000)
	for day := 1; day <= 10; day++ {
		f.owners(day, 1, 10)
	}
	now := november(10, 18, 0)
	before := f.project(now).Owner
	f.Homes.Households, f.Groups[0].Households = 150, 150
	after := f.project(now)
	if before.Target != 278 || after.Owner.Target != 109 || after.Owner.Short != 9 || !after.Owner.Reached.Equal(november(11, 0, 0)) {
		t.Errorf("before %+v, after %+v", before, after.Owner)
	}
	f.Homes.Households = 60 // more answers than homes
	if k := f.project(now); k.State != survey.CoachReached || k.Owner.Short != 0 {
		t.Errorf("more answers than homes: %s, short %d", k.State, k.Owner.Short)
	}
}

// Whatever comes: the forecast agrees with itself, doing what it asks for is
// enough, and the groups' answers and paces add up to the project's.
func TestCoachLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := newField(rapid.SliceOfN(rapid.IntRange(1, 400), 1, 6).Draw(t, "homes")...)
		f.Closes = f.Opens.Add(time.Duration(rapid.IntRange(1, 40*24).Draw(t, "hours")) * time.Hour)
		for range rapid.IntRange(0, 30).Draw(t, "arrivals") {
			f.come(rapid.IntRange(1, 30).Draw(t, "day"), rapid.IntRange(1, len(f.Groups)).Draw(t, "group"),
				rapid.Int64Range(1, 30).Draw(t, "n"), rapid.SampledFrom([]survey.Bases{1, 2, 3}).Draw(t, "bases"),
				rapid.SampledFrom([]survey.State{survey.Counted, survey.Held, survey.Excluded}).Draw(t, "state"),
				rapid.SampledFrom(survey.Lanes()).Draw(t, "lane"))
		}
		now := f.Opens.Add(time.Duration(rapid.IntRange(-24, 42*24).Draw(t, "at")) * time.Hour)
		k, groups := f.project(now), f.groups(now)
		var answers, targets int64
		pace := new(big.Rat)
		for _, g := range groups {
			if p := g.Owner.Pace; p.Den > 0 {
				pace.Add(pace, big.NewRat(p.Num, p.Den))
			}
			answers, targets = answers+g.Owner.Answers, targets+g.Owner.Target
			checkBase(t, g, g.Owner)
		}
		checkBase(t, k, k.Owner)
		checkBase(t, k, k.Resident)
		if p := k.Owner.Pace; p.Den > 0 && pace.Cmp(big.NewRat(p.Num, p.Den)) != 0 {
			t.Fatalf("the groups' pace is %s, the project's %s", pace, p)
		}
		if answers != k.Owner.Answers || targets < k.Owner.Target || targets >= k.Owner.Target+int64(len(groups)) {
			t.Fatalf("groups have %d of %d, the project %d of %d", answers, targets, k.Owner.Answers, k.Owner.Target)
		}
	})
}

func checkBase(t *rapid.T, k survey.Coach, b survey.CoachBase) {
	switch {
	case b.Short != max(0, b.Target-b.Answers), b.Expected < b.Answers, b.Expected > max(b.Answers, b.Households):
		t.Fatalf("%+v contradicts itself", b)
	case !b.Reached.IsZero() && (b.Short == 0 || b.Expected < b.Target):
		t.Fatalf("%+v is forecast without being", b)
	case b.Needs*int64(k.DaysLeft) < b.Short && k.DaysLeft > 0, b.Needs > 0 && (b.Needs-1)*int64(k.DaysLeft) >= b.Short:
		t.Fatalf("%+v asks for the wrong number over %d days", b, k.DaysLeft)
	case (k.Next.Key == "") != (k.State == survey.CoachEnded):
		t.Fatalf("%s says %q", k.State, k.Next.Key)
	}
}
