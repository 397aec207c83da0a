package admin

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/api/session"
	"meihao/survey"
	"meihao/survey/export"
	"meihao/survey/work"
)

// exportKind is making the file of an export that is too long to wait for.
const exportKind = "export"

// mostAtOnce is how many rows an export has at most that is made at once.
const mostAtOnce = 1000

// mostOwn is how many long exports of one account may be unfinished
// (SECURITY: exports have limits of their own).
const mostOwn = 3

// exportKept is how long the file of a long export can be had.
const exportKept = 24 * time.Hour

// gather reads the rows of tables that together are short, so that nothing is
// made twice, and says whether they are.
func gather(tables []export.Table) (whole bool, err error) {
	left := mostAtOnce
	for i := range tables {
		if tables[i].Size > left {
			return false, nil
		}
		var rows [][]export.Cell
		if tables[i].Rows != nil {
			for row, err := range tables[i].Rows {
				if err != nil {
					return false, err
				}
				if left--; left < 0 {
					return false, nil
				}
				rows = append(rows, row)
			}
		}
		tables[i].Rows = export.Of(rows, func(row []export.Cell) []export.Cell { return row })
	}
	return true, nil
}

// exportOrder is what a long export needs: the address that asked for it.
type exportOrder struct {
	Path, Query string
	Route       string // the pattern of the path
	Language    string
}

// exportLater lets a job make the file. Asking again while it is under way is
// answered with the same job, and later with a new file.
func (h *Handlers) exportLater(c *gin.Context, w workbook) error {
	order := exportOrder{Path: c.Request.URL.Path, Query: query(c, "page", "", "live", ""), Route: c.FullPath(), Language: page.Language(c)}
	text, err := json.Marshal(order)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	who := actor(c)
	once := exportKind + " " + who.Account.String() + " " + digestOf(text)
	if err := h.mayExport(c, once); err != nil {
		return err
	}
	name := strings.TrimSpace(w.Title + " " + w.Campaign)
	j, err := h.Work.Start(c.Request.Context(), who, work.Job{Kind: exportKind, Name: name, Argument: string(text), Once: once}, h.Now())
	if err != nil {
		return err
	}
	if j, err = h.await(c, j); err != nil {
		return err
	}
	if j.State == work.Done {
		return see(c, filePath(j.ID))
	}
	return see(c, jobPath(j.ID))
}

// mayExport refuses one more long export of an account that has enough of
// them under way.
func (h *Handlers) mayExport(c *gin.Context, once string) error {
	jobs, err := h.Work.Jobs(c.Request.Context(), actor(c), mostJobs)
	if err != nil {
		return err
	}
	open := 0
	for _, j := range jobs {
		if j.Kind == exportKind && j.Account == actor(c).Account && !j.Over() && j.Once != once {
			open++
		}
	}
	if open >= mostOwn {
		return survey.Fail(survey.Busy, "error.export.many", "N", mostOwn)
	}
	return nil
}

func filePath(id survey.ID) string { return jobPath(id) + "/file" }

// doExport makes the file of a long export: it opens the page for the job's
// account, as that account is now, by the handler that shows it to people, so
// that nothing is in the file that the page would not show.
func (h *Handlers) doExport(ctx context.Context, j work.Job, progress work.Progress) (work.Result, error) {
	var order exportOrder
	if err := json.Unmarshal([]byte(j.Argument), &order); err != nil {
		return work.Result{}, fmt.Errorf("job %s: %w", j.ID, err)
	}
	route, known := h.routeOf(order.Route)
	if !known { // of a version that had other pages
		return work.Result{}, survey.Fail(survey.Conflict, "error.export.page")
	}
	account, err := h.workingAs(ctx, j, route.Action)
	if err != nil {
		return work.Result{}, err
	}
	progress("gathering", 0, 0)
	account.Language = order.Language
	run, at := &exportRun{progress: progress}, h.Now()
	if err := run.open(ctx, route, account, order); err != nil {
		return work.Result{}, err
	}
	if run.file == nil { // the page has something else to say
		return work.Result{}, survey.Fail(survey.Conflict, "error.export.page")
	}
	text, err := json.Marshal(exportMade{Role: account.Role, Scope: account.Scope, Action: route.Action, At: at, Rows: run.done, Size: len(run.file.Data)})
	if err != nil {
		return work.Result{}, fmt.Errorf("export: %w", err)
	}
	return work.Result{Text: string(text), File: run.file}, nil
}

// routeOf is the route that shows a page.
func (h *Handlers) routeOf(pattern string) (Route, bool) {
	for _, r := range h.Routes() {
		if r.Method == http.MethodGet && r.Path == pattern {
			return r, true
		}
	}
	return Route{}, false
}

// page is the address of the page that was exported.
func (o exportOrder) page() string {
	values, _ := url.ParseQuery(strings.TrimPrefix(o.Query, "?"))
	values.Del("as")
	if len(values) == 0 {
		return o.Path
	}
	return o.Path + "?" + values.Encode()
}

// exportMade is what came of a long export: for whom it was made, which its
// download checks again, and what its page says.
type exportMade struct {
	Role   survey.Role
	Scope  survey.Scope
	Action survey.Action
	At     time.Time // the figures are as of then
	Rows   int
	Size   int // of the file, in bytes
}

func madeOf(j work.Job) (exportMade, bool) {
	var made exportMade
	err := json.Unmarshal([]byte(j.Result), &made)
	return made, err == nil && j.Kind == exportKind && j.State == work.Done
}

// pageOfExport is the address of the page that a job exports, "" for none.
func pageOfExport(j work.Job) string {
	var order exportOrder
	if j.Kind != exportKind || json.Unmarshal([]byte(j.Argument), &order) != nil {
		return ""
	}
	return order.page()
}

// Kilobytes is the size of the file as people read it.
func (m exportMade) Kilobytes() string { return strconv.Itoa((m.Size + 1023) / 1024) }

// sendExport sends the file of a long export: to its owner alone, for a day,
// and only while the owner is who it was made for and may still see such
// pages.
func (h *Handlers) sendExport(c *gin.Context) error {
	j, err := h.jobOf(c)
	if err != nil {
		return err
	}
	made, done := madeOf(j)
	account := session.Account(c)
	switch {
	case !done || j.Account != account.ID:
		return survey.NotFoundError("error.not_found")
	case h.expired(j):
		return survey.NotFoundError("error.export.expired")
	case account.Role != made.Role || account.Scope != made.Scope || !account.Role.May(made.Action):
		return survey.Fail(survey.Forbidden, "error.export.rights")
	}
	file, err := h.Work.File(c.Request.Context(), actor(c), j.ID)
	if err != nil {
		return err
	}
	send(c, "meihao-export", file)
	return nil
}

// expired says that the file of a long export is not to be had any more.
func (h *Handlers) expired(j work.Job) bool {
	return j.File == "" || h.Now().After(j.Ended.Add(exportKept))
}
