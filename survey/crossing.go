package survey

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"time"
)

// Crossing counts how each scale question was answered together with the
// overall one, over the projects of a list whose answers to it a role may see.
// Answer sheets are added to it one after another.
type Crossing struct {
	seeing
	overall crossed
	aspects []crossed
	shown   map[ID][2]uint64 // by project, owner base first: a bit for each aspect
	order   []ID
	tables  CrossTables
	sheets  int64
	pending bool // a project was left out because its figures may still move

	last ID // the sheets of a project come together
	bits [2]uint64
}

// CrossTables are the counts of a Crossing: of each base, owners first, a table
// of each question, by its answer and by the overall one.
type CrossTables [2][]crossTable

// Tables are what was counted. They must not be changed.
func (x *Crossing) Tables() CrossTables { return x.tables }

// SetTables takes what was counted before for the same Key.
func (x *Crossing) SetTables(t CrossTables) { x.tables = t }

// crossed is a scale question: its place among the closed ones, where its
// answer stands in packed answers, and which of its options are in n.
type crossed struct {
	closed, at int
	rated      uint32
}

// MostCrossed is how many answer sheets are read for the associations of one
// page; above it a smaller area is to be chosen. A sheet takes 3 µs the first
// time, so that the page keeps its limit (PERFORMANCE "any dashboard page").
const MostCrossed = 50_000

// mostAspects is how many scale questions are crossed, a bit for each.
const mostAspects = 64

// NewCrossing prepares to count over projects. Before the campaign has ended
// it wants none, and none whose figures may still move.
func NewCrossing(c Campaign, q *Questionnaire, list []Distribution, role Role, now time.Time) *Crossing {
	x := &Crossing{seeing: seeing{c, q, role, now}, shown: map[ID][2]uint64{}}
	x.findAspects()
	for b := range x.tables {
		for _, a := range x.aspects {
			x.tables[b] = append(x.tables[b], newCrossTable(len(q.closedOne(a.closed).Options), len(q.closedOne(x.overall.closed).Options)))
		}
	}
	if !c.Ended(now) || !role.May(ViewStandings) {
		return x
	}
	for i := range list {
		x.see(&list[i])
	}
	return x
}

func (x *Crossing) findAspects() {
	at := 0
	for n, i := range x.q.closed {
		one := &x.q.Questions[i]
		switch {
		case one.Role == OverallRole:
			x.overall = crossed{n, at, one.rated()}
		case one.Type == Scale && len(x.aspects) < mostAspects:
			x.aspects = append(x.aspects, crossed{n, at, one.rated()})
		}
		at += one.width()
	}
}

// see notes which questions of a project may be seen in which base.
func (x *Crossing) see(d *Distribution) {
	var bits [2]uint64
	for b, base := range []Bases{OwnerBase, ResidentBase} {
		if x.base(d, base) != "" || x.question(d, x.overall.closed, base) != "" {
			continue
		}
		for n, a := range x.aspects {
			if x.question(d, a.closed, base) == "" {
				bits[b] |= 1 << n
			}
		}
	}
	switch {
	case bits == ([2]uint64{}):
		return
	case d.Pending: // one decided answer more, and the table says what it was
		x.pending = true
		return
	}
	x.shown[d.Project.ID], x.order = bits, append(x.order, d.Project.ID)
	x.sheets += (d.Owner.Counted.Responses + d.Resident.Counted.Responses + d.Owner.OneBase) / 2
}

// Projects are those whose answer sheets are wanted.
func (x *Crossing) Projects() []ID { return x.order }

// Sheets is how many counted answer sheets they have.
func (x *Crossing) Sheets() int64 { return x.sheets }

// Add counts an answer sheet in, if it is counted and its lane admitted.
// Answers are packed (Questionnaire.Pack) and not kept.
func (x *Crossing) Add(project ID, bases Bases, lane Lane, answers []byte) {
	if project != x.last {
		x.last, x.bits = project, x.shown[project]
	}
	if !x.c.Admission.Admits(lane) || x.overall.at >= len(answers) {
		return
	}
	column := x.overall.answer(answers)
	if column < 0 {
		return
	}
	for b, base := range [2]Bases{OwnerBase, ResidentBase} {
		if !bases.Has(base) {
			continue
		}
		for n, a := range x.aspects {
			if x.bits[b]&(1<<n) == 0 {
				continue
			}
			if row := a.answer(answers); row >= 0 {
				x.tables[b][n][row][column]++
			}
		}
	}
}

// answer is the place of the option that was chosen, -1 for none and for
// don't-know.
func (q crossed) answer(packed []byte) int {
	if q.at >= len(packed) {
		return -1
	}
	k := strings.IndexByte(letters, packed[q.at])
	if k < 0 || q.rated&(1<<k) == 0 {
		return -1
	}
	return k
}

// rated are the options of a scale that are in n, as a set.
func (one *Question) rated() uint32 {
	var set uint32
	for i := range one.Options {
		if one.Options[i].Counts != "excluded" {
			set |= 1 << i
		}
	}
	return set
}

// Key tells apart what is counted: the same campaign, projects and questions
// have the same key.
func (x *Crossing) Key() [32]byte {
	b := make([]byte, 0, 16+24*len(x.order))
	b = binary.BigEndian.AppendUint64(b, uint64(x.c.ID))
	b = binary.BigEndian.AppendUint64(b, uint64(x.sheets))
	for _, id := range x.order {
		bits := x.shown[id]
		b = binary.BigEndian.AppendUint64(b, uint64(id))
		b = binary.BigEndian.AppendUint64(b, bits[0])
		b = binary.BigEndian.AppendUint64(b, bits[1])
	}
	return sha256.Sum256(b)
}

// Associations are those of all scale questions but the overall one with it,
// in the questionnaire's order, in one base. Where nothing could be counted
// Hidden says why.
func (x *Crossing) Associations(base Bases) []Association {
	b := 0
	if base == ResidentBase {
		b = 1
	}
	list := make([]Association, len(x.aspects))
	for n, a := range x.aspects {
		list[n] = Association{Question: x.q.closedOne(a.closed), Base: base}
		if !x.c.Ended(x.now) || !x.role.May(ViewStandings) {
			list[n].Hidden = HiddenByRole
			continue
		}
		if list[n].measure(x.tables[b][n]); list[n].Hidden == HiddenFew && x.pending {
			list[n].Hidden = HiddenPending
		}
	}
	return list
}
