package model

import (
	"crypto/subtle"
	"database/sql"
	"errors"
	"fmt"

	"meihao/survey"
)

// changeable is the response that a receipt names, locked, if the change key
// is its own.
func (b *batch) changeable(r survey.Reanswer) (responseRow, error) {
	digest := survey.DigestOf(r.Receipt)
	row := responseRow{Campaign: r.Campaign, Project: r.Project}
	err := b.bound(b.store.save.changeable).QueryRowContext(b.ctx, r.Campaign, r.Project, digest[:]).
		Scan(&row.ID, &row.Bases, &row.Grp, &row.Lane, &row.State, &row.Reason, &row.Version, &row.Answers, &row.ChangeKey)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return row, fmt.Errorf("reanswer: %w", err)
	}
	if subtle.ConstantTimeCompare(row.ChangeKey, r.Change[:]) == 0 {
		return row, unknownAnswer()
	}
	return row, nil
}

// writeAgain stores the new answers, the comment in place of the one before,
// and the tally.
func (b *batch) writeAgain(key enrolmentKey, r survey.Response, comment int64, text string) error {
	for _, step := range []struct {
		stmt *sql.Stmt
		args []any
	}{
		{b.store.save.answered, []any{r.Answers, key.campaign, key.project, r.ID}},
		{b.store.save.uncomment, []any{key.campaign, key.project, comment}},
	} {
		if _, err := b.bound(step.stmt).ExecContext(b.ctx, step.args...); err != nil {
			return fmt.Errorf("reanswer: %w", err)
		}
	}
	if text != "" {
		b.comments = []any{key.campaign, key.project, comment, text}
	}
	return b.write()
}
