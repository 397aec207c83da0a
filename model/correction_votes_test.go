package model_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"meihao/model"
	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/intake"
	"meihao/survey/roster"
)

// fieldKey is what an error says of a field.
func fieldKey(err error, field string) string {
	var e *survey.Error
	if !errors.As(err, &e) {
		return ""
	}
	return e.Fields[field].Key
}

// correctFrozen corrects what the world's campaign froze of a project.
func correctFrozen(w *modeltest.World, project survey.ID, change func(to *survey.FrozenCorrection)) error {
	w.T.Helper()
	to := frozenForm(w, project)
	change(&to)
	_, err := w.Store.CorrectEnrolment(w.Ctx(), w.District, w.Campaign.ID, project, to, "实地核对")
	return err
}

// throughTheGate sends a home's answer as its browser does, from the poster of
// a building, and saves it.
func throughTheGate(w *modeltest.World, s *model.Store, at survey.Building, r intake.Request) error {
	w.T.Helper()
	door := w.PosterOf(w.Campaign, at)
	door, err := s.Poster(w.Ctx(), door.Code)
	w.Must(err)
	q, err := s.Questionnaire(w.Ctx(), door.Campaign.Questionnaire)
	w.Must(err)
	r.Values = map[string][]string{"S1": {"OWNER"}, "S2": {"Y"}, "Q1": {"5"}}
	one, err := intake.Admit(door, q, r, w.Clock.Now())
	if err != nil {
		return err
	}
	saved, err := s.SaveResponses(w.Ctx(), []survey.Submission{one})
	w.Must(err)
	return saved[0].Err
}

// However the units of a building are corrected in a running campaign, a home
// that answered cannot answer again.
func TestCorrectionGivesNoSecondVote(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		units := func(n int) *int { return &n }
		built, none := w.Project.Buildings[0], w.Sibling.Buildings[0] // with two units, and without
		w.Must(throughTheGate(w, w.Store, built, intake.Request{Key: rand.Text(), Unit: "1", Room: "301"}))
		w.Must(throughTheGate(w, w.Store, none, intake.Request{Key: rand.Text(), Room: "301"}))
		for _, c := range []struct {
			project survey.ID
			to      *int
			key     string
		}{
			{w.Project.ID, units(0), "error.correction.units_frozen"},
			{w.Project.ID, units(1), "error.correction.units_frozen"},
			{w.Project.ID, nil, "error.correction.units_frozen"},
			{w.Sibling.ID, units(2), "error.correction.units_frozen"},
			{w.Sibling.ID, nil, "error.correction.units_frozen"},
			{w.Project.ID, units(3), ""},
		} {
			err := correctFrozen(w, c.project, func(to *survey.FrozenCorrection) {
				to.Buildings[0].Units = c.to
				to.Buildings[0].Households++
			})
			if key := fieldKey(err, "b0-units"); key != c.key || c.key == "" && err != nil {
				t.Errorf("%v to %v: %v says %q", c.project, c.to, err, key)
			}
			for _, r := range []intake.Request{{Unit: "1", Room: "301"}, {Room: "301"}, {Unit: "01单元", Room: "0301"}} {
				r.Key = rand.Text()
				if err := throughTheGate(w, w.Store, built, r); err == nil {
					t.Errorf("to %v: the home of %q, %q answers again", c.to, r.Unit, r.Room)
				}
			}
			for _, unit := range []string{"", "1", "2"} {
				if err := throughTheGate(w, w.Store, none, intake.Request{Key: rand.Text(), Unit: unit, Room: "301"}); err == nil {
					t.Errorf("to %v: the home without a unit answers again in %q", c.to, unit)
				}
			}
		}
		w.Must(throughTheGate(w, w.Store, built, intake.Request{Key: rand.Text(), Unit: "3", Room: "301"})) // a unit that was forgotten
		w.Clean()
	})
}

