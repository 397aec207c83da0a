package model_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meihao/model"
	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/roster"
)

// registerForm is what the project's page sends when nothing was typed.
func registerForm(w *modeltest.World, project survey.ID) survey.RegisterCorrection {
	w.T.Helper()
	p, err := w.Store.Project(w.Ctx(), survey.CityScope(), project)
	w.Must(err)
	to := survey.RegisterCorrection{Name: p.Name, Phone: p.Phone, Company: p.Company.Name, Homes: p.Homes, Seen: p.Digest()}
	for _, b := range p.Buildings {
		to.Buildings = append(to.Buildings, survey.CorrectedBuilding{Building: b})
	}
	return to
}

// frozenForm is what the campaign's page of a project sends when nothing was
// typed.
func frozenForm(w *modeltest.World, project survey.ID) survey.FrozenCorrection {
	w.T.Helper()
	e := enrolled(w, w.Store, project)
	return survey.FrozenCorrection{Homes: e.Homes, Buildings: slices.Clone(e.Project.Buildings), Seen: e.Digest()}
}

func enrolled(w *modeltest.World, s *model.Store, project survey.ID) survey.Enrolment {
	w.T.Helper()
	e, groups, err := s.Enrolment(w.Ctx(), survey.CityScope(), w.Campaign.ID, project)
	w.Must(err)
	e.Groups = groups
	return e
}

func groupHomes(e survey.Enrolment) []int {
	var homes []int
	for _, g := range e.Groups {
		homes = append(homes, g.Households)
	}
	return homes
}

func wantKeyOf(t *testing.T, what string, err error, key string) {
	t.Helper()
	if survey.KeyOf(err) != key {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

// Somebody puts the register right: project and buildings change together,
// with one event and the history, and whoever may not see the project cannot.
func TestCorrectRegister(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		id := w.Project.ID
		same, err := w.Store.CorrectRegister(w.Ctx(), w.Community, id, registerForm(w, id))
		w.Must(err)
		if len(same) != 0 || events(w, "register.corrected") != 0 {
			t.Errorf("nothing was typed: %v", same)
		}
		to := registerForm(w, id)
		to.Phone, to.Company, to.Reason = "010-87654321", "新居物业", "实地核对"
		to.Buildings[0].Name, to.Buildings[1].Name = to.Buildings[1].Name, to.Buildings[0].Name // they were mixed up
		to.Buildings[2].Households = 9
		to.Buildings = append(to.Buildings, survey.CorrectedBuilding{Building: survey.Building{Name: "5号楼", Homes: survey.Homes{Households: 16}}})
		_, err = w.Store.CorrectRegister(w.Ctx(), w.OtherCommunity, id, to)
		wantKind(t, err, survey.NotFound)
		lines, err := w.Store.CorrectRegister(w.Ctx(), w.Community, id, to)
		w.Must(err)
		p, err := w.Store.Project(w.Ctx(), w.Community.Scope, id)
		w.Must(err)
		if p.Phone != "010-87654321" || p.Company.Name != "新居物业" || p.Company.ID == 0 || p.Households != 100 || *p.Occupied != 60 {
			t.Errorf("the project is %+v", p)
		}
		var got []string
		for _, b := range p.Buildings {
			got = append(got, fmt.Sprint(b.Name, b.Households))
		}
		if diff := cmp.Diff([]string{"2号楼40", "1号楼30", "3号楼9", "4号楼5", "5号楼16"}, got); diff != "" {
			t.Errorf("buildings (-want +got):\n%s", diff)
		}
		if p.Buildings[0].ID != w.Project.Buildings[0].ID {
			t.Error("a building that was renamed is another one")
		}
		entries, total, err := w.Store.Corrections(w.Ctx(), w.Community.Scope, id, 0, 0, 10)
		w.Must(err)
		if total != 1 || len(entries) != 1 {
			t.Fatalf("%d entries of %d", len(entries), total)
		}
		e := entries[0]
		if e.By != "community 测试员" || e.Way != survey.ByRegister || e.Reason != "实地核对" || !e.At.Equal(w.Clock.Now()) || e.Campaign != 0 {
			t.Errorf("the entry is %+v", e)
		}
		if diff := cmp.Diff(lines, e.Lines); diff != "" {
			t.Errorf("the history differs from what was done (-done +kept):\n%s", diff)
		}
		if n := events(w, "register.corrected"); n != 1 {
			t.Errorf("%d events", n)
		}
		_, _, err = w.Store.Corrections(w.Ctx(), w.OtherCommunity.Scope, id, 0, 0, 10)
		wantKind(t, err, survey.NotFound)
		w.Clean()
	})
}

