package model

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"meihao/survey"
)

// Verify recomputes from the stored rows what must hold and lists what does
// not: the tallies by recount, the invariants of RULES §1, the snapshots of
// sealed campaigns, what of them is public, and the audit chain. With a campaign it looks at that one
// and the chain, with zero at all. It reads one state of the database while
// others write, and as a stream: a million responses take no more memory than
// a thousand. It never stops at the first finding; an error means that it
// could not look.
func (s *Store) Verify(ctx context.Context, campaign survey.ID) ([]survey.Finding, error) {
	v := &verifier{store: s, ctx: ctx}
	err := s.slow.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		v.look = s.lookupIn(tx)
		return v.all(campaign)
	}, s.engine.oneState())
	if err != nil {
		return v.findings, fmt.Errorf("verify: %w", err)
	}
	return v.findings, nil
}

// verifier gathers findings.
type verifier struct {
	store    *Store
	ctx      context.Context
	look     lookup
	findings []survey.Finding
}

func (v *verifier) find(where, format string, args ...any) {
	v.findings = append(v.findings, survey.Finding{Where: where, What: fmt.Sprintf(format, args...)})
}

func (v *verifier) all(only survey.ID) error {
	if err := v.events(); err != nil {
		return err
	}
	if only == 0 {
		if err := v.orphans(); err != nil {
			return err
		}
		for _, step := range []func() error{v.histories, v.lostPromises, v.sheets} {
			if err := step(); err != nil {
				return err
			}
		}
	}
	campaigns, err := v.look.campaigns(survey.CityScope(), "? = 0 OR campaigns.id = ?", only, only)
	if err != nil {
		return err
	}
	if only != 0 && len(campaigns) == 0 {
		return survey.NotFoundError("error.not_found")
	}
	for _, view := range campaigns {
		if err := v.campaign(view); err != nil {
			return err
		}
	}
	return nil
}

// events walks the audit chain from its first line.
func (v *verifier) events() error {
	rows, err := v.look.rows(v.ctx, `SELECT number, at, actor, username, action, object, reason, detail, previous, hash
		FROM events ORDER BY number`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var last eventRow
	for rows.Next() {
		var r eventRow
		if err := rows.Scan(&r.Number, &r.At, &r.Actor, &r.Username, &r.Action, &r.Object, &r.Reason, &r.Detail, &r.Previous, &r.Hash); err != nil {
			return err
		}
		where := fmt.Sprintf("event %d", r.Number)
		if r.Number != last.Number+1 {
			v.find(where, "follows event %d: events are missing or out of order", last.Number)
		}
		if r.Previous != last.Hash {
			v.find(where, "does not continue the chain of event %d", last.Number)
		}
		if r.Hash != r.sum() {
			v.find(where, "was changed: its hash is not that of its content")
		}
		last = r
	}
	return rows.Err()
}

// orphans finds rows of campaigns that do not exist.
func (v *verifier) orphans() error {
	for _, table := range []string{"claims", "responses", "comments", "turnout_days", "tallies", "held_decisions", "publications", "promises", "comment_marks"} {
		var campaigns []survey.ID
		err := v.look.db.Raw("SELECT DISTINCT campaign FROM " + table + " WHERE campaign NOT IN (SELECT id FROM campaigns)").
			Scan(&campaigns).Error
		if err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
		for _, id := range campaigns {
			v.find(object("campaign", id), "has rows in %s but does not exist", table)
		}
	}
	return v.strayCounts()
}
