package session

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"meihao/survey"
)

// Accounts are the store's methods that sessions need.
type Accounts interface {
	Account(ctx context.Context, id survey.ID) (survey.Account, error)
	Credentials(ctx context.Context, username string) (survey.Account, string, error)
	SignedIn(ctx context.Context, id survey.ID) error
}

// Settings of sessions; zero durations mean the defaults.
type Settings struct {
	Idle     time.Duration // signed out after so long without a page, 30 min
	Absolute time.Duration // signed out after so long in any case, 12 h
	// Secure says that the public address is https: the cookie is then
	// __Host- and Secure. Plain cookies are for loopback and --demo only.
	Secure bool
	Now    func() time.Time
}

// Sessions of the staff.
type Sessions struct {
	manager  *scs.SessionManager
	accounts Accounts
	secure   bool
	origin   *http.CrossOriginProtection
	slow     *throttle
	hashing  chan struct{} // bounds how many passwords are hashed at once
	dummy    string
	now      func() time.Time
}

// New makes sessions over the store's sessions and accounts.
func New(kept scs.CtxStore, accounts Accounts, set Settings) (*Sessions, error) {
	dummy, err := HashPassword("nobody has this password")
	if err != nil {
		return nil, err
	}
	m := scs.New()
	m.Store = kept
	m.HashTokenInStore = true
	m.IdleTimeout = orElse(set.Idle, 30*time.Minute)
	m.Lifetime = orElse(set.Absolute, 12*time.Hour)
	m.Cookie.Name = "meihao"
	if set.Secure {
		m.Cookie.Name, m.Cookie.Secure = "__Host-meihao", true
	}
	m.Cookie.HttpOnly, m.Cookie.SameSite = true, http.SameSiteLaxMode
	m.Cookie.Path, m.Cookie.Persist = "/", false
	now := set.Now
	if now == nil {
		now = time.Now
	}
	return &Sessions{
		manager: m, accounts: accounts, secure: set.Secure, origin: http.NewCrossOriginProtection(),
		slow: newThrottle(now), hashing: make(chan struct{}, hashesAtOnce), dummy: dummy, now: now,
	}, nil
}

func orElse(d, standard time.Duration) time.Duration {
	if d <= 0 {
		return standard
	}
	return d
}

// LocalPath is next where it is a path of the staff pages, else the overview:
// nobody is sent to another site after signing in.
func LocalPath(next string) string {
	const home = "/admin"
	inside := next == home || strings.HasPrefix(next, home+"/") || strings.HasPrefix(next, home+"?")
	if !inside || strings.ContainsAny(next, "\\\r\n\t") || strings.HasPrefix(next, "/admin/log") {
		return home
	}
	return next
}
