package resident

import (
	"errors"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// StopView is a page that says why a code leads no further, and what to do.
type StopView struct {
	Frame
	Tone    string // "good", "quiet" or "warn"
	Heading string
	Lines   []string
	Project string // "" where none is known
	Phone   string
	Entry   bool       // offers to type the code again
	Form    string     // address to go back to, "" for none
	Result  string     // address of the result, or of the day it is planned for; "" for none
	Poster  string     // whose drafts are wiped, "" for none
	Unsent  string     // poster for which this phone may still have something to send, "" for none
	Sent    []SentView // what this phone may change instead
}

// stop is what the page of one kind says, as message keys.
type stop struct {
	tone, heading string
	lines         []string
	entry, back   bool
	wipe          bool // what was typed has had its answer: it does not stay on the phone
	unsent        bool // no form stands here any more: what waits on the phone is sent from this page
	result        bool // leads to the result
	again         bool // offers to change what this phone sent before
}

// stopOf is the page of its own for a kind; false for kinds that have none.
func stopOf(kind survey.Kind) (stop, bool) {
	switch kind {
	case survey.Closed:
		return stop{tone: "quiet", heading: "resident.closed.heading",
			lines: []string{"resident.closed.since", "resident.closed.receipt", "resident.call"}, unsent: true, result: true}, true
	case survey.NotOpen:
		return stop{tone: "quiet", heading: "resident.not_open.heading",
			lines: []string{"resident.not_open.from", "resident.not_open.again"}}, true
	case survey.RetiredPoster:
		return stop{tone: "warn", heading: "resident.retired.heading",
			lines: []string{"resident.retired.what", "resident.retired.do"}, unsent: true, again: true}, true
	case survey.UnknownPoster:
		return stop{tone: "warn", heading: "resident.unknown.heading",
			lines: []string{"resident.unknown.what", "resident.unknown.do"}, entry: true}, true
	case survey.AlreadyAnswered:
		return stop{tone: "good", heading: "resident.already.heading",
			lines: []string{"resident.already.what", "resident.already.do", "resident.call"}, back: true, wipe: true, again: true}, true
	case survey.NoBase:
		return stop{tone: "good", heading: "resident.no_base.heading",
			lines: []string{"resident.no_base.what", "resident.no_base.do"}, back: true, wipe: true}, true
	case survey.TooLarge:
		return stop{tone: "warn", heading: "resident.too_large.heading",
			lines: []string{"resident.too_large.do"}, back: true}, true
	}
	return stop{}, false
}

// fail answers with the page of its own that the error's kind has, else with
// the common error page. p is the poster as far as it is known.
func (h *Handlers) fail(c *gin.Context, p survey.Poster, err error) { h.failAs(c, p, err, nil) }

// failSent is fail for answers that were sent to a poster that takes none any
// more: the page says first that these were not received, and they do not stay
// on the phone. Who pressed 提交 would else believe the opposite.
func (h *Handlers) failSent(c *gin.Context, p survey.Poster, err error, first string) {
	if survey.KindOf(err) == survey.RetiredPoster && p.Campaign.Ended(h.Now()) {
		err = survey.Fail(survey.Closed, "error.campaign.closed") // another poster would not help
	}
	h.failAs(c, p, err, func(kind survey.Kind, s stop) stop {
		switch kind {
		case survey.Closed, survey.NotOpen, survey.RetiredPoster:
			s.tone, s.wipe, s.unsent = "warn", true, false
			// What was sent before remains valid, but this was not.
			s.lines = slices.DeleteFunc(s.lines, func(line string) bool { return line == "resident.closed.receipt" })
			s.lines = slices.Insert(s.lines, 0, first)
		}
		return s
	})
}

// failAs is fail with the page of its own as somebody wants it.
func (h *Handlers) failAs(c *gin.Context, p survey.Poster, err error, as func(survey.Kind, stop) stop) {
	kind := survey.KindOf(err)
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		kind = survey.TooLarge
	}
	if kind == survey.UnknownPoster && h.Limits.Guessed(c) {
		return
	}
	s, ok := stopOf(kind)
	if !ok {
		h.Pages.Fail(c, err)
		return
	}
	if as != nil {
		s = as(kind, s)
	}
	h.showStop(c, page.Status(kind), s, p)
}

// showMistyped tells that the check symbol does not fit: no such code was
// ever printed, so there is nothing to look up.
func (h *Handlers) showMistyped(c *gin.Context) {
	h.showStop(c, page.Status(survey.UnknownPoster), stop{
		tone: "warn", heading: "resident.mistyped.heading",
		lines: []string{"resident.mistyped.what", "resident.mistyped.do"}, entry: true,
	}, survey.Poster{})
}

func (h *Handlers) showStop(c *gin.Context, status int, s stop, p survey.Poster) {
	h.Pages.Show(c, status, "resident/stop", h.stopView(c, s, p))
}

func (h *Handlers) stopView(c *gin.Context, s stop, p survey.Poster) StopView {
	args := h.stopArgs(c, p)
	v := StopView{
		Tone: s.tone, Heading: h.Pages.Text(c, s.heading, args), Project: p.Project.Name, Phone: phoneOf(p), Entry: s.entry,
	}
	v.Frame = h.frame(c, p, v.Heading)
	if p.Code == "" {
		v.Path = c.Request.URL.Path
	}
	for _, key := range s.lines {
		switch {
		case key == "resident.retired.what" && p.MovedTo == "":
			continue
		case key == "resident.closed.since" && h.Now().Before(p.Campaign.Closes):
			key = "resident.closed.early" // somebody closed it, its date lies ahead
		}
		v.Lines = append(v.Lines, h.Pages.Text(c, key, args))
	}
	if s.back && p.Code != "" {
		v.Form = formAddress(c, p.Code, len(answeredHere(c, p.Tag)) > 0)
	}
	if s.wipe {
		v.Poster = p.Code
	}
	if s.unsent {
		v.Unsent = p.Code
	}
	if s.result && p.Code != "" {
		v.Result = addressOf(c, "/p/"+p.Code)
	}
	if s.again {
		v.Sent = h.changeable(c, p)
	}
	return v
}

// stopArgs fill the sentences of the pages.
func (h *Handlers) stopArgs(c *gin.Context, p survey.Poster) survey.Args {
	language := page.Language(c)
	return survey.Args{
		"Place":  p.MovedTo,
		"Opens":  page.Moment(language, p.Campaign.Opens),
		"Closes": page.Moment(language, p.Campaign.Closes),
	}
}
