package model

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"meihao/survey"
	"meihao/survey/household"
)

type posterRow struct {
	Code      string `gorm:"primaryKey"`
	Campaign  survey.ID
	Project   survey.ID
	Building  survey.ID
	Retired   bool
	Unit      int
	Place     string
	Successor string
	Printed   int64
	Added     int64
}

// TableName is gorm's question.
func (posterRow) TableName() string { return "posters" }

// posterView is a poster with its counts; it has none before it is used.
type posterView struct {
	Row        posterRow `gorm:"embedded"`
	Opens      int64
	Answers    int64
	LastOpened int
}

func (v posterView) place(p survey.Project, b survey.Building) survey.PosterPlace {
	one := survey.PosterPlace{
		Code: v.Row.Code, Project: p, Building: b, Unit: v.Row.Unit, Place: v.Row.Place,
		Retired: v.Row.Retired, Successor: v.Row.Successor,
		PosterCounts: survey.PosterCounts{Opens: v.Opens, Answers: v.Answers, LastOpened: midnight(v.LastOpened)},
	}
	if v.Row.Printed != 0 {
		one.Printed = moment(v.Row.Printed)
	}
	if v.Row.Added != 0 {
		one.Added = moment(v.Row.Added)
	}
	return one
}

// Posters lists the posters in scope of a campaign in scope, of some projects
// or (where none is named) of all: in the register's order of projects, the
// buildings as one walks past them (2号楼 before 10号楼), the building's poster
// before its units', retired ones after those in use at the same place.
func (s *Store) Posters(ctx context.Context, scope survey.Scope, campaign survey.ID, projects ...survey.ID) ([]survey.PosterPlace, error) {
	l := s.lookup(ctx)
	if _, err := l.campaign(scope, campaign); err != nil {
		return nil, err
	}
	return l.posters(scope, campaign, projects)
}

// posters is Posters where the campaign is known to be in scope.
func (l lookup) posters(scope survey.Scope, campaign survey.ID, projects []survey.ID) ([]survey.PosterPlace, error) {
	enrolled, alone, err := l.posterProjects(scope, campaign, projects)
	if err != nil {
		return nil, err
	}
	at := map[survey.ID][]posterView{}
	views, err := l.posterViews(scope, campaign, projects)
	if err != nil {
		return nil, err
	}
	for _, v := range views {
		at[v.Row.Building] = append(at[v.Row.Building], v)
	}
	list := make([]survey.PosterPlace, 0, len(views))
	for _, p := range enrolled {
		names := p
		names.Buildings = nil
		for _, b := range inWalkingOrder(p.Buildings) {
			here := at[b.ID]
			slices.SortStableFunc(here, compareViews)
			together := int64(0)
			for _, v := range here {
				together += v.Answers
			}
			for _, v := range here {
				one := v.place(names, b)
				one.Alone, one.Several, one.Together = alone[b.ID], len(here) > 1, together
				list = append(list, one)
			}
		}
	}
	return list, nil
}

// inWalkingOrder sorts buildings by name as people count them.
func inWalkingOrder(buildings []survey.Building) []survey.Building {
	type named struct {
		key string
		survey.Building
	}
	keyed := make([]named, len(buildings))
	for i, b := range buildings {
		keyed[i] = named{household.OrderKey(b.Name), b}
	}
	slices.SortStableFunc(keyed, func(a, b named) int { return cmp.Compare(a.key, b.key) })
	sorted := make([]survey.Building, len(keyed))
	for i, k := range keyed {
		sorted[i] = k.Building
	}
	return sorted
}