func events(w *modeltest.World, action string) int {
	w.T.Helper()
	list, err := w.Store.Events(w.Ctx(), 0, 1000)
	w.Must(err)
	n := 0
	for _, e := range list {
		if e.Action == action {
			n++
		}
	}
	return n
}

// What an import would refuse a hand may not write either, and nothing of a
// correction that is refused stays.
func TestCorrectRegisterRefuses(t *testing.T) {
	w := modeltest.New(t)
	id := w.Project.ID
	many := 2000
	for name, c := range map[string]struct {
		change func(*survey.RegisterCorrection)
		field  string
	}{
		"no name":              {func(to *survey.RegisterCorrection) { to.Name = "" }, "name"},
		"a long name":          {func(to *survey.RegisterCorrection) { to.Name = strings.Repeat("长", 101) }, "name"},
		"a neighbour's name":   {func(to *survey.RegisterCorrection) { to.Name = "紫 藤苑" }, "name"},
		"a long number":        {func(to *survey.RegisterCorrection) { to.Phone = strings.Repeat("1", 41) }, "phone"},
		"no households":        {func(to *survey.RegisterCorrection) { to.Households = 0 }, "households"},
		"more occupied":        {func(to *survey.RegisterCorrection) { to.Occupied = &many }, "occupied"},
		"two of one name":      {func(to *survey.RegisterCorrection) { to.Buildings[1].Name = "一栋" }, "b1-name"},
		"an empty building":    {func(to *survey.RegisterCorrection) { to.Buildings[1].Households = 0 }, "b1-households"},
		"too many units":       {func(to *survey.RegisterCorrection) { to.Buildings[1].Units = &many }, "b1-units"},
		"a crowded building":   {func(to *survey.RegisterCorrection) { to.Buildings[1].Occupied = &many }, "b1-occupied"},
		"a building, nameless": {func(to *survey.RegisterCorrection) { to.Buildings[3].Name = "" }, "b3-name"},
	} {
		to := registerForm(w, id)
		to.Reason = "试一试"
		to.Buildings[0].Households = 41
		c.change(&to)
		_, err := w.Store.CorrectRegister(w.Ctx(), w.District, id, to)
		var e *survey.Error
		if !errors.As(err, &e) || e.Fields[c.field].Key == "" {
			t.Errorf("%s: %v, want a fault of %s", name, err, c.field)
		}
	}
	p, err := w.Store.Project(w.Ctx(), survey.CityScope(), id)
	w.Must(err)
	if p.Digest() != w.Project.Digest() || events(w, "register.corrected") != 0 {
		t.Error("something of it stayed")
	}
	foreign := registerForm(w, w.Foreign.ID)
	_, err = w.Store.CorrectRegister(w.Ctx(), w.City, id, foreign)
	wantKind(t, err, survey.Conflict) // another project's form
}

// A building goes while no campaign has it; drafts have none.
func TestRemoveBuilding(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		to := registerForm(w, w.Project.ID)
		to.Buildings[3].Remove = true
		_, err := w.Store.CorrectRegister(w.Ctx(), w.District, w.Project.ID, to)
		wantKeyOf(t, "a building of a campaign", err, "error.correction.in_campaign")
		to = registerForm(w, w.Project.ID)
		to.Buildings = append(to.Buildings, survey.CorrectedBuilding{Building: survey.Building{Name: "5号楼", Homes: survey.Homes{Households: 16}}})
		_, err = w.Store.CorrectRegister(w.Ctx(), w.District, w.Project.ID, to)
		w.Must(err)
		w.Draft(nil)
		to = registerForm(w, w.Project.ID)
		to.Buildings[4].Remove = true
		_, err = w.Store.CorrectRegister(w.Ctx(), w.District, w.Project.ID, to)
		w.Must(err)
		p, err := w.Store.Project(w.Ctx(), survey.CityScope(), w.Project.ID)
		w.Must(err)
		if p.Digest() != w.Project.Digest() {
			t.Errorf("after adding and removing a building: %+v", p)
		}
		entries, _, err := w.Store.Corrections(w.Ctx(), survey.CityScope(), w.Project.ID, 0, 0, 1)
		w.Must(err)
		if l := entries[0].Lines; len(l) != 2 || l[1].Field != survey.BuildingRemoved || l[1].Old != "16" {
			t.Errorf("the newest entry: %+v", entries[0])
		}
		w.Clean()
	})
}

