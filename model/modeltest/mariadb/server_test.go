package mariadb_test

import (
	"database/sql"
	"errors"
	"os"
	"testing"

	"meihao/model/modeltest/mariadb"
)

// What was committed is there after kill -9 and a restart, on the same port.
func TestKilledServerComesBack(t *testing.T) {
	s, err := mariadb.Start(t.Context(), t.TempDir())
	if errors.Is(err, mariadb.ErrMissing) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Remove() }()
	dsn, err := mariadb.Create(t.Context(), s.DSN(""), "one")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range []string{"CREATE TABLE t (a INT PRIMARY KEY) ENGINE=InnoDB", "INSERT INTO t VALUES (7)"} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := db.Ping(); err == nil {
		t.Fatal("a killed server answers")
	}
	if err := s.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	var a int
	if err := db.QueryRow("SELECT a FROM t").Scan(&a); err != nil || a != 7 {
		t.Errorf("read %d, %v", a, err)
	}
}
