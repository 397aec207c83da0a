package admin

import (
	"cmp"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/roster"
	"meihao/survey/work"
)

type complaintImportView struct {
	page.Frame
	faults
	MegaBytes, Rows int
	// as typed:
	Document, From, To, District, OfTyped string
	Chosen                                string // activity
	Activities                            []survey.Activity
	AskDistrict                           bool
	Districts                             []string
	Open                                  bool // the part that few files need
}

// showComplaintImport asks for a file of complaints.
func (h *Handlers) showComplaintImport(c *gin.Context) error {
	return h.renderComplaintImport(c, http.StatusOK, faults{})
}

func (h *Handlers) renderComplaintImport(c *gin.Context, status int, f faults) error {
	choice, err := h.activityAsked(c)
	if err != nil {
		return err
	}
	places, err := h.Store.Places(c.Request.Context(), scope(c))
	if err != nil {
		return err
	}
	title := h.text(c, "complaints.import")
	v := complaintImportView{
		Frame: h.complaintFrame(c, title), faults: f, MegaBytes: roster.MaxBytes >> 20, Rows: roster.MaxRows,
		Document: typed(c, "document"), From: typed(c, "from"), To: typed(c, "to"), District: typed(c, "district"), OfTyped: typed(c, "of"),
		Chosen: cmp.Or(typed(c, "activity"), choice.Activity.ID.String()), Activities: choice.Activities,
		AskDistrict: scope(c).All, Districts: districtNames(places),
	}
	v.Open = v.OfTyped != "" || f.Of("of") != "" || f.Of("activity") != ""
	h.Pages.Show(c, status, "staff/complaint_import", v)
	return nil
}

// saveComplaintUpload keeps a file until its preview is accepted, and begins
// to plan it. Nothing is changed.
func (h *Handlers) saveComplaintUpload(c *gin.Context) error {
	p, err := complaintsPlanned(c)
	var j work.Job
	if err == nil && p.Activity == 0 {
		var newest activityChoice
		newest, err = h.activityAsked(c)
		p.Activity = newest.Activity.ID
	}
	if err == nil {
		p.Upload, err = h.upload(c)
	}
	if err == nil {
		j, err = h.complaintPlan(c, p, time.Time{})
	}
	if err == nil && j.Problem != nil {
		err = errors.Join(j.Problem, h.Store.RemoveUpload(c.Request.Context(), actor(c), p.Upload))
	}
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderComplaintImport(c, status, f)
	}
	if err != nil {
		return err
	}
	if j.State != work.Done {
		return see(c, jobPath(j.ID))
	}
	return see(c, complaintImportPath+"/"+p.Upload.String())
}

// complaintsPlanned reads what is said of a file.
func complaintsPlanned(c *gin.Context) (plannedComplaints, error) {
	p := plannedComplaints{Document: typed(c, "document"), District: typed(c, "district")}
	e := survey.Fail(survey.Invalid, "error.complaint.fields")
	var is bool
	if p.From, is = monthTyped(typed(c, "from")); !is {
		e.Field("from", "error.complaint.month")
	}
	if p.To, is = monthTyped(typed(c, "to")); !is {
		e.Field("to", "error.complaint.month")
	}
	if (p.From == 0) != (p.To == 0) && len(e.Fields) == 0 {
		e.Field("to", "error.complaint.months")
	}
	if len([]rune(p.Document)) > longestDocument {
		e.Field("document", "error.complaint.long")
	}
	if of := typed(c, "of"); of != "" {
		n, err := strconv.Atoi(of)
		if err != nil || n < 1 || n > mostRanked {
			e.Field("of", "error.complaint.of")
		}
		p.Of = n
	}
	if id := typed(c, "activity"); id != "" {
		activity, err := survey.ParseID(id)
		if err != nil {
			e.Field("activity", "error.complaint.activity")
		}
		p.Activity = activity
	}
	if len(e.Fields) > 0 {
		return p, e
	}
	return p, nil
}

const (
	longestDocument = 200
	mostRanked      = 1_000_000
)

// sendComplaintTemplate sends a small file to fill in: of tickets, of monthly
// totals or of a city ranking.
func (h *Handlers) sendComplaintTemplate(c *gin.Context) error {
	form := roster.ComplaintForm(c.Query("form"))
	switch form {
	case roster.Months, roster.Ranks:
	default:
		form = roster.Tickets
	}
	data, err := roster.ComplaintTemplate(form, page.Language(c))
	if err != nil {
		return err
	}
	c.Header("Cache-Control", "no-store")
	c.Header("Content-Disposition", `attachment; filename="meihao-complaints-`+string(form)+`.xlsx"`)
	c.Data(http.StatusOK, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", data)
	return nil
}
