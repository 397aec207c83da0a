package model

import (
	"context"
	"fmt"
	"strings"

	"meihao/survey"
)

type wallRow struct {
	ID       survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Account  survey.ID
	Campaign survey.ID
	Name     string
	Digest   []byte
	Scope    scopeRow `gorm:"embedded"`
	Figures  bool
	Code     bool
	Language string
	Added    int64
	Expires  int64
	Revoked  bool
	Opened   int64
}

// TableName is gorm's question.
func (wallRow) TableName() string { return "walls" }

func (r wallRow) wall() survey.Wall {
	return survey.Wall{
		ID: r.ID, Account: r.Account, Campaign: r.Campaign, Name: r.Name, Scope: r.Scope.scope(), Figures: r.Figures, Code: r.Code,
		Language: r.Language, Added: moment(r.Added), Expires: moment(r.Expires), Opened: moment(r.Opened),
	}
}

// wallsWithin is the condition under which a wall's area lies in a scope; only
// the city and districts have walls.
func wallsWithin(s survey.Scope) (string, []any) {
	if s.All {
		return "1 = 1", nil
	}
	if s.District == 0 {
		return "1 = 0", nil
	}
	return `(walls.district = ? OR walls.subdistrict IN (SELECT id FROM subdistricts WHERE district = ?)
		OR walls.community IN (SELECT id FROM communities WHERE district = ?))`, []any{s.District, s.District, s.District}
}

// AddWall makes a wall of a campaign in scope over an area in scope; only the
// digest of its secret is stored.
func (s *Store) AddWall(ctx context.Context, actor survey.Actor, w survey.Wall, digest [32]byte) (survey.Wall, error) {
	err := s.change(ctx, actor, func(c *change) error {
		if err := permitted(actor, survey.ManageWalls); err != nil {
			return err
		}
		l := c.lookup()
		view, err := l.campaign(actor.Scope, w.Campaign)
		if err != nil {
			return err
		}
		if err := w.CheckNew(view.campaign(), c.at); err != nil {
			return err
		}
		if err := l.wallCovers(actor.Scope, w); err != nil {
			return err
		}
		w.ID, w.Account, w.Name, w.Added = newID(), actor.Account, strings.TrimSpace(w.Name), c.at
		row := wallRow{
			ID: w.ID, Account: w.Account, Campaign: w.Campaign, Name: w.Name, Digest: digest[:], Scope: rowOfScope(w.Scope),
			Figures: w.Figures, Code: w.Code, Language: w.Language, Added: millis(c.at), Expires: millis(w.Expires),
		}
		if err := c.tx.Create(&row).Error; err != nil {
			return fmt.Errorf("wall: %w", err)
		}
		return c.record("wall.added", object("wall", w.ID), "",
			detail{"campaign": w.Campaign.String(), "name": w.Name, "figures": w.Figures, "expires": w.Expires.UTC().Format("2006-01-02T15:04Z")})
	})
	return w, err
}

// wallCovers is nil where a wall's area lies in a scope and has projects of its
// campaign.
func (l lookup) wallCovers(scope survey.Scope, w survey.Wall) error {
	wrong := survey.Fail(survey.Invalid, "error.wall.scope").Field("scope", "error.wall.scope")
	if !scope.All && scope != w.Scope {
		if w.Scope.All {
			return wrong
		}
		if in, err := l.liesIn(w.Scope, scope); err != nil || !in {
			return firstOf(err, wrong)
		}
	}
	var found []survey.ID
	where, args := within(w.Scope, "p")
	err := l.db.Table("enrolments e").Select("e.project").Joins("JOIN projects p ON p.id = e.project").
		Where("e.campaign = ?", w.Campaign).Where(where, args...).Limit(1).Scan(&found).Error
	if err != nil || len(found) == 0 {
		return firstOf(wrapped("wall", err), wrong)
	}
	return nil
}

// Walls are the walls in the actor's scope that were not revoked, expired ones
// among them, the newest first.
func (s *Store) Walls(ctx context.Context, actor survey.Actor) ([]survey.Wall, error) {
	if err := permitted(actor, survey.ManageWalls); err != nil {
		return nil, err
	}
	l := s.lookup(ctx)
	where, args := wallsWithin(actor.Scope)
	var views []struct {
		Row          wallRow `gorm:"embedded"`
		AccountName  string
		CampaignName string
	}
	err := l.db.Table("walls").Select("walls.*, a.username AS account_name, m.name AS campaign_name").
		Joins("JOIN accounts a ON a.id = walls.account JOIN campaigns m ON m.id = walls.campaign").
		Where("walls.revoked = ?", false).Where(where, args...).Order("walls.added DESC, walls.id").Find(&views).Error
	if err != nil {
		return nil, fmt.Errorf("walls: %w", err)
	}
	walls := make([]survey.Wall, len(views))
	for i, v := range views {
		w := v.Row.wall()
		w.AccountName, w.CampaignName = v.AccountName, v.CampaignName
		if w.ScopeName, err = l.placeName(w.Scope); err != nil {
			return nil, err
		}
		walls[i] = w
	}
	return walls, nil
}

// RevokeWall ends a wall in the actor's scope for good; NotFound if there is
// none.
func (s *Store) RevokeWall(ctx context.Context, actor survey.Actor, id survey.ID) error {
	return s.change(ctx, actor, func(c *change) error {
		if err := permitted(actor, survey.ManageWalls); err != nil {
			return err
		}
		where, args := wallsWithin(actor.Scope)
		var rows []wallRow
		if err := c.tx.Where("id = ? AND revoked = ?", id, false).Where(where, args...).Find(&rows).Error; err != nil {
			return fmt.Errorf("wall: %w", err)
		}
		if len(rows) == 0 {
			return survey.NotFoundError("error.not_found")
		}
		if err := c.tx.Exec("UPDATE walls SET revoked = ? WHERE id = ?", true, id).Error; err != nil {
			return fmt.Errorf("wall: %w", err)
		}
		return c.record("wall.revoked", object("wall", id), "", detail{"name": rows[0].Name})
	})
}
