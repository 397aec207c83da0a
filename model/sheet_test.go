package model_test

import (
	"errors"
	"sync"
	"testing"

	"meihao/model"
	"meihao/model/modeltest"
	"meihao/static"
	"meihao/survey"
	"meihao/survey/rubric"
)

// sheets is a world whose projects are assessed.
type sheets struct{ published }

func eachSheets(t *testing.T, f func(t *testing.T, w sheets)) {
	t.Helper()
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) { f(t, sheets{published{w}}) })
}

// sheet is that of the world's project as the city sees it.
func (w sheets) sheet(s *model.Store) rubric.Sheet { return w.sheetOf(s, w.Project.ID) }

func (w sheets) sheetOf(s *model.Store, project survey.ID) rubric.Sheet {
	w.T.Helper()
	a, one, err := s.Sheet(w.Ctx(), survey.CityScope(), w.Campaign.Activity, project)
	w.Must(err)
	items, err := rubric.Parse(static.Rubric)
	w.Must(err)
	return items.Sheet(a, one.Entries, one.Figures, survey.CityRole)
}

func (w sheets) award(item string) rubric.Award {
	w.T.Helper()
	s := w.sheet(w.Store)
	return *s.Award(item)
}

func points(n int) *rubric.Halves { h := rubric.Halves(n); return &h }

// mark gives points to an item of the world's project; seen is what the actor
// saw of its own.
func (w sheets) mark(actor survey.Actor, item string, to, seen *rubric.Halves) error {
	return w.Store.SaveMarks(w.Ctx(), actor, w.Campaign.Activity, w.Project.ID, []rubric.MarkChange{{Item: item, Points: to, Seen: seen, Note: "查看台账"}})
}

func (w sheets) settle(actor survey.Actor, item string, to int, seen string) error {
	return w.Store.Settle(w.Ctx(), actor, w.Campaign.Activity, w.Project.ID, item, rubric.Halves(to), seen, modeltest.Reason)
}

func (w sheets) fees(paid, due int64) error {
	f := rubric.Fees{Paid: paid, Due: due, Document: "收费台账"}
	return w.Store.SaveFees(w.Ctx(), w.District, w.Campaign.Activity, w.Project.ID, f)
}

// all are the changes of a sheet, each as the first one to make it.
func (w sheets) all() map[string]func(survey.Actor) error {
	activity, project := w.Campaign.Activity, w.Project.ID
	return map[string]func(survey.Actor) error{
		"settle": func(a survey.Actor) error { return w.settle(a, "2.3", 3, w.award("2.3").Seen()) },
		"fees": func(a survey.Actor) error {
			return w.Store.SaveFees(w.Ctx(), a, activity, project, rubric.Fees{Paid: 1, Due: 1, Document: "台账"})
		},
		"override": func(a survey.Actor) error {
			return w.Store.AskOverride(w.Ctx(), a, activity, project, "3.2", 2, modeltest.Reason)
		},
		"confirm": func(a survey.Actor) error { return w.Store.ConfirmOverride(w.Ctx(), a, activity, project, "3.2", "") },
		"withdraw": func(a survey.Actor) error {
			return w.Store.WithdrawOverride(w.Ctx(), a, activity, project, "3.2", modeltest.Reason)
		},
		"veto": func(a survey.Actor) error {
			return w.Store.RecordVeto(w.Ctx(), a, activity, project, rubric.Recorded{Item: "6.2", State: rubric.No, Document: "应急局函"})
		},
		"ask 6.1":     func(a survey.Actor) error { return w.Store.AskVeto61(w.Ctx(), a, activity, project, modeltest.Reason) },
		"confirm 6.1": func(a survey.Actor) error { return w.Store.ConfirmVeto61(w.Ctx(), a, activity, project, false) },
		"adopt":       func(a survey.Actor) error { return w.Store.Adopt(w.Ctx(), a, activity, project, w.Campaign.ID) },
		"adopt all": func(a survey.Actor) error {
			_, err := w.Store.AdoptAll(w.Ctx(), a, activity, w.Campaign.ID)
			return err
		},
	}
}

