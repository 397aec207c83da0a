package resident

import (
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// SoonView says when the result can be seen: to those who come after closing
// with thanks, to those who come too early with the way to the form.
type SoonView struct {
	Frame
	Tone    string // "good" or "quiet"
	Heading string
	Lines   []string
	Project string
	Phone   string
	Form    string // address of the form while it takes answers, else ""
	Unsent  string // poster for which this phone may still have something to send, "" while there is a form
}

// showSoon shows what is known before the result is public.
func (h *Handlers) showSoon(c *gin.Context, p survey.Poster, status int) {
	now := h.Now()
	v := SoonView{Tone: "quiet", Project: p.Project.Name, Phone: phoneOf(p)}
	heading, lines := "result.soon.thanks", []string{"resident.closed.since", planned(p.Campaign, now, ""), "resident.closed.receipt"}
	switch phase := p.Campaign.Phase(now); {
	case phase == survey.OpenStage:
		heading, lines = "result.soon.running", []string{"result.soon.until", planned(p.Campaign, now, "result.soon.later")}
		if !p.Retired {
			v.Form = addressOf(c, "/s/"+p.Code)
		}
	case phase == survey.Draft:
		heading, lines = "resident.not_open.heading", []string{"resident.not_open.from", planned(p.Campaign, now, "resident.not_open.again")}
	default:
		v.Tone, v.Unsent = "good", p.Code
		if now.Before(p.Campaign.Closes) {
			lines[0] = "resident.closed.early" // somebody closed it, its date lies ahead
		}
	}
	args := h.stopArgs(c, p)
	args["Publishes"] = page.Date(page.Language(c), p.Campaign.Publishes)
	v.Heading = h.Pages.Text(c, heading, args)
	for _, key := range lines {
		v.Lines = append(v.Lines, h.Pages.Text(c, key, args))
	}
	v.Frame = h.frame(c, p, v.Heading)
	if status < 300 {
		v.Path = "/p/" + p.Code
	}
	h.Pages.Show(c, status, "resident/soon", v)
}

// planned is the sentence about the day on which to come back: a day that is
// over is not promised again. Before the campaign has closed nothing is being
// checked yet: what is said then where no day lies ahead is without, "" after
// closing.
func planned(c survey.Campaign, now time.Time, without string) string {
	day := c.Publishes
	switch {
	case !day.IsZero() && now.Before(day.AddDate(0, 0, 1)):
		return "result.soon.day"
	case without != "":
		return without
	case day.IsZero():
		return "result.soon.unknown"
	}
	return "result.soon.late"
}
