package model

import (
	"context"
	"fmt"
	"strings"
	"time"

	"meihao/survey"
)

// promised is a published result under a promise that is about to change.
type promised struct {
	project     survey.Project
	publication survey.Publication
}

// promisable is the published result of a project in the actor's scope:
// NotFound where it is none of theirs or (to a company) not published, and a
// Conflict to all others where it is not.
func (c *change) promisable(campaign, project survey.ID) (promised, error) {
	var p promised
	l := c.lookup()
	var err error
	if p.project, err = l.project(c.actor.Scope, project); err != nil {
		return p, err
	}
	if enrolled, err := l.enrolledIn(campaign, project); err != nil || !enrolled {
		return p, firstOf(err, survey.NotFoundError("error.not_found"))
	}
	if p.publication, err = l.publication(campaign); err != nil || p.publication.Published() {
		return p, err
	}
	if c.actor.Scope.Company != 0 {
		return p, survey.NotFoundError("error.not_found")
	}
	return p, survey.Fail(survey.Conflict, "error.publication.not_published")
}

// makes is nil where the actor speaks for a company that is the promise's; its
// project is the company's too, since it is in scope.
func (c *change) makes(row promiseRow, _ survey.Project) error {
	if c.actor.Scope.Company == 0 || c.actor.Scope.Company != row.Company {
		return survey.Fail(survey.Forbidden, "error.forbidden")
	}
	return permitted(c.actor, survey.MakePromises)
}

// decides is nil where the actor decides for the project's district, whoever
// owns the campaign.
func (c *change) decides(_ promiseRow, project survey.Project) error {
	if !c.actor.Scope.Manages(project.Place.District) {
		return survey.Fail(survey.Forbidden, "error.forbidden")
	}
	return permitted(c.actor, survey.PublishPromises)
}

func (l lookup) enrolledIn(campaign, project survey.ID) (bool, error) {
	var n int64
	err := l.db.Table("enrolments").Where("campaign = ? AND project = ?", campaign, project).Count(&n).Error
	return n > 0, wrapped("enrolment", err)
}

// AddPromise enters a promise of the project's company (its staff alone) after
// the result was published: NotFound before that.
func (s *Store) AddPromise(ctx context.Context, actor survey.Actor, campaign, project survey.ID, text string, due time.Time) (survey.ID, error) {
	var id survey.ID
	err := s.change(ctx, actor, func(c *change) error {
		of, err := c.promisable(campaign, project)
		if err != nil {
			return err
		}
		company := of.project.Company
		row := promiseRow{ID: newID(), Campaign: campaign, Project: project, Company: company.ID, CompanyName: company.Name, Added: millis(c.at)}
		if err := c.makes(row, of.project); err != nil {
			return err
		}
		p, err := survey.Promised(c.at, text, due)
		if err != nil {
			return err
		}
		var n int64
		if err := c.tx.Model(&promiseRow{}).Where("campaign = ? AND project = ?", campaign, project).Count(&n).Error; err != nil {
			return fmt.Errorf("promise: %w", err)
		}
		if n >= survey.MostPromises {
			return survey.Fail(survey.Conflict, "error.promise.many", "Most", survey.MostPromises)
		}
		id = row.ID
		row.take(p)
		err = c.tx.Model(&promiseRow{}).Where("campaign = ? AND project = ? AND text = ? AND due = ?", campaign, project, row.Text, row.Due).Count(&n).Error
		if err != nil {
			return fmt.Errorf("promise: %w", err)
		}
		if n > 0 { // the button was pressed twice
			return survey.Fail(survey.Conflict, "error.promise.twice")
		}
		if err := c.tx.Create(&row).Error; err != nil {
			return fmt.Errorf("promise: %w", err)
		}
		return c.recordPromise("promise.added", row, "", detail{"text": p.Text, "due": dayText(p.Due)})
	})
	if err != nil {
		return 0, err
	}
	return id, nil
}

