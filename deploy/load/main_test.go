package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
)

// A short run measures and prints everything, loses no answer and leaves
// nothing behind.
func TestBench(t *testing.T) {
	folder := t.TempDir()
	var out, problems bytes.Buffer
	code := run(t.Context(), strings.Fields("bench -rounds 1 -time 200ms -connections 8 -projects 5 -folder "+folder), &out, &problems)
	if code != 0 || problems.Len() > 0 {
		t.Fatalf("exit %d: %s", code, &problems)
	}
	for _, line := range []string{
		"page: bare gin", "page: Meihao", "JSON: bare gin", "JSON: Meihao, spread", "JSON: Meihao, one project",
		"form: bare gin", "form: Meihao, spread", "form: Meihao, one project",
		"store: one transaction each", "store: group commit",
		"over HTTP, every fourth with a comment: ", "store, without comments: ", "storage without comments: ", "memory of clients",
	} {
		if !strings.Contains(out.String(), "\n"+line) {
			t.Errorf("no line %q in\n%s", line, &out)
		}
	}
	if strings.Contains(out.String(), "failed") || strings.Count(out.String(), "verify: 0 findings") != 2 {
		t.Errorf("something failed:\n%s", &out)
	}
	left, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestWrongUse(t *testing.T) {
	for _, args := range []string{"", "serve", "bench -rounds 0", "bench -time -1s", "bench -nothing"} {
		var out, problems bytes.Buffer
		if code := run(t.Context(), strings.Fields(args), &out, &problems); code != 2 || problems.Len() == 0 || out.Len() > 0 {
			t.Errorf("%q: exit %d, %q, %q", args, code, &out, &problems)
		}
	}
}
