package survey_test

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"meihao/survey"
	"meihao/survey/stats"
)

// crossOf counts a table: how Q2 (rows) was answered together with the
// overall question (columns), both best first.
func crossOf(t testing.TB, table [5][5]int) *survey.Crossing {
	t.Helper()
	_, after := duringAndAfter()
	a := answering(t)
	var sheets []string
	for i, row := range table {
		for j, n := range row {
			answers := fmt.Sprintf("Q1=%d Q2=%d", 5-j, 5-i)
			a.say(n, survey.BothBases, answers)
			for range n {
				sheets = append(sheets, a.packed(answers))
			}
		}
	}
	c := running()
	x := survey.NewCrossing(c, a.q, []survey.Distribution{survey.DistributionOf(c, a.Enrolment, after)}, survey.CommunityRole, after)
	for _, s := range sheets {
		x.Add(a.Project.ID, survey.BothBases, survey.RoomLane, []byte(s))
		x.Add(a.Project.ID, survey.BothBases, survey.OpenLane, []byte(s)) // is not counted
		x.Add(99, survey.BothBases, survey.RoomLane, []byte(s))           // nor another project
	}
	return x
}

// packed is a sheet with two answers: "Q1=5 Q2=4".
func (a *answered) packed(answers string) string {
	a.t.Helper()
	r, err := a.q.Read(values("S1", "OWNER", "S2", "Y", "Q1", answers[3:4], "Q2", answers[8:]))
	if err != nil {
		a.t.Fatal(err)
	}
	return a.q.Pack(r)
}

// The values were computed pair by pair with another program.
func TestAssociation(t *testing.T) {
	cases := []struct {
		name   string
		table  [5][5]int
		both   int64
		tau    float64
		text   string
		word   survey.Strength
		hidden string
	}{
		{"along the diagonal", [5][5]int{{10, 5, 2, 0, 0}, {3, 10, 4, 1, 0}, {1, 3, 12, 2, 0}, {0, 1, 2, 6, 3}, {0, 0, 1, 2, 7}}, 75, 0.7181987109944062, "0.7", survey.StrongAssociation, ""},
		{"nearly all content", [5][5]int{0: {96, 1}, 1: {2}, 4: {4: 1}}, 100, 0.4037428189950776, "0.4", survey.StrongAssociation, ""},
		{"a little", [5][5]int{{9, 8, 7, 3, 0}, {8, 9, 6, 4, 1}, {7, 7, 6, 4, 2}, {3, 5, 3, 4, 2}, {1, 0, 2, 2, 3}}, 106, 0.21454885410996172, "0.2", survey.ModerateAssociation, ""},
		{"nothing", [5][5]int{{6, 6, 6, 6, 6}, {6, 6, 6, 6, 6}, {6, 6, 6, 6, 6}, {6, 6, 6, 6, 6}, {6, 6, 6, 6, 6}}, 150, 0, "0.0", survey.NoAssociation, ""},
		{"upside down", [5][5]int{0: {4: 10}, 1: {3: 10}, 2: {2: 10}}, 30, -1, "−1.0", survey.Opposite, ""},
		{"all alike", [5][5]int{0: {40}}, 40, 0, "", survey.Alike, ""},
		{"29 sheets", [5][5]int{0: {20}, 4: {4: 9}}, 29, 0, "", "", survey.HiddenFew},
		{"30 sheets", [5][5]int{0: {20}, 4: {4: 10}}, 30, 1, "1.0", survey.StrongAssociation, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for _, base := range survey.BothBases.Each() {
				a := crossOf(t, c.table).Associations(base)[0]
				if a.Question.ID != "Q2" || a.Both != c.both || a.Text() != c.text || a.Strength != c.word || a.Hidden != c.hidden {
					t.Errorf("%+v is %q", a, a.Text())
				}
				if math.Abs(a.Float()-c.tau) > 1e-12 {
					t.Errorf("τ-b is %v, want %v", a.Float(), c.tau)
				}
			}
		})
	}
}

// Counting all pairs of households gives the same figure, and rounding it the
// same tenths.
func TestAssociationIsThatOfAllPairs(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var table [5][5]int
		var sheets [][2]int
		for n := rapid.IntRange(30, 60).Draw(rt, "sheets"); len(sheets) < n; {
			s := [2]int{rapid.IntRange(0, 4).Draw(rt, "aspect"), rapid.IntRange(0, 4).Draw(rt, "overall")}
			table[s[0]][s[1]]++
			sheets = append(sheets, s)
		}
		var same, x, y float64
		for i, a := range sheets {
			for _, b := range sheets[:i] {
				dx, dy := sign(a[0]-b[0]), sign(a[1]-b[1])
				same, x, y = same+dx*dy, x+dx*dx, y+dy*dy
			}
		}
		a := crossOf(t, table).Associations(survey.OwnerBase)[0]
		if x*y == 0 {
			if a.Strength != survey.Alike {
				rt.Fatalf("%+v", a)
			}
			return
		}
		tau := same / math.Sqrt(x*y)
		if math.Abs(a.Float()-tau) > 1e-12 {
			rt.Fatalf("τ-b is %v, want %v", a.Float(), tau)
		}
		if exact := math.Round(tau*1e9) / 1e8; math.Abs(math.Mod(math.Abs(exact), 1)-0.5) > 1e-6 && a.Tenths != int(math.Round(tau*10)) {
			rt.Fatalf("%v is %d tenths", tau, a.Tenths)
		}
	})
}

