package main

import (
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"meihao/survey"
)

// A twelfth of the usual limit of pages and a tenth of that of guesses, so that
// what passes has a wide margin and what does not is reached soon. The proxy in
// front is this machine.
const oneAddressConfig = `trusted_proxies = ["127.0.0.1/32"]
[limits]
pages = 5000
guesses = 60
[log]
level = "debug"
`

const (
	building  = "203.0.113.7"  // 500 households behind one address
	elsewhere = "198.51.100.9" // somebody else
	forger    = "203.0.113.66" // says to be others
	passerby  = "127.0.0.2"    // connects by itself and is not trusted
)

// from is a client whose requests come to the proxy from an address.
func from(address string) *http.Client {
	c := newClient()
	c.Transport = &forwarded{c.Transport, func() http.Header { return http.Header{"X-Forwarded-For": {address}} }}
	return c
}

// past is a client that connects past the proxy, with headers of its own.
func past(forge func() http.Header) *http.Client {
	c := newClient()
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(passerby)}}
	c.Transport.(*http.Transport).DialContext = dialer.DialContext
	c.Transport = &forwarded{c.Transport, forge}
	return c
}

// forging is a client of one address behind the proxy with headers of its own:
// the proxy adds, after what is said there, where it really comes from.
func forging(forge func() http.Header) *http.Client {
	c := newClient()
	c.Transport = &forwarded{c.Transport, func() http.Header {
		h := forge()
		h.Set("X-Forwarded-For", h.Get("X-Forwarded-For")+", "+forger)
		return h
	}}
	return c
}

// forwarded adds headers to each request.
type forwarded struct {
	http.RoundTripper
	header func() http.Header
}

func (f *forwarded) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	for name, values := range f.header() {
		r.Header[name] = values
	}
	return f.RoundTripper.RoundTrip(r)
}

