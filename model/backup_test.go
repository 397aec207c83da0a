package model_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meihao/model"
	"meihao/model/modeltest"
	"meihao/survey"
)

// operator is who backs up and restores in these tests.
func operator() survey.Actor {
	return survey.Actor{Username: "operator", Role: survey.Administrator, Scope: survey.CityScope()}
}

// backup makes a backup of the world's database.
func backup(t *testing.T, w *modeltest.World) (string, model.Manifest) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "backup.db")
	m, err := model.Backup(t.Context(), w.Settings(w.Clock), file, model.BackupOptions{Actor: operator(), Program: "test"})
	if err != nil {
		t.Fatal(err)
	}
	if m.Unrecorded != nil {
		t.Errorf("the backup is in no audit chain: %v", m.Unrecorded)
	}
	return file, m
}

// restore restores into an empty database of an engine, which must go well.
func restore(t *testing.T, w *modeltest.World, e modeltest.Engine, file string, o model.RestoreOptions) (modeltest.Database, model.Manifest) {
	t.Helper()
	d := e.Database(t)
	o.Actor = operator()
	r, err := model.Restore(t.Context(), d.Settings(w.Clock), file, o)
	if err != nil || len(r.Findings) > 0 {
		t.Fatalf("restore: %v%s", err, listed(r.Findings))
	}
	return d, r.Manifest
}

// eachPair runs a test for every engine that is backed up and every one that
// is restored to.
func eachPair(t *testing.T, f func(t *testing.T, w *modeltest.World, to modeltest.Engine)) {
	for _, from := range modeltest.Engines() {
		for _, to := range modeltest.Engines() {
			t.Run(fmt.Sprintf("%s to %s", from, to), func(t *testing.T) { f(t, modeltest.NewOn(t, from), to) })
		}
	}
}

// busy gives a world some of everything.
func busy(w *modeltest.World) (receipts []string) {
	for i := range 25 {
		receipts = append(receipts, w.Saved(w.Answer(i).Bases([]survey.Bases{1, 2, 3}[i%3]).Rate(1+i%5).Comment(strings.Repeat("楼道🏢", i))))
	}
	receipts = append(receipts, w.Saved(w.Answer(31).Open("a-device")))
	w.Save(w.Answer(0).Owner().Key("a-second-owner-of-0"))
	overfull(w, 3)
	held := heldOf(w)
	_, err := w.Store.Propose(w.Ctx(), w.District, w.Campaign.ID, w.Neighbour.ID, ids(held[:2]), true, modeltest.Reason)
	w.Must(err)
	w.Must(w.Store.Sessions().CommitCtx(w.Ctx(), "hash-of-a-session-token", []byte("what a session remembers"), w.Clock.Now().Add(time.Hour)))
	_, err = w.Store.AddUpload(w.Ctx(), w.District, "register.csv", []byte("what somebody uploaded"))
	w.Must(err)
	_, err = w.Store.AddToken(w.Ctx(), w.Admin, survey.Token{Account: w.City.Account, Name: "systems", Role: survey.CityRole, Scope: survey.CityScope()}, [32]byte{0, 7, 0xff})
	w.Must(err)
	w.Must(w.Store.ChangePosterWords(w.Ctx(), w.District, w.Campaign.ID, to(survey.PosterWords{ZH: survey.PosterText{Title: "请为物业打分"}})))
	w.Must(w.Store.ChangeEmblem(w.Ctx(), w.District, w.Campaign.ID, []byte("\x89PNG\x00\xff an emblem")))
	return receipts
}

