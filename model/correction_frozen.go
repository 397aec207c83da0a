package model

import (
	"context"
	"fmt"

	"meihao/survey"
	"meihao/survey/roster"
)

// CorrectEnrolment puts right the homes that a campaign froze of a project at
// its opening (RULES §1), with N per base, buildings and building groups in
// one step; the reason goes into the event with every old and new value. Of a
// sealed campaign the first call is stored (pending is true) and a second
// person makes the new snapshot by ConfirmCorrection (RULES §9).
//
// A change since the form was shown is a Conflict, as are a draft, whose homes
// are the register's, and a sealed campaign in which another correction waits
// already. Nothing to correct is Invalid.
func (s *Store) CorrectEnrolment(ctx context.Context, actor survey.Actor, campaign, project survey.ID, to survey.FrozenCorrection, reason string) (bool, error) {
	pending := false
	err := s.change(ctx, actor, func(c *change) error {
		pending = false // it may run again
		v, err := c.managed(campaign)
		if err != nil {
			return err
		}
		if err := survey.CheckReason(reason); err != nil {
			return err
		}
		one, err := c.correcting(v, project, to)
		if err != nil {
			return err
		}
		if v.Row.Stage == survey.SealedStage {
			pending = true
			return c.askCorrection(one, to, reason)
		}
		lapsed, err := c.lapseSealing(campaign)
		if err != nil {
			return err
		}
		return c.correct(one, reason, lapsed)
	})
	if err != nil {
		return false, err
	}
	s.posters.forget()
	return pending, nil
}

// lapseSealing lets go of a wish to seal: who asked meant the campaign as it
// stood. The event says so.
func (c *change) lapseSealing(campaign survey.ID) (detail, error) {
	a, waits, err := c.asked(campaign, survey.ApproveSeal)
	if err != nil || !waits {
		return nil, err
	}
	return detail{"seal_lapsed": detail{"asked_by": a.By, "asked_by_name": a.ByName}}, c.settle(campaign, survey.ApproveSeal)
}

// frozenChange is a correction of one enrolment under way.
type frozenChange struct {
	view          campaignView
	before, after survey.Enrolment
	lines         []survey.Correction
}

// correcting works out a correction and checks it.
func (c *change) correcting(v campaignView, project survey.ID, to survey.FrozenCorrection) (frozenChange, error) {
	one := frozenChange{view: v}
	if err := v.campaign().Correctable(); err != nil {
		return one, err
	}
	l := c.lookup()
	var err error
	if one.before, err = l.enrolment(c.ctx, c.actor.Scope, v.Row, project); err != nil {
		return one, err
	}
	if one.before.Digest() != to.Seen {
		return one, survey.Fail(survey.Conflict, "error.correction.meanwhile")
	}
	if v.Row.Stage == survey.SealedStage && len(to.Added) > 0 {
		return one, survey.Fail(survey.Conflict, "error.correction.sealed_building")
	}
	register, err := l.buildings(project)
	if err != nil {
		return one, err
	}
	if one.after, one.lines, err = one.before.Correct(to, register); err != nil {
		return one, err
	}
	former, err := l.formerNames(v.Row.ID, project)
	if err != nil {
		return one, err
	}
	if err := roster.CheckFrozen(one.before, one.after, former); err != nil {
		return one, err
	}
	if v.Row.Stage == survey.SealedStage && survey.AddsRooms(one.lines) {
		return one, survey.Fail(survey.Conflict, "error.correction.sealed_building")
	}
	if len(one.lines) == 0 {
		return one, survey.Fail(survey.Invalid, "error.correction.nothing")
	}
	return one, c.untouched(v.Row.ID)
}

// formerNames are the names that buildings of an enrolment had before earlier
// corrections. Names are no large thing: one line for each time that one was
// corrected.
func (l lookup) formerNames(campaign, project survey.ID) (map[survey.ID][]string, error) {
	var rows []correctionRow
	err := l.db.Where("project = ? AND campaign = ? AND field = ?", project, campaign, "name").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("corrections: %w", err)
	}
	names := map[survey.ID][]string{}
	for _, row := range rows {
		names[row.Building] = append(names[row.Building], row.OldValue)
	}
	return names, nil
}

