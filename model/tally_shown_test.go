package model_test

import (
	"bytes"
	"testing"

	"meihao/model/modeltest"
	"meihao/survey"
)

// storedCounters are an enrolment's packed counters as the table has them.
func storedCounters(w *modeltest.World) (tally, owner, resident []byte) {
	w.T.Helper()
	w.Must(w.SQL().QueryRowContext(w.Ctx(), "SELECT tally, shown_owner, shown_resident FROM tallies WHERE campaign = ? AND project = ?",
		w.Campaign.ID, w.Project.ID).Scan(&tally, &owner, &resident))
	return tally, owner, resident
}

// Who holds the tables finds the tally there and no copy of a little while ago
// beside it: the difference would be the answers of the last who came.
func TestShownCopiesTellTheTablesNothing(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		for i := range 10 {
			w.Saved(w.Answer(i))
		}
		packed, _, _ := storedCounters(w)
		tally, err := survey.UnpackTally(packed)
		w.Must(err)
		w.Saved(w.Answer(10).Rate(1))
		_, owner, resident := storedCounters(w)
		for base, stored := range map[survey.Bases][]byte{survey.OwnerBase: owner, survey.ResidentBase: resident} {
			if copied := tally.ShowBase(survey.ByRoom, base).Pack(); bytes.Contains(stored, copied[1:]) || len(stored) <= len(copied) {
				t.Errorf("the copy of base %d stands in the table", base)
			}
		}
		if got := shown(w); got != (survey.Score{Responses: 10, Answered: 10, Satisfied: 10}) {
			t.Errorf("%+v are shown", got)
		}
		// Nor can a copy be put in another's place.
		exec(t, w.SQL(), "UPDATE tallies SET shown_owner = shown_resident WHERE campaign = ?", w.Campaign.ID)
		if _, err := w.Store.Enrolments(w.Ctx(), survey.CityScope(), w.Campaign.ID); err == nil {
			t.Error("the residents' copy passes for the owners'")
		}
		exec(t, w.SQL(), "UPDATE tallies SET shown_owner = ? WHERE campaign = ?", owner[:len(owner)/2], w.Campaign.ID)
		if _, err := w.Store.Enrolments(w.Ctx(), survey.CityScope(), w.Campaign.ID); err == nil {
			t.Error("half a copy passes")
		}
	})
}

// A copy that an older program stored goes on being read until it is made
// anew, and sealing leaves none.
func TestShownCopiesOfBefore(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		for i := range 10 {
			w.Saved(w.Answer(i))
		}
		packed, _, _ := storedCounters(w)
		tally, err := survey.UnpackTally(packed)
		w.Must(err)
		exec(t, w.SQL(), "UPDATE tallies SET shown_owner = ? WHERE campaign = ? AND project = ?",
			tally.ShowBase(survey.ByRoom, survey.OwnerBase).Pack(), w.Campaign.ID, w.Project.ID)
		for i := range 4 {
			w.Saved(w.Answer(10 + i))
		}
		if got := shown(w); got != (survey.Score{Responses: 10, Answered: 10, Satisfied: 10}) {
			t.Errorf("%+v are shown of an older copy", got)
		}
		w.Saved(w.Answer(14))
		if got := shown(w); got != (survey.Score{Responses: 15, Answered: 15, Satisfied: 15}) {
			t.Errorf("%+v are shown after five more", got)
		}
		w.Saved(w.Answer(15))
		w.CloseCampaign()
		w.SealCampaign()
		if _, owner, resident := storedCounters(w); len(owner)+len(resident) != 0 {
			t.Error("sealing leaves a shown copy")
		}
		w.Clean()
	})
}

// Five phones that answer again and again have the copy made anew once, and
// learn of nobody who comes between.
func TestFivePhonesSeeNobodyBetween(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		for i := range 15 {
			w.Saved(w.Answer(i))
		}
		again := func(rate int) {
			for i := range 5 {
				w.Reanswered(w.Answer(i).Again(w.Answer(i).Rate(rate)))
			}
		}
		again(1)
		first := survey.Score{Responses: 15, Answered: 15, Satisfied: 10}
		if got := shown(w); got != first {
			t.Fatalf("%+v are shown after five answered again", got)
		}
		for i := range 4 {
			w.Saved(w.Answer(20 + i).Rate(1))
			again(5)
			again(1)
			if got := shown(w); got != first {
				t.Errorf("%+v are shown after neighbour %d", got, i+1)
			}
		}
		w.Saved(w.Answer(24))
		if got := shown(w); got != (survey.Score{Responses: 20, Answered: 20, Satisfied: 11}) {
			t.Errorf("%+v are shown after five neighbours", got)
		}
		w.Clean()
	})
}

// Where the master key was lost, what deploy's runbook says still holds: the
// campaign is looked at, its held answers decided, closed and sealed.
func TestLostKeyLeavesTheCampaign(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		for i := range 12 {
			w.Saved(w.Answer(i))
		}
		exec(t, w.SQL(), "UPDATE campaigns SET secret = NULL WHERE id = ?", w.Campaign.ID)
		if _, err := w.Store.Enrolments(w.Ctx(), survey.CityScope(), w.Campaign.ID); err != nil {
			t.Error(err)
		}
		w.CloseCampaign()
		if _, err := w.Store.Enrolments(w.Ctx(), survey.CityScope(), w.Campaign.ID); err != nil {
			t.Error(err)
		}
		w.SealCampaign()
	})
}
