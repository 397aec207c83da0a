package model

import (
	"os"
	"path/filepath"
	"testing"

	"meihao/static"
	"meihao/survey"

	"meihao/model/modeltest/mariadb"
)

// mainJob is the last schema before MariaDB came.
const mainJob = 28

// A database of an older schema is backed up as it is, and its backup becomes
// a database of today's schema on either engine.
func TestBackupOfAnOlderSchema(t *testing.T) {
	ctx := t.Context()
	older := Settings{Data: t.TempDir(), MasterKey: [32]byte{1}, Questionnaire: static.Questionnaire}
	path := filepath.Join(older.Data, fileName)
	db, err := openAside(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	if err := makeTables(ctx, db, mainJob); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		"INSERT INTO activities VALUES (1, 2023, '2023年')",
		"INSERT INTO districts VALUES (5, '晨光区', '晨光区', 1)",
		"INSERT INTO accounts VALUES (7, 'older', 'older', '', 'city', 1, 0, 0, 0, 0, 'zh', 'hash', 0, 0, 3, 0, 0)",
		"INSERT INTO uploads VALUES (9, 7, 'register.csv', 0, x'01')",
	} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "older.db")
	m, err := Backup(ctx, older, file, BackupOptions{Actor: survey.System()})
	if err != nil || m.Schema != mainJob || m.Unrecorded != nil {
		t.Fatalf("%+v, %v", m, err)
	}
	if db, err = openAside(ctx, path); err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if schema, err := schemaOf(ctx, db, "goose_db_version"); err != nil || schema != mainJob {
		t.Errorf("the backup brought the schema to %d, %v", schema, err)
	}
	known, err := knownSchema()
	if err != nil || known <= mainJob {
		t.Fatalf("schema %d, %v: it proves nothing", known, err)
	}
	for name, into := range map[string]func(t *testing.T) Settings{
		"sqlite":  func(t *testing.T) Settings { return Settings{Data: t.TempDir()} },
		"mariadb": func(t *testing.T) Settings { return Settings{Data: t.TempDir(), DSN: mariadb.ForTest(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			settings := into(t)
			settings.MasterKey, settings.Questionnaire = older.MasterKey, older.Questionnaire
			if r, err := Restore(ctx, settings, file, RestoreOptions{Actor: survey.System(), Expected: m.Head}); err != nil {
				t.Fatalf("%v, %v", err, r.Findings)
			}
			s, err := Open(ctx, settings)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if schema, err := s.schema(ctx); err != nil || schema != known {
				t.Errorf("schema %d, %v, want %d", schema, err, known)
			}
			if a, _, err := s.Credentials(ctx, "older"); err != nil || a.Generation != 3 {
				t.Errorf("the account is %+v, %v", a, err)
			}
		})
	}
}

// A schema that this program does not know is not copied by it.
func TestBackupOfANewerSchema(t *testing.T) {
	s := openForTest(t)
	if _, err := s.writer().Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)"); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "b.db")
	_, err := Backup(t.Context(), Settings{Data: filepath.Dir(s.file(t))}, file, BackupOptions{})
	if survey.KeyOf(err) != "error.backup.newer" {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("there is a file")
	}
}

// Both engines have the same migrations, so that a schema's number means the
// same on both, and the tables that are copied are all but those left out.
func TestEveryTableIsInABackup(t *testing.T) {
	known, err := knownSchema()
	if err != nil {
		t.Fatal(err)
	}
	files, err := migrations.ReadDir("migrations/mysql")
	if err != nil || int64(len(files)) != known {
		t.Errorf("%d migrations for MariaDB, %d for SQLite, %v", len(files), known, err)
	}
	copied, err := tablesAt(t.Context(), known)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range copied {
		if len(table.columns) == 0 || len(table.columns) != len(table.kinds) || len(table.key) == 0 {
			t.Errorf("%+v", table)
		}
	}
	if all := tables(t, openForTest(t)); len(all) != len(copied)+len(leftOut()) {
		t.Errorf("%d tables, %d are copied and %d left out", len(all), len(copied), len(leftOut()))
	}
}
