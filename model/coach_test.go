package model_test

import (
	"database/sql"
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meihao/model/modeltest"
	"meihao/survey"
)

// The coach's figures are what a recount of the stored rows gives, whatever
// came in eight days: all lanes, answers held, released and excluded, groups.
func TestCoachIsTheRecount(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		seed := uint64(time.Now().UnixNano())
		t.Logf("seed %d", seed)
		r := rand.New(rand.NewPCG(seed, 1))
		for day := range 8 {
			play(w, r, 12)
			var group []modeltest.Answer
			for i := range 1 + r.IntN(8) {
				group = append(group, w.AnswerAt(w.Poster, 1000+100*day+i).Lane(survey.AssistedLane).
					Bases(survey.Bases(1+r.IntN(3))).Rate(1+r.IntN(5)).Key(fmt.Sprintf("clerk-key-%02d-%02d-%d", day, i, seed)))
			}
			w.Save(group...)
			checkCoach(t, w)
			w.Clock.Add(24 * time.Hour)
		}
		if all := count(t, w.SQL(), "SELECT COUNT(*) FROM responses"); all < 150 {
			t.Errorf("only %d responses: the recount proves little", all)
		}
		if held := count(t, w.SQL(), "SELECT COUNT(*) FROM responses WHERE state = 'h'"); held == 0 {
			t.Error("nothing is held: the recount proves little")
		}
		checkCoach(t, w)
	})
}

// checkCoach compares what the list and the project's page are made of with
// the rows.
func checkCoach(t *testing.T, w *modeltest.World) {
	t.Helper()
	db, now, all := w.SQL(), w.Clock.Now(), survey.CityScope()
	list, err := w.Store.Enrolments(w.Ctx(), all, w.Campaign.ID)
	w.Must(err)
	ids := []survey.ID{w.Project.ID, w.Neighbour.ID, w.Sibling.ID}
	days, err := w.Store.TurnoutDays(w.Ctx(), all, w.Campaign.ID, ids, now.AddDate(0, 0, -7))
	w.Must(err)
	grouped, err := w.Store.GroupedEnrolments(w.Ctx(), all, w.Campaign.ID, ids)
	w.Must(err)
	if len(list) != 3 || len(grouped) != 3 {
		t.Fatalf("%d and %d enrolments, want 3", len(list), len(grouped))
	}
	for i, e := range list {
		k := survey.CoachProject(w.Campaign, e, days[e.Project.ID], now)
		recount(t, w, db, e.Project, 0, k)
		own, err := w.Store.GroupDays(w.Ctx(), all, w.Campaign.ID, e.Project.ID)
		w.Must(err)
		one, groups, err := w.Store.Enrolment(w.Ctx(), all, w.Campaign.ID, e.Project.ID)
		w.Must(err)
		one.Groups = groups
		recount(t, w, db, e.Project, 0, survey.CoachProject(w.Campaign, one, own, now))
		for n, g := range survey.CoachGroups(w.Campaign, one, own, now) {
			recount(t, w, db, e.Project, g.Group.Number, g)
			if diff := cmp.Diff(g, survey.CoachGroups(w.Campaign, grouped[i], own, now)[n]); diff != "" {
				t.Errorf("%s, group %d: the page and the list for the round differ (-page +list):\n%s", e.Project.Name, n+1, diff)
			}
		}
	}
}

