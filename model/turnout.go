package model

import (
	"context"
	"fmt"
	"slices"
	"time"

	"meihao/survey"
)

// dayArea is a part of a campaign.
type dayArea struct {
	campaign survey.ID
	scope    survey.Scope
}

// AreaDays are the responses by day of all projects of a campaign that lie in
// a scope, added up, in the order of days; NotFound where the campaign is not
// in the scope. It reads the day counters alone; those of a large campaign may
// be daysAge old.
func (s *Store) AreaDays(ctx context.Context, scope survey.Scope, campaign survey.ID) ([]survey.TurnoutDay, error) {
	l := s.lookup(ctx)
	view, err := l.campaign(scope, campaign)
	if err != nil {
		return nil, err
	}
	all, err := s.enrolled(ctx, view.Row)
	if err != nil {
		return nil, err
	}
	if len(all) < manyEnrolled {
		return l.areaDays(ctx, scope, campaign)
	}
	days, err := s.days.get(dayArea{campaign, scope}, s.asNow(view.Row), func() ([]survey.TurnoutDay, error) {
		return l.areaDays(ctx, scope, campaign)
	})
	return slices.Clone(days), err
}

func (l lookup) areaDays(ctx context.Context, scope survey.Scope, campaign survey.ID) ([]survey.TurnoutDay, error) {
	where, args := within(scope, "p")
	from := "turnout_days d"
	if !scope.All {
		from += " JOIN projects p ON p.id = d.project"
	}
	rows, err := l.rows(ctx, "SELECT d.day, SUM(d.responses) FROM "+from+" WHERE d.campaign = ? AND "+where+" GROUP BY d.day ORDER BY d.day",
		append([]any{campaign}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("turnout: %w", err)
	}
	defer rows.Close()
	var days []survey.TurnoutDay
	for rows.Next() {
		var d survey.TurnoutDay
		var day int
		if err := rows.Scan(&day, &d.Responses); err != nil {
			return nil, fmt.Errorf("turnout: %w", err)
		}
		d.Day = time.Date(day/10000, time.Month(day/100%100), day%100, 0, 0, 0, 0, shanghai())
		days = append(days, d)
	}
	return days, rows.Err()
}
