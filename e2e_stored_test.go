package main

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"meihao/survey"
)

// database is the SQLite file that everything is in.
const database = "meihao.db"

// stored is the database of a data directory, beside the program.
func stored(t *testing.T, data string) *sql.DB {
	t.Helper()
	driver, dsn := "sqlite", "file:"+filepath.Join(data, database)+"?_pragma=busy_timeout(5000)"
	if onMariaDB() {
		driver, dsn = "mysql", databaseOf(t, data)
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// query reads one row.
func query(t *testing.T, data, statement string, into ...any) {
	t.Helper()
	db := stored(t, data)
	if err := db.QueryRowContext(t.Context(), statement).Scan(into...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	_ = db.Close()
}

// rows counts the rows of a table.
func rows(t *testing.T, data, table string) (n int64) {
	t.Helper()
	query(t, data, "SELECT count(*) FROM "+table, &n)
	return n
}

// residents is everything that residents' requests may have left in the
// database: what a refused request must leave as it was. A claim may remember
// that it was refused once, which is counted apart.
type residents struct {
	Claims, Responses, Comments, Turnout int64
	Tallies                              string
}

func residentsOf(t *testing.T, data string) (r residents) {
	t.Helper()
	r.Claims, r.Responses, r.Comments = rows(t, data, "claims"), rows(t, data, "responses"), rows(t, data, "comments")
	query(t, data, "SELECT coalesce(sum(responses), 0) FROM turnout_days", &r.Turnout)
	db := stored(t, data)
	rows, err := db.QueryContext(t.Context(), "SELECT tally, shown_owner, shown_resident, changes_owner, changes_resident FROM tallies ORDER BY campaign, project")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all := sha256.New()
	for rows.Next() {
		var tally, owner, resident []byte
		var changes [2]int64
		if err := rows.Scan(&tally, &owner, &resident, &changes[0], &changes[1]); err != nil {
			t.Fatal(err)
		}
		_, _ = fmt.Fprintf(all, "%x %x %x %v\n", tally, owner, resident, changes)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	r.Tallies = fmt.Sprintf("%x", all.Sum(nil))
	return r
}

// tamper changes a database that no program has open.
func tamper(t *testing.T, data string, statements ...string) {
	t.Helper()
	db := stored(t, data)
	defer func() { _ = db.Close() }()
	for _, one := range statements {
		result, err := db.ExecContext(t.Context(), one)
		if err != nil {
			t.Fatalf("%s: %v", one, err)
		}
		if n, _ := result.RowsAffected(); n == 0 && !strings.HasPrefix(one, "DROP") && !strings.HasPrefix(one, "ALTER") {
			t.Fatalf("%s: changed nothing, so it proves nothing", one)
		}
	}
}

// copyOf copies a data directory that no program has open.
func copyOf(t *testing.T, data string) string {
	t.Helper()
	sqliteOnly(t, "it copies the file that everything is in")
	to := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(to, os.DirFS(data)); err != nil {
		t.Fatal(err)
	}
	return to
}

// holds says whether any file below a directory holds the text.
func holds(t *testing.T, folder, text string) bool {
	t.Helper()
	found := false
	err := fs.WalkDir(os.DirFS(folder), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(filepath.Join(folder, path))
		found = found || strings.Contains(string(content), text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// campaignNumber is a campaign's id as it is stored.
func campaignNumber(t *testing.T, campaign string) survey.ID {
	t.Helper()
	id, err := survey.ParseID(campaign)
	if err != nil {
		t.Fatalf("campaign %q: %v", campaign, err)
	}
	return id
}
