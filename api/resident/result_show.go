package resident

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// ResultView is the published result of the poster's project and what its
// company promises to do about it (UX "Resident pages"; RULES §8). It is the
// same for everyone.
type ResultView struct {
	Frame
	Poster                                     string
	Project, Community, Campaign, Asker, Phone string
	Company                                    string // whose promises all are, "" where they are not one company's

	Bases     []ResultBase // owners first: theirs decides
	Meaning   string       // what it means for the selection, a word of the catalog
	Published time.Time
	Cautions  []string  // what to know of the verdict, words of the catalog
	Corrected time.Time // when it was last put right, zero for never
	Promises  []PromiseView
}

// ResultBase is one base of a result in plain words.
type ResultBase struct {
	Name                string // "owner" or "resident"
	Answered, Satisfied *int64
	Households          int64
	Rate                string // "" where it is not shown
	Width               string // of the bar, 0–100
	Outcome                    // "" in all fields where there is no word
	Hidden              string // why there is no rate
}

// Outcome is a verdict in words for a neighbour, with its sign and colour.
type Outcome struct {
	Verdict string // "above", "between", "below", "some", "few" or "none"
	Near    string // "90" or "60": so close that the sample leaves it open
	Tone    string // "good", "plain", "warn" or "bad"
	Sign    string
}

// PromiseView is one published promise as it stands today.
type PromiseView struct {
	survey.PublicPromise
	State survey.PromiseState
	Sign  string
	By    string // who promised, where it is not who manages the project now
}

// errNotPublic says that there is no published result; it never leaves.
var errNotPublic = errors.New("not published")

// showResult answers GET /p/{poster}: the stable link to the result, for
// every poster that ever hung. Before publication it says when to come back.
func (h *Handlers) showResult(c *gin.Context) {
	code, ok := h.posterCode(c)
	if !ok {
		return
	}
	p, err := h.Store.Poster(c.Request.Context(), code)
	if err != nil {
		h.fail(c, p, err)
		return
	}
	h.showOutcome(c, p, http.StatusOK)
}

// ended answers in place of the form where its campaign takes no answers any
// more, on a poster that was retired too. False where the error says
// something else.
func (h *Handlers) ended(c *gin.Context, p survey.Poster, err error) bool {
	kind := survey.KindOf(err)
	if kind != survey.Closed && (kind != survey.RetiredPoster || !p.Campaign.Ended(h.Now())) {
		return false
	}
	h.showOutcome(c, p, page.Status(survey.Closed))
	return true
}

// showOutcome shows the published result, else, with the status, when there
// will be one.
func (h *Handlers) showOutcome(c *gin.Context, p survey.Poster, status int) {
	err := errNotPublic
	if p.Campaign.Stage == survey.SealedStage {
		key := keyOfPage(c, p.Code, resultPage)
		err = h.serve(c, key, func() (source, error) { return h.resultSource(c, key, p) })
	}
	switch {
	case errors.Is(err, errNotPublic):
		h.showSoon(c, p, status)
	case err != nil:
		h.fail(c, p, err)
	}
}

// resultSource looks at the result: the page is made of its view, which
// changes when a promise falls due too.
func (h *Handlers) resultSource(c *gin.Context, key pageKey, p survey.Poster) (source, error) {
	r, err := h.Store.Result(c.Request.Context(), p.Code)
	if err != nil {
		return source{}, err
	}
	if !r.Publication.Published() {
		return source{}, errNotPublic
	}
	v := h.resultView(c, p, r)
	return source{made: v, render: func() ([]byte, error) { return h.Pages.Render(key.language, "resident/result", v) }}, nil
}

func (h *Handlers) resultView(c *gin.Context, p survey.Poster, r survey.PublicResult) ResultView {
	now := h.Now()
	v := ResultView{
		Poster: p.Code, Project: r.Project.Name, Community: r.Project.Area.Community, Company: r.Project.Company.Name,
		Campaign: r.Campaign.Name, Asker: r.Campaign.Asker, Phone: phoneOf(p),
		Bases:     []ResultBase{resultBase("owner", r.Owner), resultBase("resident", r.Resident)},
		Meaning:   meaningOf(r.Owner),
		Published: r.Publication.At,
	}
	v.Frame = h.frame(c, p, h.Pages.Text(c, "result.heading", survey.Args{"Project": r.Project.Name}))
	v.Styled = true
	v.Path = "/p/" + p.Code
	if n := len(r.Corrected); n > 0 {
		v.Corrected = r.Corrected[n-1]
	}
	for _, one := range []struct {
		word string
		is   bool
	}{{"undecided", r.Undecided}, {"held", r.HeldMatters()}, {"contested", r.Contested}} {
		if one.is {
			v.Cautions = append(v.Cautions, one.word)
		}
	}
	for _, one := range r.Promises {
		state := one.State(now)
		p := PromiseView{one, state, promiseSign(state), ""}
		if one.Company.ID != r.Project.Company.ID {
			p.By, v.Company = one.Company.Name, ""
		}
		v.Promises = append(v.Promises, p)
	}
	slices.SortStableFunc(v.Promises, func(a, b PromiseView) int {
		return cmp.Or(cmp.Compare(promiseOrder(a.State), promiseOrder(b.State)), a.Due.Compare(b.Due))
	})
	return v
}

