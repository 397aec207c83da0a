package admin

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/survey"
	"meihao/survey/export"
)

// commentExportView asks for the password before comments leave in a file
// (SECURITY: re-authentication for exports of free text).
type commentExportView struct {
	commentsView
	Send    string // where the form goes
	Query   string // with what the page was narrowed to; one more value can follow
	Back    string // the page as it was narrowed
	Filters []string
	Most    int
}

// showCommentsExport asks for the password.
func (h *Handlers) showCommentsExport(c *gin.Context) error {
	return h.renderCommentsExport(c, http.StatusOK, faults{})
}

func (h *Handlers) renderCommentsExport(c *gin.Context, status int, f faults) error {
	list, _, err := h.commentsOf(c, survey.CommentFilter{})
	if err != nil {
		return err
	}
	v := commentExportView{commentsView: list, Most: survey.MostExportedComments}
	v.faults = f
	v.Send, v.Query = v.Path+"/export", query(c, "after", "", "as", "")
	v.Back = v.Path
	if v.Query != "?" {
		v.Back += v.Query
		v.Query += "&"
	}
	for _, n := range (teller{h, c}).commentFilter(list) {
		v.Filters = append(v.Filters, strings.Split(n.Text, "\n")...)
	}
	v.Title = h.text(c, "comments.export.title")
	h.Pages.Show(c, status, "staff/comments_export", v)
	return nil
}

// sendComments sends the comments of the address as a file, to who knows the
// account's password. Who took what is in the audit record before it is sent.
func (h *Handlers) sendComments(c *gin.Context) error {
	if c.Query("as") != asExcel && c.Query("as") != asCSV {
		return survey.NotFoundError("error.not_found")
	}
	ctx, a := c.Request.Context(), actor(c)
	if err := h.exports.take(ctx, a.Account, exportWait); err != nil {
		return err
	}
	defer h.exports.free(a.Account)
	err := h.Sessions.Confirm(c, c.PostForm("current"))
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderCommentsExport(c, status, f)
	}
	if err != nil {
		return err
	}
	v, f, err := h.commentsOf(c, survey.CommentFilter{Limit: survey.MostExportedComments, All: true})
	if err != nil {
		return err
	}
	if v.Why != "" {
		return survey.Fail(survey.Conflict, "error.comments."+v.Why)
	}
	t := teller{h, c}
	file, err := h.fileOf(t, v.table(t), nil)
	if err != nil {
		return err
	}
	if err := h.Store.RecordCommentsExport(ctx, a, v.Campaign.ID, f, v.Count, c.Query("as")); err != nil {
		return err
	}
	send(c, "meihao-comments", file)
	return nil
}

// commentFilter says what comments are narrowed by.
func (t teller) commentFilter(v commentsView) []export.Note {
	notes := t.filter(v.listFilter)
	var parts []string
	if notes[0].Text != t.say("export.filter.none") {
		parts = append(parts, notes[0].Text)
	}
	add := func(key, value string) {
		if value != "" {
			parts = append(parts, t.say(key)+": "+value)
		}
	}
	if v.Project != nil {
		add("project.name", v.Project.Name)
	}
	for _, chip := range v.Chips {
		if chip.Here {
			add("comments.theme", chip.Name)
		}
	}
	add("comments.search", v.Term)
	if v.Hidden {
		parts = append(parts, t.say("comments.hidden.only"))
	}
	return t.narrowed(parts)
}

// table is the file of the comments: as masked as the page, and like it
// without building, lane and day.
func (v commentsView) table(t teller) workbook {
	type line struct {
		survey.Project
		commentCard
	}
	var lines []line
	for _, g := range v.Groups {
		for _, one := range g.Comments {
			lines = append(lines, line{g.Project, one})
		}
	}
	keys := []string{"project.name", "scope.district", "scope.subdistrict", "scope.community", "comments.text", "comments.themes"}
	if v.Office {
		keys = append(keys, "comments.hidden.because")
	}
	notes := append(t.commentFilter(v), t.reading("comments.rule.all", "comments.rule.masked", "comments.rule.never", "comments.rule.themes")...)
	if v.Next != "" {
		notes = append(notes, t.note("comments.export.cut", t.say("comments.export.most", "N", survey.MostExportedComments)))
	}
	return workbook{Title: v.Title, Campaign: v.Campaign.Name, Notes: notes, Tables: []export.Table{{
		Title: t.say("comments.title"), Columns: t.columns(keys...),
		Rows: export.Of(lines, func(l line) []export.Cell {
			row := append([]export.Cell{export.String(l.Project.Name)}, area(l.Project.Area)...)
			row = append(row, export.String(l.Text.Plain(t.mask)), export.String(strings.Join(l.Names, t.say("list.comma"))))
			if v.Office {
				row = append(row, export.String(l.Hidden))
			}
			return row
		}),
	}}}
}

// mask is the word that stands in place of what is masked.
func (t teller) mask(m survey.Mask) string { return t.say("mask." + string(m)) }
