package survey

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxComment is the longest comment in characters (UX "Resident pages" 3).
const MaxComment = 200

// Reading is what a person answered: chosen option codes by closed question,
// and the comment apart.
type Reading struct {
	Chosen  map[string][]string
	Comment string
}

// Read turns submitted values (by question id) into a Reading or an Error of
// kind Invalid that names each field and what to do. Answers to questions
// that are not open are dropped (RULES §2). Empty values are no answer.
func (q *Questionnaire) Read(values map[string][]string) (Reading, error) {
	r := Reading{Chosen: map[string][]string{}}
	e := Fail(Invalid, "error.answers")
	for id := range values {
		if q.Question(id) == nil {
			e.Field(fieldName(id), "error.answer.unknown_question")
		}
	}
	for i := range q.Questions {
		one := &q.Questions[i]
		given := values[one.ID]
		if len(given) == 0 && !one.Required || !q.isOpen(one, r.Chosen) {
			continue
		}
		given = slices.DeleteFunc(slices.Clone(given), isBlank)
		if one.Type == Text {
			r.Comment = readComment(one, given, e)
			continue
		}
		if chosen := readChoices(one, given, e); len(chosen) > 0 {
			r.Chosen[one.ID] = chosen
		}
	}
	if len(e.Fields) > 0 {
		return Reading{}, e
	}
	return r, nil
}

func isBlank(v string) bool { return strings.TrimSpace(v) == "" }

// fieldName keeps a hostile field name from coming back at full length.
func fieldName(id string) string {
	if len(id) > 20 || !utf8.ValidString(id) {
		return "answers"
	}
	return id
}

func (q *Questionnaire) isOpen(one *Question, chosen map[string][]string) bool {
	c := one.ShowIf
	if c.Parent == "" {
		return true
	}
	parent := chosen[c.Parent]
	return len(parent) > 0 && slices.Contains(parent, c.Code) != c.Not
}

func readChoices(one *Question, given []string, e *Error) []string {
	switch {
	case len(given) == 0 && one.Required:
		e.Field(one.ID, "error.answer.required")
	case len(given) > 1 && one.Type != Multi:
		e.Field(one.ID, "error.answer.one_only")
	case len(given) > len(one.Options):
		e.Field(one.ID, "error.answer.unknown_option")
	}
	if _, bad := e.Fields[one.ID]; bad {
		return nil
	}
	var chosen []string
	for _, choice := range one.Options {
		if !slices.Contains(given, choice.Code) {
			continue
		}
		chosen = append(chosen, choice.Code)
		if choice.Exclusive && len(given) > 1 {
			e.Field(one.ID, "error.answer.exclusive")
		}
	}
	if len(chosen) != len(given) {
		e.Field(one.ID, "error.answer.unknown_option")
	}
	return chosen
}

func readComment(one *Question, given []string, e *Error) string {
	if len(given) == 0 {
		return ""
	}
	text := strings.TrimSpace(strings.ReplaceAll(given[0], "\r\n", "\n"))
	switch {
	case len(given) > 1:
		e.Field(one.ID, "error.answer.one_only")
	case !utf8.ValidString(text):
		e.Field(one.ID, "error.answer.not_text")
	case utf8.RuneCountInString(text) > MaxComment:
		e.Field(one.ID, "error.answer.too_long", "Max", MaxComment)
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
	one := q.Role(role)
	return slices.ContainsFunc(r.Chosen[one.ID], func(code string) bool {
		return one.Options[one.optionIndex(code)].Base == base
	})
}
