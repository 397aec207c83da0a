package survey

import (
	"fmt"
	"math/bits"
)

// Bases are the bases a response belongs to, as a set (RULES §1).
type Bases uint8

// The owner base (owner or co-owner: items 1.1 and 6.1) and the resident base
// (lives there now: R14).
const (
	OwnerBase    Bases = 1
	ResidentBase Bases = 2
	BothBases          = OwnerBase | ResidentBase
)

// Has says whether b holds all of other.
func (b Bases) Has(other Bases) bool { return b&other == other && other != 0 }

// Each lists the single bases of the set, owners first.
func (b Bases) Each() []Bases {
	list := make([]Bases, 0, bits.OnesCount8(uint8(b)))
	for _, one := range []Bases{OwnerBase, ResidentBase} {
		if b.Has(one) {
			list = append(list, one)
		}
	}
	return list
}

// Admission decides how a household is known in a campaign (RULES §1).
type Admission string

// The admissions.
const (
	ByRoom Admission = "room" // building, unit and room are asked
	ByCode Admission = "code" // a code from a printed slip is asked
	ByOpen Admission = "open" // nothing is asked: feedback, indicative only
)

// Lane 渠道 is the way a response came in, stored on it (RULES §1).
type Lane string

// The lanes.
const (
	CodeLane     Lane = "code"
	RoomLane     Lane = "room"
	OpenLane     Lane = "open"
	AssistedLane Lane = "assisted" // entered by a named clerk
)

// Lanes in the order in which they are shown.
func Lanes() []Lane { return []Lane{CodeLane, RoomLane, AssistedLane, OpenLane} }

// State of a response (RULES §7).
type State string

// The states. A held response is outside n until two persons decide.
const (
	Counted  State = "counted"
	Held     State = "held"
	Excluded State = "excluded"
)

// Reason says by which rule a response is held (RULES §7).
type Reason string

// OverHouseholds holds a response beyond the households of its building
// group in one base.
const OverHouseholds Reason = "over_households"

// Response 答卷 is one household's answer sheet as it is stored: nothing in
// it leads to the household (RULES §1).
type Response struct {
	ID      int64 // random
	Bases   Bases
	Group   int // building group, see Groups
	Lane    Lane
	State   State
	Reason  Reason // by which rule it was held, "" for none
	Answers string // packed, see Questionnaire.Pack
}

// Admits says whether a lane counts under an admission: open feedback in a
// room or code campaign is kept apart and never in n or k (RULES §1).
func (a Admission) Admits(l Lane) bool {
	switch l {
	case AssistedLane:
		return true
	case OpenLane:
		return a == ByOpen
	}
	return string(a) == string(l)
}

// ParseAdmission reads an admission word.
func ParseAdmission(s string) (Admission, error) {
	switch a := Admission(s); a {
	case ByRoom, ByCode, ByOpen:
		return a, nil
	}
	return "", fmt.Errorf("unknown admission %q", s)
}
