package model

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"meihao/survey"
	"meihao/survey/rubric"
)

// sheetChange is a change of one sheet under way.
type sheetChange struct {
	*change
	activity survey.Activity
	row      sheetRow
	before   rubric.Case
	sheet    rubric.Sheet // before, with all that the deciders see
}

// changeSheet runs a change of the sheet of a project in scope that takes part
// in an activity which takes changes now; f says what the event says.
func (s *Store) changeSheet(ctx context.Context, actor survey.Actor, may survey.Action, activity, project survey.ID,
	f func(c *sheetChange) (action, reason string, d detail, err error),
) error {
	if err := permitted(actor, may); err != nil {
		return err
	}
	return s.change(ctx, actor, func(c *change) error {
		sc, err := c.sheet(actor.Scope, activity, project)
		if err != nil {
			return err
		}
		action, reason, d, err := f(sc)
		if err != nil {
			return err
		}
		sc.row.Revision++
		if err := c.tx.Save(&sc.row).Error; err != nil {
			return fmt.Errorf("sheet: %w", err)
		}
		d["activity"], d["project"] = activity.String(), project.String()
		return c.record(action, object("sheet", sc.row.ID), strings.TrimSpace(reason), d)
	})
}

// sheet is the sheet of a project with all that is known of it; the row is
// made where nothing was entered yet.
func (c *change) sheet(scope survey.Scope, activity, project survey.ID) (*sheetChange, error) {
	l := c.lookup()
	if _, err := l.project(scope, project); err != nil {
		return nil, err
	}
	a, err := c.working(activity)
	if err != nil {
		return nil, err
	}
	sc := &sheetChange{change: c, activity: a}
	if sc.before, err = l.sheetCase(scope, a, project); err != nil {
		return nil, err
	}
	sc.sheet = c.rubric.Sheet(a, sc.before.Entries, sc.before.Figures, survey.Administrator)
	if sc.before.Entries.ID == 0 {
		sc.row = sheetRow{ID: newID(), Activity: activity, Project: project}
		if err := c.tx.Create(&sc.row).Error; err != nil {
			return nil, fmt.Errorf("sheet: %w", err)
		}
		return sc, nil
	}
	if err := c.tx.Where("id = ?", sc.before.Entries.ID).Take(&sc.row).Error; err != nil {
		return nil, fmt.Errorf("sheet: %w", err)
	}
	return sc, nil
}

// item of the sheet that is an item or a veto as wanted; NotFound otherwise.
func (c *sheetChange) item(id string, fits func(rubric.Item) bool) (*rubric.Award, error) {
	a := c.sheet.Award(id)
	if a == nil || !fits(a.Item) {
		return nil, survey.NotFoundError("error.not_found")
	}
	return a, nil
}

// SaveFees stores what item 3.2 rests on, in fen.
func (s *Store) SaveFees(ctx context.Context, actor survey.Actor, activity, project survey.ID, f rubric.Fees) error {
	if err := f.Check(); err != nil {
		return err
	}
	return s.changeSheet(ctx, actor, survey.ScoreSheets, activity, project, func(c *sheetChange) (string, string, detail, error) {
		d := detail{"item": rubric.FeesItem, "old": []int64{c.row.Paid, c.row.Due}, "new": []int64{f.Paid, f.Due}, "document": f.Document}
		c.row.Paid, c.row.Due, c.row.FeesDocument = f.Paid, f.Due, strings.TrimSpace(f.Document)
		c.row.FeesBy, c.row.FeesAt = c.actor.Account, millis(c.at)
		return "sheet.fees", "", d, nil
	})
}

// RecordVeto records what was found about a veto from 6.2 to 6.6. YES and NO
// want their source; YES taken back wants a reason, which is the note.
func (s *Store) RecordVeto(ctx context.Context, actor survey.Actor, activity, project survey.ID, r rubric.Recorded) error {
	if err := r.Check(); err != nil {
		return err
	}
	return s.changeSheet(ctx, actor, survey.RecordVetoes, activity, project, func(c *sheetChange) (string, string, detail, error) {
		award, err := c.item(r.Item, func(i rubric.Item) bool { return i.Veto() && !i.MachineSet() })
		if err != nil {
			return "", "", nil, err
		}
		if award.State == rubric.Yes && r.State != rubric.Yes {
			if err := survey.CheckReason(r.Note); err != nil {
				return "", "", nil, survey.Fail(survey.Invalid, "error.veto.back").Field("note", "error.veto.back")
			}
		}
		if r.Evidence != 0 && !slices.ContainsFunc(c.before.Entries.Evidence, func(e rubric.Evidence) bool { return e.ID == r.Evidence && !e.Removed }) {
			return "", "", nil, survey.NotFoundError("error.not_found")
		}
		row := sheetVetoRow{
			Sheet: c.row.ID, Item: r.Item, State: r.State, Document: strings.TrimSpace(r.Document), Note: strings.TrimSpace(r.Note),
			Evidence: r.Evidence, Account: c.actor.Account, At: millis(c.at),
		}
		if err := c.tx.Save(&row).Error; err != nil {
			return "", "", nil, fmt.Errorf("veto: %w", err)
		}
		return "sheet.veto", row.Note, detail{"item": r.Item, "old": award.State, "new": r.State, "document": row.Document}, nil
	})
}

