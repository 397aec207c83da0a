package model

import (
	"context"
	"fmt"

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
