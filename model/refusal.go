package model

import (
	"context"

	"meihao/survey"
)

// Refuse records an attempt that was refused. It changes nothing else.
func (s *Store) Refuse(ctx context.Context, actor survey.Actor, r survey.Refusal) error {
	return s.change(ctx, actor, func(c *change) error {
		d := detail{"route": r.Route, "message": r.Key}
		if r.Last {
			d["last"] = true
		}
		return c.record("refused."+string(r.Why), r.Object, "", d)
	})
}
