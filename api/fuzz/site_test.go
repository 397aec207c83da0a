// Package fuzz_test throws foreign input at the HTTP edge. The store is a map:
// instrumenting a whole SQL engine would make each try a thousand times
// dearer, and what is hunted here sits before it. Tests against the real store
// are in api/resident and api/v1.
package fuzz_test

import (
	"context"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"meihao/api"
	"meihao/api/lang"
	"meihao/api/page"
	"meihao/api/resident"
	"meihao/api/v1"
	"meihao/static"
	"meihao/survey"
	"meihao/survey/intake"
)

// memory is a store of one poster and the claims that were taken.
type memory struct {
	v1.Store
	poster   survey.Poster
	paper    *survey.Questionnaire
	receipts map[string]survey.Digest // of the change key
	claims   map[survey.Claim]bool
	changes  int
}

func (m *memory) Poster(context.Context, string) (survey.Poster, error) { return m.poster, nil }

func (m *memory) Questionnaire(context.Context, survey.ID) (*survey.Questionnaire, error) {
	return m.paper, nil
}

func (m *memory) Receipt(context.Context, string) (survey.ReceiptStatus, error) {
	return survey.ReceiptStatus{}, survey.NotFoundError("error.receipt.unknown")
}

func (m *memory) Result(context.Context, string) (survey.PublicResult, error) {
	return survey.PublicResult{}, nil
}

func (m *memory) Reanswer(_ context.Context, r survey.Reanswer) error {
	if change, known := m.receipts[r.Receipt]; !known || change != r.Change {
		return survey.NotFoundError("error.receipt.unknown")
	}
	m.changes++
	return nil
}

func (m *memory) SaveResponses(_ context.Context, group []survey.Submission) ([]survey.Saved, error) {
	saved := make([]survey.Saved, len(group))
	for i, s := range group {
		_, known := m.receipts[s.Receipt]
		switch {
		case known:
			saved[i] = survey.Saved{Receipt: s.Receipt, Change: s.ChangeKey, Retry: true}
		case m.claims[s.Claim]:
			saved[i] = survey.Saved{Err: survey.Fail(survey.AlreadyAnswered, "error.already_answered")}
		default:
			m.receipts[s.Receipt], m.claims[s.Claim] = s.Change, true
			saved[i] = survey.Saved{Receipt: s.Receipt, Change: s.ChangeKey}
		}
	}
	return saved, nil
}

const posterCode = "7KQ4M2XR"

// site is the server over a memory.
func site(t testing.TB) (http.Handler, *memory) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	catalogs, err := lang.Load(static.Lang)
	must(err)
	assets, err := page.LoadAssets(static.Assets)
	must(err)
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	pages, err := page.Load(smallPages(), catalogs, assets, log)
	must(err)
	paper, err := survey.ParseQuestionnaire(static.Questionnaire)
	must(err)
	m := &memory{paper: paper, receipts: map[string]survey.Digest{}, claims: map[survey.Claim]bool{}, poster: poster()}
	desk := intake.NewDesk(m, intake.DefaultOptions())
	t.Cleanup(func() { must(desk.Close(context.Background())) })
	server, err := api.New(api.Options{
		Resident: &resident.Handlers{Store: m, Desk: desk, Pages: pages, Now: time.Now},
		Systems:  &v1.Handlers{Store: m, Desk: desk, Pages: pages, Now: time.Now},
		Pages:    pages, Assets: assets, Log: log, Ready: func(context.Context) error { return nil },
	})
	must(err)
	return server, m
}

// smallPages say what was typed and what is wrong with it, and little else.
func smallPages() fs.FS {
	text := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		"pages/resident/_layout.html":  text(`<html lang="{{lang}}" data-size="{{.Size}}"><title>{{.Title}}</title><a href="{{sized .Path "l"}}">{{.Path}}</a>{{block "main" .}}{{end}}</html>`),
		"pages/resident/answered.html": text(`{{define "main"}}{{range .Sent}}<a href="{{.Again}}">{{.Nth}}{{.Receipt}}</a>{{end}}{{.Another}}{{.Forget}}{{end}}`),
		"pages/resident/again.html": text(`{{define "main"}}<b title="{{.Receipt}}">{{.Draft}}</b>{{range .Problems}}{{.At}}{{.Text}}{{end}}` +
			`{{range .More}}{{range .Questions}}{{.Written}}{{end}}{{end}}{{end}}`),
		"pages/resident/retry.html": text(`{{define "main"}}{{range .Fields}}<b title="{{.Name}}">{{.Value}}</b>{{end}}{{end}}`),
		"pages/resident/stop.html":  text(`{{define "main"}}{{.Heading}}{{end}}`),
		"pages/resident/error.html": text(`{{define "main"}}{{.Message}}{{end}}`),
		"pages/resident/form.html": text(`{{define "main"}}{{.Key}}{{with .Household}}{{.Room}}<b title="{{.Unit.Given}}">{{end}}` +
			`{{range .Problems}}{{.At}}{{.Text}}{{end}}{{range .More}}{{range .Questions}}{{.Written}}{{end}}{{end}}{{end}}{{define "first"}}{{end}}{{define "rest"}}{{end}}`),
	}
}

// poster of a campaign that takes rooms and feedback, in a project of three
// buildings: with two units, without units, and with unknown ones.
func poster() survey.Poster {
	two, none := 2, 0
	p := survey.Poster{Code: posterCode, Building: 1, Tag: 7, Key: &survey.Key{1, 2, 3}}
	p.Project = survey.Project{ID: 5, Name: "晨光花园", Buildings: []survey.Building{
		{ID: 1, Name: "1号楼", Units: &two}, {ID: 2, Name: "2号楼", Units: &none}, {ID: 3, Name: "甲楼"},
	}}
	for i := range p.Project.Buildings {
		p.Project.Buildings[i].Households = 50
	}
	p.Groups = survey.Groups(p.Project.Buildings)
	p.Campaign = survey.Campaign{
		ID: 9, Stage: survey.OpenStage, Admission: survey.ByRoom, Feedback: true, Questionnaire: 3,
		Opens: time.Unix(0, 0), Closes: time.Now().AddDate(10, 0, 0),
	}
	return p
}

// send posts a body and checks what holds for every answer.
func send(t testing.TB, server http.Handler, path, kind, body string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	return ask(t, server, http.MethodPost, path, body, append(headers, "Content-Type", kind)...)
}

// ask is any request, with headers by name and value.
func ask(t testing.TB, server http.Handler, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	server.ServeHTTP(w, r)
	if w.Code >= http.StatusInternalServerError {
		t.Fatalf("status %d", w.Code)
	}
	return w
}
