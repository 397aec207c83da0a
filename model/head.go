package model

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"meihao/survey"
)

// Head is the end of the audit chain at one moment: the number and the hash
// of its last event; the zero Head is that of an empty chain. Whoever keeps a
// head outside the database can tell later whether the chain still contains
// it: a database that was rolled back to an older backup does not.
type Head struct {
	Number int64  `json:"number"`
	Hash   string `json:"hash"` // SHA-256 in hex
}

// String is how a head is written down: "128:9f2c…".
func (h Head) String() string { return strconv.FormatInt(h.Number, 10) + ":" + h.Hash }

// ParseHead reads what String wrote.
func ParseHead(text string) (Head, error) {
	number, hash, _ := strings.Cut(strings.TrimSpace(text), ":")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n < 1 || !regexp.MustCompile(`^[0-9a-f]{64}$`).MatchString(hash) {
		return Head{}, errors.New("a head is an event's number, a colon and its hash of 64 hexadecimal digits")
	}
	return Head{n, hash}, nil
}

// Head is the audit chain's head now.
func (s *Store) Head(ctx context.Context) (Head, error) { return headOf(ctx, s.reader()) }

// CheckHead says whether the audit chain still contains a head that was
// written down before: Conflict error.backup.behind when it does not.
func (s *Store) CheckHead(ctx context.Context, expected Head) error {
	return checkHead(ctx, s.reader(), expected)
}

// querier is what asks: a pool, a connection or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func headOf(ctx context.Context, db querier) (Head, error) {
	var h Head
	err := db.QueryRowContext(ctx, "SELECT number, hash FROM events ORDER BY number DESC LIMIT 1").Scan(&h.Number, &h.Hash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return Head{}, fmt.Errorf("events: %w", err)
	}
	return h, nil
}

func checkHead(ctx context.Context, db querier, expected Head) error {
	var n int
	err := db.QueryRowContext(ctx, "SELECT COUNT(*) FROM events WHERE number = ? AND hash = ?", expected.Number, expected.Hash).Scan(&n)
	if err != nil {
		return fmt.Errorf("events: %w", err)
	}
	if n > 0 {
		return nil
	}
	head, err := headOf(ctx, db)
	if err != nil {
		return err
	}
	return survey.Fail(survey.Conflict, "error.backup.behind", "Expected", expected.String(), "Head", head.String())
}
