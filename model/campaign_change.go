package model

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"meihao/survey"
)

// AddCampaign makes a draft for what the actor manages (else Forbidden) with
// the latest questionnaire and the newest activity where it names none, and
// enrols all projects of the owner's area that have households.
func (s *Store) AddCampaign(ctx context.Context, actor survey.Actor, campaign survey.Campaign) (survey.Campaign, error) {
	campaign.Name, campaign.Stage = strings.TrimSpace(campaign.Name), survey.Draft
	if !actor.Scope.Manages(campaign.Owner) {
		return survey.Campaign{}, survey.Fail(survey.Forbidden, "error.forbidden")
	}
	if err := campaign.Check(); err != nil {
		return survey.Campaign{}, err
	}
	var added survey.Campaign
	err := s.change(ctx, actor, func(c *change) error {
		if err := c.complete(&campaign); err != nil {
			return err
		}
		if err := c.notEnded(campaign.Activity); err != nil {
			return err
		}
		row := campaignRow{
			ID: newID(), Activity: campaign.Activity, Owner: campaign.Owner, Questionnaire: campaign.Questionnaire,
			Demonstration: campaign.Demonstration, Added: millis(c.at),
		}
		row.take(campaign)
		if err := c.tx.Create(&row).Error; err != nil {
			return fmt.Errorf("campaign: %w", err)
		}
		projects, err := c.enrollable(row.Owner)
		if err != nil {
			return err
		}
		if err := c.enrol(row.ID, projects); err != nil {
			return err
		}
		v, err := c.lookup().campaign(survey.CityScope(), row.ID)
		if err != nil {
			return err
		}
		added = v.campaign()
		return c.record("campaign.added", object("campaign", row.ID), "", campaignDetail(added))
	})
	return added, err
}

// complete fills in what a new campaign leaves to us and refuses an owner
// that is no district.
func (c *change) complete(campaign *survey.Campaign) error {
	if campaign.Owner != 0 {
		name, err := c.lookup().placeName(survey.Scope{District: campaign.Owner})
		if err != nil || name == "" {
			return firstOf(err, survey.NotFoundError("error.not_found"))
		}
	}
	if campaign.Questionnaire == 0 {
		id, err := c.lookup().latestQuestionnaire()
		if err != nil {
			return err
		}
		campaign.Questionnaire = id
	}
	if campaign.Activity == 0 {
		err := c.tx.Raw("SELECT id FROM activities WHERE ended = 0 ORDER BY year DESC, id LIMIT 1").Scan(&campaign.Activity).Error
		if err != nil {
			return fmt.Errorf("activity: %w", err)
		}
	}
	if campaign.Activity == 0 {
		return survey.Fail(survey.Invalid, "error.campaign.activity").Field("activity", "error.campaign.activity")
	}
	return nil
}

// ChangeCampaign changes a campaign by f, which is handed the stored one and
// applies a rule to it.
func (s *Store) ChangeCampaign(ctx context.Context, actor survey.Actor, id survey.ID, f func(*survey.Campaign) error) (survey.Campaign, error) {
	return s.changeCampaign(ctx, actor, id, "", "campaign.changed", func(_ *change, campaign *survey.Campaign) error {
		return f(campaign)
	})
}

// changeCampaign runs a step of a campaign's life with its event.
func (s *Store) changeCampaign(ctx context.Context, actor survey.Actor, id survey.ID, reason, action string,
	f func(*change, *survey.Campaign) error,
) (survey.Campaign, error) {
	var changed survey.Campaign
	err := s.change(ctx, actor, func(c *change) error {
		v, err := c.managed(id)
		if err != nil {
			return err
		}
		before, after := v.campaign(), v.campaign()
		if err := f(c, &after); err != nil {
			return err
		}
		if err := c.keep(&v, after); err != nil {
			return err
		}
		changed = after
		d := detail{"old": campaignDetail(before), "new": campaignDetail(after)}
		maps.Copy(d, c.notes)
		return c.record(action, object("campaign", id), reason, d)
	})
	if err != nil {
		return survey.Campaign{}, err
	}
	s.posters.forget()
	return changed, nil
}

// RemoveCampaign removes a draft; anything else is a Conflict.
func (s *Store) RemoveCampaign(ctx context.Context, actor survey.Actor, id survey.ID) error {
	return s.change(ctx, actor, func(c *change) error {
		v, err := c.managed(id)
		if err != nil {
			return err
		}
		if v.Row.Stage != survey.Draft {
			return survey.Fail(survey.Conflict, "error.campaign.not_draft")
		}
		for _, statement := range []string{
			"DELETE FROM enrolments WHERE campaign = ?", "DELETE FROM poster_words WHERE campaign = ?",
			"DELETE FROM emblems WHERE campaign = ?", "DELETE FROM campaigns WHERE id = ?",
		} {
			if err := c.tx.Exec(statement, id).Error; err != nil {
				return fmt.Errorf("campaign: %w", err)
			}
		}
		return c.record("campaign.removed", object("campaign", id), "", campaignDetail(v.campaign()))
	})
}
