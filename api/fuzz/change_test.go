package fuzz_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

const formKind = "application/x-www-form-urlencoded"

// changeKeys begins the names of the cookies that change an answer.
const changeKeys = "mh_change_"

// answered sends an answer and returns its receipt with the name and the value
// of the cookie of its change key.
func answered(f *testing.F, server http.Handler) (receipt, name, cookie string) {
	f.Helper()
	w := send(f, server, "/s/"+posterCode, formKind, aForm)
	_, receipt, _ = strings.Cut(w.Header().Get("Location"), "receipt=")
	for _, one := range w.Result().Cookies() {
		if strings.HasPrefix(one.Name, changeKeys) {
			name, cookie = one.Name, one.Value
		}
	}
	if receipt == "" || cookie == "" {
		f.Fatalf("status %d, receipt %q, change key %q", w.Code, receipt, cookie)
	}
	return receipt, name, cookie
}

// harmless wants a whole page without a script of somebody else's, or a
// redirect within the site.
func harmless(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	to := w.Header().Get("Location")
	if to == "" && !strings.HasSuffix(w.Body.String(), "</html>") {
		t.Fatalf("status %d with half a page", w.Code)
	}
	if to != "" && (!strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//")) {
		t.Fatalf("it leads to %q", to)
	}
	if strings.Contains(w.Body.String(), "<script") {
		t.Fatal("a script of somebody's own")
	}
	for _, one := range w.Result().Cookies() {
		if !slices.Contains([]string{"mh_key", "mh_device", "lang", "size"}, one.Name) && !strings.HasPrefix(one.Name, changeKeys) {
			t.Fatalf("it sets the cookie %s", one.Name)
		}
	}
}

// FuzzChangeCookie keeps any text where the change keys are kept: never a 5xx,
// and nothing is changed but with the very key.
func FuzzChangeCookie(f *testing.F) {
	server, m := site(f)
	receipt, name, cookie := answered(f, server)
	word := cookie[:40] // without its turn
	for _, seed := range []string{
		word, cookie, cookie + "." + cookie, cookie[:len(cookie)-1], cookie + "A", "." + cookie + ".", strings.Repeat(cookie+".", 7), receipt, "",
		strings.ToLower(cookie), cookie[:18] + strings.Repeat("A", 22), "%00", "\"" + cookie + "\"", "<script>", "....", strings.Repeat("é", 40),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		kept := []string{"Cookie", name + "=" + value}
		harmless(t, ask(t, server, http.MethodGet, "/s/"+posterCode, "", kept...))
		harmless(t, ask(t, server, http.MethodGet, "/s/"+posterCode+"/again?receipt="+receipt, "", kept...))
		harmless(t, send(t, server, "/s/"+posterCode+"/forget", formKind, "", kept...))
		before := m.changes
		harmless(t, send(t, server, "/s/"+posterCode+"/again", formKind, "receipt="+receipt+"&Q1=2", kept...))
		if m.changes != before && !strings.Contains(value, word) && !strings.Contains(value, "%") {
			t.Fatalf("%q is not the key, and the answer was changed", value)
		}
	})
}

// FuzzAgain sends any body as another answer with the right key: never a 5xx,
// and something is changed exactly when it is acknowledged.
func FuzzAgain(f *testing.F) {
	server, m := site(f)
	receipt, name, cookie := answered(f, server)
	for _, seed := range []string{
		"Q1=5", "", "Q1=5&Q16=%E7%94%B5%E6%A2%AF", "Q1=6", "S1=TENANT&S2=N&Q1=1", "unit=1&room=102&Q1=1", "Q13=VOTE", "Q1=5&show=size:xl", "receipt=1&Q1=5", "Q16=\xff", "&&;%zz",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		before, stored := m.changes, len(m.receipts)
		w := send(t, server, "/s/"+posterCode+"/again", formKind, "receipt="+receipt+"&"+body, "Cookie", name+"="+cookie)
		harmless(t, w)
		if (m.changes > before) != (w.Code == http.StatusSeeOther) || len(m.receipts) != stored {
			t.Fatalf("status %d, %d changes, %d answers more", w.Code, m.changes-before, len(m.receipts)-stored)
		}
	})
}

// FuzzShow asks for the form in any language and size with anything typed:
// never a 5xx, and nothing is stored.
func FuzzShow(f *testing.F) {
	for _, seed := range [][2]string{
		{"lang:en", aForm}, {"size:xl", aForm + "&Q16=x"}, {"size:", ""}, {"lang:zh%0d%0aSet-Cookie: a=b", "S1=\xff"}, {":", "&&"}, {"lang", "room=<script>"}, {"size:m:l", "building=9&lane=open"},
	} {
		f.Add(seed[0], seed[1])
	}
	server, m := site(f)
	f.Fuzz(func(t *testing.T, show, body string) {
		if show == "" {
			t.Skip("then it is an answer")
		}
		before := len(m.receipts)
		harmless(t, send(t, server, "/s/"+posterCode, formKind, "show="+escape(show)+"&"+body))
		if len(m.receipts) != before {
			t.Fatal("an answer was stored")
		}
	})
}

// escape writes each byte as a form may.
func escape(text string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(text) {
		b.WriteByte('%')
		b.WriteByte(digits[text[i]>>4])
		b.WriteByte(digits[text[i]&15])
	}
	return b.String()
}
