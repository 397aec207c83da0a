package model

import (
	"context"
	"fmt"

	"meihao/survey"
)

// Adopt makes the sheet of a project read the newest snapshot of a sealed
// campaign of its activity (RULES §9).
func (s *Store) Adopt(ctx context.Context, actor survey.Actor, activity, project, campaign survey.ID) error {
	return s.changeSheet(ctx, actor, survey.ScoreSheets, activity, project, func(c *sheetChange) (string, string, detail, error) {
		number, err := c.readable(campaign, activity, project)
		if err != nil {
			return "", "", nil, err
		}
		if c.row.Campaign == campaign && c.row.Snapshot == number {
			return "", "", nil, survey.Fail(survey.Conflict, "error.sheet.adopted")
		}
		if err := c.unconfirm(c.row.ID); err != nil {
			return "", "", nil, err
		}
		d := detail{"old": readingOf(c.row.Campaign, c.row.Snapshot), "new": readingOf(campaign, number)}
		c.row.Campaign, c.row.Snapshot, c.row.ReadBy, c.row.ReadAt = campaign, number, c.actor.Account, millis(c.at)
		return "sheet.adopted", "", d, nil
	})
}

func readingOf(campaign survey.ID, snapshot int) string {
	if campaign == 0 {
		return ""
	}
	return fmt.Sprintf("%s/%d", campaign, snapshot)
}

// readable is the newest snapshot of a campaign of an activity that has a
// project; NotFound where there is none.
func (c *change) readable(campaign, activity, project survey.ID) (int, error) {
	var numbers []int
	err := c.tx.Raw(`SELECT s.number FROM sealed_projects s JOIN campaigns m ON m.id = s.campaign
		WHERE s.campaign = ? AND s.project = ? AND m.activity = ? AND m.stage = 'sealed'
		ORDER BY s.number DESC LIMIT 1`, campaign, project, activity).Scan(&numbers).Error
	if err != nil {
		return 0, fmt.Errorf("snapshot: %w", err)
	}
	if len(numbers) == 0 {
		return 0, survey.NotFoundError("error.sheet.no_snapshot")
	}
	return numbers[0], nil
}

// unconfirm takes back what two persons said about a borderline veto of the
// result that sheets have read so far.
func (c *change) unconfirm(sheets ...survey.ID) error {
	err := c.tx.Where("sheet IN ?", sheets).Delete(&vetoConfirmationRow{}).Error
	return wrapped("veto", err)
}

// StaleSheets is, by campaign, how many sheets of projects in scope read an
// older snapshot than its newest and wait for somebody to adopt that; a campaign
// without any is left out.
func (s *Store) StaleSheets(ctx context.Context, scope survey.Scope) (map[survey.ID]int, error) {
	var rows []struct {
		Campaign survey.ID
		N        int
	}
	err := s.lookup(ctx).db.Table("projects").Scopes(inScope(scope)).Joins("JOIN sheets ON sheets.project = projects.id").
		Where("sheets.snapshot < (SELECT MAX(n.number) FROM snapshots n WHERE n.campaign = sheets.campaign)").
		Select("campaign, COUNT(*) AS n").Group("campaign").Scan(&rows).Error
	stale := make(map[survey.ID]int, len(rows))
	for _, r := range rows {
		stale[r.Campaign] = r.N
	}
	return stale, wrapped("sheets", err)
}

// AdoptAll does the same for all projects in scope of a campaign whose sheets
// read another snapshot, and says how many.
func (s *Store) AdoptAll(ctx context.Context, actor survey.Actor, activity, campaign survey.ID) (int, error) {
	if err := permitted(actor, survey.ScoreSheets); err != nil {
		return 0, err
	}
	adopted := 0
	err := s.change(ctx, actor, func(c *change) error {
		if _, err := c.working(activity); err != nil {
			return err
		}
		view, err := c.lookup().campaign(actor.Scope, campaign)
		if err != nil {
			return err
		}
		if view.Row.Activity != activity || view.Row.Stage != survey.SealedStage {
			return survey.Fail(survey.Conflict, "error.sheet.no_snapshot")
		}
		snapshot, err := c.lookup().snapshot(campaign)
		if err != nil {
			return err
		}
		adopted, err = c.adopt(activity, campaign, snapshot.Number, actor.Scope, true)
		if err != nil {
			return err
		}
		return c.record("sheets.adopted", object("activity", activity), "", detail{"new": readingOf(campaign, snapshot.Number), "sheets": adopted})
	})
	return adopted, err
}

// adopt makes the sheets of a snapshot's projects in scope read it: all that
// read something else, or only those that read nothing yet.
func (c *change) adopt(activity, campaign survey.ID, snapshot int, scope survey.Scope, again bool) (int, error) {
	var projects []survey.ID
	where, args := within(scope, "p")
	err := c.tx.Raw(`SELECT s.project FROM sealed_projects s JOIN projects p ON p.id = s.project
		WHERE s.campaign = ? AND s.number = ? AND `+where+" ORDER BY s.project", append([]any{campaign, snapshot}, args...)...).Scan(&projects).Error
	if err != nil {
		return 0, fmt.Errorf("sheets: %w", err)
	}
	var there []sheetRow
	if err := c.tx.Where("activity = ? AND project IN ?", activity, projects).Find(&there).Error; err != nil {
		return 0, fmt.Errorf("sheets: %w", err)
	}
	rows := make(map[survey.ID]sheetRow, len(there))
	for _, r := range there {
		rows[r.Project] = r
	}
	var added []sheetRow
	adopted := 0
	for _, p := range projects {
		r, known := rows[p]
		if known && (r.Campaign == campaign && r.Snapshot == snapshot || !again && r.Campaign != 0) {
			continue
		}
		adopted++
		r.Activity, r.Project, r.Campaign, r.Snapshot, r.ReadBy, r.ReadAt = activity, p, campaign, snapshot, c.actor.Account, millis(c.at)
		r.Revision++
		if !known {
			r.ID = newID()
			added = append(added, r)
			continue
		}
		if err := c.tx.Save(&r).Error; err != nil {
			return 0, fmt.Errorf("sheet: %w", err)
		}
		if err := c.unconfirm(r.ID); err != nil {
			return 0, err
		}
	}
	return adopted, insert(c.tx, added)
}
