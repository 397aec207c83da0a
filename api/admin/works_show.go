package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/work"
)

type worksView struct {
	page.Frame
	Jobs       []jobView
	More       bool // there are older ones
	Days       int
	Others     bool // there are jobs of other accounts
	Unfinished bool
	MayImport  bool
}

// mostJobs is how many jobs the list shows; an export has all. They go after
// some days anyway.
const mostJobs = 100

// showJobs lists one's long work of the last days, and for an administrator
// everybody's.
func (h *Handlers) showJobs(c *gin.Context) error {
	most := mostJobs
	if exporting(c) {
		most = mostKept
	}
	jobs, err := h.Work.Jobs(c.Request.Context(), actor(c), most+1)
	if err != nil {
		return err
	}
	more := len(jobs) > most
	jobs = jobs[:min(most, len(jobs))]
	title := h.text(c, "job.title")
	v := worksView{Frame: h.frame(c, "work", title, page.Crumb{Text: title}), More: more, Days: work.Days, MayImport: may(c, survey.ImportProjects)}
	for _, j := range jobs {
		one := h.viewOfJob(c, j)
		v.Jobs = append(v.Jobs, one)
		v.Others = v.Others || !one.Own
		v.Unfinished = v.Unfinished || !j.Over()
	}
	return h.present(c, http.StatusOK, "staff/works", v)
}
