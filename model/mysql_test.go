package model

import (
	"database/sql"
	"errors"
	"strings"
	"sync"
	"testing"

	"meihao/model/modeltest/mariadb"
	"meihao/static"
)

func openMySQLForTest(t *testing.T, dsn string) *Store {
	t.Helper()
	s, err := Open(t.Context(), Settings{DSN: dsn, MasterKey: [32]byte{1}, Questionnaire: static.Questionnaire})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// A server, or a session, that could lose an acknowledged answer is refused
// with the name of what to change.
func TestServerSettingsAreRefused(t *testing.T) {
	good := mysqlSettings{version: "10.11.19-MariaDB-deb12", flush: 1, binlogFormat: "MIXED", innodb: "DEFAULT"}
	if err := good.check(); err != nil {
		t.Errorf("MariaDB as Debian sets it up: %v", err)
	}
	for name, change := range map[string]func(*mysqlSettings){
		"innodb_flush_log_at_trx_commit": func(s *mysqlSettings) { s.flush = 2 },
		"sync_binlog":                    func(s *mysqlSettings) { s.binlog, s.syncBinlog = 1, 0 },
		"binlog_format":                  func(s *mysqlSettings) { s.binlog, s.syncBinlog, s.binlogFormat = 1, 1, "STATEMENT" },
		"innodb_doublewrite":             func(s *mysqlSettings) { s.doublewrite = "OFF" },
		"read-only":                      func(s *mysqlSettings) { s.readOnly = 1 },
		"InnoDB":                         func(s *mysqlSettings) { s.innodb = "NO" },
		"10.6 or newer":                  func(s *mysqlSettings) { s.version = "10.5.29-MariaDB" },
		"8.0.29 or newer":                func(s *mysqlSettings) { s.version = "8.0.28-log" },
	} {
		bad := good
		change(&bad)
		if err := bad.check(); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, version := range []string{"8.0.36", "9.7.4", "10.6.0-MariaDB", "11.4.2-MariaDB-ubu2404"} {
		fine := good
		fine.version = version
		if err := fine.check(); err != nil {
			t.Errorf("%s: %v", version, err)
		}
	}
}

// What the server really says is read: a running one that flushes late is
// refused, and so is a session that a proxy left as it was.
func TestWeakServerIsRefused(t *testing.T) {
	server, err := mariadb.Start(t.Context(), t.TempDir()) // its own: others go on meanwhile
	if errors.Is(err, mariadb.ErrMissing) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Remove() }()
	dsn, err := mariadb.Create(t.Context(), server.DSN(""), "meihao")
	if err != nil {
		t.Fatal(err)
	}
	s := openMySQLForTest(t, dsn)
	set := func(query string) {
		t.Helper()
		if _, err := s.writer().Exec(query); err != nil {
			t.Fatal(err)
		}
	}
	set("SET GLOBAL innodb_flush_log_at_trx_commit = 0")
	_, err = Open(t.Context(), Settings{DSN: dsn, MasterKey: [32]byte{1}, Questionnaire: static.Questionnaire})
	if err == nil || !strings.Contains(err.Error(), "innodb_flush_log_at_trx_commit is 0 and must be 1") {
		t.Errorf("opened: %v", err)
	}
	for setting, name := range map[string]string{
		"sql_mode=%27%27":      "sql_mode",
		"foreign_key_checks=0": "foreign_key_checks",
		"charset=latin1":       "utf8mb4",
	} {
		bare, err := sql.Open("mysql", dsn+"?"+setting)
		if err != nil {
			t.Fatal(err)
		}
		if err := checkMySQLSession(t.Context(), bare); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", setting, err)
		}
		bare.Close()
		if !strings.HasPrefix(setting, "charset") { // the driver refuses that one itself
			opensAllTheSame(t, dsn+"?"+setting, set)
		}
	}
}

// opensAllTheSame: what a DSN asks for is overruled where it would lose data.
func opensAllTheSame(t *testing.T, dsn string, set func(string)) {
	t.Helper()
	set("SET GLOBAL innodb_flush_log_at_trx_commit = 1")
	s, err := Open(t.Context(), Settings{DSN: dsn, MasterKey: [32]byte{1}, Questionnaire: static.Questionnaire})
	if err != nil {
		t.Errorf("%s: %v", dsn, err)
		return
	}
	s.Close()
}

// A DSN that cannot be right says how one looks, and never shows a password.
func TestBadDSN(t *testing.T) {
	for _, dsn := range []string{"nonsense", "root:secret@tcp(127.0.0.1:3306)/", "root:secret@tcp(127.0.0.1:1)/meihao", "root:sec/ret"} {
		_, err := Open(t.Context(), Settings{DSN: dsn, MasterKey: [32]byte{1}, Questionnaire: static.Questionnaire})
		if err == nil {
			t.Errorf("%s: opened", dsn)
		} else if strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "sec/ret") {
			t.Errorf("%s: the password is in the error: %v", dsn, err)
		}
	}
}

// Ten instances that start at once on an empty database make one schema, one
// activity and one questionnaire, and all run.
func TestInstancesStartTogether(t *testing.T) {
	dsn := mariadb.ForTest(t)
	var wait sync.WaitGroup
	for range 10 {
		wait.Go(func() {
			s, err := Open(t.Context(), Settings{DSN: dsn, MasterKey: [32]byte{1}, Questionnaire: static.Questionnaire})
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			var activities int
			if err := s.reader().QueryRow("SELECT COUNT(*) FROM activities").Scan(&activities); err != nil || activities != 1 {
				t.Errorf("%d activities, %v", activities, err)
			}
		})
	}
	wait.Wait()
}

// Text comes back as it was written: four-byte letters, and letters that
// another collation takes for the same.
func TestTextIsExact(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		for _, name := range []string{"𠮷野家🏠", "É", "E", "e", "ß", "ss"} {
			if err := s.write.Create(&districtRow{ID: newID(), Name: name, NameKey: name}).Error; err != nil {
				t.Errorf("%s: %v", name, err)
			}
			var got []districtRow
			if err := s.read.Where("name_key = ?", name).Find(&got).Error; err != nil || len(got) != 1 || got[0].Name != name {
				t.Errorf("%s came back as %v, %v", name, got, err)
			}
		}
	})
}

// A text that does not fit is an error and not cut short.
func TestTooLongIsRefused(t *testing.T) {
	s := openMySQLForTest(t, mariadb.ForTest(t))
	if err := s.write.Create(&districtRow{ID: newID(), Name: strings.Repeat("长", 300), NameKey: "a"}).Error; err == nil {
		t.Error("300 letters were stored in a column of 255")
	}
}

// MySQL commits a migration before its number is noted, and the program may be
// killed between the two: each migration bears to be run again, with all that
// is stored.
func TestMigrationsMayRunTwice(t *testing.T) {
	dsn := mariadb.ForTest(t)
	s := openMySQLForTest(t, dsn)
	if err := s.write.Create(&districtRow{ID: 7, Name: "晨光区", NameKey: "晨光区"}).Error; err != nil {
		t.Fatal(err)
	}
	if err := s.write.Exec("DELETE FROM goose_db_version WHERE version_id > 0").Error; err != nil {
		t.Fatal(err)
	}
	again := openMySQLForTest(t, dsn)
	var n int64
	if err := again.read.Model(&districtRow{}).Count(&n).Error; err != nil || n != 1 {
		t.Errorf("%d districts after all migrations ran again, %v", n, err)
	}
}