// Every change of a sheet is refused to every wrong role, level and time, with
// a clear reason, and leaves nothing behind.
func TestSheetsAreChangedByWhoMay(t *testing.T) {
	eachSheets(t, func(t *testing.T, w sheets) {
		third := thirdParty(w.World, "third")
		changes := w.all()
		for name, step := range changes {
			w.refuses(name, step, refusal{"the subdistrict", w.Subdistrict, survey.Forbidden}, refusal{"the community", w.Community, survey.Forbidden},
				refusal{"the company", w.Company, survey.Forbidden}, refusal{"a third party", third, survey.Forbidden},
				refusal{"the auditor", w.Auditor, survey.Forbidden}, refusal{"another district", w.Stranger, survey.NotFound},
				refusal{"nobody", survey.Actor{}, survey.NotFound})
		}
		changes["mark"] = func(a survey.Actor) error { return w.mark(a, "2.3", points(4), nil) }
		w.refuses("marks", changes["mark"], refusal{"the auditor", w.Auditor, survey.Forbidden}, refusal{"another district", w.Stranger, survey.NotFound},
			refusal{"another community", w.OtherCommunity, survey.NotFound}, refusal{"a third party that has declared nothing", third, survey.Conflict})
		w.SealCampaign()
		endActivity(w.World)
		for name, step := range changes {
			w.refuses(name+" after the end", step, refusal{"the district", w.District, survey.Conflict})
			wantFault(t, name, step(w.District), "error.activity.ended")
		}
	})
}

func TestMarks(t *testing.T) {
	eachSheets(t, func(t *testing.T, w sheets) {
		third := thirdParty(w.World, "third")
		w.Must(w.Store.Declare(w.Ctx(), third, w.Campaign.Activity, w.Project.ID, false, ""))
		wantFault(t, "self", w.mark(w.Community, "2.3", points(6), nil), "")
		if a := w.award("2.3"); a.Got != nil {
			t.Errorf("a self-assessment earns %s", a.Got)
		}
		wantFault(t, "first", w.mark(w.District, "2.3", points(4), nil), "")
		if a := w.award("2.3"); a.Got == nil || *a.Got != 4 {
			t.Errorf("the first one's mark earns %v", a.Got)
		}
		head := w.head()
		wantFault(t, "the same again", w.mark(w.District, "2.3", points(4), points(4)), "")
		if w.head() != head {
			t.Error("nothing changed and left an event")
		}
		wantFault(t, "one who saw something else", w.mark(w.District, "2.3", points(5), points(3)), "error.mark.changed")
		wantFault(t, "one who saw nothing", w.mark(w.District, "2.3", points(5), nil), "error.mark.changed")
		wantFault(t, "third", w.mark(third, "2.3", points(5), nil), "")
		wantFault(t, "above the maximum", w.mark(w.Colleague, "2.3", points(7), nil), "error.mark.fields")
		wantFault(t, "of the machine", w.mark(w.Colleague, "1.2", points(2), nil), "error.mark.machine")
		wantFault(t, "a veto", w.mark(w.Colleague, "6.2", points(0), nil), "error.not_found")
		a := w.award("2.3")
		if !a.Differs || a.Got != nil {
			t.Fatalf("%+v", a)
		}
		wantFault(t, "settled", w.settle(w.District, "2.3", 5, a.Seen()), "")
		if got := w.award("2.3"); got.Differs || *got.Got != 5 || got.Settled.Reason != modeltest.Reason || got.Settled.By.Name == "" {
			t.Errorf("settled: %+v", got)
		}
		wantFault(t, "settled by one who did not see that", w.settle(w.Colleague, "2.3", 4, a.Seen()), "error.mark.changed")
		wantFault(t, "settled anew", w.settle(w.Colleague, "2.3", 4, w.award("2.3").Seen()), "")
		wantFault(t, "a mark that changes", w.mark(third, "2.3", points(6), points(5)), "")
		if got := w.award("2.3"); !got.Differs || got.Settled != nil {
			t.Errorf("a mark changed and the settlement stands: %+v", got)
		}
		wantFault(t, "taken back", w.mark(third, "2.3", nil, points(6)), "")
		if got := w.award("2.3"); got.Differs || *got.Got != 4 || len(got.Marks) != 2 {
			t.Errorf("taken back: %+v", got)
		}
		wantFault(t, "nothing to settle", w.settle(w.District, "2.3", 4, w.award("2.3").Seen()), "error.settle.nothing")
		history, err := w.Store.SheetHistory(w.Ctx(), w.District, w.Campaign.Activity, w.Project.ID)
		w.Must(err)
		own, err := w.Store.SheetHistory(w.Ctx(), w.Community, w.Campaign.Activity, w.Project.ID)
		w.Must(err)
		if len(history) != 7 || len(own) != 1 || own[0].Actor != w.Community.Account {
			t.Errorf("%d events, of which the community sees %d", len(history), len(own))
		}
	})
}

