package model

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/pressly/goose/v3"
)

// table is a table as both engines have it: the migrations make equal names,
// columns and keys.
type table struct {
	name    string
	columns []string
	kinds   []string // INTEGER, TEXT or BLOB, of each column
	key     []string // columns of the primary key, in its order
}

// leftOut are the tables that no backup has: what they hold lives for hours,
// or days. After a restore staff sign in again, upload again what waited for a
// yes, and ask again for what was under way.
func leftOut() []string {
	return []string{"sessions", "uploads", "upload_parts", "jobs", "job_parts"}
}

// tablesAt are the tables of a schema that are copied, parents before their
// children. They come from the migrations and not from the database that is
// read: what that one calls its tables and columns never becomes SQL.
func tablesAt(ctx context.Context, schema int64) ([]table, error) {
	db, err := openAside(ctx, ":memory:")
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }() // nothing is in it
	if err := makeTables(ctx, db, schema); err != nil {
		return nil, err
	}
	names, err := columnOf(ctx, db, `SELECT name FROM sqlite_schema WHERE type = 'table'
		AND name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite%' ORDER BY rowid`)
	if err != nil {
		return nil, err
	}
	var tables []table
	for _, name := range names {
		if slices.Contains(leftOut(), name) {
			continue
		}
		t := table{name: name}
		if t.columns, err = columnOf(ctx, db, "SELECT name FROM pragma_table_info(?) ORDER BY cid", name); err != nil {
			return nil, err
		}
		if t.kinds, err = columnOf(ctx, db, "SELECT type FROM pragma_table_info(?) ORDER BY cid", name); err != nil {
			return nil, err
		}
		if t.key, err = columnOf(ctx, db, "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", name); err != nil {
			return nil, err
		}
		tables = append(tables, t)
	}
	return tables, nil
}

// named lists columns in SQL. Both engines know backticks.
func named(columns []string) string { return "`" + strings.Join(columns, "`, `") + "`" }

// choose selects all rows in the order of their key, which is how they lie in
// both engines: nothing is sorted, and nothing of the order of arrival shows.
func (t table) choose() string {
	return "SELECT " + named(t.columns) + " FROM `" + t.name + "` ORDER BY " + named(t.key)
}

// take copies all rows of an attached database named source, whose columns are
// the same in the same order. Written like this SQLite takes over whole
// records, of the table and of its indexes: four times as fast.
func (t table) take() string {
	return "INSERT INTO main.`" + t.name + "` SELECT * FROM source.`" + t.name + "`"
}

// takeAnew is take from what may have been changed: with its columns named,
// each row is checked against the table, and the indexes, one of which judges
// what a retry is, are made anew.
func (t table) takeAnew() string {
	columns := named(t.columns)
	return "INSERT INTO main.`" + t.name + "` (" + columns + ") SELECT " + columns + " FROM source.`" + t.name + "` ORDER BY " + named(t.key)
}

// same says whether a SQLite database has the table with just its columns, and
// that it is a table and nothing that computes.
func (t table) same(ctx context.Context, db querier, database string) (bool, error) {
	columns, err := columnOf(ctx, db, `SELECT c.name FROM pragma_table_list l, pragma_table_info(l.name, l.schema) c
		WHERE l.schema = ? AND l.type = 'table' AND l.name = ? ORDER BY c.cid`, database, t.name)
	if err != nil {
		return false, fmt.Errorf("%s: %w", t.name, err)
	}
	return slices.Equal(columns, t.columns), nil
}

// insert adds so many rows.
func (t table) insert(rows int) string {
	row := "(?" + strings.Repeat(", ?", len(t.columns)-1) + ")"
	return "INSERT INTO `" + t.name + "` (" + named(t.columns) + ") VALUES " + row + strings.Repeat(", "+row, rows-1)
}

// openAside opens a SQLite file that is being made and is worth nothing until
// it is complete: without journal and without waiting for the disk. Whoever
// makes it syncs it at the end. foreign_keys is off: what is copied held
// before, and its tables may come in any order.
func openAside(ctx context.Context, path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", sqliteURI(path)+"?_pragma=busy_timeout(5000)&_pragma=main.journal_mode(OFF)&_pragma=main.synchronous(OFF)"+
		"&_pragma=foreign_keys(0)&_pragma=temp_store(MEMORY)&_pragma=main.cache_size(-65536)")
	if err != nil {
		return nil, fmt.Errorf("sqlite: %w", err)
	}
	db.SetMaxOpenConns(1)
	db.SetMaxIdleConns(1)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("sqlite: %w", err), db.Close())
	}
	return db, nil
}

// sqliteURI is a path as SQLite takes it with options behind.
func sqliteURI(path string) string { return "file:" + (&url.URL{Path: path}).EscapedPath() }

// makeTables makes the tables of a schema in an empty SQLite database.
func makeTables(ctx context.Context, db *sql.DB, schema int64) error {
	provider, err := engine{folder: "migrations/sqlite", goose: goose.DialectSQLite3}.migrations(db)
	if err != nil {
		return err
	}
	if _, err := provider.UpTo(ctx, schema); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	return nil
}

// knownSchema is the number of the last migration that this program has.
func knownSchema() (int64, error) {
	files, err := migrations.ReadDir("migrations/sqlite")
	if err != nil {
		return 0, fmt.Errorf("migrations: %w", err)
	}
	return goose.NumericComponent(files[len(files)-1].Name())
}

// columnOf lists the one column of a query.
func columnOf(ctx context.Context, db querier, query string, args ...any) ([]string, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
