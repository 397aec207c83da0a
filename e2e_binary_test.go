package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// built is the binary that was built for this run of the tests.
var built struct {
	once      sync.Once
	dir, path string
	err       error
}

// binary builds the program once, as `make build` does: what is killed must
// be a process of its own.
func binary(t *testing.T) string {
	t.Helper()
	built.once.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "meihao-binary-"); built.err != nil {
			return
		}
		built.path = filepath.Join(built.dir, "meihao")
		build := exec.Command("go", "build", "-tags", "nomsgpack", "-o", built.path, ".")
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			built.err = fmt.Errorf("go build: %w\n%s", err, out)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return built.path
}

// process is the built program, serving; it dies with the test.
type process struct {
	*server
	command *exec.Cmd
	ended   chan error
}

// start runs the built program on an address ("127.0.0.1:0" for a free port)
// and waits until it is ready.
func start(t *testing.T, data, listen string, args ...string) *process {
	t.Helper()
	out := &output{}
	p := &process{ended: make(chan error, 1)}
	p.command = exec.Command(binary(t), onEngine(t, append([]string{"serve", "--listen", listen, "--data", data}, args...))...)
	p.command.Stdout, p.command.Stderr = out, out
	if err := p.command.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.ended <- p.command.Wait() }()
	p.server = &server{Data: data, Out: out, client: newClient()}
	p.halt = func() int { return p.signal(t, syscall.SIGTERM) }
	t.Cleanup(func() { p.stop() })
	p.URL = address(t, out, func() bool { return len(p.ended) > 0 })
	p.awaitReady(t)
	return p
}

// kill is kill -9: the process gets no chance to finish anything.
func (p *process) kill(t *testing.T) {
	t.Helper()
	p.once.Do(func() { p.code = p.signal(t, syscall.SIGKILL) })
}

// signal sends it and waits for the end; a process that stays is killed.
func (p *process) signal(t *testing.T, s syscall.Signal) int {
	t.Helper()
	_ = p.command.Process.Signal(s) // it may have ended by itself
	select {
	case <-p.ended:
	case <-time.After(patience):
		t.Errorf("the process does not end within %v of %v", patience, s)
		_ = p.command.Process.Kill()
		<-p.ended
	}
	return p.command.ProcessState.ExitCode()
}

// host is the address without the scheme, to listen on again.
func (s *server) host() string { return strings.TrimPrefix(s.URL, "http://") }
