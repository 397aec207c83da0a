package survey_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/survey"
)

// smallQuestionnaire is the least that is one, for a fuzzer to begin with.
const smallQuestionnaire = `{"version":"1","questions":[
	{"id":"a","type":"single","role":"relation","required":true,"options":[{"code":"o","base":"owner"},{"code":"t"}]},
	{"id":"b","type":"single","role":"residence","options":[{"code":"y","base":"resident"}]},
	{"id":"c","type":"scale","role":"overall","options":[{"code":"5","counts":"satisfied"},{"code":"1","counts":"dissatisfied"},{"code":"0","counts":"excluded"}]},
	{"id":"d","type":"multi","show_if":"c!='5'","options":[{"code":"x"},{"code":"none","exclusive":true}]},
	{"id":"e","type":"text","role":"comment"}],
	"sections":[{"id":"s","questions":["a","b","c","d","e"]}]}`

// FuzzQuestionnaire reads any JSON as a questionnaire: it is refused, or every
// sheet that can be filled in can be read, kept, read back and counted, and
// the questionnaire itself written and read again is the same.
func FuzzQuestionnaire(f *testing.F) {
	for _, seed := range []string{
		smallQuestionnaire, "", "null", "{}", "[]", `{"questions":null}`, `{"questions":[{"id":"a"}]}`, `{"questions":[{"id":"a","type":"single","options":[]}]}`,
		`{"questions":[{"id":"a","show_if":"a=='a'"}]}`, `{"questions":[{"id":"a","show_if":"=="}]}`, `{"questions":[{"id":"a","show_if":1}]}`, "\xff",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		q, err := survey.ParseQuestionnaire(data)
		if err != nil {
			return
		}
		for i := range mostOptions(q) {
			checkSheet(t, q, sheetOf(q, i))
		}
		checkSheet(t, q, nil)
		if chosen, err := q.Unpack(string(data)); err == nil {
			checkSheet(t, q, chosen)
		}
		text, err := json.Marshal(q)
		if err != nil {
			t.Fatalf("it cannot be written: %v", err)
		}
		again, err := survey.ParseQuestionnaire(text)
		if err != nil {
			t.Fatalf("written, it is refused: %v", err)
		}
		if more, err := json.Marshal(again); err != nil || string(more) != string(text) {
			t.Fatalf("written twice (%v), it is another:\n%s", err, cmp.Diff(string(text), string(more)))
		}
	})
}

func mostOptions(q *survey.Questionnaire) int {
	most := 0
	for _, one := range q.Questions {
		most = max(most, len(one.Options))
	}
	return most
}

// sheetOf answers every question with its i-th option, or its last one.
func sheetOf(q *survey.Questionnaire, i int) map[string][]string {
	sheet := map[string][]string{}
	for _, one := range q.Questions {
		if n := len(one.Options); n > 0 && one.Type != survey.Text {
			sheet[one.ID] = []string{one.Options[min(i, n-1)].Code}
		} else {
			sheet[one.ID] = []string{"words"}
		}
	}
	return sheet
}

// checkSheet reads a sheet as a first and as another answer. What is taken is
// kept and read back as it was; what is refused names a field.
func checkSheet(t *testing.T, q *survey.Questionnaire, sheet map[string][]string) {
	t.Helper()
	for name, read := range map[string]func(map[string][]string) (survey.Reading, error){"first": q.Read, "again": q.ReadAgain} {
		r, err := read(sheet)
		if err != nil {
			if survey.KindOf(err) != survey.Invalid {
				t.Fatalf("%s: %v", name, err)
			}
			continue
		}
		packed := q.Pack(r)
		chosen, err := q.Unpack(packed)
		if err != nil {
			t.Fatalf("%s: what was packed to %q is not read back: %v", name, packed, err)
		}
		for id, codes := range chosen {
			if diff := cmp.Diff(sheet[id], codes); diff != "" {
				t.Fatalf("%s: question %q (-sent +kept): %s", name, id, diff)
			}
		}
		if q.Bases(r)&^survey.BothBases != 0 {
			t.Fatalf("%s: bases %v", name, q.Bases(r))
		}
	}
}
