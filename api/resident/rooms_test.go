package resident_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"meihao/api/resident"
	"meihao/model/modeltest"
	"meihao/survey"
)

// listing is a store whose first building has a household list and whose
// poster hangs in a unit's lobby.
type listing struct {
	resident.Store
	rooms string
	unit  int
	units *int
}

func (s listing) Poster(ctx context.Context, code string) (survey.Poster, error) {
	p, err := s.Store.Poster(ctx, code)
	if err == nil {
		p.Project.Buildings = append([]survey.Building(nil), p.Project.Buildings...)
		p.Project.Buildings[0].Rooms = s.rooms
		if s.units != nil {
			p.Project.Buildings[0].Units = nil
		}
	}
	p.Unit = s.unit
	return p, err
}

func listingSite(t *testing.T, change func(*listing)) *site {
	t.Helper()
	w := modeltest.New(t)
	l := listing{}
	change(&l)
	return siteOf(t, w, func(h *resident.Handlers) { l.Store = h.Store; h.Store = l })
}

// A home that is not on the list comes back with all that was typed and what
// to do; one that is on it is taken.
func TestUnlistedRoomOnThePage(t *testing.T) {
	s := listingSite(t, func(l *listing) { l.rooms = "1:101-104,301;2:101-104" })
	path := "/s/" + s.Poster.Code
	wrong := with(with(form(0), "room", "９０９室"), "Q16", "请修门禁")
	s.post(path, wrong).is(http.StatusUnprocessableEntity, "住户名单里没有这个房号", "010-12345678", `value="９０９室"`, "请修门禁", `href="#room"`, `aria-describedby="room-hint room-wrong"`).
		not("已填写", "提意见")
	s.post(path+"?lang=en", wrong).is(http.StatusUnprocessableEntity, "list of homes does not have this room", "010-12345678", `value="９０９室"`)
	if n := s.stored(); n != 0 {
		t.Errorf("%d answers of homes that are not listed", n)
	}
	s.post(path, with(form(0), "room", "０１０１室")).receipt()
	if n := s.stored(); n != 1 {
		t.Errorf("%d answers of one listed home", n)
	}
	// The refusal is the same whether or not a neighbour has answered, and a
	// building without a list takes every room.
	s.post(path, with(with(form(1), "unit", "2"), "room", "301")).is(http.StatusUnprocessableEntity, "住户名单里没有这个房号")
	s.post(path, with(with(form(2), "building", s.Project.Buildings[1].ID.String()), "room", "909")).receipt()
}

// The poster's unit stands in the form that everybody gets, and an empty unit
// means it; of another building it means nothing.
func TestPosterFillsInItsUnit(t *testing.T) {
	s := listingSite(t, func(l *listing) { l.unit = 2 })
	path := "/s/" + s.Poster.Code
	const here, choose = `<option value="">2 单元（贴这张海报的单元）</option>`, `<option value="">请选择单元</option>`
	s.get(path).is(http.StatusOK, here, `<option value="1">1 单元</option>`, `<option value="2">2 单元</option>`).not(choose)
	s.get(path+"?lang=en").is(http.StatusOK, `<option value="">Unit 2 (where this poster hangs)</option>`)
	s.post(path, with(form(0), "unit")).receipt()
	s.post(path, with(with(form(1), "unit", "2"), "room", "101")).is(http.StatusConflict)
	s.post(path, with(with(form(1), "unit", "1"), "room", "101")).receipt()
	s.post(path, with(with(form(2), "unit"), "room", "")).is(http.StatusUnprocessableEntity, here).not("请填写单元")
	elsewhere := with(with(form(2), "building", s.Project.Buildings[1].ID.String()), "unit")
	s.post(path, elsewhere).is(http.StatusUnprocessableEntity, choose, "请填写单元").not(here)
	s.Clean()
}

// Where the number of units is not known the unit is asked in words, and the
// poster's need not be written.
func TestPosterFillsInItsUnitInWords(t *testing.T) {
	s := listingSite(t, func(l *listing) { l.unit, l.units = 3, new(int) })
	path := "/s/" + s.Poster.Code
	s.get(path).is(http.StatusOK, "住在1号楼 3 单元（贴这张海报的单元）的可以不填", `aria-describedby="unit-hint"`)
	s.post(path, with(form(0), "unit")).receipt()
	again := s.post(path, with(form(1), "unit", "?")).is(http.StatusUnprocessableEntity, `aria-describedby="unit-hint unit-wrong"`)
	if strings.Count(again.body, `id="unit-hint"`) != 1 {
		t.Error("the hint stands twice, or not")
	}
}

// A poster of the building knows no unit, and nothing is filled in.
func TestPosterOfTheBuilding(t *testing.T) {
	s := newSite(t)
	path := "/s/" + s.Poster.Code
	s.get(path).is(http.StatusOK, `<option value="">请选择单元</option>`).not("贴这张海报", "data-own")
	s.post(path, with(form(0), "unit")).is(http.StatusUnprocessableEntity, "请填写单元")
}
