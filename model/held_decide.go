package model

import (
	"context"
	"fmt"

	"meihao/survey"
)

// Decide ends a proposal. With confirm a second person releases or excludes
// the responses, with the tallies in the same transaction; without, either
// person takes the proposal back. Only until sealing.
func (s *Store) Decide(ctx context.Context, actor survey.Actor, proposal survey.ID, confirm bool) error {
	return s.change(ctx, actor, func(c *change) error {
		list, err := c.lookup().proposals(actor.Scope, "proposals.id = ?", proposal)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return survey.NotFoundError("error.not_found")
		}
		p := list[0]
		v, err := c.deciding(p.Campaign, p.Project)
		if err != nil {
			return err
		}
		action := "held.proposal_withdrawn"
		if confirm {
			if err := survey.SecondPerson(p.By, actor); err != nil {
				return err
			}
			state := survey.Excluded
			action = "held.excluded"
			if p.Release {
				state, action = survey.Counted, "held.released"
			}
			if err := c.decide(v, p, state); err != nil {
				return err
			}
		}
		if err := c.forgetProposal(p.ID); err != nil {
			return err
		}
		return c.record(action, object("proposal", p.ID), p.Reason, proposalDetail(p))
	})
}

func (c *change) forgetProposal(id survey.ID) error {
	if err := c.tx.Where("proposal = ?", id).Delete(&heldDecisionRow{}).Error; err != nil {
		return fmt.Errorf("proposal: %w", err)
	}
	if err := c.tx.Where("id = ?", id).Delete(&proposalRow{}).Error; err != nil {
		return fmt.Errorf("proposal: %w", err)
	}
	return nil
}

// decide moves a proposal's responses to a state, and the tally with them. No
// re-answer comes between: the campaign is locked (managed).
func (c *change) decide(v campaignView, p survey.Proposal, state survey.State) error {
	campaign := v.campaign()
	q, err := c.questionnaire(c.lookup(), campaign.Questionnaire)
	if err != nil {
		return err
	}
	key, err := c.key(campaign.ID, v.Row.Secret)
	if err != nil {
		return err
	}
	var rows []responseRow
	err = c.tx.Where(`campaign = ? AND project = ? AND id IN (SELECT response FROM held_decisions WHERE proposal = ?)`,
		p.Campaign, p.Project, p.ID).Find(&rows).Error
	if err != nil {
		return fmt.Errorf("held: %w", err)
	}
	n, err := c.counters(p.Campaign, p.Project)
	if err != nil {
		return err
	}
	if campaign.Ended(c.at) {
		if err := n.keepEnded(campaign.Admission, c.lookup().opener(v.Row)); err != nil {
			return err
		}
	}
	var mac *survey.Mac
	if key != nil { // else it was lost, and each response counts as another one
		mac = key.Mac()
	}
	for _, row := range rows {
		r := row.response()
		if err := n.add(q, r, -1); err != nil {
			return err
		}
		r.State = state
		if err := n.add(q, r, +1); err != nil {
			return err
		}
		n.moved(campaign.Admission, r, markOf(mac, r.ID), c.wrap)
		err := c.tx.Exec("UPDATE responses SET state = ? WHERE campaign = ? AND project = ? AND id = ?",
			state.Letter(), p.Campaign, p.Project, r.ID).Error
		if err != nil {
			return fmt.Errorf("held: %w", err)
		}
	}
	row := n.pack(c.wrap)
	if err := c.tx.Select("*").Updates(&row).Error; err != nil {
		return fmt.Errorf("tally: %w", err)
	}
	return nil
}

// counters reads one enrolment's tally to be changed.
func (c *change) counters(campaign, project survey.ID) (*counters, error) {
	var rows []tallyRow
	err := c.tx.Raw("SELECT * FROM tallies WHERE campaign = ? AND project = ?"+c.engine.forUpdate, campaign, project).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("tally: %w", err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("project %s has no tally in campaign %s", project, campaign)
	}
	return countersOf(rows[0])
}
