package model

import (
	"context"
	"fmt"
	"sync"

	"meihao/survey"
)

// enrolledCache keeps, for each campaign that was opened, what its standings
// say of the enrolled projects beside the counters: names, places and N, in
// the register's order. Reading that costs several times what the counters of
// a whole city cost, and it changes by the staff's hand only, as the posters
// do: it is let go of with them (lookForNews, forget).
type enrolledCache struct {
	mu        sync.Mutex
	campaigns map[survey.ID]enrolledList
}

// enrolledList is complete: what a scope does not hold is left out later.
type enrolledList struct {
	forgotten int // posterCache.forgotten when it was read
	projects  []survey.Enrolment
}

// enrolledMost bounds the memory: a city's campaign is some 4 MB.
const enrolledMost = 8

func newEnrolledCache() *enrolledCache {
	return &enrolledCache{campaigns: map[survey.ID]enrolledList{}}
}

func (c *enrolledCache) list(campaign survey.ID, forgotten int) ([]survey.Enrolment, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	l, found := c.campaigns[campaign]
	return l.projects, found && l.forgotten == forgotten
}

func (c *enrolledCache) keep(campaign survey.ID, projects []survey.Enrolment, forgotten int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.campaigns) >= enrolledMost {
		clear(c.campaigns)
	}
	c.campaigns[campaign] = enrolledList{forgotten, projects}
}

// enrolled is a campaign's list with empty counters, from memory where nothing
// was changed since it was read. It must not be written to.
func (s *Store) enrolled(ctx context.Context, campaign campaignRow) ([]survey.Enrolment, error) {
	s.lookForNews(ctx, s.now())
	before := s.posters.generation()
	if list, known := s.enrolments.list(campaign.ID, before); known {
		return list, nil
	}
	list, err := s.lookup(ctx).enrolments(ctx, survey.CityScope(), campaign)
	if err != nil {
		return nil, err
	}
	for i := range list {
		e := &list[i]
		e.Tally, e.Owner, e.Resident, e.Refused, e.Claims = survey.Tally{}, survey.Shown{}, survey.Shown{}, 0, 0
	}
	s.enrolments.keep(campaign.ID, list, before)
	return list, nil
}

// counted is a scope's part of a list with the counters of this moment: one
// query over the tallies and nothing else.
func (l lookup) counted(ctx context.Context, scope survey.Scope, campaign campaignRow, all []survey.Enrolment) ([]survey.Enrolment, error) {
	where, args := "", []any{campaign.ID}
	if !scope.All {
		condition, more := within(scope, "p")
		where, args = " AND project IN (SELECT p.id FROM projects p WHERE "+condition+")", append(args, more...)
	}
	list := make([]survey.Enrolment, 0, len(all))
	at := make(map[survey.ID]int, len(all))
	for i := range all {
		if scope.Holds(all[i].Project) {
			at[all[i].Project.ID] = len(list)
			list = append(list, all[i])
		}
	}
	rows, err := l.rows(ctx, "SELECT project, tally, shown_owner, shown_resident, refused FROM tallies WHERE campaign = ?"+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	as := l.sums(campaign)
	for rows.Next() {
		var project survey.ID
		var refused int64
		var packed countersRow
		if err := rows.Scan(&project, &packed.tally, &packed.owner, &packed.resident, &refused); err != nil {
			return nil, err
		}
		i, known := at[project]
		if !known {
			continue
		}
		list[i].Refused = refused
		if err := as.fill(&list[i], campaign.Admission, packed); err != nil {
			return nil, fmt.Errorf("project %s: %w", project, err)
		}
	}
	return list, rows.Err()
}
