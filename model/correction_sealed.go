package model

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"meihao/survey"
)

// pendingCorrectionRow is a correction of a sealed result that waits for a
// second person, one at most for each campaign.
type pendingCorrectionRow struct {
	Campaign survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Project  survey.ID
	Data     string
}

// TableName is gorm's question.
func (pendingCorrectionRow) TableName() string { return "pending_corrections" }

// askCorrection stores what the first person wants of a sealed result.
func (c *change) askCorrection(one frozenChange, to survey.FrozenCorrection, reason string) error {
	campaign := one.view.Row.ID
	_, found, err := c.asked(campaign, survey.ApproveCorrect)
	if err != nil {
		return err
	}
	if found {
		return survey.Fail(survey.Conflict, "error.correction.waits")
	}
	to.Buildings = slices.Clone(to.Buildings)
	for i := range to.Buildings {
		to.Buildings[i].Rooms = "" // they stay as they are
	}
	data, err := json.Marshal(to)
	if err != nil {
		return fmt.Errorf("correction: %w", err)
	}
	row := pendingCorrectionRow{Campaign: campaign, Project: one.before.Project.ID, Data: string(data)}
	if err := c.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("correction: %w", err)
	}
	d := detail{
		"project": row.Project, "name": one.before.Project.Name, "changes": lineDetail(one.lines),
		"old": homesDetail(one.before), "new": homesDetail(one.after), "asked": row.digest(),
	}
	return c.ask(campaign, survey.ApproveCorrect, reason, c.at, d)
}

// digest is a hash over what was asked for, which the event of asking keeps:
// who confirms it confirms that.
func (r pendingCorrectionRow) digest() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %d %s", r.Campaign, r.Project, r.Data))
	return hex.EncodeToString(sum[:])
}

// asAsked: what waits is what the first person asked for, by the audit chain,
// with that person's name and reason.
func (c *change) asAsked(p survey.PendingCorrection) error {
	var row pendingCorrectionRow
	if err := c.tx.Where("campaign = ?", p.Campaign).Take(&row).Error; err != nil {
		return fmt.Errorf("correction: %w", err)
	}
	var asked eventRow
	err := c.tx.Where("object = ? AND action = ?", object("campaign", p.Campaign), "campaign.correct_asked").
		Order("number DESC").Limit(1).Find(&asked).Error
	if err != nil {
		return fmt.Errorf("events: %w", err)
	}
	var d struct {
		Asked string `json:"asked"`
	}
	err = json.Unmarshal([]byte(asked.Detail), &d) // the chain's own check names a broken event
	if err != nil || d.Asked != row.digest() || asked.Actor != p.By || asked.Reason != p.Reason {
		return survey.Fail(survey.Conflict, "error.correction.not_as_asked")
	}
	return nil
}

// PendingCorrection is the correction of a sealed campaign that waits for a
// second person; NotFound where none does, and where campaign or project are
// out of scope.
func (s *Store) PendingCorrection(ctx context.Context, scope survey.Scope, campaign survey.ID) (survey.PendingCorrection, error) {
	l := s.lookup(ctx)
	if _, err := l.campaign(scope, campaign); err != nil {
		return survey.PendingCorrection{}, err
	}
	p, err := l.pendingCorrection(campaign)
	if err != nil {
		return survey.PendingCorrection{}, err
	}
	if _, err := l.project(scope, p.Project); err != nil {
		return survey.PendingCorrection{}, err
	}
	return p, nil
}

func (l lookup) pendingCorrection(campaign survey.ID) (survey.PendingCorrection, error) {
	var p survey.PendingCorrection
	var row pendingCorrectionRow
	err := l.db.Where("campaign = ?", campaign).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return p, survey.NotFoundError("error.not_found")
	}
	if err != nil {
		return p, fmt.Errorf("correction: %w", err)
	}
	if err := json.Unmarshal([]byte(row.Data), &p.To); err != nil {
		return p, fmt.Errorf("correction: %w", err)
	}
	views, err := l.approvals(campaign)
	if err != nil {
		return p, err
	}
	for _, v := range views {
		if v.Row.Kind == survey.ApproveCorrect {
			p.Approval, p.Project = v.approval(), row.Project
			return p, nil
		}
	}
	return p, survey.NotFoundError("error.not_found")
}

// ConfirmCorrection is the second person's yes to a correction of a sealed
// result: N is changed and a new snapshot written, in which the counts of all
// projects stay as they were sealed and the words of the corrected one follow
// from its new N (RULES §9). The snapshots before it stay.
func (s *Store) ConfirmCorrection(ctx context.Context, actor survey.Actor, campaign survey.ID) error {
	err := s.change(ctx, actor, func(c *change) error {
		v, err := c.managed(campaign)
		if err != nil {
			return err
		}
		p, err := c.lookup().pendingCorrection(campaign)
		if err != nil {
			return err
		}
		if err := survey.SecondPerson(p.By, actor); err != nil {
			return err
		}
		if err := c.asAsked(p); err != nil {
			return err
		}
		one, err := c.correcting(v, p.Project, p.To)
		if err != nil {
			return err
		}
		number, err := c.sealAgain(one, p.Reason)
		if err != nil {
			return err
		}
		if err := c.settle(campaign, survey.ApproveCorrect); err != nil {
			return err
		}
		return c.correct(one, p.Reason, detail{"snapshot": number, "asked_by": p.By, "asked_by_name": p.ByName})
	})
	if err != nil {
		return err
	}
	s.posters.forget()
	return nil
}

// sealAgain writes the campaign's next snapshot and returns its number.
func (c *change) sealAgain(one frozenChange, reason string) (int, error) {
	campaign := one.view.campaign()
	l := c.lookup()
	last, err := l.snapshot(campaign.ID)
	if err != nil {
		return 0, err
	}
	var rows []sealedRow
	if err := c.tx.Where("campaign = ? AND number = ?", campaign.ID, last.Number).Order("project").Find(&rows).Error; err != nil {
		return 0, fmt.Errorf("snapshot: %w", err)
	}
	next := last
	next.Number, next.At, next.Reason, next.RulesVersion = last.Number+1, moment(millis(c.at)), reason, survey.RulesVersion
	next.Projects = make([]survey.Sealed, len(rows))
	for i, row := range rows {
		p := &next.Projects[i]
		if err := json.Unmarshal([]byte(row.Data), p); err != nil {
			return 0, fmt.Errorf("snapshot: %w", err)
		}
		if p.Project == one.after.Project.ID {
			*p = p.SealAgain(campaign, one.after.Homes, one.after.Tally)
		}
	}
	return next.Number, c.addSnapshot(next)
}
