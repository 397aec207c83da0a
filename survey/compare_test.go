package survey

import (
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// shownGlance is a base that the city sees whole.
func shownGlance(households, answered, satisfied int64) *BaseGlance {
	c := Campaign{Admission: ByRoom, Stage: ClosedStage, Margins: DefaultMargins()}
	f := core{counted: Score{Responses: answered, Answered: answered, Satisfied: satisfied}}
	g := c.glanceOf(f, OwnerBase, Homes{Households: int(households)}, CityRole, time.Time{})
	return &g
}

func TestCompare(t *testing.T) {
	open := Campaign{Admission: ByOpen, Stage: ClosedStage, Margins: DefaultMargins()}
	score := core{counted: Score{Responses: 300, Answered: 300, Satisfied: 240}}
	indicative := open.glanceOf(score, OwnerBase, Homes{Households: 1000}, CityRole, time.Time{})
	running := Campaign{Admission: ByRoom, Stage: OpenStage, Opens: time.Unix(0, 0), Closes: time.Unix(9, 0), Margins: DefaultMargins()}
	hidden := running.glanceOf(score, OwnerBase, Homes{Households: 1000}, CommunityRole, time.Unix(5, 0))
	good, small := shownGlance(1000, 300, 240), shownGlance(1000, 40, 40)
	for _, tt := range []struct {
		name          string
		before, after *BaseGlance
		change        Change
		points        string
		reason        string
		earlier       bool
	}{
		{"more than chance", good, shownGlance(1000, 300, 264), Risen, "+8.0", "", false},
		{"less by more than chance", good, shownGlance(1000, 300, 216), Fallen, "−8.0", "", false},
		{"within chance", good, shownGlance(1000, 300, 252), Unchanged, "+4.0", "", false},
		{"the same", good, good, Unchanged, "0.0", "", false},
		{"everybody asked twice, one home of them", shownGlance(100, 100, 80), shownGlance(100, 100, 81), Risen, "+1.0", "", false},
		{"too few now", good, small, NotComparable, "+20.0", TooFewAnswers, false},
		{"too few then", small, good, NotComparable, "−20.0", TooFewAnswers, true},
		{"nobody answered", good, shownGlance(1000, 0, 0), NotComparable, "", HiddenFew, false},
		{"fewer than ten", shownGlance(1000, 9, 9), good, NotComparable, "", HiddenFew, true},
		{"more answers than households", good, shownGlance(290, 300, 290), NotComparable, "+16.7", MoreAnswersThanHouseholds, false},
		{"open admission", &indicative, good, NotComparable, "0.0", IndicativeOnly, true},
		{"not for this role", &hidden, good, NotComparable, "", HiddenByRole, true},
		{"not for this role now", good, &hidden, NotComparable, "", HiddenByRole, false},
		{"was not part of it", nil, good, NotComparable, "", NotEnrolled, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := Compare(tt.before, tt.after)
			want := Compared{Before: got.Before, After: got.After, Interval: got.Interval, Change: tt.change, Points: tt.points, Reason: tt.reason, Earlier: tt.earlier}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			if (got.Interval != nil) != (tt.points != "") {
				t.Errorf("the interval is %v beside %q points", got.Interval, tt.points)
			}
		})
	}
}

// What a role may not see of either side is in no field of a comparison.
func TestCompareHides(t *testing.T) {
	few := shownGlance(1000, 9, 8)
	got := Compare(few, shownGlance(1000, 300, 240))
	if got.Before != (ComparedSide{Households: 1000}) || got.Points != "" || got.Interval != nil || got.Before.Rate() != "" {
		t.Errorf("of nine answers a comparison says %+v", got)
	}
}

// The printed change has the sign of the exact one, and lies within half a
// unit of its last digit.
func TestPointsKeepTheirSign(t *testing.T) {
	side := func(t *rapid.T, name string) ComparedSide {
		n := rapid.OneOf(rapid.Int64Range(1, 500), rapid.Int64Range(1, 9_000_000)).Draw(t, name)
		return ComparedSide{Answered: n, Satisfied: rapid.Int64Range(0, n).Draw(t, name+" satisfied"), Seen: true}
	}
	rapid.Check(t, func(t *rapid.T) {
		before, after := side(t, "before"), side(t, "after")
		text := PointsBetween(before, after)
		printed, ok := new(big.Rat).SetString(strings.Replace(text, minus, "-", 1))
		if !ok {
			t.Fatalf("%q is no number", text)
		}
		exact := big.NewRat(after.Satisfied, after.Answered)
		exact.Sub(exact, big.NewRat(before.Satisfied, before.Answered)).Mul(exact, big.NewRat(100, 1))
		if printed.Sign() != exact.Sign() {
			t.Fatalf("%s is printed for %s", text, exact.FloatString(9))
		}
		_, decimals, _ := strings.Cut(text, ".")
		unit := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(len(decimals))), nil))
		off := new(big.Rat).Sub(printed, exact)
		if len(decimals) < 6 && off.Abs(off).Cmp(unit.Mul(unit, big.NewRat(1, 2))) > 0 {
			t.Fatalf("%s is printed for %s", text, exact.FloatString(9))
		}
		if back := PointsBetween(after, before); text != "0.0" && back[len(back)-len(decimals):] != decimals {
			t.Fatalf("%s one way and %s the other", text, back)
		}
	})
}

// A sum is made of the projects of which both sides are seen, and all of its
// projects are counted by their words.
func TestSumCompared(t *testing.T) {
	in := func(district ID, c Compared) ComparedProject {
		return ComparedProject{&Project{Place: Place{District: district}}, c}
	}
	good := shownGlance(1000, 300, 240)
	sums := SumCompared([]ComparedProject{
		in(1, Compare(good, shownGlance(1000, 300, 264))), in(2, Compare(good, good)),
		in(1, Compare(nil, good)), in(1, Compare(shownGlance(500, 250, 240), shownGlance(500, 250, 200))),
		in(1, Compare(shownGlance(1000, 9, 9), good)),
	}, DistrictLevel)
	want := []ComparedSum{
		{
			Place: Place{District: 1}, Projects: 4, Shown: 2, Fallen: 1, Risen: 1, Incomparable: 2,
			Before: ComparedSide{1500, 550, 480, true}, After: ComparedSide{1500, 550, 464, true},
		},
		{Place: Place{District: 2}, Projects: 1, Shown: 1, Unchanged: 1, Before: ComparedSide{1000, 300, 240, true}, After: ComparedSide{1000, 300, 240, true}},
	}
	if diff := cmp.Diff(want, sums); diff != "" {
		t.Error(diff)
	}
	if got := sums[0].Points(); got != "−2.9" {
		t.Errorf("the sum changed by %s, want −2.9", got)
	}
}

func TestCautions(t *testing.T) {
	a := Campaign{Admission: ByRoom, Questionnaire: 1, Margins: DefaultMargins()}
	b := a
	if got := Cautions(a, b, false); got != nil {
		t.Errorf("two of a kind differ in %v", got)
	}
	b.Admission, b.Questionnaire, b.Margins.Full = ByCode, 2, 30
	if diff := cmp.Diff([]string{OtherAdmission, OtherQuestionnaire, OtherMargins, StillRunning}, Cautions(a, b, true)); diff != "" {
		t.Error(diff)
	}
}

func BenchmarkCompare(b *testing.B) {
	before, after := shownGlance(1000, 300, 240), shownGlance(1000, 300, 252)
	for b.Loop() {
		Compare(before, after)
	}
}
