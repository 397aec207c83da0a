package model_test

import (
	"strconv"
	"sync"
	"testing"
	"time"

	"meihao/model"
	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/roster"
)

// theActivity is the one of the first start.
func theActivity(w *modeltest.World) survey.Activity {
	w.T.Helper()
	list, err := w.Store.Activities(w.Ctx())
	w.Must(err)
	if len(list) != 1 {
		w.T.Fatalf("%d activities", len(list))
	}
	return list[0]
}

func choose(w *modeltest.World, a survey.Activity, m survey.Mode, most int) {
	w.T.Helper()
	w.Must(w.Store.ChangeDistrictPart(w.Ctx(), w.District, survey.DistrictPart{Activity: a.ID, District: w.Project.Place.District, Mode: m, Cap: most}))
}

func TestFirstActivityIsARealOne(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		a := theActivity(w)
		if a.DistrictCap != 10 || a.CityTitles != 20 || a.RulesVersion != survey.RulesVersion || a.Order != "" || a.DistrictDue.IsZero() {
			t.Errorf("%+v", a)
		}
		if err := a.Check(); err != nil {
			t.Error(err)
		}
	})
}

// An activity is the city's to change; two who change it at once are told.
func TestChangeActivity(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		a := theActivity(w)
		to := a
		to.Order, to.DistrictCap, to.NomineesLeast, to.NomineesMost, to.Pooled = survey.TotalFirst, 1, 1, 1, true
		for _, who := range []survey.Actor{w.District, w.Community, w.Company, w.Auditor} {
			_, err := w.Store.ChangeActivity(w.Ctx(), who, to, modeltest.Reason)
			wantKind(t, err, survey.Forbidden)
			_, err = w.Store.EndActivity(w.Ctx(), who, a.ID, modeltest.Reason)
			wantKind(t, err, survey.Forbidden)
		}
		_, err := w.Store.ChangeActivity(w.Ctx(), w.City, to, " ")
		wantKind(t, err, survey.Invalid)
		changed, err := w.Store.ChangeActivity(w.Ctx(), w.City, to, modeltest.Reason)
		w.Must(err)
		if changed.Order != survey.TotalFirst || changed.DistrictCap != 1 || !changed.Pooled || changed.Revision != a.Revision+1 {
			t.Errorf("%+v", changed)
		}
		_, err = w.Store.ChangeActivity(w.Ctx(), w.City, to, modeltest.Reason)
		wantKey(t, err, "error.activity.changed")
		if again := theActivity(w); again != changed {
			t.Errorf("stored %+v, want %+v", again, changed)
		}
		_, err = w.Store.EndActivity(w.Ctx(), w.City, a.ID, modeltest.Reason)
		wantKey(t, err, "error.activity.campaigns") // the world's campaign is open
	})
}

// Nothing of an activity changes after its end, nor does a campaign begin in it.
func TestEndedActivityIsFinal(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		w.CloseCampaign()
		w.SealCampaign()
		a := theActivity(w)
		choose(w, a, survey.Voluntary, 3)
		w.Must(w.Store.Apply(w.Ctx(), w.Community, a.ID, w.Project.ID, "基础较好"))
		w.Must(w.Store.AddTask(w.Ctx(), w.District, survey.Task{Activity: a.ID, District: w.Project.Place.District, Title: "报送方案", Due: a.DistrictDue}))
		tasks, err := w.Store.Tasks(w.Ctx(), w.District.Scope, a.ID)
		w.Must(err)
		draft := w.Draft(nil)
		_, err = w.Store.EndActivity(w.Ctx(), w.City, a.ID, modeltest.Reason)
		w.Must(err)
		_, poolErr := w.Store.SetPool(w.Ctx(), w.City, a.ID, []survey.ID{w.Project.ID}, nil)
		_, addErr := w.Store.AddCampaign(w.Ctx(), w.District, survey.Campaign{
			Activity: a.ID, Name: "又一轮", Owner: w.Project.Place.District, Admission: survey.ByRoom,
			Opens: w.Clock.Now(), Closes: w.Clock.Now().Add(time.Hour), Margins: draft.Margins,
		})
		_, openErr := w.Store.OpenCampaign(w.Ctx(), w.District, draft.ID, modeltest.Reason)
		for what, err := range map[string]error{
			"apply":    w.Store.Apply(w.Ctx(), w.Community, a.ID, w.Project.ID, "基础较好"),
			"withdraw": w.Store.WithdrawApplication(w.Ctx(), w.Community, a.ID, w.Project.ID, modeltest.Reason),
			"review":   w.Store.DecideApplication(w.Ctx(), w.District, a.ID, w.Project.ID, survey.Reviewed, ""),
			"task":     w.Store.FinishTask(w.Ctx(), w.District, a.ID, tasks[0].ID, true),
			"district": w.Store.ChangeDistrictPart(w.Ctx(), w.District, survey.DistrictPart{Activity: a.ID, District: w.Project.Place.District, Mode: survey.Voluntary, Cap: 5}),
			"pool":     poolErr, "campaign": addErr, "opening": openErr,
		} {
			if survey.KindOf(err) != survey.Conflict {
				t.Errorf("%s after the end: %v", what, err)
			}
		}
	})
}

