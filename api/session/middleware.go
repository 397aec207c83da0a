package session

import (
	"crypto/subtle"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

const contextKey = "session.account"

// touchEvery is how often a session in use is written back: often enough for
// the idle limit, seldom enough to cost nothing.
const touchEvery = time.Minute

// formMemory is how much of the files of a form is kept in memory, in bytes;
// the rest goes to temporary files.
const formMemory = 1 << 20

// LiveHeader marks requests by which a page only refreshes itself. They do
// not keep a session alive: a forgotten screen signs out.
const LiveHeader = "X-Meihao-Live"

// Account is who is signed in; the zero Account is nobody.
func Account(c *gin.Context) survey.Account {
	found, _ := c.Get(contextKey)
	account, _ := found.(survey.Account)
	return account
}

// Load is middleware that finds out who is signed in and tells the request:
// account, frame and language. The account is read anew each time, so that
// disabling it, or ending its sessions, works at once. The error goes to fail.
func (s *Sessions) Load(fail func(*gin.Context, error)) gin.HandlerFunc {
	return func(c *gin.Context) {
		token := s.token(c)
		if token == "" {
			return
		}
		if err := s.load(c, token); err != nil {
			fail(c, err)
			c.Abort()
		}
	}
}

func (s *Sessions) load(c *gin.Context, token string) error {
	ctx, err := s.manager.Load(c.Request.Context(), token)
	if err != nil {
		return err
	}
	id := survey.ID(s.manager.GetInt64(ctx, accountKey))
	if id == 0 {
		s.forget(c)
		return nil
	}
	account, err := s.accounts.Account(c.Request.Context(), id)
	if err != nil && survey.KindOf(err) != survey.NotFound {
		return err
	}
	if err != nil || account.Disabled || account.Generation != s.manager.GetInt(ctx, generationKey) {
		s.forget(c)
		return s.manager.Destroy(ctx)
	}
	idle := s.now().Sub(time.UnixMilli(s.manager.GetInt64(ctx, seenKey)))
	if idle >= touchEvery && c.GetHeader(LiveHeader) == "" {
		s.manager.Put(ctx, seenKey, s.now().UnixMilli())
		if _, _, err := s.manager.Commit(ctx); err != nil {
			return err
		}
	}
	c.Set(contextKey, account)
	page.SetStaff(c, &page.Staff{Actor: account.Actor(), CSRF: s.manager.GetString(ctx, csrfKey)})
	page.SetLanguage(c, account.Language)
	return nil
}

// forget takes the cookie away from the browser.
func (s *Sessions) forget(c *gin.Context) {
	http.SetCookie(c.Writer, &http.Cookie{ //nolint:gosec // Secure wherever the public address is https
		Name: s.manager.Cookie.Name, Path: "/", MaxAge: -1, HttpOnly: true,
		Secure: s.secure, SameSite: http.SameSiteLaxMode,
	})
}

// SameOrigin is middleware that refuses what changes something and comes from
// another site's page.
func (s *Sessions) SameOrigin(fail func(*gin.Context, error)) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := s.origin.Check(c.Request); err != nil {
			fail(c, survey.Fail(survey.Forbidden, "error.csrf"))
			c.Abort()
		}
	}
}

// Guard is middleware against forged requests: once signed in, what changes
// something must carry the session's token in the form field "csrf". It reads
// the body, so it belongs behind whatever says that the request is welcome,
// and afterwards removes the temporary files of a large one.
func (s *Sessions) Guard(fail func(*gin.Context, error)) gin.HandlerFunc {
	return func(c *gin.Context) {
		switch c.Request.Method {
		case http.MethodGet, http.MethodHead, http.MethodOptions:
			return
		}
		defer removeFiles(c)
		err := readForm(c)
		if err == nil && !genuine(c) {
			err = survey.Fail(survey.Forbidden, "error.csrf")
		}
		if err != nil {
			fail(c, err)
			c.Abort()
			return
		}
		c.Next()
	}
}

// removeFiles removes the temporary files of a form. The system tidies up
// after a failure; nothing of the request depends on it any more.
func removeFiles(c *gin.Context) {
	if form := c.Request.MultipartForm; form != nil {
		_ = form.RemoveAll()
	}
}

func genuine(c *gin.Context) bool {
	staff := page.StaffOf(c)
	if staff == nil {
		return true // nothing is done in anybody's name
	}
	return staff.CSRF != "" && subtle.ConstantTimeCompare([]byte(c.PostForm("csrf")), []byte(staff.CSRF)) == 1
}

// readForm reads the form before anything asks for it, so that one that is
// too large or broken is told apart from a forged one.
func readForm(c *gin.Context) error {
	var err error
	if strings.HasPrefix(c.ContentType(), "multipart/") {
		err = c.Request.ParseMultipartForm(formMemory)
	} else {
		err = c.Request.ParseForm()
	}
	var tooLarge *http.MaxBytesError
	if err == nil || errors.As(err, &tooLarge) {
		return err
	}
	return survey.Fail(survey.Invalid, "error.form")
}
