package v1

import (
	"slices"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// QuestionsJSON is what was answered to each closed question, in the
// questionnaire's order, of one base.
type QuestionsJSON struct {
	AsOf  string         `json:"as_of"`
	Base  string         `json:"base"`
	Items []QuestionJSON `json:"items"`
}

// QuestionJSON is one question. What its reader may not see is null.
type QuestionJSON struct {
	ID        string       `json:"id"`
	Type      string       `json:"type"`
	ZH        string       `json:"zh"`
	EN        string       `json:"en"`
	Options   []OptionJSON `json:"options"`
	Responses *int64       `json:"responses"`
	Answered  *int64       `json:"answered"`
	DontKnow  *int64       `json:"dont_know"`
	Satisfied *int64       `json:"satisfied"`
	Rate      *string      `json:"rate"`
	Projects  int          `json:"projects"`
	Shown     int          `json:"shown"`
	Hidden    string       `json:"hidden,omitempty"`
}

// OptionJSON is one option with how often it was chosen.
type OptionJSON struct {
	Code  string `json:"code"`
	ZH    string `json:"zh"`
	EN    string `json:"en"`
	Count *int64 `json:"count"`
}

// showQuestions answers GET /campaigns/{id}/questions: of the projects that
// pass the filters, or of one.
func (h *Handlers) showQuestions(c *gin.Context) {
	base, err := oneOf(c, "base", []string{"owner", "resident"})
	if err != nil {
		h.fail(c, err)
		return
	}
	results, err := h.questions(c)
	if err != nil {
		h.fail(c, err)
		return
	}
	of := survey.OwnerBase
	if base == "resident" {
		of = survey.ResidentBase
	}
	list := QuestionsJSON{AsOf: moment(h.Now()), Base: baseWord(of)}
	for _, r := range survey.OfBase(results, of) {
		if r.Question.Type != survey.Text { // what people wrote is no figure
			list.Items = append(list.Items, questionJSON(r))
		}
	}
	h.send(c, list)
}

func (h *Handlers) questions(c *gin.Context) ([]survey.QuestionResult, error) {
	ctx, a, now := c.Request.Context(), actorOf(c), h.Now()
	f, err := filterOf(c)
	if err != nil {
		return nil, err
	}
	campaign, err := h.campaignOf(c)
	if err != nil {
		return nil, err
	}
	q, err := h.Store.Questionnaire(ctx, campaign.Questionnaire)
	if err != nil {
		return nil, err
	}
	if project := c.Query("project"); project != "" {
		_, e, err := h.enrolmentOf(c, project)
		if err != nil {
			return nil, err
		}
		return survey.QuestionResults(campaign, q, e, a.Role, now), nil
	}
	list, err := h.Store.Distributions(ctx, a.Scope, campaign.ID)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(d survey.Distribution) bool { return !f.keeps(&d.Project) })
	return survey.SumQuestions(campaign, q, list, a.Role, now), nil
}

func questionJSON(r survey.QuestionResult) QuestionJSON {
	q := r.Question
	j := QuestionJSON{
		ID: q.ID, Type: q.Type, ZH: q.ZH, EN: q.EN, Options: make([]OptionJSON, len(q.Options)),
		Responses: r.Responses, Answered: r.Answered, DontKnow: r.DontKnow, Satisfied: r.Satisfied, Rate: word(r.Rate),
		Projects: r.Projects, Shown: r.Shown, Hidden: r.Hidden,
	}
	for i, o := range q.Options {
		j.Options[i] = OptionJSON{Code: o.Code, ZH: o.ZH, EN: o.EN}
		if r.Counts != nil {
			j.Options[i].Count = &r.Counts[i]
		}
	}
	return j
}
