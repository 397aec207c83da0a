package model

import (
	"context"
	"time"

	"gorm.io/gorm"

	"meihao/survey"
)

// change is one change under way: everything in it happens on tx, with one
// actor and at one moment. The pools must not be touched meanwhile: the
// writing one has a single connection, which tx holds (STYLE trap 8).
type change struct {
	*Store
	ctx   context.Context
	tx    *gorm.DB
	actor survey.Actor
	at    time.Time
	notes detail // more for the event of a campaign's change
}

// change runs f in one transaction: all of it happens, with its events, or
// nothing of it.
func (s *Store) change(ctx context.Context, actor survey.Actor, f func(c *change) error) error {
	return s.write.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		return f(&change{Store: s, ctx: ctx, tx: tx, actor: actor, at: s.now()})
	})
}

// lookup is what reading needs: the reading pool, or the transaction of a
// change where the answer must be its own.
type lookup struct {
	db *gorm.DB
}

func (s *Store) lookup(ctx context.Context) lookup { return lookup{s.read.WithContext(ctx)} }

func (c *change) lookup() lookup { return lookup{c.tx} }
