package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A lost key is not replaced: with another one no poster of a running
// campaign would open again.
func TestLostMasterKeyStopsTheStart(t *testing.T) {
	s, demo := serveDemo(t)
	s.stop()
	key := filepath.Join(s.Data, "master.key")
	kept := filepath.Join(t.TempDir(), "kept.key")
	if err := os.Rename(key, kept); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"serve", "--listen", "127.0.0.1:0"}, {"serve", "--demo", "--listen", "127.0.0.1:0"}, {"verify"}, {"account", "passwd", "admin"}, {"token", "list"}} {
		refused(t, key, append(args, "--data", s.Data)...)
	}
	if exists(key) {
		t.Fatal("a new key was made")
	}

	const other = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
	t.Setenv("MEIHAO_MASTER_KEY", other)
	refused(t, "not the one this database was made with", "serve", "--listen", "127.0.0.1:0", "--data", s.Data)
	t.Setenv("MEIHAO_MASTER_KEY", "")

	t.Setenv("MEIHAO_MASTER_KEY_FILE", kept)
	again := serve(t, s.Data)
	again.accepted(t, demo.Poster, answerOf(ownerHere, demo.roomOf(0), "5"))
}

// refused wants exit 1 and one line that says so.
func refused(t *testing.T, says string, args ...string) {
	t.Helper()
	code, stdout, stderr := command(t, "", args...)
	if code != exitFailure || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, says) {
		t.Errorf("meihao %q: exit %d, %q, %q; want exit 1 and one line that says %q", args, code, stdout, stderr, says)
	}
}

// What only looks makes no database: in a mistyped directory all would seem
// well.
func TestLookingMakesNoDatabase(t *testing.T) {
	for _, args := range [][]string{
		{"verify"}, {"account", "passwd", "admin"},
		{"token", "add", "--account", "admin", "--name", "x"}, {"token", "list"}, {"token", "revoke", "3ZK0M7Q2D"},
	} {
		empty, missing := t.TempDir(), filepath.Join(t.TempDir(), "dta")
		for _, data := range []string{empty, missing} {
			refused(t, "no database in "+whereOf(t, data), append(args, "--data", data)...)
		}
		if left, err := os.ReadDir(empty); err != nil || len(left) > 0 || exists(missing) {
			t.Errorf("%v left something in a directory without a database: %v, %v", args, left, err)
		}
	}
}

// A register and accounts may be there before the first start.
func TestImportBeforeTheFirstStart(t *testing.T) {
	data, path := filepath.Join(t.TempDir(), "new"), file(t, "r.csv", register)
	if code, out, said := command(t, "", "import", "projects", path, "--data", data); code != exitOK || !strings.Contains(out, "added") || exists(data) {
		t.Errorf("looking at a plan: exit %d, %s%s, directory made: %t", code, out, said, exists(data))
	}
	for _, args := range [][]string{
		{"import", "projects", path, "--apply"}, {"account", "add", "li", "--role", "city"}, {"verify"},
	} {
		if code, out, said := command(t, "", append(args, "--data", data)...); code != exitOK {
			t.Errorf("%v: exit %d, %s%s", args, code, out, said)
		}
	}
}
