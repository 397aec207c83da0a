package model

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"gorm.io/gorm/clause"

	"meihao/survey"
)

type lexiconRow struct {
	Owner   survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Version int
	Data    string
	At      int64
	Account survey.ID
}

// TableName is gorm's question.
func (lexiconRow) TableName() string { return "lexicons" }

// Lexicon is the one by which an owner's campaigns are read: the district's
// own, else the city's, else none (Version 0), which is the default.
func (s *Store) Lexicon(ctx context.Context, owner survey.ID) (survey.StoredLexicon, error) {
	return s.lookup(ctx).lexicon(owner, 0)
}

// lexicon is the first one that one of the owners has.
func (l lookup) lexicon(owners ...survey.ID) (survey.StoredLexicon, error) {
	var rows []lexiconRow
	if err := l.db.Where("owner IN ?", owners).Find(&rows).Error; err != nil {
		return survey.StoredLexicon{}, fmt.Errorf("lexicon: %w", err)
	}
	for _, owner := range owners {
		for _, r := range rows {
			if r.Owner != owner {
				continue
			}
			found := survey.StoredLexicon{Owner: r.Owner, Version: r.Version, At: moment(r.At)}
			err := json.Unmarshal([]byte(r.Data), &found.Lexicon)
			return found, wrapped("lexicon", err)
		}
	}
	return survey.StoredLexicon{}, nil
}

// lexiconObject names a lexicon in an event.
func lexiconObject(owner survey.ID) string {
	if owner == 0 {
		return "lexicon city"
	}
	return object("lexicon", owner)
}

// changingLexicon runs a change of an owner's own lexicon, which must be the
// version that the actor saw (0 for none of their own).
func (s *Store) changingLexicon(ctx context.Context, actor survey.Actor, owner survey.ID, seen int, f func(*change, survey.StoredLexicon) error) error {
	return s.change(ctx, actor, func(c *change) error {
		if err := permitted(actor, survey.EditLexicon); err != nil {
			return err
		}
		if !actor.Scope.Manages(owner) {
			return survey.Fail(survey.Forbidden, "error.forbidden")
		}
		own, err := c.lookup().lexicon(owner)
		if err != nil {
			return err
		}
		if own.Version != seen {
			return survey.Fail(survey.Conflict, "error.lexicon.meanwhile")
		}
		return f(c, own)
	})
}

// ChangeLexicon saves an owner's own lexicon. before is what it read by until
// now, for the event.
func (s *Store) ChangeLexicon(ctx context.Context, actor survey.Actor, owner survey.ID, seen int, before, to survey.Lexicon) error {
	if err := to.Check(); err != nil {
		return err
	}
	data, err := to.JSON()
	if err != nil {
		return err
	}
	return s.changingLexicon(ctx, actor, owner, seen, func(c *change, own survey.StoredLexicon) error {
		row := lexiconRow{Owner: owner, Version: own.Version + 1, Data: data, At: millis(c.at), Account: actor.Account}
		if err := c.tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error; err != nil {
			return fmt.Errorf("lexicon: %w", err)
		}
		return c.record("lexicon.changed", lexiconObject(owner), "", lexiconDetail(before, to))
	})
}

// RestoreLexicon removes an owner's own lexicon: from then on it is the city's
// or the default.
func (s *Store) RestoreLexicon(ctx context.Context, actor survey.Actor, owner survey.ID, seen int) error {
	return s.changingLexicon(ctx, actor, owner, seen, func(c *change, own survey.StoredLexicon) error {
		if own.Version == 0 {
			return nil
		}
		if err := c.tx.Where("owner = ?", owner).Delete(&lexiconRow{}).Error; err != nil {
			return fmt.Errorf("lexicon: %w", err)
		}
		return c.record("lexicon.restored", lexiconObject(owner), "", detail{"themes": len(own.Lexicon.Themes)})
	})
}

// mostDetail is how long the list of changed words in an event may be, in
// bytes; of more only the themes are named.
const mostDetail = 20_000

// lexiconDetail is what changed from one lexicon to another.
func lexiconDetail(before, after survey.Lexicon) detail {
	whole, short := detail{}, []string{}
	for _, t := range after.Themes {
		old := survey.Theme{}
		if found := before.Theme(t.Key); found != nil {
			old = *found
		}
		changed := detail{}
		if old.ZH != t.ZH || old.EN != t.EN {
			changed["name"] = []string{t.ZH, t.EN}
		}
		for name, lists := range map[string][2][]string{"words": {old.Words, t.Words}, "without": {old.Without, t.Without}} {
			if added := missing(lists[1], lists[0]); len(added) > 0 {
				changed[name+"_added"] = added
			}
			if removed := missing(lists[0], lists[1]); len(removed) > 0 {
				changed[name+"_removed"] = removed
			}
		}
		if len(changed) > 0 {
			whole[t.Key] = changed
			short = append(short, t.Key)
		}
	}
	for _, t := range before.Themes {
		if after.Theme(t.Key) == nil {
			whole[t.Key] = "removed"
			short = append(short, t.Key)
		}
	}
	if text, err := json.Marshal(whole); err != nil || len(text) > mostDetail {
		return detail{"changed": short}
	}
	return whole
}

// missing are the words of a list that are not in another.
func missing(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(w string) bool { return slices.Contains(other, w) })
}

// LexiconEvents are the last changes of an owner's lexicon, the newest first.
func (s *Store) LexiconEvents(ctx context.Context, actor survey.Actor, owner survey.ID, limit int) ([]survey.Event, error) {
	if err := permitted(actor, survey.EditLexicon); err != nil {
		return nil, err
	}
	if !actor.Scope.Manages(owner) {
		return nil, survey.NotFoundError("error.not_found")
	}
	var rows []eventRow
	err := s.lookup(ctx).db.Where("object = ?", lexiconObject(owner)).Order("number DESC").Limit(limit).Find(&rows).Error
	events := make([]survey.Event, len(rows))
	for i, r := range rows {
		events[i] = r.event()
	}
	return events, wrapped("events", err)
}
