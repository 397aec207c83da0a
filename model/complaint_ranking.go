package model

import (
	"cmp"
	"context"
	"slices"

	"meihao/survey"
	"meihao/survey/rubric"
)

// ComplaintRanking is item 1.2 of the projects in scope, the fewest complaints
// first, those without a rank last. The ranking is over the whole city; of
// projects outside the scope nothing is told but how many are ranked.
func (s *Store) ComplaintRanking(ctx context.Context, scope survey.Scope, activity survey.ID) ([]rubric.RankedVolume, error) {
	l := s.lookup(ctx)
	a, err := l.activity(activity)
	if err != nil {
		return nil, err
	}
	where, args := within(scope, "projects")
	own, err := l.volumes(a, where, args...)
	if err != nil {
		return nil, err
	}
	ids := make([]survey.ID, len(own))
	for i, v := range own {
		ids[i] = v.Project
	}
	lowest, err := l.lowest(a, ids)
	if err != nil {
		return nil, err
	}
	list := make([]rubric.RankedVolume, len(own))
	for i, v := range own {
		list[i] = rubric.RankedVolume{Volume: v, Lowest: *lowest[v.Project]}
		if list[i].Lowest.Why != "" {
			list[i].Lowest.Complaints, list[i].Lowest.Households = v.Complaints, v.Households
		}
	}
	place := func(r rubric.RankedVolume) int {
		at := r.Lowest.Rank
		switch {
		case r.Lowest.Why == "" && a.PerHousehold:
			at = r.Lowest.RankPerHome
		case r.Lowest.Why != "" && r.Lowest.Imported != nil:
			at = r.Lowest.Imported.Rank
		}
		if at == 0 {
			return int(^uint(0) >> 1)
		}
		return at
	}
	slices.SortStableFunc(list, func(x, y rubric.RankedVolume) int { return cmp.Compare(place(x), place(y)) })
	return list, nil
}

// ComplaintCase is everything that the complaints say of a project in scope:
// compared with the city where the data is the whole city's, else with its
// district.
func (s *Store) ComplaintCase(ctx context.Context, scope survey.Scope, activity, project survey.ID) (rubric.ComplaintCase, error) {
	l := s.lookup(ctx)
	a, err := l.activity(activity)
	if err != nil {
		return rubric.ComplaintCase{}, err
	}
	p, err := l.project(scope, project)
	if err != nil {
		return rubric.ComplaintCase{}, err
	}
	figures, err := l.complaintFigures(a, []survey.ID{project})
	if err != nil {
		return rubric.ComplaintCase{}, err
	}
	where, args := "1 = 1", []any(nil)
	if !a.Citywide {
		where, args = "district = ?", []any{p.Place.District}
	}
	volumes, err := l.volumes(a, where, args...)
	if err != nil {
		return rubric.ComplaintCase{}, err
	}
	one := rubric.ComplaintCase{Lowest: *figures[project].Lowest, Prompt: *figures[project].Prompt, Citywide: a.Citywide}
	for i, c := range rubric.Concentrate(volumes) {
		if volumes[i].Project == project {
			one.Volume, one.Concentration = volumes[i], c
		}
	}
	return one, nil
}

// PromptRules are the limits and bands of item 1.3 that are in force.
func (s *Store) PromptRules() rubric.PromptRules { return s.promptRules }
