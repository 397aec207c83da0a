package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"meihao/survey"
	"meihao/survey/intake"
)

// slowStore takes four seconds for a group.
type slowStore struct{ saved atomic.Int64 }

func (s *slowStore) SaveResponses(_ context.Context, list []survey.Submission) ([]survey.Saved, error) {
	time.Sleep(4 * time.Second)
	s.saved.Add(int64(len(list)))
	return make([]survey.Saved, len(list)), nil
}

// pipes is a listener without a network, so that time is the bubble's.
type pipes struct {
	dialed chan net.Conn
	broken chan error
	closed chan struct{}
}

func newPipes() *pipes {
	return &pipes{make(chan net.Conn), make(chan error, 1), make(chan struct{})}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.dialed:
		return conn, nil
	case err := <-p.broken:
		return nil, err
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	close(p.closed)
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipes"} }

// ask sends a request and reads at most the first line of its answer.
func (p *pipes) ask(t *testing.T, path string) {
	t.Helper()
	client, server := net.Pipe()
	p.dialed <- server
	t.Cleanup(func() { _ = client.Close() })
	if _, err := io.WriteString(client, "GET "+path+" HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Error(err)
	}
	go func() { _, _ = bufio.NewReaderSize(client, 16).ReadString('\n') }()
}

// draining serves an endless answer and one that is given late.
func draining(desk *intake.Desk, late time.Duration) *http.Server {
	mux := http.NewServeMux()
	mux.HandleFunc("/endless", func(w http.ResponseWriter, _ *http.Request) {
		for {
			if _, err := w.Write(make([]byte, 1<<16)); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/late", func(_ http.ResponseWriter, r *http.Request) {
		time.Sleep(late)
		desk.Submit(r.Context(), survey.Submission{})
	})
	return &http.Server{Handler: mux, ReadHeaderTimeout: headerTimeout}
}

// A client that reads nothing does not keep an answer from being saved, and
// the end comes before a supervisor kills.
func TestSlowReaderCostsNoAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, listener := &slowStore{}, newPipes()
		desk := intake.NewDesk(store, intake.DefaultOptions())
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() {
			ended <- serveAndDrain(ctx, draining(desk, finishTimeout-time.Millisecond), listener, desk, slog.New(slog.DiscardHandler))
		}()
		listener.ask(t, "/endless")
		listener.ask(t, "/late")
		synctest.Wait()
		began := time.Now()
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the desk was drained, and yet: %v", err)
		}
		if n := store.saved.Load(); n != 1 {
			t.Errorf("%d answers saved at the end, want 1", n)
		}
		if took := time.Since(began); took >= 20*time.Second {
			t.Errorf("the end took %v", took)
		}
		synctest.Wait()
	})
}

// A listener that fails ends the server, not the answers under way.
func TestFailingListenerCostsNoAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, listener, broken := &slowStore{}, newPipes(), errors.New("no more connections")
		desk := intake.NewDesk(store, intake.DefaultOptions())
		ended := make(chan error, 1)
		go func() {
			ended <- serveAndDrain(t.Context(), draining(desk, time.Second), listener, desk, slog.New(slog.DiscardHandler))
		}()
		listener.ask(t, "/late")
		synctest.Wait()
		listener.broken <- broken
		if err := <-ended; !errors.Is(err, broken) {
			t.Errorf("the server ended with %v", err)
		}
		if n := store.saved.Load(); n != 1 {
			t.Errorf("%d answers saved at the end, want 1", n)
		}
	})
}
