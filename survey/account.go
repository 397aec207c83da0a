package survey

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Actor is who acts: a signed-in account or a token of one.
type Actor struct {
	Account  ID
	Username string
	Role     Role
	Scope    Scope
	Language string // "zh" or "en"
	Token    bool   // acts through a bearer token
}

// System is the actor of what happens by itself: a campaign closing on time.
func System() Actor { return Actor{Username: "system"} }

// Account of a member of staff.
type Account struct {
	ID        ID
	Username  string
	Name      string
	Role      Role
	Scope     Scope
	ScopeName string // name of the place, "" for the city
	Language  string
	Disabled  bool
	// OneTime says that the password was set by another and must be changed
	// at the next sign-in.
	OneTime    bool
	Generation int // counts up when all sessions must end
	Added      time.Time
	LastSeen   time.Time // zero for never
}

// Actor is the account as it acts.
func (a Account) Actor() Actor {
	return Actor{Account: a.ID, Username: a.Username, Role: a.Role, Scope: a.Scope, Language: a.Language}
}

// MinPassword is the least length of a password in characters (SECURITY,
// profile asvs: length rather than composition).
const MinPassword = 12

// CheckPassword refuses passwords that are too short, too long to hash in
// bounded time, or made of the user name.
func CheckPassword(username, password string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case n < MinPassword:
		return Fail(Invalid, "error.password.short", "Min", MinPassword).Field("password", "error.password.short", "Min", MinPassword)
	case len(password) > 256:
		return Fail(Invalid, "error.password.long").Field("password", "error.password.long")
	case strings.EqualFold(password, username) || strings.Count(password, password[:1]) == len(password):
		return Fail(Invalid, "error.password.weak").Field("password", "error.password.weak")
	}
	return nil
}

// CheckUsername wants 2–32 letters, digits, dots, dashes or underscores.
func CheckUsername(name string) error {
	ok := utf8.RuneCountInString(name) >= 2 && utf8.RuneCountInString(name) <= 32
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(".-_", r) {
			ok = false
		}
	}
	if !ok {
		return Fail(Invalid, "error.account.username").Field("username", "error.account.username")
	}
	return nil
}

// Event 审计记录 is one line of the audit chain, written in the transaction
// of the change it tells of (SECURITY "Audit").
type Event struct {
	Number   int64
	At       time.Time
	Actor    ID
	Username string
	Action   string // "campaign.opened", …: a message key under "event."
	Object   string // kind and id: "campaign 3ZK0M7Q2D"
	Reason   string
	Detail   string // JSON of what changed
	Hash     string // hex of SHA-256 over the one before and this one
}

// Finding is one thing that verify found wrong: where, and what differs.
type Finding struct {
	Where string // "campaign 3ZK0M7Q2D project 1B…": ids, never a household
	What  string
}
