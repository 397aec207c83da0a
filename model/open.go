package model

import (
	"context"
	"crypto/cipher"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"gorm.io/gorm"

	"meihao/survey"
	"meihao/survey/rubric"
)

// Settings say where the store is and what it needs from outside.
type Settings struct {
	Data          string // directory of the SQLite file; made if it is not there
	DSN           string // of MariaDB or MySQL; "" is SQLite in Data
	Connections   int    // most that read from MariaDB or MySQL; 0 is 16
	MasterKey     [32]byte
	Questionnaire []byte           // JSON of the default questionnaire, read at first start
	Rubric        []byte           // the 选树标准, for changes of sheets; none without it
	Prompt        []byte           // limits and bands of item 1.3
	Now           func() time.Time // the clock; nil is time.Now
}

// Store is the database behind everything. It is safe for use by many
// goroutines.
type Store struct {
	engine engine
	write  *gorm.DB // all changes
	read   *gorm.DB // everything else
	slow   *gorm.DB // verifying and backups, see engine
	wrap   cipher.AEAD
	now    func() time.Time

	save           *saveStatements
	poster         *sql.Stmt // see posterQuery
	questionnaires *questionnaireCache
	posters        *posterCache
	enrolments     *enrolledCache
	counted        *momentary[survey.ID, []survey.Enrolment]
	days           *momentary[dayArea, []survey.TurnoutDay]
	results        *resultCache
	crosses        *crossCache
	distributions  *distributionCache
	reanswers      *reanswerTurns
	groupHomes     groupHomes
	livePosters    livePosters
	uses           uses
	rubric         *rubric.Rubric
	promptRules    rubric.PromptRules
}

// Exists says whether there is a database where the settings say, and not just
// an empty one. It makes nothing.
func Exists(ctx context.Context, settings Settings) (bool, error) {
	if settings.DSN != "" {
		return existsOnMySQL(ctx, settings.DSN)
	}
	return existsIn(settings.Data)
}

func existsIn(data string) (bool, error) {
	_, err := os.Stat(filepath.Join(data, fileName))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// Move puts the database of a closed store into another data directory of
// the same file system, at once: it is there whole or not at all. It refuses
// to replace a database, and to move one whose last changes are still in the
// log beside it.
func Move(from, to string) error {
	if there, err := existsIn(to); err != nil || there {
		return firstOf(err, fmt.Errorf("%s holds a database already", to))
	}
	source := filepath.Join(from, fileName)
	if _, err := os.Stat(source + "-wal"); !errors.Is(err, fs.ErrNotExist) {
		return firstOf(err, fmt.Errorf("the database in %s was not closed", from))
	}
	return os.Rename(source, filepath.Join(to, fileName))
}

// Open opens the store, brings its schema up to date and, at first start,
// makes the default activity and questionnaire. It refuses a database whose
// settings could lose an acknowledged answer, a schema newer than this
// program and a master key that is not the database's (SECURITY "Start
// refuses what would lose data").
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
	wrap, err := newWrap(settings.MasterKey)
	if err != nil {
		return nil, err
	}
	engine, err := settings.open(ctx)
	if err != nil {
		return nil, err
	}
	s := &Store{
		engine: engine, write: engine.write, read: engine.read, slow: engine.slow, wrap: wrap,
		now:            settings.Now,
		questionnaires: newQuestionnaireCache(), posters: newPosterCache(), enrolments: newEnrolledCache(), counted: newMomentary[survey.ID, []survey.Enrolment](countedAge, countedMost),
		days: newMomentary[dayArea, []survey.TurnoutDay](daysAge, daysMost), results: newResultCache(), crosses: newCrossCache(), distributions: newDistributionCache(),
		reanswers: newReanswerTurns(),
	}
	if s.now == nil {
		s.now = time.Now
	}
	return s, s.learn(settings)
}

// learn reads the rules by which sheets are filled.
func (s *Store) learn(settings Settings) error {
	s.rubric = &rubric.Rubric{}
	if settings.Rubric == nil {
		return nil
	}
	var err error
	if s.rubric, err = rubric.Parse(settings.Rubric); err != nil {
		return err
	}
	s.promptRules, err = rubric.ParsePromptRules(settings.Prompt)
	return err
}

func (s *Store) prepare(ctx context.Context, settings Settings) error {
	if err := s.engine.check(ctx); err != nil {
		return err
	}
	err := s.engine.migrating(ctx, func(db *sql.DB) error {
		if err := migrate(ctx, db, s.engine); err != nil {
			return err
		}
		if err := s.checkKeys(ctx); err != nil {
			return err
		}
		return s.firstRows(ctx, settings.Questionnaire)
	})
	if err != nil {
		return err
	}
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
		panic(fmt.Sprintf("a store without a pool: %v", err)) // all are made with one
	}
	return pool
}

// Close ends all connections. Nothing may be under way.
func (s *Store) Close() error {
	s.uses.close()
	return errors.Join(poolOf(s.slow).Close(), s.reader().Close(), s.writer().Close())
}

// Ping says whether answers can be saved, for readiness: the database
// answers, and the writing connection can begin a transaction before ctx
// ends. It waits for its turn behind what is being written: a busy writer is
// not unwell, one that gets no turn is.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.reader().PingContext(ctx); err != nil {
		return fmt.Errorf("ping: %w", err)
	}
	tx, err := s.writer().BeginTx(ctx, nil) // takes a file's lock at once, see sqliteDSN
	if err != nil {
		return fmt.Errorf("ping: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	var locked int
	if err := tx.QueryRowContext(ctx, s.engine.writable).Scan(&locked); err != nil {
		return fmt.Errorf("ping: %w", err)
	}
	if locked != 0 {
		return errors.New("ping: the database is read-only")
	}
	return nil
}
