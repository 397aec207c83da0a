package model

import (
	"context"
	"fmt"

	"meihao/survey"
)

// PosterEvents is what happened to a poster in scope and to those whose place
// it took, the newest first; NotFound where it is not in scope. Each of them
// is a replacement or the end of one: prints and posters that were added are
// told of a campaign and of a project.
func (s *Store) PosterEvents(ctx context.Context, scope survey.Scope, code string) ([]survey.Event, error) {
	l := s.lookup(ctx)
	campaign, place, err := l.posterPlace(scope, code)
	if err != nil {
		return nil, err
	}
	all, err := l.posters(scope, campaign.ID, []survey.ID{place.Project.ID})
	if err != nil {
		return nil, err
	}
	before := map[string]string{}
	for _, p := range all {
		if p.Successor != "" {
			before[p.Successor] = p.Code
		}
	}
	var objects []string
	for at := code; at != "" && len(objects) < len(all); at = before[at] {
		objects = append(objects, "poster "+at)
	}
	var rows []eventRow
	if err := l.db.Where("object IN ?", objects).Order("number DESC").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("events: %w", err)
	}
	events := make([]survey.Event, len(rows))
	for i, r := range rows {
		events[i] = r.event()
	}
	return events, nil
}
