package model

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"

	"meihao/survey"
)

// fill makes the database of a backup in an empty file: the schema's tables,
// all rows of one moment, and the manifest.
func (s *Store) fill(ctx context.Context, settings Settings, path string, m *Manifest, tell Progress) error {
	tables, err := tablesAt(ctx, m.Schema)
	if err != nil {
		return err
	}
	db, err := openAside(ctx, path)
	if err != nil {
		return err
	}
	err = makeTables(ctx, db, m.Schema)
	if err == nil && settings.DSN == "" {
		m.Tables, err = copyAttached(ctx, db, sqliteURI(filepath.Join(settings.Data, fileName))+"?mode=ro", tables, table.take, m.Schema, tell)
	} else if err == nil {
		m.Tables, err = s.copyOut(ctx, db, tables, m.Schema, tell)
	}
	if err == nil {
		m.Head, err = headOf(ctx, db)
	}
	if err == nil {
		tell.say("", 0)
		err = finish(ctx, db, *m)
	}
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	return seal(path)
}

// copyAttached copies tables from another SQLite file, in one transaction and
// so of one moment: who writes there goes on. It says how many rows each has.
func copyAttached(ctx context.Context, db *sql.DB, uri string, tables []table, take func(table) string, schema int64, tell Progress) (map[string]int64, error) {
	if _, err := db.ExecContext(ctx, "ATTACH ? AS source", uri); err != nil {
		return nil, err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	if err := sameSchema(ctx, tx, "source.goose_db_version", schema); err != nil {
		return nil, err
	}
	counts := map[string]int64{}
	for _, t := range tables {
		tell.say(t.name, 0)
		if counts[t.name], err = t.copyAttached(ctx, tx, take(t), schema); err != nil {
			return nil, err
		}
		tell.say(t.name, counts[t.name])
	}
	if err := tx.Commit(); err != nil {
		return nil, err
	}
	_, err = db.ExecContext(ctx, "DETACH source")
	return counts, err
}

func (t table) copyAttached(ctx context.Context, tx *sql.Tx, query string, schema int64) (int64, error) {
	same, err := t.same(ctx, tx, "source")
	if err != nil {
		return 0, err
	}
	if !same {
		return 0, survey.Fail(survey.Invalid, "error.backup.columns", "Table", t.name, "Schema", schema)
	}
	done, err := tx.ExecContext(ctx, query)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", t.name, err)
	}
	return done.RowsAffected()
}

// copyOut copies tables from the engine's reading pool, in one transaction
// that sees one moment.
func (s *Store) copyOut(ctx context.Context, db *sql.DB, tables []table, schema int64, tell Progress) (map[string]int64, error) {
	to, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = to.Close() }() // back to its pool
	from, err := poolOf(s.slow).BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer from.Rollback()
	if err := sameSchema(ctx, from, "goose_db_version", schema); err != nil {
		return nil, err
	}
	return copyRows(ctx, from, to, tables, tell)
}

// sameSchema guards against a migration between looking and copying.
func sameSchema(ctx context.Context, db querier, table string, schema int64) error {
	now, err := schemaOf(ctx, db, table)
	if err == nil && now != schema {
		err = survey.Fail(survey.Conflict, "error.backup.migrated")
	}
	return err
}
