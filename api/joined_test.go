package api_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"meihao/api"
)

// counted counts the pieces in which answers are sent.
type counted struct {
	net.Listener
	pieces *atomic.Int64
}

func (l counted) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return countedConn{c.(*net.TCPConn), l.pieces}, nil
}

type countedConn struct {
	*net.TCPConn
	pieces *atomic.Int64
}

func (c countedConn) Write(p []byte) (int, error) {
	c.pieces.Add(1)
	return c.TCPConn.Write(p)
}

// serveJoined serves a handler on loopback as the program does.
func serveJoined(t *testing.T, handler http.Handler) (server *http.Server, address string, pieces *atomic.Int64) {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	pieces = &atomic.Int64{}
	server = &http.Server{Handler: handler, IdleTimeout: time.Minute}
	go func() { _ = server.Serve(api.Joined(counted{l, pieces})) }()
	t.Cleanup(func() { _ = server.Close() })
	return server, l.Addr().String(), pieces
}

// A resident's page goes out in one piece with its headers.
func TestPageGoesInOnePiece(t *testing.T) {
	_, address, pieces := serveJoined(t, newSite(t, nil, false))
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address+"/s/"+lobbyCode, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "gzip") // the larger encoding
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || int64(len(body)) != answer.ContentLength || len(body) < 3000 || len(body) > 3*4096-1200 { // with its headers in three buffers

		t.Fatalf("%d bytes: %v", len(body), err)
	}
	if n := pieces.Load(); n != 1 {
		t.Errorf("the page went in %d pieces", n)
	}
}

// Whatever its size, an answer arrives whole, on a connection that is kept
// and on one that is closed.
func TestJoinedAnswersArriveWhole(t *testing.T) {
	_, address, _ := serveJoined(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		size, _ := strconv.Atoi(r.URL.Query().Get("size"))
		w.Header()["Date"] = nil
		w.Header().Set("Content-Length", strconv.Itoa(size))
		_, _ = w.Write(bytes.Repeat([]byte("x"), size))
	}))
	sizes := []int{0, 1, 2047, 2048, 2049, 8191, 8192, 8193, 100_000}
	for size := 3900; size <= 4200; size++ { // with a head of about a hundred bytes
		sizes = append(sizes, size)
	}
	for _, end := range []string{"", "Connection: close\r\n"} {
		conn, in := dial(t, address)
		for _, size := range sizes {
			if end != "" {
				conn, in = dial(t, address)
			}
			if _, err := fmt.Fprintf(conn, "GET /?size=%d HTTP/1.1\r\nHost: localhost\r\n%s\r\n", size, end); err != nil {
				t.Fatal(err)
			}
			answer, err := http.ReadResponse(in, nil)
			if err != nil {
				t.Fatalf("%d bytes: %v", size, err)
			}
			body, err := io.ReadAll(answer.Body)
			if err != nil || len(body) != size {
				t.Fatalf("%d of %d bytes: %v", len(body), size, err)
			}
		}
	}
}

func dial(t *testing.T, address string) (net.Conn, *bufio.Reader) {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return conn, bufio.NewReader(conn)
}

// A client that does not read holds up nobody who closes the server.
func TestJoinedConnectionsAreCut(t *testing.T) {
	started := make(chan struct{}, 8)
	server, address, _ := serveJoined(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		started <- struct{}{}
		_, _ = w.Write(make([]byte, 64<<20))
	}))
	for range cap(started) {
		conn, _ := dial(t, address)
		if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		<-started
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if server.Shutdown(ctx) == nil {
		t.Fatal("answers that nobody reads have ended")
	}
	start := time.Now()
	if err := server.Close(); err != nil {
		t.Error(err)
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("cutting the connections took %s", took)
	}
}
