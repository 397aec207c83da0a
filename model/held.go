package model

import (
	"context"
	"fmt"

	"meihao/survey"
)

type proposalRow struct {
	ID       survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Campaign survey.ID
	Project  survey.ID
	Release  bool
	Reason   string
	AskedBy  survey.ID
	AskedAt  int64
}

type heldDecisionRow struct {
	Campaign survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Project  survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Response int64     `gorm:"primaryKey;autoIncrement:false"`
	Proposal survey.ID
}

// TableName is gorm's question.
func (proposalRow) TableName() string { return "proposals" }

// TableName is gorm's question.
func (heldDecisionRow) TableName() string { return "held_decisions" }

// Held lists the held responses of one project, both in scope, by building
// group: why and where, never what was answered.
func (s *Store) Held(ctx context.Context, scope survey.Scope, campaign, project survey.ID) ([]survey.HeldResponse, error) {
	_, groups, err := s.Enrolment(ctx, scope, campaign, project)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		Row      responseRow `gorm:"embedded"`
		Proposal survey.ID
	}
	err = s.lookup(ctx).db.Table("responses").
		Select("responses.*, COALESCE(h.proposal, 0) AS proposal").
		Joins(`LEFT JOIN held_decisions h ON h.campaign = responses.campaign
			AND h.project = responses.project AND h.response = responses.id`).
		Where("responses.campaign = ? AND responses.project = ? AND responses.state = ?", campaign, project, survey.Held.Letter()).
		Order("responses.grp, responses.id").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("held: %w", err)
	}
	held := make([]survey.HeldResponse, len(rows))
	for i, r := range rows {
		one := r.Row.response()
		held[i] = survey.HeldResponse{
			ID: one.ID, Group: one.Group, Bases: one.Bases, Lane: one.Lane, Reason: one.Reason, Proposal: r.Proposal,
		}
		if one.Group >= 1 && one.Group <= len(groups) {
			held[i].Label = groups[one.Group-1].Label()
		}
	}
	return held, nil
}

// Proposals are those of a campaign in scope that wait for a second person,
// the oldest first; of them those about projects in scope.
func (s *Store) Proposals(ctx context.Context, scope survey.Scope, campaign survey.ID) ([]survey.Proposal, error) {
	l := s.lookup(ctx)
	if _, err := l.campaign(scope, campaign); err != nil {
		return nil, err
	}
	return l.proposals(scope, "proposals.campaign = ?", campaign)
}

func (l lookup) proposals(scope survey.Scope, where string, arg any) ([]survey.Proposal, error) {
	var views []struct {
		Row    proposalRow `gorm:"embedded"`
		ByName string
		Count  int
	}
	err := l.db.Table("proposals").
		Select("proposals.*, (SELECT COUNT(*) FROM held_decisions h WHERE h.proposal = proposals.id) AS count, "+byName).
		Joins("JOIN projects ON projects.id = proposals.project").
		Joins("LEFT JOIN accounts a ON a.id = proposals.asked_by").
		Scopes(inScope(scope)).Where(where, arg).Order("proposals.asked_at, proposals.id").Find(&views).Error
	if err != nil {
		return nil, fmt.Errorf("proposals: %w", err)
	}
	proposals := make([]survey.Proposal, len(views))
	for i, v := range views {
		proposals[i] = survey.Proposal{
			ID: v.Row.ID, Campaign: v.Row.Campaign, Project: v.Row.Project, Release: v.Row.Release, Reason: v.Row.Reason,
			By: v.Row.AskedBy, ByName: v.ByName, At: moment(v.Row.AskedAt), Count: v.Count,
		}
	}
	return proposals, nil
}
