package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"meihao/survey"
)

// Everything that a resident's request can carry is a canary: a word that
// nothing else of the program has. A room takes no such word, so it has one of
// its own.
const (
	canary        = "canary"
	canaryRoom    = "qzxj7k"       // with two more symbols
	canaryAddress = "203.0.113.77" // the peer's is passerby
)

// canaryConfig logs everything and takes no more than one answer at a time.
const canaryConfig = `[intake]
queue = 1
group = 1
[log]
level = "debug"
`

// birds are the canaries that were let fly.
type birds struct {
	*server
	t       *testing.T
	client  *http.Client
	poster  string
	n       int
	cookies string               // the last acknowledged answer's
	secrets []string             // receipts and change keys that were given
	kept    []string             // comments that count, and may be in the table of comments
	read    map[survey.Role]bool // who read those after closing
}

// headers are what comes with every request.
func (b *birds) headers() http.Header {
	return http.Header{
		"User-Agent": {"canary-agent/1.0"}, "Referer": {"https://canary-referer.example/"}, "Accept-Language": {"canary-language"},
		"X-Forwarded-For": {canaryAddress}, "X-Real-Ip": {canaryAddress}, "Forwarded": {"for=" + canaryAddress + ";by=canary-proxy"},
		"X-Request-Id": {"canary-request"}, "If-None-Match": {`"canary-tag"`}, "Authorization": {"Bearer canary-token"},
		"Cookie": {"mh_key=canary-cookie-key-00; mh_device=canary-cookie-device; other=canary-cookie" + b.cookies},
	}
}

