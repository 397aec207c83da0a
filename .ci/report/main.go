// Command report reads `go test -json` and prints what a person wants to see:
// one line for each package as go test writes it, the output of what failed,
// and at the end every skipped test with its reason. With -strict a skipped
// test is a failure. It exits with 1 if anything failed.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

// event is a line of `go test -json` ("go doc test2json").
type event struct {
	Action, Package, ImportPath, Test, Output string
}

// report is what has been seen so far.
type report struct {
	out            io.Writer
	output         map[string][]string // of what has no result yet, by package and test
	started        map[string][]string // the tests of a package, oldest first
	last           string              // the package whose output was printed last
	skipped        []string
	elsewhere      int // skipped because the other engine's run has them
	passed, failed int
	broken         bool // a package failed, by its tests or as a whole
}

func main() {
	strict := flag.Bool("strict", false, "a skipped test is a failure")
	flag.Parse()
	os.Exit(run(os.Stdin, os.Stdout, *strict))
}

// run reads all events and returns the exit code.
func run(in io.Reader, out io.Writer, strict bool) int {
	r := &report{out: out, output: map[string][]string{}, started: map[string][]string{}}
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			r.line(line)
		}
		if err != nil {
			break
		}
	}
	return r.end(strict)
}

// line takes one line; what is no event is passed on as it is.
func (r *report) line(line string) {
	var e event
	if err := json.Unmarshal([]byte(line), &e); err != nil {
		fmt.Fprint(r.out, line)
		return
	}
	key := e.Package + " " + e.Test
	switch e.Action {
	case "run":
		r.started[e.Package] = append(r.started[e.Package], e.Test)
	case "output":
		r.output[key] = append(r.output[key], e.Output)
	case "build-output":
		fmt.Fprint(r.out, e.Output)
	case "pass", "fail", "skip":
		if e.Test == "" {
			r.packageDone(e)
		} else {
			r.testDone(e, key)
		}
	}
}

// testDone prints what a failed test wrote and notes why one was skipped.
func (r *report) testDone(e event, key string) {
	switch e.Action {
	case "pass":
		r.passed++
	case "fail":
		r.failed++
		r.print(e.Package, r.output[key])
	case "skip":
		if why := reason(r.output[key]); strings.Contains(why, otherEngine) {
			r.elsewhere++
		} else {
			r.skipped = append(r.skipped, key+": "+why)
		}
	}
	delete(r.output, key)
}

// otherEngine is what a test says that makes sense on SQLite only and was run
// there: it is not missing where the tests run once more on MariaDB.
const otherEngine = "on SQLite only: "

// packageDone prints go test's own line, and before it what a package that
// failed has left over: panics, a TestMain, tests cut short.
func (r *report) packageDone(e event) {
	if e.Action == "fail" {
		r.broken = true
		for _, test := range r.started[e.Package] {
			r.print(e.Package, r.output[e.Package+" "+test])
		}
	}
	key := e.Package + " "
	for _, line := range r.output[key] {
		if line != "PASS\n" && (e.Action == "fail" || own(line)) {
			fmt.Fprint(r.out, line)
		}
	}
	delete(r.output, key)
	delete(r.started, e.Package)
}

// own says whether the line is go test's result for a package.
func own(line string) bool {
	return strings.HasPrefix(line, "ok  \t") || strings.HasPrefix(line, "?   \t")
}

// print passes on what a failed test wrote, under the name of its package.
func (r *report) print(pkg string, lines []string) {
	if len(lines) > 0 && pkg != r.last {
		fmt.Fprintln(r.out, "#", pkg)
		r.last = pkg
	}
	for _, line := range lines {
		if !strings.HasPrefix(line, "=== ") {
			fmt.Fprint(r.out, line)
		}
	}
}

// reason is what a skipped test said, on one line.
func reason(lines []string) string {
	var words []string
	for _, line := range lines {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "=== ") && !strings.HasPrefix(line, "--- ") {
			words = append(words, line)
		}
	}
	return strings.Join(words, " ")
}

// end prints the skipped tests and the counts.
func (r *report) end(strict bool) int {
	if len(r.skipped) > 0 {
		fmt.Fprintln(r.out, "skipped:")
	}
	for _, line := range r.skipped {
		fmt.Fprintln(r.out, "  "+line)
	}
	fmt.Fprintf(r.out, "%d passed, %d failed, %d skipped", r.passed, r.failed, len(r.skipped))
	if r.elsewhere > 0 {
		fmt.Fprintf(r.out, ", %d on SQLite only", r.elsewhere)
	}
	fmt.Fprintln(r.out)
	switch {
	case r.failed > 0 || r.broken:
		return 1
	case strict && len(r.skipped) > 0:
		fmt.Fprintln(r.out, "a skipped test is a failure here, CI is set")
		return 1
	}
	return 0
}
