package main

import (
	"fmt"

	"meihao/model"
	"meihao/static"
	"meihao/survey"
	"meihao/survey/evidence"
	"meihao/survey/rubric"
)

// applyDemo hands in applications of projects that the earlier campaign did
// not ask, in three stages: accepted, returned and waiting.
func (c *console) applyDemo(store *model.Store, clock *demoClock, people demoPeople, a survey.Activity) error {
	for i, one := range []struct {
		statement, reason string
		to                survey.ApplicationStage // "" is not decided yet
	}{
		{"物管会运转两年，电梯和消防设施已全部检修。", "", survey.Accepted},
		{"正在加装电梯，居民议事会每月召开。", "请补充物管会备案材料。", survey.Returned},
		{"平房区胡同整治已完成。", "", ""},
	} {
		name := demoProjects()[3+i].name
		found, _, err := store.Projects(c.ctx, survey.CityScope(), survey.ProjectFilter{Search: name})
		if err != nil || len(found) == 0 {
			return fmt.Errorf("the demo project %s is missing: %w", name, err)
		}
		clock.day = demoActivity + 3 + i
		err = store.Apply(c.ctx, people.second, a.ID, found[0].ID, one.statement)
		if err == nil && one.to != "" {
			clock.day += 3
			err = store.DecideApplication(c.ctx, people.district, a.ID, found[0].ID, one.to, one.reason)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// partiesDemo adds what the others say of the earlier activity's sheets: the
// company assesses its own projects, the third party declares that it has no
// interest and agrees with the first assessor on the first one, and a piece of
// evidence speaks for an item.
func (c *console) partiesDemo(store *model.Store, people demoPeople, a survey.Activity, projects []survey.Project) error {
	items, err := rubric.Parse(static.Rubric)
	if err != nil {
		return err
	}
	for _, p := range projects[:2] {
		var own []rubric.MarkChange
		for _, item := range items.Items {
			if most := item.Max; !item.Veto() && !item.MachineSet() {
				own = append(own, rubric.MarkChange{Item: item.ID, Points: &most, Note: "自评（演示）"})
			}
		}
		if err := store.SaveMarks(c.ctx, people.company, a.ID, p.ID, own); err != nil {
			return err
		}
	}
	first := projects[0].ID
	if err := store.Declare(c.ctx, people.third, a.ID, first, false, "与物业企业、业委会均无利害关系（演示）"); err != nil {
		return err
	}
	if err := store.SaveMarks(c.ctx, people.third, a.ID, first, thirdMarks(items)); err != nil {
		return err
	}
	_, err = store.AddEvidence(c.ctx, people.district, a.ID, first, "2.5", evidence.Piece{
		Note: "党群服务站在3号楼底层，每周二、周五开放（演示）",
	})
	return err
}

// thirdMarks are the third party's marks of the first two sections that have
// any: the same as assessDemo gives to the first project.
func thirdMarks(items *rubric.Rubric) []rubric.MarkChange {
	var marks []rubric.MarkChange
	for n, item := range items.Items {
		if item.Veto() || item.MachineSet() || item.Section > 3 {
			continue
		}
		points := item.Max
		if n%4 == 0 {
			points--
		}
		marks = append(marks, rubric.MarkChange{Item: item.ID, Points: &points, Note: "第三方实地查看（演示）"})
	}
	return marks
}
