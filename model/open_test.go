package model_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"meihao/model"
	"meihao/model/modeltest"
	"meihao/static"
	"meihao/survey"
)

// database opens the store's file beside the store, to look and to tamper.
func exec(t testing.TB, db *sql.DB, query string, args ...any) int64 {
	t.Helper()
	done, err := db.Exec(query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	n, err := done.RowsAffected()
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func number(t testing.TB, db *sql.DB, query string, args ...any) int64 {
	t.Helper()
	var n int64
	if err := db.QueryRow(query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func texts(t testing.TB, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		list = append(list, text)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// wantKind fails unless err is of a kind.
func wantKind(t testing.TB, err error, want survey.Kind) {
	t.Helper()
	if err == nil || survey.KindOf(err) != want {
		t.Errorf("got %v, want an error of kind %s", err, want)
	}
}

// wantKey fails unless err is an Error with a message key, and returns it.
func wantKey(t testing.TB, err error, key string) *survey.Error {
	t.Helper()
	var e *survey.Error
	if !errors.As(err, &e) || e.Key != key {
		t.Fatalf("got %v, want the message %s", err, key)
	}
	return e
}

func settings(dir string) model.Settings {
	return model.Settings{Data: dir, MasterKey: modeltest.MasterKey(), Questionnaire: static.Questionnaire, Rubric: static.Rubric, Prompt: static.Prompt}
}

func TestFirstStart(t *testing.T) {
	modeltest.Each(t, func(t *testing.T, s *model.Store) {
		ctx := t.Context()
		first, err := s.FirstStart(ctx)
		if err != nil || !first {
			t.Fatalf("a new store: first start %t, %v", first, err)
		}
		activities, err := s.Activities(ctx)
		if err != nil || len(activities) != 1 || activities[0].Year != 2026 {
			t.Errorf("a new store has the activities %v, %v; want one of the clock's year", activities, err)
		}
		_, err = s.AddAccount(ctx, survey.System(), survey.Account{Username: "admin", Role: survey.Administrator, Scope: survey.CityScope()}, "hash")
		if err != nil {
			t.Fatal(err)
		}
		if first, err = s.FirstStart(ctx); err != nil || first {
			t.Errorf("with an account: first start %t, %v", first, err)
		}
		if err := s.Ping(ctx); err != nil {
			t.Error(err)
		}
	})
}

func TestOpenAgainKeepsEverything(t *testing.T) {
	w := modeltest.New(t)
	receipt := w.Saved(w.Answer(1))
	again, err := model.Open(t.Context(), model.Settings{
		Data: w.Dir, MasterKey: modeltest.MasterKey(), Questionnaire: static.Questionnaire, Rubric: static.Rubric, Prompt: static.Prompt, Now: w.Clock.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if _, err := again.Receipt(t.Context(), receipt); err != nil {
		t.Errorf("the receipt is gone: %v", err)
	}
	db := w.SQL()
	for _, table := range []string{"activities", "questionnaires"} {
		if n := number(t, db, "SELECT COUNT(*) FROM "+table); n != 1 {
			t.Errorf("%d rows in %s after a second start, want 1", n, table)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	ctx := context.Background()
	t.Run("an empty master key", func(t *testing.T) {
		if _, err := model.Open(ctx, model.Settings{Data: t.TempDir(), Questionnaire: static.Questionnaire, Rubric: static.Rubric, Prompt: static.Prompt}); err == nil {
			t.Error("opened")
		}
	})
	t.Run("a first start without a questionnaire", func(t *testing.T) {
		refused := settings(t.TempDir())
		refused.Questionnaire = nil
		if _, err := model.Open(ctx, refused); err == nil {
			t.Error("opened")
		}
	})
	t.Run("a newer schema", func(t *testing.T) {
		dir := t.TempDir()
		s, err := model.Open(ctx, settings(dir))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		exec(t, modeltest.Database{Dir: dir}.SQL(t), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)")
		if _, err = model.Open(ctx, settings(dir)); err == nil || !strings.Contains(err.Error(), "99999") {
			t.Errorf("opened a database of schema 99999: %v", err)
		}
	})
	t.Run("a data directory that is a file", func(t *testing.T) {
		dir := t.TempDir()
		if _, err := model.Open(ctx, settings(filepath.Join(dir, "x"))); err != nil {
			t.Fatal(err)
		}
		if _, err := model.Open(ctx, settings(filepath.Join(dir, "x", "meihao.db"))); err == nil {
			t.Error("opened")
		}
	})
}

// The characters of a path must not become options of the database.
func TestOpenOddPath(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "数据 ?_pragma=synchronous(OFF)&x=%41#1")
	s, err := model.Open(t.Context(), settings(dir))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	found, err := filepath.Glob(filepath.Join(strings.NewReplacer("?", `\?`).Replace(dir), "meihao.db*"))
	if err != nil || len(found) == 0 {
		t.Errorf("no database in %s: %v", dir, err)
	}
}

// With another master key every poster would fail: it does not even start.
func TestAnotherMasterKey(t *testing.T) {
	w := modeltest.New(t)
	other := settings(w.Dir)
	other.MasterKey = [32]byte{9}
	if _, err := model.Open(t.Context(), other); err == nil || !strings.Contains(err.Error(), "not the one this database was made with") {
		t.Errorf("opened with another master key: %v", err)
	}
	if again, err := model.Open(t.Context(), settings(w.Dir)); err != nil {
		t.Errorf("not opened with the right one: %v", err)
	} else if err := again.Close(); err != nil {
		t.Error(err)
	}
}

// One campaign whose key cannot be unwrapped is enough to refuse.
func TestOneKeyOfAnotherMasterKey(t *testing.T) {
	w := modeltest.New(t)
	db := w.SQL()
	exec(t, db, "CREATE TEMP TABLE one AS SELECT * FROM campaigns LIMIT 1")
	exec(t, db, "UPDATE one SET id = 77, secret = ZEROBLOB(60)")
	exec(t, db, "INSERT INTO campaigns SELECT * FROM one")
	if _, err := model.Open(t.Context(), settings(w.Dir)); err == nil || !strings.Contains(err.Error(), "not the one this database was made with") {
		t.Errorf("opened although a campaign's key is under another master key: %v", err)
	}
}

// Before the first campaign there is no key to unwrap, and another master key
// is refused all the same: of two instances with a key each, neither could read
// the other's campaigns.
func TestAnotherMasterKeyBeforeTheFirstCampaign(t *testing.T) {
	for _, e := range modeltest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			d := e.Database(t)
			d.Open(t, modeltest.NewClock())
			other := d.Settings(modeltest.NewClock())
			other.MasterKey[0]++
			if _, err := model.Open(t.Context(), other); err == nil || !strings.Contains(err.Error(), "not the one this database was made with") {
				t.Errorf("opened with another master key: %v", err)
			}
			d.Open(t, modeltest.NewClock())
		})
	}
}

func TestExistsMakesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	if there, err := model.Exists(t.Context(), model.Settings{Data: dir}); err != nil || there {
		t.Errorf("no directory: %t, %v", there, err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("asking made the directory")
	}
	s, err := model.Open(t.Context(), settings(dir))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if there, err := model.Exists(t.Context(), model.Settings{Data: dir}); err != nil || !there {
		t.Errorf("with a database: %t, %v", there, err)
	}
	if _, err := model.Exists(t.Context(), model.Settings{Data: filepath.Join(dir, "meihao.db")}); err == nil {
		t.Error("a directory that is a file is no directory")
	}
}

func TestMove(t *testing.T) {
	w, to := modeltest.New(t), t.TempDir()
	receipt := w.Saved(w.Answer(1))
	if err := model.Move(w.Dir, to); err == nil {
		t.Error("moved an open database")
	}
	if err := w.Store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := model.Move(w.Dir, to); err != nil {
		t.Fatal(err)
	}
	moved := modeltest.Database{Dir: to}.Open(t, w.Clock)
	if _, err := moved.Receipt(t.Context(), receipt); err != nil {
		t.Errorf("the receipt did not move: %v", err)
	}
	if there, err := model.Exists(t.Context(), model.Settings{Data: w.Dir}); err != nil || there {
		t.Errorf("the database is still there: %t, %v", there, err)
	}
	other := t.TempDir()
	modeltest.Database{Dir: other}.Open(t, w.Clock)
	if err := model.Move(to, other); err == nil {
		t.Error("replaced a database")
	}
}
