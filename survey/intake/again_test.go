package intake_test

import (
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"meihao/survey"
	"meihao/survey/intake"
)

// answered is what the phone keeps of an admitted answer, and a new sheet.
func answered(t *testing.T) (survey.Submission, intake.Again) {
	t.Helper()
	s, err := intake.Admit(lobby(), questionnaire(t), good(), noon())
	if err != nil {
		t.Fatal(err)
	}
	return s, intake.Again{Receipt: s.Receipt, Change: s.ChangeKey, Values: map[string][]string{"Q1": {"2"}, "Q16": {"改了"}}}
}

func TestAdmittedAgain(t *testing.T) {
	s, again := answered(t)
	retired := lobby()
	retired.Retired, retired.MovedTo = true, "2号楼大堂"
	for name, p := range map[string]survey.Poster{"through the same poster": lobby(), "through a retired one": retired} {
		r, err := intake.AdmitAgain(p, questionnaire(t), again, noon())
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if r.Campaign != s.Campaign || r.Project != s.Project || r.Receipt != s.Receipt || r.Change != s.Change || r.Reading.Comment != "改了" {
			t.Errorf("%s: %+v", name, r)
		}
	}
	again.Values = nil
	r, err := intake.AdmitAgain(lobby(), questionnaire(t), again, noon())
	if err != nil || questionnaire(t).Pack(r.Reading) != questionnaire(t).Pack(survey.Reading{}) {
		t.Errorf("a withdrawal: %+v, %v", r, err)
	}
}

func TestRefusedAgain(t *testing.T) {
	_, again := answered(t)
	for _, c := range []struct {
		name   string
		poster func(*survey.Poster)
		ask    func(*intake.Again)
		at     time.Time
		kind   survey.Kind
		fields []string
	}{
		{"before it opens", nil, nil, noon().Add(-2 * time.Hour), survey.NotOpen, nil},
		{"at the end", nil, nil, noon().Add(time.Hour), survey.Closed, nil},
		{"sealed", func(p *survey.Poster) { p.Campaign.Stage, p.Key = survey.SealedStage, nil }, nil, noon(), survey.Closed, nil},
		{"another enrolment's receipt", func(p *survey.Poster) { p.Tag++ }, nil, noon(), survey.NotFound, nil},
		{"no receipt", nil, func(a *intake.Again) { a.Receipt = "" }, noon(), survey.NotFound, nil},
		{"a mistyped one", nil, func(a *intake.Again) { a.Receipt = a.Receipt[1:] + "0" }, noon(), survey.NotFound, nil},
		{"no overall answer", nil, func(a *intake.Again) { a.Values = map[string][]string{"Q2": {"5"}} }, noon(), survey.Invalid, []string{"Q1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, a := lobby(), again
			if c.poster != nil {
				c.poster(&p)
			}
			if c.ask != nil {
				c.ask(&a)
			}
			r, err := intake.AdmitAgain(p, questionnaire(t), a, c.at)
			var e *survey.Error
			if !errors.As(err, &e) || e.Kind != c.kind || r.Receipt != "" {
				t.Fatalf("%+v, %v; want %s", r, err, c.kind)
			}
			if got := slices.Sorted(maps.Keys(e.Fields)); !slices.Equal(got, c.fields) {
				t.Errorf("fields %v, want %v", got, c.fields)
			}
		})
	}
}
