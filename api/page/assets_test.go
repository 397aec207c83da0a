package page_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/gin-gonic/gin"

	"meihao/api/page"
)

// Nobody waits for the brotli of an asset: who asks first is sent it by gzip,
// or as it is, and the next ones by brotli. What an area's pages name can be
// ready before anybody asks.
func TestAssetsAreCompressedWhileNobodyWaits(t *testing.T) {
	text := strings.Repeat("main { color: red }\n", 50)
	assets, err := page.LoadAssets(fstest.MapFS{
		"assets/named.css": {Data: []byte(text)}, "assets/other.css": {Data: []byte(text + "/**/")}, "assets/tiny.css": {Data: []byte("a{}")},
	})
	if err != nil {
		t.Fatal(err)
	}
	gin.SetMode(gin.ReleaseMode)
	server := gin.New()
	server.GET("/assets/*name", assets.Serve)
	ask := func(name, accept string) (encoding string) {
		t.Helper()
		r := httptest.NewRequest(http.MethodGet, assets.URL(name), nil)
		r.Header.Set("Accept-Encoding", accept)
		w := httptest.NewRecorder()
		server.ServeHTTP(w, r)
		encoding = w.Header().Get("Content-Encoding")
		if got := unpacked(t, encoding, w.Body); name != "tiny.css" && got != text {
			t.Errorf("%s by %q is %q", name, encoding, got)
		}
		return encoding
	}
	assets.PackFor(fstest.MapFS{
		"pages/resident/_layout.html": {Data: []byte(`<link href="{{asset "named.css"}}"><link href="{{asset "gone.css"}}"><link href="{{asset "tiny.css"}}">`)},
		"pages/staff/_layout.html":    {Data: []byte(`<link href="{{asset "other.css"}}">`)},
	}, "resident")
	if got := ask("named.css", "gzip, br"); got != "br" {
		t.Errorf("what the area names comes by %q at first", got)
	}
	if got := ask("other.css", "br"); got != "" {
		t.Errorf("who takes brotli only waited for it: %q", got)
	}
	for deadline := time.Now().Add(time.Minute); ask("other.css", "gzip;q=0.5, br") != "br"; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("no brotli came")
		}
	}
	for accept, want := range map[string]string{"": "", "gzip": "gzip", "br;q=0, gzip": "gzip", "identity": ""} {
		if got := ask("named.css", accept); got != want {
			t.Errorf("%q is answered by %q, not %q", accept, got, want)
		}
	}
	if got := ask("tiny.css", "gzip, br"); got != "" {
		t.Errorf("what brotli makes longer comes by %q", got)
	}
}

func unpacked(t *testing.T, encoding string, from *bytes.Buffer) string {
	t.Helper()
	var r io.Reader = from
	var err error
	switch encoding {
	case "gzip":
		r, err = gzip.NewReader(from)
	case "br":
		r = brotli.NewReader(from)
	}
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
