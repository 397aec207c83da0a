package model

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"meihao/survey"
)

// BackupOptions say who makes a backup and who wants to hear of it.
type BackupOptions struct {
	Actor    survey.Actor
	Program  string // version of this program
	Progress Progress
}

// Progress hears of long work: the table that is being copied and how many of
// its rows are, or a table "" while everything is checked. Nil hears nothing.
type Progress func(table string, rows int64)

func (p Progress) say(table string, rows int64) {
	if p != nil {
		p(table, rows)
	}
}

// Backup copies the database that the settings name, as it is at one moment,
// into a file that is not there yet, while others go on writing. Every answer
// that was acknowledged before it began is in it.
//
// A backup is the same file whatever the engine: a SQLite database with the
// product's own tables, made by the migrations, a manifest and a checksum
// (backup_file.go), so that a district's backup can be restored into the
// city's MariaDB. Left out is what lives for hours only (leftOut).
//
// The database is taken as it is: an older schema stays the older one, and the
// master key, which is in no backup, is not asked for. The backup is an event
// of the chain, "database.backed_up", before it is made: so each has a head of
// its own, and a rollback to an older one is found (Head). On a cluster it has
// a second use: where it is committed, all that any node acknowledged before
// has arrived. Where the event cannot be written, since the disk is full or
// the server only reads, there is a backup nevertheless, and
// Manifest.Unrecorded says why.
func Backup(ctx context.Context, settings Settings, file string, o BackupOptions) (Manifest, error) {
	if err := vacant(file); err != nil {
		return Manifest{}, err
	}
	s, err := connectAsIs(ctx, settings)
	if err != nil {
		return Manifest{}, err
	}
	defer func() { _ = s.Close() }() // only the event was written, and committed
	schema, err := s.schema(ctx)
	if err != nil {
		return Manifest{}, err
	}
	m := Manifest{Format: backupFormat, Schema: schema, Engine: settings.engineName(), Program: o.Program}
	m.Unrecorded = s.change(ctx, o.Actor, func(c *change) error {
		return c.record("database.backed_up", "database", "", detail{"file": filepath.Base(file)})
	})
	if ctx.Err() != nil {
		return m, ctx.Err()
	}
	part, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*.part") // for its owner only
	if err != nil {
		return m, fmt.Errorf("backup: %w", err)
	}
	defer func() { _ = os.Remove(part.Name()) }() // gone already when all went well
	if err := part.Close(); err != nil {
		return m, fmt.Errorf("backup: %w", err)
	}
	m.Taken = s.now().UTC().Truncate(time.Millisecond)
	if err := s.fill(ctx, settings, part.Name(), &m, o.Progress); err != nil {
		return m, fmt.Errorf("backup: %w", err)
	}
	return m, publish(part.Name(), file)
}

func (s Settings) engineName() string {
	if s.DSN != "" {
		return "mysql"
	}
	return "sqlite"
}

// where the settings point, without a password.
func (s Settings) where() string {
	if s.DSN != "" {
		return MaskedDSN(s.DSN)
	}
	return s.Data
}

// vacant refuses to write over a file.
func vacant(file string) error {
	_, err := os.Lstat(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return firstOf(err, survey.Fail(survey.Conflict, "error.backup.exists", "File", file))
}

// connectAsIs opens a database that is there, whatever its schema. The store
// can be copied and can record events, nothing else.
func connectAsIs(ctx context.Context, settings Settings) (*Store, error) {
	if there, err := Exists(ctx, settings); err != nil || !there {
		return nil, firstOf(err, survey.Fail(survey.NotFound, "error.backup.no_database", "Where", settings.where()))
	}
	engine, err := settings.open(ctx)
	if err != nil {
		return nil, err
	}
	s := &Store{engine: engine, write: engine.write, read: engine.read, slow: engine.slow, now: settings.Now}
	if s.now == nil {
		s.now = time.Now
	}
	return s, nil
}

// schema is the number of the database's last migration. One that this program
// does not know cannot be copied by it.
func (s *Store) schema(ctx context.Context) (int64, error) {
	schema, err := schemaOf(ctx, s.reader(), "goose_db_version")
	if err != nil {
		return 0, fmt.Errorf("backup: is it a database of this program? %w", err)
	}
	if schema == restoring {
		return 0, survey.Fail(survey.Conflict, "error.backup.restoring")
	}
	known, err := knownSchema()
	if err == nil && schema > known {
		err = survey.Fail(survey.Conflict, "error.backup.newer", "Schema", schema, "Known", known)
	}
	return schema, err
}

func schemaOf(ctx context.Context, db querier, table string) (int64, error) {
	var version sql.NullInt64
	err := db.QueryRowContext(ctx, "SELECT MAX(version_id) FROM "+table).Scan(&version)
	return version.Int64, err
}