// Of two who correct what they both saw one is told of the other.
func TestTwoCorrectAtOnce(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		other := w.Again()
		register, frozen := registerForm(w, w.Project.ID), frozenForm(w, w.Neighbour.ID)
		var errs [4]error
		var wait sync.WaitGroup
		for i, s := range []*model.Store{w.Store, other} {
			to, then := register, frozen
			to.Buildings = slices.Clone(to.Buildings)
			to.Buildings[0].Households += i + 1
			then.Buildings = slices.Clone(then.Buildings)
			then.Buildings[0].Households += i + 1
			wait.Go(func() { _, errs[i] = s.CorrectRegister(w.Ctx(), w.District, w.Project.ID, to) })
			wait.Go(func() {
				_, errs[2+i] = s.CorrectEnrolment(w.Ctx(), w.District, w.Campaign.ID, w.Neighbour.ID, then, modeltest.Reason)
			})
		}
		wait.Wait()
		for _, pair := range [][]error{errs[:2], errs[2:]} {
			done := 0
			for _, err := range pair {
				if err == nil {
					done++
				} else {
					wantKeyOf(t, "the second", err, "error.correction.meanwhile")
				}
			}
			if done != 1 {
				t.Errorf("%d of two were done: %v", done, pair)
			}
		}
		w.Clean()
	})
}

// A campaign's frozen homes are corrected with the reason and every old and
// new value; building groups keep their numbers, a forgotten building gets a
// poster and a group, and verify finds all in order.
func TestCorrectEnrolment(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		id := w.Project.ID
		add := registerForm(w, id)
		for _, b := range []survey.Building{{Name: "5号楼", Homes: survey.Homes{Households: 16}}, {Name: "6号楼", Homes: survey.Homes{Households: 4}}} {
			add.Buildings = append(add.Buildings, survey.CorrectedBuilding{Building: b})
		}
		_, err := w.Store.CorrectRegister(w.Ctx(), w.District, id, add)
		w.Must(err)
		register, err := w.Store.Project(w.Ctx(), survey.CityScope(), id)
		w.Must(err)
		if e := enrolled(w, w.Store, id); e.Homes.Households != 81 || len(e.Project.Buildings) != 4 {
			t.Errorf("the register moved what was frozen: %+v", e.Homes)
		}
		frozen, err := w.Store.FrozenHomes(w.Ctx(), w.Community.Scope, id)
		w.Must(err)
		if len(frozen) != 1 || !frozen[0].Differs || frozen[0].Homes.Households != 81 || frozen[0].Campaign.ID != w.Campaign.ID {
			t.Errorf("what campaigns have: %+v", frozen)
		}

		for i := range 5 {
			w.Saved(w.Answer(i))
		}
		to := frozenForm(w, id)
		to.Buildings[1].Households, to.Buildings[1].Name = 8, "二号楼"
		to.Added = []survey.ID{register.Buildings[4].ID, register.Buildings[5].ID}
		fifty := 50
		to.Occupied = &fifty
		correct := func(a survey.Actor, to survey.FrozenCorrection, reason string) error {
			_, err := w.Store.CorrectEnrolment(w.Ctx(), a, w.Campaign.ID, id, to, reason)
			return err
		}
		wantKind(t, correct(w.District, to, " "), survey.Invalid)
		wantKind(t, correct(w.Stranger, to, modeltest.Reason), survey.NotFound)
		wantKind(t, correct(w.Community, to, modeltest.Reason), survey.Forbidden)
		wantKeyOf(t, "nothing", correct(w.District, frozenForm(w, id), modeltest.Reason), "error.correction.nothing")
		bad := to
		bad.Households = 0
		wantKeyOf(t, "no households", correct(w.District, bad, modeltest.Reason), "error.correction.fields")
		w.Must(correct(w.District, to, "实地核对，漏了两栋"))

		e := enrolled(w, w.Store, id)
		if diff := cmp.Diff([]int{40, 12, 11, 16}, groupHomes(e)); diff != "" {
			t.Errorf("group homes (-want +got):\n%s", diff)
		}
		if e.Homes.Households != 79 || *e.Homes.Occupied != 50 || len(e.Project.Buildings) != 6 {
			t.Errorf("homes: %+v", e.Homes)
		}
		list, err := w.Store.Enrolments(w.Ctx(), survey.CityScope(), w.Campaign.ID)
		w.Must(err)
		if i := slices.IndexFunc(list, func(e survey.Enrolment) bool { return e.Project.ID == id }); list[i].Homes.Households != 79 {
			t.Errorf("standings go by %d households", list[i].Homes.Households)
		}
		p := w.PosterOf(w.Campaign, register.Buildings[4])
		if p.GroupOf(p.Building) != 4 {
			t.Errorf("the added building is in group %d", p.GroupOf(p.Building))
		}
		w.Saved(w.AnswerAt(p, 0))
		entries, total, err := w.Store.Corrections(w.Ctx(), w.District.Scope, id, w.Campaign.ID, 0, 10)
		w.Must(err)
		if total != 1 || entries[0].Way != survey.ByCampaign || entries[0].CampaignName != w.Campaign.Name || entries[0].Reason != "实地核对，漏了两栋" {
			t.Errorf("history of the campaign: %d, %+v", total, entries)
		}
		if _, total, err = w.Store.Corrections(w.Ctx(), w.District.Scope, id, 0, 0, 10); err != nil || total != 2 {
			t.Errorf("history of the project: %d, %v", total, err)
		}
		w.Clean()
		w.SealCampaign()
		w.Clean()
	})
}

