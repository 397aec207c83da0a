package survey_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"meihao/static"
	"meihao/survey"
)

func defaultQuestionnaire(t interface{ Fatal(...any) }) *survey.Questionnaire {
	q, err := survey.ParseQuestionnaire(static.Questionnaire)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func values(pairs ...string) map[string][]string {
	v := map[string][]string{}
	for i := 0; i < len(pairs); i += 2 {
		v[pairs[i]] = append(v[pairs[i]], pairs[i+1])
	}
	return v
}

func TestReadRefusesWithEachField(t *testing.T) {
	q := defaultQuestionnaire(t)
	cases := []struct {
		name   string
		values map[string][]string
		fields map[string]string
	}{
		{"nothing", nil, map[string]string{"S1": "error.answer.required", "S2": "error.answer.required"}},
		{"unknown question", values("S1", "OWNER", "S2", "Y", "Q99", "5"), map[string]string{"Q99": "error.answer.unknown_question"}},
		{"a name of a megabyte", values("S1", "OWNER", "S2", "Y", strings.Repeat("Q", 1<<20), "5"), map[string]string{"answers": "error.answer.unknown_question"}},
		{"unknown option", values("S1", "OWNER", "S2", "Y", "Q1", "6"), map[string]string{"Q1": "error.answer.unknown_option"}},
		{"option in another case", values("S1", "owner", "S2", "Y"), map[string]string{"S1": "error.answer.unknown_option"}},
		{"two answers to one", values("S1", "OWNER", "S2", "Y", "Q1", "5", "Q1", "1"), map[string]string{"Q1": "error.answer.one_only"}},
		{"none with another", values("S1", "OWNER", "S2", "Y", "Q13", "NONE", "Q13", "VOTE"), map[string]string{"Q13": "error.answer.exclusive"}},
		{"the same choice twice", values("S1", "OWNER", "S2", "Y", "Q13", "VOTE", "Q13", "VOTE"), map[string]string{"Q13": "error.answer.unknown_option"}},
		{"201 characters", values("S1", "OWNER", "S2", "Y", "Q16", strings.Repeat("好", 201)), map[string]string{"Q16": "error.answer.too_long"}},
		{"no text", values("S1", "OWNER", "S2", "Y", "Q16", "\xff\xfe"), map[string]string{"Q16": "error.answer.not_text"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := q.Read(c.values)
			var e *survey.Error
			if !errors.As(err, &e) || e.Kind != survey.Invalid {
				t.Fatalf("got %v, want an Invalid error", err)
			}
			got := map[string]string{}
			for name, m := range e.Fields {
				got[name] = m.Key
			}
			if diff := cmp.Diff(c.fields, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestConditionalQuestions(t *testing.T) {
	q := defaultQuestionnaire(t)
	cases := []struct {
		name   string
		values map[string][]string
		open   bool
	}{
		{"parent answered so", values("S1", "OWNER", "S2", "Y", "Q8", "H2", "Q8b", "Y"), true},
		{"parent answered otherwise", values("S1", "OWNER", "S2", "Y", "Q8", "NONE", "Q8b", "Y"), false},
		{"parent blank", values("S1", "OWNER", "S2", "Y", "Q8b", "Y"), false},
		{"nonsense in a closed question", values("S1", "OWNER", "S2", "Y", "Q8b", "??"), false},
	}
	for _, c := range cases {
		r, err := q.Read(c.values)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		chosen, err := q.Unpack(q.Pack(r))
		if got := len(chosen["Q8b"]) > 0; got != c.open || err != nil {
			t.Errorf("%s: Q8b kept %v, want %v", c.name, got, c.open)
		}
	}
}

func TestBases(t *testing.T) {
	q := defaultQuestionnaire(t)
	for _, c := range []struct {
		relation, lives string
		want            survey.Bases
	}{
		{"OWNER", "Y", survey.BothBases}, {"CO_OWNER", "N", survey.OwnerBase}, {"TENANT", "Y", survey.ResidentBase},
		{"FAMILY", "Y", survey.ResidentBase}, {"FAMILY", "N", 0}, {"OTHER", "N", 0},
	} {
		r, err := q.Read(values("S1", c.relation, "S2", c.lives))
		if err != nil || q.Bases(r) != c.want {
			t.Errorf("%s, lives here %s: bases %v (%v), want %v", c.relation, c.lives, q.Bases(r), err, c.want)
		}
	}
}

// drawReading draws a valid set of values.
func drawReading(t *rapid.T, q *survey.Questionnaire) survey.Reading {
	v := map[string][]string{}
	for _, one := range q.Questions {
		if len(one.Options) == 0 || !one.Required && rapid.Bool().Draw(t, one.ID+" blank") {
			continue
		}
		for range 1 + rapid.IntRange(0, 2).Draw(t, one.ID+" more") {
			c := one.Options[rapid.IntRange(0, len(one.Options)-1).Draw(t, one.ID)]
			if len(v[one.ID]) == 0 || one.Type == survey.Multi && !c.Exclusive && !slices.Contains(v[one.ID], c.Code) &&
				!slices.ContainsFunc(one.Options, func(o survey.Choice) bool { return o.Exclusive && o.Code == v[one.ID][0] }) {
				v[one.ID] = append(v[one.ID], c.Code)
			}
		}
	}
	r, err := q.Read(v)
	if err != nil {
		t.Fatalf("%v: %v", v, err)
	}
	return r
}

func TestPackRoundTrip(t *testing.T) {
	q := defaultQuestionnaire(t)
	rapid.Check(t, func(t *rapid.T) {
		r := drawReading(t, q)
		packed := q.Pack(r)
		back, err := q.Unpack(packed)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := q.Read(back); err != nil || !reflect.DeepEqual(again, r) {
			t.Fatalf("%v became %v in %q, %v", r, again, packed, err)
		}
	})
	for _, sheet := range []map[string][]string{fullSheet(), values("S1", "TENANT", "S2", "Y", "Q14", "WASTE", "Q14", "FIRE")} {
		r, err := q.Read(sheet)
		if err != nil {
			t.Fatal(err)
		}
		back, err := q.Unpack(q.Pack(r))
		for _, codes := range sheet {
			slices.Sort(codes)
		}
		for _, codes := range back {
			slices.Sort(codes)
		}
		if diff := cmp.Diff(sheet, back); diff != "" || err != nil {
			t.Errorf("%v: what was given and what is kept (-given +kept):\n%s", err, diff)
		}
	}
	for _, broken := range []string{"", "A", "zzzzzzzzzzzzzzzzzzzz", q.Pack(survey.Reading{}) + "A"} {
		if _, err := q.Unpack(broken); err == nil {
			t.Errorf("%q was unpacked", broken)
		}
	}
}

func TestBrokenQuestionnairesAreRefused(t *testing.T) {
	for what, change := range map[string][2]string{
		"a question twice":      {`"id": "S2"`, `"id": "S1"`},
		"an unknown parent":     {`Q11=='Y'`, `Q77=='Y'`},
		"an unknown option":     {`Q11=='Y'`, `Q11=='YES'`},
		"no overall question":   {`"role": "overall"`, `"role": ""`},
		"an unknown type":       {`"type": "multi"`, `"type": "matrix"`},
		"a question in no part": {"    \"S2\",\n", ""},
	} {
		broken := strings.Replace(string(static.Questionnaire), change[0], change[1], 1)
		if _, err := survey.ParseQuestionnaire([]byte(broken)); err == nil {
			t.Errorf("%s was accepted", what)
		}
	}
}
