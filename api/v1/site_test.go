package v1_test

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api"
	"meihao/api/denied"
	"meihao/api/lang"
	"meihao/api/page"
	"meihao/api/v1"
	"meihao/model/modeltest"
	"meihao/static"
	"meihao/survey"
	"meihao/survey/intake"
	"meihao/survey/rubric"
)

// site is /api/v1 of a World behind the server of the program.
type site struct {
	*modeltest.World
	server http.Handler
}

func newSite(t testing.TB) *site { return siteOf(t, modeltest.New(t), nil) }

// siteOf serves a World; change alters the handlers before.
func siteOf(t testing.TB, w *modeltest.World, change func(*v1.Handlers)) *site {
	t.Helper()
	catalogs, err := lang.Load(static.Lang)
	w.Must(err)
	assets, err := page.LoadAssets(static.Assets)
	w.Must(err)
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	pages, err := page.Load(static.Pages, catalogs, assets, log)
	w.Must(err)
	items, err := rubric.Parse(static.Rubric)
	w.Must(err)
	desk := intake.NewDesk(w.Store, intake.DefaultOptions())
	t.Cleanup(func() { w.Must(desk.Close(context.Background())) })
	h := &v1.Handlers{Store: w.Store, Desk: desk, Pages: pages, Rubric: items, Now: w.Clock.Now, Refusals: &denied.Recorder{Store: w.Store, Pages: pages, Now: w.Clock.Now}}
	if change != nil {
		change(h)
	}
	server, err := api.New(api.Options{
		Resident: nobody{}, Systems: h, Pages: pages, Assets: assets, Log: log,
		Ready: func(context.Context) error { return errors.New("nobody asks") },
	})
	w.Must(err)
	return &site{World: w, server: server}
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

// token makes a bearer token of an actor with its own role and scope.
func (s *site) token(a survey.Actor) string {
	s.T.Helper()
	text := "mh_token-of-" + a.Username
	_, err := s.Store.AddToken(s.Ctx(), s.Admin, survey.Token{
		Account: a.Account, Name: "test", Role: a.Role, Scope: a.Scope, Expires: s.Clock.Now().Add(365 * 24 * time.Hour),
	}, sha256.Sum256([]byte(text)))
	s.Must(err)
	return text
}

// answer is what came back.
type answer struct {
	t      testing.TB
	status int
	header http.Header
	body   string
}

// call sends a request; token "" sends none, body "" none either.
func (s *site) call(token, method, path, body string, header ...string) answer {
	s.T.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.server.ServeHTTP(w, r)
	return answer{s.T, w.Code, w.Header(), w.Body.String()}
}

// is checks the status and what must and must not stand in the answer.
func (a answer) is(status int, want ...string) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Errorf("status %d, want %d: %.600s", a.status, status, a.body)
	}
	for _, text := range want {
		if !strings.Contains(a.body, text) {
			a.t.Errorf("%q does not stand in %.1000s", text, a.body)
		}
	}
	return a
}

func (a answer) not(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if strings.Contains(a.body, text) {
			a.t.Errorf("%q stands in %.1000s", text, a.body)
		}
	}
	return a
}

// fails checks that the answer is an error of DESIGN §8 and nothing else.
func (a answer) fails(status int, code string, fields ...string) answer {
	a.t.Helper()
	a.is(status)
	var e struct {
		Code, Message string
		Fields        map[string]string
	}
	d := json.NewDecoder(strings.NewReader(a.body))
	d.DisallowUnknownFields()
	if err := d.Decode(&e); err != nil || e.Code != code || e.Message == "" {
		a.t.Errorf("the error is %.600s, not %s (%v)", a.body, code, err)
	}
	for _, name := range fields {
		if e.Fields[name] == "" || strings.HasPrefix(e.Fields[name], "error.") {
			a.t.Errorf("field %q is not explained: %.600s", name, a.body)
		}
	}
	if len(fields) != len(e.Fields) {
		a.t.Errorf("the fields are %v, not %v", e.Fields, fields)
	}
	return a
}

// read decodes the answer; unknown fields are a failure.
func (a answer) read(to any) {
	a.t.Helper()
	d := json.NewDecoder(strings.NewReader(a.body))
	d.DisallowUnknownFields()
	if err := d.Decode(to); err != nil {
		a.t.Fatalf("%v: %.600s", err, a.body)
	}
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
