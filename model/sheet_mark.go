package model

import (
	"context"
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
		return "sheet.marked", "", detail{"items": changed}, nil
	})
}

func asInvalid(err error) (*survey.Error, bool) {
	e, is := err.(*survey.Error)
	return e, is && e.Kind == survey.Invalid
}

// seat is the party for which an actor marks an item: a Conflict where all of
// its seats are other people's.
func (c *sheetChange) seat(award *rubric.Award) (rubric.Party, error) {
	switch {
	case c.actor.Role.AssessesItself():
		return rubric.SelfParty, nil
	case c.actor.Role.May(survey.ScoreAsThird):
		if m := award.Mark(rubric.ThirdParty); m != nil && m.By.ID != c.actor.Account {
			return "", survey.Fail(survey.Conflict, "error.mark.third", "Item", award.Item.ID, "Name", m.By.Name)
		}
		return rubric.ThirdParty, nil
	}
	first, second := award.Mark(rubric.FirstParty), award.Mark(rubric.SecondParty)
	switch {
	case second != nil && second.By.ID == c.actor.Account:
		return rubric.SecondParty, nil
	case first == nil || first.By.ID == c.actor.Account:
		return rubric.FirstParty, nil
	case second == nil:
		return rubric.SecondParty, nil
	}
	return "", survey.Fail(survey.Conflict, "error.mark.two", "Item", award.Item.ID, "First", first.By.Name, "Second", second.By.Name)
}

// mark saves one mark; nil where it is as it was.
func (c *sheetChange) mark(m rubric.MarkChange) (detail, error) {
	award, err := c.item(m.Item, func(i rubric.Item) bool { return !i.Veto() })
	if err != nil {
		return nil, err
	}
	if award.Item.MachineSet() && !c.actor.Role.AssessesItself() {
		return nil, survey.Fail(survey.Conflict, "error.mark.machine", "Item", m.Item)
	}
	party, err := c.seat(award)
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

// Settle ends a difference between the marks of assessors with a reason.
func (s *Store) Settle(ctx context.Context, actor survey.Actor, activity, project survey.ID, item string, points rubric.Halves, reason string) error {
	if err := survey.CheckReason(reason); err != nil {
		return err
	}
	return s.changeSheet(ctx, actor, survey.SettleScores, activity, project, func(c *sheetChange) (string, string, detail, error) {
		award, err := c.item(item, func(i rubric.Item) bool { return !i.Veto() && !i.MachineSet() })
		if err != nil {
			return "", "", nil, err
		}
		if !award.Differs && award.Settled == nil {
			return "", "", nil, survey.Fail(survey.Conflict, "error.settle.nothing", "Item", item)
		}
		if err := rubric.CheckMark(award.Item, &points, reason, false); err != nil {
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

// AskOverride asks to put points in the place of what the machine set: the
// first of two persons (RULES §6). A stale override may be asked for anew.
func (s *Store) AskOverride(ctx context.Context, actor survey.Actor, activity, project survey.ID, item string, points rubric.Halves, reason string) error {
	if err := survey.CheckReason(reason); err != nil {
		return err
	}
	return s.changeSheet(ctx, actor, survey.OverrideScores, activity, project, func(c *sheetChange) (string, string, detail, error) {
		award, err := c.item(item, func(i rubric.Item) bool { return !i.Veto() && i.MachineSet() })
		if err != nil {
			return "", "", nil, err
		}
		if award.Override != nil && award.Override.Of == award.Machine {
			return "", "", nil, survey.Fail(survey.Conflict, "error.sheet.asked")
		}
		if err := rubric.CheckMark(award.Item, &points, reason, false); err != nil {
			return "", "", nil, err
		}
		row := overrideRow{
			Sheet: c.row.ID, Item: item, Points: points, Reason: strings.TrimSpace(reason), Machine: award.Machine,
			AskedBy: c.actor.Account, AskedAt: millis(c.at),
		}
		if err := c.tx.Save(&row).Error; err != nil {
			return "", "", nil, fmt.Errorf("override: %w", err)
		}
		return "sheet.override_asked", reason, detail{"item": item, "machine": award.Machine, "new": points.String()}, nil
	})
}

// ConfirmOverride is the second person's word; what the machine says must still
// be what the first one wanted to replace.
func (s *Store) ConfirmOverride(ctx context.Context, actor survey.Actor, activity, project survey.ID, item string) error {
	return s.changeSheet(ctx, actor, survey.OverrideScores, activity, project, func(c *sheetChange) (string, string, detail, error) {
		award, asked, err := c.asked(item)
		switch {
		case err != nil:
			return "", "", nil, err
		case asked.Confirmed.ID != 0:
			return "", "", nil, survey.Fail(survey.Conflict, "error.sheet.confirmed")
		case asked.Of != award.Machine:
			return "", "", nil, survey.Fail(survey.Conflict, "error.override.moved", "Item", item)
		}
		if err := survey.SecondPerson(asked.Asked.ID, c.actor); err != nil {
			return "", "", nil, err
		}
		err = c.tx.Model(&overrideRow{}).Where("sheet = ? AND item = ?", c.row.ID, item).
			Updates(map[string]any{"confirmed_by": c.actor.Account, "confirmed_at": millis(c.at)}).Error
		d := detail{"item": item, "machine": asked.Of, "new": asked.Points.String(), "asked_by": asked.Asked.ID.String()}
		return "sheet.override_confirmed", asked.Reason, d, wrapped("override", err)
	})
}

// WithdrawOverride takes an override back, asked for or in force.
func (s *Store) WithdrawOverride(ctx context.Context, actor survey.Actor, activity, project survey.ID, item, reason string) error {
	if err := survey.CheckReason(reason); err != nil {
		return err
	}
	return s.changeSheet(ctx, actor, survey.OverrideScores, activity, project, func(c *sheetChange) (string, string, detail, error) {
		_, asked, err := c.asked(item)
		if err != nil {
			return "", "", nil, err
		}
		err = c.tx.Where("sheet = ? AND item = ?", c.row.ID, item).Delete(&overrideRow{}).Error
		return "sheet.override_withdrawn", reason, detail{"item": item, "old": asked.Points.String()}, wrapped("override", err)
	})
}

// asked is an item with the override that somebody asked for.
func (c *sheetChange) asked(item string) (*rubric.Award, *rubric.Override, error) {
	award, err := c.item(item, func(i rubric.Item) bool { return !i.Veto() && i.MachineSet() })
	if err != nil {
		return nil, nil, err
	}
	if award.Override == nil {
		return nil, nil, survey.Fail(survey.Conflict, "error.sheet.nothing_asked")
	}
	return award, award.Override, nil
}
