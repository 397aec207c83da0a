package survey

import (
	"time"

	"meihao/survey/stats"
)

// QuestionResult is what was answered to one question in one base, as a role
// may see it. What it may not see is nil or empty, and Hidden says why.
type QuestionResult struct {
	Question *Question
	Base     Bases
	// Counts are the answers by option, in the question's order; nil where they
	// are hidden and for a question of free text, whose answers are comments.
	Counts []int64
	// Responses are the counted answer sheets, with an answer to this question
	// or without: what the shares of a multiple choice are taken of, because
	// who ticked nothing left no count.
	Responses *int64
	// Answered is n: of a scale those who answered but for DontKnow, of a
	// single choice all who did; nil for a multiple choice.
	Answered, DontKnow, Satisfied *int64
	Rate                          string // of a scale; NoRate without n
	Households                    int64  // N of the base, of the shown projects
	Hidden                        string // HiddenByRole or HiddenFew
	Projects, Shown               int    // of a sum: of so many projects so many are in it
}

// SeesRate says whether there is a share of satisfied answers to be shown.
func (r QuestionResult) SeesRate() bool { return r.Satisfied != nil && *r.Answered > 0 }

// Sample is the share of satisfied answers as a sample of the households;
// meant only where SeesRate says so.
func (r QuestionResult) Sample() stats.Sample {
	return stats.Sample{K: *r.Satisfied, N: *r.Answered, Population: r.Households}
}

// QuestionResults are the results of all questions of an enrolled project, in
// the questionnaire's order, each in the owner and then in the resident base.
func QuestionResults(c Campaign, q *Questionnaire, e Enrolment, role Role, now time.Time) []QuestionResult {
	d := DistributionOf(c, e, now)
	return SumQuestions(c, q, []Distribution{d}, role, now)
}

// SumQuestions adds up the results of projects: of each what its reader may
// see of it and nothing else, so that no hidden one can be had by subtracting
// sums from one another (RULES §3, §8). A result that is made of no project
// is hidden for the reason for which most are: the role, else few answers.
func SumQuestions(c Campaign, q *Questionnaire, list []Distribution, role Role, now time.Time) []QuestionResult {
	s := newQuestionSums(c, q, role, now)
	for i := range list {
		s.add(&list[i])
	}
	return s.results()
}

// OfBase are the results of one base, in their order.
func OfBase(results []QuestionResult, base Bases) []QuestionResult {
	var list []QuestionResult
	for _, r := range results {
		if r.Base == base {
			list = append(list, r)
		}
	}
	return list
}

// questionSums are the sums of all questions in both bases while they grow.
type questionSums struct {
	seeing
	sums []questionSum // by closed question, owner base first
	list int           // projects
}

type questionSum struct {
	counts                []int64
	responses, households int64
	shown                 int
	byRole                bool
}

func newQuestionSums(c Campaign, q *Questionnaire, role Role, now time.Time) *questionSums {
	s := &questionSums{seeing: seeing{c, q, role, now}, sums: make([]questionSum, 2*len(q.closed))}
	counters := make([]int64, 2*q.options)
	for n := range q.closed {
		for b := range 2 {
			options := len(q.closedOne(n).Options)
			s.sums[2*n+b].counts, counters = counters[:options:options], counters[options:]
		}
	}
	return s
}

func (s *questionSums) add(d *Distribution) {
	s.list++
	for b, base := range []Bases{OwnerBase, ResidentBase} {
		hidden := s.base(d, base)
		f, _ := d.of(base)
		for n := range s.q.closed {
			sum, why := &s.sums[2*n+b], hidden
			if why == "" {
				why = s.question(d, n, base)
			}
			if why != "" {
				sum.byRole = sum.byRole || why == HiddenByRole
				continue
			}
			sum.shown++
			sum.responses += f.Counted.Responses
			sum.households += int64(d.Homes.Of(base))
			for i, count := range s.q.countersOf(f.Answers, n) {
				sum.counts[i] += count
			}
		}
	}
}

func (s *questionSums) results() []QuestionResult {
	list := make([]QuestionResult, 0, 2*len(s.q.Questions))
	closed := 0
	for i := range s.q.Questions {
		one := &s.q.Questions[i]
		for b, base := range []Bases{OwnerBase, ResidentBase} {
			r := QuestionResult{Question: one, Base: base, Projects: s.list}
			if one.Type != Text {
				s.sums[2*closed+b].into(&r)
			}
			list = append(list, r)
		}
		if one.Type != Text {
			closed++
		}
	}
	return list
}

// into makes the result of a sum.
func (sum *questionSum) into(r *QuestionResult) {
	r.Shown, r.Households = sum.shown, sum.households
	if sum.shown == 0 {
		if r.Hidden = HiddenFew; sum.byRole {
			r.Hidden = HiddenByRole
		}
		return
	}
	r.Counts, r.Responses = sum.counts, &sum.responses
	t := r.Question.total(sum.counts)
	if r.Question.Type != Multi {
		r.Answered = &t.answered
	}
	if r.Question.Type == Scale {
		r.DontKnow, r.Satisfied, r.Rate = &t.dontKnow, &t.satisfied, Rate(t.satisfied, t.answered)
	}
}

// totals of one question's counters.
type questionTotal struct{ answered, dontKnow, satisfied int64 }

func (one *Question) total(counts []int64) questionTotal {
	var t questionTotal
	for i, n := range counts {
		switch counts := one.Options[i].Counts; {
		case one.Type == Scale && counts == "excluded":
			t.dontKnow += n
		case counts == "satisfied":
			t.satisfied += n
			t.answered += n
		default:
			t.answered += n
		}
	}
	return t
}
