package model

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"meihao/survey"
	"meihao/survey/rubric"
)

// sheetChange is a change of one sheet under way.
type sheetChange struct {
	*change
	activity survey.Activity
	row      sheetRow
	before   rubric.Case
	sheet    rubric.Sheet // before, with all that people entered
}

// errUnchanged says that nothing is to be changed: nothing is stored then.
var errUnchanged = errors.New("unchanged")

// changeSheet runs a change of the sheet of a project in scope that takes part
// in an activity which takes changes now; f says what the event says.
func (s *Store) changeSheet(ctx context.Context, actor survey.Actor, may survey.Action, activity, project survey.ID,
	f func(c *sheetChange) (action, reason string, d detail, err error),
) error {
	if err := permitted(actor, may); err != nil {
		return err
	}
	err := s.change(ctx, actor, func(c *change) error {
		sc, err := c.sheet(actor.Scope, activity, project)
		if err != nil {
			return err
		}
		action, reason, d, err := f(sc)
		if err != nil {
			return err
		}
		sc.row.Revision++
		if err := c.tx.Save(&sc.row).Error; err != nil {
			return fmt.Errorf("sheet: %w", err)
		}
		d["activity"], d["project"] = activity.String(), project.String()
		return c.record(action, object("sheet", sc.row.ID), strings.TrimSpace(reason), d)
	})
	if errors.Is(err, errUnchanged) {
		return nil
	}
	return err
}

// sheet is the sheet of a project with all that people entered; the row is made
// where nothing was entered yet.
func (c *change) sheet(scope survey.Scope, activity, project survey.ID) (*sheetChange, error) {
	l := c.lookup()
	if _, err := l.project(scope, project); err != nil {
		return nil, err
	}
	a, err := c.working(activity)
	if err != nil {
		return nil, err
	}
	sc := &sheetChange{change: c, activity: a}
	if sc.before, err = l.sheetCase(scope, a, project, false); err != nil {
		return nil, err
	}
	sc.fill()
	if sc.before.Entries.ID == 0 {
		sc.row = sheetRow{ID: newID(), Activity: activity, Project: project}
		if err := c.tx.Create(&sc.row).Error; err != nil {
			return nil, fmt.Errorf("sheet: %w", err)
		}
		return sc, nil
	}
	if err := c.tx.Where("id = ?", sc.before.Entries.ID).Take(&sc.row).Error; err != nil {
		return nil, fmt.Errorf("sheet: %w", err)
	}
	return sc, nil
}

func (c *sheetChange) fill() {
	c.sheet = c.rubric.Sheet(c.activity, c.before.Entries, c.before.Figures, survey.Administrator)
}

// figured is an item or a veto of the sheet, which is filled with what the
// machine knows too; NotFound where there is none.
func (c *sheetChange) figured(item string) (*rubric.Award, error) {
	cases := []rubric.Case{c.before}
	if err := c.lookup().figure(c.activity, cases); err != nil {
		return nil, err
	}
	c.before = cases[0]
	c.fill()
	return c.item(item, func(rubric.Item) bool { return true })
}

// item of the sheet that is an item or a veto as wanted; NotFound otherwise.
func (c *sheetChange) item(id string, fits func(rubric.Item) bool) (*rubric.Award, error) {
	a := c.sheet.Award(id)
	if a == nil || !fits(a.Item) {
		return nil, survey.NotFoundError("error.not_found")
	}
	return a, nil
}

// SaveFees stores what item 3.2 rests on, in fen.
func (s *Store) SaveFees(ctx context.Context, actor survey.Actor, activity, project survey.ID, f rubric.Fees) error {
	if err := f.Check(); err != nil {
		return err
	}
	return s.changeSheet(ctx, actor, survey.ScoreSheets, activity, project, func(c *sheetChange) (string, string, detail, error) {
		d := detail{"item": rubric.FeesItem, "old": []int64{c.row.Paid, c.row.Due}, "new": []int64{f.Paid, f.Due}, "document": f.Document}
		c.row.Paid, c.row.Due, c.row.FeesDocument = f.Paid, f.Due, strings.TrimSpace(f.Document)
		c.row.FeesBy, c.row.FeesAt = c.actor.Account, millis(c.at)
		return "sheet.fees", "", d, nil
	})
}
