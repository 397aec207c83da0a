// Package rubric is the 选树标准 of the notice as data: 32 items in five
// sections of 20 points, six vetoes, and the sheet of one project that is
// filled from them (RULES §6). Points are counted in halves, as integers.
package rubric

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"

	"meihao/survey"
)

// Halves are points counted in half points: 20 are ten points.
type Halves int

// Points are the halves as a number for JSON and pages: 3 or 3.5.
func (h Halves) Points() float64 { return float64(h) / 2 }

// String writes "3" or "3.5".
func (h Halves) String() string { return strconv.FormatFloat(h.Points(), 'f', -1, 64) }

// VetoSection is the section of the vetoes 一票否决项.
const VetoSection = 6

// How an item is scored.
const (
	Computed           = "computed"
	ComputedOrImported = "computed_or_imported"
	Assessor           = "assessor"
	AssessorPlusSurvey = "assessor_plus_survey"
	Record             = "record"
)

// Item of the rubric with its official wording. English is ours.
type Item struct {
	ID                       string
	Section                  int
	SectionZH, SectionEN     string
	CriterionZH, CriterionEN string
	Max                      Halves // 0 for a veto
	Scoring                  string
	Evidence                 string
}

// Veto says whether the item is one of the vetoes.
func (i Item) Veto() bool { return i.Section == VetoSection }

// Rubric is the whole list in the notice's order.
type Rubric struct{ Items []Item }

const (
	columns     = 9
	sections    = 5
	sectionMax  = Halves(40)
	vetoes      = 6
	firstColumn = "id"
)

// Parse reads the rubric's csv and checks its sums: five sections of 20
// points and six vetoes without points.
func Parse(data []byte) (*Rubric, error) {
	r := csv.NewReader(bytes.NewReader(data))
	r.Comment, r.FieldsPerRecord = '#', columns
	var rubric Rubric
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return &rubric, rubric.check()
		}
		if err != nil {
			return nil, fmt.Errorf("rubric: %w", err)
		}
		if row[0] == firstColumn {
			continue
		}
		item, err := itemOf(row)
		if err != nil {
			return nil, fmt.Errorf("rubric item %s: %w", row[0], err)
		}
		rubric.Items = append(rubric.Items, item)
	}
}

func itemOf(row []string) (Item, error) {
	section, err := strconv.Atoi(row[1])
	if err != nil {
		return Item{}, err
	}
	item := Item{ID: row[0], Section: section, SectionZH: row[2], SectionEN: row[3],
		CriterionZH: row[4], CriterionEN: row[5], Scoring: row[7], Evidence: row[8]}
	if !item.Veto() {
		points, err := strconv.Atoi(row[6])
		if err != nil {
			return Item{}, err
		}
		item.Max = Halves(2 * points)
	}
	return item, nil
}

func (r *Rubric) check() error {
	sums, found := map[int]Halves{}, 0
	for _, item := range r.Items {
		sums[item.Section] += item.Max
		if item.Veto() {
			found++
		}
	}
	for s := 1; s <= sections; s++ {
		if sums[s] != sectionMax {
			return fmt.Errorf("rubric: section %d has %s points, not 20", s, sums[s])
		}
	}
	if found != vetoes || sums[VetoSection] != 0 {
		return fmt.Errorf("rubric: %d vetoes with %s points", found, sums[VetoSection])
	}
	return nil
}

// The items and the veto that a sealed survey decides.
const (
	SatisfactionItem = "1.1"
	SatisfactionVeto = "6.1"
)

// Open is the state of what still waits for a score or a decision.
const Open = "open"

// Award 得分 of one item.
type Award struct {
	Item  Item
	State string  // a verdict word of RULES §5, or Open; "" where it is hidden
	Got   *Halves // nil while it has none: never a silent 0
	// Hidden says that the reader may not see it: under ten answers the word is
	// for district and city only (RULES §8).
	Hidden bool
}

// Sheet 评分表 of one project.
type Sheet struct {
	Project  survey.ID
	Awards   []Award // 32 items
	Vetoes   []Award // 6, without points
	Total    Halves  // of what is scored; "≥" while not Complete
	Complete bool
	// Waits says that the words with and without the held responses differ,
	// so that the survey's lines wait (RULES §5).
	Waits bool
}

// Fill makes the sheet of a project as a role may see it: 1.1 and 6.1 from
// its sealed result, the rest open. A nil result (the campaign is not sealed)
// leaves all open.
func (r *Rubric) Fill(project survey.ID, c survey.Campaign, sealed *survey.Sealed, role survey.Role) Sheet {
	s := Sheet{Project: project, Complete: true}
	var verdict *survey.Verdict
	hidden := false
	if sealed != nil {
		s.Waits = sealed.Owner != sealed.OwnerWithHeld
		owner, _ := sealed.Judged(c)
		verdict = &owner
		hidden = owner.Answered < survey.FewestShown && !role.SeesLiveFigures()
	}
	if s.Waits {
		verdict = nil
	}
	for _, item := range r.Items {
		award := Award{Item: item, State: Open}
		if verdict != nil && (item.ID == SatisfactionItem || item.ID == SatisfactionVeto) {
			award = awardOf(item, *verdict, hidden)
		}
		s.add(award)
	}
	return s
}

// awardOf is what a verdict gives to its item or veto.
func awardOf(item Item, v survey.Verdict, hidden bool) Award {
	switch {
	case hidden:
		return Award{Item: item, Hidden: true}
	case item.Veto():
		return Award{Item: item, State: string(v.Veto61)}
	}
	return Award{Item: item, State: string(v.Item11), Got: halvesOf(v.Points)}
}

// decided says whether a veto neither waits nor blocks: a borderline one
// wants a second person's confirmation first (RULES §5).
func decided(state string) bool {
	switch state {
	case Open, "", string(survey.Undetermined), string(survey.VetoBorderline):
		return false
	}
	return true
}

func halvesOf(points *int) *Halves {
	if points == nil {
		return nil
	}
	h := Halves(2 * *points)
	return &h
}

func (s *Sheet) add(a Award) {
	if a.Item.Veto() {
		s.Vetoes = append(s.Vetoes, a)
		s.Complete = s.Complete && decided(a.State)
		return
	}
	s.Awards = append(s.Awards, a)
	if a.Got == nil {
		s.Complete = false
		return
	}
	s.Total += *a.Got
}
