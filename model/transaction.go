package model

import (
	"context"
	"crypto/cipher"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"gorm.io/gorm"

	"meihao/survey"
	"meihao/survey/rubric"
)

// change is one change under way: everything in it happens on tx, with one
// actor and at one moment. The pools must not be touched meanwhile: on SQLite
// the writing one has a single connection, which tx holds (STYLE trap 8).
type change struct {
	*Store
	ctx   context.Context
	tx    *gorm.DB
	actor survey.Actor
	at    time.Time
	notes detail // more for the event of a campaign's change
}

// change runs f in one transaction: all of it happens, with its events, or
// nothing of it. Changes follow one another, on whatever instance they are
// made; f may run again where another transaction stood in the way.
func (s *Store) change(ctx context.Context, actor survey.Actor, f func(c *change) error) error {
	return s.persist(ctx, func() error {
		return s.write.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
			if s.engine.lockChanges != "" {
				if err := tx.Exec(s.engine.lockChanges).Error; err != nil {
					return fmt.Errorf("change: %w", err)
				}
			}
			return f(&change{Store: s, ctx: ctx, tx: tx, actor: actor, at: s.now()})
		})
	})
}

// A transaction that others stand in the way of is tried so often, and begun
// anew for so long: whoever waits for it gives up after half a minute.
const (
	tries   = 8
	tryTime = 15 * time.Second
)

// persist runs f, a whole transaction or statement, again while the engine
// says that it failed only because of another one (a deadlock, a lock that
// was held for too long). Nobody outside the store hears of that.
func (s *Store) persist(ctx context.Context, f func() error) error {
	start := time.Now()
	for n := 1; ; n++ {
		err := f()
		if err == nil || n == tries || time.Since(start) > tryTime || !errors.Is(err, errChainMoved) && !s.engine.passing(err) {
			return err
		}
		pause := time.Duration(n) * time.Duration(1+rand.IntN(10)) * time.Millisecond //nolint:gosec // only to part the two
		select {
		case <-ctx.Done():
			return errors.Join(err, ctx.Err())
		case <-time.After(pause):
		}
	}
}

// lookup is what reading needs: the reading pool, or the transaction of a
// change where the answer must be its own.
type lookup struct {
	db   *gorm.DB
	wrap cipher.AEAD // opens what is sealed by the master key

	now    func() time.Time
	prompt rubric.PromptRules // of item 1.3
	asked  func(lookup, survey.ID) (*survey.Questionnaire, error)
}

func (s *Store) lookup(ctx context.Context) lookup { return s.lookupIn(s.read.WithContext(ctx)) }

func (c *change) lookup() lookup { return c.lookupIn(c.tx) }

// lookupIn reads from a pool or transaction.
func (s *Store) lookupIn(db *gorm.DB) lookup {
	return lookup{db, s.wrap, s.now, s.promptRules, s.questionnaire}
}
