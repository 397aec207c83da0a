package page

import (
	"net/http"
	"strconv"
	"strings"
)

// Encoding is a content coding as headers name it.
type Encoding string

// Encodings that we send.
const (
	Plain  Encoding = ""
	Gzip   Encoding = "gzip"
	Brotli Encoding = "br"
)

// Accepted is the best encoding that a request takes: brotli before gzip
// where both are as welcome, and none that it refuses with q=0 (RFC 9110
// §12.5.3).
func Accepted(r *http.Request) Encoding {
	br, zip := weights(r)
	switch {
	case br > 0 && br >= zip:
		return Brotli
	case zip > 0:
		return Gzip
	}
	return Plain
}

// takesGzip says whether gzip would do, however much more welcome another is.
func takesGzip(r *http.Request) bool {
	_, zip := weights(r)
	return zip > 0
}

// weights are how welcome brotli and gzip are, in thousandths.
func weights(r *http.Request) (br, zip int) {
	rest := 0
	br, zip = unsaid, unsaid
	for _, line := range r.Header["Accept-Encoding"] {
		for line != "" {
			var one string
			one, line, _ = strings.Cut(line, ",")
			name, weight, _ := strings.Cut(one, ";")
			switch strings.TrimSpace(name) {
			case "br":
				br = thousandths(weight)
			case "gzip":
				zip = thousandths(weight)
			case "*":
				rest = thousandths(weight)
			}
		}
	}
	if br == unsaid {
		br = rest
	}
	if zip == unsaid {
		zip = rest
	}
	return br, zip
}

const unsaid = -1

// thousandths is what "q=0.5" weighs: 1000 where nothing is said, 0 for what
// cannot be read.
func thousandths(weight string) int {
	weight = strings.TrimSpace(weight)
	if weight == "" {
		return 1000
	}
	q, ok := strings.CutPrefix(weight, "q=")
	if !ok {
		q, ok = strings.CutPrefix(weight, "Q=")
	}
	part, err := strconv.ParseFloat(q, 64)
	if !ok || err != nil || !(part >= 0 && part <= 1) { // not a number is neither
		return 0
	}
	return int(part*1000 + 0.5)
}
