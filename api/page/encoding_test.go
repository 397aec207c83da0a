package page_test

import (
	"net/http"
	"testing"

	"meihao/api/page"
)

func TestTheEncodingThatIsAccepted(t *testing.T) {
	for _, c := range []struct {
		header []string
		want   page.Encoding
	}{
		{nil, page.Plain},
		{[]string{""}, page.Plain},
		{[]string{"identity"}, page.Plain},
		{[]string{"gzip"}, page.Gzip},
		{[]string{"gzip, deflate"}, page.Gzip},
		{[]string{"gzip, deflate, br"}, page.Brotli},
		{[]string{"br"}, page.Brotli},
		{[]string{"gzip", "br"}, page.Brotli},
		{[]string{"gzip;q=1.0, br;q=0.5"}, page.Gzip},
		{[]string{"gzip;q=0.5,br;q=0.5"}, page.Brotli},
		{[]string{"br;q=0, gzip"}, page.Gzip},
		{[]string{"br;q=0.000, gzip;q=0"}, page.Plain},
		{[]string{"*"}, page.Brotli},
		{[]string{"*;q=0"}, page.Plain},
		{[]string{"br;q=0, *"}, page.Gzip},
		{[]string{"gzip, *;q=0"}, page.Gzip},
		{[]string{"br ; q=1 , gzip"}, page.Brotli},
		{[]string{"br;q=x, gzip;q=2"}, page.Plain},
		{[]string{"br;q=NaN"}, page.Plain},
		{[]string{"brotli, xgzip, abr"}, page.Plain},
	} {
		if got := page.Accepted(&http.Request{Header: http.Header{"Accept-Encoding": c.header}}); got != c.want {
			t.Errorf("%q: %q, want %q", c.header, got, c.want)
		}
	}
}

func BenchmarkAccepted(b *testing.B) {
	r := &http.Request{Header: http.Header{"Accept-Encoding": {"gzip, deflate, br, zstd"}}}
	for b.Loop() {
		if page.Accepted(r) != page.Brotli {
			b.Fatal()
		}
	}
}
