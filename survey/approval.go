package survey

import "time"

// Approval is a step that one person asked for and a second one must confirm
// (RULES §7, §9): the two are different accounts with the same rights.
type Approval struct {
	Kind     string // "reopen", "seal" or "correct"
	Campaign ID
	Reason   string
	Closes   time.Time // the new end, when reopening
	By       ID
	ByName   string
	At       time.Time
}

// The kinds of approval.
const (
	ApproveReopen = "reopen"
	ApproveSeal   = "seal"
	// ApproveCorrect is for homes of a sealed result (RULES §9).
	ApproveCorrect = "correct"
)

// SecondPerson is nil when actor is not the one who asked first. A token
// acts for the account that made it and is no second person beside it.
func SecondPerson(first ID, actor Actor) error {
	if actor.Account == 0 || actor.Account == first {
		return Fail(Conflict, "error.second_person")
	}
	return nil
}

// Proposal to release or exclude held responses of one project.
type Proposal struct {
	ID       ID
	Campaign ID
	Project  ID
	Release  bool // false: exclude
	Reason   string
	By       ID
	ByName   string
	At       time.Time
	Count    int
}

// HeldResponse is what the deciders see of a held response: why and where,
// never what was answered (the direction of a score is no reason, RULES §7).
type HeldResponse struct {
	ID       int64
	Group    int
	Label    string // the group's buildings
	Bases    Bases
	Lane     Lane
	Reason   Reason
	Proposal ID // 0 while nobody proposed anything
}

// SealNeeds says what sealing a campaign asks for (RULES §1, §7, §9).
type SealNeeds struct {
	Undecided int64 // held responses that would be listed as not counted
	Contested int   // projects
}

// Second says whether a second person must confirm.
func (n SealNeeds) Second() bool { return n.Undecided > 0 || n.Contested > 0 }
