package survey

import (
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxComment is the longest comment in characters (UX "Resident pages" 3).
const MaxComment = 200

// Reading is what a person answered to one questionnaire: the options chosen
// of each closed question, and the comment apart. The zero Reading is a sheet
// with nothing on it.
type Reading struct {
	Comment string
	chosen  []uint32 // by question a set of options, the first is bit 0; nil for none at all
}

// of is the set of options chosen of a question.
func (r *Reading) of(question int) uint32 {
	if r.chosen == nil {
		return 0
	}
	return r.chosen[question]
}

// Read turns submitted values (by question id) into a Reading or an Error of
// kind Invalid that names each field and what to do. Answers to questions
// that are not open are dropped (RULES §2). Empty values are no answer.
func (q *Questionnaire) Read(values map[string][]string) (Reading, error) {
	return q.read(values, false)
}

// read reads a first sheet, or one that is filled in again (see ReadAgain).
func (q *Questionnaire) read(values map[string][]string, again bool) (Reading, error) {
	r := Reading{chosen: make([]uint32, len(q.Questions))}
	var w wrong
	known := 0
	for i := range q.Questions {
		one := &q.Questions[i]
		given, named := values[one.ID]
		if named {
			known++
		}
		required := one.Required
		if again {
			if !one.AskedAgain() {
				continue
			}
			required = required || one.Role == OverallRole
		}
		if len(given) == 0 && !required || !q.isOpen(i, &r) {
			continue
		}
		given = withoutBlanks(given)
		if one.Type == Text {
			r.Comment = readComment(one, given, &w)
			continue
		}
		r.chosen[i] = readChoices(one, given, required, &w)
	}
	if known < len(values) {
		q.refuseUnknown(values, &w)
	}
	if w.error != nil {
		return Reading{}, w.error
	}
	return r, nil
}

func (q *Questionnaire) refuseUnknown(values map[string][]string, w *wrong) {
	for id := range values {
		if q.Question(id) == nil {
			w.field(fieldName(id), "error.answer.unknown_question")
		}
	}
}

// wrong gathers what is wrong with a sheet. Most have nothing.
type wrong struct{ error *Error }

func (w *wrong) field(name, key string, pairs ...any) {
	if w.error == nil {
		w.error = Fail(Invalid, "error.answers")
	}
	w.error.Field(name, key, pairs...)
}

// withoutBlanks leaves out values without anything in them. The list that
// was given stays as it is.
func withoutBlanks(given []string) []string {
	if !slices.ContainsFunc(given, isBlank) {
		return given
	}
	return slices.DeleteFunc(slices.Clone(given), isBlank)
}

func isBlank(v string) bool { return strings.TrimSpace(v) == "" }

// fieldName keeps a hostile field name from coming back at full length.
func fieldName(id string) string {
	if len(id) > 20 || !utf8.ValidString(id) {
		return "answers"
	}
	return id
}

func (q *Questionnaire) isOpen(question int, r *Reading) bool {
	c := q.openers[question]
	if c.bit == 0 {
		return true
	}
	parent := r.of(c.parent)
	return parent != 0 && (parent&c.bit != 0) != q.Questions[question].ShowIf.Not
}

// readChoices is the set of options that were given.
func readChoices(one *Question, given []string, required bool, w *wrong) uint32 {
	switch {
	case len(given) == 0 && required:
		w.field(one.ID, "error.answer.required")
		return 0
	case len(given) > 1 && one.Type != Multi:
		w.field(one.ID, "error.answer.one_only")
		return 0
	}
	var chosen uint32
	exclusive := false
	for _, code := range given {
		k := one.optionIndex(code)
		if k < 0 || chosen&(1<<k) != 0 {
			w.field(one.ID, "error.answer.unknown_option")
			return 0
		}
		chosen |= 1 << k
		exclusive = exclusive || one.Options[k].Exclusive
	}
	if exclusive && len(given) > 1 {
		w.field(one.ID, "error.answer.exclusive")
	}
	return chosen
}

func readComment(one *Question, given []string, w *wrong) string {
	if len(given) == 0 {
		return ""
	}
	text := strings.TrimSpace(strings.ReplaceAll(given[0], "\r\n", "\n"))
	switch {
	case len(given) > 1:
		w.field(one.ID, "error.answer.one_only")
	case !utf8.ValidString(text):
		w.field(one.ID, "error.answer.not_text")
	case utf8.RuneCountInString(text) > MaxComment:
		w.field(one.ID, "error.answer.too_long", "Max", MaxComment)
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return ' '
		}
		return r
	}, text)
}

// Bases are those the reading belongs to: owner by the relation question,
// resident by the residence question, none for who lives elsewhere and owns
// nothing (RULES §1).
func (q *Questionnaire) Bases(r Reading) Bases {
	var b Bases
	if q.chose(r, RelationRole, "owner") {
		b |= OwnerBase
	}
	if q.chose(r, ResidenceRole, "resident") {
		b |= ResidentBase
	}
	return b
}

// chose says whether an option with a base was chosen in the question with a role.
func (q *Questionnaire) chose(r Reading, role, base string) bool {
	i := q.roleIndex(role)
	for set := r.of(i); set != 0; set &= set - 1 {
		if q.Questions[i].Options[bits.TrailingZeros32(set)].Base == base {
			return true
		}
	}
	return false
}
