package model

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"meihao/survey"
)

// correctionRow is one line of a project's history.
type correctionRow struct {
	Project      survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Number       int64     `gorm:"primaryKey;autoIncrement:false"` // of the event
	Line         int       `gorm:"primaryKey;autoIncrement:false"`
	At           int64
	Actor        survey.ID
	Username     string
	Way          string
	Campaign     survey.ID
	Reason       string
	Building     survey.ID
	BuildingName string
	Field        string
	OldValue     string
	NewValue     string
}

// TableName is gorm's question.
func (correctionRow) TableName() string { return "corrections" }

// correctionView is a line with the names around it.
type correctionView struct {
	Row          correctionRow `gorm:"embedded"`
	ByName       string
	CampaignName string
}

// history is what one change writes about projects, under the number that its
// event will have: record must be called once, and after it, with the digest
// that write returned.
type history struct {
	change   *change
	number   int64
	way      survey.Way
	campaign survey.ID
	reason   string
	rows     []correctionRow
	lines    map[survey.ID]int // so many of each project
}

func (c *change) history(way survey.Way, campaign survey.ID, reason string) (*history, error) {
	h := &history{change: c, way: way, campaign: campaign, reason: reason, lines: map[survey.ID]int{}}
	if err := c.tx.Raw("SELECT COALESCE(MAX(number), 0) + 1 FROM events").Scan(&h.number).Error; err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	return h, nil
}

// add notes what changed of a project.
func (h *history) add(project survey.ID, lines ...survey.Correction) {
	for _, l := range lines {
		h.lines[project]++
		h.rows = append(h.rows, correctionRow{
			Project: project, Number: h.number, Line: h.lines[project],
			At: millis(h.change.at), Actor: h.change.actor.Account, Username: h.change.actor.Username,
			Way: string(h.way), Campaign: h.campaign, Reason: h.reason,
			Building: l.Building, BuildingName: l.BuildingName, Field: l.Field, OldValue: l.Old, NewValue: l.New,
		})
	}
}

// write stores the lines and returns their digest, for the event.
func (h *history) write() (string, error) {
	slices.SortStableFunc(h.rows, func(a, b correctionRow) int { return cmp.Compare(a.Project, b.Project) })
	var d linesDigest
	for _, row := range h.rows {
		if err := d.add(row); err != nil {
			return "", err
		}
	}
	return d.sum(), insert(h.change.tx, h.rows)
}

// keepHistory writes the history of one project and returns its digest.
func (c *change) keepHistory(project survey.ID, way survey.Way, campaign survey.ID, reason string, lines []survey.Correction) (string, error) {
	h, err := c.history(way, campaign, reason)
	if err != nil {
		return "", err
	}
	h.add(project, lines...)
	return h.write()
}

// Corrections lists what was put right of a project in scope since it was
// registered, the newest first: what an import changed, what somebody did by
// hand, and what was corrected of a campaign's frozen homes (with a campaign:
// of that one only). At most limit entries from offset on, and how many there
// are.
func (s *Store) Corrections(ctx context.Context, scope survey.Scope, project, campaign survey.ID, offset, limit int) ([]survey.CorrectionEntry, int, error) {
	l := s.lookup(ctx)
	if _, err := l.project(scope, project); err != nil {
		return nil, 0, err
	}
	const chosen = " FROM corrections WHERE project = ? AND (? = 0 OR campaign = ?)"
	var total int
	if err := l.db.Raw("SELECT COUNT(DISTINCT number)"+chosen, project, campaign, campaign).Scan(&total).Error; err != nil {
		return nil, 0, fmt.Errorf("corrections: %w", err)
	}
	var numbers []int64
	err := l.db.Raw("SELECT DISTINCT number"+chosen+" ORDER BY number DESC LIMIT ? OFFSET ?", project, campaign, campaign, limit, offset).
		Scan(&numbers).Error
	if err != nil || len(numbers) == 0 {
		return nil, total, wrapped("corrections", err)
	}
	var views []correctionView
	err = l.db.Table("corrections").Select("corrections.*, "+orUsername+", COALESCE(m.name, '') AS campaign_name").
		Joins("LEFT JOIN accounts a ON a.id = corrections.actor LEFT JOIN campaigns m ON m.id = corrections.campaign").
		Where("corrections.project = ? AND corrections.number IN ?", project, numbers).
		Order("corrections.number DESC, corrections.line").Find(&views).Error
	if err != nil {
		return nil, 0, fmt.Errorf("corrections: %w", err)
	}
	return entries(views), total, nil
}

// orUsername is the name of an account as people read it; of one that is
// none, as the line has it.
const orUsername = "CASE WHEN COALESCE(a.name, '') <> '' THEN a.name ELSE corrections.username END AS by_name"

func wrapped(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

// entries gathers lines that lie together by their events.
func entries(views []correctionView) []survey.CorrectionEntry {
	var list []survey.CorrectionEntry
	for _, v := range views {
		r := v.Row
		if len(list) == 0 || list[len(list)-1].Number != r.Number {
			list = append(list, survey.CorrectionEntry{
				Number: r.Number, At: moment(r.At), By: v.ByName, Way: survey.Way(r.Way),
				Campaign: r.Campaign, CampaignName: v.CampaignName, Reason: r.Reason,
			})
		}
		e := &list[len(list)-1]
		e.Lines = append(e.Lines, survey.Correction{
			Building: r.Building, BuildingName: r.BuildingName, Field: r.Field, Old: r.OldValue, New: r.NewValue,
		})
	}
	return list
}

// lineDetail is what an event says of corrected values.
func lineDetail(lines []survey.Correction) []detail {
	list := make([]detail, len(lines))
	for i, l := range lines {
		list[i] = detail{"field": l.Field, "old": l.Old, "new": l.New}
		if l.BuildingName != "" {
			list[i]["building"] = l.BuildingName
		}
		if l.Building != 0 {
			list[i]["id"] = l.Building
		}
	}
	return list
}
