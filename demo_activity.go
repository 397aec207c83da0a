package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"meihao/model"
	"meihao/static"
	"meihao/survey"
	"meihao/survey/roster"
	"meihao/survey/rubric"
)

// The days of the demo's earlier activity, before today.
const (
	demoActivity  = -118 // begins
	demoComplains = -95  // the complaints of its months are known
	demoAssessed  = -84  // after the earlier campaign's results
)

// openDemoActivity makes the earlier activity, to which the earlier campaign
// belongs. It goes on: what is still open in its sheets can be tried.
func (c *console) openDemoActivity(store *model.Store, clock *demoClock, people demoPeople, district survey.ID) (survey.Activity, error) {
	clock.day = demoActivity
	now := c.now()
	a := survey.DefaultActivity(now)
	a.Year--
	a.Name = fmt.Sprintf("%d年度“加强物业管理，共建美好家园”活动（演示）", a.Year)
	a.Document = "京建发〔2023〕232号"
	a.Order = survey.SatisfactionFirst
	a.ObjectionDays = 7
	a.Starts = survey.Day(now)
	a.DistrictDue = survey.Day(now.AddDate(0, 0, 20-demoActivity)).Add(-time.Second)
	a.ReportDue = a.DistrictDue
	a.ComplaintsFrom = survey.Day(time.Date(a.Year, time.July, 1, 12, 0, 0, 0, time.UTC))
	a.ComplaintsTo = a.ComplaintsFrom.AddDate(0, 2, 0)
	a, err := store.AddActivity(c.ctx, operator(), a)
	if err != nil {
		return a, err
	}
	err = store.ChangeDistrictPart(c.ctx, people.district, survey.DistrictPart{
		Activity: a.ID, District: district, Mode: survey.WholeDistrict, Cap: a.DistrictCap, Contact: "示范区物业科 王科长", Phone: demoPhone,
	})
	for _, task := range []survey.Task{
		{Title: "动员各街道申报，公布选树标准", Due: now.AddDate(0, 0, 20)},
		{Title: "实地查看，完成评分表", Due: a.DistrictDue},
	} {
		task.Activity, task.District = a.ID, district
		err = errors.Join(err, store.AddTask(c.ctx, people.district, task))
	}
	return a, err
}

// complainDemo imports the complaint log of the activity's months and the
// places that the city gave.
func (c *console) complainDemo(store *model.Store, clock *demoClock, people demoPeople, a survey.Activity) error {
	clock.day = demoComplains
	log := roster.ComplaintFile{
		Name: "12345工单（演示）.csv", Form: roster.Tickets, Document: "区接诉即办专班（演示）",
		From: yearMonth(a.ComplaintsFrom), To: yearMonth(a.ComplaintsTo.AddDate(0, -1, 0)),
	}
	ranks := roster.ComplaintFile{Name: "诉求量全市排名（演示）.csv", Form: roster.Ranks, Document: "市接诉即办月报（演示）", Activity: a.ID, Of: 8000}
	volumes := []int{10, 8, 14, 6, 3, 1}
	for i, p := range demoProjects() {
		for n := range volumes[i] {
			log.Rows = append(log.Rows, demoTicket(a, i, n, p))
		}
		ranks.Rows = append(ranks.Rows, roster.ComplaintRow{
			Number: i + 2, Register: fmt.Sprintf("DEMO-%04d", i+1), District: demoDistrict, Project: p.name, Rank: []int{520, 210, 3900, 180, 95, 40}[i],
		})
	}
	for n, name := range []string{"和畅园西里（名称有误）", "无名小区"} {
		row := demoTicket(a, 6, n, demoProject{name: name})
		row.Register = ""
		log.Rows = append(log.Rows, row)
	}
	for i := range log.Rows {
		log.Rows[i].Number = i + 2
	}
	log.SHA256, ranks.SHA256 = sha256.Sum256([]byte(log.Name)), sha256.Sum256([]byte(ranks.Name)) // there are no files
	for _, file := range []roster.ComplaintFile{log, ranks} {
		actor := people.district
		if file.Form == roster.Ranks { // the city's to import
			actor = operator()
		}
		if _, err := store.ImportComplaints(c.ctx, actor, file, roster.Apply{Apply: true}); err != nil {
			return err
		}
	}
	return nil
}

