package survey

import "time"

// ComplaintClass says how soon a complaint must be answered and settled
// (RULES §6, item 1.3); the limits are data.
type ComplaintClass string

// The classes.
const (
	Urgent  ComplaintClass = "URGENT"
	Normal  ComplaintClass = "NORMAL"
	Complex ComplaintClass = "COMPLEX"
)

// ComplaintClasses in the order in which they are shown.
func ComplaintClasses() []ComplaintClass { return []ComplaintClass{Urgent, Normal, Complex} }

// Complaint 诉求 is one ticket of a complaint log.
type Complaint struct {
	ID     ID
	Number string // the log's own; unique together with Source
	Source string // where it came in: "12345", the company's own line …
	// Project is 0 while nobody said which project it is about; then District,
	// Community and Named tell what the file said.
	Project                    ID
	District, Community, Named string
	Class                      ComplaintClass
	Received                   time.Time
	FirstResponse, Resolved    time.Time // zero: not yet
	Reopened                   bool      // counts as not resolved
	Valid                      bool      // only valid ones count
	Batch                      ID        // the file it came with
	Dismissed                  string    // why it is about no project, "" where nobody said so
	ProjectName                string    // for people
}

// ComplaintState chooses tickets by where they stand.
type ComplaintState string

// The states that can be chosen.
const (
	ComplaintOpen     ComplaintState = "open"
	ComplaintLate     ComplaintState = "late"    // a limit has passed, answered or not
	ComplaintOnTime   ComplaintState = "on_time" // settled, both limits kept
	ComplaintReopened ComplaintState = "reopened"
	ComplaintInvalid  ComplaintState = "invalid"
)

// ComplaintStates in the order in which they are offered.
func ComplaintStates() []ComplaintState {
	return []ComplaintState{ComplaintOpen, ComplaintLate, ComplaintOnTime, ComplaintReopened, ComplaintInvalid}
}

// ComplaintFilter chooses and pages tickets; zero fields choose nothing out.
type ComplaintFilter struct {
	Project       ID
	Within        Place  // of the project: its lowest level that is set
	Search        string // a part of the number, of the name in the file or of the project's
	Unmatched     bool
	Class         ComplaintClass
	State         ComplaintState
	From, To      time.Time
	Offset, Limit int
}

// ComplaintBatch is a file of complaints that was imported.
type ComplaintBatch struct {
	ID       ID
	Kind     string // tickets, months, ranks
	Name     string
	SHA256   [32]byte
	Document string // source
	District ID     // 0: the city's
	From, To int    // months (202307) that it has all tickets of, 0 for none
	Rows     int    // still there
	At       time.Time
	By       string
	Removed  time.Time // zero: it is in force
	Reason   string    // of the removal
}
