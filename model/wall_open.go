package model

import (
	"context"
	"fmt"
	"time"

	"meihao/survey"
)

// OpenWall is the wall whose secret has this digest, with its campaign, and
// whether residents see the campaign's results. NotFound alike when it is
// unknown, expired or revoked, and when who made it was disabled or may not see
// its area any more.
func (s *Store) OpenWall(ctx context.Context, digest [32]byte) (survey.Wall, survey.Campaign, bool, error) {
	gone := survey.NotFoundError("error.not_found")
	l := s.lookup(ctx)
	var rows []wallRow
	if err := l.db.Where("digest = ?", digest[:]).Find(&rows).Error; err != nil {
		return survey.Wall{}, survey.Campaign{}, false, fmt.Errorf("wall: %w", err)
	}
	if len(rows) == 0 {
		return survey.Wall{}, survey.Campaign{}, false, gone
	}
	w := rows[0].wall()
	if rows[0].Revoked || w.Expired(s.now()) {
		return survey.Wall{}, survey.Campaign{}, false, gone
	}
	account, err := l.accountRow("id = ?", w.Account)
	if err != nil {
		return survey.Wall{}, survey.Campaign{}, false, firstOf(faultOnly(err), gone)
	}
	maker := account.account()
	if maker.Disabled || !maker.Role.May(survey.ManageWalls) {
		return survey.Wall{}, survey.Campaign{}, false, gone
	}
	view, err := l.campaign(maker.Scope, w.Campaign)
	if err == nil {
		err = l.wallCovers(maker.Scope, w)
	}
	if err != nil {
		return survey.Wall{}, survey.Campaign{}, false, firstOf(faultOnly(err), gone)
	}
	if w.ScopeName, err = l.placeName(w.Scope); err != nil {
		return survey.Wall{}, survey.Campaign{}, false, err
	}
	p, err := l.publication(w.Campaign)
	if err != nil {
		return survey.Wall{}, survey.Campaign{}, false, err
	}
	s.uses.note(s, wallUse, w.ID, w.Opened)
	return w, view.campaign(), p.Published(), nil
}

// AreaDays are the responses by day of all projects of a campaign that lie in
// a scope, added up, in the order of days; NotFound where the campaign is not
// in the scope. It reads the day counters alone.
func (s *Store) AreaDays(ctx context.Context, scope survey.Scope, campaign survey.ID) ([]survey.TurnoutDay, error) {
	l := s.lookup(ctx)
	if _, err := l.campaign(scope, campaign); err != nil {
		return nil, err
	}
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
