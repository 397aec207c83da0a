package model_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/roster"
	"meihao/survey/rubric"
)

// complaintFile reads a file of complaints from text.
func complaintFile(w *modeltest.World, text string) roster.ComplaintFile {
	w.T.Helper()
	file, err := roster.ReadComplaints(w.Ctx(), "诉求.csv", strings.NewReader(text))
	w.Must(err)
	return file
}

// takeComplaints imports a file as somebody.
func takeComplaints(w *modeltest.World, who survey.Actor, file roster.ComplaintFile) roster.ComplaintPlan {
	w.T.Helper()
	plan, err := w.Store.ImportComplaints(w.Ctx(), who, file, roster.Apply{Apply: true})
	w.Must(err)
	return plan
}

const ticketHeader = "工单编号,来源,区,小区名称,诉求类型,受理时间,首次响应时间,办结时间,是否重开,是否有效\n"

// A district takes complaints of its own projects only, and another district's
// ticket is not taken away by its number.
func TestComplaintsKeepToTheirDistrict(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		const log = ticketHeader + "A-1,12345,星河区,湖畔居,一般,2026-01-05 09:00,,,否,是\n"
		takeComplaints(w, w.City, complaintFile(w, log))
		plan := takeComplaints(w, w.District, complaintFile(w, ticketHeader+
			"A-1,12345,晨光区,晨光花园,一般,2026-01-05 09:00,,,否,是\n"+
			"A-2,12345,星河区,湖畔居,一般,2026-01-05 09:00,,,否,是\n"+
			"A-3,12345,星河区,没有的小区,一般,2026-01-05 09:00,,,否,是\n"+
			"A-4,12345,,没有的小区,一般,2026-01-05 09:00,,,否,是\n"))
		if added, changed, _, refused := plan.Counts(); added != 1 || changed != 0 || refused != 3 {
			t.Errorf("%d added, %d changed, %d refused: %+v", added, changed, refused, plan.Refused)
		}
		list, n, err := w.Store.Complaints(w.Ctx(), w.District.Scope, survey.ComplaintFilter{})
		w.Must(err)
		if n != 1 || list[0].Number != "A-4" || list[0].District != "晨光区" {
			t.Errorf("the district sees %d: %+v", n, list)
		}
		if _, n, _ := w.Store.Complaints(w.Ctx(), survey.CityScope(), survey.ComplaintFilter{Project: w.Foreign.ID}); n != 1 {
			t.Errorf("the other district's project has %d", n)
		}
		if _, err := w.Store.ImportComplaints(w.Ctx(), w.Community, complaintFile(w, log), roster.Apply{Apply: true}); survey.KindOf(err) != survey.Forbidden {
			t.Errorf("a community imports: %v", err)
		}
	})
}

// A plan changes nothing, the same file again changes nothing, and a plan that
// is not the accepted one is a conflict.
func TestComplaintPlans(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		file := complaintFile(w, ticketHeader+"A-1,12345,晨光区,晨光花园,紧急,2026-01-05 09:00,2026-01-05 10:00,,否,是\n")
		plan, err := w.Store.ImportComplaints(w.Ctx(), w.District, file, roster.Apply{})
		w.Must(err)
		if _, n, _ := w.Store.Complaints(w.Ctx(), w.District.Scope, survey.ComplaintFilter{}); n != 0 {
			t.Errorf("a plan wrote %d", n)
		}
		_, err = w.Store.ImportComplaints(w.Ctx(), w.District, file, roster.Apply{Apply: true, Digest: "another"})
		if survey.KindOf(err) != survey.Conflict {
			t.Errorf("another plan: %v", err)
		}
		_, err = w.Store.ImportComplaints(w.Ctx(), w.District, file, roster.Apply{Apply: true, Digest: plan.Digest()})
		w.Must(err)
		if again := takeComplaints(w, w.District, file); !again.Empty() {
			t.Errorf("the same file again: %+v", again)
		}
		later := complaintFile(w, ticketHeader+"A-1,12345,晨光区,晨光花园,紧急,2026-01-05 09:00,2026-01-05 10:00,2026-01-05 18:00,否,是\n")
		if _, changed, _, _ := takeComplaints(w, w.District, later).Counts(); changed != 1 {
			t.Errorf("%d changed", changed)
		}
	})
}

// A dismissed ticket stays dismissed when the file comes again.
func TestDismissedComplaintsStaySo(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		row := "A-1,12345,晨光区,没有的小区,一般,2026-01-05 09:00,,%s,否,是\n"
		takeComplaints(w, w.District, complaintFile(w, ticketHeader+fmt.Sprintf(row, "")))
		open := survey.ComplaintFilter{Unmatched: true}
		list, _, err := w.Store.Complaints(w.Ctx(), w.District.Scope, open)
		w.Must(err)
		ids := []survey.ID{list[0].ID}
		if err := w.Store.MatchComplaints(w.Ctx(), w.District, ids, 0, ""); survey.KindOf(err) != survey.Invalid {
			t.Errorf("without a reason: %v", err)
		}
		w.Must(w.Store.MatchComplaints(w.Ctx(), w.District, ids, 0, "是道路问题，不属于小区"))
		takeComplaints(w, w.District, complaintFile(w, ticketHeader+fmt.Sprintf(row, "2026-01-06 09:00")))
		if _, n, _ := w.Store.Complaints(w.Ctx(), w.District.Scope, open); n != 0 {
			t.Errorf("%d wait again", n)
		}
	})
}

