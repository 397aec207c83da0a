package survey

import (
	"strings"
	"unicode"
)

// PosterWords are a campaign's own words on its posters. An empty one is the
// default, which the catalogs have; so a campaign that says nothing prints
// the default poster.
type PosterWords struct {
	// Bilingual makes everything stand there twice. Else the poster is
	// Chinese with one line of English.
	Bilingual bool
	ZH, EN    PosterText
}

// PosterText are the words of a poster in one language. Each is one line.
type PosterText struct {
	Title  string // what one is asked to do
	Why    string // who asks, and why
	Help   string // what to do for those who cannot scan
	Safety string // what we never ask for
}

// PosterLimits are how wide each text may be, in ems of its own letters, so
// that it fills its line and no other (UX "Posters and slips": title ≥ 44 pt,
// text ≥ 20 pt; the line of an A4 poster is 186 mm wide).
type PosterLimits struct{ Title, Why, Help, Safety int }

// PosterLimitsZH are those of the Chinese words.
func PosterLimitsZH() PosterLimits { return PosterLimits{Title: 11, Why: 26, Help: 26, Safety: 26} }

// PosterLimitsEN are those of the English words; the title stands in one line
// with "anonymous, 2 min." where the poster has one line of English only.
func PosterLimitsEN() PosterLimits { return PosterLimits{Title: 16, Why: 26, Help: 26, Safety: 26} }

// Change replaces the words of a campaign's posters. Invalid names the fields
// that are too long or not one line; after sealing it is a Conflict.
func (w *PosterWords) Change(to PosterWords, stage Stage) error {
	if stage == SealedStage {
		return Fail(Conflict, "error.poster_words.sealed")
	}
	e := Fail(Invalid, "error.poster_words.fields")
	to.ZH.trim(e, "zh", PosterLimitsZH())
	to.EN.trim(e, "en", PosterLimitsEN())
	if len(e.Fields) > 0 {
		return e
	}
	*w = to
	return nil
}

// trim takes the spaces off and says which text does not fit.
func (t *PosterText) trim(e *Error, language string, most PosterLimits) {
	for _, one := range []struct {
		name string
		text *string
		most int
	}{
		{"title", &t.Title, most.Title}, {"why", &t.Why, most.Why}, {"help", &t.Help, most.Help}, {"safety", &t.Safety, most.Safety},
	} {
		*one.text = strings.Join(strings.Fields(strings.Map(visible, *one.text)), " ")
		if PrintWidth(*one.text) > 10*one.most {
			e.Field(language+"_"+one.name, "error.poster_words.long", "Most", one.most, "Letters", 2*one.most)
		}
	}
}

// visible drops what nobody sees and what turns text around: it would go into
// print, pictures and messages.
func visible(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case !unicode.IsGraphic(r):
		return -1
	}
	return r
}

// PrintWidth is about how wide a bold text is in print, in tenths of an em:
// never less than it is in the fonts that our pages name. Chinese symbols are
// 1 em; everything unknown counts as one.
func PrintWidth(text string) int {
	width := 0
	for _, r := range text {
		switch {
		case strings.ContainsRune("ijl.,:;'!|I ", r):
			width += 4
		case strings.ContainsRune("frt()[]-/", r):
			width += 5
		case r >= 'a' && r <= 'z' && r != 'm' && r != 'w', r >= '0' && r <= '9':
			width += 6
		case r >= 'A' && r <= 'Z' && r != 'M' && r != 'W':
			width += 8
		default:
			width += 10
		}
	}
	return width
}

// CutToWidth is a text that is at most so many tenths of an em wide: what is
// longer ends in "…".
func CutToWidth(text string, most int) string {
	if PrintWidth(text) <= most {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && PrintWidth(string(runes))+PrintWidth("…") > most {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimSpace(string(runes)) + "…"
}
