package model_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"meihao/model"
	"meihao/model/modeltest"
	"meihao/survey"
)

// refuses wants a restore that fails, with a message, and leaves the empty
// database of each engine as it was.
func refuses(t *testing.T, w *modeltest.World, engines []modeltest.Engine, file, key string, o model.RestoreOptions, change func(*model.Settings)) []survey.Finding {
	t.Helper()
	var findings []survey.Finding
	for _, e := range engines {
		d := e.Database(t)
		settings := d.Settings(w.Clock)
		settings.Data = filepath.Join(d.Dir, "data")
		if change != nil {
			change(&settings)
		}
		o.Actor = operator()
		r, err := model.Restore(t.Context(), settings, file, o)
		findings = r.Findings
		if key != "" {
			wantKey(t, err, key)
		} else if err == nil {
			t.Errorf("%s: restored", e)
		}
		untouched(t, d, settings.Data)
	}
	return findings
}

// untouched wants a database without tables, and no file in the data directory.
func untouched(t *testing.T, d modeltest.Database, data string) {
	t.Helper()
	if left := names(t, data); len(left) > 0 {
		t.Errorf("left in the data directory: %v", left)
	}
	if d.DSN == "" {
		return
	}
	if left := texts(t, d.SQL(t), "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"); len(left) > 0 {
		t.Errorf("left in the database: %v", left)
	}
}

// A backup that was cut short is refused wherever the cut is, and says so.
func TestRestoreRefusesTruncated(t *testing.T) {
	w := modeltest.New(t)
	busy(w)
	file, _ := backup(t, w)
	whole, err := os.ReadFile(file)
	w.Must(err)
	lengths := []int{1, 5, 15, 16, 60, 99, 100, 101, 4095, 4096, 4097, len(whole) / 2, len(whole) - 4096, len(whole) - 1}
	for n := len(whole) - 200; n < len(whole); n++ {
		lengths = append(lengths, n)
	}
	for range 100 {
		lengths = append(lengths, 1+rand.IntN(len(whole)-1))
	}
	for _, n := range lengths {
		cut := filepath.Join(t.TempDir(), "cut.db")
		w.Must(os.WriteFile(cut, whole[:n], 0o600))
		refuses(t, w, []modeltest.Engine{modeltest.SQLite}, cut, "error.backup.truncated", model.RestoreOptions{}, nil)
		if t.Failed() {
			t.Fatalf("cut to %d of %d bytes", n, len(whole))
		}
	}
	cut := filepath.Join(t.TempDir(), "cut.db")
	w.Must(os.WriteFile(cut, whole[:len(whole)-7], 0o600))
	_, err = model.Restore(t.Context(), settings(t.TempDir()), cut, model.RestoreOptions{})
	if e := wantKey(t, err, "error.backup.truncated"); fmt.Sprint(e.Args["Have"], e.Args["Want"]) != fmt.Sprint(len(whole)-7, len(whole)) {
		t.Errorf("it says %v", e.Args)
	}
	refuses(t, w, modeltest.Engines(), cut, "error.backup.truncated", model.RestoreOptions{}, nil)
}

// One changed bit anywhere is found, and so is what was added behind.
func TestRestoreRefusesDamaged(t *testing.T) {
	w := modeltest.New(t)
	busy(w)
	file, _ := backup(t, w)
	whole, err := os.ReadFile(file)
	w.Must(err)
	places := []int{len(whole) - 1, len(whole) - 70, len(whole) - 90}
	for i := range 100 {
		places = append(places, i)
	}
	for range 300 {
		places = append(places, rand.IntN(len(whole)))
	}
	damaged := filepath.Join(t.TempDir(), "damaged.db")
	for _, at := range places {
		changed := append([]byte(nil), whole...)
		changed[at] ^= 1 << rand.IntN(8)
		w.Must(os.WriteFile(damaged, changed, 0o600))
		refuses(t, w, []modeltest.Engine{modeltest.SQLite}, damaged, "", model.RestoreOptions{}, nil)
		if _, err := model.Restore(t.Context(), settings(t.TempDir()), damaged, model.RestoreOptions{}); !strings.HasPrefix(survey.KeyOf(err), "error.backup.") {
			t.Errorf("the byte %d: %v", at, err)
		}
	}
	w.Must(os.WriteFile(damaged, append(whole, 'x'), 0o600))
	refuses(t, w, modeltest.Engines(), damaged, "error.backup.damaged", model.RestoreOptions{}, nil)
}

