package api_test

import (
	"bufio"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/survey"
)

// guarded are the headers of every answer, in the order of net/http.
const guarded = `Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'
Cross-Origin-Opener-Policy: same-origin
Permissions-Policy: camera=(), microphone=(), geolocation=()
Referrer-Policy: no-referrer
X-Content-Type-Options: nosniff
X-Frame-Options: DENY
X-Robots-Tag: noindex`

// styled are the same headers of a page that carries its style sheets.
func styled() string {
	return strings.Replace(guarded, "style-src 'self'", "style-src 'self' HASHES", 1)
}

// complained is what a refusal says besides, for who calls about it.
const complained = "X-Request-Id: RANDOM10"

const (
	keyCookie    = "Set-Cookie: mh_key=RANDOM26; Path=/s/; HttpOnly; SameSite=Lax"
	deviceCookie = "Set-Cookie: mh_device=RANDOM26; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax"
)

// TestTheWire pins every header of what residents and systems are sent, byte
// by byte as it goes over the wire.
func TestTheWire(t *testing.T) {
	pageOf := func(more ...string) string {
		return lines(append([]string{"HTTP/1.1 200 OK", "Cache-Control: private, no-cache", "Content-Length: N",
			"Content-Type: text/html; charset=utf-8", styled(), "Vary: Accept-Encoding, Cookie"}, more...)...)
	}
	form, jsonBody := sheetAsForm(), sheetAsJSON()
	for _, c := range []struct {
		name, method, path, header, body, want string
		change                                 func(*survey.Poster)
		https                                  bool
	}{
		{name: "page", method: "GET", path: "/s/" + lobbyCode, header: "Accept-Encoding: gzip, deflate, br\r\n",
			want: pageOf("Content-Encoding: br", `Etag: W/"TAG"`, keyCookie)},
		{name: "page for who takes no brotli", method: "GET", path: "/s/" + lobbyCode, header: "Accept-Encoding: gzip, deflate, br;q=0\r\n",
			want: pageOf("Content-Encoding: gzip", `Etag: W/"TAG"`, keyCookie)},
		{name: "page for who takes nothing compressed", method: "GET", path: "/s/" + lobbyCode, want: pageOf(`Etag: W/"TAG"`, keyCookie)},
		{name: "page by head", method: "HEAD", path: "/s/" + lobbyCode, header: "Accept-Encoding: gzip\r\n",
			want: pageOf("Content-Encoding: gzip", `Etag: W/"TAG"`, keyCookie)},
		{name: "page again", method: "GET", path: "/s/" + lobbyCode, header: "Cookie: mh_key=0123456789abcdef\r\n", want: pageOf(`Etag: W/"TAG"`)},
		{name: "page in English", method: "GET", path: "/s/" + lobbyCode + "?lang=en",
			want: pageOf(`Etag: W/"TAG"`, "Set-Cookie: lang=en; Path=/; Max-Age=31536000; SameSite=Lax", keyCookie)},
		{name: "page of open feedback behind https", method: "GET", path: "/s/" + lobbyCode, https: true,
			change: func(p *survey.Poster) { p.Campaign.Feedback = true },
			want:   pageOf(`Etag: W/"TAG"`, secure(keyCookie), secure(deviceCookie), "Strict-Transport-Security: max-age=31536000")},
		{name: "form", method: "POST", path: "/s/" + lobbyCode, header: formHeader, body: form,
			want: lines("HTTP/1.1 303 See Other", "Content-Length: N", guarded, keyCookie, "Location: /s/"+lobbyCode+"/done?receipt=RECEIPT")},
		{name: "form in English", method: "POST", path: "/s/" + lobbyCode + "?lang=en", header: formHeader, body: form,
			want: lines("HTTP/1.1 303 See Other", "Content-Length: N", guarded, "Set-Cookie: lang=en; Path=/; Max-Age=31536000; SameSite=Lax",
				keyCookie, "Location: /s/"+lobbyCode+"/done?lang=en&receipt=RECEIPT")},
		{name: "JSON", method: "POST", path: "/api/v1/posters/" + lobbyCode + "/responses", header: "Content-Type: application/json\r\n", body: jsonBody,
			want: lines("HTTP/1.1 201 Created", "Cache-Control: no-store", "Content-Length: N", "Content-Type: application/json; charset=utf-8", guarded)},
		{name: "refused JSON", method: "POST", path: "/api/v1/posters/" + lobbyCode + "/responses", body: "{}",
			want: lines("HTTP/1.1 422 Unprocessable Entity", "Cache-Control: no-store", "Content-Length: N", "Content-Type: application/json; charset=utf-8", guarded, complained)},
		{name: "no such page", method: "GET", path: "/nowhere", https: true,
			want: lines("HTTP/1.1 404 Not Found", "Cache-Control: no-store", "Content-Length: N", "Content-Type: text/html; charset=utf-8", guarded, complained,
				"Strict-Transport-Security: max-age=31536000")},
	} {
		t.Run(c.name, func(t *testing.T) {
			head, _ := talk(t, newSite(t, c.change, c.https), c.method, c.path, c.header, c.body)
			if diff := cmp.Diff(c.want, head); diff != "" {
				t.Errorf("headers (-want +got):\n%s", diff)
			}
		})
	}
}