// Marks are saved all of them or none, and rest on a note or a file.
func TestMarksOfManyItems(t *testing.T) {
	eachSheets(t, func(t *testing.T, w sheets) {
		save := func(marks ...rubric.MarkChange) error {
			return w.Store.SaveMarks(w.Ctx(), w.District, w.Campaign.Activity, w.Project.ID, marks)
		}
		good := rubric.MarkChange{Item: "2.1", Points: points(4), Note: "查看台账"}
		err := save(good, rubric.MarkChange{Item: "2.2", Points: points(4)}, rubric.MarkChange{Item: "2.3", Points: points(-1), Note: "x"})
		var e *survey.Error
		if !errors.As(err, &e) || len(e.Fields) != 2 || e.Fields["points-2.2"].Key != "error.mark.evidence" || e.Fields["points-2.3"].Key != "error.mark.points" {
			t.Errorf("%+v", err)
		}
		if s := w.sheet(w.Store); s.Total != 0 {
			t.Errorf("one of them was saved: %s", s.Total)
		}
		wantFault(t, "all are good", save(good, rubric.MarkChange{Item: "2.2", Points: points(3), Note: "查看台账"}), "")
		if s := w.sheet(w.Store); s.Total != 7 {
			t.Errorf("a total of %s", s.Total)
		}
	})
}

func TestOverridesOfTheMachine(t *testing.T) {
	eachSheets(t, func(t *testing.T, w sheets) {
		activity, project, item := w.Campaign.Activity, w.Project.ID, rubric.FeesItem
		ask := func(a survey.Actor, n int) error {
			return w.Store.AskOverride(w.Ctx(), a, activity, project, item, rubric.Halves(n), modeltest.Reason)
		}
		confirm := func(a survey.Actor, seen string) error {
			return w.Store.ConfirmOverride(w.Ctx(), a, activity, project, item, seen)
		}
		wantFault(t, "nothing yet", ask(w.District, 2), "error.override.open")
		w.Must(w.fees(94, 100))
		wantFault(t, "first", ask(w.District, 2), "")
		seen := w.award(item).Seen()
		wantFault(t, "the same person", confirm(w.District, seen), "error.second_person")
		wantFault(t, "the same person, as a token", confirm(survey.Actor{Account: w.District.Account, Username: "token", Role: survey.CityRole, Scope: survey.CityScope()}, seen), "error.second_person")
		w.Must(w.Store.WithdrawOverride(w.Ctx(), w.Colleague, activity, project, item, modeltest.Reason))
		w.Clock.Add(1e9)
		wantFault(t, "first, anew", ask(w.District, 4), "")
		wantFault(t, "another proposal than was seen", confirm(w.Colleague, seen), "error.mark.changed")
		wantFault(t, "second", confirm(w.Colleague, w.award(item).Seen()), "")
		if a := w.award(item); !a.Overridden() || *a.Got != 4 {
			t.Errorf("%+v", a)
		}
		w.Must(w.fees(95, 100))
		if s := w.sheet(w.Store); !s.Stale || s.Total != 0 {
			t.Errorf("the machine says something else, stale %t, total %s", s.Stale, s.Total)
		}
		wantFault(t, "asked anew for what is stale", ask(w.District, 3), "")
		for _, veto := range []string{"6.1", "2.1", "6.2", "9.9"} {
			if err := w.Store.AskOverride(w.Ctx(), w.District, activity, project, veto, 0, modeltest.Reason); err == nil {
				t.Errorf("%s was overridden", veto)
			}
		}
	})
}

func TestVetoes(t *testing.T) {
	eachSheets(t, func(t *testing.T, w sheets) {
		record := func(item, state, document, note string) error {
			return w.Store.RecordVeto(w.Ctx(), w.District, w.Campaign.Activity, w.Project.ID, rubric.Recorded{Item: item, State: state, Document: document, Note: note})
		}
		wantFault(t, "without a document", record("6.2", rubric.Yes, "", ""), "error.veto.fields")
		wantFault(t, "another word", record("6.2", "PERHAPS", "函", ""), "error.veto.fields")
		wantFault(t, "of the machine", record("6.1", rubric.No, "函", ""), "error.not_found")
		wantFault(t, "an item", record("2.1", rubric.No, "函", ""), "error.not_found")
		wantFault(t, "yes", record("6.2", rubric.Yes, "应急局函〔2026〕1号", ""), "")
		if s := w.sheet(w.Store); !s.Excluded {
			t.Error("a YES does not exclude")
		}
		wantFault(t, "back without a reason", record("6.2", rubric.No, "函", ""), "error.veto.back")
		wantFault(t, "back", record("6.2", rubric.No, "函", "事故与物业管理无关"), "")
		if s := w.sheet(w.Store); s.Excluded || !s.Blocked {
			t.Error("it was taken back and still excludes, or nothing blocks")
		}
	})
}

