package model

import (
	"errors"
	"fmt"

	"gorm.io/gorm"

	"meihao/survey"
)

// claim takes each free slot of the bases asked for and returns those taken.
// It inserts and looks at what the primary key says; asking first whether a
// slot is free would let two of a household in (STYLE traps 1 and 7).
func (b *batch) claim(one *survey.Submission, apart bool) (survey.Bases, error) {
	var bases survey.Bases
	for _, base := range one.Bases.Each() {
		_, err := b.run.claim.ExecContext(b.ctx, one.Campaign, one.Project, int(survey.SlotOf(base, apart)), one.Claim[:])
		switch err = b.store.translate(err); {
		case err == nil:
			bases |= base
		case !errors.Is(err, gorm.ErrDuplicatedKey):
			return 0, fmt.Errorf("claim: %w", err)
		}
	}
	return bases, nil
}

// refuse marks the claims that a submission met as refused: once, and
// nothing else about it (RULES §1). It says how many were marked now.
func (b *batch) refuse(one *survey.Submission, apart bool) (int64, error) {
	var marked int64
	for _, base := range one.Bases.Each() {
		done, err := b.run.refuse.ExecContext(b.ctx, one.Campaign, one.Project, int(survey.SlotOf(base, apart)), one.Claim[:])
		if err != nil {
			return 0, fmt.Errorf("claim: %w", err)
		}
		n, err := done.RowsAffected()
		if err != nil {
			return 0, fmt.Errorf("claim: %w", err)
		}
		marked += n
	}
	return marked, nil
}

// translate says in gorm's words what an error of the bare driver means.
func (s *Store) translate(err error) error {
	if err == nil {
		return nil
	}
	if t, ok := s.write.Dialector.(gorm.ErrorTranslator); ok {
		return t.Translate(err)
	}
	return err
}