func sign(n int) float64 {
	switch {
	case n > 0:
		return 1
	case n < 0:
		return -1
	}
	return 0
}

// Only what a role may see is crossed, and only once it cannot move any more.
func TestCrossingWantsWhatMayBeSeen(t *testing.T) {
	during, after := duringAndAfter()
	a := answering(t).say(40, survey.BothBases, "Q1=5 Q2=4").say(1, survey.OwnerBase, "Q1=1 Q2=1")
	c := running()
	distribution := survey.DistributionOf(c, a.Enrolment, after)
	x := survey.NewCrossing(c, a.q, []survey.Distribution{distribution}, survey.CommunityRole, after)
	if len(x.Projects()) != 1 || x.Sheets() != 41 {
		t.Errorf("%v projects with %d sheets", x.Projects(), x.Sheets())
	}
	for range 40 {
		x.Add(1, survey.BothBases, survey.RoomLane, []byte(a.packed("Q1=5 Q2=4")))
	}
	if got := x.Associations(survey.OwnerBase)[0]; got.Both != 40 {
		t.Errorf("owner base: %+v", got)
	}
	if got := x.Associations(survey.ResidentBase)[0]; got.Both != 0 || got.Hidden != survey.HiddenFew {
		t.Errorf("resident base, one sheet is in the other only: %+v", got)
	}
	running := survey.NewCrossing(c, a.q, []survey.Distribution{survey.DistributionOf(c, a.Enrolment, during)}, survey.CityRole, during)
	if got := running.Associations(survey.OwnerBase)[0]; len(running.Projects()) != 0 || got.Hidden != survey.HiddenByRole {
		t.Errorf("before closing: %+v", got)
	}
	distribution.Pending = true
	waiting := survey.NewCrossing(c, a.q, []survey.Distribution{distribution}, survey.CityRole, after)
	if got := waiting.Associations(survey.OwnerBase)[0]; len(waiting.Projects()) != 0 || got.Hidden != survey.HiddenPending {
		t.Errorf("while answers are held: %+v", got)
	}
	if a, b := x.Key(), waiting.Key(); a == b {
		t.Error("two crossings of different projects have one key")
	}
}

func TestAspects(t *testing.T) {
	_, after := duringAndAfter()
	c := running()
	own := answering(t).say(60, survey.BothBases, "Q1=5 Q2=5 Q3=4 Q4=5").say(40, survey.BothBases, "Q1=2 Q2=1 Q3=5 Q4=2").say(9, survey.BothBases, "Q1=3 Q5=3")
	beside := answering(t).say(200, survey.BothBases, "Q1=5 Q2=5 Q3=4 Q4=5").say(100, survey.BothBases, "Q1=5 Q2=5 Q3=2 Q4=2")
	of := func(a *answered) []survey.QuestionResult {
		return survey.QuestionResults(c, a.q, a.Enrolment, survey.CityRole, after)
	}
	x := survey.NewCrossing(c, own.q, []survey.Distribution{survey.DistributionOf(c, own.Enrolment, after)}, survey.CityRole, after)
	list := survey.Aspects(of(own), of(beside), x.Associations(survey.OwnerBase), survey.OwnerBase)
	var got []string
	for _, a := range list[:4] {
		side := ""
		if a.Rest != nil {
			side = fmt.Sprintf(" %s (%+d)", survey.Points(a.Sample(), a.Rest.Sample()), a.Side)
		}
		got = append(got, a.Question.ID+side)
	}
	want := []string{"Q2 −40.0 (-1)", "Q4 −6.7 (+0)", "Q3 +33.3 (+1)", "Q5"}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("aspect %d is %s, want %s", i+1, got[i], want[i])
		}
	}
	if last := list[len(list)-1]; last.SeesRate() || last.Hidden != survey.HiddenFew {
		t.Errorf("the last aspect is %+v", last)
	}
}

func TestPoints(t *testing.T) {
	for _, c := range []struct {
		a, b stats.Sample
		want string
	}{
		{stats.Sample{K: 1, N: 3}, stats.Sample{K: 1, N: 3}, "0.0"},
		{stats.Sample{K: 2, N: 3}, stats.Sample{K: 1, N: 3}, "+33.3"},
		{stats.Sample{K: 0, N: 3}, stats.Sample{K: 2, N: 3}, "−66.7"},
		{stats.Sample{K: 1000, N: 3000}, stats.Sample{K: 1001, N: 3000}, "0.0"},
		{stats.Sample{K: 0, N: 2000}, stats.Sample{K: 1, N: 2000}, "−0.1"},
		{stats.Sample{K: 5_000_000, N: 9_000_000}, stats.Sample{K: 1, N: 9_000_000}, "+55.6"},
	} {
		if got := survey.Points(c.a, c.b); got != c.want {
			t.Errorf("%v against %v: %s, want %s", c.a, c.b, got, c.want)
		}
	}
}
