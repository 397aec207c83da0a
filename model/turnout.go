package model

import (
	"context"
	"fmt"
	"time"

	"meihao/survey"
)

// TurnoutByDay adds up the responses by day of all enrolled projects in scope,
// for a campaign in scope, in the order of days. It reads the day counters
// alone, as TurnoutDays does.
func (s *Store) TurnoutByDay(ctx context.Context, scope survey.Scope, campaign survey.ID) ([]survey.TurnoutDay, error) {
	l := s.lookup(ctx)
	if _, err := l.campaign(scope, campaign); err != nil {
		return nil, err
	}
	where, args := "", []any{campaign}
	if !scope.All {
		condition, more := within(scope, "p")
		where, args = " AND project IN (SELECT p.id FROM projects p WHERE "+condition+")", append(args, more...)
	}
	rows, err := l.rows(ctx, "SELECT day, SUM(responses) FROM turnout_days WHERE campaign = ?"+where+" GROUP BY day ORDER BY day", args...)
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