// A draft has nothing frozen, and opens with what the register says then.
func TestDraftFollowsTheRegister(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		draft := w.Draft(nil)
		_, err := w.Store.CorrectEnrolment(w.Ctx(), w.District, draft.ID, w.Project.ID, survey.FrozenCorrection{}, modeltest.Reason)
		wantKeyOf(t, "a draft", err, "error.correction.draft")
		to := registerForm(w, w.Project.ID)
		to.Buildings[0].Households = 50
		_, err = w.Store.CorrectRegister(w.Ctx(), w.Community, w.Project.ID, to)
		w.Must(err)
		w.Campaign = w.OpenCampaign(draft)
		if e := enrolled(w, w.Store, w.Project.ID); e.Homes.Households != 91 {
			t.Errorf("opened with %d households", e.Homes.Households)
		}
	})
}

// Whoever opens while another corrects the register freezes one state of it.
func TestOpeningWhileCorrecting(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		other := w.Again()
		for i := range 4 {
			draft := w.Draft(nil)
			to := registerForm(w, w.Project.ID)
			to.Buildings[0].Households, to.Buildings[1].Households = 100+i, 200+i
			var wait sync.WaitGroup
			wait.Go(func() {
				if _, err := other.CorrectRegister(w.Ctx(), w.Community, w.Project.ID, to); err != nil {
					t.Error(err)
				}
			})
			wait.Go(func() {
				if _, err := w.Store.OpenCampaign(w.Ctx(), w.District, draft.ID, modeltest.Reason); err != nil {
					t.Error(err)
				}
			})
			wait.Wait()
			e, _, err := w.Store.Enrolment(w.Ctx(), survey.CityScope(), draft.ID, w.Project.ID)
			w.Must(err)
			b := e.Project.Buildings
			if b[0].Households+100 != b[1].Households && b[0].Households != 40 || e.Homes.Households != survey.SumHomes(b).Households {
				t.Errorf("frozen: %d of %+v", e.Homes.Households, b)
			}
		}
		w.Clean()
	})
}

