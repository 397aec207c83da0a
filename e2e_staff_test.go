package main

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// staff is somebody who is signed in, without a browser.
type staff struct {
	*server
	client *http.Client
	csrf   string
}

var csrfField = regexp.MustCompile(`name="csrf" value="([^"]+)"`)

// tryToSignIn sends the form of /admin/login.
func (s *server) tryToSignIn(t *testing.T, username, password string) (*staff, reply) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	one := &staff{server: s, client: newClient()}
	one.client.Jar = jar
	return one, one.post(t, "/admin/login", url.Values{"username": {username}, "password": {password}})
}

// signIn signs in or fails the test.
func (s *server) signIn(t *testing.T, username, password string) *staff {
	t.Helper()
	one, r := s.tryToSignIn(t, username, password)
	if r.Status != http.StatusSeeOther {
		t.Fatalf("signing in as %s: %d\n%s", username, r.Status, r.Body)
	}
	return one
}

// mayEnter says whether the password opens the door.
func (s *server) mayEnter(t *testing.T, username, password string) bool {
	t.Helper()
	_, r := s.tryToSignIn(t, username, password)
	return r.Status == http.StatusSeeOther
}

// get asks for a page as the person who is signed in.
func (s *staff) get(t *testing.T, path string) reply {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, s.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := do(s.client, request)
	if err != nil {
		t.Fatal(err)
	}
	if found := csrfField.FindStringSubmatch(r.Body); found != nil {
		s.csrf = found[1]
	}
	return r
}

// post sends a form as a page of ours would.
func (s *staff) post(t *testing.T, path string, form url.Values) reply {
	t.Helper()
	form.Set("csrf", s.csrf)
	request, err := http.NewRequest(http.MethodPost, s.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", s.URL)
	r, err := do(s.client, request)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
