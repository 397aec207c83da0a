package admin

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/api/session"
	"meihao/survey"
	"meihao/survey/export"
	"meihao/survey/work"
)

// exportRun is a page that is opened by a job, without a browser: it keeps the
// file that the page makes.
type exportRun struct {
	progress work.Progress
	file     *work.File
	done     int // rows written
}

const exportRunKey = "export.run"

// runOf is the job that opens a page, nil where a browser does.
func runOf(c *gin.Context) *exportRun {
	found, _ := c.Get(exportRunKey)
	run, _ := found.(*exportRun)
	return run
}

// open opens the page of a route for an account.
func (run *exportRun) open(ctx context.Context, r Route, account survey.Account, order exportOrder) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, order.Path+order.Query, http.NoBody)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	failed := survey.Fail(survey.Conflict, "error.export.page") // unless the route is found
	err = failed
	engine := gin.New()
	engine.GET(r.Path, func(c *gin.Context) {
		session.Act(c, account)
		page.SetLanguage(c, order.Language)
		c.Set(exportRunKey, run)
		err = r.show(c)
	})
	engine.ServeHTTP(unread{}, request)
	return err
}

// unread is where a page goes that nobody reads.
type unread struct{}

func (unread) Header() http.Header         { return http.Header{} }
func (unread) Write(b []byte) (int, error) { return len(b), nil }
func (unread) WriteHeader(int)             {}

// every is after how many rows progress is told.
const every = 100

// counted are tables that tell of their rows as they are written. Without a
// job nobody is told.
func (run *exportRun) counted(tables []export.Table) []export.Table {
	if run == nil {
		return tables
	}
	total := 0
	for _, t := range tables {
		total += t.Size
	}
	list := make([]export.Table, len(tables))
	for i, t := range tables {
		list[i] = t
		if t.Rows == nil {
			continue
		}
		list[i].Rows = func(yield func([]export.Cell, error) bool) {
			for row, err := range t.Rows {
				if run.done++; run.done%every == 0 {
					run.progress("exporting", min(run.done, total), total)
				}
				if !yield(row, err) {
					return
				}
			}
		}
	}
	return list
}

// digestOf tells orders apart in what there is only one of.
func digestOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}
