package deploy

import (
	"bytes"
	"crypto/rand"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// The addresses that visitors of these tests have.
const (
	resident = "127.0.77.1"
	stranger = "127.0.77.2"
	clerk    = "127.0.77.3"
)

// front is the whole of it: nginx before two instances on one MariaDB, and
// what was acknowledged.
type front struct {
	*site
	*district
	one, two *instance

	mu       sync.Mutex
	rooms    int // taken so far
	receipts []string
}

// TestTwoInstancesBehindNginx runs what a city runs, with the files that it
// installs.
func TestTwoInstancesBehindNginx(t *testing.T) {
	d := newDistrict(t)
	a, b := freeAddress(t), freeAddress(t)
	f := &front{site: newSite(t, a, b), district: d}
	config := write(t, filepath.Join(d.folder, "config.toml"), "trusted_proxies = [\"127.0.0.1/32\"]\npublic_address = \"https://"+f.HTTPS+"\"\n[log]\nlevel = \"debug\"\n")
	serve := func(address string) *instance {
		return d.serve(t, address, nil, "--config", config, "--data", t.TempDir())
	}
	f.one, f.two = serve(a), serve(b)
	f.start(t)

	t.Run("https only, and none that is old", f.testTLS)
	t.Run("answers are stored once", f.testAnswers)
	t.Run("pages", f.testPages)
	t.Run("a forged address changes nothing", f.testForged)
	t.Run("too large", f.testTooLarge)
	t.Run("one instance killed", f.testKilled)
	f.one = serve(a)
	t.Run("it comes back", f.testBack)
	t.Run("both away", func(t *testing.T) {
		f.one.end(t, syscall.SIGTERM)
		f.two.end(t, syscall.SIGTERM)
		f.testAway(t)
	})
	t.Run("no log names anybody", f.testLogs)
	t.Run("what was acknowledged is stored", f.testStored)
}

// reply is an answer, read whole.
type reply struct {
	*http.Response
	text string
}

// send makes a request to the site; an error is one of the way, not a status.
func (f *front) send(c *http.Client, method, path, kind, body string, header ...string) (reply, error) {
	request, err := http.NewRequest(method, "https://"+f.HTTPS+path, strings.NewReader(body))
	if err != nil {
		return reply{}, err
	}
	if kind != "" {
		request.Header.Set("Content-Type", kind)
	}
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response, err := c.Do(request)
	if err != nil {
		return reply{}, err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	return reply{response, string(content)}, err
}

func (f *front) ask(t *testing.T, c *http.Client, method, path, kind, body string, header ...string) reply {
	t.Helper()
	r, err := f.send(c, method, path, kind, body, header...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// answer is what one more home answers; the same for who sends it again.
func (f *front) answer() string {
	f.mu.Lock()
	room := f.district.Rooms[f.rooms]
	f.rooms++
	f.mu.Unlock()
	body, _ := json.Marshal(map[string]any{
		"key": rand.Text(), "household": map[string]string{"unit": room.Unit, "room": room.Room},
		"answers": map[string]any{"S1": "OWNER", "S2": "Y", "Q1": "5"},
	})
	return string(body)
}

func (f *front) responses() string { return "/api/v1/posters/" + f.Poster + "/responses" }

const inJSON, asForm = "application/json", "application/x-www-form-urlencoded"

// receipt reads an acknowledgement and keeps it.
func (f *front) receipt(r reply, status int) (string, error) {
	var said struct{ Receipt string }
	if err := json.Unmarshal([]byte(r.text), &said); err != nil || r.StatusCode != status || said.Receipt == "" {
		return "", fmt.Errorf("status %d: %s", r.StatusCode, r.text)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.receipts = append(f.receipts, said.Receipt)
	return said.Receipt, nil
}

func (f *front) testTLS(t *testing.T) {
	c := f.client(resident)
	r, err := c.Get("http://" + f.HTTP + "/s/" + f.Poster + "?lang=en")
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	host, _, _ := strings.Cut(f.HTTP, ":")
	if to := r.Header.Get("Location"); r.StatusCode != http.StatusMovedPermanently || to != "https://"+host+"/s/"+f.Poster+"?lang=en" {
		t.Errorf("http: %d to %q", r.StatusCode, to)
	}
	proof, err := c.Get("http://" + f.HTTP + "/.well-known/acme-challenge/token")
	if err != nil {
		t.Fatal(err)
	}
	proof.Body.Close()
	if proof.StatusCode != http.StatusOK {
		t.Errorf("a certificate authority gets %d", proof.StatusCode)
	}
	for version, want := range map[uint16]bool{tls.VersionTLS10: false, tls.VersionTLS11: false, tls.VersionTLS12: true, tls.VersionTLS13: true} {
		connection, err := tls.Dial("tcp", f.HTTPS, &tls.Config{RootCAs: f.roots, MinVersion: version, MaxVersion: version})
		if (err == nil) != want {
			t.Errorf("%s: %v", tls.VersionName(version), err)
		}
		if err == nil {
			connection.Close()
		}
	}
	page := f.ask(t, c, http.MethodGet, "/s/"+f.Poster, "", "")
	if page.StatusCode != http.StatusOK || page.Proto != "HTTP/2.0" || page.Header.Get("Strict-Transport-Security") == "" || strings.Contains(page.Header.Get("Server"), "/") {
		t.Errorf("the page: %d, %s, %v", page.StatusCode, page.Proto, page.Header)
	}
}

func (f *front) testAnswers(t *testing.T) {
	c := f.client(resident)
	for range 10 { // both instances take their share
		body := f.answer()
		receipt, err := f.receipt(f.ask(t, c, http.MethodPost, f.responses(), inJSON, body), http.StatusCreated)
		if err != nil {
			t.Fatal(err)
		}
		again := f.ask(t, c, http.MethodPost, f.responses(), inJSON, body)
		if again.StatusCode != http.StatusOK || !strings.Contains(again.text, `"`+receipt+`"`) {
			t.Errorf("the same again: %d %s", again.StatusCode, again.text)
		}
		if status := f.ask(t, c, http.MethodGet, "/r/"+receipt, "", ""); status.StatusCode != http.StatusOK {
			t.Errorf("the receipt: %d", status.StatusCode)
		}
	}
	log := f.log(t, "access.log")
	if !strings.Contains(log, f.one.port()) || !strings.Contains(log, f.two.port()) {
		t.Errorf("one instance was not asked:\n%s", log)
	}
}

// A page comes with its compression and caching as the product says it, and a
// form, sent as a browser does, is taken: its origin has the right port.
func (f *front) testPages(t *testing.T) {
	c := f.client(resident)
	page := f.ask(t, c, http.MethodGet, "/s/"+f.Poster, "", "", "Accept-Encoding", "gzip")
	if page.Header.Get("Content-Encoding") != "gzip" || page.Header.Get("Vary") == "" {
		t.Errorf("the page is not compressed: %v", page.Header)
	}
	form := url.Values{"key": {rand.Text()}, "unit": {f.district.Rooms[f.rooms].Unit}, "room": {f.district.Rooms[f.rooms].Room}, "S1": {"OWNER"}, "S2": {"Y"}, "Q1": {"4"}}
	f.rooms++
	r := f.ask(t, c, http.MethodPost, "/s/"+f.Poster, asForm, form.Encode(), "Origin", "https://"+f.HTTPS)
	if to := r.Header.Get("Location"); r.StatusCode != http.StatusSeeOther || !strings.Contains(to, "/done") {
		t.Fatalf("the form: %d to %q\n%s", r.StatusCode, to, r.text)
	}
	f.receipts = append(f.receipts, "") // shown on the next page only
	if r := f.ask(t, c, http.MethodGet, "/admin/login", "", ""); r.StatusCode != http.StatusOK {
		t.Errorf("staff: %d", r.StatusCode)
	}
	if r := f.ask(t, c, http.MethodGet, "/metrics", "", ""); r.StatusCode != http.StatusNotFound {
		t.Errorf("/metrics is shown to the world: %d", r.StatusCode)
	}
}

// Who guesses a password is slowed down however often he says to be somebody
// else, and nobody else is.
func (f *front) testForged(t *testing.T) {
	c := f.client(stranger)
	form := url.Values{"username": {"admin"}, "password": {"guessed"}}.Encode()
	try := func(c *http.Client, n int) int {
		return f.ask(t, c, http.MethodPost, "/admin/login", asForm, form, "Origin", "https://"+f.HTTPS,
			"X-Forwarded-For", fmt.Sprintf("198.51.100.%d", n), "X-Real-IP", fmt.Sprintf("198.51.100.%d", n),
			"Forwarded", fmt.Sprintf("for=198.51.100.%d", n)).StatusCode
	}
	slowed := 0
	for n := range 14 { // three are free at each instance
		if try(c, n+1) == http.StatusTooManyRequests {
			slowed++
		}
	}
	if slowed < 5 {
		t.Errorf("a guesser with forged addresses was slowed down %d times", slowed)
	}
	if status := try(f.client(clerk), 1); status != http.StatusUnauthorized {
		t.Errorf("another person gets %d: all visitors have nginx's address", status)
	}
}

func (f *front) testTooLarge(t *testing.T) {
	c := f.client(resident)
	large := strings.Repeat("x", 200<<10)
	if r := f.ask(t, c, http.MethodPost, "/s/"+f.Poster, asForm, "Q16="+large); r.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(r.text, "没有保存") {
		t.Errorf("a form: %d %s", r.StatusCode, r.text)
	}
	if r := f.ask(t, c, http.MethodPost, f.responses(), inJSON, `"`+large+`"`); r.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(r.text, `"code":"too_large"`) {
		t.Errorf("JSON: %d %s", r.StatusCode, r.text)
	}
	// Just below the limit it is the product's to answer.
	if r := f.ask(t, c, http.MethodPost, "/s/"+f.Poster, asForm, "Q16="+large[:127<<10]); r.StatusCode == http.StatusRequestEntityTooLarge || r.Header.Get("X-Request-Id") == "" {
		t.Errorf("a form of 127 KiB: %d", r.StatusCode)
	}
}

// killAfter is how long answers come in before and after the kill.
const killAfter = time.Second

// testKilled: while people answer, one instance dies. Each of them gets a
// receipt, after a moment at most.
func (f *front) testKilled(t *testing.T) {
	var crowd sync.WaitGroup
	stop := make(chan struct{})
	worst := make([]time.Duration, 4)
	for n := range worst {
		crowd.Go(func() {
			c := f.client(resident)
			for {
				select {
				case <-stop:
					return
				case <-time.After(20 * time.Millisecond):
				}
				begun := time.Now()
				r, err := f.send(c, http.MethodPost, f.responses(), inJSON, f.answer())
				if err == nil {
					_, err = f.receipt(r, http.StatusCreated)
				}
				if err != nil {
					t.Errorf("an answer: %v", err)
				}
				worst[n] = max(worst[n], time.Since(begun))
			}
		})
	}
	time.Sleep(killAfter / 2)
	f.one.end(t, syscall.SIGKILL)
	time.Sleep(killAfter / 2)
	close(stop)
	crowd.Wait()
	for _, took := range worst {
		if took > 2*time.Second {
			t.Errorf("somebody waited %v", took)
		}
	}
	if log := f.log(t, "access.log"); !strings.Contains(log, f.one.port()+", 127.0.0.1"+f.two.port()+"] [502, 201]") {
		t.Errorf("no request had to be sent on to the other instance:\n%s", log)
	}
}

// testBack: an instance that is there again is asked again within moments.
func (f *front) testBack(t *testing.T) {
	c := f.client(resident)
	before := len(f.log(t, "access.log"))
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		f.ask(t, c, http.MethodGet, "/healthz", "", "")
		if strings.Contains(f.log(t, "access.log")[before:], f.one.port()+"] [200]") {
			return
		}
	}
	t.Error("the restarted instance is not asked within 5 s")
}

// testAway: with no instance people are told to come back, in words.
func (f *front) testAway(t *testing.T) {
	c := f.client(resident)
	for path, words := range map[string]string{"/s/" + f.Poster: "请过几秒", "/admin": "请过几秒", f.responses(): `"code":"busy"`} {
		r := f.ask(t, c, http.MethodPost, path, "", "{}")
		if r.StatusCode != http.StatusServiceUnavailable || r.Header.Get("Retry-After") == "" || !strings.Contains(r.text, words) {
			t.Errorf("%s: %d %v %s", path, r.StatusCode, r.Header, r.text)
		}
	}
}

// testLogs: what was said above about everybody is in no log, of nginx or of
// the instances; and there are logs.
func (f *front) testLogs(t *testing.T) {
	logs := map[string]string{
		"access.log": f.log(t, "access.log"), "error.log": f.log(t, "error.log"), "start.log": f.log(t, "start.log"),
		"instance 1": f.one.said.String(), "instance 2": f.two.said.String(),
	}
	words := []string{f.Poster, resident, stranger, clerk, "198.51.100.", "Q16", "lang=en"}
	for _, receipt := range f.receipts {
		if receipt != "" {
			words = append(words, receipt)
		}
	}
	for _, room := range f.district.Rooms[:f.rooms] {
		words = append(words, room.Unit+"-"+room.Room)
	}
	for name, log := range logs {
		for _, word := range words {
			if bytes.Contains(bytes.ToUpper([]byte(log)), bytes.ToUpper([]byte(word))) {
				t.Errorf("%s names %q:\n%s", name, word, log)
			}
		}
	}
	for _, route := range []string{"POST /api/v1/posters/{poster}/responses 201", "GET /r/{receipt} 200", "POST /s/{poster} 303", "POST /admin/login 401", "GET (other) 404"} {
		if !strings.Contains(logs["access.log"], route) {
			t.Errorf("no line %q in\n%s", route, logs["access.log"])
		}
	}
}

// testStored: every acknowledged answer is in the database, once, and the
// recount agrees.
func (f *front) testStored(t *testing.T) {
	stored := f.count(t)
	said := f.meihao(t, "verify", "--campaign", f.ID)
	if n := stored - f.before; len(f.receipts) < 40 || n < len(f.receipts) || n > f.rooms {
		t.Errorf("%d homes tried, %d acknowledged, %d stored", f.rooms, len(f.receipts), n)
	}
	t.Logf("%d acknowledged, %d stored; %s", len(f.receipts), stored-f.before, said)
	f.meihao(t, "backup", filepath.Join(t.TempDir(), "after.backup")) // with the same rights
}
