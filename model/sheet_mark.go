package model

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"meihao/survey"
	"meihao/survey/rubric"
)

// SaveMarks saves what an actor gives to items, all of them or none: those who
// assess themselves their self-assessment, a third party its own marks, and
// deciders those of the first assessor or, where another account is the first,
// of the second one.
func (s *Store) SaveMarks(ctx context.Context, actor survey.Actor, activity, project survey.ID, marks []rubric.MarkChange) error {
	may := survey.ScoreSheets
	switch {
	case actor.Role.AssessesItself():
		may = survey.SelfAssess
	case actor.Role.May(survey.ScoreAsThird):
		may = survey.ScoreAsThird
	}
	return s.changeSheet(ctx, actor, may, activity, project, func(c *sheetChange) (string, string, detail, error) {
		if may == survey.ScoreAsThird {
			if err := c.declared(activity, project); err != nil {
				return "", "", nil, err
			}
		}
		changed := detail{}
		faults := survey.Fail(survey.Invalid, "error.mark.fields")
		for _, m := range marks {
			what, err := c.mark(m)
			if e, mendable := asInvalid(err); mendable {
				faults.FieldOf("points-"+m.Item, e)
				continue
			}
			if err != nil {
				return "", "", nil, err
			}
			if what != nil {
				changed[m.Item] = what
			}
		}
		if len(faults.Fields) > 0 {
			return "", "", nil, faults
		}
		if len(changed) == 0 {
			return "", "", nil, errUnchanged
		}
		return "sheet.marked", "", detail{"items": changed}, nil
	})
}

func asInvalid(err error) (*survey.Error, bool) {
	var e *survey.Error
	is := errors.As(err, &e) && e.Kind == survey.Invalid
	return e, is
}

// mark saves one mark; nil where it is as it was.
func (c *sheetChange) mark(m rubric.MarkChange) (detail, error) {
	award, err := c.item(m.Item, func(i rubric.Item) bool { return !i.Veto() })
	if err != nil {
		return nil, err
	}
	party, err := c.sheet.Seat(m.Item, c.actor.Role, c.actor.Account)
	if err != nil {
		return nil, err
	}
	was, note := award.Mark(party), strings.TrimSpace(m.Note)
	var old *rubric.Halves
	if was != nil {
		old = &was.Points
	}
	if same(old, m.Points) && (was == nil || was.Note == note) {
		return nil, nil
	}
	if !same(old, m.Seen) {
		return nil, survey.Fail(survey.Conflict, "error.mark.changed", "Item", m.Item)
	}
	if err := rubric.CheckMark(award.Item, m.Points, note, party != rubric.SelfParty && award.Evidence == 0); err != nil {
		return nil, err
	}
	if party != rubric.SelfParty && !same(old, m.Points) {
		// What was settled was settled about other marks.
		if err := c.tx.Where("sheet = ? AND item = ?", c.row.ID, m.Item).Delete(&settlementRow{}).Error; err != nil {
			return nil, fmt.Errorf("settlement: %w", err)
		}
	}
	row := markRow{Sheet: c.row.ID, Item: m.Item, Party: party, Note: note, Account: c.actor.Account, At: millis(c.at)}
	if m.Points == nil {
		err = c.tx.Delete(&row).Error
	} else {
		row.Points = *m.Points
		err = c.tx.Save(&row).Error
	}
	return detail{"party": party, "old": halvesText(old), "new": halvesText(m.Points)}, wrapped("mark", err)
}

func same(a, b *rubric.Halves) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }

func halvesText(h *rubric.Halves) string {
	if h == nil {
		return ""
	}
	return h.String()
}

// Settle ends a difference between the marks of assessors with a reason. Seen is
// what the award's Seen said to whoever decided.
func (s *Store) Settle(ctx context.Context, actor survey.Actor, activity, project survey.ID, item string, points rubric.Halves, seen, reason string) error {
	return s.changeSheet(ctx, actor, survey.SettleScores, activity, project, func(c *sheetChange) (string, string, detail, error) {
		award, err := c.item(item, func(i rubric.Item) bool { return !i.Veto() })
		if err != nil {
			return "", "", nil, err
		}
		if err := award.CanSettle(points, seen, reason); err != nil {
			return "", "", nil, err
		}
		marks := detail{}
		for _, m := range award.Marks {
			marks[string(m.Party)] = m.Points.String()
		}
		row := settlementRow{Sheet: c.row.ID, Item: item, Points: points, Reason: strings.TrimSpace(reason), Account: c.actor.Account, At: millis(c.at)}
		if err := c.tx.Save(&row).Error; err != nil {
			return "", "", nil, fmt.Errorf("settlement: %w", err)
		}
		return "sheet.settled", reason, detail{"item": item, "marks": marks, "new": points.String()}, nil
	})
}