// AskVeto61 asks that a borderline veto of the sealed survey be confirmed: the
// first of two persons. ConfirmVeto61 is the second one.
func (s *Store) AskVeto61(ctx context.Context, actor survey.Actor, activity, project survey.ID, reason string) error {
	if err := survey.CheckReason(reason); err != nil {
		return err
	}
	return s.changeSheet(ctx, actor, survey.RecordVetoes, activity, project, func(c *sheetChange) (string, string, detail, error) {
		award := c.sheet.Award(rubric.SatisfactionVeto)
		if award.State != string(survey.VetoBorderline) || award.Stale {
			return "", "", nil, survey.Fail(survey.Conflict, "error.veto.not_borderline")
		}
		if award.Confirmation != nil {
			return "", "", nil, survey.Fail(survey.Conflict, "error.sheet.asked")
		}
		row := vetoConfirmationRow{
			Sheet: c.row.ID, Snapshot: c.row.Snapshot, Reason: strings.TrimSpace(reason), AskedBy: c.actor.Account, AskedAt: millis(c.at),
		}
		if err := c.tx.Save(&row).Error; err != nil {
			return "", "", nil, fmt.Errorf("veto: %w", err)
		}
		return "sheet.veto_asked", reason, detail{"item": rubric.SatisfactionVeto, "snapshot": c.row.Snapshot}, nil
	})
}

// ConfirmVeto61 confirms what another person asked for; withdraw takes it back.
func (s *Store) ConfirmVeto61(ctx context.Context, actor survey.Actor, activity, project survey.ID, withdraw bool) error {
	return s.changeSheet(ctx, actor, survey.RecordVetoes, activity, project, func(c *sheetChange) (string, string, detail, error) {
		asked := c.sheet.Award(rubric.SatisfactionVeto).Confirmation
		if asked == nil {
			return "", "", nil, survey.Fail(survey.Conflict, "error.sheet.nothing_asked")
		}
		d := detail{"item": rubric.SatisfactionVeto, "snapshot": asked.Snapshot, "asked_by": asked.Asked.ID.String()}
		if withdraw {
			err := c.tx.Where("sheet = ?", c.row.ID).Delete(&vetoConfirmationRow{}).Error
			return "sheet.veto_withdrawn", "", d, wrapped("veto", err)
		}
		if asked.Confirmed.ID != 0 {
			return "", "", nil, survey.Fail(survey.Conflict, "error.sheet.confirmed")
		}
		if c.sheet.Award(rubric.SatisfactionVeto).Stale {
			return "", "", nil, survey.Fail(survey.Conflict, "error.veto.not_borderline")
		}
		if err := survey.SecondPerson(asked.Asked.ID, c.actor); err != nil {
			return "", "", nil, err
		}
		err := c.tx.Model(&vetoConfirmationRow{}).Where("sheet = ?", c.row.ID).
			Updates(map[string]any{"confirmed_by": c.actor.Account, "confirmed_at": millis(c.at)}).Error
		return "sheet.veto_confirmed", "", d, wrapped("veto", err)
	})
}

// SheetHistory is what was changed of a sheet in scope, the latest first.
func (s *Store) SheetHistory(ctx context.Context, scope survey.Scope, activity, project survey.ID) ([]survey.Event, error) {
	l := s.lookup(ctx)
	a, err := l.activity(activity)
	if err != nil {
		return nil, err
	}
	one, err := l.sheetCase(scope, a, project)
	if err != nil || one.Entries.ID == 0 {
		return nil, err
	}
	var rows []eventRow
	if err := l.db.Where("object = ?", object("sheet", one.Entries.ID)).Order("number DESC").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("events: %w", err)
	}
	events := make([]survey.Event, len(rows))
	for i, r := range rows {
		events[i] = r.event()
	}
	return events, nil
}
