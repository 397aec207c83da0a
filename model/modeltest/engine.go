package modeltest

import (
	"database/sql"
	"fmt"
	"testing"

	_ "github.com/go-sql-driver/mysql" // the bare driver, for looking at what is stored
	_ "modernc.org/sqlite"             // the same

	"meihao/model"
	"meihao/model/modeltest/mariadb"
	"meihao/static"
)

// Engine is where a test's databases lie.
type Engine string

// The engines of DESIGN §2.
const (
	SQLite  Engine = "sqlite"
	MariaDB Engine = "mariadb" // or MySQL, where MEIHAO_TEST_DSN names one
)

// Engines are all of them.
func Engines() []Engine { return []Engine{SQLite, MariaDB} }

// Database is an empty database, or one with a store in it. DSN is "" on SQLite.
type Database struct{ Dir, DSN string }

// Database makes an empty database that goes when the test ends. Where there
// is no MariaDB the test is skipped.
func (e Engine) Database(t testing.TB) Database {
	t.Helper()
	d := Database{Dir: t.TempDir()}
	if e == SQLite {
		return d
	}
	d.DSN = mariadb.ForTest(t)
	return d
}

// Settings open a store on the database as the program would.
func (d Database) Settings(clock *Clock) model.Settings {
	return model.Settings{Data: d.Dir, DSN: d.DSN, MasterKey: MasterKey(), Questionnaire: static.Questionnaire, Rubric: static.Rubric, Prompt: static.Prompt, Now: clock.Now}
}

// Open opens a store on the database, through the constructor that the
// program uses. It is closed when the test ends.
func (d Database) Open(t testing.TB, clock *Clock) *model.Store {
	t.Helper()
	s, err := model.Open(t.Context(), d.Settings(clock))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

// SQL is the database without the store, to look behind its back.
func (d Database) SQL(t testing.TB) *sql.DB {
	t.Helper()
	driver, dsn := "mysql", d.DSN
	if d.DSN == "" {
		driver, dsn = "sqlite", fmt.Sprintf("file:%s/meihao.db?_pragma=busy_timeout(5000)", d.Dir)
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// Each runs a test on a fresh, empty store of every engine.
func Each(t *testing.T, f func(t *testing.T, s *model.Store)) {
	t.Helper()
	for _, e := range Engines() {
		t.Run(string(e), func(t *testing.T) { f(t, e.Database(t).Open(t, NewClock())) })
	}
}

// EachWorld runs a test in a fresh World on every engine.
func EachWorld(t *testing.T, f func(t *testing.T, w *World)) {
	t.Helper()
	for _, e := range Engines() {
		t.Run(string(e), func(t *testing.T) { f(t, NewOn(t, e)) })
	}
}