// Buildings are found by name from the project's other posters: no building
// gets a name that another one has or had.
func TestNamesAreNotExchanged(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		rename := func(change func(b []survey.Building)) error {
			return correctFrozen(w, w.Project.ID, func(to *survey.FrozenCorrection) { change(to.Buildings) })
		}
		err := rename(func(b []survey.Building) { b[0].Name, b[1].Name = b[1].Name, b[0].Name })
		if fieldKey(err, "b0-name") != "error.correction.name_used" || fieldKey(err, "b1-name") != "error.correction.name_used" {
			t.Errorf("two exchange their names: %v", err)
		}
		w.Must(rename(func(b []survey.Building) { b[0].Name = "东楼" }))
		err = rename(func(b []survey.Building) { b[1].Name = "一栋" })
		if fieldKey(err, "b1-name") != "error.correction.name_used" {
			t.Errorf("a name that another one had: %v", err)
		}
		add := registerForm(w, w.Project.ID)
		add.Buildings[0].Name = "东楼"
		add.Buildings = append(add.Buildings, survey.CorrectedBuilding{Building: survey.Building{Name: "1号楼", Homes: survey.Homes{Households: 16}}})
		_, err = w.Store.CorrectRegister(w.Ctx(), w.District, w.Project.ID, add)
		w.Must(err)
		p, err := w.Store.Project(w.Ctx(), survey.CityScope(), w.Project.ID)
		w.Must(err)
		err = correctFrozen(w, w.Project.ID, func(to *survey.FrozenCorrection) { to.Added = []survey.ID{p.Buildings[4].ID} })
		if fieldKey(err, "b4-name") != "error.correction.name_used" {
			t.Errorf("an added building of a name that another one had: %v", err)
		}
		w.Must(rename(func(b []survey.Building) { b[0].Name = "1号楼" })) // its own again
		w.Clean()
	})
}

// No correction leaves a building group too small to be shown, and verify
// finds one that somebody wrote.
func TestCorrectionKeepsGroupsLarge(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		err := correctFrozen(w, w.Project.ID, func(to *survey.FrozenCorrection) { to.Buildings[2].Households = 3 })
		for _, field := range []string{"b2-households", "b3-households"} {
			if key := fieldKey(err, field); key != "error.correction.shrunk" {
				t.Errorf("8 homes in 3号楼、4号楼: %v, %s says %q", err, field, key)
			}
		}
		w.Must(correctFrozen(w, w.Project.ID, func(to *survey.FrozenCorrection) { to.Buildings[2].Households = 5 }))
		w.Must(correctFrozen(w, w.Neighbour.ID, func(to *survey.FrozenCorrection) { to.Buildings[0].Households = 8 }))
		w.Clean() // 紫藤苑 is one group whatever its size
		exec(t, w.SQL(), `UPDATE enrolments SET buildings = REPLACE(buildings, '"h":5', '"h":4') WHERE project = ?`, w.Project.ID)
		findings, err := w.Store.Verify(w.Ctx(), 0)
		w.Must(err)
		if !strings.Contains(listed(findings), "building group 3 has 8 homes, fewer than 10") {
			t.Errorf("a small group: %s", listed(findings))
		}
	})
}

