package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// server is `meihao serve`, again and again with the same configuration.
type server struct {
	*child
	binary, config string
	base           string // http://127.0.0.1:port, the same through all restarts
	log            string // file that it all writes to
	spawned        time.Time
	probe          *http.Client
}

// The limits of SECURITY.
const (
	readyLimit = 3 * time.Second
	exitLimit  = 20 * time.Second
)

// newServer writes the configuration of a server beside the world.
func newServer(ctx context.Context, folder, name, binary, settings string) (*server, error) {
	port, err := freePort(ctx)
	if err != nil {
		return nil, err
	}
	s := &server{
		binary: binary, config: filepath.Join(folder, name+".toml"), log: filepath.Join(folder, name+".log"),
		base:  "http://" + port,
		probe: &http.Client{Timeout: tryTime, Transport: &http.Transport{DisableKeepAlives: true}},
	}
	text := fmt.Sprintf("listen = %q\n%s", port, settings)
	return s, os.WriteFile(s.config, []byte(text), 0o600)
}

// freePort is an address that was free a moment ago.
func freePort(ctx context.Context) (string, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// start runs the server and does not wait for it.
func (s *server) start() error {
	log, err := os.OpenFile(s.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }() // the child has its own
	s.spawned = time.Now()
	s.child, err = spawn(log, []string{"LC_ALL=C.UTF-8"}, s.binary, "serve", "--config", s.config)
	return err
}

// ready waits until the server says so and returns the time since its start.
func (s *server) ready(ctx context.Context) (time.Duration, error) {
	for {
		if status, err := s.readiness(ctx); err == nil && status == http.StatusOK {
			return time.Since(s.spawned), nil
		}
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-s.ended:
			return 0, fmt.Errorf("the server ends with %d instead of getting ready:\n%s", s.state.ExitCode(), s.lastWords())
		case <-time.After(5 * time.Millisecond):
		}
		if time.Since(s.spawned) > 10*readyLimit {
			return 0, fmt.Errorf("the server is not ready after %v:\n%s", 10*readyLimit, s.lastWords())
		}
	}
}

// readiness is the status of /readyz.
func (s *server) readiness(ctx context.Context) (int, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+"/readyz", nil)
	if err != nil {
		return 0, err
	}
	response, err := s.probe.Do(request)
	if err != nil {
		return 0, err
	}
	_, err = io.Copy(io.Discard, response.Body)
	_ = response.Body.Close() // it was read
	return response.StatusCode, err
}

// begin starts the server and waits until it is ready.
func (s *server) begin(ctx context.Context) (time.Duration, error) {
	if err := s.start(); err != nil {
		return 0, err
	}
	return s.ready(ctx)
}

// stop is SIGTERM: the time until the process is gone and its exit code. One
// that does not go is killed.
func (s *server) stop() (time.Duration, int, error) {
	start := time.Now()
	if err := s.signal(syscall.SIGTERM); err != nil {
		return 0, 0, err
	}
	select {
	case <-s.ended:
	case <-time.After(exitLimit + 5*time.Second):
		if err := s.kill(); err != nil {
			return 0, 0, err
		}
	}
	return time.Since(start), s.state.ExitCode(), nil
}

// kill is kill -9.
func (s *server) kill() error { return s.end(syscall.SIGKILL) }

// lastWords are the last of what it wrote.
func (s *server) lastWords() string {
	text, err := os.ReadFile(s.log)
	if err != nil {
		return err.Error()
	}
	const most = 2000
	return string(bytes.TrimSpace(text[max(0, len(text)-most):]))
}

// panicked says whether it ever wrote of a panic.
func (s *server) panicked() (bool, error) {
	text, err := os.ReadFile(s.log)
	return bytes.Contains(text, []byte("panic")), err
}
