package model

import (
	"context"
	"fmt"

	"meihao/survey"
)

// CloseCampaign ends an open campaign: from the commit on nothing enters.
func (s *Store) CloseCampaign(ctx context.Context, actor survey.Actor, id survey.ID, reason string) (survey.Campaign, error) {
	return s.changeCampaign(ctx, actor, id, reason, "campaign.closed", func(c *change, campaign *survey.Campaign) error {
		return campaign.Close(c.at)
	})
}

// CloseDue closes the campaigns whose time has passed, in the system's name,
// and says how many. They took no answers since: see survey.Campaign.Phase.
func (s *Store) CloseDue(ctx context.Context) (int, error) {
	var due []survey.ID
	err := s.lookup(ctx).db.Table("campaigns").
		Where("stage = ? AND closes <= ?", survey.OpenStage, millis(s.now())).Order("closes").Pluck("id", &due).Error
	if err != nil {
		return 0, fmt.Errorf("campaigns: %w", err)
	}
	system := survey.System()
	system.Scope = survey.CityScope()
	closed := 0
	for _, id := range due {
		stillDue := false
		_, err := s.changeCampaign(ctx, system, id, "", "campaign.closed", func(c *change, campaign *survey.Campaign) error {
			stillDue = campaign.Phase(c.at) == survey.ClosedStage && campaign.Stage == survey.OpenStage
			if !stillDue {
				return survey.Fail(survey.Conflict, "error.campaign.not_running")
			}
			return campaign.Close(c.at)
		})
		if err != nil && stillDue {
			return closed, err
		}
		if err == nil {
			closed++
		}
	}
	return closed, nil
}
