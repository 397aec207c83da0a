package admin

import (
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// The results of questions answer: what are people content with, and where
// would improving begin?
type questionsView struct {
	page.Frame
	listFilter
	Campaign campaignRow
	Project  *survey.Project // nil for an area
	Base     string          // "owner" or "resident"
	Bases    []baseChoice
	Sections []questionSection
	Scale    []scaleWord // what the colours of the bars mean
	Aspects  []aspectRow
	Quadrant *quadrant
	Rest     restOf // what an aspect is compared with
	Linked   string // why there is no association, "" where there is: "running", "pending", "few", "large"
	Most     int64  // answer sheets that are read for associations
	AsOf     time.Time
	Live     bool // the figures still move
	// None is why there is nothing on the page: "draft", "waiting", "role",
	// "few", "empty" (no answer yet), "nobody" (no project passes the filter).
	None            string
	Projects, Shown int
	Responses       int64  // counted answer sheets of the shown projects
	Back            string // the project's standing
	Comments        string // where free text is read, "" for who may not
}

// baseChoice is one of the two bases to look at.
type baseChoice struct {
	Base, Path string
	Here       bool
}

// asking is what a page of questions is made of.
type asking struct {
	campaign survey.Campaign
	q        *survey.Questionnaire
	role     survey.Role
	now      time.Time
	base     survey.Bases
}

// showQuestions adds up the projects of an area.
func (h *Handlers) showQuestions(c *gin.Context) error {
	campaign, err := h.campaignOf(c)
	if err != nil {
		return err
	}
	a, err := h.askingOf(c, campaign)
	if err != nil {
		return err
	}
	list, err := h.Store.Distributions(c.Request.Context(), scope(c), campaign.ID)
	if err != nil {
		return err
	}
	v := h.questionsOf(c, a)
	v.Frame = h.campaignFrame(c, campaign, h.text(c, "questions.title"))
	v.listFilter = filterAmong(c, projectsOf(list))
	kept := slices.DeleteFunc(list, func(d survey.Distribution) bool { return !v.keeps(&d.Project) })
	v.Comments = h.commentsPath(c, v.Campaign.Path+"/comments")
	if err := h.fillQuestions(c, &v, a, kept, nil); err != nil {
		return err
	}
	return h.present(c, 200, "staff/questions", v)
}

// projectsOf are the projects of distributions as a filter takes them.
func projectsOf(list []survey.Distribution) []survey.Enrolment {
	projects := make([]survey.Enrolment, len(list))
	for i := range list {
		projects[i].Project = list[i].Project
	}
	return projects
}

// askingOf reads of an address who asks for which base, and the questionnaire.
func (h *Handlers) askingOf(c *gin.Context, campaign survey.Campaign) (asking, error) {
	q, err := h.Store.Questionnaire(c.Request.Context(), campaign.Questionnaire)
	a := asking{campaign, q, actor(c).Role, h.Now(), survey.OwnerBase}
	if c.Query("base") == baseWord(survey.ResidentBase) {
		a.base = survey.ResidentBase
	}
	return a, err
}

func baseWord(base survey.Bases) string {
	if base == survey.ResidentBase {
		return "resident"
	}
	return "owner"
}

// questionsOf is the view without its figures.
func (h *Handlers) questionsOf(c *gin.Context, a asking) questionsView {
	v := questionsView{Campaign: rowOf(a.campaign, actor(c), a.now), Base: baseWord(a.base), AsOf: a.now, Most: survey.MostCrossed}
	v.Live = v.Campaign.Running()
	for _, base := range survey.BothBases.Each() {
		word := baseWord(base)
		address := query(c, "base", word)
		if base == survey.OwnerBase { // the base that decides
			address = query(c, "base", "")
		}
		v.Bases = append(v.Bases, baseChoice{word, address, base == a.base})
	}
	return v
}

// fillQuestions adds up distributions and, beside them, those of the rest.
func (h *Handlers) fillQuestions(c *gin.Context, v *questionsView, a asking, list, rest []survey.Distribution) error {
	results := survey.SumQuestions(a.campaign, a.q, list, a.role, a.now)
	v.None = noneOf(v.Campaign, results, a.base)
	if v.None != "" {
		return nil
	}
	var beside []survey.QuestionResult
	if len(rest) > 0 {
		beside = survey.SumQuestions(a.campaign, a.q, rest, a.role, a.now)
		v.Rest.Projects, v.Rest.Shown = len(rest), overallOf(beside, a.base).Shown
	}
	associations, err := h.associations(c, v, a, list)
	if err != nil {
		return err
	}
	of := survey.OfBase(results, a.base)
	overall := overallOf(results, a.base)
	v.Projects, v.Shown = overall.Projects, mostShown(of)
	if overall.Responses != nil {
		v.Responses = *overall.Responses
	}
	d := drawing{pick: teller{h, c}.pick, axis: axisOf(of)}
	v.Scale = d.scaleWords(a.q)
	v.Sections = d.sections(a.q, of)
	aspects := survey.Aspects(results, beside, associations, a.base)
	v.Aspects = d.aspects(aspects)
	v.Quadrant = quadrantOf(aspects)
	return nil
}

// overallOf is the result of the overall question in a base.
func overallOf(results []survey.QuestionResult, base survey.Bases) survey.QuestionResult {
	for _, r := range results {
		if r.Base == base && r.Question.Role == survey.OverallRole {
			return r
		}
	}
	return survey.QuestionResult{}
}

// mostShown is how many projects are in the result that has most.
func mostShown(results []survey.QuestionResult) int {
	most := 0
	for _, r := range results {
		most = max(most, r.Shown)
	}
	return most
}

// noneOf says why a page has no figures at all, "" if it has.
func noneOf(campaign campaignRow, results []survey.QuestionResult, base survey.Bases) string {
	hidden := ""
	for _, r := range survey.OfBase(results, base) {
		switch {
		case r.Projects == 0:
			return "nobody"
		case r.Shown > 0:
			return ""
		case r.Hidden != "":
			hidden = r.Hidden
		}
	}
	switch {
	case !campaign.Started():
		return "draft"
	case campaign.Phase == waiting:
		return "waiting"
	case hidden == survey.HiddenByRole:
		return "role"
	}
	return "few"
}

// associations of the aspects with overall satisfaction: none before the
// campaign has ended, and none of more answer sheets than are read at once.
func (h *Handlers) associations(c *gin.Context, v *questionsView, a asking, list []survey.Distribution) ([]survey.Association, error) {
	if !a.campaign.Ended(a.now) {
		v.Linked = "running"
		return nil, nil
	}
	x := survey.NewCrossing(a.campaign, a.q, list, a.role, a.now)
	if x.Sheets() > survey.MostCrossed {
		v.Linked = "large"
		return nil, nil
	}
	if len(x.Projects()) > 0 {
		if err := h.Store.Cross(c.Request.Context(), scope(c), a.campaign.ID, x); err != nil {
			return nil, err
		}
	}
	found := x.Associations(a.base)
	v.Linked = "few"
	for _, one := range found {
		switch {
		case one.Measured():
			v.Linked = ""
			return found, nil
		case one.Hidden == survey.HiddenPending:
			v.Linked = "pending"
		}
	}
	return found, nil
}

// commentsPath leads to what was written, with the filters of the address; ""
// for who may not read it.
func (h *Handlers) commentsPath(c *gin.Context, path string) string {
	if !may(c, survey.ViewComments) {
		return ""
	}
	return path + carry(c)
}
