package model

import (
	"context"
	"fmt"

	"meihao/survey"
)

// Posters lists the posters in scope of a campaign in scope, of one project
// or (with zero) of all, in the order of projects and buildings.
func (s *Store) Posters(ctx context.Context, scope survey.Scope, campaign, project survey.ID) ([]survey.PosterPlace, error) {
	l := s.lookup(ctx)
	if _, err := l.campaign(scope, campaign); err != nil {
		return nil, err
	}
	projects, order, err := l.posterProjects(scope, campaign, project)
	if err != nil {
		return nil, err
	}
	q := l.db.Where("campaign = ?", campaign).Order("retired, code")
	if project != 0 {
		q = q.Where("project = ?", project)
	}
	var rows []posterRow
	if err := q.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("posters: %w", err)
	}
	at := map[survey.ID][]posterRow{}
	for _, r := range rows {
		at[r.Building] = append(at[r.Building], r)
	}
	var posters []survey.PosterPlace
	for _, id := range order {
		p := projects[id]
		names := p
		names.Buildings = nil
		for _, b := range p.Buildings {
			for _, r := range at[b.ID] {
				posters = append(posters, survey.PosterPlace{Code: r.Code, Project: names, Building: b, Retired: r.Retired})
			}
		}
	}
	return posters, nil
}

// PosterCount is the number of posters in scope of a campaign in scope,
// without those that were replaced. NotFound if the campaign is not in scope.
func (s *Store) PosterCount(ctx context.Context, scope survey.Scope, campaign survey.ID) (int, error) {
	l := s.lookup(ctx)
	if _, err := l.campaign(scope, campaign); err != nil {
		return 0, err
	}
	var count int64
	q := l.db.Table("posters").Where("posters.campaign = ? AND NOT posters.retired", campaign)
	if !scope.All { // a city has 60,000, which need not be looked up one by one
		q = q.Joins("JOIN projects ON projects.id = posters.project").Scopes(inScope(scope))
	}
	if err := q.Count(&count).Error; err != nil {
		return 0, fmt.Errorf("poster count: %w", err)
	}
	return int(count), nil
}

// posterProjects are the enrolled projects in scope with their frozen
// buildings, and their order.
func (l lookup) posterProjects(scope survey.Scope, campaign, project survey.ID) (map[survey.ID]survey.Project, []survey.ID, error) {
	q := l.db.Table("projects").Select(projectColumns+", e.buildings AS frozen").Joins(projectTables).
		Joins("JOIN enrolments e ON e.project = projects.id").
		Scopes(inScope(scope)).Where("e.campaign = ?", campaign).Order("projects.position")
	if project != 0 {
		q = q.Where("projects.id = ?", project)
	}
	var views []struct {
		View   projectView `gorm:"embedded"`
		Frozen string
	}
	if err := q.Find(&views).Error; err != nil {
		return nil, nil, fmt.Errorf("posters: %w", err)
	}
	projects := make(map[survey.ID]survey.Project, len(views))
	order := make([]survey.ID, len(views))
	for i, v := range views {
		p := v.View.project()
		var err error
		if p.Buildings, _, err = thaw(v.Frozen); err != nil {
			return nil, nil, err
		}
		p.BuildingCount = len(p.Buildings)
		projects[p.ID], order[i] = p, p.ID
	}
	return projects, order, nil
}
