package model

import (
	"context"
	"fmt"
	"strings"
	"time"

	"meihao/survey"
)

type approvalRow struct {
	Campaign survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Kind     string    `gorm:"primaryKey"`
	Reason   string
	Closes   int64
	AskedBy  survey.ID
	AskedAt  int64
}

// TableName is gorm's question.
func (approvalRow) TableName() string { return "approvals" }

// approvalView is an approval with the name of who asked.
type approvalView struct {
	Row    approvalRow `gorm:"embedded"`
	ByName string
}

func (v approvalView) approval() survey.Approval {
	return survey.Approval{
		Kind: v.Row.Kind, Campaign: v.Row.Campaign, Reason: v.Row.Reason, Closes: moment(v.Row.Closes),
		By: v.Row.AskedBy, ByName: v.ByName, At: moment(v.Row.AskedAt),
	}
}

// byName is the name of an account as people read it; its alias is "a".
const byName = "CASE WHEN COALESCE(a.name, '') <> '' THEN a.name ELSE COALESCE(a.username, '') END AS by_name"

func (l lookup) approvals(campaign survey.ID) ([]approvalView, error) {
	var views []approvalView
	err := l.db.Table("approvals").Select("approvals.*, "+byName).
		Joins("LEFT JOIN accounts a ON a.id = approvals.asked_by").
		Where("approvals.campaign = ?", campaign).Order("approvals.kind").Find(&views).Error
	if err != nil {
		return nil, fmt.Errorf("approvals: %w", err)
	}
	return views, nil
}

// Approvals are the steps of a campaign that wait for a second person.
func (s *Store) Approvals(ctx context.Context, scope survey.Scope, campaign survey.ID) ([]survey.Approval, error) {
	l := s.lookup(ctx)
	if _, err := l.campaign(scope, campaign); err != nil {
		return nil, err
	}
	views, err := l.approvals(campaign)
	if err != nil {
		return nil, err
	}
	approvals := make([]survey.Approval, len(views))
	for i, v := range views {
		approvals[i] = v.approval()
	}
	return approvals, nil
}

// asked is what somebody asked for before, false if nobody did.
func (c *change) asked(campaign survey.ID, kind string) (survey.Approval, bool, error) {
	views, err := c.lookup().approvals(campaign)
	if err != nil {
		return survey.Approval{}, false, err
	}
	for _, v := range views {
		if v.Row.Kind == kind {
			return v.approval(), true, nil
		}
	}
	return survey.Approval{}, false, nil
}

// ask stores what a second person must confirm, with the detail of its event.
func (c *change) ask(campaign survey.ID, kind, reason string, closes time.Time, d detail) error {
	row := approvalRow{
		Campaign: campaign, Kind: kind, Reason: strings.TrimSpace(reason), Closes: millis(closes),
		AskedBy: c.actor.Account, AskedAt: millis(c.at),
	}
	if err := c.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("approval: %w", err)
	}
	return c.record("campaign."+kind+"_asked", object("campaign", campaign), row.Reason, d)
}

// settle removes an approval that was used or withdrawn.
func (c *change) settle(campaign survey.ID, kind string) error {
	err := c.tx.Where("campaign = ? AND kind = ?", campaign, kind).Delete(&approvalRow{}).Error
	if err != nil {
		return fmt.Errorf("approval: %w", err)
	}
	if kind == survey.ApproveCorrect {
		err = c.tx.Where("campaign = ?", campaign).Delete(&pendingCorrectionRow{}).Error
	}
	return wrapped("approval", err)
}

// WithdrawApproval takes back what was asked for; NotFound if nothing was.
func (s *Store) WithdrawApproval(ctx context.Context, actor survey.Actor, campaign survey.ID, kind string) error {
	return s.change(ctx, actor, func(c *change) error {
		if _, err := c.managed(campaign); err != nil {
			return err
		}
		a, found, err := c.asked(campaign, kind)
		if err != nil {
			return err
		}
		if !found {
			return survey.NotFoundError("error.not_found")
		}
		if err := c.settle(campaign, kind); err != nil {
			return err
		}
		return c.record("campaign.approval_withdrawn", object("campaign", campaign), a.Reason, detail{"kind": kind})
	})
}
