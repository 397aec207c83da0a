package main

import (
	"fmt"

	"meihao/model"
	"meihao/survey"
)

// demoPromise is a promise of the past; days are before (negative) or after
// today, 0 for none.
type demoPromise struct {
	text  string
	due   int
	done  int // reported on that day
	note  string
	moved int // another due day, asked for some days before the first one
}

// demoPromises show every state: done, promised, postponed and late. They are
// in the order in which something became of them.
func demoPromises() []demoPromise {
	return []demoPromise{
		{text: "更换1号楼两部电梯的门机和轿厢灯，停梯时间提前三天贴出。", due: -30, done: -41, note: "1号楼两部电梯已换好，质检报告贴在大堂。"},
		{text: "补种3号楼北侧的绿篱，清理枯死树木。", due: -15, moved: 60},
		{text: "修好2号楼2单元门禁，坏了的对讲机一并更换。", due: -12},
		{text: "每季度第一周在公告栏公布停车费和公共收益的收支明细。", due: 40},
	}
}

// demoWaiting waits for the district since a week.
const (
	demoWaiting    = "在东门加装20个电动自行车充电位。"
	demoWaitingDue = 75
	demoWaits      = -7
)

// promiseDemo lets the company make its promises and the district publish
// them, day after day as it happened.
func (c *console) promiseDemo(store *model.Store, clock *demoClock, people demoPeople, campaign, project survey.ID) error {
	promises, made := demoPromises(), []survey.ID{}
	clock.day = demoAnswers
	for _, p := range promises {
		id, err := store.AddPromise(c.ctx, people.company, campaign, project, p.text, clock.on(p.due))
		if err == nil {
			err = store.PublishPromise(c.ctx, people.district, id, 1)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", p.text, err)
		}
		made = append(made, id)
	}
	for i, p := range promises {
		var err error
		switch {
		case p.moved != 0:
			clock.day = p.due - 3
			err = store.ChangePromise(c.ctx, people.company, made[i], p.text, clock.on(p.moved))
		case p.done != 0:
			clock.day = p.done
			err = store.ReportPromise(c.ctx, people.company, made[i], clock.on(p.done), p.note)
		default:
			continue
		}
		if err == nil {
			err = store.PublishPromise(c.ctx, people.district, made[i], 2)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", p.text, err)
		}
	}
	clock.day = demoWaits
	_, err := store.AddPromise(c.ctx, people.company, campaign, project, demoWaiting, clock.on(demoWaitingDue))
	return err
}
