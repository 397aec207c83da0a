package model

import (
	"context"
	"crypto/cipher"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"gorm.io/gorm"
)

// Settings say where the store is and what it needs from outside.
type Settings struct {
	Data          string // directory of the SQLite file; made if it is not there
	DSN           string // of another engine; "" is SQLite in Data
	MasterKey     [32]byte
	Questionnaire []byte           // JSON of the default questionnaire, read at first start
	Now           func() time.Time // the clock; nil is time.Now
	Log           *slog.Logger     // nil logs nothing
}

// Store is the database behind everything. It is safe for use by many
// goroutines.
type Store struct {
	engine engine
	write  *gorm.DB // all changes
	read   *gorm.DB // everything else
	wrap   cipher.AEAD
	now    func() time.Time
	log    *slog.Logger

	save           *saveStatements
	poster         *sql.Stmt // see posterQuery
	questionnaires *questionnaireCache
	posters        *posterCache
}

// Open opens the store, brings its schema up to date and, at first start,
// makes the default activity and questionnaire. It refuses a database whose
// settings could lose an acknowledged answer and a schema newer than this
// program (SECURITY "Start refuses what would lose data").
func Open(ctx context.Context, settings Settings) (*Store, error) {
	s, err := connect(ctx, settings)
	if err != nil {
		return nil, err
	}
	if err := s.prepare(ctx, settings); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func connect(ctx context.Context, settings Settings) (*Store, error) {
	if settings.DSN != "" {
		return nil, errors.New("this program stores in SQLite only: leave the DSN empty")
	}
	wrap, err := newWrap(settings.MasterKey)
	if err != nil {
		return nil, err
	}
	engine, err := openSQLite(ctx, settings.Data)
	if err != nil {
		return nil, err
	}
	s := &Store{
		engine: engine, write: engine.write, read: engine.read, wrap: wrap,
		now: settings.Now, log: settings.Log,
		questionnaires: newQuestionnaireCache(), posters: newPosterCache(),
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	return s, nil
}

func (s *Store) prepare(ctx context.Context, settings Settings) error {
	if err := s.engine.check(ctx); err != nil {
		return err
	}
	if err := migrate(ctx, s.writer(), s.engine); err != nil {
		return err
	}
	if err := s.firstRows(ctx, settings.Questionnaire); err != nil {
		return err
	}
	var err error
	if s.save, err = prepareSave(ctx, s.writer(), s.engine); err != nil {
		return err
	}
	if s.poster, err = s.reader().PrepareContext(ctx, posterQuery); err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	return nil
}

// writer is the pool of the writing connection; it must not be asked for
// another connection while a transaction is open (STYLE trap 8).
func (s *Store) writer() *sql.DB { return poolOf(s.write) }

// reader is the pool that reads.
func (s *Store) reader() *sql.DB { return poolOf(s.read) }

func poolOf(db *gorm.DB) *sql.DB {
	pool, err := db.DB()
	if err != nil {
		panic(fmt.Sprintf("a store without a pool: %v", err)) // both are made by openSQLite
	}
	return pool
}

// Close ends all connections. Nothing may be under way.
func (s *Store) Close() error {
	return errors.Join(s.reader().Close(), s.writer().Close())
}

// Ping says whether the database answers, for readiness. It does not ask the
// writing connection: one that is busy with a long import is not unwell.
func (s *Store) Ping(ctx context.Context) error {
	return s.reader().PingContext(ctx)
}