// dump is every row of a table as text, in the order of all columns.
func dump(t testing.TB, db *sql.DB, table string) []string {
	t.Helper()
	rows, err := db.Query("SELECT * FROM " + table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		named := make([]string, len(columns))
		for i, v := range values {
			switch v := v.(type) {
			case nil:
				named[i] = columns[i] + " is NULL"
			case []byte:
				named[i] = fmt.Sprintf("%s=%q", columns[i], v)
			default:
				named[i] = fmt.Sprintf("%s=%q", columns[i], fmt.Sprint(v))
			}
		}
		slices.Sort(named)
		all = append(all, strings.Join(named, " "))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

// What is restored is what was backed up, row by row, on whatever engine:
// it verifies, and receipts, tokens and the audit chain go on.
func TestBackupAndRestore(t *testing.T) {
	eachPair(t, func(t *testing.T, w *modeltest.World, to modeltest.Engine) {
		receipts := busy(w)
		file, m := backup(t, w)
		d, read := restore(t, w, to, file, model.RestoreOptions{})
		if diff := cmp.Diff(m, read); diff != "" {
			t.Errorf("the manifest (-made +read):\n%s", diff)
		}
		was, is := w.SQL(), d.SQL(t)
		for table, rows := range m.Tables {
			before, after := dump(t, was, table), dump(t, is, table)
			if int64(len(before)) != rows {
				t.Errorf("%s has %d rows, the manifest says %d", table, len(before), rows)
			}
			if table == "events" {
				after = slices.DeleteFunc(after, func(row string) bool { return strings.Contains(row, "database.restored") })
			}
			if diff := cmp.Diff(before, after); diff != "" {
				t.Errorf("%s (-was +restored):\n%s", table, diff)
			}
		}
		for _, table := range []string{"sessions", "uploads", "upload_parts"} {
			if n := number(t, was, "SELECT COUNT(*) FROM "+table); n == 0 {
				t.Errorf("%s is empty and proves nothing", table)
			}
			if n := number(t, is, "SELECT COUNT(*) FROM "+table); n > 0 {
				t.Errorf("%d rows of %s were restored", n, table)
			}
		}
		s := d.Open(t, w.Clock)
		clean(t, s)
		for _, r := range receipts {
			if _, err := s.Receipt(t.Context(), r); err != nil {
				t.Errorf("a receipt is gone: %v", err)
			}
		}
		if _, err := s.TokenActor(t.Context(), [32]byte{0, 7, 0xff}); err != nil {
			t.Errorf("the token is gone: %v", err)
		}
		events, err := s.Events(t.Context(), 0, 2)
		if err != nil || len(events) != 2 || events[0].Action != "database.restored" || events[1].Action != "database.backed_up" {
			t.Fatalf("the chain ends with %+v, %v", events, err)
		}
		if want := `"head":"` + m.Head.String() + `"`; !strings.Contains(events[0].Detail, want) || !strings.Contains(events[0].Detail, "backup.db") {
			t.Errorf("the event of the restore says %s, not %s", events[0].Detail, want)
		}
	})
}

func clean(t testing.TB, s *model.Store) {
	t.Helper()
	findings, err := s.Verify(t.Context(), 0)
	if err != nil || len(findings) > 0 {
		t.Errorf("verify: %v%s", err, listed(findings))
	}
}

// From SQLite to MariaDB and back again nothing changes, and answers that come
// in after a restore are judged as before.
func TestThereAndBack(t *testing.T) {
	w := modeltest.New(t)
	busy(w)
	// More in one statement's rows than a server takes in one packet (16 MiB).
	exec(t, w.SQL(), `WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
		INSERT INTO questionnaires (id, number, version, data) SELECT i, i, 'large', HEX(ZEROBLOB(50000)) FROM n`)
	file, first := backup(t, w)
	there, _ := restore(t, w, modeltest.MariaDB, file, model.RestoreOptions{})
	second := filepath.Join(t.TempDir(), "second.db")
	if _, err := model.Backup(t.Context(), there.Settings(w.Clock), second, model.BackupOptions{Actor: operator()}); err != nil {
		t.Fatal(err)
	}
	back, m := restore(t, w, modeltest.SQLite, second, model.RestoreOptions{Expected: first.Head})
	if m.Engine != "mysql" || first.Engine != "sqlite" {
		t.Errorf("taken from %s, then %s", first.Engine, m.Engine)
	}
	for table := range first.Tables {
		if table == "events" {
			continue
		}
		if diff := cmp.Diff(dump(t, w.SQL(), table), dump(t, back.SQL(t), table)); diff != "" {
			t.Errorf("%s (-was +back):\n%s", table, diff)
		}
	}
	s := back.Open(t, w.Clock)
	saved, err := s.SaveResponses(t.Context(), []survey.Submission{w.Answer(39).Submission(), w.Answer(2).Key("another").Submission()})
	if err != nil || saved[0].Err != nil || survey.KindOf(saved[1].Err) != survey.AlreadyAnswered {
		t.Errorf("saving after a restore: %v, %+v", err, saved)
	}
	clean(t, s)
}

// A backup is of one moment while answers come in: all that was acknowledged
// before is in it, the tallies agree, and nobody waits for it.
func TestBackupUnderLoad(t *testing.T) {
	for _, e := range modeltest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			l := modeltest.NewLargeOn(t, e, 40)
			load := startLoad(t, l)
			type made struct {
				file          string
				manifest      model.Manifest
				before, after []string
			}
			var backups []made
			for range modeltest.Engines() {
				b := made{before: load.wait(300)}
				b.file, b.manifest = backup(t, l.World)
				if b.after = load.acknowledged(); len(b.after) == len(b.before) {
					t.Error("nothing was saved while the backup was made: it proves nothing")
				}
				backups = append(backups, b)
			}
			load.end()
			l.Clean()
			for i, to := range modeltest.Engines() {
				b := backups[i]
				d, _ := restore(t, l.World, to, b.file, model.RestoreOptions{})
				s := d.Open(t, l.Clock)
				clean(t, s)
				if n := b.manifest.Responses(); n < int64(len(b.before)) || n > int64(len(b.after)+loadGroup) {
					t.Errorf("%d responses in the backup, %d were acknowledged before it and %d after", n, len(b.before), len(b.after))
				}
				for _, receipt := range b.before {
					if _, err := s.Receipt(t.Context(), receipt); err != nil {
						t.Fatalf("an answer that was acknowledged before the backup is not in it: %v", err)
					}
				}
			}
		})
	}
}

