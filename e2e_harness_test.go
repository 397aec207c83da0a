package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestMain makes the tests independent of the machine's language and of a
// configuration in its environment, and removes the binary that kill tests
// build.
func TestMain(m *testing.M) {
	clean := map[string]string{"LC_ALL": "C.UTF-8"}
	for _, name := range []string{"MEIHAO_LISTEN", "MEIHAO_PUBLIC_ADDRESS", "MEIHAO_DATA", "MEIHAO_MASTER_KEY", "MEIHAO_MASTER_KEY_FILE", "MEIHAO_DATABASE_DSN", "MEIHAO_DATABASE_DSN_FILE"} {
		clean[name] = ""
	}
	clean["MEIHAO_METRICS"] = noMetrics // tests that want them choose an address
	for name, value := range clean {
		if err := os.Setenv(name, value); err != nil {
			panic(err)
		}
	}
	code := m.Run()
	_ = os.RemoveAll(built.dir) // "" removes nothing
	os.Exit(code)
}

// need is the path of a program or file that a test wants beside Go: from the
// variable that `make test` exports, else from the machine. Without it the
// test is skipped and says what to install, or fails where CI is set.
func need(t *testing.T, variable, name, install string) string {
	t.Helper()
	if path := os.Getenv(variable); path != "" {
		return path
	}
	if path, err := exec.LookPath(name); err == nil {
		return path
	}
	if path, err := filepath.Abs(name); err == nil && exists(path) {
		return path
	}
	missing := fmt.Sprintf("%s is missing: %s, or set %s", filepath.Base(name), install, variable)
	if os.Getenv("CI") != "" {
		t.Fatal(missing)
	}
	t.Skip(missing)
	return ""
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// output is what a running program wrote so far.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// command runs one command in this process: its exit code, what it printed
// and what it complained about.
func command(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	code = run(t.Context(), onEngine(t, args), strings.NewReader(stdin), &out, &err)
	return code, out.String(), err.String()
}

// must runs a command that has to succeed and returns what it printed.
func must(t *testing.T, args ...string) string {
	t.Helper()
	code, stdout, stderr := command(t, "", args...)
	if code != exitOK {
		t.Fatalf("meihao %s: exit %d\n%s%s", strings.Join(args, " "), code, stdout, stderr)
	}
	return stdout
}

// server is the running program.
type server struct {
	URL  string // http://127.0.0.1:port
	Data string
	Out  *output

	client *http.Client
	halt   func() int
	once   sync.Once
	code   int
}

// serve runs `meihao serve` in this process on a free port until the test
// ends or stop is called.
func serve(t *testing.T, data string, args ...string) *server {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, ended := &output{}, make(chan int, 1)
	args = onEngine(t, append([]string{"serve", "--listen", "127.0.0.1:0", "--data", data}, args...))
	go func() { ended <- run(ctx, args, strings.NewReader(""), out, out) }()
	s := &server{Data: data, Out: out, client: newClient()}
	s.halt = func() int {
		cancel()
		select {
		case code := <-ended:
			return code
		case <-time.After(patience):
			t.Errorf("the server does not end within %v of being told to", patience)
			return -1
		}
	}
	t.Cleanup(func() { s.stop() })
	s.URL = address(t, out, func() bool { return len(ended) > 0 })
	s.awaitReady(t)
	return s
}

// started is a data directory in which the server ran once, for commands that
// make no database.
func started(t *testing.T) (data string) {
	t.Helper()
	s := serve(t, t.TempDir())
	if code := s.stop(); code != exitOK {
		t.Fatalf("the server leaves with %d:\n%s", code, s.Out)
	}
	return s.Data
}

// stop tells the server to end, as SIGTERM does, and returns its exit code.
func (s *server) stop() int {
	s.once.Do(func() {
		s.code = s.halt()
		s.client.CloseIdleConnections()
	})
	return s.code
}

var adminLine = regexp.MustCompile(`(http://127\.0\.0\.1:\d+)/admin`)

// address reads the address from what a starting program prints.
func address(t *testing.T, out fmt.Stringer, ended func() bool) string {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		over := ended()
		if found := adminLine.FindStringSubmatch(out.String()); found != nil {
			return found[1]
		}
		if over {
			break
		}
	}
	t.Fatalf("the program does not say where it serves:\n%s", out)
	return ""
}

func (s *server) awaitReady(t *testing.T) {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if r, err := s.send(http.MethodGet, "/readyz", "", nil); err == nil && r.Status == http.StatusOK {
			return
		}
	}
	t.Fatalf("the server is not ready within %v:\n%s", patience, s.Out)
}

// serveDemo runs the demo district in a directory of its own.
func serveDemo(t *testing.T) (*server, demoFile) {
	t.Helper()
	s := serve(t, t.TempDir(), "--demo")
	return s, s.demo(t)
}

// demo reads demo.json, as anybody may who has the data directory.
func (s *server) demo(t *testing.T) demoFile {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(s.Data, "demo.json"))
	if err != nil {
		t.Fatal(err)
	}
	var demo demoFile
	if err := json.Unmarshal(text, &demo); err != nil {
		t.Fatalf("demo.json: %v", err)
	}
	return demo
}

// patience is how long a test waits for what has to come: so long that a
// machine with other work to do never fails it. What has to come soon is a
// promise of its own, see soon.
const patience = time.Minute

// soon waits until ok is true and fails where that took longer than promised,
// with how long it took.
func soon(t *testing.T, limit time.Duration, what string, ok func() bool) {
	t.Helper()
	start := time.Now()
	eventually(t, patience, what, ok)
	if took := time.Since(start); took > limit {
		t.Errorf("%s: within %v, want %v", what, took, limit)
	}
}

// eventually polls until ok is true and fails after the limit.
func eventually(t *testing.T, limit time.Duration, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(limit); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within %v", what, limit)
		}
	}
}
