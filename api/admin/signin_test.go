package admin_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"meihao/survey"
)

// Unknown, mistaken and disabled are told the same.
func TestSignInRefusals(t *testing.T) {
	s := newSite(t)
	s.signIn(s.Community)
	_, err := s.Store.ChangeAccount(s.Ctx(), s.Admin, s.Community.Account, func(a *survey.Account) error { a.Disabled = true; return nil })
	s.Must(err)
	s.signIn(s.District)
	var first string
	for _, try := range []struct{ username, password string }{
		{"nobody", password}, {"district", "wrong password here"}, {"community", password}, {"district", strings.Repeat("x", 5000)},
	} {
		r := s.visitor().send("POST", "/admin/login", url.Values{"username": {try.username}, "password": {try.password}})
		r.expect(t, try.username, http.StatusUnauthorized, "用户名或密码不对", "!meihao=")
		body := strings.ReplaceAll(r.Body, try.username, "")
		if first == "" {
			first = body
		}
		if body != first {
			t.Errorf("the answer to %s differs from the one to an unknown user", try.username)
		}
		if len(r.Cookies) > 0 {
			t.Errorf("%s got a cookie", try.username)
		}
	}
}

// Whoever fails again and again is slowed down, and let in again later.
func TestSignInDelay(t *testing.T) {
	s := newSite(t)
	s.signIn(s.District)
	form := url.Values{"username": {"District"}, "password": {"wrong password here"}}
	for range 3 {
		s.visitor().send("POST", "/admin/login", form).expect(t, "failure", http.StatusUnauthorized)
	}
	right := url.Values{"username": {"district"}, "password": {password}}
	r := s.visitor().send("POST", "/admin/login", right)
	r.expect(t, "too soon", http.StatusTooManyRequests, "秒后再试")
	if r.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	elsewhere := httptest.NewRequest("POST", "/admin/login", strings.NewReader(right.Encode()))
	elsewhere.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	elsewhere.RemoteAddr = "198.51.100.7:1234"
	s.visitor().do(elsewhere).goes(t, "at home", "/admin")
	s.Clock.Add(31 * time.Second)
	s.visitor().send("POST", "/admin/login", right).goes(t, "later", "/admin")
}

func TestSessionCookie(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	before := p.cookie
	r := p.send("POST", "/admin/login", url.Values{"username": {"district"}, "password": {password}})
	if len(r.Cookies) == 0 || !r.Cookies[0].HttpOnly || r.Cookies[0].SameSite != http.SameSiteLaxMode || r.Cookies[0].Path != "/" {
		t.Errorf("cookie %v", r.Cookies)
	}
	if p.cookie == before {
		t.Error("signing in kept the old token")
	}
	old := s.visitor()
	old.cookie = before
	old.get("/admin").goes(t, "the old token", "/admin/login")
}

// An account that is disabled, or whose password was set anew, is signed out
// with its next request; so is a session that was idle for too long.
func TestSessionEnds(t *testing.T) {
	t.Run("disabled", func(t *testing.T) {
		s := newSite(t)
		p := s.signIn(s.District)
		_, err := s.Store.ChangeAccount(s.Ctx(), s.Admin, s.District.Account, func(a *survey.Account) error { a.Disabled = true; return nil })
		s.Must(err)
		p.get("/admin").goes(t, "disabled", "/admin/login")
	})
	t.Run("password", func(t *testing.T) {
		s := newSite(t)
		p, other := s.signIn(s.District), s.visitor()
		other.send("POST", "/admin/login", url.Values{"username": {"district"}, "password": {password}})
		r := p.post("/admin/password", url.Values{"current": {password}, "password": {"another long password"}, "again": {"another long password"}})
		r.goes(t, "change", "/admin?done=password")
		p.get("/admin").expect(t, "this session", http.StatusOK)
		other.get("/admin").goes(t, "the other session", "/admin/login")
	})
	t.Run("idle", func(t *testing.T) {
		s := newSite(t)
		p := s.signIn(s.District)
		s.Clock.Set(time.Now().Add(31 * time.Minute)) // expiry is reckoned by the real clock
		p.get("/admin").goes(t, "idle", "/admin/login")
	})
	t.Run("signed out", func(t *testing.T) {
		s := newSite(t)
		p := s.signIn(s.District)
		old := p.cookie
		p.post("/admin/logout", nil).goes(t, "sign out", "/admin/login")
		p.cookie = old
		p.get("/admin").goes(t, "the old cookie", "/admin/login")
	})
}