// load saves answers until it ends and keeps what was acknowledged.
type load struct {
	t      *testing.T
	mu     sync.Mutex
	ledger []string
	stop   chan struct{}
	ended  chan error
}

const loadGroup = 16

func startLoad(t *testing.T, l *modeltest.Large) *load {
	w := &load{t: t, stop: make(chan struct{}), ended: make(chan error, 1)}
	ctx := context.WithoutCancel(t.Context())
	go func() {
		for {
			select {
			case <-w.stop:
				w.ended <- nil
				return
			case <-time.After(2 * time.Millisecond):
			}
			saved, err := l.Store.SaveResponses(ctx, l.Batch(loadGroup, len(l.Posters)))
			if err != nil {
				w.ended <- err
				return
			}
			w.mu.Lock()
			for _, one := range saved {
				if one.Err == nil {
					w.ledger = append(w.ledger, one.Receipt)
				}
			}
			w.mu.Unlock()
		}
	}()
	return w
}

func (w *load) acknowledged() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.ledger)
}

// wait waits for so many more.
func (w *load) wait(more int) []string {
	w.t.Helper()
	begin := len(w.acknowledged())
	for deadline := time.Now().Add(30 * time.Second); len(w.acknowledged()) < begin+more; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			w.t.Fatal("the load is too slow")
		}
	}
	return w.acknowledged()
}

func (w *load) end() {
	w.t.Helper()
	close(w.stop)
	if err := <-w.ended; err != nil {
		w.t.Fatal(err)
	}
}

// A sealed campaign stays sealed and verifies; its key is in no backup.
func TestBackupOfASealedCampaign(t *testing.T) {
	eachPair(t, func(t *testing.T, w *modeltest.World, to modeltest.Engine) {
		busy(w)
		var secret []byte
		if err := w.SQL().QueryRow("SELECT secret FROM campaigns WHERE secret IS NOT NULL").Scan(&secret); err != nil {
			t.Fatal(err)
		}
		w.SealCampaign()
		file, _ := backup(t, w)
		if content, err := os.ReadFile(file); err != nil || bytes.Contains(content, secret) {
			t.Errorf("the backup holds the key that sealing deleted, or: %v", err)
		}
		d, _ := restore(t, w, to, file, model.RestoreOptions{})
		s := d.Open(t, w.Clock)
		clean(t, s)
		c, err := s.Campaign(t.Context(), survey.CityScope(), w.Campaign.ID)
		if err != nil || c.Stage != survey.SealedStage {
			t.Errorf("the campaign is %s, %v", c.Stage, err)
		}
	})
}

// Nothing of sessions and uploads is in the file, nor what was deleted.
func TestBackupHoldsNothingElse(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		busy(w)
		w.Saved(w.Answer(33).Comment("A COMMENT THAT STAYS"))
		w.Saved(w.Answer(34).Comment("A COMMENT THAT GOES"))
		exec(t, w.SQL(), "DELETE FROM comments WHERE text = 'A COMMENT THAT GOES'")
		file, _ := backup(t, w)
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for text, there := range map[string]bool{
			"A COMMENT THAT STAYS": true, "A COMMENT THAT GOES": false,
			"hash-of-a-session-token": false, "what a session remembers": false, "what somebody uploaded": false,
		} {
			if bytes.Contains(content, []byte(text)) != there {
				t.Errorf("%q: in the backup is %t", text, !there)
			}
		}
		info, err := os.Stat(file)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v, %v: want 0600", info.Mode(), err)
		}
		alone(t, file)
	})
}

