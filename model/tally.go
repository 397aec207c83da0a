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
	ended bool                           // its copies are kept since the end of the campaign
	anew  map[survey.Bases]*survey.Shown // copies to be stored in place of those there are
}

func countersOf(row tallyRow) (*counters, error) {
	tally, err := survey.UnpackTally(row.Tally)
	if err != nil {
		return nil, fmt.Errorf("tally of project %s: %w", row.Project, err)
	}
	row.ShownOwner, row.ShownResident = roomy(row.ShownOwner), roomy(row.ShownResident)
	return &counters{row: row, tally: tally, anew: map[survey.Bases]*survey.Shown{}}, nil
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
// moves. The tally has it already. Who is held or excluded moves no figure, and
// does not count: four of them would leave the fifth alone with what it says.
func (n *counters) moved(a survey.Admission, r survey.Response, mark survey.Mark, wrap cipher.AEAD) {
	if !a.Admits(r.Lane) || r.State != survey.Counted {
		return
	}
	for _, base := range r.Bases.Each() {
		shown, changes := n.copyOf(base)
		*shown, *changes = movedBeside(wrap, &n.row, base, *shown, *changes, mark)
		if *changes >= survey.ShownStep {
			n.take(a, base)
		}
	}
}

// copyOf is where the row keeps a base's copy, and how many moved since.
func (n *counters) copyOf(base survey.Bases) (*[]byte, *int64) {
	if base == survey.OwnerBase {
		return &n.row.ShownOwner, &n.row.ChangesOwner
	}
	return &n.row.ShownResident, &n.row.ChangesResident
}

// take makes a base's copy of the figures as they are at this response, also
// where more come in the same transaction: the copies of the two bases differ by
// whole steps then, and never by the one or two who came beside a step.
func (n *counters) take(a survey.Admission, base survey.Bases) {
	copied := n.tally.ShowBase(a, base)
	copied.Ended = n.ended
	shown, changes := n.copyOf(base)
	packed, marks := splitShown(*shown)
	*shown, *changes = append(packed[:len(packed):len(packed)], survey.SpentMarks(marks)...), 0
	n.anew[base] = &copied
}

// markOf is a response's mark, none without the campaign's key.
func markOf(mac *survey.Mac, response int64) survey.Mark {
	if mac == nil {
		return survey.Mark{}
	}
	return mac.Mark(response)
}

// movedBeside notes one response beside so many that moved since a shown copy
// was made.
func movedBeside(wrap cipher.AEAD, row *tallyRow, base survey.Bases, shown []byte, changes int64, mark survey.Mark) ([]byte, int64) {
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

// pack makes the row as it is to be stored, with the copies that were taken.
func (n *counters) pack(wrap cipher.AEAD) tallyRow {
	n.row.Tally = n.tally.Pack()
	for base, copied := range n.anew {
		shown, _ := n.copyOf(base)
		_, marks := splitShown(*shown)
		*shown = append(sealShown(wrap, &n.row, base, copied.Pack()), marks...)
	}
	return n.row
}
