package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// fate is what a proxy in front of the server does with one request.
type fate int

const (
	passOn  fate = iota
	refuse       // 503 with Retry-After, the server sees nothing
	tooMany      // 429 with Retry-After
	bad          // 502
	lose         // the connection breaks before the server sees anything
	drop         // the server answers, the connection breaks before the phone hears
	hang         // nobody answers
	portal       // a page of somebody else's, with status 200
)

// proxy stands between phones and the server and decides about each request
// that sends answers. Pages get shorter delays to wait with.
type proxy struct {
	URL string

	mu     sync.Mutex
	wait   int    // ms before the first retry
	fates  []fate // of the next requests that send answers
	choose func(*http.Request) fate
	sent   int           // requests that send answers
	stored int           // those of them that the server said it stored or knew
	gate   chan struct{} // while there is one, what the server answers waits for it to close
	held   chan struct{} // told of answers that wait
}

// newProxy stands in front of a server until the test ends. Each request has a
// connection of its own, so that a browser repeats none by itself.
func newProxy(t *testing.T, s *server) *proxy {
	t.Helper()
	target, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{held: make(chan struct{}, 1), wait: 300}
	relay := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Host = r.In.Host
			r.Out.Header.Del("Accept-Encoding")
		},
		ModifyResponse: p.quicken,
		ErrorHandler:   func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) },
	}
	front := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { p.pass(relay, w, r) }))
	front.Config.SetKeepAlivesEnabled(false)
	front.Start()
	t.Cleanup(front.Close)
	t.Cleanup(front.CloseClientConnections)
	p.URL = front.URL
	return p
}

// quicken shortens the delays of a form, and of what is sent without one.
func (p *proxy) quicken(r *http.Response) error {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
		return nil
	}
	page, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	p.mu.Lock()
	for _, sends := range []string{`<form id="form"`, `<div id="unsent"`} {
		page = bytes.Replace(page, []byte(sends), fmt.Appendf(nil, `%s data-wait="%d"`, sends, p.wait), 1)
	}
	p.mu.Unlock()
	r.Body = io.NopCloser(bytes.NewReader(page))
	r.ContentLength = int64(len(page))
	r.Header.Set("Content-Length", fmt.Sprint(len(page)))
	r.Header.Del("Etag")
	return nil
}

// next decides about the next requests that send answers. What the server says
// to later ones waits for release.
func (p *proxy) next(fates ...fate) {
	p.reset(300)
	p.hold()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fates = fates
}

// hold lets requests that send answers reach the server from now on, and keeps
// back what it says to them until release.
func (p *proxy) hold() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fates = nil
	p.gate = make(chan struct{})
	select {
	case <-p.held:
	default:
	}
}

// open lets go what waits, and all that comes after the fates that are named.
func (p *proxy) open() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.gate != nil {
		close(p.gate)
		p.gate = nil
	}
}

// release lets everything go.
func (p *proxy) release() {
	p.open()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fates, p.choose = nil, nil
}

// reset lets everything go, and forms shown from now on wait so many
// milliseconds before a retry, and ten times as many for an answer.
func (p *proxy) reset(wait int) {
	p.release()
	p.pace(wait)
}

// pace is reset without letting anything go.
func (p *proxy) pace(wait int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wait = wait
}

// always decides about all requests from now on, until release.
func (p *proxy) always(choose func(*http.Request) fate) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.choose = choose
}

// awaitHeld waits until the server has said something that is kept back.
func (p *proxy) awaitHeld(t *testing.T) {
	t.Helper()
	select {
	case <-p.held:
	case <-time.After(patience):
		t.Fatal("the server has nothing to say")
	}
}

// counts are the requests that sent answers, and how many of them the server
// acknowledged, so far.
func (p *proxy) counts() (sent, stored int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sent, p.stored
}

// fateOf is what happens to a request, and the gate that its answer waits for.
func (p *proxy) fateOf(r *http.Request) (fate, chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	answers := r.Method == http.MethodPost
	if answers {
		p.sent++
	}
	switch {
	case p.choose != nil:
		return p.choose(r), nil
	case !answers:
		return passOn, nil
	case len(p.fates) == 0:
		return passOn, p.gate
	}
	first := p.fates[0]
	p.fates = p.fates[1:]
	return first, p.gate
}

func (p *proxy) pass(relay http.Handler, w http.ResponseWriter, r *http.Request) {
	f, gate := p.fateOf(r)
	switch f {
	case refuse, tooMany:
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(map[fate]int{refuse: http.StatusServiceUnavailable, tooMany: http.StatusTooManyRequests}[f])
	case bad:
		w.WriteHeader(http.StatusBadGateway)
	case portal:
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<title>WiFi</title><h1>请先登录 WiFi</h1>")
	case lose:
		panic(http.ErrAbortHandler)
	case hang:
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	default:
		p.relay(relay, w, r, f == drop, gate)
	}
}

// relay lets the server answer, and the phone hear of it or not.
func (p *proxy) relay(relay http.Handler, w http.ResponseWriter, r *http.Request, drop bool, gate chan struct{}) {
	answer := httptest.NewRecorder()
	relay.ServeHTTP(answer, r)
	p.take(r, answer.Code)
	if drop {
		panic(http.ErrAbortHandler)
	}
	if gate != nil {
		select {
		case p.held <- struct{}{}:
		default:
		}
		select {
		case <-gate:
		case <-r.Context().Done():
		}
	}
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.Code)
	_, _ = io.Copy(w, answer.Body)
}

// take counts what the server acknowledged.
func (p *proxy) take(r *http.Request, code int) {
	if r.Method == http.MethodPost && code >= http.StatusOK && code < http.StatusBadRequest {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.stored++
	}
}
