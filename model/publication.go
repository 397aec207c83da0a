package model

import (
	"context"
	"fmt"
	"strings"
	"time"

	"meihao/survey"
)

type publicationRow struct {
	Campaign    survey.ID `gorm:"primaryKey;autoIncrement:false"`
	At          int64
	PublishedBy survey.ID
	Snapshot    int
}

// TableName is gorm's question.
func (publicationRow) TableName() string { return "publications" }

// publicationView is a publication with the name of who made it.
type publicationView struct {
	Row    publicationRow `gorm:"embedded"`
	ByName string
}

// publication of a campaign, the zero one where there is none.
func (l lookup) publication(campaign survey.ID) (survey.Publication, error) {
	var views []publicationView
	err := l.db.Table("publications").Select("publications.*, "+byName).
		Joins("LEFT JOIN accounts a ON a.id = publications.published_by").
		Where("publications.campaign = ?", campaign).Find(&views).Error
	if err != nil {
		return survey.Publication{}, fmt.Errorf("publication: %w", err)
	}
	none := survey.Publication{Campaign: campaign}
	if len(views) == 0 {
		return none, nil
	}
	r := views[0].Row
	return survey.Publication{Campaign: campaign, At: moment(r.At), By: r.PublishedBy, ByName: views[0].ByName, Snapshot: r.Snapshot}, nil
}

// Publication of a campaign in scope; its zero At says that it is not
// published.
func (s *Store) Publication(ctx context.Context, scope survey.Scope, campaign survey.ID) (survey.Publication, error) {
	l := s.lookup(ctx)
	if _, err := l.campaign(scope, campaign); err != nil {
		return survey.Publication{}, err
	}
	return l.publication(campaign)
}

// permitted is nil for who may do an action, as the table of roles says; the
// system itself has no role and may. Scopes are checked beside it.
func permitted(actor survey.Actor, action survey.Action) error {
	if actor.Role != "" && !actor.Role.May(action) {
		return survey.Fail(survey.Forbidden, "error.forbidden")
	}
	return nil
}

// publishing runs a step of a campaign's publication: with the campaign, which
// the actor manages, and what is published of it now.
func (s *Store) publishing(ctx context.Context, actor survey.Actor, campaign survey.ID, f func(*change, *campaignView, survey.Publication) error) error {
	err := s.change(ctx, actor, func(c *change) error {
		v, err := c.managed(campaign)
		if err != nil {
			return err
		}
		if err := permitted(actor, survey.PublishResults); err != nil {
			return err
		}
		p, err := c.lookup().publication(campaign)
		if err != nil {
			return err
		}
		return f(c, &v, p)
	})
	if err == nil {
		s.posters.forget()
	}
	return err
}

// PublishResults makes a sealed campaign's results public. A Conflict where it
// is not sealed, published already, a correction waits for its second person
// (what is about to change is not published), or the latest snapshot is
// another than seen, the one that the actor looked at.
func (s *Store) PublishResults(ctx context.Context, actor survey.Actor, campaign survey.ID, seen int) error {
	return s.publishing(ctx, actor, campaign, func(c *change, v *campaignView, p survey.Publication) error {
		if v.Row.Stage != survey.SealedStage {
			return survey.Fail(survey.Conflict, "error.publication.not_sealed")
		}
		if p.Published() {
			return survey.Fail(survey.Conflict, "error.publication.published")
		}
		_, waits, err := c.asked(campaign, survey.ApproveCorrect)
		if err != nil {
			return err
		}
		if waits {
			return survey.Fail(survey.Conflict, "error.publication.correction_waits")
		}
		snapshot, err := c.lookup().snapshot(campaign)
		if err != nil {
			return err
		}
		if snapshot.Number != seen {
			return survey.Fail(survey.Conflict, "error.publication.meanwhile")
		}
		row := publicationRow{Campaign: campaign, At: millis(c.at), PublishedBy: c.actor.Account, Snapshot: snapshot.Number}
		if err := c.tx.Create(&row).Error; err != nil {
			return fmt.Errorf("publication: %w", err)
		}
		return c.record(publishedAction, object("campaign", campaign), "", detail{"snapshot": row.Snapshot})
	})
}

// The actions that a publication is followed by, in its campaign's events.
const (
	publishedAction = "publication.published"
	retractedAction = "publication.retracted"
)

// RetractResults takes a publication back with a reason. The planned day, which
// was kept, is let go of: another one may be planned. Promises stay, and are
// seen again when the results are.
func (s *Store) RetractResults(ctx context.Context, actor survey.Actor, campaign survey.ID, reason string) error {
	return s.publishing(ctx, actor, campaign, func(c *change, v *campaignView, p survey.Publication) error {
		if !p.Published() {
			return survey.Fail(survey.Conflict, "error.publication.not_published")
		}
		if err := survey.CheckReason(reason); err != nil {
			return err
		}
		if err := c.tx.Where("campaign = ?", campaign).Delete(&publicationRow{}).Error; err != nil {
			return fmt.Errorf("publication: %w", err)
		}
		after := v.campaign()
		after.Publishes = time.Time{}
		if err := c.keep(v, after); err != nil {
			return err
		}
		return c.record(retractedAction, object("campaign", campaign), strings.TrimSpace(reason), detail{
			"snapshot": p.Snapshot, "published": p.At,
		})
	})
}

// PlanPublication sets the day on which residents may come back for the
// result, the zero time for none. A Conflict once it is published.
func (s *Store) PlanPublication(ctx context.Context, actor survey.Actor, campaign survey.ID, day time.Time) error {
	return s.publishing(ctx, actor, campaign, func(c *change, v *campaignView, p survey.Publication) error {
		if p.Published() {
			return survey.Fail(survey.Conflict, "error.publication.published")
		}
		before, after := v.campaign(), v.campaign()
		if err := after.PlanPublication(c.at, day); err != nil {
			return err
		}
		if after.Publishes.Equal(before.Publishes) {
			return nil
		}
		if err := c.keep(v, after); err != nil {
			return err
		}
		return c.record("publication.planned", object("campaign", campaign), "", detail{
			"old": dayText(before.Publishes), "new": dayText(after.Publishes),
		})
	})
}
