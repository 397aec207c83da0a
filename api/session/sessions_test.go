package session

import (
	"strings"
	"testing"

	"github.com/alexedwards/argon2id"

	"meihao/survey"
)

func TestLocalPath(t *testing.T) {
	for next, want := range map[string]string{
		"/admin": "/admin", "/admin?x=1": "/admin?x=1", "/admin/projects?q=%E4%B8%AD": "/admin/projects?q=%E4%B8%AD",
		"": "/admin", "/": "/admin", "/s/7KQ4M2XD": "/admin", "//evil.example": "/admin", "/admin\r\nX: y": "/admin",
		"https://evil.example/admin": "/admin", `/admin\evil`: "/admin", "/administrator": "/admin",
		"/admin/login?next=/admin": "/admin", "/admin/logout": "/admin",
	} {
		if got := LocalPath(next); got != want {
			t.Errorf("LocalPath(%q) = %q, want %q", next, got, want)
		}
	}
}

// Hashes are argon2id with 19 MiB and two iterations (SECURITY "Staff").
func TestHashPassword(t *testing.T) {
	hash, err := HashPassword("correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	right, params, err := argon2id.CheckHash("correct horse battery", hash)
	if err != nil || !right {
		t.Fatalf("its own password does not match: %v", err)
	}
	if params.Memory != 19*1024 || params.Iterations != 2 || params.Parallelism != 1 || len(hash) < 90 {
		t.Errorf("%+v", params)
	}
}

// One-time passwords pass the policy, differ, and are easy to read.
func TestOneTimePassword(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		p := OneTimePassword()
		if survey.CheckPassword("li", p) != nil || seen[p] || len(p) != 17 || strings.Trim(p, survey.Alphabet+"-") != "" {
			t.Fatalf("%q", p)
		}
		seen[p] = true
	}
}

// An https address has a cookie that no plain page and no other host can set.
func TestCookieName(t *testing.T) {
	for secure, want := range map[bool]string{true: "__Host-meihao", false: "meihao"} {
		s, err := New(nil, nil, Settings{Secure: secure})
		if err != nil {
			t.Fatal(err)
		}
		if c := s.manager.Cookie; c.Name != want || c.Secure != secure || !c.HttpOnly || c.Domain != "" || c.Path != "/" {
			t.Errorf("secure %v: %+v", secure, c)
		}
	}
}