// send sends a request; accept and kind are its headers of that name.
func (b *birds) send(method, path, accept, kind, body string) reply {
	b.t.Helper()
	request, err := http.NewRequestWithContext(b.t.Context(), method, b.URL+path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	request.Header.Set("Accept", accept)
	request.Header.Set("Content-Type", kind)
	r, err := do(b.client, request)
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

const asForm, asScript, asBrowser = "application/x-www-form-urlencoded; x=canary-kind", "application/json", "text/html"

// way is how an answer gets in.
type way struct {
	name string
	send func(b *birds, poster string, form url.Values) reply
	ok   int
}

func ways() []way {
	return []way{
		{"form", func(b *birds, poster string, form url.Values) reply {
			return b.send(http.MethodPost, "/s/"+poster+"?canary-query=1;canary", asBrowser, asForm, form.Encode())
		}, http.StatusSeeOther},
		{"script", func(b *birds, poster string, form url.Values) reply {
			return b.send(http.MethodPost, "/s/"+poster+"?canary-query=2", asScript, asForm, form.Encode())
		}, http.StatusCreated},
		{"api", func(b *birds, poster string, form url.Values) reply {
			return b.send(http.MethodPost, "/api/v1/posters/"+poster+"/responses?canary-query=3", asScript, "application/json", asAPI(form))
		}, http.StatusCreated},
	}
}

// asAPI is a form as other systems send it.
func asAPI(form url.Values) string {
	household, answers := map[string]any{}, map[string]any{}
	body := map[string]any{"household": household, "answers": answers}
	for name, values := range form {
		switch name {
		case "building", "unit", "room":
			household[name] = values[0]
		case "key", "lane", "device", "code":
			body[name] = values[0]
		default:
			answers[name] = values[0]
		}
	}
	text, _ := json.Marshal(body) // of texts
	return string(text)
}

// form is an answer of a home of its own; the comment says what is to become
// of it.
func (b *birds) form(comment string) url.Values {
	text := b.comment(comment)
	return url.Values{
		"key": {fmt.Sprintf("canary-key-%08d", b.n)}, "unit": {"1"}, "room": {fmt.Sprintf("%s%02d", canaryRoom, b.n)},
		"S1": {"OWNER"}, "S2": {"Y"}, "Q1": {"4"}, "Q16": {text},
	}
}

// comment is a comment of its own. Its number comes first: where SQLite moves
// a row between pages, what is left of it in the old one is torn at its end,
// and is known by its number nevertheless (beginning).
func (b *birds) comment(text string) string {
	b.n++
	return fmt.Sprintf("%04d%s comment %s", b.n, canary, text)
}

// beginning is what is enough to know a comment by.
func beginning(comment string) string { return comment[:4+len(canary)] }

// remember keeps the secrets that an answer was acknowledged with.
func (b *birds) remember(r reply) (receipt string) {
	b.t.Helper()
	var said struct{ Receipt string }
	_ = json.Unmarshal([]byte(r.Body), &said) // a form's answer is no JSON
	if _, there, ok := strings.Cut(r.Header.Get("Location"), "receipt="); ok {
		said.Receipt = there
	}
	if said.Receipt == "" {
		b.t.Fatalf("no receipt: %d %s", r.Status, r.Body)
	}
	b.secrets = append(b.secrets, said.Receipt)
	for _, line := range r.Header["Set-Cookie"] {
		if pair, _, _ := strings.Cut(line, ";"); strings.HasPrefix(pair, "mh_change_") {
			_, value, _ := strings.Cut(pair, "=")
			value, _, _ = strings.Cut(value, ".")
			b.cookies = "; " + pair
			if value != "" { // one that is taken back
				b.secrets = append(b.secrets, value[len(said.Receipt):])
			}
		}
	}
	return said.Receipt
}

// answered sends answers that are taken, a retry of each, and others in their
// place.
func (b *birds) answered() {
	b.t.Helper()
	for i, way := range ways() {
		form := b.form("replaced")
		r := way.send(b, b.poster, form)
		if r.Status != way.ok {
			b.t.Fatalf("%s: %d\n%s", way.name, r.Status, r.Body)
		}
		receipt := b.remember(r)
		way.send(b, b.poster, form) // a retry
		if way.name == "api" {      // which gives no change key
			b.kept = append(b.kept, form.Get("Q16"))
			continue
		}
		again := url.Values{"receipt": {receipt}, "Q1": {"5"}, "Q16": {b.comment("counts " + way.name)}}
		if i == 1 { // the second one is taken back at the end
			b.again(way.ok, again)
			again = url.Values{"receipt": {receipt}}
		} else {
			b.kept = append(b.kept, again.Get("Q16"))
		}
		b.again(way.ok, again)
		b.again(http.StatusUnprocessableEntity, url.Values{"receipt": {receipt}, "Q1": {"canary-choice"}, "canary-field": {"canary-value"}, "Q16": {b.comment("again")}})
		b.again(0, url.Values{"receipt": {strings.Repeat("0", len(receipt))}, "Q1": {"5"}, "Q16": {b.comment("again")}})
	}
	open := b.form("counts in the open lane")
	open.Set("lane", "open")
	for _, way := range ways()[1:] {
		open["device"] = []string{"canary-device-of-" + way.name}
		open["key"] = []string{"canary-open-key-" + way.name}
		if r := way.send(b, b.poster, open); r.Status == way.ok {
			b.remember(r)
			b.kept = append(b.kept, open.Get("Q16"))
		}
	}
}

// again sends other answers by form and by script.
func (b *birds) again(want int, form url.Values) {
	b.t.Helper()
	accept := asBrowser
	if want == http.StatusCreated {
		accept = asScript
	}
	r := b.send(http.MethodPost, "/s/"+b.poster+"/again?canary-query=4", accept, asForm, form.Encode())
	if want != 0 && r.Status != want {
		b.t.Errorf("answering again: %d, want %d\n%s", r.Status, want, r.Body)
	}
	b.send(http.MethodGet, "/s/"+b.poster+"/again?receipt="+form.Get("receipt")+"&canary-query=5", asBrowser, "", "")
}

// refused sends what is not taken, each in every way.
func (b *birds) refused() {
	b.t.Helper()
	taken := b.form("refused")
	ways()[0].send(b, b.poster, taken)
	b.kept = append(b.kept, taken.Get("Q16"))
	for _, way := range ways() {
		for what, change := range map[string]url.Values{
			"an unknown choice":   {"Q1": {"canary-choice"}},
			"an unknown question": {"canary-question": {"canary-value"}},
			"a wrong unit":        {"unit": {"canary-unit"}},
			"a wrong building":    {"building": {"canary-building"}},
			"a wrong room":        {"room": {"canary-room"}},
			"a wrong key":         {"key": {"canary key"}},
			"a wrong lane":        {"lane": {"canary-lane"}},
			"a code":              {"code": {"canary-code"}},
			"a home that has":     {"room": taken["room"]},
			"nobody's":            {"S1": {"TENANT"}, "S2": {"N"}},
			"a long comment":      {"Q16": {strings.Repeat("canary comment ", 100)}},
			"far too long":        {"Q16": {strings.Repeat("canary comment ", 20_000)}},
		} {
			form := b.form("refused")
			for name, values := range change {
				form[name] = values
			}
			r := way.send(b, b.poster, form)
			switch {
			case what == "a code" && r.Status == way.ok: // nothing asks for it here
				b.kept = append(b.kept, form.Get("Q16"))
			case r.Status < http.StatusBadRequest:
				b.t.Errorf("%s by %s is taken: %d", what, way.name, r.Status)
			}
		}
		for _, poster := range []string{"canary", unknownPoster(), "canary12"} {
			way.send(b, poster, b.form("refused"))
		}
	}
}

// broken sends what can hardly be read.
func (b *birds) broken() {
	b.t.Helper()
	for _, body := range []string{
		`{"key":"canary-key-0123456789","canary":`, `{"canary-field":1}`, `["canary"]`, `"canary"`, "canary=%zz&canary", "canary\x00\xff",
		"--canary-part\r\nContent-Disposition: form-data; name=\"canary\"\r\n\r\ncanary\r\n",
	} {
		for _, kind := range []string{"application/json", asForm, "multipart/form-data; boundary=canary-part", "canary/canary", ""} {
			for _, path := range []string{"/api/v1/posters/" + b.poster + "/responses", "/s/" + b.poster, "/s/" + b.poster + "/again"} {
				b.send(http.MethodPost, path, asBrowser, kind, body)
				b.send(http.MethodPost, path, asScript, kind, body)
			}
		}
	}
	for _, text := range []string{
		"GET /canary HTTP/1.1\r\nHost: canary\r\ncanary header\r\n\r\n", "CANARY / HTTP/9.9\r\n\r\n", "canary\r\n\r\n",
		"GET /s/" + b.poster + "?canary HTTP/1.1\r\nHost: h\r\nUser-Agent: canary\r\nContent-Length: canary\r\n\r\n",
		"POST /s/" + b.poster + " HTTP/1.1\r\nHost: h\r\nContent-Length: 9999\r\n\r\nQ16=canary",
	} {
		b.raw(text)
	}
}

// raw writes bytes as they are and goes.
func (b *birds) raw(text string) {
	b.t.Helper()
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(passerby)}}
	conn, err := dialer.DialContext(b.t.Context(), "tcp", strings.TrimPrefix(b.URL, "http://"))
	if err != nil {
		b.t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Write([]byte(text)); err != nil {
		b.t.Fatal(err)
	}
	if !strings.HasPrefix(text, "POST") {
		_, _ = bufio.NewReader(conn).ReadString('\n') // whatever it says
	}
}

// looked opens pages.
func (b *birds) looked() {
	b.t.Helper()
	receipt := b.secrets[0]
	for _, path := range []string{
		"/", "/?code=canary", "/?code=" + receipt, "/s/" + b.poster, "/s/" + b.poster + "?home=another&from=canary", "/s/canary12", "/s/" + unknownPoster(),
		"/s/" + b.poster + "/done?receipt=" + receipt, "/s/" + b.poster + "/done?receipt=canary", "/s/" + b.poster + "/canary",
		"/s/" + b.poster + "/again?receipt=" + receipt, "/s/" + b.poster + "/privacy", "/privacy", "/p/" + b.poster, "/p/canary12",
		"/r/" + receipt, "/r/" + mistyped(receipt), "/r/canary", "/r/" + receipt + "/canary", "/assets/canary.css", "/canary", "/admin/canary", "/api/v1/canary",
	} {
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPut} {
			mark := "?"
			if strings.Contains(path, "?") {
				mark = "&"
			}
			b.send(method, path+mark+"canary-query=6&lang=canary&size=canary", asBrowser, "", "")
		}
	}
}

