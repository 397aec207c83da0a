package admin

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// A project's result answers: what do residents see, what was promised, and
// what is to be done about it?
type resultView struct {
	page.Frame
	faults
	Result     survey.PublicResult
	Word       word // whether it is public
	Bases      []baseCard
	Promises   []promiseCard
	MayMake    bool        // speaks for the company
	MayPublish bool        // decides what residents see
	New        promiseForm // the form for one more, as it was typed
	Opened     string      // which form is open, since it comes back: prefix and kind
	Public     string      // the page that residents see, "" where there is none
	Publish    string      // where it can be published, "" for who may not
	Comments   string      // what people wrote, "" for who may not read it
}

// promiseForm is what was typed into one of a promise's forms.
type promiseForm struct{ Text, Due, Day, Note, Reason string }

// promiseCard is one promise with what the actor may do with it.
type promiseCard struct {
	survey.Promise
	Number   int
	At       string // how the names of its fields begin
	Path     string
	Word     word // of what is public
	Mine     bool // the actor speaks for who promised it
	Differs  bool // the company's version is another than the public one
	Old, New promiseVersion
	Form     promiseForm
}

// promiseVersion is the public copy of a promise or the company's own.
type promiseVersion struct {
	Text       string
	Due, First time.Time
	Moved      bool // due on another day than was first published
	Done       time.Time
	Note       string
}

func (v promiseVersion) same(w promiseVersion) bool {
	return v.Text == w.Text && v.Note == w.Note && v.Due.Equal(w.Due) && v.Done.Equal(w.Done)
}

// promiseWord is the state of a public promise.
func promiseWord(s survey.PromiseState) word {
	w := word{Key: "promise.state." + string(s), Tone: "info", Sign: "◔"}
	switch s {
	case survey.PromiseDone:
		w.Tone, w.Sign = "good", "✓"
	case survey.PromiseLate:
		w.Tone, w.Sign = "bad", "!"
	}
	return w
}

func cardOf(p survey.Promise, number int, path string, now time.Time) promiseCard {
	q := p.Published
	card := promiseCard{
		Promise: p, Number: number, At: "p" + p.ID.String() + "-", Path: path + "/promises/" + p.ID.String(),
		Old: promiseVersion{q.Text, q.Due, q.FirstDue, q.Moved(), q.Done, q.DoneNote},
		New: promiseVersion{p.Text, p.Due, q.FirstDue, !q.FirstDue.IsZero() && !q.FirstDue.Equal(p.Due), p.Done, p.DoneNote},
		Form: promiseForm{
			Text: p.Text, Due: dayValue(p.Due), Day: dayValue(now), Note: p.DoneNote,
		},
	}
	card.Differs = !p.Public() || !card.Old.same(card.New)
	if p.Public() {
		card.Word = promiseWord(q.State(now))
	}
	return card
}

// order puts first what there is to do: for the company what was returned and
// what is late, for others what waits for the district.
func (p promiseCard) order(company bool) int {
	todo := p.Waits()
	if company {
		todo = p.Mine && (p.Returned != "" || p.Public() && p.Word == promiseWord(survey.PromiseLate))
	}
	if todo {
		return 0
	}
	return 1
}

// dayValue is the value of a date input.
func dayValue(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(page.Beijing()).Format(time.DateOnly)
}

// day reads a date input as the beginning of that day in Beijing; zero where
// it is none.
func day(value string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, value, page.Beijing())
	if err != nil {
		return time.Time{}
	}
	return t
}

// showResult shows one project's result.
func (h *Handlers) showResult(c *gin.Context) error {
	v, err := h.resultOf(c)
	if err != nil {
		return err
	}
	return h.present(c, http.StatusOK, "staff/result", v)
}

// resultOf reads the result of the address and says what the actor may do.
func (h *Handlers) resultOf(c *gin.Context) (resultView, error) {
	campaign, err := idParam(c, "campaign")
	if err != nil {
		return resultView{}, err
	}
	project, err := idParam(c, "project")
	if err != nil {
		return resultView{}, err
	}
	a := actor(c)
	r, promises, err := h.Store.ProjectResult(c.Request.Context(), a, campaign, project)
	if err != nil {
		return resultView{}, err
	}
	published := r.Publication.Published()
	v := resultView{
		Result: r, Word: publishedWord(published),
		Bases:      []baseCard{{Base: "owner", Cell: cellOf(r.Owner)}, {Base: "resident", Cell: cellOf(r.Resident)}},
		MayMake:    published && a.Role.May(survey.MakePromises),
		MayPublish: published && a.Role.May(survey.PublishPromises) && a.Scope.Manages(r.Project.Place.District),
	}
	v.Frame = h.frame(c, "results", r.Project.Name, page.Crumb{Text: h.text(c, "results.title"), Path: "/admin/results"}, page.Crumb{Text: r.Project.Name})
	for i, p := range promises {
		card := cardOf(p, i+1, resultPath(campaign, project), h.Now())
		card.Mine = v.MayMake && p.Company.ID == a.Scope.Company
		v.Promises = append(v.Promises, card)
	}
	slices.SortStableFunc(v.Promises, func(p, q promiseCard) int { return cmp.Compare(p.order(v.MayMake), q.order(v.MayMake)) })
	if !published && a.Role.May(survey.PublishResults) && a.Scope.Manages(r.Campaign.Owner) {
		v.Publish = "/admin/campaigns/" + campaign.String() + "/publish"
	}
	if v.Comments, err = h.resultComments(c, r); err != nil {
		return v, err
	}
	if published {
		v.Public, err = h.publicPage(c, campaign, project)
	}
	return v, err
}

// publicPage is the stable address of a result, by a poster in use.
func (h *Handlers) publicPage(c *gin.Context, campaign, project survey.ID) (string, error) {
	posters, err := h.Store.Posters(c.Request.Context(), scope(c), campaign, project)
	if err != nil || len(posters) == 0 {
		return "", err
	}
	code := posters[0].Code
	for _, p := range posters {
		if !p.Retired {
			code = p.Code
			break
		}
	}
	return "/p/" + code, nil
}
