package admin

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/api/session"
	"meihao/survey"
	"meihao/survey/export"
)

// The tables of a page as Excel or CSV: the same address with as=xlsx or
// as=csv, so the same permission, filter and view; only that a list comes
// whole instead of page by page.

// exporting says whether an address asks for the tables of its page.
func exporting(c *gin.Context) bool {
	return c.Request.Method == http.MethodGet && (c.Query("as") == asExcel || c.Query("as") == asCSV)
}

// tabular is a view with tables. They are made of the view alone, so that no
// figure stands in them that the page would not show (RULES §8).
type tabular interface {
	workbook(t teller) workbook
}

// workbook is what a view gives to be exported.
type workbook struct {
	Title    string // of what it is, in the file's name too
	Campaign string // "" where it is of none
	Tables   []export.Table
	Notes    []export.Note // filters, as of when, how to read it
}

// present answers with a page, or with its tables where the address asks for
// them: at once where they are short, else by a job that does the same.
func (h *Handlers) present(c *gin.Context, status int, name string, view any) error {
	v, ok := view.(tabular)
	if !ok || !exporting(c) {
		if ok {
			h.sayFilters(c, v)
		}
		h.Pages.Show(c, status, name, view)
		return nil
	}
	t := teller{h, c}
	w := v.workbook(t)
	run := runOf(c)
	if run == nil {
		whole, err := gather(w.Tables)
		if err != nil {
			return err
		}
		if !whole {
			return h.exportLater(c, w)
		}
	}
	file, err := h.fileOf(t, w, run)
	if err != nil {
		return err
	}
	if run != nil {
		run.file = &file
		return nil
	}
	send(c, "meihao-"+name[strings.LastIndex(name, "/")+1:], file)
	return nil
}

// notes are the sheet of notes: what it is, of which campaign, by whom and
// when, and how to read it.
func (t teller) notes(w workbook) []export.Note {
	list := []export.Note{t.note("export.what", w.Title)}
	if w.Campaign != "" {
		list = append(list, t.note("export.campaign", w.Campaign))
	}
	list = append(list, w.Notes...)
	list = append(list,
		t.note("export.at", page.Moment(page.Language(t.c), t.h.Now())),
		t.note("export.by", t.account(session.Account(t.c))),
		t.note("export.rules", survey.RulesVersion))
	if t.h.Demo {
		list = append(list, t.note("staff.demo", t.say("staff.demo.what")))
	}
	return list
}

// account is somebody with their role and area.
func (t teller) account(a survey.Account) string {
	scope := a.ScopeName
	if scope == "" {
		scope = t.say("scope.city")
	}
	return t.say("export.account", "Name", a.Username, "Role", t.say("role."+string(a.Role)), "Scope", scope)
}
