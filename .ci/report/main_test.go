package main

import (
	"strings"
	"testing"
)

// events is what `go test -json` writes for a package with one test of each kind.
const events = `{"Action":"start","Package":"p"}
{"Action":"run","Package":"p","Test":"TestGood"}
{"Action":"output","Package":"p","Test":"TestGood","Output":"=== RUN   TestGood\n"}
{"Action":"output","Package":"p","Test":"TestGood","Output":"    a_test.go:1: quiet\n"}
{"Action":"pass","Package":"p","Test":"TestGood"}
{"Action":"run","Package":"p","Test":"TestAway"}
{"Action":"output","Package":"p","Test":"TestAway","Output":"    a_test.go:2: chromium is missing\n"}
{"Action":"output","Package":"p","Test":"TestAway","Output":"--- SKIP: TestAway (0.00s)\n"}
{"Action":"skip","Package":"p","Test":"TestAway"}
`

const good = `{"Action":"output","Package":"p","Output":"PASS\n"}
{"Action":"output","Package":"p","Output":"ok  \tp\t0.1s\n"}
{"Action":"pass","Package":"p"}
`

const bad = `{"Action":"run","Package":"p","Test":"TestBad"}
{"Action":"output","Package":"p","Test":"TestBad","Output":"    a_test.go:3: got 1, want 2\n"}
{"Action":"output","Package":"p","Test":"TestBad","Output":"--- FAIL: TestBad (0.00s)\n"}
{"Action":"fail","Package":"p","Test":"TestBad"}
{"Action":"run","Package":"p","Test":"TestCut"}
{"Action":"output","Package":"p","Test":"TestCut","Output":"cut short\n"}
{"Action":"output","Package":"p","Output":"FAIL\tp\t0.1s\n"}
{"Action":"fail","Package":"p"}
`

const broken = `{"ImportPath":"p","Action":"build-output","Output":"p.go:1: no such thing\n"}
{"ImportPath":"p","Action":"build-fail"}
{"Action":"output","Package":"p","Output":"FAIL\tp [build failed]\n"}
{"Action":"fail","Package":"p","FailedBuild":"p"}
`

func TestReport(t *testing.T) {
	tests := []struct {
		name, in string
		strict   bool
		code     int
		want     string
	}{
		{"good", events + good, false, 0,
			"ok  \tp\t0.1s\nskipped:\n  p TestAway: a_test.go:2: chromium is missing\n1 passed, 0 failed, 1 skipped\n"},
		{"a skip is a failure", events + good, true, 1,
			"ok  \tp\t0.1s\nskipped:\n  p TestAway: a_test.go:2: chromium is missing\n1 passed, 0 failed, 1 skipped\n" +
				"a skipped test is a failure here, CI is set\n"},
		{"a skip that the other engine's run makes good", strings.ReplaceAll(events, "chromium is missing", "on SQLite only: it copies the file") + good, true, 0,
			"ok  \tp\t0.1s\n1 passed, 0 failed, 0 skipped, 1 on SQLite only\n"},
		{"bad", bad, false, 1,
			"# p\n    a_test.go:3: got 1, want 2\n--- FAIL: TestBad (0.00s)\ncut short\nFAIL\tp\t0.1s\n0 passed, 1 failed, 0 skipped\n"},
		{"does not build", broken, false, 1,
			"p.go:1: no such thing\nFAIL\tp [build failed]\n0 passed, 0 failed, 0 skipped\n"},
		{"no event", "go: no such tool\n", false, 0, "go: no such tool\n0 passed, 0 failed, 0 skipped\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var out strings.Builder
			if code := run(strings.NewReader(test.in), &out, test.strict); code != test.code {
				t.Errorf("exit code %d, want %d", code, test.code)
			}
			if out.String() != test.want {
				t.Errorf("printed\n%s\nwant\n%s", out.String(), test.want)
			}
		})
	}
}
