package model

import (
	"context"
	"fmt"
	"strings"

	"meihao/survey"
	"meihao/survey/rubric"
)

// AskOverride asks to put points in the place of what the machine set: the
// first of two persons (RULES §6). A stale override may be asked for anew.
func (s *Store) AskOverride(ctx context.Context, actor survey.Actor, activity, project survey.ID, item string, points rubric.Halves, reason string) error {
	return s.changeSheet(ctx, actor, survey.OverrideScores, activity, project, func(c *sheetChange) (string, string, detail, error) {
		award, err := c.figured(item)
		if err != nil {
			return "", "", nil, err
		}
		if err := award.CanOverride(points, reason); err != nil {
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
// be what the first one wanted to replace. Seen is what the award's Seen said to
// whoever confirms.
func (s *Store) ConfirmOverride(ctx context.Context, actor survey.Actor, activity, project survey.ID, item, seen string) error {
	return s.changeSheet(ctx, actor, survey.OverrideScores, activity, project, func(c *sheetChange) (string, string, detail, error) {
		award, err := c.figured(item)
		if err != nil {
			return "", "", nil, err
		}
		if err := award.CanConfirm(c.actor, seen); err != nil {
			return "", "", nil, err
		}
		asked := award.Override
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
		award, err := c.item(item, func(i rubric.Item) bool { return !i.Veto() })
		if err != nil {
			return "", "", nil, err
		}
		asked := award.Override
		if asked == nil {
			return "", "", nil, survey.Fail(survey.Conflict, "error.sheet.nothing_asked", "Item", item)
		}
		err = c.tx.Where("sheet = ? AND item = ?", c.row.ID, item).Delete(&overrideRow{}).Error
		return "sheet.override_withdrawn", reason, detail{"item": item, "old": asked.Points.String(), "asked_by": asked.Asked.ID.String()}, wrapped("override", err)
	})
}
