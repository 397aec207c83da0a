package modeltest

import (
	"context"
	"database/sql"
	"fmt"
	"testing"
	"time"

	"meihao/model"
	"meihao/survey"
	"meihao/survey/roster"
)

// World is a small, clearly fictional city: two districts with staff and
// projects, and an open campaign of the first district. The names in it:
//
//	晨光区 District          星河区 (the other one)
//	  梧桐街道 / 东里社区      晨光花园 Project: 1号楼 40, 2号楼 30, 3号楼 6, 4号楼 5 homes
//	                        紫藤苑 Neighbour (same community): 1号楼 12
//	  梧桐街道 / 西里社区      银杏里 Sibling (other community): 甲楼 20, without units
//	  星河区 湖滨街道 / 湖心社区 湖畔居 Foreign: 1号楼 25
//
// 晨光花园 has 81 homes, of which 60 are occupied; its buildings make three
// groups: 1号楼, 2号楼, and 3号楼 with 4号楼.
type World struct {
	T     testing.TB
	Store *model.Store
	Clock *Clock
	Engine
	Database

	// Staff. Each has a real account, whose user name is in Actor.Username.
	Admin, City, District, Colleague, Subdistrict, Community, OtherCommunity, Stranger, Company, Auditor survey.Actor

	Project, Neighbour, Sibling, Foreign survey.Project // with buildings
	Campaign                             survey.Campaign
	Poster                               survey.Poster // in 1号楼 of Project
}

// Reason is good enough a reason for every step that wants one.
const Reason = "按工作安排办理"

// New makes a World on a fresh SQLite file. The campaign is open since an
// hour ago and for ten days, admission room, over the first three projects.
func New(t testing.TB) *World {
	t.Helper()
	return NewOn(t, SQLite)
}

// NewOn is New on an engine.
func NewOn(t testing.TB, e Engine) *World {
	t.Helper()
	w := emptyOn(t, e)
	w.Campaign = w.OpenCampaign(w.Draft(nil))
	w.Poster = w.PosterOf(w.Campaign, w.Project.Buildings[0])
	return w
}

// Another is a World beside this one, on the same engine.
func (w *World) Another() *World {
	w.T.Helper()
	return NewOn(w.T, w.Engine)
}

// Again opens the world's database a second time, as another instance does.
func (w *World) Again() *model.Store {
	w.T.Helper()
	return w.Database.Open(w.T, w.Clock)
}

// SQL is the world's database without the store.
func (w *World) SQL() *sql.DB {
	w.T.Helper()
	return w.Database.SQL(w.T)
}

// Empty is a World without a campaign, on SQLite.
func Empty(t testing.TB) *World {
	t.Helper()
	return emptyOn(t, SQLite)
}

func emptyOn(t testing.TB, e Engine) *World {
	t.Helper()
	w := &World{T: t, Clock: NewClock(), Engine: e, Database: e.Database(t)}
	w.Store = w.Open(t, w.Clock)
	w.register()
	w.staff()
	return w
}

// Ctx is the test's context.
func (w *World) Ctx() context.Context { return w.T.Context() }

// Must stops the test on an error.
func (w *World) Must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}

// Draft adds a draft of the first district; change alters it before.
func (w *World) Draft(change func(*survey.Campaign)) survey.Campaign {
	w.T.Helper()
	c := survey.Campaign{
		Name: "2026年业主满意度调查", Owner: w.Project.Place.District, Admission: survey.ByRoom,
		Opens: w.Clock.Now().Add(-time.Hour), Closes: w.Clock.Now().Add(10 * 24 * time.Hour),
		Margins: survey.DefaultMargins(), Asker: "晨光区住建委", Phone: "010-00000000",
	}
	if change != nil {
		change(&c)
	}
	actor := w.District
	if c.Owner == 0 {
		actor = w.City
	}
	c, err := w.Store.AddCampaign(w.Ctx(), actor, c)
	w.Must(err)
	return c
}

// OpenCampaign opens a draft.
func (w *World) OpenCampaign(c survey.Campaign) survey.Campaign {
	w.T.Helper()
	c, err := w.Store.OpenCampaign(w.Ctx(), w.City, c.ID, Reason)
	w.Must(err)
	return c
}

// CloseCampaign ends the world's campaign.
func (w *World) CloseCampaign() {
	w.T.Helper()
	c, err := w.Store.CloseCampaign(w.Ctx(), w.District, w.Campaign.ID, Reason)
	w.Must(err)
	w.Campaign = c
}

// SealCampaign ends and seals the world's campaign, with a second person
// where one is needed.
func (w *World) SealCampaign() {
	w.T.Helper()
	if w.Campaign.Stage == survey.OpenStage {
		w.CloseCampaign()
	}
	for _, actor := range []survey.Actor{w.District, w.Colleague} {
		c, pending, err := w.Store.SealCampaign(w.Ctx(), actor, w.Campaign.ID, Reason, true)
		w.Must(err)
		w.Campaign = c
		if !pending {
			return
		}
	}
}

