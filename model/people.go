package model

import (
	"fmt"

	"meihao/survey"
	"meihao/survey/rubric"
)

// people are the names of accounts as people read them.
func (l lookup) people(ids ...survey.ID) (map[survey.ID]string, error) {
	var rows []struct {
		ID     survey.ID
		ByName string
	}
	if len(ids) == 0 {
		return nil, nil
	}
	if err := l.db.Table("accounts a").Select("a.id, "+byName).Where("a.id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("accounts: %w", err)
	}
	names := make(map[survey.ID]string, len(rows))
	for _, r := range rows {
		names[r.ID] = r.ByName
	}
	return names, nil
}

// personOf is who did something at a moment, before its name is known.
func personOf(id survey.ID, at int64) rubric.Person {
	return rubric.Person{ID: id, At: moment(at)}
}

// projectsWhere are projects that a condition chooses, in the register's
// order and without their buildings.
func (l lookup) projectsWhere(where string, args ...any) ([]survey.Project, error) {
	var views []projectView
	err := l.db.Table("projects").Select(projectColumns+buildingCount).Joins(projectTables).
		Where(where, args...).Order("projects.position").Find(&views).Error
	if err != nil {
		return nil, fmt.Errorf("projects: %w", err)
	}
	projects := make([]survey.Project, len(views))
	for i, v := range views {
		projects[i] = v.project()
	}
	return projects, nil
}