// Answers that were held before a correction stay held; later ones go by the
// new homes, on the other instance within two seconds.
func TestHoldsGoByCorrectedHomes(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		other := w.Again()
		door := w.PosterOf(w.Campaign, w.Neighbour.Buildings[0]) // twelve homes
		next := 0
		save := func(s *model.Store) survey.State {
			t.Helper()
			saved, err := s.SaveResponses(w.Ctx(), []survey.Submission{w.AnswerAt(door, next).Submission()})
			w.Must(err)
			w.Must(saved[0].Err)
			next++
			status, err := s.Receipt(w.Ctx(), saved[0].Receipt)
			w.Must(err)
			return status.State
		}
		for range 12 {
			save(other)
		}
		if s := save(other); s != survey.Held {
			t.Fatalf("the thirteenth of twelve homes is %s", s)
		}
		to := frozenForm(w, w.Neighbour.ID)
		to.Buildings[0].Households = 15
		_, err := w.Store.CorrectEnrolment(w.Ctx(), w.District, w.Campaign.ID, w.Neighbour.ID, to, "漏数三户")
		w.Must(err)
		w.Clock.Add(2 * time.Second)
		if s := save(other); s != survey.Counted {
			t.Errorf("the fourteenth of fifteen homes is %s on the other instance", s)
		}
		if s := save(w.Store); s != survey.Counted {
			t.Errorf("the fifteenth of fifteen homes is %s", s)
		}
		if s := save(other); s != survey.Held {
			t.Errorf("the sixteenth of fifteen homes is %s", s)
		}
		if n := enrolled(w, other, w.Neighbour.ID).Tally.InState(survey.Held); n != 2 {
			t.Errorf("%d are held, want 2", n)
		}
		w.Clean()
	})
}

// An answer from a building that was added a moment ago on another instance is
// compared with that building's homes and not with none.
func TestAddedBuildingIsKnownAtOnce(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		other := w.Again()
		door := w.PosterOf(w.Campaign, w.Neighbour.Buildings[0])
		_, err := other.SaveResponses(w.Ctx(), []survey.Submission{w.AnswerAt(door, 0).Submission()}) // its homes are remembered
		w.Must(err)
		to := registerForm(w, w.Neighbour.ID)
		to.Buildings = append(to.Buildings, survey.CorrectedBuilding{Building: survey.Building{Name: "9号楼", Homes: survey.Homes{Households: 30}}})
		_, err = w.Store.CorrectRegister(w.Ctx(), w.District, w.Neighbour.ID, to)
		w.Must(err)
		p, err := w.Store.Project(w.Ctx(), survey.CityScope(), w.Neighbour.ID)
		w.Must(err)
		then := frozenForm(w, w.Neighbour.ID)
		then.Added = []survey.ID{p.Buildings[1].ID}
		_, err = w.Store.CorrectEnrolment(w.Ctx(), w.District, w.Campaign.ID, w.Neighbour.ID, then, "漏登一栋楼")
		w.Must(err)
		saved, err := other.SaveResponses(w.Ctx(), []survey.Submission{w.AnswerAt(w.PosterOf(w.Campaign, p.Buildings[1]), 0).Submission()})
		w.Must(err)
		w.Must(saved[0].Err)
		if status, err := other.Receipt(w.Ctx(), saved[0].Receipt); err != nil || status.State != survey.Counted {
			t.Errorf("the first answer of 30 homes is %s, %v", status.State, err)
		}
		w.Clean()
	})
}

// While answers come in on two instances N is corrected again and again: no
// answer is lost, and counters, homes and the audit agree at the end.
func TestCorrectingWhileSaving(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		other := w.Again()
		var wait sync.WaitGroup
		for instance, s := range []*model.Store{w.Store, other} {
			wait.Go(func() {
				for i := range 20 {
					saved, err := s.SaveResponses(w.Ctx(), []survey.Submission{w.Answer(2*i + instance).Submission()})
					if err != nil || saved[0].Err != nil {
						t.Errorf("instance %d: %v, %+v", instance, err, saved)
					}
				}
			})
		}
		for i := range 8 {
			to := frozenForm(w, w.Project.ID)
			to.Buildings[0].Households = 60 + i
			_, err := w.Store.CorrectEnrolment(w.Ctx(), w.District, w.Campaign.ID, w.Project.ID, to, "再次核对")
			w.Must(err)
		}
		wait.Wait()
		e := enrolled(w, w.Store, w.Project.ID)
		if e.Homes.Households != 108 || e.Groups[0].Households != 67 || e.Tally.Responses(survey.ByRoom, survey.OwnerBase) != 40 {
			t.Errorf("%d households, %+v, %d responses", e.Homes.Households, e.Groups[0].Homes, e.Tally.Responses(survey.ByRoom, survey.OwnerBase))
		}
		w.Clean()
	})
}