// A room that the list forgot is added on the register's form and to the
// running campaign: then its household may answer.
func TestForgottenRoomsAreAdded(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		other := w.Again()
		first := w.Project.Buildings[0]
		list(w, first, "1:101-120;2:101-119")
		w.Campaign = w.OpenCampaign(w.Draft(nil))
		answer := func(s *model.Store) error {
			return throughTheGate(w, s, first, intake.Request{Key: rand.Text(), Unit: "2", Room: "120"})
		}
		if key := fieldKey(answer(w.Store), "room"); key != "error.household.not_listed" {
			t.Fatalf("an unlisted room: %s", key)
		}
		to := registerForm(w, w.Project.ID)
		to.Buildings[0].Rooms = "2:119-121"
		_, err := w.Store.CorrectRegister(w.Ctx(), w.Community, w.Project.ID, to)
		if key := fieldKey(err, "b0-households"); key != "error.correction.listed" {
			t.Errorf("41 homes on the list of 40 households: %v", err)
		}
		to.Buildings[0].Rooms = "3:101"
		_, err = w.Store.CorrectRegister(w.Ctx(), w.Community, w.Project.ID, to)
		if key := fieldKey(err, "b0-units"); key != "error.correction.rooms_units" {
			t.Errorf("a unit that is not there: %v", err)
		}
		to.Buildings[0].Rooms, to.Buildings[0].Units = "", new(int)
		_, err = w.Store.CorrectRegister(w.Ctx(), w.Community, w.Project.ID, to)
		if key := fieldKey(err, "b0-units"); key != "error.correction.rooms_named" {
			t.Errorf("no units, and units on the list: %v", err)
		}
		to = registerForm(w, w.Project.ID)
		to.Buildings[0].Rooms = "2:120"
		lines, err := w.Store.CorrectRegister(w.Ctx(), w.Community, w.Project.ID, to)
		w.Must(err)
		if len(lines) != 1 || lines[0].Field != "rooms" || lines[0].Old != "39" || lines[0].New != "40" {
			t.Errorf("the lines are %+v", lines)
		}
		p, err := w.Store.Project(w.Ctx(), survey.CityScope(), w.Project.ID)
		w.Must(err)
		if p.Buildings[0].Rooms != "1,2:101-120" {
			t.Errorf("the register lists %q", p.Buildings[0].Rooms)
		}
		frozen, err := w.Store.FrozenHomes(w.Ctx(), w.Community.Scope, w.Project.ID)
		w.Must(err)
		if at := slices.IndexFunc(frozen, func(f survey.FrozenHomes) bool { return f.Campaign.ID == w.Campaign.ID }); !frozen[at].Differs {
			t.Error("nobody says that the campaign lacks a room")
		}
		if answer(w.Store) == nil {
			t.Error("the register moved what was frozen")
		}
		w.Must(correctFrozen(w, w.Project.ID, func(to *survey.FrozenCorrection) { to.Buildings[0].Rooms = p.Buildings[0].Rooms }))
		w.Clock.Add(2 * time.Second)
		w.Must(answer(other))
		if answer(w.Store) == nil {
			t.Error("the home answers twice")
		}
		said := lastEvent(w, "enrolment.corrected").Detail
		said = regexp.MustCompile(`"(frozen|history|id|project)":"[^"]*"`).ReplaceAllString(said, "") // chance may write 120 there
		if strings.Contains(said, "120") || !strings.Contains(said, `"field":"rooms"`) {
			t.Errorf("the event says %s", said)
		}
		w.Clean()
	})
}

func lastEvent(w *modeltest.World, action string) survey.Event {
	w.T.Helper()
	list, err := w.Store.Events(w.Ctx(), 0, 1000)
	w.Must(err)
	for _, e := range list {
		if e.Action == action {
			return e
		}
	}
	w.T.Fatalf("there is no event %s", action)
	return survey.Event{}
}

// After a correction no instance compares an answer with the homes that were.
func TestCorrectedHomesAreKnownAtOnce(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		other := w.Again()
		door := w.PosterOf(w.Campaign, w.Neighbour.Buildings[0]) // twelve homes
		for i := range 11 {
			saved, err := other.SaveResponses(w.Ctx(), []survey.Submission{w.AnswerAt(door, i).Submission()})
			w.Must(err)
			w.Must(saved[0].Err)
		}
		w.Must(correctFrozen(w, w.Neighbour.ID, func(to *survey.FrozenCorrection) { to.Buildings[0].Households = 11 }))
		saved, err := other.SaveResponses(w.Ctx(), []survey.Submission{w.AnswerAt(door, 11).Submission()})
		w.Must(err)
		w.Must(saved[0].Err)
		if status, err := other.Receipt(w.Ctx(), saved[0].Receipt); err != nil || status.State != survey.Held {
			t.Errorf("the twelfth of eleven homes is %s, %v", status.State, err)
		}
		w.Clean()
	})
}

// A changed, added or deleted line of a history is found, of whatever way it
// came.
func TestVerifyLooksAtHistories(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		to := registerForm(w, w.Project.ID)
		to.Phone, to.Buildings[0].Households = "010-87654321", 41
		_, err := w.Store.CorrectRegister(w.Ctx(), w.Community, w.Project.ID, to)
		w.Must(err)
		w.Must(correctFrozen(w, w.Project.ID, func(to *survey.FrozenCorrection) { to.Buildings[0].Households = 41 }))
		importPhone(w, "010-11111111")
		w.Clean()
		for _, way := range []survey.Way{survey.ByRegister, survey.ByCampaign, survey.ByImport} {
			for _, column := range []string{"old_value", "new_value", "username", "reason", "building_name", "field"} {
				one := " WHERE way = ? AND line = 1"
				var text string
				w.Must(w.SQL().QueryRow("SELECT "+column+" FROM corrections"+one, way).Scan(&text))
				count := number(t, w.SQL(), "SELECT COUNT(*) FROM corrections"+one, way)
				if count != 1 {
					t.Fatalf("%d first lines came by %s", count, way)
				}
				exec(t, w.SQL(), "UPDATE corrections SET "+column+" = 'x'"+one, way)
				findings, err := w.Store.Verify(w.Ctx(), 0)
				w.Must(err)
				if !strings.Contains(listed(findings), "history lines that are not those") {
					t.Errorf("%s of %s changed: %s", column, way, listed(findings))
				}
				exec(t, w.SQL(), "UPDATE corrections SET "+column+" = ?"+one, text, way)
			}
			exec(t, w.SQL(), "DELETE FROM corrections WHERE way = ?", way)
			findings, err := w.Store.Verify(w.Ctx(), 0)
			w.Must(err)
			if !strings.Contains(listed(findings), "has lost its history lines") {
				t.Errorf("the lines of %s deleted: %s", way, listed(findings))
			}
		}
	})
}

