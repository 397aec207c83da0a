package resident_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"meihao/api"
	"meihao/api/lang"
	"meihao/api/page"
	"meihao/api/resident"
	"meihao/model/modeltest"
	"meihao/static"
	"meihao/survey"
	"meihao/survey/intake"
)

// site is the residents' side of a World behind the server of the program.
type site struct {
	*modeltest.World
	server http.Handler
	assets *page.Assets
}

func newSite(t testing.TB) *site { return siteOf(t, modeltest.New(t), nil) }

// siteOf serves a World; change alters the handlers before.
func siteOf(t testing.TB, w *modeltest.World, change func(*resident.Handlers)) *site {
	t.Helper()
	catalogs, err := lang.Load(static.Lang)
	w.Must(err)
	assets, err := page.LoadAssets(static.Assets)
	w.Must(err)
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	pages, err := page.Load(static.Pages, catalogs, assets, log)
	w.Must(err)
	desk := intake.NewDesk(w.Store, intake.DefaultOptions())
	t.Cleanup(func() { w.Must(desk.Close(context.Background())) })
	h := &resident.Handlers{Store: w.Store, Desk: desk, Pages: pages, Now: w.Clock.Now}
	if change != nil {
		change(h)
	}
	server, err := api.New(api.Options{
		Resident: h, Systems: nobody{}, Pages: pages, Assets: assets, Log: log,
		Ready: func(context.Context) error { return errors.New("nobody asks") },
	})
	w.Must(err)
	return &site{World: w, server: server, assets: assets}
}

// on is the site within a part of its test.
func (s *site) on(t testing.TB) *site {
	world, part := *s.World, *s
	world.T = t
	part.World = &world
	return &part
}

// nobody has no routes.
type nobody struct{}

func (nobody) Routes(gin.IRouter) {}

// answer is what came back.
type answer struct {
	t      testing.TB
	status int
	header http.Header
	body   string
}

func (s *site) send(r *http.Request) answer {
	s.T.Helper()
	w := httptest.NewRecorder()
	s.server.ServeHTTP(w, r)
	return answer{s.T, w.Code, w.Header(), w.Body.String()}
}

func (s *site) get(path string, header ...string) answer {
	s.T.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	return s.send(r)
}

func (s *site) post(path string, values url.Values, header ...string) answer {
	s.T.Helper()
	return s.postBody(path, values.Encode(), header...)
}

func (s *site) postBody(path, body string, header ...string) answer {
	s.T.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return s.send(r)
}

// is checks the status and what must and must not stand in the answer.
func (a answer) is(status int, want ...string) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Errorf("status %d, want %d\n%.600s", a.status, status, a.body)
	}
	for _, text := range want {
		if !strings.Contains(a.body, text) {
			a.t.Errorf("%q does not stand in\n%.600s", text, a.body)
		}
	}
	return a
}

// not wants none of it in the page, whatever its style sheet says.
func (a answer) not(texts ...string) answer {
	a.t.Helper()
	before, rest, _ := strings.Cut(a.body, "<style>")
	_, after, _ := strings.Cut(rest, "</style>")
	for _, text := range texts {
		if strings.Contains(before, text) || strings.Contains(after, text) {
			a.t.Errorf("%q stands in\n%.600s", text, a.body)
		}
	}
	return a
}

// receipt is the receipt in the address that a sent form leads to.
func (a answer) receipt() string {
	a.t.Helper()
	a.is(http.StatusSeeOther)
	to, err := url.Parse(a.header.Get("Location"))
	if err != nil {
		a.t.Fatal(err)
	}
	receipt := to.Query().Get("receipt")
	if !survey.CheckCode(receipt, survey.ReceiptLength) {
		a.t.Fatalf("the address %s carries no receipt", to)
	}
	return receipt
}

// stored is the number of responses of the world's campaign.
func (s *site) stored() int64 {
	s.T.Helper()
	rows, err := s.Store.Enrolments(s.Ctx(), survey.CityScope(), s.Campaign.ID)
	s.Must(err)
	var n int64
	for _, row := range rows {
		n += row.Tally.Sum(func(survey.Cell) bool { return true }).Responses
	}
	return n
}

// form is a filled form of household i: an owner who lives there.
func form(i int) url.Values {
	return url.Values{
		"key": {"key-of-household-" + string(rune('a'+i))}, "S1": {"OWNER"}, "S2": {"Y"}, "Q1": {"5"},
		"unit": {"1"}, "room": {string(rune('1'+i)) + "01"},
	}
}

// with is the form with other values; an empty list removes the name.
func with(v url.Values, name string, values ...string) url.Values {
	changed := url.Values{}
	for n, list := range v {
		changed[n] = list
	}
	changed[name] = values
	return changed
}
