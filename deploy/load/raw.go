package main

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"meihao/survey"
)

// rawEngine is what the engine itself can do with the rows of an answer, for
// comparison: claim and response inserted, a project's packed counters read,
// changed and written, a group in one durable transaction, many rows to a
// statement. No campaign is read, nothing is retried, no answer is counted.
type rawEngine struct {
	db      *sql.DB
	forLock string // after a SELECT whose rows will be changed
	replace string // writes counters whether they are there or not
}

// rawCounters is how many bytes a project's counters take.
const rawCounters = 160

func openRaw(ctx context.Context, d database) (*rawEngine, error) {
	r := &rawEngine{replace: `INSERT INTO counters (project, data) VALUES %s ON CONFLICT (project) DO UPDATE SET data = excluded.data`}
	driver, source, end := "sqlite", "file:"+filepath.Join(d.folder, "raw.db")+"?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)"+
		"&_pragma=synchronous(FULL)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32768)&_txlock=immediate", " STRICT, WITHOUT ROWID"
	if d.dsn != "" {
		driver, source, end = "mysql", d.dsn, " ENGINE=InnoDB"
		r.forLock = " FOR UPDATE"
		r.replace = `INSERT INTO counters (project, data) VALUES %s ON DUPLICATE KEY UPDATE data = VALUES(data)`
	} else if err := os.MkdirAll(d.folder, 0o700); err != nil {
		return nil, err
	}
	var err error
	if r.db, err = sql.Open(driver, source); err != nil { // the drivers come with model
		return nil, err
	}
	r.db.SetMaxOpenConns(1)
	for _, table := range []string{
		`claims (campaign INT NOT NULL, project BIGINT NOT NULL, base INT NOT NULL, claim BYTES NOT NULL, PRIMARY KEY (campaign, project, base, claim))`,
		`responses (campaign INT NOT NULL, project BIGINT NOT NULL, id BIGINT NOT NULL, bases INT NOT NULL, grp INT NOT NULL, answers BYTES NOT NULL,
			receipt BYTES NOT NULL, change_key BYTES NOT NULL, PRIMARY KEY (campaign, project, id), UNIQUE (campaign, project, receipt))`,
		`counters (project BIGINT NOT NULL, data BYTES NOT NULL, PRIMARY KEY (project))`,
	} {
		bytes := "VARBINARY(200)"
		if d.dsn == "" {
			bytes, table = "BLOB", strings.ReplaceAll(table, "BIGINT", "INTEGER")
		}
		if _, err := r.db.ExecContext(ctx, "CREATE TABLE "+strings.ReplaceAll(table, "BYTES", bytes)+end); err != nil {
			return nil, errors.Join(err, r.db.Close())
		}
	}
	return r, nil
}

// Close closes the engine's only connection.
func (r *rawEngine) Close() error { return r.db.Close() }

// SaveResponses saves a group in one transaction.
func (r *rawEngine) SaveResponses(ctx context.Context, group []survey.Submission) (saved []survey.Saved, err error) {
	sorted := slices.SortedFunc(slices.Values(group), func(a, b survey.Submission) int { return int(a.Project - b.Project) })
	var claims, responses []any
	for i := range sorted {
		one := &sorted[i]
		for _, base := range one.Bases.Each() {
			claims = append(claims, 1, one.Project, int(base), one.Claim[:])
		}
		receipt := survey.DigestOf(one.Receipt)
		responses = append(responses, 1, one.Project, int64(binary.BigEndian.Uint64(one.Change[:])>>1), int(one.Bases), one.Group,
			[]byte(one.Answers), receipt[:], one.Change[:])
	}
	tx, err := r.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback() }() // after the commit it does nothing
	err = errors.Join(
		insert(ctx, tx, "INSERT INTO claims (campaign, project, base, claim) VALUES %s", claims, 4),
		insert(ctx, tx, "INSERT INTO responses (campaign, project, id, bases, grp, answers, receipt, change_key) VALUES %s", responses, 8),
		r.count(ctx, tx, sorted))
	if err == nil {
		err = tx.Commit()
	}
	return make([]survey.Saved, len(group)), err
}

// count adds a group to the counters of its projects.
func (r *rawEngine) count(ctx context.Context, tx *sql.Tx, sorted []survey.Submission) error {
	counters := map[survey.ID][]byte{}
	var projects []any
	for i := range sorted {
		if id := sorted[i].Project; counters[id] == nil {
			counters[id], projects = make([]byte, rawCounters), append(projects, id)
		}
	}
	//nolint:gosec // nothing but question marks
	rows, err := tx.QueryContext(ctx, "SELECT project, data FROM counters WHERE project IN ("+marks(len(projects))+") ORDER BY project"+r.forLock, projects...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id survey.ID
		var data []byte
		if err := rows.Scan(&id, &data); err != nil {
			return err
		}
		counters[id] = data
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	for i := range sorted {
		data := counters[sorted[i].Project]
		for k := range sorted[i].Answers {
			at := k * 8 % rawCounters
			binary.LittleEndian.PutUint64(data[at:], binary.LittleEndian.Uint64(data[at:])+1)
		}
	}
	var values []any
	for _, id := range projects {
		values = append(values, id, counters[id.(survey.ID)])
	}
	return insert(ctx, tx, r.replace, values, 2)
}

// insert writes all rows with one statement.
func insert(ctx context.Context, tx *sql.Tx, query string, values []any, columns int) error {
	row := "(" + marks(columns) + ")"
	_, err := tx.ExecContext(ctx, fmt.Sprintf(query, row+strings.Repeat(", "+row, len(values)/columns-1)), values...)
	return err
}

// marks are so many placeholders.
func marks(n int) string { return "?" + strings.Repeat(", ?", n-1) }
