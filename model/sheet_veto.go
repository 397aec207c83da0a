package model

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"meihao/survey"
	"meihao/survey/rubric"
)

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
		award, err := c.figured(rubric.SatisfactionVeto)
		if err != nil {
			return "", "", nil, err
		}
		if award.State != string(survey.VetoBorderline) || award.Stale {
			return "", "", nil, survey.Fail(survey.Conflict, "error.veto.not_borderline")
		}
		if award.Confirmation != nil {
			return "", "", nil, survey.Fail(survey.Conflict, "error.sheet.asked", "Item", rubric.SatisfactionVeto)
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
		award, err := c.figured(rubric.SatisfactionVeto)
		if err != nil {
			return "", "", nil, err
		}
		asked := award.Confirmation
		if asked == nil {
			return "", "", nil, survey.Fail(survey.Conflict, "error.sheet.nothing_asked", "Item", rubric.SatisfactionVeto)
		}
		d := detail{"item": rubric.SatisfactionVeto, "snapshot": asked.Snapshot, "asked_by": asked.Asked.ID.String()}
		if withdraw {
			err := c.tx.Where("sheet = ?", c.row.ID).Delete(&vetoConfirmationRow{}).Error
			return "sheet.veto_withdrawn", "", d, wrapped("veto", err)
		}
		if asked.Confirmed.ID != 0 {
			return "", "", nil, survey.Fail(survey.Conflict, "error.sheet.confirmed", "Item", rubric.SatisfactionVeto)
		}
		if award.Stale || award.State != string(survey.VetoBorderline) {
			return "", "", nil, survey.Fail(survey.Conflict, "error.veto.not_borderline")
		}
		if err := survey.SecondPerson(asked.Asked.ID, c.actor); err != nil {
			return "", "", nil, err
		}
		err = c.tx.Model(&vetoConfirmationRow{}).Where("sheet = ?", c.row.ID).
			Updates(map[string]any{"confirmed_by": c.actor.Account, "confirmed_at": millis(c.at)}).Error
		return "sheet.veto_confirmed", "", d, wrapped("veto", err)
	})
}
