package survey_test

import (
	"strings"
	"testing"

	"meihao/survey"
)

// The words that fit are taken without spaces around them, the others are
// named, and nothing is half taken.
func TestPosterWords(t *testing.T) {
	var words survey.PosterWords
	good := survey.PosterWords{
		Bilingual: true,
		ZH:        survey.PosterText{Title: "  请为物业服务打个分 ", Why: "晨光区住建委\n邀请您评价"},
		EN:        survey.PosterText{Safety: "We never ask for money, phone or ID numbers."},
	}
	if err := words.Change(good, survey.OpenStage); err != nil {
		t.Fatal(err)
	}
	if !words.Bilingual || words.ZH.Title != "请为物业服务打个分" || words.ZH.Why != "晨光区住建委 邀请您评价" {
		t.Errorf("kept as %+v", words)
	}
	before := words
	for field, to := range map[string]survey.PosterWords{
		"zh_title":  {ZH: survey.PosterText{Title: strings.Repeat("好", 12)}},
		"zh_why":    {ZH: survey.PosterText{Why: strings.Repeat("好", 27)}},
		"zh_help":   {ZH: survey.PosterText{Help: strings.Repeat("w", 27)}},
		"zh_safety": {ZH: survey.PosterText{Safety: strings.Repeat("，", 27)}},
		"en_title":  {EN: survey.PosterText{Title: "Rate the company that manages this compound"}},
		"en_why":    {EN: survey.PosterText{Why: strings.Repeat("many words ", 8)}},
		"en_help":   {EN: survey.PosterText{Help: strings.Repeat("M", 27)}},
		"en_safety": {EN: survey.PosterText{Safety: strings.Repeat("好", 27)}},
	} {
		err := words.Change(to, survey.Draft)
		e, ok := err.(*survey.Error) //nolint:errorlint // made a line above
		if !ok || e.Kind != survey.Invalid || len(e.Fields) != 1 || e.Fields[field].Key == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
	if words != before {
		t.Error("refused words were kept")
	}
	if err := words.Change(good, survey.SealedStage); survey.KindOf(err) != survey.Conflict {
		t.Errorf("after sealing: %v", err)
	}
	if err := words.Change(survey.PosterWords{}, survey.ClosedStage); err != nil || words != (survey.PosterWords{}) {
		t.Errorf("back to the defaults: %+v, %v", words, err)
	}
}

func TestCutToWidth(t *testing.T) {
	for _, test := range []struct {
		text string
		most int
		want string
	}{
		{"晨光花园", 40, "晨光花园"},
		{"晨光花园", 39, "晨光…"},
		{"晨光 花园小区", 40, "晨光…"},
		{"abcdef", 36, "abcdef"},
		{"晨光花园", 5, "…"},
		{"", 0, ""},
	} {
		if got := survey.CutToWidth(test.text, test.most); got != test.want {
			t.Errorf("CutToWidth(%q, %d) = %q, want %q", test.text, test.most, got, test.want)
		}
	}
}

// What nobody sees is no part of a poster: controls, and marks that turn text
// around.
func TestPosterWordsAreVisible(t *testing.T) {
	var w survey.PosterWords
	if err := w.Change(survey.PosterWords{ZH: survey.PosterText{Title: "请您\u202e评一评\x00\u2028物业\u200b"}}, survey.Draft); err != nil {
		t.Fatal(err)
	}
	if want := "请您评一评 物业"; w.ZH.Title != want {
		t.Errorf("the title is %q, want %q", w.ZH.Title, want)
	}
	for _, place := range []string{"\u200b", "大堂\u202e", "大堂\x00"} {
		if survey.KindOf(survey.NewPoster{Place: place}.Check(survey.Building{Name: "1号楼"})) != survey.Invalid {
			t.Errorf("the place %q is taken", place)
		}
	}
}
