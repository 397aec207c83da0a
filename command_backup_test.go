package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"meihao/model/modeltest"
)

// headLine is where commands print the head of the audit chain.
var headLine = regexp.MustCompile(`\b\d+:[0-9a-f]{64}\b`)

// backedUp makes a backup and returns its file and its head.
func backedUp(t *testing.T, data string) (file, head string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "backup.db")
	said := must(t, "backup", file, "--data", data)
	if head = headLine.FindString(said); head == "" {
		t.Fatalf("backup prints no head:\n%s", said)
	}
	return file, head
}

// A backup of a running server restores elsewhere, on either engine: it
// verifies, and the server goes on from there.
func TestBackupOfARunningServer(t *testing.T) {
	s, demo := serveDemo(t)
	receipt := s.accepted(t, demo.Poster, answerOf(ownerHere, demo.roomOf(0), "5"))
	file := filepath.Join(t.TempDir(), "backup.db")
	said := must(t, "backup", file, "--data", s.Data)
	for _, says := range []string{file, "taken at", "+08:00, from " + engineName() + ", schema ", "program " + version, "responses   ", "head        ", "--expect-head", "master key"} {
		if !strings.Contains(said, says) {
			t.Errorf("backup does not say %q:\n%s", says, said)
		}
	}
	head := headLine.FindString(said)
	s.accepted(t, demo.Poster, answerOf(ownerHere, demo.roomOf(1), "5"))

	t.Setenv("MEIHAO_MASTER_KEY_FILE", filepath.Join(s.Data, "master.key"))
	elsewhere := filepath.Join(t.TempDir(), "new", "data")
	said = must(t, "restore", file, "--data", elsewhere, "--expect-head", head)
	for _, says := range []string{"taken at", head, "Restored and verified", "sign in again"} {
		if !strings.Contains(said, says) {
			t.Errorf("restore does not say %q:\n%s", says, said)
		}
	}
	if _, said := verify(t, elsewhere, "--expect-head", head); !strings.Contains(said, "The audit chain ends at ") || strings.Contains(said, head) {
		t.Errorf("verify after a restore, which is an event:\n%s", said)
	}
	again := serve(t, elsewhere)
	if r, err := again.send("GET", "/r/"+receipt, "", nil); err != nil || r.Status != 200 {
		t.Errorf("the receipt: %d, %v", r.Status, err)
	}
	again.accepted(t, demo.Poster, answerOf(ownerHere, demo.roomOf(1), "5"))
	again.stop()
	verifiesClean(t, elsewhere)

	d := modeltest.MariaDB.Database(t)
	t.Setenv("MEIHAO_DATABASE_DSN", d.DSN)
	must(t, "restore", file, "--data", t.TempDir())
	refusedRestore(t, "holds a database already", file, "--data", t.TempDir())
	verifiesClean(t, t.TempDir())
	third := filepath.Join(t.TempDir(), "third.db")
	if said := must(t, "backup", third, "--data", t.TempDir()); !strings.Contains(said, "from MariaDB/MySQL") {
		t.Errorf("the backup of MariaDB says:\n%s", said)
	}
	t.Setenv("MEIHAO_DATABASE_DSN", "")
	last := t.TempDir()
	must(t, "restore", third, "--data", last, "--expect-head", head)
	verifiesClean(t, last)
}

// refusedRestore wants exit 1, one line on stderr that says so, and no
// database.
func refusedRestore(t *testing.T, says, file string, args ...string) {
	t.Helper()
	code, _, stderr := command(t, "", append([]string{"restore", file}, args...)...)
	if code != exitFailure || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, says) {
		t.Errorf("exit %d, %q; want exit 1 and one line that says %q", code, stderr, says)
	}
}

// An older backup is refused where the newer head is known; a database that
// was made of it all the same is found by verify.
func TestRollbackIsFound(t *testing.T) {
	data := started(t)
	older, first := backedUp(t, data)
	_, second := backedUp(t, data)
	if first == second {
		t.Fatal("two backups have one head")
	}
	t.Setenv("MEIHAO_MASTER_KEY_FILE", filepath.Join(data, "master.key"))
	to := t.TempDir()
	refusedRestore(t, "does not contain the expected head "+second, older, "--data", to, "--expect-head", second)
	if exists(filepath.Join(to, database)) {
		t.Fatal("it was restored")
	}
	must(t, "restore", older, "--data", to, "--expect-head", first)
	if code, said := verify(t, to, "--expect-head", second); code != exitFailure || !strings.Contains(said, "does not contain the expected head") {
		t.Errorf("verify of a rolled back database: exit %d\n%s", code, said)
	}
	if code, said := verify(t, data, "--expect-head", second); code != exitOK || !strings.Contains(said, second) {
		t.Errorf("verify of the newer database: exit %d\n%s", code, said)
	}
}