// What is changed by hand is found after a correction too, and a correction
// does not sign for it.
func TestCorrectionHidesNothing(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		to := frozenForm(w, w.Project.ID)
		to.Buildings[0].Households = 50
		_, err := w.Store.CorrectEnrolment(w.Ctx(), w.District, w.Campaign.ID, w.Project.ID, to, "按户籍册更正")
		w.Must(err)
		w.Clean()
		exec(t, w.SQL(), "UPDATE enrolments SET households = 60 WHERE households = 91")
		findings, err := w.Store.Verify(w.Ctx(), 0)
		w.Must(err)
		if len(findings) != 1 || !strings.Contains(findings[0].What, "last correction") {
			t.Errorf("findings: %s", listed(findings))
		}
		w.Clock.Add(2 * time.Second)
		then := frozenForm(w, w.Neighbour.ID)
		then.Buildings[0].Households = 13
		_, err = w.Store.CorrectEnrolment(w.Ctx(), w.District, w.Campaign.ID, w.Neighbour.ID, then, "按户籍册更正")
		wantKeyOf(t, "after a change by hand", err, "error.correction.unverified")
		exec(t, w.SQL(), "UPDATE enrolments SET households = 91 WHERE households = 60")
		exec(t, w.SQL(), "UPDATE enrolments SET buildings = REPLACE(buildings, '\"g\":2', '\"g\":1') WHERE households = 91")
		findings, err = w.Store.Verify(w.Ctx(), 0)
		w.Must(err)
		if !strings.Contains(listed(findings), "building group 2 has no building") {
			t.Errorf("a building in another group: %s", listed(findings))
		}
		exec(t, w.SQL(), "UPDATE enrolments SET buildings = REPLACE(buildings, '\"g\":1', '\"g\":2') WHERE households = 91 AND buildings NOT LIKE '%\"g\":2%'")
		exec(t, w.SQL(), "UPDATE corrections SET number = 2")
		findings, err = w.Store.Verify(w.Ctx(), 0)
		w.Must(err)
		if !strings.Contains(listed(findings), "history line of event 2") {
			t.Errorf("a history line moved: %s", listed(findings))
		}
	})
}

// A wish to seal was about the campaign as it stood: a correction lets it go.
func TestCorrectionLapsesSealing(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		overfull(w, 3)
		w.CloseCampaign()
		_, pending, err := w.Store.SealCampaign(w.Ctx(), w.District, w.Campaign.ID, modeltest.Reason, true)
		w.Must(err)
		if !pending {
			t.Fatal("one person sealed")
		}
		to := frozenForm(w, w.Project.ID)
		to.Buildings[0].Households = 50
		pending, err = w.Store.CorrectEnrolment(w.Ctx(), w.Colleague, w.Campaign.ID, w.Project.ID, to, "更正")
		w.Must(err)
		approvals, err := w.Store.Approvals(w.Ctx(), w.District.Scope, w.Campaign.ID)
		w.Must(err)
		if pending || len(approvals) != 0 {
			t.Errorf("pending %t, approvals %+v", pending, approvals)
		}
		w.SealCampaign()
		w.Clean()
	})
}