// AfterDue says that it was done, only later than promised.
func (p PromiseView) AfterDue() bool { return p.Done.After(p.Due) }

// promiseOrder puts first what a neighbour asks about first: what is late, then
// what is to come.
func promiseOrder(s survey.PromiseState) int {
	return slices.Index([]survey.PromiseState{survey.PromiseLate, survey.PromiseMade, survey.PromiseDone}, s)
}

// promiseSign stands before the word of a state.
func promiseSign(s survey.PromiseState) string {
	switch s {
	case survey.PromiseDone:
		return "✓"
	case survey.PromiseLate:
		return "!"
	}
	return "◔"
}

func resultBase(name string, r survey.Result) ResultBase {
	b := ResultBase{Name: name, Answered: r.Answered, Satisfied: r.Satisfied, Households: r.Households, Hidden: r.Hidden, Outcome: outcomeOf(r)}
	if r.Satisfied != nil && *r.Answered > 0 {
		b.Rate = r.Rate
		b.Width = strconv.FormatFloat(100*float64(*r.Satisfied)/float64(*r.Answered), 'f', 2, 64) // a picture, decides nothing
	}
	return b
}

// outcomeOf puts a base's two verdicts into one (RULES §5): where it stands
// between the lines of 60 and 90 %, and whether the sample can tell.
func outcomeOf(r survey.Result) Outcome {
	switch {
	case r.Item11 == "":
		return Outcome{}
	case r.Reason == survey.IndicativeOnly:
		return Outcome{Verdict: "indicative", Tone: "plain", Sign: "○"}
	case r.Item11 == survey.MetClear:
		return Outcome{Verdict: "above", Tone: "good", Sign: "▲"}
	case r.Item11 == survey.MetBorderline:
		return Outcome{Verdict: "above", Near: "90", Tone: "warn", Sign: "≈"}
	case r.Veto61 == survey.VetoClear:
		return Outcome{Verdict: "below", Tone: "bad", Sign: "▼"}
	case r.Veto61 == survey.VetoBorderline:
		return Outcome{Verdict: "below", Near: "60", Tone: "bad", Sign: "≈"}
	case r.Item11 == survey.NotMetBorderline:
		return Outcome{Verdict: "between", Near: "90", Tone: "warn", Sign: "≈"}
	case r.Veto61 == survey.ClearedBorderline:
		return Outcome{Verdict: "between", Near: "60", Tone: "warn", Sign: "≈"}
	case r.Item11 == survey.NotMetClear && r.Veto61 == survey.Cleared:
		return Outcome{Verdict: "between", Tone: "plain", Sign: "■"}
	case r.Item11 == survey.NotMetClear: // whether it is below 60 % the sample cannot tell
		return Outcome{Verdict: "not_above", Tone: "plain", Sign: "○"}
	case r.Veto61 == survey.Cleared: // whether it is above 90 % the sample cannot tell
		return Outcome{Verdict: "not_below", Tone: "plain", Sign: "○"}
	}
	return Outcome{Verdict: "few", Tone: "plain", Sign: "○"}
}

// meaningOf is what the owners' verdict means for the selection: item 1.1 and
// veto 6.1 are theirs (RULES §1). "" where no word is public.
func meaningOf(r survey.Result) string {
	switch {
	case r.Item11 == "":
		return ""
	case r.Reason == survey.IndicativeOnly:
		return "indicative"
	case r.Item11 == survey.MetClear || r.Item11 == survey.MetBorderline:
		return "met"
	case r.Veto61 == survey.VetoClear:
		return "veto"
	case r.Veto61 == survey.VetoBorderline:
		return "veto_open"
	case r.Item11 == survey.NotAssessable && r.Veto61 == survey.Undetermined:
		return "open"
	case r.Item11 == survey.NotAssessable:
		return "item_open"
	case r.Veto61 == survey.Undetermined:
		return "veto_unknown"
	}
	return "not_met"
}