func TestRestoreRefuses(t *testing.T) {
	data := started(t)
	backup, _ := backedUp(t, data)
	whole, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(data, "master.key")
	empty := t.TempDir()
	refusedRestore(t, filepath.Join(empty, "master.key")+" is missing", backup, "--data", empty)
	if left, err := os.ReadDir(empty); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
	t.Setenv("MEIHAO_MASTER_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
	refusedRestore(t, "not the one this database was made with", backup, "--data", empty)
	t.Setenv("MEIHAO_MASTER_KEY", "")
	t.Setenv("MEIHAO_MASTER_KEY_FILE", key)
	refusedRestore(t, whereOf(t, data)+" holds a database already", backup, "--data", data)
	refusedRestore(t, "is truncated: it has 10000 of ", file(t, "cut.db", string(whole[:10000])), "--data", empty)
	changed := []byte(string(whole))
	changed[20000] ^= 1
	refusedRestore(t, "is damaged", file(t, "damaged.db", string(changed)), "--data", empty)
	refusedRestore(t, "is empty", file(t, "empty.db", ""), "--data", empty)
	refusedRestore(t, "no SQLite file", file(t, "register.csv", "小区,楼号\n"), "--data", empty)
	if !onMariaDB() {
		refusedRestore(t, "not one that `meihao backup` made", filepath.Join(data, database), "--data", empty)
	}
	if left, err := os.ReadDir(empty); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
	wrongUse(t, "none.db", "restore", filepath.Join(empty, "none.db"), "--data", empty)
	wrongUse(t, "<file>", "restore", "--data", empty)
	wrongUse(t, "a head is", "restore", backup, "--data", empty, "--expect-head", "nonsense")
	wrongUse(t, "a head is", "verify", "--data", data, "--expect-head", "12:ab")
}

func TestBackupRefuses(t *testing.T) {
	data := started(t)
	there := file(t, "there.db", "precious")
	refused(t, there+" is there already", "backup", there, "--data", data)
	if text, err := os.ReadFile(there); err != nil || string(text) != "precious" {
		t.Errorf("the file there: %q, %v", text, err)
	}
	missing := filepath.Join(t.TempDir(), "dta")
	refused(t, "No database in "+whereOf(t, missing), "backup", filepath.Join(t.TempDir(), "b.db"), "--data", missing)
	if exists(missing) {
		t.Error("asking made a directory")
	}
	refused(t, "no such file or directory", "backup", filepath.Join(missing, "b.db"), "--data", data)
	wrongUse(t, "<file>", "backup", "--data", data)
	t.Setenv("LC_ALL", "zh_CN.UTF-8")
	refused(t, "已存在", "backup", there, "--data", data)
}

// Findings stop a restore and are listed; by choice it goes on and says so.
func TestRestoreWithFindings(t *testing.T) {
	s, _ := serveDemo(t)
	s.stop()
	tamper(t, s.Data, "DELETE FROM claims WHERE claim IN (SELECT claim FROM (SELECT MIN(claim) AS claim FROM claims) AS one)")
	backup, _ := backedUp(t, s.Data)
	t.Setenv("MEIHAO_MASTER_KEY_FILE", filepath.Join(s.Data, "master.key"))
	to := t.TempDir()
	code, stdout, stderr := command(t, "", "restore", backup, "--data", to)
	if code != exitFailure || !strings.Contains(stdout, "claims in slot") || !strings.Contains(stderr, "nothing was restored") {
		t.Errorf("exit %d\n%s%s", code, stdout, stderr)
	}
	if left, err := os.ReadDir(to); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
	if said := must(t, "restore", backup, "--data", to, "--accept-findings"); !strings.Contains(said, "claims in slot") || !strings.Contains(said, "as you asked") {
		t.Errorf("it says:\n%s", said)
	}
}
