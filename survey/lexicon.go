package survey

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Theme is one thing that people write about, known by words.
type Theme struct {
	Key string `json:"key"` // a–z, 0–9 and _, stays when it is renamed
	ZH  string `json:"zh"`
	EN  string `json:"en"`
	// Words make a comment one of the theme; what stands in Without does not
	// count as one of them (保安全 is no 保安).
	Words   []string `json:"words"`
	Without []string `json:"without,omitempty"`
}

// Name of a theme in a language, "zh" or another.
func (t Theme) Name(language string) string {
	if language == "zh" || t.EN == "" {
		return t.ZH
	}
	return t.EN
}

// Lexicon is the list of themes by which comments are sorted. It is a word
// list and no more: whoever reads a count should know that.
type Lexicon struct {
	Themes []Theme `json:"themes"`
}

// Limits of a lexicon: so many themes, so many words of a theme, characters
// of a word and of a name.
const (
	MostThemes    = 30
	MostWords     = 60
	LongestWord   = 20
	longestName   = 20
	shortestWord  = 1
	longestKey    = 32
	FewestByTheme = FewestShown // comments of a project from which on themes are counted
)

// ReadLexicon reads a lexicon's JSON and checks it.
func ReadLexicon(data []byte) (Lexicon, error) {
	var l Lexicon
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&l); err != nil {
		return Lexicon{}, fmt.Errorf("lexicon: %w", err)
	}
	return l, l.Check()
}

// JSON is the lexicon as it is stored.
func (l Lexicon) JSON() (string, error) {
	data, err := json.Marshal(l)
	if err != nil {
		return "", fmt.Errorf("lexicon: %w", err)
	}
	return string(data), nil
}

// Check says which field of a lexicon cannot stand: "name-2" of the third
// theme, "words-2", "without-2".
func (l Lexicon) Check() error {
	e := Fail(Invalid, "error.lexicon")
	if len(l.Themes) == 0 || len(l.Themes) > MostThemes {
		return Fail(Invalid, "error.lexicon.themes", "Most", MostThemes)
	}
	keys, names := map[string]bool{}, map[string]bool{}
	for i, t := range l.Themes {
		at := fmt.Sprintf("-%d", i)
		if !isThemeKey(t.Key) || keys[t.Key] {
			return Fail(Invalid, "error.lexicon.themes", "Most", MostThemes)
		}
		if !isName(t.ZH) || t.EN != "" && !isName(t.EN) || names[t.ZH] {
			e.Field("name"+at, "error.lexicon.name", "Most", longestName)
		}
		keys[t.Key], names[t.ZH] = true, true
		if len(t.Words) == 0 || !areWords(t.Words) {
			e.Field("words"+at, "error.lexicon.words", "Most", MostWords, "Longest", LongestWord)
		}
		if !areWords(t.Without) {
			e.Field("without"+at, "error.lexicon.words", "Most", MostWords, "Longest", LongestWord)
		}
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

func isThemeKey(key string) bool {
	return key != "" && len(key) <= longestKey && strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
}

func isName(name string) bool {
	return strings.TrimSpace(name) == name && name != "" && utf8.ValidString(name) && utf8.RuneCountInString(name) <= 2*longestName &&
		!strings.ContainsAny(name, "\n\r\t\x00")
}

func areWords(words []string) bool {
	if len(words) > MostWords {
		return false
	}
	for _, w := range words {
		if n := utf8.RuneCountInString(Folded(w)); strings.TrimSpace(w) != w || n < shortestWord || n > LongestWord || !utf8.ValidString(w) || strings.ContainsAny(w, "\n\r\x00") {
			return false
		}
	}
	return true
}

// TypedWords reads what was typed as a list of words: one a line, or with commas
// between. A word that is there already is left out.
func TypedWords(typed string) []string {
	var words []string
	for _, w := range strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune("\n\r,，、;；", r) }) {
		if w = strings.TrimSpace(w); w != "" && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	return words
}

// Theme is the one with a key, nil for none.
func (l Lexicon) Theme(key string) *Theme {
	for i := range l.Themes {
		if l.Themes[i].Key == key {
			return &l.Themes[i]
		}
	}
	return nil
}

// Sorter sorts comments by a lexicon. It may be used by many at once.
type Sorter struct{ themes []sorted }

type sorted struct{ words, without []string }

// Sorter prepares a lexicon.
func (l Lexicon) Sorter() Sorter {
	var s Sorter
	folded := func(words []string) []string {
		list := make([]string, len(words))
		for i, w := range words {
			list[i] = Folded(w)
		}
		return list
	}
	for _, t := range l.Themes {
		s.themes = append(s.themes, sorted{folded(t.Words), folded(t.Without)})
	}
	return s
}

// Themes are those of a folded text (Masked.Folded), by their places in the
// lexicon; none, one or several.
func (s Sorter) Themes(folded string) []int {
	var list []int
	for i := range s.themes {
		if s.themes[i].in(folded) {
			list = append(list, i)
		}
	}
	return list
}

// Has says whether a folded text is of one theme.
func (s Sorter) Has(theme int, folded string) bool {
	return theme >= 0 && theme < len(s.themes) && s.themes[theme].in(folded)
}

func (t *sorted) in(folded string) bool {
	found := false
	for _, w := range t.words {
		if strings.Contains(folded, w) {
			found = true
			break
		}
	}
	if !found || len(t.without) == 0 {
		return found
	}
	for _, w := range t.without {
		folded = strings.ReplaceAll(folded, w, "\x00")
	}
	for _, w := range t.words {
		if strings.Contains(folded, w) {
			return true
		}
	}
	return false
}
