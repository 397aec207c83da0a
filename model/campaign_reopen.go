package model

import (
	"context"
	"fmt"
	"time"

	"meihao/survey"
)

// ReopenCampaign lets a closed campaign take answers again. The first person
// asks with a new end and a reason (pending is true); a second one confirms
// by the same call, with that end or none, and the campaign is open until
// the end the first one named. Another end is a Conflict, as is the first
// person confirming. Who asks without an end means the planned one.
func (s *Store) ReopenCampaign(ctx context.Context, actor survey.Actor, id survey.ID, closes time.Time, reason string) (survey.Campaign, bool, error) {
	var reopened survey.Campaign
	pending := false
	err := s.change(ctx, actor, func(c *change) error {
		v, err := c.managed(id)
		if err != nil {
			return err
		}
		first, found, err := c.asked(id, survey.ApproveReopen)
		if err != nil {
			return err
		}
		before, after := v.campaign(), v.campaign()
		if pending = !found; pending {
			reopened = before
			until := closes
			if until.IsZero() {
				until = before.Closes
			}
			return c.askReopen(after, until, reason)
		}
		if err := survey.SecondPerson(first.By, actor); err != nil {
			return err
		}
		if !closes.IsZero() && !closes.Equal(first.Closes) {
			return survey.Fail(survey.Conflict, "error.approval.differs")
		}
		if err := after.Reopen(c.at, first.Closes); err != nil {
			return err
		}
		if err := c.keep(&v, after); err != nil {
			return err
		}
		if err := c.copiesRun(v.Row); err != nil {
			return err
		}
		reopened = after
		return c.reopened(before, after, first, reason)
	})
	if err != nil {
		return survey.Campaign{}, false, err
	}
	s.posters.forget()
	return reopened, pending, nil
}

// askReopen stores the wish of the first person if the rules allow it now.
func (c *change) askReopen(campaign survey.Campaign, closes time.Time, reason string) error {
	if err := survey.CheckReason(reason); err != nil {
		return err
	}
	if err := campaign.Reopen(c.at, closes); err != nil {
		return err
	}
	return c.ask(campaign.ID, survey.ApproveReopen, reason, closes, detail{"closes": closes})
}

// reopened settles what waited and writes the event. A wish to seal lapses:
// it was about the campaign as it stood.
func (c *change) reopened(before, after survey.Campaign, first survey.Approval, reason string) error {
	if err := c.tx.Where("campaign = ?", after.ID).Delete(&approvalRow{}).Error; err != nil {
		return fmt.Errorf("approval: %w", err)
	}
	return c.record("campaign.reopened", object("campaign", after.ID), first.Reason, detail{
		"old": campaignDetail(before), "new": campaignDetail(after),
		"asked_by": first.By, "asked_by_name": first.ByName, "confirmed": reason,
	})
}