// untouched: what is frozen is what the last event says, so that a correction
// never signs for what somebody changed behind the store's back.
func (c *change) untouched(campaign survey.ID) error {
	l := c.lookup()
	then, err := l.frozenByEvents(campaign)
	if err != nil {
		return err
	}
	now, err := l.frozenDigest(c.ctx, campaign)
	if err != nil {
		return err
	}
	if now != then {
		return survey.Fail(survey.Conflict, "error.correction.unverified")
	}
	return nil
}

// correct writes a correction with its history and its event, of which the
// last has the digest of all that is frozen now; more is what else the event
// says.
func (c *change) correct(one frozenChange, reason string, more detail) error {
	campaign, e := one.view.Row.ID, one.after
	text, err := freeze(e.Project.Buildings, e.Groups)
	if err != nil {
		return fmt.Errorf("enrolment: %w", err)
	}
	if err := c.revise(campaign); err != nil {
		return err
	}
	err = c.tx.Exec("UPDATE enrolments SET households = ?, occupied = ?, group_homes = ?, buildings = ? WHERE campaign = ? AND project = ?",
		e.Homes.Households, e.Homes.Occupied, packHomes(e.Groups), text, campaign, e.Project.ID).Error
	if err != nil {
		return fmt.Errorf("enrolment: %w", err)
	}
	added := e.Project
	added.Buildings = e.Project.Buildings[len(one.before.Project.Buildings):]
	if err := c.addPosters(campaign, []survey.Project{added}); err != nil {
		return err
	}
	lines, err := c.keepHistory(e.Project.ID, survey.ByCampaign, campaign, reason, one.lines)
	if err != nil {
		return err
	}
	digest, err := c.lookup().frozenDigest(c.ctx, campaign)
	if err != nil {
		return err
	}
	d := detail{
		"project": e.Project.ID, "name": e.Project.Name, "changes": lineDetail(one.lines), "frozen": digest, historyDetail: lines,
		"old": homesDetail(one.before), "new": homesDetail(e),
	}
	for key, value := range more {
		d[key] = value
	}
	return c.record(correctedAction, object("campaign", campaign), reason, d)
}

// historyDetail is where an event keeps the digest of its history lines.
const historyDetail = "history"

// correctedAction is the event of a correction of what was frozen.
const correctedAction = "enrolment.corrected"

func homesDetail(e survey.Enrolment) detail {
	return detail{"households": e.Homes.Households, "occupied": e.Homes.Occupied, "group_homes": packHomes(e.Groups)}
}

// FrozenHomes are the homes of a project in scope as the running campaigns
// (open or closed, not sealed) have them, the newest first.
func (s *Store) FrozenHomes(ctx context.Context, scope survey.Scope, project survey.ID) ([]survey.FrozenHomes, error) {
	l := s.lookup(ctx)
	p, err := l.project(scope, project)
	if err != nil {
		return nil, err
	}
	if p.Buildings, err = l.buildings(project); err != nil {
		return nil, err
	}
	views, err := l.campaigns(scope, `campaigns.stage IN ? AND EXISTS (SELECT 1 FROM enrolments f
		WHERE f.campaign = campaigns.id AND f.project = ?)`, []survey.Stage{survey.OpenStage, survey.ClosedStage}, project)
	if err != nil {
		return nil, err
	}
	list := make([]survey.FrozenHomes, 0, len(views))
	for _, v := range views {
		var row enrolmentRow
		if err := l.db.Where("campaign = ? AND project = ?", v.Row.ID, project).Take(&row).Error; err != nil {
			return nil, fmt.Errorf("enrolment: %w", err)
		}
		buildings, _, err := thaw(row.Buildings)
		if err != nil {
			return nil, err
		}
		f := survey.FrozenHomes{Campaign: v.campaign(), Homes: survey.Homes{Households: *row.Households, Occupied: row.Occupied}}
		f.Differs = !f.Homes.SameHomes(p.Homes) || !survey.SameBuildings(buildings, p.Buildings)
		list = append(list, f)
	}
	return list, nil
}