// applicants registers so many more projects of the world's district.
func applicants(w *modeltest.World, n int) []survey.Project {
	w.T.Helper()
	like := modeltest.Rows()[0]
	var rows []roster.Row
	for i := range n {
		row := like
		row.Project, row.Register = "申报小区"+strconv.Itoa(i+1), "SB"+strconv.Itoa(1000+i)
		rows = append(rows, row)
	}
	_, err := w.Store.ImportProjects(w.Ctx(), w.City, roster.File{Rows: rows}, roster.Apply{Apply: true, Strict: true})
	w.Must(err)
	list, _, err := w.Store.Projects(w.Ctx(), w.District.Scope, survey.ProjectFilter{Search: "申报小区"})
	w.Must(err)
	if len(list) != n {
		w.T.Fatalf("%d projects, want %d", len(list), n)
	}
	return list
}

// However many accept at once, a district that picks its projects beforehand
// has never more than its cap (R05).
func TestParallelAcceptanceHoldsTheCap(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		a := theActivity(w)
		const most, many = 3, 20
		choose(w, a, survey.Voluntary, most)
		projects := applicants(w, many)
		for _, p := range projects {
			w.Must(w.Store.Apply(w.Ctx(), w.District, a.ID, p.ID, "基础较好"))
			w.Must(w.Store.DecideApplication(w.Ctx(), w.Colleague, a.ID, p.ID, survey.Reviewed, ""))
		}
		stores := []*model.Store{w.Store, w.Again()}
		errs := make([]error, many)
		var group sync.WaitGroup
		for i, p := range projects {
			group.Go(func() {
				errs[i] = stores[i%len(stores)].DecideApplication(w.Ctx(), w.Colleague, a.ID, p.ID, survey.Accepted, "")
			})
		}
		group.Wait()
		accepted := 0
		for _, err := range errs {
			if err == nil {
				accepted++
				continue
			}
			wantKey(t, err, "error.application.cap")
		}
		list, err := w.Store.Applications(w.Ctx(), w.District.Scope, a.ID)
		w.Must(err)
		stored := 0
		for _, one := range list {
			if one.Stage == survey.Accepted {
				stored++
			}
		}
		if accepted != most || stored != most {
			t.Errorf("%d accepted, %d stored, want exactly %d", accepted, stored, most)
		}
		err = w.Store.ChangeDistrictPart(w.Ctx(), w.District, survey.DistrictPart{Activity: a.ID, District: w.Project.Place.District, Mode: survey.Voluntary, Cap: most - 1})
		wantKind(t, err, survey.Invalid) // below what was accepted
		err = w.Store.ChangeDistrictPart(w.Ctx(), w.District, survey.DistrictPart{Activity: a.ID, District: w.Project.Place.District, Mode: survey.WholeDistrict, Cap: most})
		wantKey(t, err, "error.activity.mode_used")
	})
}