// PosterOf reads the poster of a building in a campaign.
func (w *World) PosterOf(c survey.Campaign, b survey.Building) survey.Poster {
	w.T.Helper()
	places, err := w.Store.Posters(w.Ctx(), survey.CityScope(), c.ID)
	w.Must(err)
	for _, p := range places {
		if p.Building.ID == b.ID {
			poster, err := w.Store.Poster(w.Ctx(), p.Code)
			w.Must(err)
			return poster
		}
	}
	w.T.Fatalf("building %s has no poster in campaign %s", b.Name, c.ID)
	return survey.Poster{}
}

// Rows is the register of the world as an import reads it.
func Rows() []roster.Row {
	row := func(area survey.Area, project, building string, units, homes int) roster.Row {
		return roster.Row{
			District: area.District, Subdistrict: area.Subdistrict, Community: area.Community,
			Project: project, Company: "安居物业服务有限公司", Phone: "010-12345678",
			Building: building, Units: &units, Homes: survey.Homes{Households: homes},
		}
	}
	east := survey.Area{District: "晨光区", Subdistrict: "梧桐街道", Community: "东里社区"}
	west := survey.Area{District: "晨光区", Subdistrict: "梧桐街道", Community: "西里社区"}
	lake := survey.Area{District: "星河区", Subdistrict: "湖滨街道", Community: "湖心社区"}
	occupied := 60
	rows := []roster.Row{
		row(east, "晨光花园", "1号楼", 2, 40), row(east, "晨光花园", "2号楼", 2, 30),
		row(east, "晨光花园", "3号楼", 1, 6), row(east, "晨光花园", "4号楼", 1, 5),
		row(east, "紫藤苑", "1号楼", 1, 12),
		row(west, "银杏里", "甲楼", 0, 20),
		row(lake, "湖畔居", "1号楼", 1, 25),
	}
	for i := range rows {
		rows[i].Number = i + 2
		if rows[i].Project == "晨光花园" {
			rows[i].Register = "CG-001"
			rows[i].ProjectHomes = survey.Homes{Households: 81, Occupied: &occupied}
		}
	}
	return rows
}

func (w *World) register() {
	w.T.Helper()
	system := survey.Actor{Username: "system", Scope: survey.CityScope()}
	plan, err := w.Store.ImportProjects(w.Ctx(), system, roster.File{Rows: Rows()}, roster.Apply{Apply: true, Strict: true})
	w.Must(err)
	if len(plan.Refused) > 0 {
		w.T.Fatalf("the fixture's register is refused: %v", plan.Refused)
	}
	w.Project, w.Neighbour = w.projectNamed("晨光花园"), w.projectNamed("紫藤苑")
	w.Sibling, w.Foreign = w.projectNamed("银杏里"), w.projectNamed("湖畔居")
}

func (w *World) projectNamed(name string) survey.Project {
	w.T.Helper()
	list, _, err := w.Store.Projects(w.Ctx(), survey.CityScope(), survey.ProjectFilter{Search: name})
	w.Must(err)
	if len(list) != 1 {
		w.T.Fatalf("%d projects are named %s", len(list), name)
	}
	p, err := w.Store.Project(w.Ctx(), survey.CityScope(), list[0].ID)
	w.Must(err)
	return p
}

func (w *World) staff() {
	w.T.Helper()
	district := survey.Scope{District: w.Project.Place.District}
	for _, a := range []struct {
		actor *survey.Actor
		name  string
		role  survey.Role
		scope survey.Scope
	}{
		{&w.Admin, "admin", survey.Administrator, survey.CityScope()},
		{&w.City, "city", survey.CityRole, survey.CityScope()},
		{&w.District, "district", survey.DistrictRole, district},
		{&w.Colleague, "colleague", survey.DistrictRole, district},
		{&w.Subdistrict, "subdistrict", survey.SubdistrictRole, survey.Scope{Subdistrict: w.Project.Place.Subdistrict}},
		{&w.Community, "community", survey.CommunityRole, survey.Scope{Community: w.Project.Place.Community}},
		{&w.OtherCommunity, "other", survey.CommunityRole, survey.Scope{Community: w.Sibling.Place.Community}},
		{&w.Stranger, "stranger", survey.DistrictRole, survey.Scope{District: w.Foreign.Place.District}},
		{&w.Company, "company", survey.CompanyRole, survey.Scope{Company: w.Project.Company.ID}},
		{&w.Auditor, "auditor", survey.Auditor, survey.CityScope()},
	} {
		account, err := w.Store.AddAccount(w.Ctx(), survey.Actor{Username: "system", Scope: survey.CityScope()}, survey.Account{
			Username: a.name, Name: fmt.Sprintf("%s 测试员", a.name), Role: a.role, Scope: a.scope, Language: "zh",
		}, "hash of "+a.name)
		w.Must(err)
		*a.actor = account.Actor()
	}
}

// Soon waits for what happens beside a request, and stops the test if it does
// not.
func (w *World) Soon(so func() bool) {
	w.T.Helper()
	for range 500 {
		if so() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	w.T.Fatal("it did not happen")
}
