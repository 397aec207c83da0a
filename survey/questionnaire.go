package survey

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Questionnaire 问卷 is immutable once published. Which question is the
// overall one, which options count as satisfied and which mean owner or
// resident is data in it (RULES §2).
type Questionnaire struct {
	ID        ID         `json:"-"`
	Number    int        `json:"-"` // stored on each response
	Version   string     `json:"version"`
	TitleZH   string     `json:"title_zh"`
	TitleEN   string     `json:"title_en"`
	IntroZH   string     `json:"intro_zh"`
	IntroEN   string     `json:"intro_en"`
	Questions []Question `json:"questions"`
	Sections  []Section  `json:"sections"`

	byID    map[string]int
	openers []opener // of each question
	closed  []int    // questions with options, in order
	offsets []int    // of each closed question's first option counter
	options int
}

// opener is a Condition that was looked up: the question that opens another
// one, and its option as a bit of a set. The zero opener is none.
type opener struct {
	parent int
	bit    uint32
}

// The types of question.
const (
	Single = "single"
	Scale  = "scale"
	Multi  = "multi"
	Text   = "text"
)

// The roles a question may have.
const (
	RelationRole  = "relation"  // options carry base "owner"
	ResidenceRole = "residence" // options carry base "resident"
	OverallRole   = "overall"   // options carry counts: items 1.1 and 6.1
	ResolvedRole  = "resolved"
	CommentRole   = "comment"
)

// Question of a questionnaire.
type Question struct {
	ID       string    `json:"id"`
	Type     string    `json:"type"`
	ZH       string    `json:"zh"`
	EN       string    `json:"en"`
	Items    []string  `json:"items"`
	Options  []Choice  `json:"options"`
	ShowIf   Condition `json:"show_if"`
	Required bool      `json:"required"`
	Role     string    `json:"role"`
}

// Choice is one option of a question.
type Choice struct {
	Code      string `json:"code"`
	ZH        string `json:"zh"`
	EN        string `json:"en"`
	Base      string `json:"base"`   // "owner", "resident" or ""
	Counts    string `json:"counts"` // "satisfied", "neutral", "dissatisfied", "excluded" or ""
	Exclusive bool   `json:"exclusive"`
}

// Section groups questions on the page, in order.
type Section struct {
	ID        string   `json:"id"`
	ZH        string   `json:"zh"`
	EN        string   `json:"en"`
	Questions []string `json:"questions"`
}

// Condition opens a question only if its parent is answered so: "Q11=='Y'"
// or "Q8!='NONE'". An unanswered parent opens nothing (RULES §2).
type Condition struct {
	Parent string
	Code   string
	Not    bool
}

// UnmarshalJSON reads the condition's text; null is none.
func (c *Condition) UnmarshalJSON(data []byte) error {
	var text *string
	if err := json.Unmarshal(data, &text); err != nil || text == nil {
		return err
	}
	for _, op := range []string{"!=", "=="} {
		if parent, value, found := strings.Cut(*text, op); found {
			*c = Condition{Parent: strings.TrimSpace(parent), Code: strings.Trim(strings.TrimSpace(value), "'\""), Not: op == "!="}
			return nil
		}
	}
	return fmt.Errorf("condition %q has neither == nor !=", *text)
}

// MarshalJSON writes what UnmarshalJSON read.
func (c Condition) MarshalJSON() ([]byte, error) {
	if c.Parent == "" {
		return []byte("null"), nil
	}
	op := "=="
	if c.Not {
		op = "!="
	}
	return json.Marshal(c.Parent + op + "'" + c.Code + "'")
}

// ParseQuestionnaire reads and checks a questionnaire's JSON.
func ParseQuestionnaire(data []byte) (*Questionnaire, error) {
	var q Questionnaire
	if err := json.Unmarshal(data, &q); err != nil {
		return nil, fmt.Errorf("questionnaire: %w", err)
	}
	if err := q.index(); err != nil {
		return nil, fmt.Errorf("questionnaire: %w", err)
	}
	return &q, nil
}

// index builds what reading and counting use, and checks the laws that the
// rest relies on: unique ids, known parents that come earlier, one question
// for each deciding role.
func (q *Questionnaire) index() error {
	q.byID, q.openers = make(map[string]int, len(q.Questions)), make([]opener, len(q.Questions))
	for i, one := range q.Questions {
		if _, twice := q.byID[one.ID]; twice || one.ID == "" {
			return fmt.Errorf("question %q is empty or there twice", one.ID)
		}
		if c := one.ShowIf; c.Parent != "" {
			parent, known := q.byID[c.Parent]
			if !known || q.Questions[parent].optionIndex(c.Code) < 0 {
				return fmt.Errorf("question %s depends on %s=%s, which does not come before it", one.ID, c.Parent, c.Code)
			}
			q.openers[i] = opener{parent, 1 << q.Questions[parent].optionIndex(c.Code)}
		}
		q.byID[one.ID] = i
		if err := q.indexOne(i, one); err != nil {
			return err
		}
	}
	if texts := slices.DeleteFunc(slices.Clone(q.Questions), func(one Question) bool { return one.Type != Text }); len(texts) > 1 {
		return fmt.Errorf("%d text questions; a response has one comment", len(texts))
	}
	for _, role := range []string{RelationRole, ResidenceRole, OverallRole} {
		if q.Role(role) == nil {
			return errors.New("no question has the role " + role)
		}
	}
	return q.checkSections()
}

func (q *Questionnaire) indexOne(i int, one Question) error {
	switch one.Type {
	case Text:
		return nil
	case Single, Scale, Multi:
	default:
		return fmt.Errorf("question %s has the unknown type %q", one.ID, one.Type)
	}
	if len(one.Options) == 0 || len(one.Options) > maxOptions {
		return fmt.Errorf("question %s has %d options", one.ID, len(one.Options))
	}
	for k, choice := range one.Options {
		if one.optionIndex(choice.Code) != k || choice.Code == "" {
			return fmt.Errorf("question %s has the option %q twice or empty", one.ID, choice.Code)
		}
	}
	q.closed = append(q.closed, i)
	q.offsets = append(q.offsets, q.options)
	q.options += len(one.Options)
	return nil
}

func (q *Questionnaire) checkSections() error {
	seen := map[string]bool{}
	for _, s := range q.Sections {
		for _, id := range s.Questions {
			if _, known := q.byID[id]; !known || seen[id] {
				return fmt.Errorf("section %s names %s, which is unknown or there twice", s.ID, id)
			}
			seen[id] = true
		}
	}
	if len(seen) != len(q.Questions) {
		return errors.New("a question belongs to no section")
	}
	return nil
}

// Question finds one by id; nil for none.
func (q *Questionnaire) Question(id string) *Question {
	if i, ok := q.byID[id]; ok {
		return &q.Questions[i]
	}
	return nil
}

// Role finds the question with a role; nil for none.
func (q *Questionnaire) Role(role string) *Question {
	if i := q.roleIndex(role); i >= 0 {
		return &q.Questions[i]
	}
	return nil
}

func (q *Questionnaire) roleIndex(role string) int {
	for i := range q.Questions {
		if q.Questions[i].Role == role {
			return i
		}
	}
	return -1
}

func (one *Question) optionIndex(code string) int {
	for i := range one.Options {
		if one.Options[i].Code == code {
			return i
		}
	}
	return -1
}
