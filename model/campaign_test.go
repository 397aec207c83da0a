package model_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meihao/model/modeltest"
	"meihao/survey"
	"meihao/survey/roster"
)

// actions of the audit chain, the oldest first, that begin with a word.
func actions(w *modeltest.World, object string) []string {
	w.T.Helper()
	events, err := w.Store.Events(w.Ctx(), 0, 1000)
	w.Must(err)
	var list []string
	for _, e := range slices.Backward(events) {
		if e.Object == object {
			list = append(list, e.Username+" "+e.Action)
		}
	}
	return list
}

func TestCampaignLife(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		c := w.Draft(func(c *survey.Campaign) { c.Name = "  秋季调查 " })
		if c.Stage != survey.Draft || c.Enrolled != 3 || c.Name != "秋季调查" || c.OwnerName != "晨光区" || c.Version != 1 || c.Activity == 0 {
			t.Errorf("a new draft is %+v", c)
		}
		c, err := w.Store.ChangeCampaign(w.Ctx(), w.District, c.ID, func(c *survey.Campaign) error {
			to := *c
			to.Feedback, to.Phone = true, "010-1"
			return c.Change(to)
		})
		w.Must(err)
		w.Must(w.Store.Enrol(w.Ctx(), w.District, c.ID, []survey.ID{w.Project.ID, w.Sibling.ID, w.Project.ID}))
		wantKind(t, w.Store.Enrol(w.Ctx(), w.District, c.ID, []survey.ID{w.Foreign.ID}), survey.NotFound)
		c = w.OpenCampaign(c)
		if c.Stage != survey.OpenStage || c.Enrolled != 2 || !c.Feedback {
			t.Errorf("opened: %+v", c)
		}
		got, err := w.Store.Campaign(w.Ctx(), w.District.Scope, c.ID)
		w.Must(err)
		if diff := cmp.Diff(c, got); diff != "" {
			t.Errorf("returned and stored differ (-returned +stored):\n%s", diff)
		}
		wantKind(t, w.Store.Enrol(w.Ctx(), w.District, c.ID, nil), survey.Conflict)
		wantKind(t, w.Store.RemoveCampaign(w.Ctx(), w.District, c.ID), survey.Conflict)
		_, err = w.Store.CloseCampaign(w.Ctx(), w.Colleague, c.ID, modeltest.Reason)
		w.Must(err)
		want := []string{
			"district campaign.added", "district campaign.changed", "district campaign.enrolled", "city campaign.opened", "colleague campaign.closed",
		}
		if diff := cmp.Diff(want, actions(w, "campaign "+c.ID.String())); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
		w.Clean()
	})
}

func TestRemoveDraft(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		c := w.Draft(nil)
		w.Must(w.Store.RemoveCampaign(w.Ctx(), w.District, c.ID))
		_, err := w.Store.Campaign(w.Ctx(), survey.CityScope(), c.ID)
		wantKind(t, err, survey.NotFound)
		w.Clean()
	})
}

// A rule that refuses leaves neither a change nor an event.
func TestRefusedChangeLeavesNoEvent(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		before, err := w.Store.Events(w.Ctx(), 0, 1)
		w.Must(err)
		_, err = w.Store.ChangeCampaign(w.Ctx(), w.District, w.Campaign.ID, func(c *survey.Campaign) error {
			c.Name = "other"
			return survey.Fail(survey.Conflict, "error.campaign.not_draft")
		})
		wantKind(t, err, survey.Conflict)
		_, err = w.Store.OpenCampaign(w.Ctx(), w.District, w.Campaign.ID, modeltest.Reason)
		wantKind(t, err, survey.Conflict)
		after, err := w.Store.Events(w.Ctx(), 0, 1)
		w.Must(err)
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("an event was written:\n%s", diff)
		}
		c, err := w.Store.Campaign(w.Ctx(), survey.CityScope(), w.Campaign.ID)
		w.Must(err)
		if c.Name != w.Campaign.Name {
			t.Error("the name was changed")
		}
	})
}

// If the event cannot be written the change does not happen.
func TestNoChangeWithoutItsEvent(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		db := w.SQL()
		full := "BEGIN SELECT RAISE(ABORT, 'full'); END"
		if w.Engine != modeltest.SQLite {
			full = "FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'full'"
		}
		exec(t, db, "CREATE TRIGGER no_events BEFORE INSERT ON events "+full)
		if _, err := w.Store.CloseCampaign(w.Ctx(), w.District, w.Campaign.ID, modeltest.Reason); err == nil {
			t.Error("closed without an event")
		}
		c, err := w.Store.Campaign(w.Ctx(), survey.CityScope(), w.Campaign.ID)
		w.Must(err)
		if c.Stage != survey.OpenStage {
			t.Errorf("the campaign is %s", c.Stage)
		}
	})
}