// alone wants nothing else in the folder of a file.
func alone(t testing.TB, file string) {
	t.Helper()
	if names := names(t, filepath.Dir(file)); !slices.Equal(names, []string{filepath.Base(file)}) {
		t.Errorf("beside the backup: %v", names)
	}
}

func names(t testing.TB, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// Any tool reads a backup: it is a SQLite file that is whole, and opening it
// changes nothing.
func TestBackupIsASQLiteFile(t *testing.T) {
	w := modeltest.New(t)
	busy(w)
	file, m := backup(t, w)
	db, err := sql.Open("sqlite", "file:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if said := texts(t, db, "PRAGMA integrity_check"); !slices.Equal(said, []string{"ok"}) {
		t.Errorf("integrity_check: %v", said)
	}
	for table, rows := range maps.All(m.Tables) {
		if n := number(t, db, "SELECT COUNT(*) FROM "+table); n != rows {
			t.Errorf("%s: %d rows, the manifest says %d", table, n, rows)
		}
	}
	if mode := texts(t, db, "PRAGMA journal_mode"); !slices.Equal(mode, []string{"delete"}) {
		t.Errorf("journal_mode %v: a backup is one file", mode)
	}
}

// A backup writes over nothing and leaves nothing half-made.
func TestBackupRefuses(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		file := filepath.Join(t.TempDir(), "there.db")
		w.Must(os.WriteFile(file, []byte("precious"), 0o600))
		settings, o := w.Settings(w.Clock), model.BackupOptions{Actor: operator()}
		head, err := w.Store.Head(t.Context())
		w.Must(err)
		_, err = model.Backup(t.Context(), settings, file, o)
		wantKey(t, err, "error.backup.exists")
		if content, _ := os.ReadFile(file); string(content) != "precious" {
			t.Errorf("the file there was changed to %q", content)
		}
		alone(t, file)
		if _, err := model.Backup(t.Context(), settings, filepath.Join(t.TempDir(), "no", "folder", "b.db"), o); err == nil {
			t.Error("a backup in a folder that is not there")
		}
		if now, err := w.Store.Head(t.Context()); err != nil || now.Number > head.Number+1 {
			t.Errorf("%d events of backups that were not made, %v", now.Number-head.Number, err)
		}
	})
	t.Run("no database", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "data")
		_, err := model.Backup(t.Context(), settings(dir), filepath.Join(t.TempDir(), "b.db"), model.BackupOptions{})
		wantKey(t, err, "error.backup.no_database")
		if len(names(t, dir)) > 0 {
			t.Error("asking made a database")
		}
	})
}

// A backup that is interrupted leaves no file.
func TestInterruptedBackup(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		busy(w)
		folder := t.TempDir()
		for _, at := range []string{"districts", "responses", ""} {
			ctx, cancel := context.WithCancel(t.Context())
			_, err := model.Backup(ctx, w.Settings(w.Clock), filepath.Join(folder, "b.db"), model.BackupOptions{Actor: operator(), Progress: func(table string, _ int64) {
				if table == at {
					cancel()
				}
			}})
			if err == nil {
				t.Errorf("interrupted at %q it went on", at)
			}
			if left := names(t, folder); len(left) > 0 {
				t.Errorf("interrupted at %q it leaves %v", at, left)
			}
		}
	})
}

// Where the chain cannot be written there is a backup, and it says so.
func TestBackupWithoutEvent(t *testing.T) {
	w := modeltest.New(t)
	exec(t, w.SQL(), "CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'disk full'); END")
	file := filepath.Join(t.TempDir(), "b.db")
	m, err := model.Backup(t.Context(), w.Settings(w.Clock), file, model.BackupOptions{Actor: operator()})
	if err != nil || m.Unrecorded == nil || !strings.Contains(m.Unrecorded.Error(), "disk full") {
		t.Fatalf("%v, unrecorded %v", err, m.Unrecorded)
	}
	restore(t, w, modeltest.SQLite, file, model.RestoreOptions{})
}