// What is no backup is named for what it is.
func TestRestoreRefusesOthers(t *testing.T) {
	w := modeltest.New(t)
	w.Must(w.Store.Close())
	folder := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(folder, name)
		w.Must(os.WriteFile(path, []byte(content), 0o600))
		return path
	}
	for _, c := range []struct{ file, key string }{
		{write("empty", ""), "error.backup.empty"},
		{write("text", "小区,楼号\n"), "error.backup.foreign"},
		{write("long text", strings.Repeat("SQLite format 3 is not what this is\n", 1000)), "error.backup.foreign"},
		{filepath.Join(w.Dir, "meihao.db"), "error.backup.other"},
	} {
		refuses(t, w, modeltest.Engines(), c.file, c.key, model.RestoreOptions{}, nil)
	}
	if _, err := model.Restore(t.Context(), settings(t.TempDir()), filepath.Join(folder, "none"), model.RestoreOptions{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, err := model.Restore(t.Context(), settings(t.TempDir()), folder, model.RestoreOptions{}); err == nil {
		t.Error("a folder")
	}
}

// A restore writes over nothing.
func TestRestoreRefusesADatabase(t *testing.T) {
	eachPair(t, func(t *testing.T, w *modeltest.World, to modeltest.Engine) {
		file, _ := backup(t, w)
		other := modeltest.NewOn(t, to)
		other.Saved(other.Answer(1))
		before := dump(t, other.SQL(), "responses")
		_, err := model.Restore(t.Context(), other.Settings(w.Clock), file, model.RestoreOptions{Actor: operator()})
		wantKey(t, err, "error.backup.occupied")
		if after := dump(t, other.SQL(), "responses"); len(after) != 1 || after[0] != before[0] {
			t.Errorf("the database there was changed: %v", after)
		}
		other.Clean()
	})
	t.Run("somebody else's tables", func(t *testing.T) {
		w := modeltest.New(t)
		file, _ := backup(t, w)
		d := modeltest.MariaDB.Database(t)
		db := d.SQL(t)
		exec(t, db, "CREATE TABLE events (what TEXT)") // empty, and yet not ours to drop
		exec(t, db, "CREATE TABLE elsewhere (what TEXT)")
		_, err := model.Restore(t.Context(), d.Settings(w.Clock), file, model.RestoreOptions{Actor: operator()})
		wantKey(t, err, "error.backup.occupied")
		exec(t, db, "DROP TABLE events")
		if _, err := model.Restore(t.Context(), d.Settings(w.Clock), file, model.RestoreOptions{Actor: operator()}); err != nil {
			t.Errorf("beside a table of another name: %v", err)
		}
		if n := number(t, db, "SELECT COUNT(*) FROM elsewhere"); n != 0 {
			t.Errorf("%d rows elsewhere", n)
		}
	})
}

// With another master key nothing is written, whether a campaign is open or
// all are sealed.
func TestRestoreWantsTheMasterKey(t *testing.T) {
	w := modeltest.New(t)
	busy(w)
	open, _ := backup(t, w)
	w.SealCampaign()
	sealed, _ := backup(t, w)
	for _, file := range []string{open, sealed} {
		for _, e := range modeltest.Engines() {
			d := e.Database(t)
			settings := d.Settings(w.Clock)
			settings.Data = filepath.Join(d.Dir, "data")
			settings.MasterKey = [32]byte{9}
			_, err := model.Restore(t.Context(), settings, file, model.RestoreOptions{Actor: operator()})
			if err == nil || !strings.Contains(err.Error(), "not the one this database was made with") {
				t.Errorf("with another master key: %v", err)
			}
			untouched(t, d, settings.Data)
		}
	}
}

// An older backup is known by the head of a newer one, or of the database,
// even where residents alone were active in between.
func TestRestoreFindsARollback(t *testing.T) {
	w := modeltest.New(t)
	w.Saved(w.Answer(1))
	older, first := backup(t, w)
	w.Saved(w.Answer(2))
	newer, second := backup(t, w)
	refuses(t, w, modeltest.Engines(), older, "error.backup.behind", model.RestoreOptions{Expected: second.Head}, nil)
	restore(t, w, modeltest.SQLite, newer, model.RestoreOptions{Expected: second.Head})
	restore(t, w, modeltest.SQLite, newer, model.RestoreOptions{Expected: first.Head})
	refuses(t, w, []modeltest.Engine{modeltest.SQLite}, newer, "error.backup.behind", model.RestoreOptions{Expected: model.Head{Number: second.Head.Number, Hash: first.Head.Hash}}, nil)

	// Who restores the older one all the same is found by the next verify.
	d, _ := restore(t, w, modeltest.SQLite, older, model.RestoreOptions{})
	s := d.Open(t, w.Clock)
	clean(t, s)
	w.Must(s.CheckHead(t.Context(), first.Head))
	wantKey(t, s.CheckHead(t.Context(), second.Head), "error.backup.behind")
	w.Must(w.Store.CheckHead(t.Context(), second.Head))
}

// altered is a backup that somebody changed, and gave the checksum of what it
// now is: the 64 digits of SHA-256 over all pages, at the end of the last line.
func altered(t *testing.T, file string, statements ...string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pages := int64(binary.BigEndian.Uint16(content[16:])) * int64(binary.BigEndian.Uint32(content[28:]))
	seal := content[pages:]
	path := filepath.Join(t.TempDir(), "altered.db")
	if err := os.WriteFile(path, content[:pages], 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		exec(t, db, s)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if content, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	seal = append(seal[:len(seal)-65:len(seal)-65], fmt.Sprintf("%x\n", sha256.Sum256(content))...)
	if err := os.WriteFile(path, append(content, seal...), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Whoever changes a backup, and its checksum with it, is found.
func TestRestoreRefusesAltered(t *testing.T) {
	w := modeltest.New(t)
	busy(w)
	file, m := backup(t, w)
	manifest := func(path, value string) string {
		return "UPDATE backup SET manifest = json_set(manifest, '" + path + "', " + value + ")"
	}
	restore(t, w, modeltest.SQLite, altered(t, file), model.RestoreOptions{})
	for _, c := range []struct {
		name, key  string
		statements []string
	}{
		{"a newer schema", "error.backup.newer", []string{manifest("$.schema", "99999")}},
		{"another format", "error.backup.format", []string{manifest("$.format", "2")}},
		{"no manifest", "", []string{"DROP TABLE backup"}},
		{"a manifest that is none", "", []string{"UPDATE backup SET manifest = '{'"}},
		{"a schema that is not the tables'", "error.backup.columns", []string{manifest("$.schema", "28"), "ALTER TABLE campaigns ADD COLUMN more INTEGER"}},
		{"a response is gone", "error.backup.counts", []string{"DELETE FROM responses WHERE id = (SELECT MIN(id) FROM responses)"}},
		{"a claim too many", "error.backup.counts", []string{"INSERT INTO claims SELECT campaign, project, ZEROBLOB(16), base, 0 FROM claims LIMIT 1"}},
		{"a table is gone", "error.backup.columns", []string{"DROP TABLE comments"}},
		{"a column is gone", "error.backup.columns", []string{"ALTER TABLE comments DROP COLUMN text"}},
		{"a view in the place of a table", "error.backup.columns", []string{"ALTER TABLE comments RENAME TO hidden", "CREATE VIEW comments AS SELECT * FROM hidden"}},
		{"rows of nobody", "error.backup.orphans", []string{"UPDATE posters SET building = 7 WHERE code = (SELECT MIN(code) FROM posters)"}},
		{"the last event is gone", "error.backup.counts", []string{"DROP TRIGGER events_never_go", "DELETE FROM events WHERE number = (SELECT MAX(number) FROM events)"}},
		{"the last event is gone and the manifest knows", "error.backup.head", []string{"DROP TRIGGER events_never_go", "DELETE FROM events WHERE number = (SELECT MAX(number) FROM events)", manifest("$.tables.events", fmt.Sprint(m.Tables["events"]-1))}},
		{"an event is changed", "error.backup.findings", []string{"DROP TRIGGER events_never_change", "UPDATE events SET reason = 'x' WHERE number = 3"}},
		{"an answer is changed", "error.backup.findings", []string{"UPDATE responses SET answers = 'BA' || SUBSTR(answers, 3) WHERE id = (SELECT id FROM responses WHERE answers LIKE 'AA%' LIMIT 1)"}},
		{"a claim is another slot's", "error.backup.findings", []string{"UPDATE claims SET base = 9 WHERE base = 5"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			findings := refuses(t, w, modeltest.Engines(), altered(t, file, c.statements...), c.key, model.RestoreOptions{}, nil)
			if (c.key == "error.backup.findings") != (len(findings) > 0) {
				t.Errorf("findings: %s", listed(findings))
			}
		})
	}
}

// What lies beside the tables of a backup is not taken over: no trigger of
// somebody else's ever runs.
func TestRestoreTakesRowsOnly(t *testing.T) {
	w := modeltest.New(t)
	busy(w)
	file, _ := backup(t, w)
	evil := altered(t, file, "CREATE TRIGGER evil AFTER INSERT ON responses BEGIN UPDATE responses SET answers = ''; END",
		"CREATE TABLE more (what TEXT)", "CREATE VIEW look AS SELECT * FROM responses")
	w.Must(os.WriteFile(evil+"-journal", []byte("a journal that somebody laid beside it"), 0o600))
	d, _ := restore(t, w, modeltest.SQLite, evil, model.RestoreOptions{})
	if left := texts(t, d.SQL(t), "SELECT name FROM sqlite_schema WHERE name IN ('evil', 'more', 'look', 'backup')"); len(left) > 0 {
		t.Errorf("taken over: %v", left)
	}
	if n := number(t, d.SQL(t), "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'trigger'"); n != 2 {
		t.Errorf("%d triggers, want the two of the audit chain", n)
	}
}

// Findings are accepted only by choice; then the chain says so.
func TestRestoreWithFindings(t *testing.T) {
	w := modeltest.New(t)
	busy(w)
	file, _ := backup(t, w)
	file = altered(t, file, "UPDATE claims SET base = 9 WHERE base = 5")
	for _, e := range modeltest.Engines() {
		d := e.Database(t)
		r, err := model.Restore(t.Context(), d.Settings(w.Clock), file, model.RestoreOptions{Actor: operator(), Accept: true})
		if err != nil || len(r.Findings) == 0 {
			t.Fatalf("%v%s", err, listed(r.Findings))
		}
		events, err := d.Open(t, w.Clock).Events(t.Context(), 0, 1)
		if want := fmt.Sprintf(`"findings":%d`, len(r.Findings)); err != nil || !strings.Contains(events[0].Detail, want) {
			t.Errorf("the event says %+v, %v; want %s", events, err, want)
		}
	}
}

// Whatever interrupts a restore, no server starts on half a database, and the
// next restore succeeds.
func TestInterruptedRestore(t *testing.T) {
	w := modeltest.New(t)
	busy(w)
	file, _ := backup(t, w)
	for _, e := range modeltest.Engines() {
		d := e.Database(t)
		for _, at := range []string{"districts", "claims", "responses", "sealed_projects"} {
			ctx, cancel := context.WithCancel(t.Context())
			_, err := model.Restore(ctx, d.Settings(w.Clock), file, model.RestoreOptions{Actor: operator(), Progress: func(table string, _ int64) {
				if table == at {
					cancel()
				}
			}})
			if err == nil {
				t.Errorf("%s: interrupted at %s it went on", e, at)
			}
			untouched(t, d, d.Dir)
		}
		if _, err := model.Restore(t.Context(), d.Settings(w.Clock), file, model.RestoreOptions{Actor: operator()}); err != nil {
			t.Errorf("%s: after interruptions: %v", e, err)
		}
	}
}

// While rows are being copied, and for ever after a restore was killed, the
// mark stops every server and every backup, and the next restore begins anew.
func TestKilledRestore(t *testing.T) {
	w := modeltest.New(t)
	busy(w)
	file, m := backup(t, w)
	d := modeltest.MariaDB.Database(t)
	db := d.SQL(t)
	half := ""
	_, err := model.Restore(t.Context(), d.Settings(w.Clock), file, model.RestoreOptions{Actor: operator(), Progress: func(table string, rows int64) {
		if table == "responses" && rows > 0 {
			half = texts(t, db, "SELECT CAST(MAX(version_id) AS CHAR) FROM goose_db_version")[0]
		}
	}})
	w.Must(err)
	if half == "" || half == fmt.Sprint(m.Schema) {
		t.Fatalf("while rows are copied the schema says %q", half)
	}
	exec(t, db, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (?, 1)", half) // as the killed one leaves it
	exec(t, db, "DROP TABLE responses")
	_, err = model.Open(t.Context(), d.Settings(w.Clock))
	wantKey(t, err, "error.backup.restoring")
	_, err = model.Backup(t.Context(), d.Settings(w.Clock), filepath.Join(t.TempDir(), "b.db"), model.BackupOptions{})
	wantKey(t, err, "error.backup.restoring")
	_, err = model.Restore(t.Context(), d.Settings(w.Clock), file, model.RestoreOptions{Actor: operator()})
	w.Must(err)
	clean(t, d.Open(t, w.Clock))
}

// A second restore beside one that is running touches nothing of it.
func TestRestoreTwiceAtOnce(t *testing.T) {
	w := modeltest.New(t)
	file, _ := backup(t, w)
	d := modeltest.SQLite.Database(t)
	tried := false
	_, err := model.Restore(t.Context(), d.Settings(w.Clock), file, model.RestoreOptions{Actor: operator(), Progress: func(table string, _ int64) {
		if table == "responses" && !tried {
			tried = true
			_, err := model.Restore(t.Context(), d.Settings(w.Clock), file, model.RestoreOptions{Actor: operator()})
			wantKey(t, err, "error.backup.leftover")
		}
	}})
	if err != nil || !tried {
		t.Fatalf("%v, tried %t", err, tried)
	}
	clean(t, d.Open(t, w.Clock))
	if left := names(t, d.Dir); strings.Contains(strings.Join(left, " "), "restore.new") {
		t.Errorf("left: %v", left)
	}
}

func TestParseHead(t *testing.T) {
	w := modeltest.New(t)
	head, err := w.Store.Head(t.Context())
	w.Must(err)
	if again, err := model.ParseHead(" " + head.String() + "\n"); err != nil || again != head || head.Number < 1 {
		t.Errorf("%v was read as %v, %v", head, again, err)
	}
	for _, text := range []string{"", "12", "12:", ":" + head.Hash, "0:" + head.Hash, "x:" + head.Hash, "12:" + head.Hash[1:], "12:" + strings.ToUpper(head.Hash), "12:" + head.Hash + "0"} {
		if _, err := model.ParseHead(text); err == nil {
			t.Errorf("%q is no head", text)
		}
	}
}
