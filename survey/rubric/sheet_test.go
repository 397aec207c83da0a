package rubric_test

import (
	"fmt"
	"testing"
	"time"

	"meihao/survey"
	"meihao/survey/rubric"
)

const reason = "两方看法不同，已到现场核对"

func half(n int) *rubric.Halves { h := rubric.Halves(n); return &h }

func by(id survey.ID) rubric.Person {
	return rubric.Person{ID: id, Name: fmt.Sprint("第", id, "号"), At: time.UnixMilli(int64(id))}
}

func mark(item string, p rubric.Party, points int, id survey.ID) rubric.Mark {
	return rubric.Mark{Item: item, Party: p, Points: rubric.Halves(points), By: by(id)}
}

// An item of assessors earns what all of them gave, once all whom the activity
// wants have marked; what differs earns nothing until it is settled.
func TestAwardsOfAssessors(t *testing.T) {
	const item = "2.7" // at most 4 points
	self, first, second, third := mark(item, rubric.SelfParty, 8, 1), mark(item, rubric.FirstParty, 6, 2), mark(item, rubric.SecondParty, 6, 3), mark(item, rubric.ThirdParty, 6, 4)
	less := mark(item, rubric.ThirdParty, 5, 4)
	settled := rubric.Settlement{Item: item, Points: 5, Reason: reason, By: by(9)}
	cases := []struct {
		name    string
		marks   []rubric.Mark
		settled []rubric.Settlement
		seconds bool
		state   string
		got     *rubric.Halves
		differs bool
	}{
		{name: "nobody", state: rubric.Open},
		{name: "only a self-assessment", marks: []rubric.Mark{self}, state: rubric.Open},
		{name: "only a third party", marks: []rubric.Mark{third}, state: rubric.Open},
		{name: "only a second one", marks: []rubric.Mark{second}, state: rubric.Open},
		{name: "the first one", marks: []rubric.Mark{first}, state: rubric.Scored, got: half(6)},
		{name: "a self-assessment that differs", marks: []rubric.Mark{first, self}, state: rubric.Scored, got: half(6)},
		{name: "without the second one that is wanted", marks: []rubric.Mark{first, third}, seconds: true, state: rubric.Open},
		{name: "with it", marks: []rubric.Mark{first, second}, seconds: true, state: rubric.Scored, got: half(6)},
		{name: "all agree", marks: []rubric.Mark{third, second, first}, state: rubric.Scored, got: half(6)},
		{name: "the third one differs", marks: []rubric.Mark{first, less}, state: rubric.Open, differs: true},
		{name: "the third one differs, settled", marks: []rubric.Mark{first, less}, settled: []rubric.Settlement{settled}, state: rubric.Scored, got: half(5)},
		{name: "settled before the second one that is wanted", marks: []rubric.Mark{first, less}, settled: []rubric.Settlement{settled}, seconds: true, state: rubric.Open, differs: true},
		{name: "settled though all agree", marks: []rubric.Mark{first, third}, settled: []rubric.Settlement{settled}, state: rubric.Scored, got: half(6)},
		{name: "settled without marks", settled: []rubric.Settlement{settled}, state: rubric.Open},
		{name: "settled for another item", marks: []rubric.Mark{first, less}, settled: []rubric.Settlement{{Item: "2.6", Points: 5}}, state: rubric.Open, differs: true},
		{name: "a zero is a score", marks: []rubric.Mark{mark(item, rubric.FirstParty, 0, 2)}, state: rubric.Scored, got: half(0)},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			sheet := parsed(t).Sheet(survey.Activity{Seconds: c.seconds}, rubric.Entries{Marks: c.marks, Settlements: c.settled}, rubric.Figures{}, survey.DistrictRole)
			a := sheet.Award(item)
			if a.State != c.state || !equal(a.Got, c.got) || a.Differs != c.differs {
				t.Errorf("%s, %v, differs %t", a.State, a.Got, a.Differs)
			}
		})
	}
}

func equal(a, b *rubric.Halves) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }

