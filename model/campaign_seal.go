package model

import (
	"context"
	"encoding/json"
	"fmt"

	"meihao/survey"
)

// SealNeeds says what sealing a campaign in scope would ask for.
func (s *Store) SealNeeds(ctx context.Context, scope survey.Scope, id survey.ID) (survey.SealNeeds, error) {
	l := s.lookup(ctx)
	view, err := l.campaign(scope, id)
	if err != nil {
		return survey.SealNeeds{}, err
	}
	enrolments, err := l.enrolments(ctx, survey.CityScope(), view.Row)
	if err != nil {
		return survey.SealNeeds{}, err
	}
	return needsOf(enrolments), nil
}

func needsOf(enrolments []survey.Enrolment) survey.SealNeeds {
	var n survey.SealNeeds
	for _, e := range enrolments {
		n.Undecided += e.Tally.InState(survey.Held)
		if e.Contested() {
			n.Contested++
		}
	}
	return n
}

// SealCampaign seals a closed campaign: the snapshot is written and the
// campaign's key deleted in one transaction, so that nothing can enter any
// more and nothing leads from a household to its answers. Held responses
// that nobody decided are a Conflict unless listUndecided takes them over as
// "not counted". Those, and contested projects, want a second person: the
// first call is then stored (pending is true), the second one seals.
func (s *Store) SealCampaign(ctx context.Context, actor survey.Actor, id survey.ID, reason string, listUndecided bool) (survey.Campaign, bool, error) {
	var sealed survey.Campaign
	pending := false
	err := s.change(ctx, actor, func(c *change) error {
		pending = false // it may run again
		v, err := c.managed(id)
		if err != nil {
			return err
		}
		before, after := v.campaign(), v.campaign()
		if err := after.Seal(c.at); err != nil {
			return err
		}
		if err := survey.CheckReason(reason); err != nil {
			return err
		}
		enrolments, err := c.lookup().enrolments(c.ctx, survey.CityScope(), v.Row)
		if err != nil {
			return err
		}
		needs := needsOf(enrolments)
		if needs.Undecided > 0 && !listUndecided {
			return survey.Fail(survey.Conflict, "error.campaign.undecided", "Count", needs.Undecided)
		}
		if needs.Second() {
			if pending, err = c.firstToSeal(id, reason); err != nil || pending {
				sealed = before
				return err
			}
		}
		sealed = after
		return c.seal(&v, after, enrolments, needs, reason)
	})
	if err != nil {
		return survey.Campaign{}, false, err
	}
	s.posters.forget()
	s.engine.emptyLog(ctx)
	return sealed, pending, nil
}

// firstToSeal stores the wish if nobody had it yet (true), and else wants
// the actor to be another person (false).
func (c *change) firstToSeal(id survey.ID, reason string) (bool, error) {
	first, found, err := c.asked(id, survey.ApproveSeal)
	if err != nil {
		return false, err
	}
	if !found {
		return true, c.ask(id, survey.ApproveSeal, reason, c.at, nil)
	}
	return false, survey.SecondPerson(first.By, c.actor)
}

// seal writes the snapshot, deletes the key and what waited for decision.
func (c *change) seal(v *campaignView, campaign survey.Campaign, enrolments []survey.Enrolment, needs survey.SealNeeds, reason string) error {
	q, err := c.questionnaire(c.lookup(), campaign.Questionnaire)
	if err != nil {
		return err
	}
	snapshot := survey.Snapshot{
		Campaign: campaign.ID, Number: 1, At: moment(millis(c.at)), RulesVersion: survey.RulesVersion,
		Questionnaire: q.Version, Admission: campaign.Admission, Margins: campaign.Margins, Reason: reason,
	}
	for _, e := range enrolments {
		snapshot.Projects = append(snapshot.Projects, survey.SealEnrolment(campaign, e))
	}
	if err := c.addSnapshot(snapshot); err != nil {
		return err
	}
	if err := c.keep(v, campaign); err != nil {
		return err
	}
	for _, statement := range []string{
		"UPDATE campaigns SET secret = NULL WHERE id = ?",
		"DELETE FROM held_decisions WHERE campaign = ?",
		"DELETE FROM proposals WHERE campaign = ?",
		"DELETE FROM approvals WHERE campaign = ?",
		"UPDATE tallies SET shown_owner = X'', shown_resident = X'', changes_owner = 0, changes_resident = 0 WHERE campaign = ?",
	} {
		if err := c.tx.Exec(statement, campaign.ID).Error; err != nil {
			return fmt.Errorf("seal: %w", err)
		}
	}
	// Sheets that read no result yet read this one; others wait until somebody
	// adopts it.
	adopted, err := c.adopt(campaign.Activity, campaign.ID, snapshot.Number, survey.CityScope(), false)
	if err != nil {
		return err
	}
	return c.record("campaign.sealed", object("campaign", campaign.ID), reason, detail{
		"snapshot": snapshot.Number, "projects": len(snapshot.Projects),
		"undecided": needs.Undecided, "contested": needs.Contested, "sheets": adopted,
	})
}

func (c *change) addSnapshot(s survey.Snapshot) error {
	meta, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	if err := c.tx.Create(&snapshotRow{Campaign: s.Campaign, Number: s.Number, Meta: string(meta)}).Error; err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	rows := make([]sealedRow, len(s.Projects))
	for i, p := range s.Projects {
		text, err := json.Marshal(p)
		if err != nil {
			return fmt.Errorf("snapshot: %w", err)
		}
		rows[i] = sealedRow{Campaign: s.Campaign, Number: s.Number, Project: p.Project, Data: string(text)}
	}
	return insert(c.tx, rows)
}
