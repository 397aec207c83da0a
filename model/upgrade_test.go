package model_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"meihao/model/modeltest"
	"meihao/survey"
)

// firstSchema is that of the first release, of which testdata has a database.
const firstSchema = 28

// A database of the first release is brought up to date on both engines with
// nothing lost: it verifies, its receipts are known, its open campaign goes on.
func TestUpgradeFromTheFirstSchema(t *testing.T) {
	for _, e := range modeltest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			d := e.Database(t)
			loadFirstSchema(t, e, d)
			w := &modeltest.World{T: t, Clock: modeltest.NewClock(), Engine: e, Database: d}
			w.Clock.Add(time.Hour)
			w.Store = d.Open(t, w.Clock)
			db := w.SQL()
			w.Clean()
			for table, want := range map[string]int64{"responses": 41, "claims": 82, "comments": 5, "events": 17, "uploads": 0, "upload_parts": 0} {
				if n := number(t, db, "SELECT COUNT(*) FROM "+table); n != want {
					t.Errorf("%d rows in %s, want %d", n, table, want)
				}
			}
			if n := number(t, db, "SELECT COUNT(*) FROM claims WHERE refused = 1"); n != 2 {
				t.Errorf("%d claims are marked as refused, want 2", n)
			}
			status, err := w.Store.Receipt(t.Context(), "GPK2EZ543XCX5JP500")
			if err != nil || status.State != survey.Counted || !status.Sealed {
				t.Errorf("a receipt of the first release: %+v, %v", status, err)
			}
			campaigns, err := w.Store.Campaigns(t.Context(), survey.CityScope())
			w.Must(err)
			for _, c := range campaigns {
				if c.Stage == survey.OpenStage {
					w.Campaign = c
				}
				if !c.Publishes.IsZero() {
					t.Errorf("nobody planned to publish %s on %s", c.Name, c.Publishes)
				}
				if c.Stage == survey.SealedStage {
					publishes(w, c)
				}
			}
			all, err := w.Store.Posters(t.Context(), survey.CityScope(), w.Campaign.ID)
			w.Must(err)
			poster, err := w.Store.Poster(t.Context(), all[0].Code)
			w.Must(err)
			for i, want := range []string{"saved", "already_answered"} {
				got := outcome(w.Save(w.AnswerAt(poster, 5).Key([]string{"key-of-the-first-one", "key-of-the-second-one"}[i]))[0])
				if got != want {
					t.Errorf("answer %d after the upgrade: %s, want %s", i, got, want)
				}
			}
			// Its posters count from now on.
			for i, p := range places(w, poster.Project.ID) {
				want := int64(0)
				if p.Code == poster.Code {
					want = 1
				}
				if p.Answers != want || p.Opens != 0 || p.Unit != 0 || p.Name() != p.Building.Name || !p.Printed.IsZero() {
					t.Errorf("poster %d after the upgrade: %+v", i, p)
				}
			}
			w.Clean()
		})
	}
}

// publishes makes the result of a campaign public that the first release
// sealed.
func publishes(w *modeltest.World, c survey.Campaign) {
	w.T.Helper()
	city := survey.System()
	city.Scope = survey.CityScope()
	w.Must(w.Store.PublishResults(w.Ctx(), city, c.ID, 1))
	rows, total, err := w.Store.Results(w.Ctx(), city, survey.ResultFilter{Choice: survey.PublishedResult})
	w.Must(err)
	if total == 0 || rows[0].Campaign.ID != c.ID || rows[0].Owner.Answered == nil || rows[0].Snapshot != 1 {
		w.T.Errorf("%d results of the first release: %+v", total, rows)
	}
}

// loadFirstSchema makes an engine's tables as the first release did and fills
// them from testdata.
func loadFirstSchema(t *testing.T, e modeltest.Engine, d modeltest.Database) {
	t.Helper()
	folder, dialect := "migrations/sqlite", goose.DialectSQLite3
	if e != modeltest.SQLite {
		folder, dialect = "migrations/mysql", goose.DialectMySQL
	}
	files, err := fs.Sub(os.DirFS("."), folder)
	if err != nil {
		t.Fatal(err)
	}
	db := d.SQL(t)
	db.SetMaxOpenConns(1) // so that what is set below holds
	provider, err := goose.NewProvider(dialect, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(t.Context(), firstSchema); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("testdata/schema28.sql")
	if err != nil {
		t.Fatal(err)
	}
	if e != modeltest.SQLite {
		exec(t, db, "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_BACKSLASH_ESCAPES', foreign_key_checks = 0")
	}
	for statement := range strings.SplitSeq(strings.TrimSpace(string(text)), ";\nINSERT ") {
		if e != modeltest.SQLite && strings.HasPrefix(statement, "INTO uploads ") {
			continue // there they never held their data
		}
		if _, rest, found := strings.Cut(statement, "INSERT INTO"); found {
			statement = "INTO" + rest // the first one, after a comment
		}
		exec(t, db, "INSERT "+strings.TrimSuffix(statement, ";"))
	}
}