// compareViews orders the posters of one building.
func compareViews(a, b posterView) int {
	retired := func(v posterView) int {
		if v.Row.Retired {
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(a.Row.Unit, b.Row.Unit),
		cmp.Compare(household.OrderKey(a.Row.Place), household.OrderKey(b.Row.Place)),
		cmp.Compare(retired(a), retired(b)),
		cmp.Compare(a.Row.Added, b.Row.Added),
		cmp.Compare(a.Row.Code, b.Row.Code),
	)
}

// posterViews are a campaign's posters in scope with their counts.
func (l lookup) posterViews(scope survey.Scope, campaign survey.ID, projects []survey.ID) ([]posterView, error) {
	q := l.db.Table("posters").Select(`posters.*, COALESCE(n.opens, 0) AS opens, COALESCE(n.answers, 0) AS answers,
			COALESCE(n.last_opened, 0) AS last_opened`).
		Joins("LEFT JOIN poster_counts n ON n.code = posters.code").Where("posters.campaign = ?", campaign)
	if len(projects) > 0 {
		q = q.Where("posters.project IN ?", projects)
	}
	if !scope.All {
		where, args := within(scope, "p")
		q = q.Where("posters.project IN (SELECT p.id FROM projects p WHERE "+where+")", args...)
	}
	var views []posterView
	if err := q.Find(&views).Error; err != nil {
		return nil, fmt.Errorf("posters: %w", err)
	}
	return views, nil
}

// PosterPlace is one poster in scope, else NotFound, and its campaign.
func (s *Store) PosterPlace(ctx context.Context, scope survey.Scope, code string) (survey.Campaign, survey.PosterPlace, error) {
	return s.lookup(ctx).posterPlace(scope, code)
}

func (l lookup) posterPlace(scope survey.Scope, code string) (survey.Campaign, survey.PosterPlace, error) {
	missing := survey.NotFoundError("error.not_found")
	if !survey.CheckCode(code, survey.PosterCodeLength) {
		return survey.Campaign{}, survey.PosterPlace{}, missing
	}
	var rows []posterRow
	if err := l.db.Where("code = ?", code).Find(&rows).Error; err != nil {
		return survey.Campaign{}, survey.PosterPlace{}, fmt.Errorf("poster: %w", err)
	}
	if len(rows) == 0 {
		return survey.Campaign{}, survey.PosterPlace{}, missing
	}
	v, err := l.campaign(scope, rows[0].Campaign)
	if err != nil {
		return survey.Campaign{}, survey.PosterPlace{}, err
	}
	list, err := l.posters(scope, rows[0].Campaign, []survey.ID{rows[0].Project})
	if err != nil {
		return survey.Campaign{}, survey.PosterPlace{}, err
	}
	for _, p := range list {
		if p.Code == code {
			return v.campaign(), p, nil
		}
	}
	return survey.Campaign{}, survey.PosterPlace{}, missing
}

// PosterCount is the number of posters in scope of a campaign in scope,
// without those that were replaced. NotFound if the campaign is not in scope.
func (s *Store) PosterCount(ctx context.Context, scope survey.Scope, campaign survey.ID) (int, error) {
	l := s.lookup(ctx)
	if _, err := l.campaign(scope, campaign); err != nil {
		return 0, err
	}
	var count int64
	q := l.db.Table("posters").Where("posters.campaign = ? AND posters.retired = ?", campaign, false)
	if !scope.All { // a city has 60,000, which need not be looked up one by one
		q = q.Joins("JOIN projects ON projects.id = posters.project").Scopes(inScope(scope))
	}
	if err := q.Count(&count).Error; err != nil {
		return 0, fmt.Errorf("poster count: %w", err)
	}
	return int(count), nil
}

// posterProjects are the enrolled projects in scope with their frozen
// buildings, in the register's order, and the buildings that are a group by
// themselves.
func (l lookup) posterProjects(scope survey.Scope, campaign survey.ID, projects []survey.ID) ([]survey.Project, map[survey.ID]bool, error) {
	q := l.db.Table("projects").Select(projectColumns+", e.buildings AS frozen").Joins(projectTables).
		Joins("JOIN enrolments e ON e.project = projects.id").
		Scopes(inScope(scope)).Where("e.campaign = ?", campaign).Order("projects.position")
	if len(projects) > 0 {
		q = q.Where("projects.id IN ?", projects)
	}
	var views []struct {
		View   projectView `gorm:"embedded"`
		Frozen string
	}
	if err := q.Find(&views).Error; err != nil {
		return nil, nil, fmt.Errorf("posters: %w", err)
	}
	list, alone := make([]survey.Project, len(views)), map[survey.ID]bool{}
	for i, v := range views {
		p := v.View.project()
		var groups []survey.Group
		var err error
		if p.Buildings, groups, err = thaw(v.Frozen); err != nil {
			return nil, nil, err
		}
		for _, g := range groups {
			if len(g.Buildings) == 1 && g.Shown(len(groups)) {
				alone[g.Buildings[0].ID] = true
			}
		}
		p.BuildingCount = len(p.Buildings)
		list[i] = p
	}
	return list, alone, nil
}
