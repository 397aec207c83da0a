package main

import (
	"net/http"
	"strings"
	"testing"
)

func TestAccountAndToken(t *testing.T) {
	data := started(t)
	must(t, "import", "projects", file(t, "r.csv", register), "--data", data, "--apply")
	said := must(t, "account", "add", "wang", "--role", "district", "--district", "甲区", "--name", "王五", "--data", data)
	name, password, _ := strings.Cut(strings.TrimSpace(said), "  ")
	if name != "wang" || len(password) < 12 {
		t.Fatalf("account add prints %q", said)
	}
	if holds(t, data, password) {
		t.Error("the password is stored in clear")
	}
	code, stdout, stderr := command(t, "", "account", "add", "WANG", "--role", "city", "--data", data)
	if code != exitFailure || stdout != "" || strings.Count(stderr, "\n") != 1 {
		t.Errorf("a taken name: exit %d, stdout %q, stderr %q", code, stdout, stderr)
	}
	code, stdout, stderr = command(t, "another good passphrase\n", "account", "passwd", "wang", "--data", data)
	if code != exitOK || strings.Contains(stdout+stderr, "another good") {
		t.Errorf("passwd: exit %d, %q, %q", code, stdout, stderr)
	}
	if code, _, stderr := command(t, "short\n", "account", "passwd", "wang", "--data", data); code != exitFailure || strings.Count(stderr, "\n") != 1 {
		t.Errorf("a short password: exit %d, %q", code, stderr)
	}
	token := strings.TrimSpace(must(t, "token", "add", "--account", "wang", "--name", "test", "--data", data))
	if holds(t, data, token) {
		t.Error("the token is stored in clear")
	}

	s := serve(t, data)
	if !s.mayEnter(t, "wang", "another good passphrase") {
		t.Error("the new password does not work")
	}
	if s.mayEnter(t, "wang", password) {
		t.Error("the old password still works")
	}
	if s.mayEnter(t, "nobody", password) {
		t.Error("nobody can sign in")
	}
	// The token is known, and there is no such campaign.
	s.ask(t, http.MethodGet, "/api/v1/campaigns/1/standings", token, nil).refused(t, http.StatusNotFound, "not_found")
	s.ask(t, http.MethodGet, "/api/v1/campaigns/1/standings", token+"x", nil).refused(t, http.StatusUnauthorized, "unauthorized")
	s.ask(t, http.MethodGet, "/api/v1/campaigns/1/standings", "", nil).refused(t, http.StatusUnauthorized, "unauthorized")
}

func TestAccountWrongUse(t *testing.T) {
	data := started(t)
	wrongUse(t, "emperor", "account", "add", "li", "--role", "emperor", "--data", data)
	wrongUse(t, "role", "account", "add", "li", "--data", data)
	wrongUse(t, "没有区", "account", "add", "li", "--role", "district", "--district", "没有区", "--data", data)
	wrongUse(t, "nobody", "account", "passwd", "nobody", "--data", data)
	wrongUse(t, "nobody", "token", "add", "--account", "nobody", "--name", "x", "--data", data)
	wrongUse(t, "-1", "token", "add", "--account", "nobody", "--name", "x", "--days=-1", "--data", data)
	wrongUse(t, "name", "token", "add", "--account", "nobody", "--data", data)
}

// A database that does not answer is no account that does not exist.
func TestAccountTellsFaultsFromNobody(t *testing.T) {
	data := started(t)
	tamper(t, data, "ALTER TABLE accounts RENAME COLUMN username_key TO gone")
	for _, args := range [][]string{{"account", "passwd", "admin"}, {"token", "add", "--account", "admin", "--name", "x"}} {
		code, stdout, stderr := command(t, "", append(args, "--data", data)...)
		if code != exitFailure || stdout != "" || strings.Contains(stderr, "no account") || !strings.Contains(stderr, "username_key") {
			t.Errorf("%v: exit %d, %q, %q; want exit 1 and the fault", args, code, stdout, stderr)
		}
	}
}
