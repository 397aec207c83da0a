package model

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"meihao/survey"
)

// TurnoutDays are the responses by day of enrolled projects in scope, for a
// campaign in scope, from a day on (the zero time for all): with their
// building groups added up, in the order of days. It reads the day counters
// alone, so that its cost does not depend on the number of responses.
func (s *Store) TurnoutDays(ctx context.Context, scope survey.Scope, campaign survey.ID, projects []survey.ID, from time.Time) (map[survey.ID][]survey.TurnoutDay, error) {
	found := make(map[survey.ID][]survey.TurnoutDay, len(projects))
	err := s.turnoutDays(ctx, scope, campaign, projects, from, false, func(project survey.ID, d survey.TurnoutDay) {
		found[project] = append(found[project], d)
	})
	return found, err
}

// GroupDays are the same of one project, apart by building group.
func (s *Store) GroupDays(ctx context.Context, scope survey.Scope, campaign, project survey.ID) ([]survey.TurnoutDay, error) {
	var found []survey.TurnoutDay
	err := s.turnoutDays(ctx, scope, campaign, []survey.ID{project}, time.Time{}, true, func(_ survey.ID, d survey.TurnoutDay) {
		found = append(found, d)
	})
	return found, err
}

// turnoutDays adds up day counters by project and day, of each building group
// or (as group 0) of all.
func (s *Store) turnoutDays(ctx context.Context, scope survey.Scope, campaign survey.ID, projects []survey.ID, from time.Time, apart bool, add func(survey.ID, survey.TurnoutDay)) error {
	l := s.lookup(ctx)
	if _, err := l.campaign(scope, campaign); err != nil {
		return err
	}
	if len(projects) == 0 {
		return nil
	}
	first := 0
	if !from.IsZero() {
		first = dayOf(from)
	}
	column, group := "0", ""
	if apart {
		column, group = "d.grp", ", d.grp"
	}
	where, args := within(scope, "p")
	marks, ids := among(projects)
	rows, err := l.rows(ctx, `SELECT d.project, `+column+`, d.day, SUM(d.responses)
		FROM turnout_days d JOIN projects p ON p.id = d.project
		WHERE d.campaign = ? AND d.project IN (`+marks+`) AND d.day >= ? AND `+where+`
		GROUP BY d.project, d.day`+group+` ORDER BY d.project, d.day`+group,
		slices.Concat([]any{campaign}, ids, []any{first}, args)...)
	if err != nil {
		return fmt.Errorf("turnout: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var project survey.ID
		var d survey.TurnoutDay
		var day int
		if err := rows.Scan(&project, &d.Group, &day, &d.Responses); err != nil {
			return fmt.Errorf("turnout: %w", err)
		}
		d.Day = time.Date(day/10000, time.Month(day/100%100), day%100, 0, 0, 0, 0, shanghai())
		add(project, d)
	}
	return rows.Err()
}

// among is a list of ids as a condition takes it.
func among(ids []survey.ID) (marks string, args []any) {
	for _, id := range ids {
		args = append(args, id)
	}
	return strings.TrimSuffix(strings.Repeat("?, ", len(ids)), ", "), args
}

// GroupedEnrolments are so many enrolled projects in scope of a campaign in
// scope with their buildings and building groups and the whole of their
// tallies, in the register's order; those out of scope are left out. It is
// for a page's worth of projects.
func (s *Store) GroupedEnrolments(ctx context.Context, scope survey.Scope, campaign survey.ID, projects []survey.ID) ([]survey.Enrolment, error) {
	l := s.lookup(ctx)
	view, err := l.campaign(scope, campaign)
	if err != nil || len(projects) == 0 {
		return nil, err
	}
	var list []*placed
	marks, ids := among(projects)
	err = l.eachEnrolment(ctx, scope, view.Row, l.whole(view.Row), " AND e.project IN ("+marks+")", func(e placed, err error) error {
		list = append(list, &e)
		return err
	}, ids...)
	if err != nil {
		return nil, fmt.Errorf("enrolments: %w", err)
	}
	slices.SortFunc(list, func(a, b *placed) int { return cmp.Compare(a.position, b.position) })
	found := make([]survey.Enrolment, len(list))
	for i, e := range list {
		if e.Groups, err = l.fillBuildings(&e.Project, campaign); err != nil {
			return nil, err
		}
		found[i] = e.Enrolment
	}
	return found, nil
}
