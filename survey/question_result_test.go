package survey_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"meihao/survey"
)

// answered is an enrolment that is filled sheet by sheet, with its copies.
type answered struct {
	survey.Enrolment
	t testing.TB
	q *survey.Questionnaire
}

func answering(t testing.TB) *answered {
	return &answered{survey.Enrolment{Project: survey.Project{ID: 1}, Homes: survey.Homes{Households: 500}}, t, defaultQuestionnaire(t)}
}

// say adds n counted sheets of these bases with such answers ("Q1=5 Q13=VOTE").
func (a *answered) say(n int, bases survey.Bases, answers string) *answered {
	a.t.Helper()
	v := values("S1", "OWNER", "S2", "Y")
	for _, one := range strings.Fields(answers) {
		id, codes, _ := strings.Cut(one, "=")
		v[id] = strings.Split(codes, ",")
	}
	r, err := a.q.Read(v)
	if err != nil {
		a.t.Fatal(err)
	}
	for range n {
		response := survey.Response{Bases: bases, Group: 1, Lane: survey.RoomLane, State: survey.Counted, Answers: a.q.Pack(r)}
		if err := a.Tally.Add(a.q, response, 1); err != nil {
			a.t.Fatal(err)
		}
	}
	a.Owner, a.Resident = a.Tally.ShowBase(survey.ByRoom, survey.OwnerBase), a.Tally.ShowBase(survey.ByRoom, survey.ResidentBase)
	return a
}

func duringAndAfter() (during, after time.Time) {
	return moment("2026-09-10T00:00:00+08:00"), moment("2026-09-22T00:00:00+08:00")
}

// told is what a result tells, in a line: "k/n dk rate" or why not.
func told(results []survey.QuestionResult, id string, base survey.Bases) string {
	for _, r := range results {
		switch {
		case r.Question.ID != id || r.Base != base:
		case r.Hidden != "":
			if r.Counts != nil || r.Answered != nil || r.Satisfied != nil || r.DontKnow != nil || r.Responses != nil || r.Rate != "" {
				return "hidden, and yet told"
			}
			return r.Hidden
		case r.Question.Type == survey.Scale:
			return fmt.Sprintf("%d/%d %d %s", *r.Satisfied, *r.Answered, *r.DontKnow, r.Rate)
		case r.Answered != nil:
			return fmt.Sprintf("%v of %d", r.Counts, *r.Answered)
		default:
			return fmt.Sprintf("%v of %d sheets", r.Counts, *r.Responses)
		}
	}
	return "missing"
}