// importPhone imports the world's register with another telephone.
func importPhone(w *modeltest.World, phone string) {
	w.T.Helper()
	rows := modeltest.Rows()[:4]
	for i := range rows {
		rows[i].Phone = phone
	}
	_, err := w.Store.ImportProjects(w.Ctx(), w.City, roster.File{Rows: rows}, roster.Apply{Apply: true})
	w.Must(err)
}

// A correction that lets a waiting seal go says so.
func TestCorrectionSaysThatSealingLapsed(t *testing.T) {
	w := modeltest.New(t)
	overfull(w, 3)
	w.CloseCampaign()
	_, pending, err := w.Store.SealCampaign(w.Ctx(), w.Colleague, w.Campaign.ID, modeltest.Reason, true)
	w.Must(err)
	if !pending {
		t.Fatal("one person sealed")
	}
	w.Must(correctFrozen(w, w.Project.ID, func(to *survey.FrozenCorrection) { to.Buildings[0].Households = 50 }))
	if e := lastEvent(w, "enrolment.corrected"); !strings.Contains(e.Detail, `"seal_lapsed":{"asked_by"`) {
		t.Errorf("the event says %s", e.Detail)
	}
	w.Must(correctFrozen(w, w.Project.ID, func(to *survey.FrozenCorrection) { to.Buildings[0].Households = 51 }))
	if e := lastEvent(w, "enrolment.corrected"); strings.Contains(e.Detail, "seal_lapsed") {
		t.Errorf("nothing waited: %s", e.Detail)
	}
}

// What the second person confirms is what the first one asked for, and nobody
// else's project sees it.
func TestPendingCorrectionIsAsAsked(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		w.SealCampaign()
		ask := func() {
			t.Helper()
			w.Must(correctFrozen(w, w.Project.ID, func(to *survey.FrozenCorrection) { to.Buildings[0].Households = 60 }))
		}
		ask()
		e := lastEvent(w, "campaign.correct_asked")
		for _, want := range []string{`"project":`, `"asked":`, `"changes":[`, `"old":"40"`, `"new":"60"`} {
			if !strings.Contains(e.Detail, want) {
				t.Errorf("the event lacks %s: %s", want, e.Detail)
			}
		}
		if strings.Contains(e.Detail, "closes") {
			t.Errorf("the event says when the campaign closes: %s", e.Detail)
		}
		_, err := w.Store.PendingCorrection(w.Ctx(), w.Community.Scope, w.Campaign.ID)
		w.Must(err)
		_, err = w.Store.PendingCorrection(w.Ctx(), w.OtherCommunity.Scope, w.Campaign.ID)
		wantKind(t, err, survey.NotFound)
		for _, change := range []string{
			`UPDATE pending_corrections SET data = REPLACE(data, '"Households":60', '"Households":61')`,
			"UPDATE approvals SET reason = '别的原因' WHERE kind = 'correct'",
			fmt.Sprintf("UPDATE approvals SET asked_by = %d WHERE kind = 'correct'", w.City.Account),
		} {
			if exec(t, w.SQL(), change) != 1 {
				t.Fatalf("%s changes nothing", change)
			}
			wantKeyOf(t, change, w.Store.ConfirmCorrection(w.Ctx(), w.Colleague, w.Campaign.ID), "error.correction.not_as_asked")
			w.Must(w.Store.WithdrawApproval(w.Ctx(), w.District, w.Campaign.ID, survey.ApproveCorrect))
			ask()
		}
		w.Must(w.Store.ConfirmCorrection(w.Ctx(), w.Colleague, w.Campaign.ID))
		w.Clean()
	})
}
