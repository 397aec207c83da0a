package v1_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"meihao/api/v1"
	"meihao/model/modeltest"
	"meihao/survey"
)

// listing is a store whose first building has a household list and whose
// poster hangs in a unit's lobby.
type listing struct {
	v1.Store
	rooms string
	unit  int
}

func (s listing) Poster(ctx context.Context, code string) (survey.Poster, error) {
	p, err := s.Store.Poster(ctx, code)
	if err == nil {
		p.Project.Buildings = append([]survey.Building(nil), p.Project.Buildings...)
		p.Project.Buildings[0].Rooms = s.rooms
	}
	p.Unit = s.unit
	return p, err
}

func listingSite(t *testing.T, rooms string, unit int) *site {
	t.Helper()
	return siteOf(t, modeltest.New(t), func(h *v1.Handlers) { h.Store = listing{h.Store, rooms, unit} })
}

func TestUnlistedRoomOverJSON(t *testing.T) {
	s := listingSite(t, "1:101-104,301;2:101-104", 0)
	unlisted := strings.Replace(body(0), `"room":"101"`, `"room":"909"`, 1)
	s.call("", http.MethodPost, s.responses(), unlisted).fails(http.StatusUnprocessableEntity, "invalid_answers", "room").is(http.StatusUnprocessableEntity, "住户名单里没有这个房号")
	s.call("", http.MethodPost, s.responses()+"?lang=en", unlisted).is(http.StatusUnprocessableEntity, "list of homes does not have this room").not("909")
	if n := s.stored(); n != 0 {
		t.Errorf("%d answers of a home that is not listed", n)
	}
	s.answered(s.responses(), body(0), http.StatusCreated)
	elsewhere := strings.Replace(unlisted, `{"unit"`, `{"building":"2号楼","unit"`, 1)
	s.answered(s.responses(), elsewhere, http.StatusCreated)
}

// Without a unit the answer is of the poster's, in its own building.
func TestPosterFillsInItsUnitOverJSON(t *testing.T) {
	s := listingSite(t, "", 1)
	receipt := s.answered(s.responses(), body(0), http.StatusCreated)
	for _, household := range []string{`{"room"`, `{"unit":"","room"`, `{"unit":null,"room"`, `{"building":"1号楼","room"`} {
		same := strings.Replace(body(0), `{"unit":"1","room"`, household, 1)
		if again := s.answered(s.responses(), same, http.StatusOK); again != receipt {
			t.Errorf("%s is another home", household)
		}
	}
	elsewhere := strings.Replace(body(1), `{"unit":"1","room"`, `{"building":"2号楼","room"`, 1)
	s.call("", http.MethodPost, s.responses(), elsewhere).fails(http.StatusUnprocessableEntity, "invalid_answers", "unit")
}
