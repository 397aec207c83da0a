package survey

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// CommentID names a comment. It is an HMAC under the campaign's key and leads
// nowhere (Key.CommentID).
type CommentID int64

// String is how addresses and events name it: 16 hexadecimal digits.
func (id CommentID) String() string { return fmt.Sprintf("%016x", int64(id)) }

// ParseCommentID reads what String wrote.
func ParseCommentID(s string) (CommentID, error) {
	n, err := strconv.ParseInt(s, 16, 64)
	if err != nil || len(s) != 16 || n < 0 {
		return 0, NotFoundError("error.not_found")
	}
	return CommentID(n), nil
}

// Comment is what somebody wrote, with masks, as staff read it: of a project
// and of nothing below it, no building, lane or day (RULES §8).
type Comment struct {
	ID      CommentID
	Project ID
	Text    Masked
	Themes  []int  // places in the lexicon
	Hidden  string // why it is hidden, "" where it is not
	By      string // who hid it
	At      time.Time
}

// CommentCursor is where a page of comments ends: they come by project and
// within it by their ids, an order that says nothing about when they came.
type CommentCursor struct {
	Project ID
	ID      CommentID
}

// String is the cursor in an address; "" for the beginning.
func (c CommentCursor) String() string {
	if c == (CommentCursor{}) {
		return ""
	}
	return c.Project.String() + "-" + c.ID.String()
}

// ParseCommentCursor reads a cursor; what is none is the beginning.
func ParseCommentCursor(s string) CommentCursor {
	project, id, _ := strings.Cut(s, "-")
	p, err := ParseID(project)
	if err != nil {
		return CommentCursor{}
	}
	n, err := ParseCommentID(id)
	if err != nil {
		return CommentCursor{}
	}
	return CommentCursor{p, n}
}

// CommentFilter chooses comments of a campaign.
type CommentFilter struct {
	// Choose keeps those of the enrolments in scope whose comments are wanted;
	// nil keeps all. It is called once.
	Choose  func([]Enrolment) []*Enrolment
	Project ID     // only this one's, 0 for all
	Search  string // in what is not masked
	Theme   string // key, "" for all
	Lexicon Lexicon
	Hidden  bool // only those that are hidden
	After   CommentCursor
	Limit   int
	All     bool // goes through everything at once, for a file: Limit is the most of it
	Count   bool // asks for the number of each theme
}

// CommentPage is what a filter chose.
type CommentPage struct {
	Why      string // nothing is shown: CommentsEarly or CommentsUnpublic; "" where it is
	List     []Comment
	Next     CommentCursor // the zero one at the end
	Projects map[ID]Project
	Chosen   int // projects that were chosen
	Few      int // of them with too few answers: their comments are not shown
	Themes   ThemeCounts
	Released time.Time // where one project was chosen: since when its company reads them, zero for never
}

// ThemeCounts says how many comments are of each theme. They are counts of
// comments and of nothing that is counted: who wrote one may be held, excluded
// or have sent feedback only, which nobody can tell (see ReadsComments).
type ThemeCounts struct {
	Comments int   // that were looked at
	Sample   bool  // a part of them, chosen by their random ids
	Counts   []int // by the lexicon's themes; nil where they are too few
	None     int   // of no theme
}

// CommentsSampled is how many responses' comments are looked at for themes;
// where there are more, those of so many that their random ids choose.
const CommentsSampled = 12_000

// MostExportedComments is how many comments a file has at most.
const MostExportedComments = 20_000

// Why comments are not shown.
const (
	CommentsEarly    = "early"    // before closing
	CommentsRole     = "role"     // the role reads none
	CommentsUnpublic = "unpublic" // to the company before publication and release
)

// ReadsComments says why a role reads no comments of a campaign at a moment;
// "" where it reads them (RULES §8: district and city after closing, the
// company after publication where they were released).
//
// All comments of a project are shown, whatever became of their responses.
// Were those of held ones left out, each decision would make one appear, and
// the list of held responses says of which buildings they are; at sealing the
// key that leads from a response to its comment is deleted, so that afterwards
// it cannot be told at all. So comments are never counted as votes.
func (c Campaign) ReadsComments(role Role, published bool, now time.Time) string {
	switch {
	case !role.May(ViewComments):
		return CommentsRole
	case role == CompanyRole && (!published || c.Stage != SealedStage):
		return CommentsUnpublic
	case !c.Ended(now):
		return CommentsEarly
	}
	return ""
}

// EnoughForComments says whether a role may read a project's comments: below
// the city from ten counted responses on. Of fewer the district, the company
// and whoever they talk to can guess who wrote in which style; the city is far
// enough away, and somebody must be able to read what is written there.
func (c Campaign) EnoughForComments(t Tally, role Role) bool {
	if role == Administrator || role == CityRole {
		return true
	}
	return t.Sum(func(k Cell) bool { return k.State == Counted && c.Admission.Admits(k.Lane) }).Responses >= FewestShown
}

// LongestHideReason is how many characters a reason for hiding may have: it
// stands in the audit record.
const LongestHideReason = 100

// HideReason is the reason for hiding a comment as it is kept, masked as
// comments are: nobody shall find in the audit record what was hidden.
func HideReason(typed string) (string, error) {
	reason := strings.Join(strings.Fields(typed), " ")
	if n := utf8.RuneCountInString(reason); n < reasonLeast || n > LongestHideReason || !utf8.ValidString(reason) {
		return "", Fail(Invalid, "error.reason", "Max", LongestHideReason).Field("reason", "error.reason", "Max", LongestHideReason)
	}
	return MaskText(reason).Plain(func(Mask) string { return "＊＊" }), nil
}

// SearchTerm is what is searched for in comments, folded; "" for nothing.
func SearchTerm(typed string) string {
	term := strings.TrimSpace(Folded(typed))
	if runes := []rune(term); len(runes) > MaxComment {
		term = string(runes[:MaxComment])
	}
	return strings.ReplaceAll(term, "\x00", "")
}

// StoredLexicon is the lexicon by which an owner's campaigns are read.
type StoredLexicon struct {
	Owner   ID  // whose it is: a district, 0 for the city
	Version int // counts what was saved; 0 where nobody changed anything, Lexicon is empty then
	Lexicon Lexicon
	At      time.Time
}