// A month is known by its total or by a log that covers it, zero included; the
// total counts where there are both, and ranks want the whole period.
func TestComplaintFeeds(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		list, err := w.Store.Activities(w.Ctx())
		w.Must(err)
		month := time.Date(2026, 1, 1, 0, 0, 0, 0, time.FixedZone("", 8*60*60))
		a := list[0]
		a.Citywide, a.ComplaintsFrom, a.ComplaintsTo = true, month, month.AddDate(0, 2, 0)
		a, err = w.Store.ChangeActivity(w.Ctx(), w.City, a, modeltest.Reason)
		w.Must(err)
		log := complaintFile(w, ticketHeader+
			"A-1,12345,晨光区,晨光花园,一般,2026-01-05 09:00,,,否,是\nA-2,12345,晨光区,晨光花园,一般,2026-01-31 23:59,,,否,否\n")
		log.From, log.To = 202601, 202602
		takeComplaints(w, w.District, log)
		takeComplaints(w, w.City, complaintFile(w, "区,小区名称,2026年1月\n晨光区,晨光花园,3\n星河区,湖畔居,0\n"))
		one, err := w.Store.ComplaintCase(w.Ctx(), w.District.Scope, a.ID, w.Project.ID)
		w.Must(err)
		if m := one.Volume.Months[0]; m.Complaints != 3 || m.Tickets != 1 || !m.Total || !m.Differs() {
			t.Errorf("January is %+v", m)
		}
		if m := one.Volume.Months[1]; m.Complaints != 0 || !m.Known || m.Total {
			t.Errorf("February is %+v", m)
		}
		if one.Lowest.Of != 3 || one.Lowest.Rank != 3 || one.Lowest.Why != "" || one.Lowest.Met() {
			t.Errorf("1.2 is %+v", one.Lowest)
		}
		if c := one.Concentration; c.Complaints != 3 || c.All != 3 || c.Rank != 1 || c.Of != 3 || !c.Falls() {
			t.Errorf("concentration is %+v", c)
		}
		other, err := w.Store.ComplaintCase(w.Ctx(), survey.CityScope(), a.ID, w.Foreign.ID)
		w.Must(err)
		if other.Lowest.Why != rubric.WhyNoFeed || other.Lowest.Assessable() {
			t.Errorf("without February: %+v", other.Lowest)
		}
		ranked, err := w.Store.ComplaintRanking(w.Ctx(), w.District.Scope, a.ID)
		w.Must(err)
		if len(ranked) != 3 || ranked[0].Lowest.Rank != 1 || ranked[1].Lowest.Rank != 1 || ranked[2].Project != w.Project.ID {
			t.Errorf("the district's ranking is %+v", ranked)
		}
		batches, err := w.Store.ComplaintBatches(w.Ctx(), w.District.Scope)
		w.Must(err)
		w.Must(w.Store.RemoveComplaintBatch(w.Ctx(), w.District, batches[0].ID, modeltest.Reason))
		if one, err = w.Store.ComplaintCase(w.Ctx(), w.District.Scope, a.ID, w.Project.ID); err != nil || one.Volume.Complete {
			t.Errorf("after the log was taken back: %+v %v", one.Volume, err)
		}
	})
}

// Being late is by the limits of the class, exactly on it is in time.
func TestComplaintStates(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		takeComplaints(w, w.District, complaintFile(w, ticketHeader+
			"ON,12345,晨光区,晨光花园,紧急,2026-01-05 09:00,2026-01-05 11:00,2026-01-06 09:00,否,是\n"+
			"ANSWER,12345,晨光区,晨光花园,紧急,2026-01-05 09:00,2026-01-05 11:01,2026-01-06 09:00,否,是\n"+
			"SETTLE,12345,晨光区,晨光花园,紧急,2026-01-05 09:00,2026-01-05 11:00,2026-01-06 09:01,否,是\n"+
			"AGAIN,12345,晨光区,晨光花园,紧急,2026-01-05 09:00,2026-01-05 11:00,2026-01-06 09:00,是,是\n"+
			"VOID,12345,晨光区,晨光花园,紧急,2026-01-05 09:00,,,否,否\n"))
		for state, want := range map[survey.ComplaintState]int{
			survey.ComplaintOnTime: 1, survey.ComplaintLate: 3, survey.ComplaintReopened: 1, survey.ComplaintInvalid: 1, survey.ComplaintOpen: 0,
		} {
			if _, n, err := w.Store.Complaints(w.Ctx(), w.District.Scope, survey.ComplaintFilter{State: state}); err != nil || n != want {
				t.Errorf("%s: %d, want %d: %v", state, n, want, err)
			}
		}
		for within, want := range map[survey.Place]int{w.Project.Place.At(survey.CommunityLevel): 5, w.Sibling.Place.At(survey.CommunityLevel): 0} {
			if _, n, err := w.Store.Complaints(w.Ctx(), w.District.Scope, survey.ComplaintFilter{Within: within}); err != nil || n != want {
				t.Errorf("in %s: %d, want %d: %v", within.Name(), n, want, err)
			}
		}
	})
}