func TestQuestionResults(t *testing.T) {
	during, after := duringAndAfter()
	const owner, resident, both = survey.OwnerBase, survey.ResidentBase, survey.BothBases
	cases := []struct {
		name     string
		e        *answered
		role     survey.Role
		now      time.Time
		question string
		base     survey.Bases
		want     string
	}{
		{"a scale without don't-know", answering(t).say(9, both, "Q1=5 Q2=4").say(3, both, "Q1=2 Q2=DK").say(2, both, "Q1=3 Q2=3"), survey.CommunityRole, after, "Q2", owner, "9/11 3 81.8%"},
		{"before closing by district", answering(t).say(12, both, "Q1=5 Q2=4"), survey.DistrictRole, during, "Q2", resident, "12/12 0 100.0%"},
		{"before closing by subdistrict", answering(t).say(12, both, "Q1=5 Q2=4"), survey.SubdistrictRole, during, "Q2", owner, "role"},
		{"before closing by the auditor", answering(t).say(12, both, "Q1=5 Q2=4"), survey.Auditor, during, "Q2", owner, "role"},
		{"a company sees no questions", answering(t).say(12, both, "Q1=5 Q2=4"), survey.CompanyRole, after, "Q2", owner, "role"},
		{"nine of twelve answered the question", answering(t).say(9, both, "Q1=5 Q2=4").say(3, both, "Q1=5"), survey.CityRole, after, "Q2", owner, "too_few"},
		{"don't-know is no answer", answering(t).say(9, both, "Q1=5 Q2=4").say(30, both, "Q1=5 Q2=DK"), survey.CityRole, after, "Q2", owner, "too_few"},
		{"nine in all", answering(t).say(9, both, "Q1=5 Q8=H2"), survey.CityRole, after, "Q8", owner, "too_few"},
		{"a single choice", answering(t).say(10, both, "Q1=5 Q8=H2").say(2, both, "Q1=5 Q8=NONE").say(7, both, "Q1=5"), survey.CityRole, after, "Q8", owner, "[2 10 0 0 0 0] of 12"},
		{"a multiple choice", answering(t).say(10, both, "Q1=5 Q13=VOTE,MEET").say(3, both, "Q1=5 Q13=NONE"), survey.CityRole, after, "Q13", owner, "[10 10 0 0 3] of 13 sheets"},
		{"a multiple choice of perhaps nine", answering(t).say(6, both, "Q1=5 Q13=VOTE,MEET").say(3, both, "Q1=5 Q13=NONE").say(9, both, "Q1=5"), survey.CityRole, after, "Q13", owner, "too_few"},
		{"one in one base only hides the resident base", answering(t).say(20, both, "Q1=5 Q2=4").say(1, owner, "Q1=1 Q2=1"), survey.CityRole, after, "Q2", resident, "too_few"},
		{"and leaves the owner base", answering(t).say(20, both, "Q1=5 Q2=4").say(1, owner, "Q1=1 Q2=1"), survey.CityRole, after, "Q2", owner, "20/21 0 95.2%"},
		{"twelve in one base only, three of them said this", answering(t).say(20, both, "Q1=5 Q2=4").say(3, owner, "Q1=1 Q2=1").say(9, owner, "Q1=1"), survey.CityRole, after, "Q2", resident, "too_few"},
		{"of those who said it ten", answering(t).say(20, both, "Q1=5 Q2=4").say(10, owner, "Q1=1 Q2=1").say(2, owner, "Q1=1"), survey.CityRole, after, "Q2", resident, "20/20 0 100.0%"},
		{"none of them said it", answering(t).say(20, both, "Q1=5 Q2=4").say(12, owner, "Q1=1"), survey.CityRole, after, "Q2", resident, "20/20 0 100.0%"},
		{"three said they don't know", answering(t).say(20, both, "Q1=5 Q2=4").say(3, owner, "Q1=1 Q2=DK").say(9, owner, "Q1=1"), survey.CityRole, after, "Q2", resident, "too_few"},
		{"while it runs: three may have said it", answering(t).say(20, both, "Q1=5 Q2=4").say(3, owner, "Q1=1 Q2=1").say(9, owner, "Q1=1"), survey.CityRole, during, "Q2", resident, "too_few"},
		{"while it runs: all said it", answering(t).say(20, both, "Q1=5 Q2=4").say(12, owner, "Q1=1 Q2=1"), survey.CityRole, during, "Q2", resident, "20/20 0 100.0%"},
		{"while it runs: three ticked it", answering(t).say(20, both, "Q1=5 Q13=VOTE").say(3, owner, "Q1=1 Q13=MEET").say(9, owner, "Q1=1"), survey.CityRole, during, "Q13", resident, "too_few"},
		{"free text", answering(t).say(20, both, "Q1=5"), survey.CityRole, after, "Q16", owner, "[] of 0"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			results := survey.QuestionResults(running(), c.e.q, c.e.Enrolment, c.role, c.now)
			if c.question == "Q16" {
				if i := slices.IndexFunc(results, func(r survey.QuestionResult) bool { return r.Question.ID == "Q16" }); i < 0 || results[i].Counts != nil || results[i].Hidden != "" {
					t.Errorf("free text is %+v", results)
				}
				return
			}
			if got := told(results, c.question, c.base); got != c.want {
				t.Errorf("%s is %q, want %q", c.question, got, c.want)
			}
		})
	}
}

