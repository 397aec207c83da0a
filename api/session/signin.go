package session

import (
	"crypto/rand"
	"math"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// What a session remembers.
const (
	accountKey    = "account"
	generationKey = "generation"
	csrfKey       = "csrf"
	seenKey       = "seen"
)

// Cookie is the name of the cookie that carries the session's token.
func (s *Sessions) Cookie() string { return s.manager.Cookie.Name }

// SignIn checks a user name and a password and starts a session. Unknown,
// disabled and mistaken all get the same error after the same work; who
// failed often gets Busy with Retry-After and the seconds in "Seconds".
func (s *Sessions) SignIn(c *gin.Context, username, password string) (survey.Account, error) {
	if wait := s.slow.attempt(username, c.ClientIP()); wait > 0 {
		return survey.Account{}, slowedDown(c, wait)
	}
	ctx := c.Request.Context()
	account, hash, err := s.accounts.Credentials(ctx, username)
	known := err == nil
	if err != nil && survey.KindOf(err) != survey.NotFound {
		return survey.Account{}, err
	}
	if !known || hash == "" {
		hash, known = s.dummy, false
	}
	if len(password) > 256 {
		password, known = "", false // no password of ours, and no work to hash it
	}
	right, err := s.matches(ctx, password, hash)
	if err != nil {
		return survey.Account{}, err
	}
	if !known || !right || account.Disabled {
		return survey.Account{}, survey.Fail(survey.Unauthorized, "error.login.wrong")
	}
	s.slow.success(username, c.ClientIP())
	if err := s.accounts.SignedIn(ctx, account.ID); err != nil {
		return survey.Account{}, err
	}
	return account, s.begin(c, account)
}

// slowedDown tells a person, and with Retry-After a program, how long to wait.
func slowedDown(c *gin.Context, wait time.Duration) error {
	seconds := int(math.Ceil(wait.Seconds()))
	c.Header("Retry-After", strconv.Itoa(seconds))
	return survey.Fail(survey.Busy, "error.login.wait", "Seconds", seconds)
}

// begin starts the session of an account under a new token. What the request
// carried before is worth nothing any more.
func (s *Sessions) begin(c *gin.Context, account survey.Account) error {
	ctx, err := s.manager.Load(c.Request.Context(), s.token(c))
	if err != nil {
		return err
	}
	if s.manager.Exists(ctx, accountKey) {
		if err := s.manager.Destroy(ctx); err != nil {
			return err
		}
	}
	if ctx, err = s.manager.Load(c.Request.Context(), ""); err != nil {
		return err
	}
	s.manager.Put(ctx, accountKey, int64(account.ID))
	s.manager.Put(ctx, generationKey, account.Generation)
	s.manager.Put(ctx, csrfKey, rand.Text())
	s.manager.Put(ctx, seenKey, s.now().UnixMilli())
	token, expiry, err := s.manager.Commit(ctx)
	if err != nil {
		return err
	}
	s.manager.WriteSessionCookie(ctx, c.Writer, token, expiry)
	return nil
}

// Renew begins the account's session anew, after its password changed.
func (s *Sessions) Renew(c *gin.Context, id survey.ID) error {
	account, err := s.accounts.Account(c.Request.Context(), id)
	if err != nil {
		return err
	}
	return s.begin(c, account)
}

// Confirm checks the password of who is signed in again, with the same
// delays as signing in.
func (s *Sessions) Confirm(c *gin.Context, password string) error {
	account := Account(c)
	if wait := s.slow.attempt(account.Username, c.ClientIP()); wait > 0 {
		return slowedDown(c, wait)
	}
	_, hash, err := s.accounts.Credentials(c.Request.Context(), account.Username)
	if err != nil {
		return err
	}
	if len(password) > 256 {
		password = ""
	}
	right, err := s.matches(c.Request.Context(), password, hash)
	if err != nil {
		return err
	}
	if !right {
		return survey.Fail(survey.Invalid, "error.password.current").Field("current", "error.password.current")
	}
	s.slow.success(account.Username, c.ClientIP())
	return nil
}

// SignOut ends the request's session, in the store too.
func (s *Sessions) SignOut(c *gin.Context) error {
	ctx, err := s.manager.Load(c.Request.Context(), s.token(c))
	if err != nil {
		return err
	}
	if err := s.manager.Destroy(ctx); err != nil {
		return err
	}
	s.forget(c)
	return nil
}

func (s *Sessions) token(c *gin.Context) string {
	token, err := c.Cookie(s.manager.Cookie.Name)
	if err != nil {
		return ""
	}
	return token
}
