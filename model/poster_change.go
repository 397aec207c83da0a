package model

import (
	"context"
	"fmt"
	"strings"

	"meihao/survey"
)

// AddPosters hangs up more posters of a project in scope beside those that
// opening made, all or none of them. Building and unit must be ones of the
// enrolment, the place must be named and free, and no building has more than
// survey.PostersPerBuilding in use (Invalid, Conflict). Conflict unless the
// campaign runs.
func (s *Store) AddPosters(ctx context.Context, actor survey.Actor, campaign, project survey.ID, posters []survey.NewPoster) ([]survey.PosterPlace, error) {
	if len(posters) == 0 {
		return nil, survey.Fail(survey.Invalid, "error.poster.none")
	}
	var added []survey.PosterPlace
	err := s.change(ctx, actor, func(c *change) error {
		h, err := c.hanging(campaign, project)
		if err != nil {
			return err
		}
		rows := make([]posterRow, len(posters))
		for i, n := range posters {
			if rows[i], err = h.add(n); err != nil {
				return err
			}
			rows[i].Campaign, rows[i].Project, rows[i].Added = campaign, project, millis(c.at)
		}
		if err := c.hang(rows); err != nil {
			return err
		}
		if added, err = c.posterPlaces(campaign, project, rows); err != nil {
			return err
		}
		return c.record("poster.added", object("project", project), "", detail{"campaign": campaign, "count": len(rows)})
	})
	return added, err
}

// ReplacePoster retires a poster in scope that was pasted over, torn off or
// copied, and hangs another one up at the same place: its code leads on, the
// old one says where. The new one is returned. Conflict if the old one was
// retired already, or the campaign does not run.
func (s *Store) ReplacePoster(ctx context.Context, actor survey.Actor, code, reason string) (survey.PosterPlace, error) {
	var next survey.PosterPlace
	err := s.changePoster(ctx, actor, code, reason, func(c *change, old posterRow, _ *hanging) (string, detail, error) {
		rows := []posterRow{{
			Campaign: old.Campaign, Project: old.Project, Building: old.Building, Unit: old.Unit, Place: old.Place, Added: millis(c.at),
		}}
		if err := c.hang(rows); err != nil {
			return "", nil, err
		}
		if err := c.retire(old, rows[0].Code); err != nil {
			return "", nil, err
		}
		added, err := c.posterPlaces(old.Campaign, old.Project, rows)
		if err != nil {
			return "", nil, err
		}
		next = added[0]
		return "poster.replaced", detail{"successor": next.Code}, nil
	})
	return next, err
}

// RetirePoster takes a poster in scope out of use: its page says where to look
// instead. Conflict if it was retired already, if it is the last one of its
// project, or if the campaign does not run.
func (s *Store) RetirePoster(ctx context.Context, actor survey.Actor, code, reason string) error {
	return s.changePoster(ctx, actor, code, reason, func(c *change, old posterRow, h *hanging) (string, detail, error) {
		if h.live() == 1 {
			return "", nil, survey.Fail(survey.Conflict, "error.poster.last")
		}
		return "poster.retired", detail{}, c.retire(old, "")
	})
}

// changePoster changes one poster in use by f, which names the event and adds
// to its detail. Saving answers reads the poster anew, so that from now on
// nothing comes in through one that was retired.
func (s *Store) changePoster(ctx context.Context, actor survey.Actor, code, reason string,
	f func(c *change, old posterRow, h *hanging) (string, detail, error),
) error {
	if err := survey.CheckReason(reason); err != nil {
		return err
	}
	err := s.change(ctx, actor, func(c *change) error {
		_, place, err := c.lookup().posterPlace(actor.Scope, code)
		if err != nil {
			return err
		}
		var row posterRow
		if err := c.tx.Where("code = ?", code).Take(&row).Error; err != nil {
			return fmt.Errorf("poster: %w", err)
		}
		h, err := c.hanging(row.Campaign, row.Project)
		if err != nil {
			return err
		}
		if row.Retired {
			return survey.Fail(survey.Conflict, "error.poster.retired_already", "Place", place.Name())
		}
		action, more, err := f(c, row, h)
		if err != nil {
			return err
		}
		more["campaign"], more["project"] = row.Campaign, row.Project
		return c.record(action, "poster "+code, strings.TrimSpace(reason), more)
	})
	s.posters.forget()
	return err
}

// retire waits for the saves that are under way, and tells all later ones.
func (c *change) retire(old posterRow, successor string) error {
	if err := c.revise(old.Campaign); err != nil {
		return err
	}
	if err := c.tx.Exec("UPDATE posters SET retired = 1, successor = ? WHERE code = ?", successor, old.Code).Error; err != nil {
		return fmt.Errorf("poster: %w", err)
	}
	return nil
}

// MarkPrinted notes that posters in scope of a campaign in scope were sent to
// a printer. Retired and unknown codes are passed over.
func (s *Store) MarkPrinted(ctx context.Context, actor survey.Actor, campaign survey.ID, codes []string) error {
	return s.change(ctx, actor, func(c *change) error {
		if _, err := c.lookup().campaign(actor.Scope, campaign); err != nil {
			return err
		}
		printed := 0
		for len(codes) > 0 {
			some := codes[:min(bulk, len(codes))]
			codes = codes[len(some):]
			var known []string
			err := c.tx.Table("posters").Joins("JOIN projects ON projects.id = posters.project").Scopes(inScope(actor.Scope)).
				Where("posters.campaign = ? AND posters.retired = 0 AND posters.code IN ?", campaign, some).
				Order("posters.code").Pluck("posters.code", &known).Error
			if err != nil {
				return fmt.Errorf("posters: %w", err)
			}
			if len(known) == 0 {
				continue
			}
			if err := c.tx.Exec("UPDATE posters SET printed = ? WHERE code IN ?", millis(c.at), known).Error; err != nil {
				return fmt.Errorf("posters: %w", err)
			}
			printed += len(known)
		}
		if printed == 0 {
			return nil
		}
		return c.record("poster.printed", object("campaign", campaign), "", detail{"count": printed})
	})
}
