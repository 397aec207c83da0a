package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
)

func TestWrongUse(t *testing.T) {
	for _, args := range []string{"-only nothing", "-engine oracle", "-count -1", "-connections 0", "-nothing", "kill"} {
		var out, problems bytes.Buffer
		if code := run(t.Context(), strings.Fields(args), &out, &problems); code != 2 || problems.Len() == 0 || out.Len() > 0 {
			t.Errorf("%q: exit %d, %q, %q", args, code, &out, &problems)
		}
	}
}

// The full numbers are those of SECURITY, and the short ones are ten.
func TestNumbers(t *testing.T) {
	full := map[string]map[string]int{
		"kill": {sqlite: 200, mariaDB: 100}, "term": {sqlite: 100, mariaDB: 100}, "database": {mariaDB: 20},
		"dropped": {sqlite: 5000, mariaDB: 5000}, "power-ext4": {sqlite: 100}, "power-xfs": {sqlite: 50},
		"galera": {mariaDB: 3},
	}
	for _, e := range catalog() {
		for engine, number := range full[e.name] {
			if e.times[engine].full != number {
				t.Errorf("%s on %s: %d times, SECURITY says %d", e.name, engine, e.times[engine].full, number)
			}
		}
		for _, engine := range e.engines {
			if n := e.times[engine]; e.controls == nil && (n.short < 10 || n.full < n.short) &&
				(e.name != "full" || engine != mariaDB) && e.name != "galera" {
				t.Errorf("%s on %s: %d times in the short run, %d in the full one", e.name, engine, n.short, n.full)
			}
		}
	}
}

// The real binary, killed and lied about: the run ends with 0 and leaves
// nothing behind.
func TestShortestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program and kills it")
	}
	folder := t.TempDir()
	var out, problems bytes.Buffer
	code := run(t.Context(), strings.Fields("-engine sqlite -only kill,parallel -count 2 -connections 8 -folder "+folder), &out, &problems)
	if code != 0 || problems.Len() > 0 {
		t.Fatalf("exit %d: %s\n%s", code, &problems, &out)
	}
	for _, line := range []string{"kill, sqlite: 2 ×", "parallel, sqlite: 2 ×, 2 attempted, 2 acknowledged, 2 stored, 0 lost, 0 doubled, 0 foreign"} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("no %q in\n%s", line, &out)
		}
	}
	left, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}
