package model

import (
	"context"
	"fmt"
	"time"

	"meihao/survey"
)

// Distributions are what was answered in the enrolled projects in scope of a
// campaign in scope, in the register's order, as it is to be shown at this
// moment: one query over the tallies, whatever the number of responses. Of
// those it decodes what is shown: the copies while the campaign runs, the
// exact counters once it has ended. The answers in the list must not be
// changed: those of a closed campaign are kept for the next reader.
func (s *Store) Distributions(ctx context.Context, scope survey.Scope, campaign survey.ID) ([]survey.Distribution, error) {
	l := s.lookup(ctx)
	view, err := l.campaign(scope, campaign)
	if err != nil {
		return nil, err
	}
	if view.Row.Stage == survey.Draft {
		return l.unanswered(ctx, scope, view.Row)
	}
	all, err := s.enrolled(ctx, view.Row)
	if err != nil {
		return nil, err
	}
	now, before := s.now(), s.posters.generation()
	key := distributionKey{view.Row.ID, scope}
	settled := view.Row.Stage != survey.OpenStage // where the clock alone has ended it, a last answer may be on its way
	if list, known := s.distributions.list(key, before); known && settled {
		return list, nil
	}
	list, err := l.distributions(ctx, scope, view, all, now)
	if err != nil {
		return nil, fmt.Errorf("distributions: %w", err)
	}
	if settled {
		s.distributions.keep(key, list, before)
	}
	return list, nil
}

// unanswered are the projects of a draft, in which nothing can be answered.
func (l lookup) unanswered(ctx context.Context, scope survey.Scope, campaign campaignRow) ([]survey.Distribution, error) {
	enrolments, err := l.enrolments(ctx, scope, campaign)
	list := make([]survey.Distribution, len(enrolments))
	for i, e := range enrolments {
		list[i] = survey.Distribution{Project: e.Project, Homes: e.Homes}
	}
	return list, err
}

// distributions is a scope's part of a list with the answers of a moment.
func (l lookup) distributions(ctx context.Context, scope survey.Scope, view campaignView, all []survey.Enrolment, now time.Time) ([]survey.Distribution, error) {
	list := make([]survey.Distribution, 0, len(all))
	at := make(map[survey.ID]int, len(all))
	for i := range all {
		if e := &all[i]; scope.Holds(e.Project) {
			at[e.Project.ID] = len(list)
			list = append(list, survey.Distribution{Project: e.Project, Homes: e.Homes})
		}
	}
	where, args := "", []any{view.Row.ID}
	if !scope.All {
		condition, more := within(scope, "p")
		where, args = " AND project IN (SELECT p.id FROM projects p WHERE "+condition+")", append(args, more...)
	}
	campaign, as, tally := view.campaign(), l.whole(view.Row), "tally"
	if !campaign.Ended(now) {
		tally = "''" // no part of it is shown
	}
	rows, err := l.rows(ctx, "SELECT project, "+tally+", shown_owner, shown_resident FROM tallies WHERE campaign = ?"+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var project survey.ID
		var packed countersRow
		if err := rows.Scan(&project, &packed.tally, &packed.owner, &packed.resident); err != nil {
			return nil, err
		}
		i, known := at[project]
		if !known {
			continue
		}
		if err := as.distribute(&list[i], campaign, packed, now); err != nil {
			return nil, fmt.Errorf("project %s: %w", project, err)
		}
	}
	return list, rows.Err()
}

// distribute writes packed counters into a distribution.
func (as unpacking) distribute(d *survey.Distribution, campaign survey.Campaign, packed countersRow, now time.Time) error {
	var err error
	if d.Owner, err = as.copy(d.Project.ID, survey.OwnerBase, packed.owner); err != nil {
		return err
	}
	if d.Resident, err = as.copy(d.Project.ID, survey.ResidentBase, packed.resident); err != nil {
		return err
	}
	return d.Settle(campaign, packed.tally, now)
}

// copy opens and reads one stored copy.
func (as unpacking) copy(project survey.ID, base survey.Bases, stored []byte) (survey.Shown, error) {
	packed, err := as.copies.open(project, base, stored)
	if err != nil {
		return survey.Shown{}, err
	}
	return as.shown(packed)
}
