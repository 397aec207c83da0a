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
