package model

import (
	"crypto/cipher"
	"fmt"

	"meihao/survey"
)

type tallyRow struct {
	Campaign        survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Project         survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Tally           []byte
	ShownOwner      []byte
	ShownResident   []byte
	ChangesOwner    int64
	ChangesResident int64
	Refused         int64
}

// TableName is gorm's question.
func (tallyRow) TableName() string { return "tallies" }

// counters are one enrolment's tally while responses are added to it, moved
// or removed: read once, changed in memory, written back once.
type counters struct {
	row   tallyRow
	tally survey.Tally
}

func countersOf(row tallyRow) (*counters, error) {
	tally, err := survey.UnpackTally(row.Tally)
	if err != nil {
		return nil, fmt.Errorf("tally of project %s: %w", row.Project, err)
	}
	row.ShownOwner, row.ShownResident = roomy(row.ShownOwner), roomy(row.ShownResident)
	return &counters{row: row, tally: tally}, nil
}

// roomy is a copy of a packed shown copy with room for a mark. It is never nil:
// a driver may read empty bytes so, which would be stored as NULL.
func roomy(shown []byte) []byte {
	return append(make([]byte, 0, len(shown)+survey.MarkRoom), shown...)
}

// add counts a response in (sign +1) or out (−1) and remembers, per base it
// is admitted to, that figures moved.
func (n *counters) add(q *survey.Questionnaire, r survey.Response, sign int64) error {
	if err := n.tally.Add(q, r, sign); err != nil {
		return fmt.Errorf("tally of project %s: %w", n.row.Project, err)
	}
	return nil
}

// moved says that a response of these bases was added, changed or removed: of
// each base, one of ShownStep for which its shown copy waits, however often it
// moves.
func (n *counters) moved(a survey.Admission, r survey.Response, mark survey.Mark, wrap cipher.AEAD) {
	if !a.Admits(r.Lane) {
		return
	}
	row := &n.row
	if r.Bases.Has(survey.OwnerBase) {
		row.ShownOwner, row.ChangesOwner = movedBeside(wrap, row, survey.OwnerBase, row.ShownOwner, row.ChangesOwner, mark)
	}
	if r.Bases.Has(survey.ResidentBase) {
		row.ShownResident, row.ChangesResident = movedBeside(wrap, row, survey.ResidentBase, row.ShownResident, row.ChangesResident, mark)
	}
}

// markOf is a response's mark, none without the campaign's key.
func markOf(mac *survey.Mac, response int64) survey.Mark {
	if mac == nil {
		return survey.Mark{}
	}
	return mac.Mark(response)
}

// movedBeside notes one response beside so many that moved since a shown copy
// was made. Where that is enough the copy is made anew, whoever else moves.
func movedBeside(wrap cipher.AEAD, row *tallyRow, base survey.Bases, shown []byte, changes int64, mark survey.Mark) ([]byte, int64) {
	if changes >= survey.ShownStep {
		return shown, changes
	}
	if len(shown) == 0 {
		shown = sealShown(wrap, row, base, survey.Shown{}.Pack())
	}
	packed, marks := splitShown(shown)
	marks, other := survey.WithMark(marks, changes, mark)
	if other {
		changes++
	}
	return append(packed, marks...), changes
}

// pack makes the row as it is to be stored. A base whose figures moved by at
// least survey.ShownStep responses gets its shown copy anew (RULES §8).
func (n *counters) pack(a survey.Admission, wrap cipher.AEAD) tallyRow {
	n.row.Tally = n.tally.Pack()
	anew := func(base survey.Bases, before []byte) []byte {
		_, marks := splitShown(before)
		return append(sealShown(wrap, &n.row, base, n.tally.ShowBase(a, base).Pack()), survey.SpentMarks(marks)...)
	}
	if n.row.ChangesOwner >= survey.ShownStep {
		n.row.ShownOwner, n.row.ChangesOwner = anew(survey.OwnerBase, n.row.ShownOwner), 0
	}
	if n.row.ChangesResident >= survey.ShownStep {
		n.row.ShownResident, n.row.ChangesResident = anew(survey.ResidentBase, n.row.ShownResident), 0
	}
	return n.row
}