// 3.2 is met from exactly 95 % on, in fen.
func TestFees(t *testing.T) {
	for _, c := range []struct {
		paid, due int64
		met       bool
	}{{95, 100, true}, {94, 100, false}, {9_499_999_999, 10_000_000_000, false}, {9_500_000_000, 10_000_000_000, true}, {19, 20, true}, {0, 1, false}, {1, 1, true}, {949_999_999_999, 1_000_000_000_000, false}} {
		f := rubric.Fees{Paid: c.paid, Due: c.due, Document: "收费台账"}
		if err := f.Check(); err != nil || f.Met() != c.met {
			t.Errorf("%d of %d: %t, %v", c.paid, c.due, f.Met(), err)
		}
	}
	for _, f := range []rubric.Fees{{Paid: 0, Due: 0}, {Paid: -1, Due: 5}, {Paid: 6, Due: 5}, {Paid: 1, Due: -5}, {Paid: 1, Due: 1e13}} {
		f.Document = "收费台账"
		if err := f.Check(); survey.KindOf(err) != survey.Invalid {
			t.Errorf("%+v: %v", f, err)
		}
	}
	if err := (rubric.Fees{Paid: 1, Due: 1}).Check(); survey.KindOf(err) != survey.Invalid {
		t.Error("fees without a document pass")
	}
}

// An override counts once a second person confirmed it, for as long as the
// machine says what it replaced; after that the sheet says that it is stale.
func TestOverrides(t *testing.T) {
	of := func(paid int64, o *rubric.Override) rubric.Sheet {
		e := rubric.Entries{Fees: &rubric.Fees{Paid: paid, Due: 100}}
		if o != nil {
			e.Overrides = []rubric.Override{*o}
		}
		return parsed(t).Sheet(survey.Activity{}, e, rubric.Figures{}, survey.CityRole)
	}
	plain := of(94, nil)
	machine := plain.Award(rubric.FeesItem)
	if machine.State != rubric.NotMet || *machine.Got != 0 {
		t.Fatalf("%+v", machine)
	}
	o := rubric.Override{Item: rubric.FeesItem, Points: 3, Reason: reason, Of: machine.Machine, Asked: by(1)}
	sheet := of(94, &o)
	if a := sheet.Award(rubric.FeesItem); a.State != rubric.NotMet || a.Overridden() {
		t.Errorf("one person's word: %+v", a)
	}
	o.Confirmed = by(2)
	sheet = of(94, &o)
	if a := sheet.Award(rubric.FeesItem); a.State != rubric.Scored || *a.Got != 3 || !a.Overridden() || sheet.Total != 3 {
		t.Errorf("two persons' word: %+v, total %s", a, sheet.Total)
	}
	sheet = of(96, &o)
	if a := sheet.Award(rubric.FeesItem); a.State != rubric.Met || !a.Stale || !sheet.Stale || sheet.Total != 0 || a.Overridden() {
		t.Errorf("the machine says something else: %+v, total %s", a, sheet.Total)
	}
}

