package model

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"meihao/survey"
)

// Propose asks to release or exclude held responses of one project: the
// first of the two persons it takes (RULES §7). A response that is not held
// is NotFound, one that another proposal is about already a Conflict.
func (s *Store) Propose(ctx context.Context, actor survey.Actor, campaign, project survey.ID, responses []int64, release bool, reason string) (survey.Proposal, error) {
	if err := survey.CheckReason(reason); err != nil {
		return survey.Proposal{}, err
	}
	var proposal survey.Proposal
	err := s.change(ctx, actor, func(c *change) error {
		if _, err := c.deciding(campaign, project); err != nil {
			return err
		}
		row := proposalRow{
			ID: newID(), Campaign: campaign, Project: project, Release: release,
			Reason: strings.TrimSpace(reason), AskedBy: actor.Account, AskedAt: millis(c.at),
		}
		if err := c.tx.Create(&row).Error; err != nil {
			return fmt.Errorf("proposal: %w", err)
		}
		if err := c.about(row, responses); err != nil {
			return err
		}
		list, err := c.lookup().proposals(actor.Scope, "proposals.id = ?", row.ID)
		if err != nil {
			return err
		}
		proposal = list[0]
		return c.record("held.proposed", object("proposal", row.ID), row.Reason, proposalDetail(proposal))
	})
	return proposal, err
}

// deciding is the campaign of held responses that the actor may decide on:
// one it manages, that is running or closed, with the project in scope.
func (c *change) deciding(campaign, project survey.ID) (campaignView, error) {
	v, err := c.managed(campaign)
	if err != nil {
		return v, err
	}
	if v.Row.Stage != survey.OpenStage && v.Row.Stage != survey.ClosedStage {
		return v, survey.Fail(survey.Conflict, "error.held.sealed")
	}
	_, err = c.lookup().project(c.actor.Scope, project)
	return v, err
}

// about links a proposal with its responses.
func (c *change) about(row proposalRow, responses []int64) error {
	if len(responses) == 0 {
		return survey.NotFoundError("error.not_found")
	}
	for _, id := range responses {
		var held int64
		err := c.tx.Model(&responseRow{}).Where("campaign = ? AND project = ? AND id = ? AND state = ?",
			row.Campaign, row.Project, id, survey.Held.Letter()).Count(&held).Error
		if err != nil {
			return fmt.Errorf("proposal: %w", err)
		}
		if held == 0 {
			return survey.NotFoundError("error.not_found")
		}
		err = c.tx.Create(&heldDecisionRow{Campaign: row.Campaign, Project: row.Project, Response: id, Proposal: row.ID}).Error
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			return survey.Fail(survey.Conflict, "error.held.proposed")
		}
		if err != nil {
			return fmt.Errorf("proposal: %w", err)
		}
	}
	return nil
}

// proposalDetail says what a proposal is about, by number and not by
// response: an event has a time, and a response must not get one.
func proposalDetail(p survey.Proposal) detail {
	return detail{"campaign": p.Campaign, "project": p.Project, "release": p.Release, "count": p.Count, "asked_by": p.By}
}