// A browser that has the page is not sent it again.
func TestAnUnchangedPageIsNotSent(t *testing.T) {
	site := newSite(t, nil, false)
	w := httptest.NewRecorder()
	site.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/s/"+lobbyCode, nil))
	head, body := talk(t, site, "GET", "/s/"+lobbyCode, "If-None-Match: "+w.Header().Get("Etag")+"\r\n", "")
	want := lines("HTTP/1.1 304 Not Modified", "Cache-Control: private, no-cache", styled(), `Etag: W/"TAG"`, keyCookie, "Vary: Accept-Encoding, Cookie")
	if diff := cmp.Diff(want, head); diff != "" || body != "" {
		t.Errorf("%d bytes of body, headers (-want +got):\n%s", len(body), diff)
	}
}

// The style sheet that stands in a page is one that its policy names by hash,
// and no other style or script stands in it.
func TestThePolicyNamesThePagesStyle(t *testing.T) {
	w := httptest.NewRecorder()
	newSite(t, nil, false).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/s/"+lobbyCode, nil))
	page, policy := w.Body.String(), w.Header().Get("Content-Security-Policy")
	_, rest, _ := strings.Cut(page, "<style>")
	sheet, rest, found := strings.Cut(rest, "</style>")
	sum := sha256.Sum256([]byte(sheet))
	if !found || len(sheet) < 1000 || !strings.Contains(policy, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
		t.Errorf("a style of %d bytes under %s", len(sheet), policy)
	}
	for _, inline := range []string{"<style", " style=", "<script>", " onclick=", "unsafe"} {
		if strings.Contains(rest, inline) || strings.Contains(policy, inline) {
			t.Errorf("%q stands in the page or its policy", inline)
		}
	}
}

func secure(cookie string) string {
	return strings.Replace(cookie, "HttpOnly; ", "HttpOnly; Secure; ", 1)
}

// talk sends a request through a real server and returns what it is answered
// with: the head sorted, with what differs each time replaced, and the body.
func talk(t *testing.T, site http.Handler, method, path, header, body string) (head, rest string) {
	t.Helper()
	server := httptest.NewServer(site)
	defer server.Close()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if body != "" {
		header += fmt.Sprintf("Content-Length: %d\r\n", len(body))
	}
	if _, err := fmt.Fprintf(conn, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n%s", method, path, header, body); err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(bufio.NewReader(conn))
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ = strings.Cut(string(text), "\r\n\r\n")
	return lines(strings.Split(known(head), "\r\n")...), rest
}

// known replaces what no two answers have in common.
func known(head string) string {
	for _, one := range [][2]string{
		{`\r\nDate: [^\r]*`, ""}, {`\r\nConnection: close`, ""},
		{`(X-Request-Id: )[A-Z2-7]{10}\b`, "${1}RANDOM10"}, {`(mh_\w+=)[A-Z2-7]{26};`, "${1}RANDOM26;"},
		{`(Etag: W/)"[0-9a-f]{24}"`, `${1}"TAG"`}, {`(Content-Length: )\d+`, "${1}N"}, {`(receipt=)[0-9A-Z]{18}\b`, "${1}RECEIPT"},
		{`('sha256-[\w+/]+=*' ?)+;`, "HASHES;"},
	} {
		head = regexp.MustCompile(one[0]).ReplaceAllString(head, one[1])
	}
	return head
}
