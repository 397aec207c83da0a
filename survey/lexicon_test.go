package survey_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"meihao/static"
	"meihao/survey"
)

func defaultLexicon(t *testing.T) survey.Lexicon {
	t.Helper()
	l, err := survey.ReadLexicon(static.Lexicon)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// The default lexicon sorts what people write into the themes that a reader
// would give it: several, one or none.
func TestDefaultLexicon(t *testing.T) {
	l := defaultLexicon(t)
	sorter := l.Sorter()
	for text, want := range map[string]string{
		"电梯经常坏":            "lift",
		"楼道没人打扫，垃圾堆着":      "cleaning",
		"保洁阿姨很好":           "cleaning praise",
		"晚上没地方停车":          "parking",
		"停车费又涨价":           "parking fees",
		"保安不管，外来人员随便进":     "security",
		"保安全最重要":           "",
		"下水道堵塞没人修":         "repair",
		"维修基金怎么用的不公示":      "income",
		"物业费高":             "fees",
		"免费的":              "",
		"树枝挡窗户":            "green",
		"消防通道被占":           "fire",
		"半夜施工噪音扰民":         "noise",
		"物业推诿，态度差":         "attitude",
		"广告费去哪了":           "income",
		"多装几个充电桩":          "charging",
		"老楼加装电梯":           "lift retrofit",
		"加装充电桩":            "charging",
		"暖气不热":             "heating",
		"遛狗不牵绳":            "pets",
		"狗叫":               "noise",
		"轮椅上不去":            "elderly",
		"不满意":              "",
		"很满意":              "praise",
		"满意度调查不错":          "praise",
		"ＥＬＥＶＡＴＯＲ broken":  "lift repair",
		"The Lift is slow": "lift",
		"去卫生间":             "",
		"":                 "",
		"还行":               "",
	} {
		var got []string
		for _, i := range sorter.Themes(survey.MaskText(text).Folded()) {
			got = append(got, l.Themes[i].Key)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s is of %v, want %s", text, got, want)
		}
	}
}

// A lexicon that cannot stand says which field is wrong; one that can is read
// back as it was written.
func TestCheckLexicon(t *testing.T) {
	long := strings.Repeat("长", survey.LongestWord+1)
	many := make([]string, survey.MostWords+1)
	for i := range many {
		many[i] = fmt.Sprint("词", i)
	}
	for what, one := range map[string]struct {
		change func(*survey.Lexicon)
		field  string
	}{
		"no themes":         {func(l *survey.Lexicon) { l.Themes = nil }, ""},
		"too many":          {func(l *survey.Lexicon) { l.Themes = make([]survey.Theme, survey.MostThemes+1) }, ""},
		"a key twice":       {func(l *survey.Lexicon) { l.Themes[1].Key = l.Themes[0].Key }, ""},
		"a strange key":     {func(l *survey.Lexicon) { l.Themes[0].Key = "A b" }, ""},
		"no name":           {func(l *survey.Lexicon) { l.Themes[2].ZH = "" }, "name-2"},
		"a name twice":      {func(l *survey.Lexicon) { l.Themes[2].ZH = l.Themes[0].ZH }, "name-2"},
		"no words":          {func(l *survey.Lexicon) { l.Themes[3].Words = nil }, "words-3"},
		"a long word":       {func(l *survey.Lexicon) { l.Themes[3].Words = []string{long} }, "words-3"},
		"many words":        {func(l *survey.Lexicon) { l.Themes[3].Words = many }, "words-3"},
		"a word of nothing": {func(l *survey.Lexicon) { l.Themes[3].Words = []string{"\u200b"} }, "words-3"},
		"a long exception":  {func(l *survey.Lexicon) { l.Themes[4].Without = []string{long} }, "without-4"},
	} {
		l := defaultLexicon(t)
		one.change(&l)
		var e *survey.Error
		if err := l.Check(); !errors.As(err, &e) || e.Kind != survey.Invalid || one.field != "" && e.Fields[one.field].Key == "" {
			t.Errorf("%s: %v", what, err)
		}
	}
	l := defaultLexicon(t)
	text, err := l.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if back, err := survey.ReadLexicon([]byte(text)); err != nil || fmt.Sprint(back) != fmt.Sprint(l) {
		t.Errorf("read back: %v", err)
	}
	if _, err := survey.ReadLexicon([]byte(`{"themes":[],"more":1}`)); err == nil {
		t.Error("an unknown field is taken")
	}
}

// Words are typed with commas of any kind, or one a line.
func TestTypedWords(t *testing.T) {
	got := survey.TypedWords(" 电梯，困人、 lift\r\n直梯;;电梯\n ")
	if strings.Join(got, "|") != "电梯|困人|lift|直梯" {
		t.Errorf("%q", got)
	}
}

// Whatever is typed, a sorter takes it.
func FuzzLexicon(f *testing.F) {
	f.Add("电梯", "困", "电梯困人")
	f.Add("", "\x00", "\xff")
	f.Fuzz(func(t *testing.T, words, without, text string) {
		l := survey.Lexicon{Themes: []survey.Theme{{Key: "one", ZH: "一", Words: survey.TypedWords(words), Without: survey.TypedWords(without)}}}
		if l.Check() != nil {
			return
		}
		folded := survey.MaskText(text).Folded()
		found := l.Sorter().Themes(folded)
		if l.Sorter().Has(0, folded) != (len(found) == 1) {
			t.Fatal("two answers")
		}
	})
}
