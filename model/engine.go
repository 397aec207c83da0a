package model

import (
	"context"
	"database/sql"
	"embed"

	"github.com/pressly/goose/v3"
	"gorm.io/gorm"
)

//go:embed migrations
var migrations embed.FS

// engine is what differs from one database to another.
type engine struct {
	write, read *gorm.DB
	slow        *gorm.DB // reads what takes minutes: another pool, or read again
	folder      string   // of the migrations
	goose       goose.Dialect
	forUpdate   string // appended to a SELECT whose row will be changed
	forShare    string // appended to a SELECT whose row must not change meanwhile
	byKey       string // after a table's name: find its rows by the primary key and no other way
	lockChanges string // a SELECT by which a change waits for the one before it; "" where there is one writer anyway

	conflict  func(key string) string    // what follows an INSERT to change the row with that key that is there
	inserted  func(column string) string // what was to be inserted, in such a change
	passing   func(error) bool           // a transaction ended only because of another: try it again
	oneState  func() *sql.TxOptions      // of a transaction that sees one state of everything
	writable  string                     // a SELECT on the writing pool that gives 0 where it can be written
	migrating func(ctx context.Context, f func(*sql.DB) error) error
	check     func(context.Context) error
	emptyLog  func(context.Context) // a deleted key leaves the log of the last changes, where the engine lets us
}

// open opens the engine that the settings name.
func (s Settings) open(ctx context.Context) (engine, error) {
	if s.DSN != "" {
		return openMySQL(ctx, s.DSN, s.Connections)
	}
	return openSQLite(ctx, s.Data)
}
