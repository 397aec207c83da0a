package survey_test

import (
	"testing"

	"meihao/survey"
)

func TestScoreSumsCounts(t *testing.T) {
	a := survey.Score{Responses: 12, Answered: 10, Satisfied: 9}
	b := survey.Score{Responses: 120, Answered: 100, Satisfied: 10}
	sum := a.Add(b)
	if want := (survey.Score{Responses: 132, Answered: 110, Satisfied: 19}); sum != want {
		t.Errorf("sum = %+v, want %+v", sum, want)
	}
	if sum != b.Add(a) {
		t.Error("the order of a sum matters")
	}
	if got := sum.DontKnow(); got != 22 {
		t.Errorf("don't know = %d, want 22", got)
	}
	// Not the mean of 90 % and 10 %.
	if got := survey.Rate(sum.Satisfied, sum.Answered); got != "17.3%" {
		t.Errorf("rate of the sum = %s, want 17.3%%", got)
	}
}