// Where the whole district takes part, the cap is one of the later selection.
func TestWholeDistrictHasNoCapOnTakingPart(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		a := theActivity(w)
		choose(w, a, survey.WholeDistrict, 1)
		for _, p := range applicants(w, 3) {
			takes := func() bool {
				is, err := w.Store.TakesPart(w.Ctx(), w.District.Scope, a.ID, p.ID)
				w.Must(err)
				return is
			}
			w.Must(w.Store.Apply(w.Ctx(), w.District, a.ID, p.ID, "基础较好"))
			if takes() {
				t.Error("an application takes part before it is accepted")
			}
			w.Must(w.Store.DecideApplication(w.Ctx(), w.Colleague, a.ID, p.ID, survey.Accepted, ""))
			if !takes() {
				t.Error("an accepted project does not take part")
			}
		}
	})
}

// Who is enrolled in a campaign that was opened takes part; in an activity
// with a pool only a candidate does.
func TestTakesPart(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		a := theActivity(w)
		want := func(what string, scope survey.Scope, want bool) {
			t.Helper()
			is, err := w.Store.TakesPart(w.Ctx(), scope, a.ID, w.Project.ID)
			w.Must(err)
			if is != want {
				t.Errorf("%s: takes part %t", what, is)
			}
		}
		want("enrolled", w.District.Scope, true)
		want("out of scope", w.Stranger.Scope, false)
		to := a
		to.Pooled = true
		_, err := w.Store.ChangeActivity(w.Ctx(), w.City, to, modeltest.Reason)
		w.Must(err)
		want("no candidate", w.District.Scope, false)
		wantKey(t, w.Store.Apply(w.Ctx(), w.Community, a.ID, w.Project.ID, "基础较好"), "error.application.pool")
		_, err = w.Store.SetPool(w.Ctx(), w.City, a.ID, nil, []string{"没有这个编号"})
		wantKey(t, err, "error.pool.unknown")
		_, err = w.Store.SetPool(w.Ctx(), w.District, a.ID, []survey.ID{w.Project.ID}, nil)
		wantKind(t, err, survey.Forbidden)
		n, err := w.Store.SetPool(w.Ctx(), w.City, a.ID, []survey.ID{w.Project.ID, w.Project.ID}, nil)
		w.Must(err)
		if n != 1 {
			t.Errorf("%d candidates, want 1", n)
		}
		want("a candidate", w.District.Scope, true)
		w.Must(w.Store.Apply(w.Ctx(), w.Community, a.ID, w.Project.ID, "基础较好"))
	})
}

// Every step is refused to the wrong role, level and stage and changes nothing.
func TestApplicationsByRoleAndLevel(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		a, p := theActivity(w), w.Project.ID
		stage := func() survey.ApplicationStage {
			one, err := w.Store.Application(w.Ctx(), w.City.Scope, a.ID, p)
			w.Must(err)
			return one.Stage
		}
		refused := func(what string, kind survey.Kind, err error) {
			t.Helper()
			if survey.KindOf(err) != kind {
				t.Errorf("%s: %v, want %s", what, err, kind)
			}
		}
		apply := func(who survey.Actor) error { return w.Store.Apply(w.Ctx(), who, a.ID, p, "基础较好") }
		decide := func(who survey.Actor, to survey.ApplicationStage) error {
			return w.Store.DecideApplication(w.Ctx(), who, a.ID, p, to, modeltest.Reason)
		}
		refused("an auditor applies", survey.Forbidden, apply(w.Auditor))
		refused("the city applies", survey.Forbidden, apply(w.City))
		refused("another district applies", survey.NotFound, apply(w.Stranger))
		refused("another community applies", survey.NotFound, apply(w.OtherCommunity))
		refused("nothing to review", survey.Conflict, decide(w.District, survey.Reviewed))
		if stage() != "" {
			t.Fatalf("a refused step left %q", stage())
		}
		w.Must(apply(w.Community))
		refused("twice", survey.Conflict, apply(w.Company))
		refused("no mode yet", survey.Conflict, decide(w.District, survey.Reviewed))
		choose(w, a, survey.Voluntary, 3)
		for _, to := range []survey.ApplicationStage{survey.Reviewed, survey.Accepted, survey.Declined, survey.Returned} {
			refused("a community decides", survey.Forbidden, decide(w.Community, to))
			refused("another district decides", survey.NotFound, decide(w.Stranger, to))
		}
		refused("accepted before review", survey.Conflict, decide(w.District, survey.Accepted))
		refused("returned without reason", survey.Invalid, w.Store.DecideApplication(w.Ctx(), w.District, a.ID, p, survey.Returned, ""))
		if stage() != survey.Applied {
			t.Fatalf("refused steps left %q", stage())
		}
		w.Must(decide(w.District, survey.Returned))
		w.Must(apply(w.Company))
		refused("another community withdraws", survey.NotFound, w.Store.WithdrawApplication(w.Ctx(), w.OtherCommunity, a.ID, p, modeltest.Reason))
		w.Must(w.Store.WithdrawApplication(w.Ctx(), w.Company, a.ID, p, modeltest.Reason))
		w.Must(apply(w.District))
		refused("who applied decides", survey.Conflict, decide(w.District, survey.Reviewed))
		w.Must(decide(w.Colleague, survey.Reviewed))
		w.Must(decide(w.City, survey.Accepted))
		refused("withdrawn after acceptance", survey.Conflict, w.Store.WithdrawApplication(w.Ctx(), w.Company, a.ID, p, modeltest.Reason))
		if stage() != survey.Accepted {
			t.Errorf("in the end %q", stage())
		}
	})
}

