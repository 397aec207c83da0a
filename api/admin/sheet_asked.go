package admin

import (
	"regexp"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/survey"
	"meihao/survey/rubric"
)

// askedFigure is what owners answered to a question that belongs to an item:
// evidence beside the marks, never points by itself (RULES §6).
type askedFigure struct {
	ID, Text string
	Rate     string // of a scale
	K, N     *int64
	Parts    string // of other questions: each answer with its number
	Of       *int64 // answer sheets
	Hidden   string // why there is nothing, "" where there is
}

// questionsOf are the questions that the rubric names as an item's evidence,
// "Q10 + records"; what residents say of the complaint log is Q8 and Q8b.
func questionsOf(item rubric.Item) []string {
	ids := regexp.MustCompile(`Q[0-9]+[a-z]?`).FindAllString(item.Evidence, -1)
	if item.ID == rubric.PromptItem {
		ids = append(ids, "Q8b")
	}
	return ids
}

// askedAbout are the results of all questions in the campaign that the sheet
// reads, as its reader may see them (RULES §8); none where it reads none.
func (h *Handlers) askedAbout(c *gin.Context, s *sheetOf) (map[string]askedFigure, error) {
	f := s.one.Figures
	if f.Campaign == nil {
		return nil, nil
	}
	ctx, role := c.Request.Context(), actor(c).Role
	q, err := h.Store.Questionnaire(ctx, f.Campaign.Questionnaire)
	if err != nil {
		return nil, err
	}
	list, err := h.Store.Distributions(ctx, closestScope(s.Project), f.Campaign.ID)
	if err != nil {
		return nil, err
	}
	own, _ := apart(list, s.Project.ID)
	asked := map[string]askedFigure{}
	pick := teller{h, c}.pick
	for _, r := range survey.OfBase(survey.SumQuestions(*f.Campaign, q, own, role, h.Now()), survey.OwnerBase) {
		one := askedFigure{ID: r.Question.ID, Text: pick(r.Question.ZH, r.Question.EN), Hidden: r.Hidden}
		if !s.seesResult(role) {
			one.Hidden = survey.HiddenByRole
		}
		if one.Hidden == "" {
			one.fill(r, pick)
		}
		asked[one.ID] = one
	}
	return asked, nil
}

// closestScope is the smallest area of a project whose results are read; the
// reader sees the project, and of the area it shows nothing else.
func closestScope(p survey.Project) survey.Scope {
	if p.Place.Community != 0 {
		return survey.Scope{Community: p.Place.Community}
	}
	return survey.Scope{District: p.Place.District}
}

// seesResult says whether a role may see the sealed result: a company after
// the publication.
func (s *sheetOf) seesResult(role survey.Role) bool {
	return role != survey.CompanyRole || s.one.Figures.Published
}

func (f *askedFigure) fill(r survey.QuestionResult, pick func(zh, en string) string) {
	f.N = r.Answered
	if r.SeesRate() {
		f.Rate, f.K = r.Rate, r.Satisfied
		return
	}
	if f.Of = r.Responses; r.Answered != nil {
		f.Of = r.Answered
	}
	var parts []string
	for i, n := range r.Counts {
		if o := r.Question.Options[i]; r.Question.Type != survey.Scale {
			parts = append(parts, pick(o.ZH, o.EN)+" "+formatCount(n))
		}
	}
	f.Parts = strings.Join(parts, " · ")
}
