package model

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/pressly/goose/v3"

	"meihao/survey"
)

// restoring is the schema of a MariaDB or MySQL database while a backup is
// being restored into it, beside the real one: no program knows so high a
// number, so none starts on half a database, whatever ends the restore. MySQL
// commits DDL by itself, and millions of rows are no transaction.
const restoring = 1 << 40

// undoTime is how long a failed restore may take to leave an empty database.
const undoTime = time.Minute

// restoreMySQL makes the database where there is none, while no instance
// starts on it (migrating). When it fails it leaves none; where it was killed
// its mark stays, and the next restore begins anew.
func restoreMySQL(ctx context.Context, settings Settings, b *backup, o RestoreOptions, r *Restored) error {
	s, err := connect(ctx, settings)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }() // all was committed or undone
	if err := s.engine.check(ctx); err != nil {
		return err
	}
	return s.engine.migrating(ctx, func(db *sql.DB) error {
		if err := checkVacant(ctx, db, settings.where()); err != nil {
			return err
		}
		err := s.makeRestored(ctx, db, b, o, r)
		if err == nil {
			return nil
		}
		undo, cancel := context.WithTimeout(context.WithoutCancel(ctx), undoTime)
		defer cancel()
		return errors.Join(err, dropTables(undo, db))
	})
}

func (s *Store) makeRestored(ctx context.Context, db *sql.DB, b *backup, o RestoreOptions, r *Restored) error {
	if err := dropTables(ctx, db); err != nil {
		return err
	}
	provider, err := s.engine.migrations(db, goose.WithAllowOutofOrder(true)) // the mark is the highest
	if err != nil {
		return err
	}
	// The mark before the first table: however early this is killed, no server
	// starts on what it leaves.
	if _, _, err := provider.GetVersions(ctx); err != nil { // makes the table of versions
		return fmt.Errorf("migrations: %w", err)
	}
	if _, err := db.ExecContext(ctx, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (?, TRUE)", int64(restoring)); err != nil {
		return err
	}
	if _, err := provider.UpTo(ctx, b.manifest.Schema); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if err := b.loadRows(ctx, db, o.Progress); err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if err := s.verifyRestored(ctx, b, o, r); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "DELETE FROM goose_db_version WHERE version_id = ?", int64(restoring))
	return err
}

// loadRows copies the backup's rows into tables of its schema. Foreign keys
// were checked in the backup.
func (b *backup) loadRows(ctx context.Context, db *sql.DB, tell Progress) error {
	to, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = to.Close() }() // its pool ends with the restore
	if _, err := to.ExecContext(ctx, "SET SESSION sql_mode = 'STRICT_ALL_TABLES', foreign_key_checks = 0"); err != nil {
		return err
	}
	counts, err := copyRows(ctx, poolOf(b.db), to, b.tables, tell)
	if err != nil {
		// What was begun must not keep the tables from being dropped.
		_, _ = to.ExecContext(context.WithoutCancel(ctx), "ROLLBACK") // fails where the connection did, which rolls back
		return err
	}
	return b.compare(counts)
}

// ours are the product's tables; the one that the mark is in comes last.
func ours(ctx context.Context) ([]string, error) {
	known, err := knownSchema()
	if err != nil {
		return nil, err
	}
	tables, err := tablesAt(ctx, known)
	if err != nil {
		return nil, err
	}
	names := leftOut()
	for _, t := range tables {
		names = append(names, t.name)
	}
	return append(names, "goose_db_version"), nil
}

// checkVacant refuses a database that holds rows of ours, or tables of
// somebody else with the names of ours. What a killed restore left is nothing.
func checkVacant(ctx context.Context, db *sql.DB, where string) error {
	names, err := ours(ctx)
	if err != nil {
		return err
	}
	there, err := columnOf(ctx, db, "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()")
	if err != nil {
		return err
	}
	there = slices.DeleteFunc(there, func(name string) bool { return !slices.Contains(names, name) })
	if len(there) == 0 {
		return nil
	}
	occupied := survey.Fail(survey.Conflict, "error.backup.occupied", "Where", where)
	if !slices.Contains(there, "goose_db_version") {
		return occupied
	}
	schema, err := schemaOf(ctx, db, "goose_db_version")
	if err != nil || schema == restoring {
		return err
	}
	for _, name := range there {
		var n int
		err := db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM `"+name+"`)").Scan(&n)
		if err != nil || n > 0 && name != "goose_db_version" {
			return firstOf(err, occupied)
		}
	}
	return nil
}

// dropTables removes the product's tables, the mark last.
func dropTables(ctx context.Context, db *sql.DB) error {
	names, err := ours(ctx)
	if err != nil {
		return err
	}
	c, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }() // its pool ends with the restore
	if _, err := c.ExecContext(ctx, "SET SESSION foreign_key_checks = 0"); err != nil {
		return err
	}
	for _, name := range names {
		if _, err := c.ExecContext(ctx, "DROP TABLE IF EXISTS `"+name+"`"); err != nil {
			return err
		}
	}
	return nil
}