// Sealing makes the sheets read the result; a correction makes them stale until
// somebody adopts the newer one, also where both happen at once.
func TestSheetsReadWhatIsSealed(t *testing.T) {
	eachSheets(t, func(t *testing.T, w sheets) {
		activity := w.Campaign.Activity
		wantFault(t, "before sealing", w.Store.Adopt(w.Ctx(), w.District, activity, w.Project.ID, w.Campaign.ID), "error.sheet.no_snapshot")
		w.seal()
		if s := w.sheet(w.Store); s.Stale || s.Award("1.1").State == rubric.Open {
			t.Errorf("sealed: %+v", s.Award("1.1"))
		}
		wantFault(t, "already", w.Store.Adopt(w.Ctx(), w.District, activity, w.Project.ID, w.Campaign.ID), "error.sheet.adopted")
		w.askCorrection(50)
		var done sync.WaitGroup
		done.Go(func() {
			if err := w.Store.ConfirmCorrection(w.Ctx(), w.Colleague, w.Campaign.ID); err != nil {
				t.Error(err)
			}
		})
		err := w.Store.Adopt(w.Ctx(), w.City, activity, w.Project.ID, w.Campaign.ID)
		done.Wait()
		if err != nil && survey.KeyOf(err) != "error.sheet.adopted" {
			t.Error(err)
		}
		sheet := w.sheet(w.Store)
		if stale := err != nil; sheet.Stale != stale || stale && (sheet.Complete || !sheet.Blocked) {
			t.Errorf("adopted %v, stale %t", err, sheet.Stale)
		}
		if s := w.sheetOf(w.Store, w.Neighbour.ID); !s.Stale {
			t.Error("another sheet of the corrected snapshot is not stale")
		}
		waiting, err := w.Store.StaleSheets(w.Ctx(), w.District.Scope)
		w.Must(err)
		elsewhere, err := w.Store.StaleSheets(w.Ctx(), w.Stranger.Scope)
		w.Must(err)
		n, err := w.Store.AdoptAll(w.Ctx(), w.District, activity, w.Campaign.ID)
		w.Must(err)
		if len(waiting) != 1 || waiting[w.Campaign.ID] != n || len(elsewhere) != 0 {
			t.Errorf("sheets wait for the new snapshot: %v, elsewhere %v; %d adopted it", waiting, elsewhere, n)
		}
		if left, err := w.Store.StaleSheets(w.Ctx(), w.District.Scope); err != nil || len(left) != 0 {
			t.Errorf("sheets are still stale: %v %v", left, err)
		}
		if n < 2 || w.sheet(w.Store).Stale || w.sheetOf(w.Store, w.Neighbour.ID).Stale {
			t.Errorf("%d adopted", n)
		}
	})
}

// Two persons who settle, confirm or mark at once, on two instances: one of
// them does, and the other is told.
func TestDecisionsAtOnce(t *testing.T) {
	eachSheets(t, func(t *testing.T, w sheets) {
		other := w.Again()
		activity, project := w.Campaign.Activity, w.Project.ID
		third := thirdParty(w.World, "third")
		w.Must(w.Store.Declare(w.Ctx(), third, activity, project, false, ""))
		w.Must(w.mark(w.District, "2.3", points(4), nil))
		w.Must(w.mark(third, "2.3", points(6), nil))
		w.Must(w.fees(1, 2))
		w.Must(w.Store.AskOverride(w.Ctx(), w.District, activity, project, rubric.FeesItem, 1, modeltest.Reason))
		seen, fees := w.award("2.3").Seen(), w.award(rubric.FeesItem).Seen()
		for name, step := range map[string]func(*model.Store, survey.Actor) error{
			"settle": func(s *model.Store, a survey.Actor) error {
				return s.Settle(w.Ctx(), a, activity, project, "2.3", 5, seen, modeltest.Reason)
			},
			"confirm": func(s *model.Store, a survey.Actor) error {
				return s.ConfirmOverride(w.Ctx(), a, activity, project, rubric.FeesItem, fees)
			},
			"mark": func(s *model.Store, a survey.Actor) error {
				to := points(2)
				if a.Account == w.City.Account {
					to = points(3)
				}
				return s.SaveMarks(w.Ctx(), w.Community, activity, project, []rubric.MarkChange{{Item: "2.4", Points: to}})
			},
		} {
			wins(t, name, func(first bool) error {
				if first {
					return step(w.Store, w.Colleague)
				}
				return step(other, w.City)
			})
		}
	})
}

// wins runs a step twice at once and fails unless one of them is done and the
// other one is a Conflict.
func wins(t *testing.T, what string, step func(first bool) error) {
	t.Helper()
	var done sync.WaitGroup
	faults := make([]error, 2)
	for i := range faults {
		done.Go(func() { faults[i] = step(i == 0) })
	}
	done.Wait()
	one, two := faults[0], faults[1]
	if one != nil {
		one, two = two, one
	}
	if one != nil || survey.KindOf(two) != survey.Conflict || two == nil {
		t.Errorf("%s at once: %v and %v", what, faults[0], faults[1])
	}
}
