package rubric

import (
	"time"

	"meihao/survey"
)

// Party is who marks an item.
type Party string

// The parties. A self-assessment never counts.
const (
	SelfParty   Party = "self"
	FirstParty  Party = "first"
	SecondParty Party = "second"
	ThirdParty  Party = "third_party"
)

// Parties in the order in which they are shown.
func Parties() []Party { return []Party{SelfParty, FirstParty, SecondParty, ThirdParty} }

// Person did something at a moment.
type Person struct {
	ID   survey.ID
	Name string
	At   time.Time
}

// Mark is what one party gives to an item of an assessor.
type Mark struct {
	Item   string
	Party  Party
	Points Halves
	Note   string
	By     Person
}

// Settlement ends a difference between marks; a changed mark takes it back.
type Settlement struct {
	Item   string
	Points Halves
	Reason string
	By     Person
}

// Override of a machine-set score, by two persons and with a reason (RULES
// §6). It stands for as long as the machine says what it replaced.
type Override struct {
	Item      string
	Points    Halves
	Reason    string
	Of        string // what the machine said when it was asked for
	Asked     Person
	Confirmed Person // zero until a second person has confirmed
}

// Recorded is a veto from 6.2 to 6.6 as somebody recorded it, with its source.
type Recorded struct {
	Item     string
	State    string // Yes, No or Unknown
	Document string // 来源文件
	Note     string
	Evidence survey.ID // a file of the sheet, 0 without
	By       Person
}

// States of a recorded veto.
const (
	Yes     = "YES"
	No      = "NO"
	Unknown = string(survey.Undetermined)
)

// Confirmation of a VETO_BORDERLINE in 6.1, by two persons (RULES §5). It is
// of one snapshot and gone with it.
type Confirmation struct {
	Snapshot  int
	Reason    string
	Asked     Person
	Confirmed Person // zero until a second person has confirmed
}

// Fees behind item 3.2, in fen.
type Fees struct {
	Paid, Due int64
	Document  string
	By        Person
}

// Reading says which sealed result 1.1 and 6.1 read.
type Reading struct {
	Campaign survey.ID
	Snapshot int
	Newest   int // of that campaign; above Snapshot the reading is stale
	By       Person
}

// Stale says that a correction has made a newer snapshot (RULES §9).
func (r Reading) Stale() bool { return r.Newest > r.Snapshot }

// Evidence is a note or a file that belongs to an item.
type Evidence struct {
	ID      survey.ID
	Item    string
	Party   Party
	Kind    string // EvidenceNote or EvidenceFile
	Name    string // of a file, cleaned
	Type    string // media type of a file
	Size    int64  // bytes
	SHA256  [32]byte
	Note    string
	By      Person
	Removed bool // its content is gone, its hash stays
}

// Kinds of evidence.
const (
	EvidenceNote = "note"
	EvidenceFile = "file"
)

// Entries are what people entered into the sheet of a project in an activity.
type Entries struct {
	ID                survey.ID // 0 while nothing was entered
	Activity, Project survey.ID
	Revision          int64 // counts what was saved
	Reading           *Reading
	Fees              *Fees
	Marks             []Mark
	Settlements       []Settlement
	Overrides         []Override
	Vetoes            []Recorded
	Confirmation      *Confirmation
	Evidence          []Evidence
}

// Figures are what the machine knows for a sheet.
type Figures struct {
	Campaign *survey.Campaign // the one that 1.1 and 6.1 read
	Sealed   *survey.Sealed   // its result of this project, of the snapshot read
	// Published says that the company may see its own result.
	Published bool
	Lowest    *Lowest
	Prompt    *Prompt
}

// Case is all that a sheet is filled from.
type Case struct {
	Project survey.Project
	Entries Entries
	Figures Figures
}

// MarkChange is a mark as somebody wants it to be; without points the mark is
// taken back. Seen is what the form showed, so that nobody overwrites what
// somebody else has changed meanwhile.
type MarkChange struct {
	Item         string
	Points, Seen *Halves
	Note         string
}
