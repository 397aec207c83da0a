package limit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/lang"
	"meihao/api/page"
	"meihao/static"
)

const (
	most    = 20 // pages in ten minutes
	guesses = 3
	proxy   = "198.51.100.1:1"
)

// site is a server with limits so low that a test reaches them.
type site struct {
	http.Handler
	*clock
	log bytes.Buffer
}

func newSite(t *testing.T, proxies ...string) *site {
	t.Helper()
	catalogs, err := lang.Load(static.Lang)
	if err != nil {
		t.Fatal(err)
	}
	assets, err := page.LoadAssets(static.Assets)
	if err != nil {
		t.Fatal(err)
	}
	s := &site{clock: newClock()}
	pages, err := page.Load(static.Pages, catalogs, assets, slog.New(slog.NewTextHandler(&s.log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	settings := Settings{Pages: Rate{most, 10 * time.Minute}, Guesses: Rate{guesses, 10 * time.Minute}, Now: s.now}
	for _, one := range proxies {
		settings.Proxies = append(settings.Proxies, netip.MustParsePrefix(one))
	}
	l := New(pages, settings)
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	if err := engine.SetTrustedProxies(proxies); err != nil {
		t.Fatal(err)
	}
	engine.Use(l.Pages)
	fine := func(c *gin.Context) { c.Status(http.StatusOK) }
	for _, path := range []string{"/s/:poster", "/assets/*name", "/admin/campaigns", "/api/v1/campaigns", "/healthz", "/readyz"} {
		engine.GET(path, fine)
		engine.HEAD(path, fine)
		engine.POST(path, fine)
	}
	engine.GET("/r/:receipt", func(c *gin.Context) {
		if c.Param("receipt") != "KNOWN" && !l.Guessed(c) {
			c.Status(http.StatusNotFound)
		}
	})
	engine.POST("/r/:receipt", func(c *gin.Context) {
		if !l.Guessed(c) {
			c.Status(http.StatusNotFound)
		}
	})
	s.Handler = engine
	return s
}

// ask sends a request from a peer; header lines are "Name: value".
func (s *site) ask(method, path, peer string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	r.RemoteAddr = peer
	for _, line := range header {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Add(name, value)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// use asks for pages until none is left.
func (s *site) use(t *testing.T, peer string, header ...string) {
	t.Helper()
	for i := range most {
		if w := s.ask(http.MethodGet, "/s/7KQ4M2XD", peer, header...); w.Code != http.StatusOK {
			t.Fatalf("page %d of %d is refused with %d", i+1, most, w.Code)
		}
	}
}

const (
	near = "203.0.113.7:4711"
	far  = "203.0.113.8:4711"
)

// Looking is limited, answering and the rest are not, and neighbours go on.
func TestOnlyLookingIsLimited(t *testing.T) {
	s := newSite(t)
	s.use(t, near)
	for _, c := range []struct {
		method, path, peer string
		want               int
	}{
		{"GET", "/s/7KQ4M2XD", near, 429}, {"HEAD", "/s/7KQ4M2XD", near, 429}, {"GET", "/assets/base.css", near, 429},
		{"GET", "/r/KNOWN", near, 429}, {"GET", "/nowhere", near, 429}, {"GET", "/s/7KQ4M2XD", "203.0.113.7:4712", 429},
		{"POST", "/s/7KQ4M2XD", near, 200}, {"GET", "/admin/campaigns", near, 200}, {"GET", "/api/v1/campaigns", near, 200},
		{"POST", "/api/v1/campaigns", near, 200}, {"GET", "/healthz", near, 200}, {"GET", "/readyz", near, 200},
		{"GET", "/s/7KQ4M2XD", far, 200}, {"GET", "/s/7KQ4M2XD", "[2001:db8::1]:1", 200}, {"GET", "/s/7KQ4M2XD", "nobody", 200},
	} {
		if w := s.ask(c.method, c.path, c.peer); w.Code != c.want {
			t.Errorf("%s %s from %s: %d, want %d", c.method, c.path, c.peer, w.Code, c.want)
		}
	}
	s.at = s.at.Add(time.Minute)
	if w := s.ask(http.MethodGet, "/s/7KQ4M2XD", near); w.Code != http.StatusOK {
		t.Errorf("a minute later: %d", w.Code)
	}
}

// Who is refused is told when to come again and what to do, in the face and
// the language of what was asked for, and the log says nothing of it.
func TestRefusal(t *testing.T) {
	s := newSite(t)
	s.use(t, near)
	for name, c := range map[string]struct {
		path, header, want, wantNot string
	}{
		"a page":            {"/s/7KQ4M2XD", "Accept: text/html", "请等一分钟再打开", "/s/7KQ4M2XD"},
		"a page in English": {"/s/7KQ4M2XD?lang=en", "Accept: text/html", "wait a minute", "请等一分钟"},
		"another again":     {"/p/ABCDEFGH", "Accept: text/html", "请等一分钟再打开", "7KQ4M2XD"},
		"by cookie":         {"/", "Cookie: lang=en", "wait a minute", "请等一分钟"},
		"large":             {"/", "Cookie: size=xl", `data-size="xl"`, `data-size="l"`},
		"a script":          {"/s/7KQ4M2XD/done", "Accept: application/json", `"code":"busy"`, "<html"},
		"a system":          {"/api/v1/nowhere", "Accept: */*", `"code":"busy"`, "<html"},
	} {
		t.Run(name, func(t *testing.T) {
			w := s.ask(http.MethodGet, c.path, near, c.header)
			body := w.Body.String()
			if w.Code != http.StatusTooManyRequests || !strings.Contains(body, c.want) || strings.Contains(body, c.wantNot) {
				t.Errorf("%d, without %q or with %q:\n%s", w.Code, c.want, c.wantNot, body)
			}
			if after, err := strconv.Atoi(w.Header().Get("Retry-After")); err != nil || after < 5 || after > 600 {
				t.Errorf("Retry-After: %q", w.Header().Get("Retry-After"))
			}
			if w.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("a refusal may be kept: %v", w.Header())
			}
			if strings.HasPrefix(c.want, `"`) && !json.Valid(w.Body.Bytes()) {
				t.Errorf("no JSON: %s", body)
			}
		})
	}
	if s.log.Len() > 0 {
		t.Errorf("the log says:\n%s", &s.log)
	}
}

// Guessing has a budget of its own. Beyond it only what fails is refused, and
// other addresses and answers go on.
func TestGuessing(t *testing.T) {
	s := newSite(t)
	ask := func(method, path, peer string, want int) {
		t.Helper()
		if w := s.ask(method, path, peer); w.Code != want {
			t.Errorf("%s %s from %s: %d, want %d", method, path, peer, w.Code, want)
		}
	}
	for i := range guesses {
		ask("GET", fmt.Sprintf("/r/WRONG%d", i), near, 404)
	}
	ask("GET", "/r/WRONG", near, 429)
	ask("GET", "/r/KNOWN", near, 200)
	ask("GET", "/r/WRONG", far, 404)
	ask("POST", "/r/WRONG", near, 404)
	if w := s.ask(http.MethodGet, "/r/WRONG", near); w.Header().Get("Retry-After") != "200" || !strings.Contains(w.Body.String(), "核对编号") {
		t.Errorf("Retry-After %q:\n%s", w.Header().Get("Retry-After"), w.Body)
	}
	s.at = s.at.Add(200 * time.Second)
	ask("GET", "/r/WRONG", near, 404)
}

// forgeries are ways to say that one is somebody else.
func forgeries(address string) []string {
	return []string{
		"X-Forwarded-For: " + address, "X-Real-IP: " + address, "Forwarded: for=" + address, "X-Appengine-Remote-Addr: " + address,
		"CF-Connecting-IP: " + address, "True-Client-IP: " + address, "X-Client-IP: " + address, "X-Original-Forwarded-For: " + address,
	}
}

// What a peer that nobody trusts says of itself changes nothing, neither for
// itself nor for whom it names, with and without a trusted proxy elsewhere.
func TestForgedHeadersChangeNothing(t *testing.T) {
	for name, s := range map[string]*site{"no proxy": newSite(t), "a proxy elsewhere": newSite(t, "198.51.100.0/24")} {
		t.Run(name, func(t *testing.T) {
			s.use(t, near, forgeries("203.0.113.8")...)
			for i := range 300 { // no other name helps
				if w := s.ask(http.MethodGet, "/", near, forgeries(fmt.Sprintf("192.0.2.%d", i%256))...); w.Code != http.StatusTooManyRequests {
					t.Fatalf("a forged header was believed: %d", w.Code)
				}
			}
			for _, own := range []string{"127.0.0.1", "::1", "198.51.100.1"} {
				if w := s.ask(http.MethodGet, "/", near, forgeries(own)...); w.Code != http.StatusTooManyRequests {
					t.Errorf("who says to be %s is believed: %d", own, w.Code)
				}
			}
			s.use(t, far) // who was named has lost nothing
		})
	}
}

// Behind a trusted proxy those count whom it forwards for, and what they add
// in front of its own word does not.
func TestBehindAProxy(t *testing.T) {
	s := newSite(t, "198.51.100.1/32")
	s.use(t, proxy, "X-Forwarded-For: 203.0.113.7")
	for _, forged := range []string{"203.0.113.7", "192.0.2.1, 203.0.113.7", "127.0.0.1, 203.0.113.7", "198.51.100.1, 203.0.113.7"} {
		if w := s.ask(http.MethodGet, "/", proxy, "X-Forwarded-For: "+forged, "X-Real-IP: 192.0.2.9"); w.Code != http.StatusTooManyRequests {
			t.Errorf("X-Forwarded-For: %s gives %d", forged, w.Code)
		}
	}
	s.use(t, proxy, "X-Forwarded-For: 203.0.113.8")
}

// A proxy on this machine that nobody named would make all residents one
// address, and so would a trusted one that does not say, in a way that can be
// read, whom it forwards for: then nobody is limited.
func TestProxiesThatSayNothing(t *testing.T) {
	alone, named := newSite(t), newSite(t, "198.51.100.0/24", "2001:db8:ff::/48")
	unlimited := func(s *site, peer string, header ...string) {
		t.Helper()
		s.use(t, peer, header...)
		s.use(t, peer, header...)
		for i := range 2 * guesses {
			if w := s.ask(http.MethodGet, "/r/WRONG"+fmt.Sprint(i), peer, header...); w.Code != http.StatusNotFound {
				t.Errorf("guess %d from %s with %v: %d", i, peer, header, w.Code)
			}
		}
	}
	for _, peer := range []string{"[::ffff:127.0.0.1]:1", "127.3.2.1:1", "[::1]:1"} {
		unlimited(alone, peer)
		unlimited(alone, peer, "X-Forwarded-For: 203.0.113.7")
		unlimited(named, peer)
		unlimited(named, peer, "X-Forwarded-For: 203.0.113.7")
	}
	for _, peer := range []string{proxy, "[::ffff:198.51.100.1]:1", "[2001:db8:ff::1]:1"} {
		unlimited(named, peer)
		unlimited(named, peer, "X-Forwarded-For: 203.0.113.7:5678")
		unlimited(named, peer, "X-Forwarded-For: unknown")
		unlimited(named, peer, "X-Forwarded-For: 198.51.100.2")
		unlimited(named, peer, "X-Forwarded-For: 127.0.0.1")
	}
}

// No limits refuse nobody.
func TestNoLimits(t *testing.T) {
	var none *Limits
	c, _ := gin.CreateTestContext(httptest.NewRecorder())
	c.Request = httptest.NewRequest(http.MethodGet, "/", nil)
	if none.Pages(c); none.Guessed(c) || c.IsAborted() {
		t.Error("no limits refuse something")
	}
}

// What a page that is not refused pays, without and with a trusted proxy.
func BenchmarkPages(b *testing.B) {
	far := Rate{1 << 40, time.Hour}
	for name, proxies := range map[string][]netip.Prefix{"direct": nil, "behind a proxy": {netip.MustParsePrefix("198.51.100.1/32")}} {
		b.Run(name, func(b *testing.B) {
			c, engine := gin.CreateTestContext(httptest.NewRecorder())
			if err := engine.SetTrustedProxies([]string{"198.51.100.1/32"}); err != nil {
				b.Fatal(err)
			}
			c.Request = httptest.NewRequest(http.MethodGet, "/s/7KQ4M2XD", nil)
			if c.Request.RemoteAddr = near; proxies != nil {
				c.Request.RemoteAddr = proxy
				c.Request.Header.Set("X-Forwarded-For", "203.0.113.7")
			}
			l := New(nil, Settings{Pages: far, Guesses: far, Proxies: proxies, Now: time.Now})
			b.ReportAllocs()
			for b.Loop() {
				if l.Pages(c); c.IsAborted() {
					b.Fatal("refused")
				}
			}
		})
	}
}