// A sum is made of what is shown of each project, and says of how many.
func TestSumQuestionsLeavesOutWhatIsHidden(t *testing.T) {
	_, after := duringAndAfter()
	c := running()
	large, few, mixed := answering(t).say(40, survey.BothBases, "Q1=5 Q2=4"), answering(t).say(9, survey.BothBases, "Q1=1 Q2=1"),
		answering(t).say(20, survey.BothBases, "Q1=5 Q2=2").say(4, survey.ResidentBase, "Q1=1 Q2=1")
	var list []survey.Distribution
	for _, a := range []*answered{large, few, mixed} {
		list = append(list, survey.DistributionOf(c, a.Enrolment, after))
	}
	results := survey.SumQuestions(c, large.q, list, survey.CityRole, after)
	for base, want := range map[survey.Bases]string{survey.OwnerBase: "40/60 0 66.7%", survey.ResidentBase: "40/40 0 100.0%"} {
		if got := told(results, "Q2", base); got != want {
			t.Errorf("base %d: %s, want %s", base, got, want)
		}
	}
	owner := survey.OfBase(results, survey.OwnerBase)[3]
	if *owner.Satisfied != 40 || *owner.Answered != 60 || owner.Shown != 2 || owner.Projects != 3 || owner.Households != 1000 || *owner.Responses != 60 {
		t.Errorf("the owner base is %+v", owner)
	}
	// The sum with and without a hidden project is the same.
	if diff := cmp.Diff(survey.SumQuestions(c, large.q, list[:1], survey.CityRole, after)[6].Counts, survey.SumQuestions(c, large.q, list[:2], survey.CityRole, after)[6].Counts); diff != "" {
		t.Error("a hidden project can be had by subtraction", diff)
	}
	if got := told(survey.SumQuestions(c, large.q, list[1:2], survey.CommunityRole, after), "Q2", survey.OwnerBase); got != "too_few" {
		t.Errorf("a sum of nothing is %s", got)
	}
}

// What a packed tally settles to is what its enrolment gives.
func TestSettleIsDistributionOf(t *testing.T) {
	during, after := duringAndAfter()
	q := defaultQuestionnaire(t)
	rapid.Check(t, func(t *rapid.T) {
		var e survey.Enrolment
		for range rapid.IntRange(0, 40).Draw(t, "sheets") {
			v := values("S1", "OWNER", "S2", "Y")
			for _, id := range []string{"Q1", "Q2", "Q5"} {
				v[id] = []string{rapid.SampledFrom([]string{"5", "4", "3", "2", "1", ""}).Draw(t, id)}
			}
			v["Q13"] = rapid.SampledFrom([][]string{{"VOTE", "MEET"}, {"NONE"}, {}}).Draw(t, "Q13")
			r, err := q.Read(v)
			if err != nil {
				t.Fatal(err)
			}
			response := survey.Response{
				Bases: survey.Bases(rapid.IntRange(1, 3).Draw(t, "bases")), Group: rapid.IntRange(1, 3).Draw(t, "group"),
				Lane: rapid.SampledFrom(survey.Lanes()).Draw(t, "lane"), State: rapid.SampledFrom([]survey.State{survey.Counted, survey.Held, survey.Excluded}).Draw(t, "state"),
				Answers: q.Pack(r),
			}
			if err := e.Tally.Add(q, response, 1); err != nil {
				t.Fatal(err)
			}
		}
		e.Owner, e.Resident = e.Tally.ShowBase(survey.ByRoom, survey.OwnerBase), e.Tally.ShowBase(survey.ByRoom, survey.ResidentBase)
		if rapid.Bool().Draw(t, "a held one was decided after the end") {
			e.Owner.Ended, e.Resident.Ended = true, true
		}
		for _, stage := range []survey.Stage{survey.OpenStage, survey.ClosedStage, survey.SealedStage} {
			c, now := running(), after
			if c.Stage = stage; stage == survey.OpenStage {
				now = during
			}
			want := survey.DistributionOf(c, e, now)
			got := survey.Distribution{Owner: e.Owner, Resident: e.Resident}
			if err := got.Settle(c, e.Tally.Pack(), now); err != nil {
				t.Fatal(err)
			}
			for _, d := range []*survey.Distribution{&want, &got} { // no question shows these
				d.Owner.WithHeld, d.Resident.WithHeld = survey.Score{}, survey.Score{}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%s: %s", stage, diff)
			}
			whole, settled := survey.QuestionResults(c, q, e, survey.CityRole, now), survey.SumQuestions(c, q, []survey.Distribution{got}, survey.CityRole, now)
			for i := range whole {
				if diff := cmp.Diff(whole[i].Counts, settled[i].Counts); diff != "" {
					t.Fatalf("%s: %s", whole[i].Question.ID, diff)
				}
			}
		}
	})
}
