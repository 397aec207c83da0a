package model

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// newsWait is what looking for news may take: everybody else goes by what is
// kept meanwhile, and a save does not wait for longer.
const newsWait = time.Second

// lookForNews lets go of the posters that are kept if anything happened since
// it was last looked for that may be seen on one of them. Of all who come
// when it is time again, one looks; the others go by what is kept.
func (s *Store) lookForNews(ctx context.Context, now time.Time) {
	c := s.posters
	if age := now.UnixNano() - c.looked.Load(); age >= 0 && age < int64(newsAge) || !c.looking.TryLock() {
		return
	}
	defer c.looking.Unlock()
	c.looked.Store(now.UnixNano())
	ctx, cancel := context.WithTimeout(ctx, newsWait)
	defer cancel()
	head, news, err := s.newsSince(ctx, c.head)
	if err != nil {
		c.looked.Store(0) // the next one looks; meanwhile what is kept is all there is
		return
	}
	c.head = head
	if news {
		c.forget()
	}
}

// newsSince reads on from the end of the audit chain as it was: where it ends
// now, and whether any event since then is news. A chain that does not contain
// the old end is that of another database, a restored one.
func (s *Store) newsSince(ctx context.Context, head Head) (Head, bool, error) {
	if head == (Head{}) {
		head, err := s.Head(ctx)
		return head, true, err
	}
	rows, err := s.reader().QueryContext(ctx, "SELECT number, hash, action FROM events WHERE number >= ? ORDER BY number", head.Number)
	if err != nil {
		return Head{}, false, fmt.Errorf("events: %w", err)
	}
	defer rows.Close()
	same, news := false, false
	end := Head{}
	for rows.Next() {
		var action string
		if err := rows.Scan(&end.Number, &end.Hash, &action); err != nil {
			return Head{}, false, fmt.Errorf("events: %w", err)
		}
		if end == head {
			same = true
			continue
		}
		news = news || isNews(action)
	}
	if err := rows.Err(); err != nil {
		return Head{}, false, fmt.Errorf("events: %w", err)
	}
	return end, news || !same, nil
}

// isNews says whether an event may be about something that is on a poster.
// Accounts, tokens, walls, comments, stopped work, what was refused and all that
// sheets are made of are not, and the former have most of the events. Nor is it
// that posters were printed, or that more were hung up: nothing is kept of a
// code before it is one.
func isNews(action string) bool {
	switch action {
	case "poster.printed", "poster.added",
		"promise.added", "promise.changed", "promise.done", "promise.removed", "promise.returned":
		return false
	}
	switch of, _, _ := strings.Cut(action, "."); of {
	case "account", "token", "work", "comment", "comments", "lexicon", "wall", "refused",
		"activity", "application", "complaint", "declaration", "sheet", "sheets":
		return false
	}
	return true
}