// Opening freezes N and the buildings: a later import changes the register
// and not the running campaign.
func TestOpeningFreezes(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		rows := modeltest.Rows()
		for i := range rows {
			if rows[i].Project == w.Project.Name {
				rows[i].Homes.Households += 100
				rows[i].ProjectHomes = survey.Homes{Households: 500}
			}
		}
		_, err := w.Store.ImportProjects(w.Ctx(), w.City, roster.File{Rows: rows}, roster.Apply{Apply: true})
		w.Must(err)
		now, err := w.Store.Project(w.Ctx(), survey.CityScope(), w.Project.ID)
		w.Must(err)
		if now.Households != 500 || now.Buildings[0].Households != 140 {
			t.Fatalf("the register was not changed: %+v", now)
		}
		e, groups, err := w.Store.Enrolment(w.Ctx(), survey.CityScope(), w.Campaign.ID, w.Project.ID)
		w.Must(err)
		if e.Homes.Households != 81 || *e.Homes.Occupied != 60 || len(groups) != 3 || groups[2].Households != 11 || groups[2].Label() != "3号楼、4号楼" {
			t.Errorf("N %+v, groups %+v", e.Homes, groups)
		}
		if diff := cmp.Diff(w.Project.Buildings, e.Project.Buildings); diff != "" {
			t.Errorf("buildings (-opened +now):\n%s", diff)
		}
		draft := w.Draft(nil)
		e, _, err = w.Store.Enrolment(w.Ctx(), survey.CityScope(), draft.ID, w.Project.ID)
		w.Must(err)
		if e.Homes.Households != 500 || e.Project.Buildings[0].Households != 140 {
			t.Errorf("a draft shows %+v, want the register's", e.Homes)
		}
		w.Clean()
	})
}

func TestOpeningMakesPosters(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		posters, err := w.Store.Posters(w.Ctx(), survey.CityScope(), w.Campaign.ID)
		w.Must(err)
		var places []string
		for _, p := range posters {
			places = append(places, p.Project.Name+" "+p.Building.Name)
			got, err := w.Store.Poster(w.Ctx(), p.Code)
			w.Must(err)
			if got.Building != p.Building.ID || got.Project.ID != p.Project.ID || got.Campaign.ID != w.Campaign.ID || got.Key == nil {
				t.Errorf("poster %s leads to %+v", p.Code, got.Project.Name)
			}
			if got.GroupOf(got.Building) == 0 {
				t.Errorf("poster %s has no group", p.Code)
			}
		}
		want := []string{
			"晨光花园 1号楼", "晨光花园 2号楼", "晨光花园 3号楼", "晨光花园 4号楼", "紫藤苑 1号楼", "银杏里 甲楼",
		}
		if diff := cmp.Diff(want, places); diff != "" {
			t.Errorf("posters (-want +got):\n%s", diff)
		}
		one, err := w.Store.Posters(w.Ctx(), survey.CityScope(), w.Campaign.ID, w.Sibling.ID)
		w.Must(err)
		if len(one) != 1 || one[0].Building.Name != "甲楼" {
			t.Errorf("posters of one project: %+v", one)
		}
		e, _, err := w.Store.Enrolment(w.Ctx(), survey.CityScope(), w.Campaign.ID, w.Project.ID)
		w.Must(err)
		if w.Poster.Tag != e.Tag || w.Poster.Homes.Households != 81 {
			t.Errorf("the poster has tag %d and N %d", w.Poster.Tag, w.Poster.Homes.Households)
		}
		for _, code := range []string{"", "7KQ4M2XD", w.Poster.Code[1:] + w.Poster.Code[:1], "不是海报"} {
			_, err := w.Store.Poster(w.Ctx(), code)
			wantKind(t, err, survey.UnknownPoster)
		}
	})
}

// A poster's campaign is at most a second old.
func TestPosterFollowsTheCampaign(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		read := func() survey.Stage {
			p, err := w.Store.Poster(w.Ctx(), w.Poster.Code)
			w.Must(err)
			return p.Campaign.Stage
		}
		read()
		w.CloseCampaign()
		if got := read(); got != survey.ClosedStage {
			t.Errorf("after closing here the poster says %s", got)
		}
		exec(t, w.SQL(), "UPDATE campaigns SET stage = 'open'") // another instance
		w.Clock.Add(time.Second)
		if got := read(); got != survey.OpenStage {
			t.Errorf("a second after a change elsewhere the poster says %s", got)
		}
	})
}