// A wrong N of a sealed result takes two persons and makes a new snapshot: the
// counts stay as they were sealed, the older snapshot stays readable, and
// verify agrees (RULES §9).
func TestCorrectSealed(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		for i := range 36 {
			w.Saved(w.Answer(i))
		}
		w.SealCampaign()
		_, before, err := w.Store.Sealed(w.Ctx(), survey.CityScope(), w.Campaign.ID, w.Project.ID)
		w.Must(err)
		to := frozenForm(w, w.Project.ID)
		to.Buildings[0].Households = 60
		correct := func(a survey.Actor) (bool, error) {
			return w.Store.CorrectEnrolment(w.Ctx(), a, w.Campaign.ID, w.Project.ID, to, "户数录错")
		}
		wrong := to
		wrong.Added = []survey.ID{1}
		_, err = w.Store.CorrectEnrolment(w.Ctx(), w.District, w.Campaign.ID, w.Project.ID, wrong, "户数录错")
		wantKeyOf(t, "a building of a sealed campaign", err, "error.correction.sealed_building")
		_, err = w.Store.PendingCorrection(w.Ctx(), w.District.Scope, w.Campaign.ID)
		wantKind(t, err, survey.NotFound)
		pending, err := correct(w.District)
		w.Must(err)
		if !pending || enrolled(w, w.Store, w.Project.ID).Homes.Households != 81 {
			t.Errorf("after the first person: pending %t", pending)
		}
		_, err = correct(w.Colleague)
		wantKeyOf(t, "another correction", err, "error.correction.waits")
		p, err := w.Store.PendingCorrection(w.Ctx(), w.Colleague.Scope, w.Campaign.ID)
		w.Must(err)
		if p.ByName != "district 测试员" || p.Reason != "户数录错" || p.Project != w.Project.ID || p.To.Buildings[0].Households != 60 {
			t.Errorf("what waits: %+v", p)
		}
		wantKeyOf(t, "the same person", w.Store.ConfirmCorrection(w.Ctx(), w.District, w.Campaign.ID), "error.second_person")
		w.Must(w.Store.WithdrawApproval(w.Ctx(), w.District, w.Campaign.ID, survey.ApproveCorrect))
		wantKind(t, w.Store.ConfirmCorrection(w.Ctx(), w.Colleague, w.Campaign.ID), survey.NotFound)
		if _, err = correct(w.District); err != nil {
			t.Fatal(err)
		}
		w.Must(w.Store.ConfirmCorrection(w.Ctx(), w.Colleague, w.Campaign.ID))

		snapshot, after, err := w.Store.Sealed(w.Ctx(), survey.CityScope(), w.Campaign.ID, w.Project.ID)
		w.Must(err)
		if snapshot.Number != 2 || snapshot.Reason != "户数录错" || after.OwnerHomes != 101 || before.OwnerHomes != 81 {
			t.Errorf("snapshot %d: %+v", snapshot.Number, after)
		}
		if diff := cmp.Diff(before.Counts, after.Counts); diff != "" {
			t.Errorf("the counts moved:\n%s", diff)
		}
		rows := number(t, w.SQL(), "SELECT COUNT(*) FROM sealed_projects")
		if rows != 6 {
			t.Errorf("%d sealed rows, want three of each snapshot", rows)
		}
		w.Clean()
	})
}

// An import's changes of what was registered are in the history; what it adds
// with a new project is not.
func TestImportKeepsHistory(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		entries, total, err := w.Store.Corrections(w.Ctx(), survey.CityScope(), w.Project.ID, 0, 0, 10)
		w.Must(err)
		if total != 0 || len(entries) != 0 {
			t.Fatalf("a new project has a history: %+v", entries)
		}
		rows := modeltest.Rows()
		rows[0].Homes.Households, rows[0].ProjectHomes.Households = 44, 85
		for i := range rows[1:] {
			rows[i+1].ProjectHomes.Households = 0
		}
		extra := rows[1]
		extra.Building, extra.Homes.Households = "7号楼", 14
		_, err = w.Store.ImportProjects(w.Ctx(), w.City, roster.File{Rows: append(rows, extra)}, roster.Apply{Apply: true})
		w.Must(err)
		entries, total, err = w.Store.Corrections(w.Ctx(), survey.CityScope(), w.Project.ID, 0, 0, 10)
		w.Must(err)
		if total != 1 || entries[0].Way != survey.ByImport || entries[0].By != "city 测试员" {
			t.Fatalf("%d entries: %+v", total, entries)
		}
		building := w.Project.Buildings[0]
		want := []survey.Correction{
			{Field: "households", Old: "81", New: "85"},
			{Building: building.ID, BuildingName: building.Name, Field: "households", Old: "40", New: "44"},
			{BuildingName: "7号楼", Field: survey.BuildingAdded, New: "14"},
		}
		if diff := cmp.Diff(want, entries[0].Lines); diff != "" {
			t.Errorf("lines (-want +got):\n%s", diff)
		}
		w.Clean()
	})
}
