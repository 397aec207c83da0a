package model

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"meihao/static"
)

func openForTest(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.Context(), Settings{Data: t.TempDir(), MasterKey: [32]byte{1}, Questionnaire: static.Questionnaire})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// A connection that could lose an acknowledged answer is refused at start.
func TestPragmasAreReadBack(t *testing.T) {
	s := openForTest(t)
	if err := s.engine.check(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, weak := range []struct{ pragma, restore string }{
		{"synchronous = NORMAL", "synchronous = FULL"},
		{"foreign_keys = 0", "foreign_keys = 1"},
		{"busy_timeout = 0", "busy_timeout = 5000"},
		{"journal_mode = DELETE", "journal_mode = WAL"},
	} {
		s.reader().SetMaxOpenConns(1) // one connection, so that it lets go of the file
		if weak.pragma == "journal_mode = DELETE" {
			s.reader().Close()
		}
		if _, err := s.writer().Exec("PRAGMA " + weak.pragma); err != nil {
			t.Fatal(err)
		}
		err := checkPragmas(t.Context(), s.writer())
		if name, _, _ := strings.Cut(weak.pragma, " "); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("PRAGMA %s: started with it: %v", weak.pragma, err)
		}
		if _, err := s.writer().Exec("PRAGMA " + weak.restore); err != nil {
			t.Fatal(err)
		}
		if err := checkPragmas(t.Context(), s.writer()); err != nil {
			t.Errorf("after PRAGMA %s: %v", weak.restore, err)
		}
	}
}

// STYLE trap 3: the dialect must know the driver's duplicate keys.
func TestTranslate(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		row := sessionRow{Token: "a", Data: []byte("x")}
		if err := s.write.Create(&row).Error; err != nil {
			t.Fatal(err)
		}
		if err := s.write.Create(&row).Error; !errors.Is(err, gorm.ErrDuplicatedKey) {
			t.Errorf("a second primary key through gorm: %v", err)
		}
		_, err := s.writer().Exec("INSERT INTO sessions (token, data, expires) VALUES ('a', x'00', 0)")
		if !errors.Is(s.translate(err), gorm.ErrDuplicatedKey) {
			t.Errorf("a second primary key through the driver: %v", err)
		}
		for i, want := range []error{nil, gorm.ErrDuplicatedKey} {
			err := s.write.Create(&districtRow{ID: newID(), Name: "同名区", NameKey: "同名区"}).Error
			if !errors.Is(err, want) {
				t.Errorf("insert %d of a unique name: %v, want %v", i, err, want)
			}
		}
		if err := s.write.Create(&subdistrictRow{ID: newID(), District: 77}).Error; !errors.Is(err, gorm.ErrForeignKeyViolated) {
			t.Errorf("a place in no district: %v", err)
		}
		if err := s.write.Exec("SELECT nonsense").Error; err == nil || errors.Is(err, gorm.ErrDuplicatedKey) {
			t.Errorf("another error: %v", err)
		}
	})
}

// A failed INSERT of a claim must not end the transaction around it.
func TestDuplicateLeavesTransaction(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		tx, err := s.writer().Begin()
		if err != nil {
			t.Fatal(err)
		}
		const claim = "INSERT INTO claims (campaign, project, base, claim, refused) VALUES (1, 1, 1, x'00', 0)"
		if _, err := tx.Exec(claim); err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(claim); !errors.Is(s.translate(err), gorm.ErrDuplicatedKey) {
			t.Fatal(err)
		}
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
		var n int
		if err := s.reader().QueryRow("SELECT COUNT(*) FROM claims").Scan(&n); err != nil || n != 1 {
			t.Errorf("%d claims after the commit, %v; want 1", n, err)
		}
	})
}

// The pool that reads cannot write, whatever is asked of it.
func TestReaderCannotWrite(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		if err := s.read.Exec("DELETE FROM activities").Error; err == nil {
			t.Error("the reading pool deleted rows")
		}
	})
}

// Readiness asks the connection that saves: it waits behind a busy writer and
// says so when another process keeps the file locked.
func TestPingAsksTheWriter(t *testing.T) {
	s := openForTest(t)
	ping := func(limit time.Duration) error {
		ctx, cancel := context.WithTimeout(t.Context(), limit)
		defer cancel()
		return s.Ping(ctx)
	}
	tx, err := s.writer().Begin()
	if err != nil {
		t.Fatal(err)
	}
	if err := ping(50 * time.Millisecond); err == nil {
		t.Error("ready although the writer gave no turn")
	}
	time.AfterFunc(200*time.Millisecond, func() { _ = tx.Rollback() })
	if err := ping(5 * time.Second); err != nil {
		t.Errorf("a writer that was busy for 0.2 s made it unready: %v", err)
	}
	other, err := sql.Open("sqlite", sqliteDSN(s.file(t), "_txlock=immediate"))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	lock, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := ping(200 * time.Millisecond); err == nil {
		t.Error("ready although another process has the file locked")
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("it took %v to say so", took)
	}
	if err := lock.Rollback(); err != nil {
		t.Fatal(err)
	}
	for range 20 { // nothing is left of the pings, and they leave the turn to others
		if err := ping(5 * time.Second); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.writer().Exec("INSERT INTO sessions (token, data, expires) VALUES ('a', x'00', 0)"); err != nil {
		t.Error(err)
	}
}

// file is the database's path.
func (s *Store) file(t *testing.T) (path string) {
	t.Helper()
	if err := s.reader().QueryRow("SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&path); err != nil {
		t.Fatal(err)
	}
	return path
}