// What hangs on a poster follows an import here at once, one elsewhere
// within ten seconds.
func TestPosterFollowsTheRegister(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		want := func(when, phone string) {
			t.Helper()
			p, err := w.Store.Poster(w.Ctx(), w.Poster.Code)
			w.Must(err)
			if p.Project.Phone != phone {
				t.Errorf("%s the poster has the telephone %q, want %q", when, p.Project.Phone, phone)
			}
		}
		want("at first", "010-12345678")
		rows := modeltest.Rows()
		for i := range rows {
			rows[i].Phone = "010-2"
		}
		_, err := w.Store.ImportProjects(w.Ctx(), w.City, roster.File{Rows: rows}, roster.Apply{Apply: true})
		w.Must(err)
		want("after an import", "010-2")
		exec(t, w.SQL(), "UPDATE projects SET phone = '010-3'") // another instance
		w.Clock.Add(10 * time.Second)
		want("ten seconds after an import elsewhere", "010-3")
	})
}

// The building groups of a running campaign are those that its responses
// were given, whatever the rule for making groups says later.
func TestGroupsAreFrozen(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		exec(t, w.SQL(), `UPDATE enrolments SET buildings = REPLACE(buildings, '"g":3', '"g":2') WHERE project = ?`, int64(w.Project.ID))
		_, groups, err := w.Store.Enrolment(w.Ctx(), survey.CityScope(), w.Campaign.ID, w.Project.ID)
		w.Must(err)
		if len(groups) != 2 || groups[1].Label() != "2号楼、3号楼、4号楼" {
			t.Errorf("groups %+v", groups)
		}
	})
}

func TestOpenRefusesEmptyProjects(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		_, err := w.Store.ImportProjects(w.Ctx(), w.City, roster.File{Rows: []roster.Row{{
			Number: 2, District: "晨光区", Subdistrict: "梧桐街道", Community: "东里社区", Project: "空地", ProjectHomes: survey.Homes{Households: 9},
		}}}, roster.Apply{Apply: true, Strict: true})
		w.Must(err)
		c := w.Draft(nil)
		_, err = w.Store.OpenCampaign(w.Ctx(), w.District, c.ID, modeltest.Reason)
		wantKind(t, err, survey.Conflict)
		if e := wantKey(t, err, "error.campaign.project_empty"); e.Args["Name"] != "空地" {
			t.Errorf("the conflict names %v", e.Args)
		}
		w.Clean()
	})
}

func TestCloseDue(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		other := w.OpenCampaign(w.Draft(func(c *survey.Campaign) { c.Closes = c.Closes.Add(time.Hour) }))
		for _, step := range []struct {
			at   time.Time
			want int
		}{
			{w.Campaign.Closes.Add(-time.Second), 0}, {w.Campaign.Closes, 1}, {w.Campaign.Closes, 0}, {other.Closes.Add(time.Hour), 1},
		} {
			w.Clock.Set(step.at)
			n, err := w.Store.CloseDue(w.Ctx())
			if err != nil || n != step.want {
				t.Errorf("at %s %d were closed, %v; want %d", step.at, n, err, step.want)
			}
		}
		if got := actions(w, "campaign "+other.ID.String()); got[len(got)-1] != "system campaign.closed" {
			t.Errorf("events %v", got)
		}
		w.Clean()
	})
}

func TestCampaignsNewestFirst(t *testing.T) {
	modeltest.EachWorld(t, func(t *testing.T, w *modeltest.World) {
		w.Clock.Add(time.Minute)
		second := w.Draft(nil)
		w.Clock.Add(time.Minute)
		city := w.Draft(func(c *survey.Campaign) { c.Owner = 0 })
		if city.Enrolled != 4 || city.OwnerName != "" {
			t.Errorf("the city's draft: %+v", city)
		}
		for _, c := range []struct {
			scope survey.Scope
			want  []survey.ID
		}{
			{w.District.Scope, []survey.ID{city.ID, second.ID, w.Campaign.ID}},
			{w.Stranger.Scope, []survey.ID{city.ID}},
		} {
			list, err := w.Store.Campaigns(w.Ctx(), c.scope)
			w.Must(err)
			var got []survey.ID
			for _, one := range list {
				got = append(got, one.ID)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%+v (-want +got):\n%s", c.scope, diff)
			}
		}
		empty := w.Draft(nil)
		w.Must(w.Store.Enrol(w.Ctx(), w.District, empty.ID, nil))
		if _, err := w.Store.Campaign(w.Ctx(), w.District.Scope, empty.ID); err != nil {
			t.Errorf("the owner does not see an empty draft: %v", err)
		}
		_, err := w.Store.Campaign(w.Ctx(), w.Community.Scope, empty.ID)
		wantKind(t, err, survey.NotFound)
		_, err = w.Store.OpenCampaign(w.Ctx(), w.District, empty.ID, modeltest.Reason)
		wantKind(t, err, survey.Conflict)
	})
}
