package model

import (
	"context"
	"fmt"
	"strings"

	"meihao/survey"
)

// SheetHistory is what was changed of a sheet in the actor's scope, the latest
// first. Who assesses itself sees what it has changed itself, and only who may
// see every figure is told what the machine said when somebody replaced it
// (RULES §8).
func (s *Store) SheetHistory(ctx context.Context, actor survey.Actor, activity, project survey.ID) ([]survey.Event, error) {
	l := s.lookup(ctx)
	a, err := l.activity(activity)
	if err != nil {
		return nil, err
	}
	one, err := l.sheetCase(actor.Scope, a, project, false)
	if err != nil || one.Entries.ID == 0 {
		return nil, err
	}
	var rows []eventRow
	if err := l.db.Where("object = ?", object("sheet", one.Entries.ID)).Order("number DESC").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("events: %w", err)
	}
	var events []survey.Event
	for _, r := range rows {
		if tells(r, actor) {
			events = append(events, r.event())
		}
	}
	return events, nil
}

func tells(r eventRow, actor survey.Actor) bool {
	switch {
	case actor.Role.SeesLiveFigures() || actor.Role.May(survey.ViewEvents):
		return true
	case actor.Role.AssessesItself():
		return r.Actor == actor.Account
	}
	return !strings.HasPrefix(r.Action, "sheet.override_") && !strings.HasPrefix(r.Action, "sheet.veto_")
}
