package model_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/roster"
)

// whilePlanning calls do each time a plan was made; round counts from 1.
func whilePlanning(do func(round int)) func(done, total int) {
	round := 0
	return func(done, total int) {
		if 2*done <= total && done > 0 {
			round++
			do(round)
		}
	}
}

// Nobody who saves an answer waits for an import's planning: not for a
// preview's, and not where it is applied.
func TestPlanningBesideAnswers(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		rows := modeltest.Rows()
		for n, apply := range []bool{false, true} {
			rows[0].Phone = "010-7000000" + string(rune('0'+n))
			saved := make(chan struct{})
			_, err := w.Store.ImportProjects(w.Ctx(), w.City, roster.File{Rows: rows[:4]}, roster.Apply{
				Apply: apply,
				Progress: func(done, total int) {
					select {
					case <-saved:
						return
					default:
					}
					answered := make(chan struct{})
					go func() {
						defer close(answered)
						w.Save(w.Answer(n + 1))
					}()
					select {
					case <-answered:
						close(saved)
					case <-time.After(5 * time.Second):
						t.Errorf("an answer waits for an import that is at %d of %d (apply %t)", done, total, apply)
						close(saved)
					}
				},
			})
			w.Must(err)
		}
	})
}

// A plan that something was changed under is not written as it is: it is made
// again, and refused where it is no longer the accepted one.
func TestImportAfterAChange(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		rows := modeltest.Rows()
		fresh := roster.File{Rows: []roster.Row{{
			Number: 2, District: rows[0].District, Subdistrict: rows[0].Subdistrict, Community: rows[0].Community,
			Project: "新竹园", Building: "1号楼", Homes: survey.Homes{Households: 8},
		}}}
		other := fresh
		other.Rows = []roster.Row{fresh.Rows[0]}
		add := func(buildings int) {
			t.Helper()
			other.Rows[0].Building = string(rune('1'+buildings)) + "0号楼"
			_, err := w.Store.ImportProjects(w.Ctx(), w.City, other, roster.Apply{Apply: true})
			w.Must(err)
		}
		preview, err := w.Store.ImportProjects(w.Ctx(), w.City, fresh, roster.Apply{})
		w.Must(err)
		_, err = w.Store.ImportProjects(w.Ctx(), w.City, fresh, roster.Apply{
			Apply: true, Digest: preview.Digest(),
			Progress: whilePlanning(func(round int) {
				if round == 1 {
					add(round)
				}
			}),
		})
		if survey.KindOf(err) != survey.Conflict {
			t.Errorf("a plan that is no longer the accepted one: %v", err)
		}
		// However often somebody else is first, it is written in the end.
		rounds := 0
		plan, err := w.Store.ImportProjects(w.Ctx(), w.City, fresh, roster.Apply{
			Apply: true,
			Progress: whilePlanning(func(round int) {
				if rounds = round; round <= 3 {
					add(1 + round)
				}
			}),
		})
		w.Must(err)
		if _, changed, _, _ := plan.Counts(); changed != 1 || rounds < 4 {
			t.Errorf("%d changed after %d rounds, want 1 after at least 4", changed, rounds)
		}
		list, _, err := w.Store.Projects(w.Ctx(), survey.CityScope(), survey.ProjectFilter{Search: "新竹园"})
		w.Must(err)
		if len(list) != 1 || list[0].BuildingCount != 5 {
			t.Errorf("the project is there %d times: %+v", len(list), list)
		}
		w.Clean()
	})
}

// Signing in changes no register: a plan stays good.
func TestImportWhileSomebodySignsIn(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		rows, rounds := modeltest.Rows(), 0
		rows[0].Phone = "010-70000001"
		for i := range 4 {
			rows[i].Phone = rows[0].Phone
		}
		_, err := w.Store.ImportProjects(w.Ctx(), w.City, roster.File{Rows: rows[:4]}, roster.Apply{
			Apply: true,
			Progress: whilePlanning(func(round int) {
				if rounds = round; round > 1 {
					return
				}
				w.Must(w.Store.SignedIn(w.Ctx(), w.District.Account))
			}),
		})
		w.Must(err)
		if rounds != 1 {
			t.Errorf("planned %d times", rounds)
		}
	})
}

// An import ends when nobody wants it any more, and writes nothing.
func TestImportStopped(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		rows := modeltest.Register(1000, 2)
		for _, apply := range []bool{false, true} {
			ctx, cancel := context.WithCancel(w.Ctx())
			_, err := w.Store.ImportProjects(ctx, w.City, roster.File{Rows: rows}, roster.Apply{
				Apply: apply, Progress: func(int, int) { cancel() },
			})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("apply %t: %v", apply, err)
			}
			cancel()
		}
		if _, n, err := w.Store.Projects(w.Ctx(), survey.CityScope(), survey.ProjectFilter{}); err != nil || n > 10 {
			t.Errorf("%d projects are there, %v", n, err)
		}
	})
}
