package admin

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// printJob is how many sheets are printed at once: a browser lays them out in
// a second or two, and a printer has them in its memory.
const printJob = 500

// The print page shows the sheets of one job as they come out of the printer.
type printView struct {
	page.Frame
	Campaign  survey.Campaign
	Form      string
	Forms     []printChoice
	Sheets    []posterSheet
	Jobs      []printChoice // empty where one job has everything
	Job       printChoice
	Total     int // sheets of all jobs
	Most      int // of one job
	Codes     string
	Back      string
	Here      string // the address of this page, to come back to
	CoachPath string // "" where the role does not go there
}

// printChoice is a form or a job that one may go to.
type printChoice struct {
	Name, Path string
	Number, Of int // of a job
	From, To   int // its sheets
	Here       bool
}

// printPosters makes the print of posters: of a project, of single ones, or of
// everything that the studio shows, in building order and in jobs.
func (h *Handlers) printPosters(c *gin.Context) error {
	id, err := survey.ParseID(c.Query("campaign"))
	if err != nil {
		return err
	}
	campaign, err := h.Store.Campaign(c.Request.Context(), scope(c), id)
	if err != nil {
		return err
	}
	posters, err := h.chosen(c, campaign)
	if err != nil {
		return err
	}
	if len(posters) == 0 {
		return survey.NotFoundError("error.not_found")
	}
	v := printView{Campaign: campaign, Form: formAsked(c), Total: len(posters), Most: printJob, Here: c.Request.URL.Path + query(c)}
	v.Back = "/admin/posters?campaign=" + id.String()
	if may(c, survey.ViewCoach) {
		v.CoachPath = "/admin/campaigns/" + id.String() + "/coach"
	}
	for _, form := range posterForms() {
		v.Forms = append(v.Forms, printChoice{Name: form, Path: query(c, "form", form), Here: form == v.Form})
	}
	v.jobs(c)
	if v.Sheets, v.Codes, err = h.sheets(c, campaign, v.Form, posters[v.Job.From-1:v.Job.To]); err != nil {
		return err
	}
	v.Frame = h.frame(c, "posters", h.text(c, "posters.print.title"))
	h.Pages.Show(c, http.StatusOK, "print/posters", v)
	return nil
}

// choosePosters goes from the posters that were ticked in a list to their
// print, which is an address like that of every other print.
func (h *Handlers) choosePosters(c *gin.Context) error {
	id, err := survey.ParseID(typed(c, "campaign"))
	if err != nil {
		return err
	}
	codes := c.PostFormArray("poster")
	if len(codes) == 0 {
		return survey.Fail(survey.Invalid, "error.posters.none")
	}
	if len(codes) > printJob {
		return survey.Fail(survey.Invalid, "error.posters.ticked", "Most", printJob, "N", len(codes))
	}
	for i := range codes {
		if codes[i] = survey.NormalCode(codes[i]); len(codes[i]) != survey.PosterCodeLength {
			return survey.NotFoundError("error.not_found")
		}
	}
	return see(c, printPath(id)+"&"+url.Values{"form": {typed(c, "form")}, "poster": {strings.Join(codes, "")}}.Encode())
}

// formAsked is the form of an address, A4 for none of ours.
func formAsked(c *gin.Context) string {
	if form := c.Query("form"); slices.Contains(posterForms(), form) {
		return form
	}
	return a4Form
}

// jobs divides what is printed into jobs and finds the one asked for; beyond
// the end is the last one.
func (v *printView) jobs(c *gin.Context) {
	last := (v.Total + printJob - 1) / printJob
	at, err := strconv.Atoi(c.Query("job"))
	if err != nil || at < 1 {
		at = 1
	}
	at = min(at, last)
	for n := 1; n <= last; n++ {
		job := printChoice{
			Number: n, From: (n-1)*printJob + 1, To: min(n*printJob, v.Total), Here: n == at,
			Path: query(c, "job", strconv.Itoa(n)), Of: last,
		}
		if job.Here {
			v.Job = job
		}
		if last > 1 {
			v.Jobs = append(v.Jobs, job)
		}
	}
}

// sheets are the sheets of posters, and their codes as the form sends them
// back once they are printed.
func (h *Handlers) sheets(c *gin.Context, campaign survey.Campaign, form string, posters []survey.PosterPlace) ([]posterSheet, string, error) {
	press, err := h.press(c, campaign, form)
	if err != nil {
		return nil, "", err
	}
	list, codes := make([]posterSheet, len(posters)), make([]string, len(posters))
	for i, p := range posters {
		codes[i] = p.Code
		if list[i], err = press.print(p); err != nil {
			return nil, "", err
		}
	}
	return list, strings.Join(codes, " "), nil
}

// markPrinted notes that the posters of a job were printed. The page's script
// asks for no page in return.
func (h *Handlers) markPrinted(c *gin.Context) error {
	id, err := survey.ParseID(typed(c, "campaign"))
	if err != nil {
		return err
	}
	codes := strings.Fields(c.PostForm("codes"))
	if len(codes) == 0 || len(codes) > printJob {
		return survey.Fail(survey.Invalid, "error.posters.none")
	}
	for i := range codes {
		codes[i] = survey.NormalCode(codes[i])
	}
	if err := h.Store.MarkPrinted(c.Request.Context(), actor(c), id, codes); err != nil {
		return err
	}
	if c.PostForm("quiet") != "" {
		c.Status(http.StatusNoContent)
		return nil
	}
	back := typed(c, "back")
	if !strings.HasPrefix(back, "/admin/posters/print?") { // never to elsewhere
		back = "/admin/posters?campaign=" + id.String()
	}
	return see(c, back+"&done=printed")
}