// recordPromise writes the event of a promise, which says whose it is.
func (c *change) recordPromise(action string, row promiseRow, reason string, d detail) error {
	d["campaign"], d["project"] = row.Campaign, row.Project
	return c.record(action, object("promise", row.ID), reason, d)
}

// changingPromise runs a step of a promise's life: f applies the rule and says
// which event it leaves; "" for nothing to be done.
func (s *Store) changingPromise(ctx context.Context, actor survey.Actor, id survey.ID,
	who func(*change, promiseRow, survey.Project) error,
	f func(c *change, of promised, p *survey.Promise) (action, reason string, d detail, err error),
) error {
	return s.change(ctx, actor, func(c *change) error {
		row, of, err := c.promise(id)
		if err != nil {
			return err
		}
		if err := who(c, row, of.project); err != nil {
			return err
		}
		p := row.promise()
		action, reason, d, err := f(c, of, &p)
		if err != nil || action == "" {
			return err
		}
		row.take(p)
		if err := c.tx.Select("*").Updates(&row).Error; err != nil {
			return fmt.Errorf("promise: %w", err)
		}
		return c.recordPromise(action, row, strings.TrimSpace(reason), d)
	})
}

// promise is one in the actor's scope with the result it belongs to.
func (c *change) promise(id survey.ID) (promiseRow, promised, error) {
	var rows []promiseRow
	if err := c.tx.Where("id = ?", id).Find(&rows).Error; err != nil {
		return promiseRow{}, promised{}, fmt.Errorf("promise: %w", err)
	}
	if len(rows) == 0 {
		return promiseRow{}, promised{}, survey.NotFoundError("error.not_found")
	}
	of, err := c.promisable(rows[0].Campaign, rows[0].Project)
	return rows[0], of, err
}

// ChangePromise is the company's other text or due day; what is public stays
// until the district publishes this version too. Nothing new is no event.
func (s *Store) ChangePromise(ctx context.Context, actor survey.Actor, id survey.ID, text string, due time.Time) error {
	return s.changingPromise(ctx, actor, id, (*change).makes, func(c *change, _ promised, p *survey.Promise) (string, string, detail, error) {
		before := *p
		if err := p.Change(c.at, text, due); err != nil || p.Version == before.Version {
			return "", "", nil, err
		}
		return "promise.changed", "", detail{
			"old": detail{"text": before.Text, "due": dayText(before.Due)},
			"new": detail{"text": p.Text, "due": dayText(p.Due)},
		}, nil
	})
}

// ReportPromise says on which day it was done, the zero day that it is not
// after all.
func (s *Store) ReportPromise(ctx context.Context, actor survey.Actor, id survey.ID, day time.Time, note string) error {
	return s.changingPromise(ctx, actor, id, (*change).makes, func(c *change, of promised, p *survey.Promise) (string, string, detail, error) {
		before := *p
		if err := p.Report(c.at, of.publication.At, day, note); err != nil || p.Version == before.Version {
			return "", "", nil, err
		}
		return "promise.done", "", detail{
			"old": detail{"done": dayText(before.Done), "note": before.DoneNote},
			"new": detail{"done": dayText(p.Done), "note": p.DoneNote},
		}, nil
	})
}

// RemovePromise removes a promise of which nothing was ever public, else a
// Conflict: entered anew, one that was taken down would have no day that it was
// first promised for.
func (s *Store) RemovePromise(ctx context.Context, actor survey.Actor, id survey.ID) error {
	return s.change(ctx, actor, func(c *change) error {
		row, of, err := c.promise(id)
		if err != nil {
			return err
		}
		if err := c.makes(row, of.project); err != nil {
			return err
		}
		if row.PublicAt != 0 || row.FirstDue != 0 {
			return survey.Fail(survey.Conflict, "error.promise.is_public")
		}
		if err := c.tx.Delete(&promiseRow{}, "id = ?", id).Error; err != nil {
			return fmt.Errorf("promise: %w", err)
		}
		p := row.promise()
		return c.recordPromise("promise.removed", row, "", detail{"text": p.Text, "due": dayText(p.Due)})
	})
}
