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
	State string  // a verdict word of RULES §5, or Open
	Got   *Halves // nil while it has none: never a silent 0
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

// Fill makes the sheet of a project: 1.1 and 6.1 from its sealed result, the
// rest open. A nil result (the campaign is not sealed) leaves all open.
func (r *Rubric) Fill(project survey.ID, c survey.Campaign, sealed *survey.Sealed) Sheet {
	s := Sheet{Project: project, Complete: true}
	var verdict *survey.Verdict
	if sealed != nil {
		s.Waits = sealed.Owner != sealed.OwnerWithHeld
		owner, _ := sealed.Judged(c)
		verdict = &owner
	}
	if s.Waits {
		verdict = nil
	}
	for _, item := range r.Items {
		award := Award{Item: item, State: Open}
		decided := verdict != nil && (item.ID == SatisfactionItem || item.ID == SatisfactionVeto)
		if decided && item.Veto() {
			award.State = string(verdict.Veto61)
		} else if decided {
			award.State, award.Got = string(verdict.Item11), halvesOf(verdict.Points)
		}
		s.add(award)
	}
	return s
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
		s.Complete = s.Complete && a.State != Open && a.State != string(survey.Undetermined)
		return
	}
	s.Awards = append(s.Awards, a)
	if a.Got == nil {
		s.Complete = false
		return
	}
	s.Total += *a.Got
}