// asks makes a request with a client.
func (s *server) asks(t *testing.T, c *http.Client, method, path string, form url.Values) reply {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r, err := do(c, request)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var assetLink = regexp.MustCompile(`(?:href|src)="(/assets/[^"]+)"`)

// household does what one does: the page with its files, the answer, 已收到
// and the receipt. It returns what was refused and how much it asked for.
func (s *server) household(t *testing.T, c *http.Client, poster string, home place) (refused []string, asked int) {
	t.Helper()
	want := func(status int, method, path string, form url.Values) reply {
		asked++
		r := s.asks(t, c, method, path, form)
		if r.Status != status {
			refused = append(refused, fmt.Sprintf("%s %s: %d", method, path, r.Status))
		}
		return r
	}
	page := want(http.StatusOK, http.MethodGet, "/s/"+poster, nil)
	for _, link := range assetLink.FindAllStringSubmatch(page.Body, -1) {
		want(http.StatusOK, http.MethodGet, link[1], nil)
	}
	form := url.Values{"key": {newKey()}, "unit": {home.Unit}, "room": {home.Room}, "S1": {"OWNER"}, "S2": {"Y"}, "Q1": {"4"}}
	sent := want(http.StatusSeeOther, http.MethodPost, "/s/"+poster, form)
	done := sent.Header.Get("Location")
	want(http.StatusOK, http.MethodGet, done, nil)
	_, receipt, _ := strings.Cut(done, "receipt=")
	want(http.StatusOK, http.MethodGet, "/r/"+receipt, nil)
	return refused, asked
}

func TestOneAddress(t *testing.T) {
	sqliteOnly(t, "limits are in memory")
	s := serve(t, t.TempDir(), "--demo", "--config", file(t, "limits.toml", oneAddressConfig))
	demo := s.demo(t)
	t.Run("500 households at once", func(t *testing.T) { s.fiveHundred(t, demo) })
	t.Run("a flood", func(t *testing.T) { s.flood(t, demo) })
	t.Run("forged headers", func(t *testing.T) { s.forge(t, demo) })
	t.Run("guessing", func(t *testing.T) { s.guess(t, demo) })
	addresses := regexp.MustCompile(`\b\d{1,3}(\.\d{1,3}){3}\b|2001:db8`)
	for line := range strings.Lines(s.Out.String()) {
		line = strings.ReplaceAll(line, strings.TrimPrefix(s.URL, "http://"), "")
		if found := addresses.FindString(line); found != "" {
			t.Fatalf("the log names %s: %s", found, line)
		}
	}
}

// fiveHundred has 500 households of one address answer in a few seconds.
func (s *server) fiveHundred(t *testing.T, demo demoFile) {
	const households, together = 500, 32
	homes := make(chan place, households)
	for i := range households {
		home := place{Unit: "1", Room: strconv.Itoa(90_001 + i)}
		if i < len(demo.Rooms) {
			home = demo.roomOf(i)
		}
		homes <- home
	}
	close(homes)
	client, mu, total := from(building), sync.Mutex{}, 0
	var group sync.WaitGroup
	for range together {
		group.Go(func() {
			for home := range homes {
				refused, asked := s.household(t, client, demo.Poster, home)
				mu.Lock()
				total += asked
				mu.Unlock()
				if len(refused) > 0 {
					t.Errorf("a household was refused: %v", refused)
				}
			}
		})
	}
	group.Wait()
	t.Logf("%d requests of %d households", total, households)
}

// flood asks until there is too much of it.
func (s *server) flood(t *testing.T, demo demoFile) {
	client := from(building)
	refused := s.until429(t, client, demo.Poster)
	after, err := strconv.Atoi(refused.Header.Get("Retry-After"))
	if err != nil || after < 1 || after > 600 || !strings.Contains(refused.Body, "请等一分钟再打开") {
		t.Errorf("Retry-After %q:\n%s", refused.Header.Get("Retry-After"), refused.Body)
	}
	form := url.Values{"key": {newKey()}, "unit": {"1"}, "room": {"95001"}, "S1": {"OWNER"}, "S2": {"Y"}, "Q1": {"4"}}
	for what, c := range map[string]struct {
		client *http.Client
		method string
		path   string
		form   url.Values
		want   int
	}{
		"another address":               {from(elsewhere), "GET", "/s/" + demo.Poster, nil, 200},
		"an answer of the same":         {client, "POST", "/s/" + demo.Poster, form, 303},
		"a wrong answer of the same":    {client, "POST", "/s/" + demo.Poster, url.Values{}, 422},
		"an answer to a page unknown":   {client, "POST", "/s/" + unknownPoster(), form, 404},
		"staff behind the same":         {client, "GET", "/admin/login", nil, 200},
		"who watches":                   {client, "GET", "/readyz", nil, 200},
		"the building's neighbours /64": {from("2001:db8:7:1::1"), "GET", "/s/" + demo.Poster, nil, 200},
	} {
		if r := s.asks(t, c.client, c.method, c.path, c.form); r.Status != c.want {
			t.Errorf("%s during a flood: %d, want %d", what, r.Status, c.want)
		}
	}
}

// until429 asks for a page until it is refused, at the latest by the limit and
// what it gives back meanwhile.
func (s *server) until429(t *testing.T, client *http.Client, poster string) reply {
	t.Helper()
	for n := range 5000 + 1000 { // 8 a second are given back
		if r := s.asks(t, client, http.MethodGet, "/s/"+poster, nil); r.Status == http.StatusTooManyRequests {
			t.Logf("refused after %d pages", n)
			return r
		}
	}
	t.Fatal("a flood is not refused")
	return reply{}
}

// forge says to be others.
func (s *server) forge(t *testing.T, demo demoFile) {
	as := func(address string) http.Header {
		return http.Header{
			"X-Forwarded-For": {address}, "X-Real-Ip": {address}, "Forwarded": {"for=" + address},
			"True-Client-Ip": {address}, "Cf-Connecting-Ip": {address},
		}
	}
	if r := s.asks(t, forging(func() http.Header { return as(building) }), http.MethodGet, "/s/"+demo.Poster, nil); r.Status != http.StatusOK {
		t.Errorf("who says to be the building is refused for it: %d", r.Status)
	}
	number := 0
	s.until429(t, forging(func() http.Header {
		number++
		return as(fmt.Sprintf("192.0.2.%d", number%256))
	}), demo.Poster)
	if r := s.asks(t, from("192.0.2.1"), http.MethodGet, "/s/"+demo.Poster, nil); r.Status != http.StatusOK {
		t.Errorf("who was named is refused: %d", r.Status)
	}
}

// guess tries codes that nobody has.
func (s *server) guess(t *testing.T, demo demoFile) {
	client := from("192.0.2.77")
	for i := range 60 {
		if r := s.asks(t, client, http.MethodGet, "/s/"+unknownPoster(), nil); r.Status != http.StatusNotFound {
			t.Fatalf("guess %d: %d", i, r.Status)
		}
	}
	if r := s.asks(t, client, http.MethodGet, "/s/"+unknownPoster(), nil); r.Status != http.StatusTooManyRequests || r.Header.Get("Retry-After") == "" {
		t.Errorf("after 60 guesses: %d %v", r.Status, r.Header)
	}
	receipt := s.accepted(t, demo.Poster, answerOf(ownerHere, place{Unit: "1", Room: "95002"}, "4"))
	for path, want := range map[string]int{
		"/s/" + demo.Poster: 200, "/r/" + receipt: 200, "/s/" + demo.Poster + "/done?receipt=" + receipt: 200,
		"/s/" + mistyped(demo.Poster): 404, "/r/" + mistyped(receipt): 404, // typing errors are told as ever
	} {
		if r := s.asks(t, client, http.MethodGet, path, nil); r.Status != want {
			t.Errorf("%s for who guessed too often: %d, want %d", path, r.Status, want)
		}
	}
}

// unknownPoster is a well-formed code of no poster.
func unknownPoster() string {
	var symbols [survey.PosterCodeLength - 1]byte
	for i := range symbols {
		symbols[i] = byte(rand.IntN(32))
	}
	return survey.NewPosterCode(symbols)
}

// mistyped is a code with one symbol wrong.
func mistyped(code string) string {
	other := "7"
	if strings.HasPrefix(code, other) {
		other = "8"
	}
	return other + code[1:]
}
