package survey

import "time"

// Snapshot 封存结果 is what sealing writes once and for good (RULES §9).
type Snapshot struct {
	Campaign      ID        `json:"campaign"`
	Number        int       `json:"number"` // 1, and one more for each correction
	At            time.Time `json:"at"`
	RulesVersion  string    `json:"rules_version"`
	Questionnaire string    `json:"questionnaire"` // version
	Admission     Admission `json:"admission"`
	Margins       Margins   `json:"margins"`
	Reason        string    `json:"reason"`
	Projects      []Sealed  `json:"-"` // kept in rows of their own
}

// Sealed is one project of a snapshot.
type Sealed struct {
	Project       ID           `json:"project"`
	Name          string       `json:"name"`
	OwnerHomes    int64        `json:"owner_homes"`
	ResidentHomes int64        `json:"resident_homes"`
	Counts        []SealedCell `json:"counts"`
	Owner         Words        `json:"owner"`
	Resident      Words        `json:"resident"`
	OwnerWithHeld Words        `json:"owner_with_held"`
	Undecided     int64        `json:"undecided"` // held when sealed: not counted
	Claims        int64        `json:"claims"`
	Refused       int64        `json:"refused"`
	Contested     bool         `json:"contested"`
}

// SealedCell is the score of one state, base and lane.
type SealedCell struct {
	State     State `json:"state"`
	Base      Bases `json:"base"` // 1 owner, 2 resident
	Lane      Lane  `json:"lane"`
	Responses int64 `json:"responses"`
	Answered  int64 `json:"answered"`
	Satisfied int64 `json:"satisfied"`
}

// SealEnrolment takes the exact figures of one project into a snapshot.
func SealEnrolment(c Campaign, e Enrolment) Sealed {
	s := Sealed{
		Project: e.Project.ID, Name: e.Project.Name,
		OwnerHomes: int64(e.Homes.Of(OwnerBase)), ResidentHomes: int64(e.Homes.Of(ResidentBase)),
		Undecided: e.Tally.InState(Held),
		Claims:    e.Claims, Refused: e.Refused, Contested: e.Contested(),
	}
	for _, state := range []State{Counted, Held, Excluded} {
		for _, base := range BothBases.Each() {
			for _, lane := range Lanes() {
				sum := e.Tally.Sum(func(k Cell) bool { return k.State == state && k.Bases.Has(base) && k.Lane == lane })
				if sum.Responses > 0 {
					s.Counts = append(s.Counts, SealedCell{state, base, lane, sum.Responses, sum.Answered, sum.Satisfied})
				}
			}
		}
	}
	owner, resident := s.Judged(c)
	held := c.judge(e.Tally.WithHeld(c.Admission, OwnerBase), s.OwnerHomes)
	s.Owner, s.Resident = wordsOf(owner), wordsOf(resident)
	s.OwnerWithHeld = wordsOf(held)
	return s
}

func wordsOf(v Verdict) Words { return Words{v.Item11, v.Veto61} }

// Judged judges the sealed counts of both bases under the campaign's
// admission and margins: the full verdicts behind the stored words.
func (s Sealed) Judged(c Campaign) (owner, resident Verdict) {
	score := func(base Bases) Score { return s.score(c.Admission, base, Counted) }
	return c.judge(score(OwnerBase), s.OwnerHomes), c.judge(score(ResidentBase), s.ResidentHomes)
}

// score is the sealed score of one state and base, of admitted lanes.
func (s Sealed) score(a Admission, base Bases, state State) Score {
	var sum Score
	for _, k := range s.Counts {
		if k.State == state && k.Base == base && a.Admits(k.Lane) {
			sum = sum.Add(Score{Responses: k.Responses, Answered: k.Answered, Satisfied: k.Satisfied})
		}
	}
	return sum
}
