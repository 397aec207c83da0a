package main

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// A leaked token is found by its name and ended while the server runs.
func TestTokenListAndRevoke(t *testing.T) {
	s := serve(t, t.TempDir())
	token := func(name, days string) string {
		return strings.TrimSpace(must(t, "token", "add", "--account", "admin", "--name", name, "--days", days, "--data", s.Data))
	}
	leaked, kept := token("leaked", "30"), token("kept", "0")
	list := must(t, "token", "list", "--data", s.Data)
	if strings.Contains(list, leaked) || strings.Contains(list, kept) || strings.Count(list, "\n") != 2 {
		t.Errorf("token list prints\n%s", list)
	}
	id := idOf(t, list, "leaked", time.Now().AddDate(0, 0, 30).Format(time.DateOnly), "admin", "administrator")
	idOf(t, list, "kept", "never", "admin")

	use := func(token string) reply {
		return s.ask(t, http.MethodGet, "/api/v1/campaigns/1/standings", token, nil)
	}
	use(leaked).refused(t, http.StatusNotFound, "not_found")
	before := rows(t, s.Data, "events")
	if said := must(t, "token", "revoke", id, "--data", s.Data); !strings.Contains(said, id) {
		t.Errorf("token revoke says %q", said)
	}
	use(leaked).refused(t, http.StatusUnauthorized, "unauthorized")
	use(kept).refused(t, http.StatusNotFound, "not_found")
	if after := rows(t, s.Data, "events"); after != before+1 {
		t.Errorf("revoking wrote %d events, want 1", after-before)
	}
	var who, object string
	query(t, s.Data, "SELECT username, object FROM events WHERE action = 'token.revoked'", &who, &object)
	if who != "operator" || object != "token "+id {
		t.Errorf("the event names %q and %q", who, object)
	}
	if list := must(t, "token", "list", "--data", s.Data); strings.Contains(list, id) || strings.Count(list, "\n") != 1 {
		t.Errorf("after revoking token list prints\n%s", list)
	}
	wrongUse(t, id, "token", "revoke", id, "--data", s.Data)
	wrongUse(t, "nonsense", "token", "revoke", "nonsense", "--data", s.Data)
	wrongUse(t, "expected", "token", "revoke", "--data", s.Data)
}

// idOf finds the line that says all the words and returns its first one.
func idOf(t *testing.T, list string, words ...string) string {
	t.Helper()
	for line := range strings.Lines(list) {
		fields := strings.Fields(line)
		said := true
		for _, w := range words {
			said = said && strings.Contains(" "+strings.Join(fields, " ")+" ", " "+w+" ")
		}
		if said {
			return fields[0]
		}
	}
	t.Fatalf("no line says %q:\n%s", words, list)
	return ""
}
