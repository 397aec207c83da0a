package model

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"meihao/survey"
)

// frozenDigest is a hash over N per base and the buildings of all enrolments
// of a campaign. Opening and every correction write it into their event, so
// that N changed without one is found (RULES §1: N is changed by an event
// only).
func (l lookup) frozenDigest(ctx context.Context, campaign survey.ID) (string, error) {
	rows, err := l.rows(ctx, `SELECT project, COALESCE(households, -1), COALESCE(occupied, -1), buildings
		FROM enrolments WHERE campaign = ? ORDER BY project`, campaign)
	if err != nil {
		return "", fmt.Errorf("enrolments: %w", err)
	}
	defer rows.Close()
	h := sha256.New()
	for rows.Next() {
		var project survey.ID
		var households, occupied int64
		var buildings string
		if err := rows.Scan(&project, &households, &occupied, &buildings); err != nil {
			return "", fmt.Errorf("enrolments: %w", err)
		}
		_, _ = fmt.Fprintf(h, "%d %d %d %d %s\n", project, households, occupied, len(buildings), buildings) // a hash takes everything
	}
	return hex.EncodeToString(h.Sum(nil)), rows.Err()
}

// frozenByEvents is the digest that the last event of a campaign's opening or
// of a correction holds, "" where it was never opened.
func (l lookup) frozenByEvents(campaign survey.ID) (string, error) {
	var row eventRow
	err := l.db.Where("object = ? AND action IN ?", object("campaign", campaign), []string{"campaign.opened", correctedAction}).Order("number DESC").Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("events: %w", err)
	}
	var d struct {
		Frozen string `json:"frozen"`
	}
	if err := json.Unmarshal([]byte(row.Detail), &d); err != nil {
		return "", nil // the chain's own check names a broken event
	}
	return d.Frozen, nil
}

// unmoved: N and buildings are what the event of the opening, or of the last
// correction, says.
func (c *verifying) unmoved() error {
	then, err := c.look.frozenByEvents(c.campaign.ID)
	if err != nil || c.campaign.Stage == survey.Draft {
		return err
	}
	now, err := c.look.frozenDigest(c.ctx, c.campaign.ID)
	if err == nil && now != then {
		c.find(c.where, "has households or buildings that are not those of its opening or last correction")
	}
	return err
}