// demoTicket is the n-th complaint of the i-th project: most are answered in
// time, every seventh is not.
func demoTicket(a survey.Activity, i, n int, p demoProject) roster.ComplaintRow {
	received := a.ComplaintsFrom.Add(time.Duration(i*5+n*47+9) * time.Hour)
	t := survey.Complaint{
		Number: fmt.Sprintf("DEMO-%d-%03d", i+1, n+1), Class: survey.Normal, Received: received, Valid: n%9 != 8, Source: "12345",
		FirstResponse: received.Add(5 * time.Hour), Resolved: received.Add(3 * 24 * time.Hour), District: demoDistrict, Named: p.name,
	}
	switch {
	case n%7 == 6:
		t.Resolved = received.Add(12 * 24 * time.Hour)
	case n%5 == 4:
		t.Class, t.FirstResponse, t.Resolved = survey.Urgent, received.Add(time.Hour), received.Add(20*time.Hour)
	}
	return roster.ComplaintRow{
		Register: fmt.Sprintf("DEMO-%04d", i+1), District: demoDistrict, Community: p.community, Project: p.name, Ticket: t,
	}
}

func yearMonth(t time.Time) int {
	day := survey.Day(t)
	return day.Year()*100 + int(day.Month())
}

// assessDemo fills the sheets of the earlier activity: two complete ones, one
// with a difference between two assessors, and one that its survey vetoes.
func (c *console) assessDemo(store *model.Store, clock *demoClock, people demoPeople, a survey.Activity, projects []survey.Project) error {
	clock.day = demoAssessed
	items, err := rubric.Parse(static.Rubric)
	if err != nil {
		return err
	}
	for i, p := range projects {
		var marks, second []rubric.MarkChange
		for n, item := range items.Items {
			if item.Veto() || item.MachineSet() {
				continue
			}
			points := item.Max
			if (n+i)%(4+i) == 0 {
				points--
			}
			marks = append(marks, rubric.MarkChange{Item: item.ID, Points: &points, Note: "实地查看并核对台账（演示）"})
			if i == 2 && n%6 == 0 {
				lower := points - 1
				second = append(second, rubric.MarkChange{Item: item.ID, Points: &lower, Note: "抽查时有两处不符（演示）"})
			}
		}
		if err := store.SaveMarks(c.ctx, people.district, a.ID, p.ID, marks); err != nil {
			return err
		}
		if len(second) > 0 {
			if err := store.SaveMarks(c.ctx, people.second, a.ID, p.ID, second); err != nil {
				return err
			}
		}
		if err := c.vetoDemo(store, people, a, p, i); err != nil {
			return err
		}
	}
	return nil
}

// vetoDemo records the fees and the vetoes of a project.
func (c *console) vetoDemo(store *model.Store, people demoPeople, a survey.Activity, p survey.Project, i int) error {
	err := store.SaveFees(c.ctx, people.district, a.ID, p.ID, rubric.Fees{
		Due: 1_200_000_00, Paid: []int64{1_153_000_00, 1_176_500_00, 1_020_000_00}[i], Document: "年度收费台账（演示）",
	})
	for _, item := range []string{"6.2", "6.3", "6.4", "6.5", "6.6"} {
		r := rubric.Recorded{Item: item, State: rubric.No, Document: "区有关部门核查意见（演示）"}
		if i == 2 && item == "6.4" {
			r.State, r.Note = rubric.Unknown, "诉求较集中，正在核实"
		}
		err = errors.Join(err, store.RecordVeto(c.ctx, people.district, a.ID, p.ID, r))
	}
	return err
}