// Tasks are their district's; the city's are seen by all and done by the city.
func TestTasks(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		a := theActivity(w)
		due := w.Clock.Now().Add(-time.Hour)
		w.Must(w.Store.AddTask(w.Ctx(), w.City, survey.Task{Activity: a.ID, Title: "启动", Due: due}))
		w.Must(w.Store.AddTask(w.Ctx(), w.District, survey.Task{Activity: a.ID, District: w.Project.Place.District, Title: "报送名单", Due: w.Clock.Now().Add(time.Hour)}))
		wantKind(t, w.Store.AddTask(w.Ctx(), w.District, survey.Task{Activity: a.ID, Title: "越级", Due: due}), survey.Forbidden)
		wantKind(t, w.Store.AddTask(w.Ctx(), w.Community, survey.Task{Activity: a.ID, District: w.Project.Place.District, Title: "越级", Due: due}), survey.Forbidden)
		tasks, err := w.Store.Tasks(w.Ctx(), w.District.Scope, a.ID)
		w.Must(err)
		if len(tasks) != 2 || tasks[0].Title != "启动" || tasks[0].District != 0 || tasks[1].Where != "晨光区" {
			t.Fatalf("%+v", tasks)
		}
		for _, beneath := range []survey.Actor{w.Subdistrict, w.Community, w.Company} {
			if seen, err := w.Store.Tasks(w.Ctx(), beneath.Scope, a.ID); err != nil || len(seen) != len(tasks) {
				t.Errorf("%s sees %d tasks of %d: %v", beneath.Username, len(seen), len(tasks), err)
			}
		}
		if foreign, err := w.Store.Tasks(w.Ctx(), w.Stranger.Scope, a.ID); err != nil || len(foreign) != 1 {
			t.Errorf("another district sees %+v, %v", foreign, err)
		}
		wantKind(t, w.Store.FinishTask(w.Ctx(), w.District, a.ID, tasks[0].ID, true), survey.NotFound)
		wantKind(t, w.Store.FinishTask(w.Ctx(), w.Stranger, a.ID, tasks[1].ID, true), survey.NotFound)
		w.Must(w.Store.FinishTask(w.Ctx(), w.City, a.ID, tasks[0].ID, true))
		w.Must(w.Store.FinishTask(w.Ctx(), w.District, a.ID, tasks[1].ID, true))
		tasks, err = w.Store.Tasks(w.Ctx(), w.District.Scope, a.ID)
		w.Must(err)
		if !tasks[0].Late(w.Clock.Now()) || tasks[1].Late(w.Clock.Now().AddDate(1, 0, 0)) || tasks[1].DoneBy == "" {
			t.Errorf("%+v", tasks)
		}
		w.Must(w.Store.RemoveTask(w.Ctx(), w.District, a.ID, tasks[1].ID))
	})
}
