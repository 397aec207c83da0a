package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestReadyAsksTheServer(t *testing.T) {
	s := serve(t, t.TempDir())
	if out := must(t, "ready", "--listen", s.host()); !strings.Contains(out, "ready") {
		t.Errorf("a ready server: %q", out)
	}
	_, port, err := net.SplitHostPort(s.host())
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("MEIHAO_LISTEN", ":"+port) // as in a container, where it listens on all addresses
	must(t, "ready")

	if code := s.stop(); code != exitOK {
		t.Fatalf("the server leaves with %d", code)
	}
	if code, stdout, stderr := command(t, "", "ready"); code != exitFailure || stdout != "" || !strings.Contains(stderr, "does not answer") {
		t.Errorf("nobody listens: exit %d, %q, %q", code, stdout, stderr)
	}
}

// A server that says 503 is alive and not ready; the reason is shown.
func TestReadyTellsTheReason(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/readyz" {
			t.Errorf("asked for %s", r.URL.Path)
		}
		http.Error(w, "not ready: database", http.StatusServiceUnavailable)
	}))
	defer s.Close()
	code, stdout, stderr := command(t, "", "ready", "--listen", strings.TrimPrefix(s.URL, "http://"))
	if code != exitFailure || stdout != "" || !strings.Contains(stderr, "503: not ready: database") {
		t.Errorf("exit %d, %q, %q", code, stdout, stderr)
	}
}

func TestReadyWithoutAnAddress(t *testing.T) {
	if code, _, stderr := command(t, "", "ready", "--listen", "nowhere"); code != exitFailure || !strings.Contains(stderr, "nowhere") {
		t.Errorf("exit %d: %q", code, stderr)
	}
}
