package survey

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Token is a bearer token of an account: what it may do is its own role and
// scope, never more than the account's.
type Token struct {
	ID          ID
	Account     ID
	AccountName string // its user name
	Name        string
	Role        Role
	Scope       Scope
	ScopeName   string    // name of the place, "" for the city
	Expires     time.Time // zero for never
	Added       time.Time
	Used        time.Time // the hour in which it was last used, zero for never
}

// Expired says whether a token is over at a moment.
func (t Token) Expired(now time.Time) bool { return !t.Expires.IsZero() && !now.Before(t.Expires) }

// TokenYears is for how many years from now a token may be made on the pages.
const TokenYears = 2

// mostLabel is how long the name of a token or a wall may be, in characters.
const mostLabel = 60

// CheckNew says what is wrong with a token that somebody asks for on the
// pages: it needs a name, and an end within two years.
func (t Token) CheckNew(now time.Time) error {
	if err := checkLabel(t.Name, "error.token.name"); err != nil {
		return err
	}
	if !now.Before(t.Expires) || t.Expires.After(now.AddDate(TokenYears, 0, 1)) {
		return Fail(Invalid, "error.token.expires", "Years", TokenYears).Field("expires", "error.token.expires", "Years", TokenYears)
	}
	return nil
}

// checkLabel wants a name that tells one thing from another in a list.
func checkLabel(name, key string) error {
	if n := utf8.RuneCountInString(strings.TrimSpace(name)); n == 0 || n > mostLabel {
		return Fail(Invalid, key, "Most", mostLabel).Field("name", key, "Most", mostLabel)
	}
	return nil
}