// A log is judged by what it can know: to the end of the last month that it has
// all tickets of, or to its import. What came due after that is not yet due.
func TestALogIsJudgedAsFarAsItReaches(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		list, err := w.Store.Activities(w.Ctx())
		w.Must(err)
		a := list[0]
		month := time.Date(2026, 1, 1, 0, 0, 0, 0, time.FixedZone("", 8*60*60))
		a.ComplaintsFrom, a.ComplaintsTo = month, month.AddDate(0, 4, 0)
		_, err = w.Store.ChangeActivity(w.Ctx(), w.City, a, modeltest.Reason)
		w.Must(err)
		// An urgent ticket is to be answered after 2 h and resolved after 24 h: the
		// second one's resolution is due as January ends, the third one's a minute later.
		log := complaintFile(w, ticketHeader+
			"A-1,12345,晨光区,晨光花园,紧急,2026-01-05 09:00,2026-01-05 10:00,,否,是\n"+
			"A-2,12345,晨光区,晨光花园,紧急,2026-01-31 00:00,2026-01-31 01:00,,否,是\n"+
			"A-3,12345,晨光区,晨光花园,紧急,2026-01-31 00:01,2026-01-31 01:00,,否,是\n")
		log.From, log.To = 202601, 202601
		takeComplaints(w, w.District, log)
		judged := func() rubric.Prompt {
			one, err := w.Store.ComplaintCase(w.Ctx(), w.District.Scope, a.ID, w.Project.ID)
			w.Must(err)
			return one.Prompt
		}
		if p := judged(); p.DueResponse != 3 || p.DueResolution != 2 || p.OnTimeResolution != 0 {
			t.Errorf("by a log of January: %+v", p)
		}
		more := complaintFile(w, ticketHeader+"A-4,12345,晨光区,晨光花园,紧急,2026-02-05 09:00,2026-02-05 10:00,2026-02-05 12:00,否,是\n")
		more.From, more.To = 202602, 202602
		takeComplaints(w, w.District, more)
		if p := judged(); p.DueResponse != 4 || p.DueResolution != 4 || p.OnTimeResolution != 1 {
			t.Errorf("by a log of February as well: %+v", p)
		}
	})
}

// No file is taken back with rows of another one: the later one goes first, and
// one that changed an earlier one's rows stays.
func TestABatchTakesNoOthersRowsAlong(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		row := "%s,12345,晨光区,晨光花园,紧急,2026-01-05 09:00,2026-01-05 10:00,%s,否,是\n"
		take := func(name, rows string) survey.ID {
			file := complaintFile(w, ticketHeader+rows)
			file.Name = name
			takeComplaints(w, w.District, file)
			w.Clock.Add(time.Minute)
			list, err := w.Store.ComplaintBatches(w.Ctx(), w.District.Scope)
			w.Must(err)
			for _, b := range list {
				if b.Name == name {
					return b.ID
				}
			}
			t.Fatalf("no file %s", name)
			return 0
		}
		remove := func(id survey.ID) error {
			return w.Store.RemoveComplaintBatch(w.Ctx(), w.District, id, modeltest.Reason)
		}
		count := func() int {
			_, n, err := w.Store.Complaints(w.Ctx(), w.District.Scope, survey.ComplaintFilter{})
			w.Must(err)
			return n
		}
		first := take("first.csv", fmt.Sprintf(row, "A-1", "")+fmt.Sprintf(row, "A-2", ""))
		alone := take("alone.csv", fmt.Sprintf(row, "B-1", ""))
		same := take("same.csv", fmt.Sprintf(row, "A-1", "")+fmt.Sprintf(row, "A-3", ""))
		wantFault(t, "under a later file", remove(first), "error.complaint.batch_later")
		w.Must(remove(same))
		if n := count(); n != 3 {
			t.Errorf("%d tickets after the later file, want 3", n)
		}
		changed := take("changed.csv", fmt.Sprintf(row, "A-1", "2026-01-05 20:00"))
		wantFault(t, "what changed others", remove(changed), "error.complaint.batch_changed")
		wantFault(t, "what was changed", remove(first), "error.complaint.batch_later")
		wantFault(t, "beneath it", remove(alone), "error.complaint.batch_later")
		if n := count(); n != 3 {
			t.Errorf("%d tickets at the end, want 3", n)
		}
	})
}
