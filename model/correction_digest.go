package model

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
)

// linesDigest is a hash over the history lines of one event, ordered by
// project and line. The event keeps it ("history"), so that a line that is
// changed, added or gone is found. The zero one is of no lines.
type linesDigest struct{ hash hash.Hash }

func (d *linesDigest) add(r correctionRow) error {
	text, err := json.Marshal([]any{
		r.Project, r.Number, r.Line, r.At, r.Actor, r.Username, r.Way, r.Campaign, r.Reason,
		r.Building, r.BuildingName, r.Field, r.OldValue, r.NewValue,
	})
	if err != nil {
		return fmt.Errorf("history: %w", err)
	}
	if d.hash == nil {
		d.hash = sha256.New()
	}
	_, _ = fmt.Fprintf(d.hash, "%s\n", text) // a hash takes everything
	return nil
}

// sum is "" for no lines.
func (d *linesDigest) sum() string {
	if d.hash == nil {
		return ""
	}
	return hex.EncodeToString(d.hash.Sum(nil))
}