// failed sends answers while comments cannot be stored.
func (b *birds) failed() {
	b.t.Helper()
	tamper(b.t, b.Data, "ALTER TABLE comments RENAME TO comments_away")
	for _, way := range ways() {
		if r := way.send(b, b.poster, b.form("failed")); r.Status < 500 {
			b.t.Errorf("%s without a table of comments: %d", way.name, r.Status)
		}
	}
	for _, secret := range b.secrets[:1] {
		b.again(0, url.Values{"receipt": {secret}, "Q1": {"3"}, "Q16": {b.comment("failed")}})
	}
	tamper(b.t, b.Data, "ALTER TABLE comments_away RENAME TO comments")
}

// busy sends more answers than can wait while the database is held.
func (b *birds) busy() {
	b.t.Helper()
	hold, statement := "BEGIN IMMEDIATE", "SELECT 1"
	if onMariaDB() {
		hold, statement = "BEGIN", "SELECT id FROM campaigns FOR UPDATE"
	}
	db := stored(b.t, b.Data)
	defer func() { _ = db.Close() }()
	conn, err := db.Conn(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	for _, one := range []string{hold, statement} {
		if _, err := conn.ExecContext(b.t.Context(), one); err != nil {
			b.t.Fatal(err)
		}
	}
	var group sync.WaitGroup
	var mu sync.Mutex
	var said []int
	for range 4 {
		for _, way := range ways() {
			form := b.form("counts if taken")
			b.kept = append(b.kept, form.Get("Q16"))
			group.Go(func() {
				r := way.send(b, b.poster, form)
				mu.Lock()
				said = append(said, r.Status)
				mu.Unlock()
			})
		}
	}
	eventually(b.t, 30e9, "the queue is full", func() bool {
		mu.Lock()
		defer mu.Unlock()
		return slices.Contains(said, http.StatusServiceUnavailable)
	})
	if _, err := conn.ExecContext(b.t.Context(), "ROLLBACK"); err != nil {
		b.t.Fatal(err)
	}
	group.Wait()
}
