package model

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"meihao/survey"
	"meihao/survey/rubric"
)

// RemoveEvidence takes a piece of evidence away, with a reason: by who added
// it, or by who decides. Its content goes, its hash and the events stay. What
// a recorded veto or a mark without a note rests on cannot go: a Conflict.
func (s *Store) RemoveEvidence(ctx context.Context, actor survey.Actor, id survey.ID, reason string) error {
	if err := survey.CheckReason(reason); err != nil {
		return err
	}
	of, err := s.lookup(ctx).evidence(actor, id)
	if err != nil {
		return err
	}
	return s.changeSheet(ctx, actor, survey.AddEvidence, of.Activity, of.Project, func(c *sheetChange) (string, string, detail, error) {
		entries := c.before.Entries
		i := slices.IndexFunc(entries.Evidence, func(e rubric.Evidence) bool { return e.ID == id })
		if i < 0 || entries.Evidence[i].Removed {
			return "", "", nil, survey.NotFoundError("error.not_found")
		}
		e := entries.Evidence[i]
		if !e.RemovedBy(actor) {
			return "", "", nil, survey.Fail(survey.Forbidden, "error.evidence.others")
		}
		if err := c.restsOn(e); err != nil {
			return "", "", nil, err
		}
		if err := c.tx.Where("evidence = ?", id).Delete(&evidencePartRow{}).Error; err != nil {
			return "", "", nil, fmt.Errorf("evidence: %w", err)
		}
		err := c.tx.Model(&evidenceRow{}).Where("id = ?", id).
			Updates(map[string]any{"removed": millis(c.at), "removal": strings.TrimSpace(reason), "name": "", "note": ""}).Error
		d := detail{"item": e.Item, "evidence": id.String(), "party": e.Party, "kind": e.Kind, "sha256": hex.EncodeToString(e.SHA256[:])}
		return "sheet.evidence_removed", reason, d, wrapped("evidence", err)
	})
}

// restsOn says what needs a piece of evidence.
func (c *sheetChange) restsOn(e rubric.Evidence) error {
	award := c.sheet.Award(e.Item)
	if award == nil {
		return nil
	}
	if r := award.Recorded; r != nil && r.Evidence == e.ID {
		return survey.Fail(survey.Conflict, "error.evidence.veto", "Item", e.Item)
	}
	if award.Evidence > 1 {
		return nil
	}
	for _, m := range award.Marks {
		if m.Party != rubric.SelfParty && m.Note == "" {
			return survey.Fail(survey.Conflict, "error.evidence.rests", "Item", e.Item, "Name", m.By.Name)
		}
	}
	return nil
}