// Who assesses itself sees nothing of what assessors, vetoes and overrides say;
// what few answers said is told to nobody but deciders, in no field.
func TestWhatARoleDoesNotSee(t *testing.T) {
	campaign := survey.Campaign{Admission: survey.ByRoom, Margins: survey.DefaultMargins()}
	e := rubric.Entries{
		Marks:       []rubric.Mark{mark("2.1", rubric.SelfParty, 1, 1), mark("2.1", rubric.FirstParty, 2, 2), mark("2.1", rubric.ThirdParty, 3, 3)},
		Settlements: []rubric.Settlement{{Item: "2.1", Points: 3}}, Vetoes: []rubric.Recorded{{Item: "6.2", State: rubric.Yes}},
		Overrides: []rubric.Override{{Item: "1.1", Points: 2, Of: "MET_CLEAR 20", Asked: by(1)}},
		Evidence:  []rubric.Evidence{{Item: "2.1", Party: rubric.FirstParty}},
		Reading:   &rubric.Reading{Campaign: 1, Snapshot: 1, Newest: 1},
	}
	f := rubric.Figures{Campaign: &campaign, Sealed: &survey.Sealed{OwnerHomes: 9, Counts: counts(9, 9)}}
	for _, role := range []survey.Role{survey.SubdistrictRole, survey.CommunityRole, survey.CompanyRole} {
		s := parsed(t).Sheet(survey.Activity{}, e, f, role)
		a, v := s.Award("2.1"), s.Award("6.2")
		if !a.Hidden || a.Got != nil || a.State != "" || len(a.Marks) != 1 || a.Settled != nil || a.Evidence != 0 || a.Wants != "" || s.Total != 0 || !s.Partial {
			t.Errorf("%s sees %+v", role, a)
		}
		if !v.Hidden || v.Recorded != nil || s.Excluded || !s.Blocked {
			t.Errorf("%s sees %+v", role, v)
		}
	}
	for _, role := range survey.Roles() {
		s := parsed(t).Sheet(survey.Activity{}, e, f, role)
		a := s.Award("1.1")
		if few := !role.SeesLiveFigures(); a.Hidden != few || few && (a.Override != nil || a.Machine != "" || a.Got != nil) {
			t.Errorf("%s sees of nine answers %+v", role, a)
		}
	}
	f.Sealed = &survey.Sealed{OwnerHomes: 1000, Counts: counts(900, 890)}
	for _, published := range []bool{false, true} {
		f.Published = published
		s := parsed(t).Sheet(survey.Activity{}, e, f, survey.CompanyRole)
		if s.Award("1.1").Hidden == published || s.Award("6.1").Hidden == published {
			t.Errorf("published %t, the company sees %+v", published, s.Award("1.1"))
		}
	}
}

// A borderline veto excludes once a second person has confirmed it upon the
// result that is read.
func TestBorderlineVetoExcludesOnceConfirmed(t *testing.T) {
	campaign := survey.Campaign{Admission: survey.ByRoom, Margins: survey.DefaultMargins()}
	f := rubric.Figures{Campaign: &campaign, Sealed: &survey.Sealed{OwnerHomes: 1000, Counts: counts(300, 178)}}
	for _, c := range []struct {
		name     string
		of       *rubric.Confirmation
		excluded bool
	}{
		{"nobody", nil, false},
		{"one person", &rubric.Confirmation{Snapshot: 2, Asked: by(1)}, false},
		{"two persons", &rubric.Confirmation{Snapshot: 2, Asked: by(1), Confirmed: by(2)}, true},
		{"two persons, of an older result", &rubric.Confirmation{Snapshot: 1, Asked: by(1), Confirmed: by(2)}, false},
	} {
		e := rubric.Entries{Reading: &rubric.Reading{Snapshot: 2, Newest: 2}, Confirmation: c.of}
		for _, v := range []string{"6.2", "6.3", "6.4", "6.5", "6.6"} {
			e.Vetoes = append(e.Vetoes, rubric.Recorded{Item: v, State: rubric.No})
		}
		s := parsed(t).Sheet(survey.Activity{}, e, f, survey.CityRole)
		if s.Excluded != c.excluded || s.Blocked == c.excluded {
			t.Errorf("%s: excluded %t, blocked %t", c.name, s.Excluded, s.Blocked)
		}
		e.Reading.Newest = 3
		if s := parsed(t).Sheet(survey.Activity{}, e, f, survey.CityRole); !s.Stale || !s.Blocked || s.Complete {
			t.Errorf("%s, corrected since: %+v", c.name, s)
		}
	}
}

func TestHalvesAsTheyAreTyped(t *testing.T) {
	for text, want := range map[string]*rubric.Halves{"": nil, " ": nil, "0": half(0), "3": half(6), "3.5": half(7), "3.50": half(7), "０．５": half(1), "4.0": half(8), "100": half(200)} {
		if got, err := rubric.ParseHalves(text); err != nil || !equal(got, want) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"3.2", "-1", "1e2", "x", ".5", "3.55", "1000", "NaN", "3,5", "+2", "3.5.5"} {
		if got, err := rubric.ParseHalves(text); survey.KindOf(err) != survey.Invalid {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}
