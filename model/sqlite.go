package model

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	"github.com/pressly/goose/v3"
	gormsqlite "gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	"modernc.org/sqlite"
)

// fileName is the database in the data directory.
const fileName = "meihao.db"

// openSQLite opens the file with two pools: one connection that writes, many
// that read. SQLite has one writer at a time anyway; a queue in the program
// is fair and quick where sixteen connections with busy_timeout stall for
// seconds (STYLE trap 8). Readers never wait for the writer under WAL.
func openSQLite(ctx context.Context, dir string) (engine, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return engine{}, fmt.Errorf("data directory: %w", err)
	}
	path := filepath.Join(dir, fileName)
	// SQLite would make it readable for all; its -wal and -shm follow its mode.
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return engine{}, fmt.Errorf("data directory: %w", err)
	}
	if err := f.Close(); err != nil {
		return engine{}, fmt.Errorf("data directory: %w", err)
	}
	write, err := openPool(ctx, sqliteDSN(path, "_txlock=immediate", "_pragma=cache_size(-32768)", "_pragma=wal_autocheckpoint(4000)", "_pragma=secure_delete(ON)"), 1)
	if err != nil {
		return engine{}, err
	}
	read, err := openPool(ctx, sqliteDSN(path, "_pragma=query_only(1)", "_pragma=cache_size(-8192)"), min(8, max(4, runtime.NumCPU())))
	if err != nil {
		return engine{}, errors.Join(err, poolOf(write).Close())
	}
	return engine{
		write: write, read: read, slow: read,
		oneState: func() *sql.TxOptions { return &sql.TxOptions{ReadOnly: true} }, writable: "SELECT 0",
		folder: "migrations/sqlite", goose: goose.DialectSQLite3,
		conflict:  func(key string) string { return "ON CONFLICT (" + key + ") DO UPDATE SET" },
		inserted:  func(column string) string { return "excluded." + column },
		passing:   func(error) bool { return false }, // one writer, in this program and by the file's lock
		migrating: func(_ context.Context, f func(*sql.DB) error) error { return f(poolOf(write)) },
		emptyLog:  func(ctx context.Context) { emptySQLiteLog(ctx, poolOf(write)) },
		check:     func(ctx context.Context) error { return checkPragmas(ctx, poolOf(write), poolOf(read)) },
	}, nil
}

// emptySQLiteLog copies the write-ahead log back into the file and cuts it to
// nothing. A reader that takes longer than busy_timeout keeps it; the next
// sealing, or the last program that closes the file, empties it then.
func emptySQLiteLog(ctx context.Context, pool *sql.DB) {
	_, _ = pool.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)") // the campaign is sealed in any case
}

// sqliteDSN says how each connection is set up:
//   - busy_timeout first, so that already the next pragma waits for another
//     process instead of failing;
//   - WAL, so that readers and the writer do not stop each other;
//   - synchronous=FULL, because in WAL mode NORMAL may lose the last commits
//     when the power fails, and those were acknowledged;
//   - foreign_keys, which SQLite leaves off;
//   - temp_store=MEMORY, so that no sorting leaves a file elsewhere.
//
// The writer begins its transactions immediately: one that first read and
// then wrote could fail half-way with SQLITE_BUSY, timeout or not. And it
// overwrites what it deletes: a campaign's key must be gone when it is gone.
// Its log is copied back every 16 MiB: pages that many groups write, as a
// project's counters, are then copied once for all of them.
// Caches are bounded: 32 MiB of the writer, 8 MiB of each of 4–8 readers.
func sqliteDSN(path string, more ...string) string {
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() +
		"?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=temp_store(MEMORY)"
	for _, m := range more {
		dsn += "&" + m
	}
	return dsn
}

func openPool(ctx context.Context, dsn string, connections int) (*gorm.DB, error) {
	pool, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("sqlite: %w", err)
	}
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	if err := pool.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("sqlite: %w", err), pool.Close())
	}
	db, err := gorm.Open(dialect{gormsqlite.Dialector{DriverName: "sqlite", Conn: pool}}, &gorm.Config{
		TranslateError:         true,
		SkipDefaultTransaction: true, // transactions are opened in transaction.go
		// Nothing is logged here: a statement's arguments are what people
		// typed. Errors go up and are logged once, at the edge.
		Logger: logger.Discard,
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("sqlite: %w", err), pool.Close())
	}
	return db, nil
}

// dialect is gorm's SQLite dialect over modernc.org/sqlite, which is written
// in Go: a static binary without C, and 1.5 to 2 times lighter than the
// dialect made for it. What it lacks there is Translate, which reads the
// fields of another driver's error.
type dialect struct{ gormsqlite.Dialector }

// Extended result codes of SQLite (sqlite.org/rescode.html).
const (
	constraintPrimaryKey = 1555
	constraintUnique     = 2067
	constraintForeignKey = 787
)

// Translate says in gorm's words what a driver's error means.
func (dialect) Translate(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() {
	case constraintPrimaryKey, constraintUnique:
		return gorm.ErrDuplicatedKey
	case constraintForeignKey:
		return gorm.ErrForeignKeyViolated
	}
	return err
}

// checkPragmas reads back what the connections are set to. A file system or
// a build of SQLite may refuse a pragma silently, and then answers could be
// acknowledged and lost.
func checkPragmas(ctx context.Context, pools ...*sql.DB) error {
	for _, pool := range pools {
		for _, want := range []struct{ pragma, value, name string }{
			{"busy_timeout", "5000", "5000"},
			{"journal_mode", "wal", "WAL"},
			{"synchronous", "2", "FULL"},
			{"foreign_keys", "1", "on"},
		} {
			var got string
			if err := pool.QueryRowContext(ctx, "PRAGMA "+want.pragma).Scan(&got); err != nil {
				return fmt.Errorf("sqlite: %w", err)
			}
			if got != want.value {
				return fmt.Errorf("sqlite: %s is %q and must be %s, or answers could be lost", want.pragma, got, want.name)
			}
		}
	}
	return nil
}
