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

// database is the file that everything is in.
const database = "meihao.db"

// query opens the database file beside the program, read-only, and gives one
// row to scan.
func query(t *testing.T, data, statement string, into ...any) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(data, database)+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := db.QueryRowContext(t.Context(), statement).Scan(into...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
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
	var packed string
	query(t, data, "SELECT coalesce(group_concat(hex(tally) || hex(shown_owner) || hex(shown_resident) || changes_owner || changes_resident, ','), '') FROM tallies", &packed)
	r.Tallies = fmt.Sprintf("%x", sha256.Sum256([]byte(packed)))
	return r
}

// tamper changes a database that no program has open.
func tamper(t *testing.T, data string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(data, database))
	if err != nil {
		t.Fatal(err)
	}
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
