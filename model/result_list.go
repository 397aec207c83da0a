package model

import (
	"context"
	"fmt"
	"math"
	"time"

	"gorm.io/gorm"

	"meihao/survey"
)

// resultPlace is one row of the list before its figures are read.
type resultPlace struct {
	Campaign survey.ID
	Project  survey.ID
}

// Results lists the sealed results in the actor's scope that a filter chooses,
// the newest campaign first and its projects in the register's order, as
// residents see them or would; and how many there are in all pages together. A
// company has those that were published.
func (s *Store) Results(ctx context.Context, actor survey.Actor, f survey.ResultFilter) ([]survey.ResultRow, int, error) {
	if err := permitted(actor, survey.ViewResults); err != nil {
		return nil, 0, err
	}
	l := s.lookup(ctx)
	chosen := l.db.Table("enrolments e").
		Joins("JOIN campaigns m ON m.id = e.campaign JOIN projects ON projects.id = e.project").
		Joins("LEFT JOIN publications u ON u.campaign = e.campaign").
		Where("m.stage = ?", survey.SealedStage).
		Scopes(inScope(actor.Scope), chosenBy(survey.ProjectFilter{Search: f.Search}), resultsBy(actor, f))
	var count int64
	if err := chosen.Session(&gorm.Session{}).Count(&count).Error; err != nil {
		return nil, 0, fmt.Errorf("results: %w", err)
	}
	limit := f.Limit
	if limit == 0 {
		limit = math.MaxInt32 // MySQL knows no offset without one
	}
	var places []resultPlace
	err := chosen.Session(&gorm.Session{}).Select("e.campaign, e.project").
		Order("m.added DESC, m.id, projects.position").Offset(f.Offset).Limit(limit).Scan(&places).Error
	if err != nil {
		return nil, 0, fmt.Errorf("results: %w", err)
	}
	rows, err := l.resultRows(actor.Scope, s.now(), places)
	return rows, int(count), err
}

// resultsBy is what a filter says beside the names.
func resultsBy(actor survey.Actor, f survey.ResultFilter) func(*gorm.DB) *gorm.DB {
	return func(db *gorm.DB) *gorm.DB {
		if f.Campaign != 0 {
			db = db.Where("e.campaign = ?", f.Campaign)
		}
		if actor.Scope.Company != 0 {
			db = db.Where("u.campaign IS NOT NULL")
		}
		switch f.Choice {
		case survey.PublishedResult:
			db = db.Where("u.campaign IS NOT NULL")
		case survey.UnpublishedResult:
			db = db.Where("u.campaign IS NULL")
		case survey.WaitingResult:
			db = db.Where("EXISTS (SELECT 1 FROM promises w WHERE w.campaign = e.campaign AND w.project = e.project AND " + waits + ")")
		}
		return db
	}
}

// waits is survey.Promise.Waits as a condition on promises, named w.
const waits = `w.returned = '' AND (w.public_at = 0 OR w.text <> w.public_text OR w.due <> w.public_due
	OR w.done <> w.public_done OR w.done_note <> w.public_note)`

// resultRows reads a page's worth of results, campaign by campaign.
func (l lookup) resultRows(scope survey.Scope, now time.Time, places []resultPlace) ([]survey.ResultRow, error) {
	list := make([]survey.ResultRow, 0, len(places))
	for len(places) > 0 {
		campaign := places[0].Campaign
		var projects []survey.ID
		for len(places) > 0 && places[0].Campaign == campaign {
			projects = append(projects, places[0].Project)
			places = places[1:]
		}
		rows, err := l.campaignResults(scope, now, campaign, projects)
		if err != nil {
			return nil, err
		}
		list = append(list, rows...)
	}
	return list, nil
}

// campaignResults are results of one campaign, in the order of the projects.
func (l lookup) campaignResults(scope survey.Scope, now time.Time, campaign survey.ID, projects []survey.ID) ([]survey.ResultRow, error) {
	view, err := l.campaign(scope, campaign)
	if err != nil {
		return nil, err
	}
	publication, err := l.publication(campaign)
	if err != nil {
		return nil, err
	}
	parts, err := l.sealedResults(view.campaign(), projects)
	if err != nil {
		return nil, err
	}
	promises, err := l.promisesOf(campaign, projects)
	if err != nil {
		return nil, err
	}
	named, err := l.projectsByID(projects)
	if err != nil {
		return nil, err
	}
	rows := make([]survey.ResultRow, 0, len(projects))
	for _, id := range projects {
		if parts[id] == nil {
			continue // verify finds that it is missing
		}
		row := survey.ResultRow{Counts: survey.CountPromises(madeBy(scope.Company, promises[id]), now)}
		row.Campaign, row.Publication, row.Project = view.campaign(), publication, named[id]
		parts[id].into(&row.PublicResult, promises[id])
		rows = append(rows, row)
	}
	return rows, nil
}

// projectsByID are some projects with the names around them.
func (l lookup) projectsByID(ids []survey.ID) (map[survey.ID]survey.Project, error) {
	var views []projectView
	err := l.db.Table("projects").Select(projectColumns+buildingCount).Joins(projectTables).Where("projects.id IN ?", ids).Find(&views).Error
	if err != nil {
		return nil, fmt.Errorf("projects: %w", err)
	}
	projects := make(map[survey.ID]survey.Project, len(views))
	for _, v := range views {
		projects[v.Row.ID] = v.project()
	}
	return projects, nil
}
