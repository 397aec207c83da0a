package model

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"meihao/survey"
)

// eventRow is one line of the audit chain.
type eventRow struct {
	Number   int64 `gorm:"primaryKey;autoIncrement:false"`
	At       int64
	Actor    survey.ID
	Username string
	Action   string
	Object   string
	Reason   string
	Detail   string
	Previous string
	Hash     string
}

// TableName is gorm's question.
func (eventRow) TableName() string { return "events" }

// sum is the row's hash: SHA-256 over every field before it, each with its
// length in front, so that no two rows read the same.
func (r eventRow) sum() string {
	h := sha256.New()
	var b [8]byte
	number := func(n int64) {
		binary.BigEndian.PutUint64(b[:], uint64(n))
		h.Write(b[:])
	}
	text := func(t string) {
		number(int64(len(t)))
		h.Write([]byte(t))
	}
	text(r.Previous)
	number(r.Number)
	number(r.At)
	number(int64(r.Actor))
	for _, t := range []string{r.Username, r.Action, r.Object, r.Reason, r.Detail} {
		text(t)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (r eventRow) event() survey.Event {
	return survey.Event{
		Number: r.Number, At: moment(r.At), Actor: r.Actor, Username: r.Username,
		Action: r.Action, Object: r.Object, Reason: r.Reason, Detail: r.Detail, Hash: r.Hash,
	}
}

// detail of an event, written as JSON.
type detail map[string]any

// record adds an event to the chain in the change's own transaction: if it
// cannot be written, the change does not happen (SECURITY "Audit").
func (c *change) record(action, object, reason string, d detail) error {
	row := eventRow{
		At: millis(c.at), Actor: c.actor.Account, Username: c.actor.Username,
		Action: action, Object: object, Reason: reason,
	}
	if d != nil {
		text, err := json.Marshal(d)
		if err != nil {
			return fmt.Errorf("event %s: %w", action, err)
		}
		row.Detail = string(text)
	}
	var last eventRow
	err := c.tx.Raw("SELECT number, hash FROM events ORDER BY number DESC LIMIT 1").Scan(&last).Error
	if err != nil {
		return fmt.Errorf("event %s: %w", action, err)
	}
	row.Number, row.Previous = last.Number+1, last.Hash
	row.Hash = row.sum()
	err = c.tx.Create(&row).Error
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return errChainMoved
	}
	if err != nil {
		return fmt.Errorf("event %s: %w", action, err)
	}
	return nil
}

// errChainMoved: another instance wrote the event of this number first. Then
// the whole change is made again, on top of that one's.
var errChainMoved = errors.New("the audit chain moved on")

// object names what an event is about: "campaign 3ZK0M7Q2D".
func object(kind string, id survey.ID) string { return kind + " " + id.String() }

// Events lists the audit chain, newest first: at most limit of those with a
// number below before (0: from the newest).
func (s *Store) Events(ctx context.Context, before int64, limit int) ([]survey.Event, error) {
	q := s.lookup(ctx).db.Order("number DESC").Limit(limit)
	if before > 0 {
		q = q.Where("number < ?", before)
	}
	var rows []eventRow
	if err := q.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("events: %w", err)
	}
	events := make([]survey.Event, len(rows))
	for i, r := range rows {
		events[i] = r.event()
	}
	return events, nil
}
