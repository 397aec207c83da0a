package model

import (
	"context"
	"database/sql"
	"fmt"
)

// saveStatements are prepared once on the writing connection: preparing them
// in the transaction would cost as much as running them, and preparing on
// the pool while a transaction holds its only connection would wait for ever
// (STYLE trap 8).
type saveStatements struct {
	known, campaign, enrolment, claim, refuse, response, comment, day, tally *sql.Stmt
}

// boundStatements are the same within one transaction.
type boundStatements saveStatements

func prepareSave(ctx context.Context, db *sql.DB, e engine) (*saveStatements, error) {
	s := &saveStatements{}
	for _, one := range []struct {
		into  **sql.Stmt
		query string
	}{
		{&s.known, `SELECT 1 FROM responses WHERE campaign = ? AND project = ? AND receipt = ?`},
		{&s.campaign, `SELECT stage, opens, closes, admission, questionnaire, secret FROM campaigns WHERE id = ?` + e.forShare},
		{&s.enrolment, `SELECT t.tally, t.shown_owner, t.shown_resident, t.changes_owner, t.changes_resident, t.refused, e.group_homes
			FROM tallies t JOIN enrolments e ON e.campaign = t.campaign AND e.project = t.project
			WHERE t.campaign = ? AND t.project = ?` + e.forUpdate},
		{&s.claim, `INSERT INTO claims (campaign, project, base, claim, refused) VALUES (?, ?, ?, ?, 0)`},
		{&s.refuse, `UPDATE claims SET refused = 1 WHERE campaign = ? AND project = ? AND base = ? AND claim = ? AND refused = 0`},
		{&s.response, `INSERT INTO responses
			(campaign, project, id, bases, grp, lane, state, reason, version, answers, receipt, change_key)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`},
		{&s.comment, `INSERT INTO comments (campaign, project, id, text) VALUES (?, ?, ?, ?)`},
		{&s.day, e.addDay},
		{&s.tally, `UPDATE tallies SET tally = ?, shown_owner = ?, shown_resident = ?,
			changes_owner = ?, changes_resident = ?, refused = ? WHERE campaign = ? AND project = ?`},
	} {
		stmt, err := db.PrepareContext(ctx, one.query)
		if err != nil {
			return nil, fmt.Errorf("prepare: %w", err)
		}
		*one.into = stmt
	}
	return s, nil
}

func (s *saveStatements) bind(ctx context.Context, tx *sql.Tx) boundStatements {
	return boundStatements{
		known:     tx.StmtContext(ctx, s.known),
		campaign:  tx.StmtContext(ctx, s.campaign),
		enrolment: tx.StmtContext(ctx, s.enrolment),
		claim:     tx.StmtContext(ctx, s.claim),
		refuse:    tx.StmtContext(ctx, s.refuse),
		response:  tx.StmtContext(ctx, s.response),
		comment:   tx.StmtContext(ctx, s.comment),
		day:       tx.StmtContext(ctx, s.day),
		tally:     tx.StmtContext(ctx, s.tally),
	}
}
