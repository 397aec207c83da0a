package survey_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"meihao/survey"
)

// again reads a re-answer and puts it in place of a full first sheet.
func again(t *testing.T, q *survey.Questionnaire, sheet map[string][]string) map[string][]string {
	t.Helper()
	first, err := q.Read(fullSheet())
	if err != nil {
		t.Fatal(err)
	}
	r, err := q.ReadAgain(sheet)
	if err != nil {
		t.Fatal(err)
	}
	packed, err := q.Replace(q.Pack(first), r)
	if err != nil {
		t.Fatal(err)
	}
	chosen, err := q.Unpack(packed)
	if err != nil {
		t.Fatal(err)
	}
	return chosen
}

// Who answers stays, all else is what was said last (RULES §1).
func TestReanswerReplacesAllButWhoAnswers(t *testing.T) {
	q := defaultQuestionnaire(t)
	for _, c := range []struct {
		name  string
		sheet map[string][]string
		want  map[string][]string
	}{
		{"one answer", values("Q1", "2"), values("S1", "OWNER", "S2", "Y", "Q1", "2")},
		{"who answers is not asked", values("Q1", "2", "S1", "TENANT", "S2", "N"), values("S1", "OWNER", "S2", "Y", "Q1", "2")},
		{"not even checked", values("Q1", "2", "S1", "??", "S2", "N", "S2", "Y"), values("S1", "OWNER", "S2", "Y", "Q1", "2")},
		{"a conditional question", values("Q1", "1", "Q8", "H2", "Q8b", "N"), values("S1", "OWNER", "S2", "Y", "Q1", "1", "Q8", "H2", "Q8b", "N")},
		{"its parent is not answered so", values("Q1", "1", "Q8", "NONE", "Q8b", "N"), values("S1", "OWNER", "S2", "Y", "Q1", "1", "Q8", "NONE")},
		{"a withdrawal", nil, values("S1", "OWNER", "S2", "Y")},
		{"a withdrawal of blanks", values("Q1", "", "Q16", " \n", "S1", "OWNER"), values("S1", "OWNER", "S2", "Y")},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, again(t, q, c.sheet)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Nobody withdraws by mistake: whoever says anything must answer the overall
// question, and what Read refuses is refused here.
func TestReanswerRefusesWithEachField(t *testing.T) {
	q := defaultQuestionnaire(t)
	for _, c := range []struct {
		name  string
		sheet map[string][]string
		want  map[string]string
	}{
		{"another answer only", values("Q2", "5"), map[string]string{"Q1": "error.answer.required"}},
		{"a comment only", values("Q16", "谢谢"), map[string]string{"Q1": "error.answer.required"}},
		{"only a closed question", values("Q8b", "Y"), map[string]string{"Q1": "error.answer.required"}},
		{"the overall answer is blank", values("Q2", "5", "Q1", " "), map[string]string{"Q1": "error.answer.required"}},
		{"the overall answer is none", values("Q1", "9"), map[string]string{"Q1": "error.answer.unknown_option"}},
		{"an unknown question, else nothing", values("Q99", ""), map[string]string{"Q99": "error.answer.unknown_question", "Q1": "error.answer.required"}},
		{"201 characters", values("Q1", "5", "Q16", strings.Repeat("好", 201)), map[string]string{"Q16": "error.answer.too_long"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := q.ReadAgain(c.sheet)
			var e *survey.Error
			if !errors.As(err, &e) || e.Kind != survey.Invalid {
				t.Fatalf("%v, want an Invalid error", err)
			}
			got := map[string]string{}
			for name, m := range e.Fields {
				got[name] = m.Key
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReanswerTakesTheComment(t *testing.T) {
	q := defaultQuestionnaire(t)
	for sheet, want := range map[string]string{"好多了": "好多了", "": ""} {
		r, err := q.ReadAgain(values("Q1", "5", "Q16", sheet))
		if err != nil || r.Comment != want {
			t.Errorf("comment %q, %v; want %q", r.Comment, err, want)
		}
	}
}

// Answers of another questionnaire are never mixed with ours.
func TestReplaceRefusesForeignAnswers(t *testing.T) {
	q := defaultQuestionnaire(t)
	other, err := survey.ParseQuestionnaire([]byte(`{"version": "2", "questions": [
		{"id": "S1", "type": "single", "role": "relation", "options": [{"code": "A"}]},
		{"id": "S2", "type": "single", "role": "residence", "options": [{"code": "A"}]},
		{"id": "Q1", "type": "single", "role": "overall", "options": [{"code": "A"}]}],
		"sections": [{"id": "A", "questions": ["S1", "S2", "Q1"]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := other.ReadAgain(values("Q1", "A"))
	if err != nil {
		t.Fatal(err)
	}
	first, err := q.Read(fullSheet())
	if err != nil {
		t.Fatal(err)
	}
	own, err := q.ReadAgain(values("Q1", "5"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := q.Replace(q.Pack(first), foreign); err == nil {
		t.Error("a reading of another questionnaire was taken")
	}
	for _, stored := range []string{"", "AAA", q.Pack(first) + "A", "~" + q.Pack(first)[1:]} {
		if packed, err := q.Replace(stored, own); err == nil {
			t.Errorf("%q was replaced by %q", stored, packed)
		}
	}
}

// The laws of a re-answer, whatever the sheets say: bases stay, the same
// re-answer twice is once, and what is replaced is what a first sheet with
// the same answers would say.
func TestReanswerLaws(t *testing.T) {
	q := defaultQuestionnaire(t)
	rapid.Check(t, func(t *rapid.T) {
		before := drawReading(t, q)
		sheet, err := q.Unpack(q.Pack(drawReading(t, q)))
		if err != nil {
			t.Fatal(err)
		}
		sheet["Q1"] = []string{"3"}
		r, err := q.ReadAgain(sheet)
		if err != nil {
			t.Fatal(err)
		}
		once, err := q.Replace(q.Pack(before), r)
		if err != nil {
			t.Fatal(err)
		}
		if twice, err := q.Replace(once, r); err != nil || twice != once {
			t.Fatalf("%q, again %q, %v", once, twice, err)
		}
		was, err := q.Unpack(q.Pack(before))
		if err != nil {
			t.Fatal(err)
		}
		sheet["S1"], sheet["S2"] = was["S1"], was["S2"]
		whole, err := q.Read(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if q.Pack(whole) != once || q.Bases(whole) != q.Bases(before) {
			t.Fatalf("%q, a first sheet would be %q", once, q.Pack(whole))
		}
	})
}

// FuzzReadAgain: whatever a form sends, what is taken replaces a stored sheet
// by one that can be counted, with the same bases.
func FuzzReadAgain(f *testing.F) {
	f.Add("Q1", "5", "Q16", "谢谢", "S1", "TENANT")
	f.Add("Q8", "H2", "Q8b", "Y", "Q1", "9")
	f.Add("Q13", "NONE", "Q13", "VOTE", "Q1", "1")
	f.Add("", "\xff", "Q99", strings.Repeat("Q", 99), "S2", "N")
	q := defaultQuestionnaire(f)
	first, err := q.Read(fullSheet())
	if err != nil {
		f.Fatal(err)
	}
	stored := q.Pack(first)
	f.Fuzz(func(t *testing.T, a, b, c, d, e, g string) {
		sheet := values(a, b, c, d, e, g)
		copied := maps.Clone(sheet)
		r, err := q.ReadAgain(sheet)
		if err != nil {
			if survey.KindOf(err) != survey.Invalid {
				t.Fatal(err)
			}
			return
		}
		if !maps.EqualFunc(sheet, copied, slices.Equal) {
			t.Fatal("the sheet was changed")
		}
		packed, err := q.Replace(stored, r)
		if err != nil {
			t.Fatal(err)
		}
		chosen, err := q.Unpack(packed)
		if err != nil || len(packed) != len(stored) || !slices.Equal(chosen["S1"], []string{"OWNER"}) || !slices.Equal(chosen["S2"], []string{"Y"}) {
			t.Fatalf("%q, %v: %v", packed, chosen, err)
		}
		if len(chosen["Q1"]) == 0 && (len(chosen) > 2 || r.Comment != "") {
			t.Fatalf("%v without an overall answer", chosen)
		}
	})
}
