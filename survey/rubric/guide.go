package rubric

import (
	"bytes"
	"encoding/csv"
	"fmt"
)

// Guide explains the rubric and the notice to those who work with them.
type Guide struct {
	items        map[string]Help
	Requirements []Requirement // R01–R24, in their order
}

// Help says of an item in plain words what it wants and what evidence is
// usual. The words are ours; the notice's are the item's own.
type Help struct{ WantsZH, EvidenceZH, WantsEN, EvidenceEN string }

// Requirement is one thing that a notice asks for.
type Requirement struct {
	ID     string // "R01"
	Place  string // in the notice: "§三(一)"
	ZH, EN string
}

// ReadGuide reads both tables; every item must be explained, and nothing else.
func (r *Rubric) ReadGuide(help, requirements []byte) (*Guide, error) {
	g := &Guide{items: map[string]Help{}}
	rows, err := readTable(help, 5)
	if err != nil {
		return nil, fmt.Errorf("help of items: %w", err)
	}
	for _, row := range rows {
		g.items[row[0]] = Help{WantsZH: row[1], EvidenceZH: row[2], WantsEN: row[3], EvidenceEN: row[4]}
	}
	for _, item := range r.Items {
		if g.items[item.ID].WantsZH == "" || len(rows) != len(r.Items) {
			return nil, fmt.Errorf("help of items: %d for %d items, item %s", len(rows), len(r.Items), item.ID)
		}
	}
	if rows, err = readTable(requirements, 5); err != nil {
		return nil, fmt.Errorf("requirements: %w", err)
	}
	for _, row := range rows {
		g.Requirements = append(g.Requirements, Requirement{ID: row[0], Place: row[1], ZH: row[2], EN: row[3]})
	}
	return g, nil
}

// Of is the help of an item.
func (g *Guide) Of(item string) Help { return g.items[item] }

// readTable reads a csv with comments after its header.
func readTable(data []byte, columns int) ([][]string, error) {
	r := csv.NewReader(bytes.NewReader(data))
	r.Comment, r.FieldsPerRecord = '#', columns
	rows, err := r.ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, fmt.Errorf("%d rows: %w", len(rows), err)
	}
	return rows[1:], nil
}
