package model

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"meihao/survey"
	"meihao/survey/rubric"
)

type declarationRow struct {
	Activity survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Project  survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Account  survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Interest bool
	Note     string
	At       int64
}

// TableName is gorm's question.
func (declarationRow) TableName() string { return "declarations" }

// declared is nil where the actor, a third party, has declared that it has no
// interest in a project (R15).
func (c *change) declared(activity, project survey.ID) error {
	var row declarationRow
	err := c.tx.Where("activity = ? AND project = ? AND account = ?", activity, project, c.actor.Account).Limit(1).Find(&row).Error
	switch {
	case err != nil:
		return fmt.Errorf("declaration: %w", err)
	case row.Account == 0:
		return survey.Fail(survey.Conflict, "error.declaration.missing")
	case row.Interest:
		return survey.Fail(survey.Conflict, "error.declaration.interest")
	}
	return nil
}

// Declare says for the actor, a third party, whether it has an interest in a
// project that takes part in an activity (R15). An interest says which, and so
// does one that is there no more.
func (s *Store) Declare(ctx context.Context, actor survey.Actor, activity, project survey.ID, interest bool, note string) error {
	return s.DeclareAll(ctx, actor, activity, []survey.ID{project}, interest, note)
}

// DeclareAll says the same of several projects: of all of them or of none.
func (s *Store) DeclareAll(ctx context.Context, actor survey.Actor, activity survey.ID, projects []survey.ID, interest bool, note string) error {
	if err := permitted(actor, survey.ScoreAsThird); err != nil {
		return err
	}
	note = strings.TrimSpace(note)
	switch n := utf8.RuneCountInString(note); {
	case len(projects) == 0:
		return survey.Fail(survey.Invalid, "error.declaration.none").Field("project", "error.declaration.none")
	case n > survey.LongestReason || interest && n == 0:
		return survey.Fail(survey.Invalid, "error.declaration.note", "Most", survey.LongestReason).Field("note", "error.declaration.note", "Most", survey.LongestReason)
	}
	return s.change(ctx, actor, func(c *change) error {
		a, err := c.working(activity)
		if err != nil {
			return err
		}
		taking, err := c.lookup().taking(actor.Scope, a.ID, projects)
		if err != nil {
			return err
		}
		for _, id := range projects {
			if !taking[id] {
				return survey.NotFoundError("error.not_found")
			}
			if err := c.declare(a.ID, id, interest, note); err != nil {
				return err
			}
		}
		return nil
	})
}

// declare saves what the actor says of one project; the same again is nothing.
func (c *change) declare(activity, project survey.ID, interest bool, note string) error {
	var was declarationRow
	err := c.tx.Where("activity = ? AND project = ? AND account = ?", activity, project, c.actor.Account).Limit(1).Find(&was).Error
	if err != nil {
		return fmt.Errorf("declaration: %w", err)
	}
	d := detail{"activity": activity.String(), "project": project.String(), "interest": interest}
	if was.Account != 0 {
		if was.Interest == interest && was.Note == note {
			return nil
		}
		if was.Interest && !interest && note == "" {
			return survey.Fail(survey.Invalid, "error.declaration.back").Field("note", "error.declaration.back")
		}
		d["old"] = was.Interest
	}
	row := declarationRow{Activity: activity, Project: project, Account: c.actor.Account, Interest: interest, Note: note, At: millis(c.at)}
	if err := c.tx.Save(&row).Error; err != nil {
		return fmt.Errorf("declaration: %w", err)
	}
	return c.record("declaration.made", object("project", project), note, d)
}

// taking are those of some projects in scope that take part in an activity.
func (l lookup) taking(scope survey.Scope, activity survey.ID, projects []survey.ID) (map[survey.ID]bool, error) {
	var ids []survey.ID
	err := l.db.Table("projects").Scopes(inScope(scope)).Where("projects.id IN ?", projects).
		Where(takesPart("projects.id"), activity, activity).Pluck("projects.id", &ids).Error
	taking := make(map[survey.ID]bool, len(ids))
	for _, id := range ids {
		taking[id] = true
	}
	return taking, wrapped("projects", err)
}

// Declarations are what third parties said of projects in scope, in the
// register's order.
func (s *Store) Declarations(ctx context.Context, scope survey.Scope, activity survey.ID) ([]rubric.Declaration, error) {
	l := s.lookup(ctx)
	if _, err := l.activity(activity); err != nil {
		return nil, err
	}
	inside, args := within(scope, "projects")
	projects, err := l.projectsWhere("EXISTS (SELECT 1 FROM declarations x WHERE x.activity = ? AND x.project = projects.id) AND "+inside,
		append([]any{activity}, args...)...)
	if err != nil || len(projects) == 0 {
		return nil, err
	}
	var rows []declarationRow
	if err := l.db.Where("activity = ?", activity).Order("at, account").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("declarations: %w", err)
	}
	of, accounts := map[survey.ID][]declarationRow{}, make([]survey.ID, len(rows))
	for i, r := range rows {
		of[r.Project] = append(of[r.Project], r)
		accounts[i] = r.Account
	}
	names, err := l.people(accounts...)
	if err != nil {
		return nil, err
	}
	var list []rubric.Declaration
	for _, p := range projects {
		for _, r := range of[p.ID] {
			by := personOf(r.Account, r.At)
			by.Name = names[r.Account]
			list = append(list, rubric.Declaration{Project: p, Interest: r.Interest, Note: r.Note, By: by})
		}
	}
	return list, nil
}

// Declarable is an activity with the projects in scope that take part in it.
func (s *Store) Declarable(ctx context.Context, scope survey.Scope, activity survey.ID) (survey.Activity, []survey.Project, error) {
	l := s.lookup(ctx)
	a, err := l.activity(activity)
	if err != nil {
		return a, nil, err
	}
	inside, args := within(scope, "projects")
	projects, err := l.projectsWhere(takesPart("projects.id")+" AND "+inside, append([]any{activity, activity}, args...)...)
	return a, projects, err
}
