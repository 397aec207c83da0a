package model

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"meihao/survey"
)

// claimed is a slot that somebody of the group asks for.
type claimed struct {
	enrolmentKey
	slot  survey.Slot
	claim survey.Claim
}

func (c *claimed) args() []any { return []any{c.campaign, c.project, c.claim[:], int(c.slot), 0} }

func compareClaims(a, b *claimed) int {
	return cmp.Or(compareEnrolments(a.enrolmentKey, b.enrolmentKey), bytes.Compare(a.claim[:], b.claim[:]), cmp.Compare(a.slot, b.slot))
}

// claim takes each free slot of the bases asked for and gives it to the first
// of the group who asks. It inserts and looks at what the primary key says;
// asking first whether a slot is free would let two of a household in (STYLE
// traps 1 and 7). Nearly all slots are free, so all are tried together.
func (b *batch) claim() error {
	first := map[claimed]*entrant{}
	wanted := make([]*claimed, 0, 2*len(b.entering))
	for _, e := range b.entering {
		if e.refusal != nil {
			continue
		}
		for _, base := range e.Bases.Each() {
			c := claimed{keyOf(e.Submission), survey.SlotOf(base, e.apart), e.Claim}
			if first[c] == nil {
				first[c] = e
				wanted = append(wanted, &c)
			}
		}
	}
	slices.SortFunc(wanted, compareClaims) // rows are written where they will lie
	if err := b.claimAll(wanted, func(c *claimed) { first[*c].bases |= c.slot.Base() }); err != nil {
		return fmt.Errorf("claim: %w", err)
	}
	return nil
}

// claimAll takes what is free. A statement that met a slot which is not has
// left nothing behind: its halves are tried, down to the slots by themselves.
func (b *batch) claimAll(wanted []*claimed, take func(*claimed)) error {
	for i, n := range sizes() {
		for ; len(wanted) >= n; wanted = wanted[n:] {
			args := make([]any, 0, 5*n)
			for _, c := range wanted[:n] {
				args = append(args, c.args()...)
			}
			_, err := b.bound(b.store.save.claims.prepared[i]).ExecContext(b.ctx, args...)
			switch err = b.store.translate(err); {
			case err == nil:
				for _, c := range wanted[:n] {
					take(c)
				}
			case !errors.Is(err, gorm.ErrDuplicatedKey):
				return err
			case n > 1:
				// An error ends it at once: after a deadlock the transaction is
				// gone, and what came next would be stored without it.
				if err := b.claimAll(wanted[:n/2], take); err != nil {
					return err
				}
				if err := b.claimAll(wanted[n/2:n], take); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// refuse marks the claims that a submission met as refused: once, and
// nothing else about it (RULES §1). It says how many were marked now.
func (b *batch) refuse(e *entrant) (int64, error) {
	var marked int64
	for _, base := range e.Bases.Each() {
		done, err := b.bound(b.store.save.refuse).
			ExecContext(b.ctx, e.Campaign, e.Project, e.Claim[:], int(survey.SlotOf(base, e.apart)))
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
