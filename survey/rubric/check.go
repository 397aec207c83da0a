package rubric

import (
	"strings"
	"unicode/utf8"

	"meihao/survey"
)

// Most letters of what people write into a sheet.
const (
	LongestNote     = 1000
	LongestDocument = 100
	mostFen         = 1_000_000_000_000 // ten billion yuan
)

// CheckMark refuses points that are not between 0 and the item's maximum, and
// a mark that rests on nothing: where wanted, a note must say what on.
func CheckMark(item Item, points *Halves, note string, wanted bool) error {
	if utf8.RuneCountInString(note) > LongestNote {
		return survey.Fail(survey.Invalid, "error.mark.note", "Most", LongestNote)
	}
	if points == nil {
		return nil
	}
	if *points < 0 || *points > item.Max {
		return survey.Fail(survey.Invalid, "error.mark.points", "Max", item.Max.String())
	}
	if wanted && note == "" {
		return survey.Fail(survey.Invalid, "error.mark.evidence")
	}
	return nil
}

// ParseHalves reads points as people type them: 3, 3.5, full-width digits too;
// nil for nothing. Anything but half points is Invalid.
func ParseHalves(text string) (*Halves, error) {
	text = strings.TrimSpace(strings.Map(halfWidth, text))
	if text == "" {
		return nil, nil
	}
	whole, half, _ := strings.Cut(text, ".")
	var h Halves
	if whole == "" || len(whole) > 3 {
		return nil, survey.Fail(survey.Invalid, "error.mark.halves")
	}
	for _, d := range whole {
		if d < '0' || d > '9' {
			return nil, survey.Fail(survey.Invalid, "error.mark.halves")
		}
		h = 10*h + Halves(d-'0')
	}
	h *= 2
	switch strings.TrimRight(half, "0") {
	case "":
	case "5":
		h++
	default:
		return nil, survey.Fail(survey.Invalid, "error.mark.halves")
	}
	return &h, nil
}

func halfWidth(r rune) rune {
	switch {
	case r >= '０' && r <= '９':
		return r - '０' + '0'
	case r == '．' || r == '。':
		return '.'
	}
	return r
}

// Check says which figure cannot stand.
func (f Fees) Check() error {
	e := survey.Fail(survey.Invalid, "error.fees.fields")
	if f.Due <= 0 || f.Due > mostFen {
		e.Field("due", "error.fees.due")
	}
	if f.Paid < 0 || f.Paid > f.Due && f.Due > 0 {
		e.Field("paid", "error.fees.paid")
	}
	checkDocument(e, f.Document)
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

func checkDocument(e *survey.Error, document string) {
	if n := utf8.RuneCountInString(strings.TrimSpace(document)); n == 0 || n > LongestDocument {
		e.Field("document", "error.sheet.document", "Most", LongestDocument)
	}
}

// Check says what of a recorded veto cannot stand: YES and NO want a source.
func (r Recorded) Check() error {
	e := survey.Fail(survey.Invalid, "error.veto.fields")
	switch r.State {
	case Yes, No:
		checkDocument(e, r.Document)
	case Unknown:
		if utf8.RuneCountInString(r.Document) > LongestDocument {
			checkDocument(e, r.Document)
		}
	default:
		e.Field("state", "error.veto.state")
	}
	if utf8.RuneCountInString(r.Note) > LongestNote {
		e.Field("note", "error.mark.note", "Most", LongestNote)
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}