// Whoever signed in meanwhile in another tab may still send the login form.
func TestSignInTwice(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	p.send("POST", "/admin/login", url.Values{"username": {"district"}, "password": {password}}).goes(t, "the other tab", "/admin")
}

// Nobody is sent elsewhere after signing in.
func TestSignInNext(t *testing.T) {
	s := newSite(t)
	s.signIn(s.District)
	s.visitor().get("/admin/projects?q=a").goes(t, "a page", "/admin/login?next=%2Fadmin%2Fprojects%3Fq%3Da")
	for next, want := range map[string]string{
		"/admin/projects?q=a": "/admin/projects?q=a", "https://evil.example/admin": "/admin", "//evil.example": "/admin",
		"/admin/login": "/admin", "/admin\\@evil": "/admin", "/administrator": "/admin", "": "/admin",
	} {
		r := s.visitor().send("POST", "/admin/login", url.Values{"username": {"district"}, "password": {password}, "next": {next}})
		r.goes(t, next, want)
	}
}

// A form without the session's token, or from another site, changes nothing.
func TestForgery(t *testing.T) {
	s := newSite(t)
	p := s.signIn(s.District)
	close := url.Values{"reason": {"按工作安排办理"}}
	p.send("POST", s.path("/close"), close).expect(t, "no token", http.StatusForbidden)
	p.send("POST", s.path("/close"), url.Values{"reason": close["reason"], "csrf": {"x"}}).expect(t, "wrong token", http.StatusForbidden)
	close.Set("csrf", p.csrf)
	request := httptest.NewRequest("POST", s.path("/close"), strings.NewReader(close.Encode()))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Sec-Fetch-Site", "cross-site")
	p.do(request).expect(t, "another site", http.StatusForbidden)
	c, err := s.Store.Campaign(s.Ctx(), survey.CityScope(), s.Campaign.ID)
	s.Must(err)
	if c.Stage != survey.OpenStage {
		t.Errorf("the campaign is %s", c.Stage)
	}
}

// A one-time password opens nothing but the page that replaces it.
func TestOneTimePassword(t *testing.T) {
	s := newSite(t)
	boss := s.signIn(s.Admin)
	r := boss.post("/admin/accounts/new", url.Values{"username": {"newcomer"}, "role": {"community"},
		"scope": {"community:" + s.Project.Place.Community.String()}, "language": {"zh"}})
	r.expect(t, "new account", http.StatusOK, "newcomer", "只显示这一次")
	_, after, _ := strings.Cut(r.Body, `id="onetime">`)
	oneTime, _, _ := strings.Cut(after, "<")
	if len(oneTime) < survey.MinPassword {
		t.Fatalf("one-time password %q", oneTime)
	}
	p := s.visitor()
	p.send("POST", "/admin/login", url.Values{"username": {"newcomer"}, "password": {oneTime}}).goes(t, "first sign-in", "/admin")
	p.get("/admin").goes(t, "overview", "/admin/password")
	p.get("/admin/projects").goes(t, "projects", "/admin/password")
	p.get("/admin/password").expect(t, "password page", http.StatusOK, "一次性密码")
	for reason, form := range map[string]url.Values{
		"至少 12 个字符":  {"current": {oneTime}, "password": {"short"}, "again": {"short"}},
		"两次输入的密码不一样": {"current": {oneTime}, "password": {"a long enough one"}, "again": {"another long one"}},
		"当前密码不对":     {"current": {"not the one"}, "password": {"a long enough one"}, "again": {"a long enough one"}},
		"不能与当前密码相同":  {"current": {oneTime}, "password": {oneTime}, "again": {oneTime}},
	} {
		p.post("/admin/password", form).expect(t, reason, http.StatusUnprocessableEntity, reason)
	}
	p.post("/admin/password", url.Values{"current": {oneTime}, "password": {"a long enough one"}, "again": {"a long enough one"}}).
		goes(t, "change", "/admin?done=password")
	p.get("/admin").expect(t, "overview", http.StatusOK, "!一次性密码登录")
}
