package model

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// sizes of a statement over many rows, prepared once each: any number of rows
// is a few of them, and a full group of 256 is one.
func sizes() []int { return []int{256, 128, 64, 32, 16, 8, 4, 2, 1} }

// many is one statement prepared for several numbers of rows (sizes). What a
// row costs is mostly the call and not the row, most of all where each call
// crosses a network.
type many struct {
	columns  int // arguments of a row
	prepared []*sql.Stmt
}

// saveStatements are prepared once on the writing pool: preparing them in the
// transaction would cost as much as running them, and preparing on the pool
// while a transaction holds its only connection would wait for ever (STYLE
// trap 8).
type saveStatements struct {
	known, campaign, refuse                    *sql.Stmt
	changeable, answered, uncomment            *sql.Stmt // of a re-answer
	counters, homes, posters                   many
	claims, responses, comments, days, tallies many
	answers                                    many
}

func prepareSave(ctx context.Context, db *sql.DB, e engine) (*saveStatements, error) {
	s := &saveStatements{}
	for _, one := range []struct {
		into  **sql.Stmt
		query string
	}{
		{&s.known, `SELECT 1 FROM responses WHERE campaign = ? AND project = ? AND receipt = ?`},
		{&s.campaign, `SELECT stage, opens, closes, admission, questionnaire, secret, revisions FROM campaigns WHERE id = ?` + e.forShare},
		{&s.refuse, `UPDATE claims SET refused = 1 WHERE campaign = ? AND project = ? AND claim = ? AND base = ? AND refused = 0`},
		{&s.changeable, `SELECT id, bases, grp, lane, state, reason, version, answers, change_key
			FROM responses WHERE campaign = ? AND project = ? AND receipt = ?` + e.forUpdate},
		{&s.answered, `UPDATE responses SET answers = ? WHERE campaign = ? AND project = ? AND id = ?`},
		{&s.uncomment, `DELETE FROM comments WHERE campaign = ? AND project = ? AND id = ?`},
	} {
		var err error
		if *one.into, err = db.PrepareContext(ctx, one.query); err != nil {
			return nil, fmt.Errorf("prepare: %w", err)
		}
	}
	for _, one := range []struct {
		into              *many
		columns           int
		before, of, after string
	}{
		{&s.counters, 1, `SELECT project, tally, shown_owner, shown_resident, changes_owner, changes_resident, refused
			FROM tallies` + e.byKey + ` WHERE campaign = ? AND project IN (`, "?", `) ORDER BY project` + e.forUpdate},
		{&s.homes, 1, `SELECT project, group_homes FROM enrolments WHERE campaign = ? AND project IN (`, "?", `)`},
		{&s.posters, 1, `SELECT code, campaign, project, retired FROM posters WHERE code IN (`, "?", `)`},
		{&s.claims, 5, `INSERT INTO claims (campaign, project, claim, base, refused) VALUES `, row(5), ""},
		{&s.responses, 12, `INSERT INTO responses
			(campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key) VALUES `, row(12), ""},
		{&s.comments, 4, `INSERT INTO comments (campaign, project, id, text) VALUES `, row(4), ""},
		{&s.days, 5, `INSERT INTO turnout_days (campaign, project, grp, day, responses) VALUES `, row(5),
			` ` + e.conflict("campaign, project, grp, day") + ` responses = turnout_days.responses + ` + e.inserted("responses")},
		{&s.tallies, 8, `INSERT INTO tallies (campaign, project, tally, shown_owner, shown_resident, changes_owner, changes_resident, refused) VALUES `,
			row(8), ` ` + e.conflict("campaign, project") + ` ` + replaced(e, "tally", "shown_owner", "shown_resident", "changes_owner", "changes_resident", "refused")},
		{&s.answers, 2, `INSERT INTO poster_counts (code, opens, answers, last_opened) VALUES `, "(?, 0, ?, 0)",
			` ` + e.conflict("code") + ` answers = poster_counts.answers + ` + e.inserted("answers")},
	} {
		one.into.columns = one.columns
		for _, n := range sizes() {
			//nolint:gosec // question marks, a constant number of times
			query := one.before + strings.TrimSuffix(strings.Repeat(one.of+", ", n), ", ") + one.after
			stmt, err := db.PrepareContext(ctx, query)
			if err != nil {
				return nil, fmt.Errorf("prepare: %w", err)
			}
			one.into.prepared = append(one.into.prepared, stmt)
		}
	}
	return s, nil
}

// row is "(?, ?, …)" of so many columns.
func row(columns int) string {
	return "(" + strings.TrimSuffix(strings.Repeat("?, ", columns), ", ") + ")"
}

// replaced sets columns to what was to be inserted.
func replaced(e engine, columns ...string) string {
	var sets []string
	for _, c := range columns {
		sets = append(sets, c+" = "+e.inserted(c))
	}
	return strings.Join(sets, ", ")
}

// each calls f with one prepared statement after another and the arguments of
// as many rows, until all are through.
func (m many) each(args []any, f func(stmt *sql.Stmt, args []any) error) error {
	for i, n := range sizes() {
		for step := n * m.columns; len(args) >= step; args = args[step:] {
			if err := f(m.prepared[i], args[:step]); err != nil {
				return err
			}
		}
	}
	return nil
}

// choose calls f with the rows of a query over keys (projects, posters), which
// follow the query's other arguments. Where the last statement is for more of
// them than there are, the last is asked for again, which changes nothing.
func choose[K any](b *batch, m many, before []any, keys []K, f func(*sql.Rows) error) error {
	for len(keys) > 0 {
		all := sizes()
		at := 0
		for at+1 < len(all) && all[at+1] >= len(keys) {
			at++
		}
		args := append(make([]any, 0, len(before)+all[at]), before...)
		for i := range all[at] {
			args = append(args, keys[min(i, len(keys)-1)])
		}
		keys = keys[min(all[at], len(keys)):]
		if err := b.eachRow(m.prepared[at], args, f); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) eachRow(stmt *sql.Stmt, args []any, f func(*sql.Rows) error) error {
	rows, err := b.bound(stmt).QueryContext(b.ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// bound is a statement within the transaction, which closes it.
func (b *batch) bound(stmt *sql.Stmt) *sql.Stmt { return b.tx.StmtContext(b.ctx, stmt) }

// run executes a statement over all rows within the transaction.
func (b *batch) run(m many, args []any) error {
	return m.each(args, func(stmt *sql.Stmt, args []any) error {
		_, err := b.bound(stmt).ExecContext(b.ctx, args...)
		return err
	})
}