// recount counts one project, or one group of it, by SQL over the raw rows.
func recount(t *testing.T, w *modeltest.World, db *sql.DB, p survey.Project, group int, k survey.Coach) {
	t.Helper()
	of, args := "campaign = ? AND project = ?", []any{uint64(w.Campaign.ID), uint64(p.ID)}
	part, some := of, args
	if group > 0 {
		part, some = of+" AND grp = ?", append(args[:2:2], group)
	}
	const admitted = " AND lane IN ('r', 'a')"
	answers := func(base int, where string, args []any) int64 {
		return count(t, db, fmt.Sprintf("SELECT COUNT(*) FROM responses WHERE %s%s AND state IN ('c', 'h') AND bases IN (%d, 3)", where, admitted, base), args...)
	}
	owners, residents := answers(1, part, some), answers(2, part, some)
	if k.Owner.Answers != owners || k.Resident.Answers != residents || k.Owner.Short != max(0, k.Owner.Target-owners) {
		t.Errorf("%s, group %d: owners %d, residents %d, short %d; recount %d and %d",
			p.Name, group, k.Owner.Answers, k.Resident.Answers, k.Owner.Short, owners, residents)
	}
	today := w.Clock.Now().Truncate(time.Hour)
	first := today.AddDate(0, 0, -6)
	if first.Before(w.Campaign.Opens) {
		first = w.Campaign.Opens
	}
	number := func(t time.Time) int { return t.Year()*10000 + int(t.Month())*100 + t.Day() }
	arrived := count(t, db, "SELECT COALESCE(SUM(responses), 0) FROM turnout_days WHERE "+part+" AND day BETWEEN ? AND ?",
		append(some[:len(some):len(some)], number(first), number(today))...)
	over := int64(min(7, today.Day()-w.Campaign.Opens.Day()+1)) // all of September
	wantPace(t, p.Name+" arrived", k.Arrived, big.NewRat(arrived, over))
	all := count(t, db, "SELECT COUNT(*) FROM responses WHERE "+of+admitted+" AND bases IN (2, 3)", args...)
	if all > 0 {
		share := big.NewRat(answers(1, of, args), all)
		wantPace(t, p.Name+" owners", k.Owner.Pace, share.Mul(share, big.NewRat(arrived, over)))
	}
}

func wantPace(t *testing.T, what string, got survey.Pace, want *big.Rat) {
	t.Helper()
	if got.Den == 0 || big.NewRat(got.Num, got.Den).Cmp(want) != 0 {
		t.Errorf("%s: pace %d/%d, recount %s", what, got.Num, got.Den, want)
	}
}

func count(t *testing.T, db *sql.DB, query string, args ...any) (n int64) {
	t.Helper()
	if err := db.QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// Days are seen by those who see the project, and no others; a range leaves
// out what came before.
func TestTurnoutDaysAreScoped(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		w.Saved(w.Answer(1))
		w.Saved(w.Answer(2).Owner()) // lives elsewhere: no turnout
		w.Clock.Add(24 * time.Hour)
		w.Saved(w.Answer(3))
		w.Saved(w.AnswerAt(w.PosterOf(w.Campaign, w.Project.Buildings[1]), 1))
		w.Saved(w.AnswerAt(w.PosterOf(w.Campaign, w.Sibling.Buildings[0]), 1))
		ids := []survey.ID{w.Project.ID, w.Sibling.ID}
		days := func(scope survey.Scope, from time.Time) map[survey.ID][]survey.TurnoutDay {
			found, err := w.Store.TurnoutDays(w.Ctx(), scope, w.Campaign.ID, ids, from)
			w.Must(err)
			return found
		}
		city := days(survey.CityScope(), time.Time{})
		if got := city[w.Project.ID]; len(got) != 2 || got[0].Responses != 1 || got[1].Responses != 2 || got[1].Day.Day() != 2 || got[1].Group != 0 {
			t.Errorf("the project's days: %v", got)
		}
		if got := days(w.Community.Scope, time.Time{}); len(got[w.Project.ID]) != 2 || len(got[w.Sibling.ID]) != 0 {
			t.Errorf("a community sees %v", got)
		}
		if got := days(survey.CityScope(), w.Clock.Now())[w.Project.ID]; len(got) != 1 || got[0].Responses != 2 {
			t.Errorf("from the second day: %v", got)
		}
		apart, err := w.Store.GroupDays(w.Ctx(), w.Community.Scope, w.Campaign.ID, w.Project.ID)
		w.Must(err)
		if len(apart) != 3 || apart[1].Group != 1 || apart[2].Group != 2 {
			t.Errorf("apart by group: %v", apart)
		}
		if none, err := w.Store.GroupDays(w.Ctx(), w.OtherCommunity.Scope, w.Campaign.ID, w.Project.ID); err != nil || len(none) != 0 {
			t.Errorf("another community sees %v (%v)", none, err)
		}
		_, err = w.Store.TurnoutDays(w.Ctx(), w.Stranger.Scope, w.Campaign.ID, ids, time.Time{})
		wantKind(t, err, survey.NotFound)
		_, err = w.Store.GroupedEnrolments(w.Ctx(), w.Stranger.Scope, w.Campaign.ID, ids)
		wantKind(t, err, survey.NotFound)
		if list, err := w.Store.GroupedEnrolments(w.Ctx(), w.Community.Scope, w.Campaign.ID, ids); err != nil || len(list) != 1 || len(list[0].Groups) != 3 {
			t.Errorf("a community's enrolments: %v (%v)", list, err)
		}
	})
}
