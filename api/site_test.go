package api_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"meihao/api"
	"meihao/api/lang"
	"meihao/api/limit"
	"meihao/api/page"
	"meihao/api/resident"
	"meihao/api/v1"
	"meihao/static"
	"meihao/survey"
)

// lobbyCode is the poster of the one lobby there is.
var lobbyCode = survey.NewPosterCode([survey.PosterCodeLength - 1]byte{1, 2, 3, 4, 5, 6, 7})

// lobby is a store of one poster, and a desk that acknowledges at once: all
// that is left is HTTP and the gate.
type lobby struct {
	residents
	systems
	poster        survey.Poster
	questionnaire *survey.Questionnaire
}

// What nobody asks for here.
type (
	residents = resident.Store
	systems   = v1.Store
)

func newLobby(t testing.TB) lobby {
	t.Helper()
	q, err := survey.ParseQuestionnaire(static.Questionnaire)
	if err != nil {
		t.Fatal(err)
	}
	units := 3
	buildings := []survey.Building{
		{ID: 11, Name: "1号楼", Units: &units, Homes: survey.Homes{Households: 90}},
		{ID: 12, Name: "2号楼", Units: &units, Homes: survey.Homes{Households: 90}},
	}
	now := time.Now()
	return lobby{questionnaire: q, poster: survey.Poster{
		Code: lobbyCode, Building: 12, Groups: survey.Groups(buildings), Tag: 77, Key: &survey.Key{1},
		Homes: survey.Homes{Households: 180},
		Campaign: survey.Campaign{
			ID: 1, Name: "满意度调查", Stage: survey.OpenStage, Admission: survey.ByRoom, Margins: survey.DefaultMargins(),
			Opens: now.Add(-time.Hour), Closes: now.Add(time.Hour), Questionnaire: 2, Version: 1,
			Asker: "示范区住房和城乡建设委员会", Phone: "010-0000 0000",
		},
		Project: survey.Project{
			ID: 3, Name: "晨光花园", Phone: "010-0000 0000", Buildings: buildings, BuildingCount: 2,
			Place: survey.Place{District: 4, Subdistrict: 5, Community: 6, Area: survey.Area{District: "示范区", Subdistrict: "梧桐街道", Community: "东里社区"}},
		},
	}}
}

func (l lobby) Poster(_ context.Context, code string) (survey.Poster, error) {
	if code != l.poster.Code {
		return survey.Poster{}, survey.Fail(survey.UnknownPoster, "error.poster.unknown")
	}
	return l.poster, nil
}

func (l lobby) Questionnaire(context.Context, survey.ID) (*survey.Questionnaire, error) {
	return l.questionnaire, nil
}

func (lobby) Submit(_ context.Context, s survey.Submission) survey.Saved {
	return survey.Saved{Receipt: s.Receipt}
}

// newSite serves the lobby as the program serves residents and systems.
func newSite(t testing.TB, change func(*survey.Poster), https bool) http.Handler {
	t.Helper()
	l := newLobby(t)
	if change != nil {
		change(&l.poster)
	}
	return newSiteOf(t, l, slog.New(slog.NewTextHandler(io.Discard, nil)), https)
}

// backend is what stands behind the site.
type backend interface {
	resident.Store
	v1.Store
	resident.Desk
}

// newSiteOf is newSite with what stands behind it.
func newSiteOf(t testing.TB, l backend, log *slog.Logger, https bool) http.Handler {
	t.Helper()
	catalogs, err := lang.Load(static.Lang)
	if err != nil {
		t.Fatal(err)
	}
	assets, err := page.LoadAssets(static.Assets)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := page.Load(static.Pages, catalogs, assets, log)
	if err != nil {
		t.Fatal(err)
	}
	far := limit.Rate{Most: 1 << 40, Within: time.Hour} // a benchmark does not come to it
	limits := limit.New(pages, limit.Settings{Pages: far, Guesses: far, Now: time.Now})
	handler, err := api.New(api.Options{
		Resident: &resident.Handlers{Store: l, Desk: l, Pages: pages, Now: time.Now, SecureCookies: https, Limits: limits},
		Systems:  &v1.Handlers{Store: l, Desk: l, Pages: pages, Now: time.Now},
		Pages:    pages, Assets: assets, Log: log, HTTPS: https, Limits: limits,
		Ready: func(context.Context) error { return errors.New("nobody asks") },
	})
	if err != nil {
		t.Fatal(err)
	}
	return handler
}
