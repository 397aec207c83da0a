package resident

import (
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// FormView is the form of one poster in one language.
type FormView struct {
	Frame
	Poster    string // code
	Draft     string // what the draft is called on the phone
	Action    string // where the form is sent
	Stay      string // path of this page and no other, also on a phone that has answered
	Privacy   string // address of the privacy notice
	Project   string
	Community string
	Building  string // "" where it is not known
	Asker     string
	Phone     string
	Closes    time.Time
	Household *HouseholdView // nil where no household is asked
	Code      *CodeView      // nil where no slip is asked
	Feedback  *FeedbackView
	First     Part   // enough by itself
	More      []Part // marked as optional
	Problems  []Problem
	Key       string // "" on the form that is the same for everyone
	Kept      bool   // carries what was typed: the draft must not replace it
	Made      *made  // the parts that are ready; nil where any differs from the next poster's
}

// Frame is page.Frame with what residents' layouts add.
type Frame struct {
	page.Frame
	Demo bool
}

// Bilingual is a text of data that carries both languages.
type Bilingual struct{ ZH, EN string }

// Part is a section of the questionnaire.
type Part struct {
	Title     Bilingual
	Questions []QuestionView
}

// QuestionView is one question with what was answered.
type QuestionView struct {
	ID, Type string
	Text     Bilingual
	Choices  []ChoiceView
	Written  string
	Max      int    // characters that may be written
	Wrong    string // what is wrong, in words
	Parent   string // "" where the question is always open
	Code     string // the parent's answer that opens it, or closes it with Not
	Not      bool
	Choice   Bilingual // that answer in words
}

// Multi says whether several answers may be chosen.
func (q QuestionView) Multi() bool { return q.Type == survey.Multi }

// IsText says whether the question is answered in words.
func (q QuestionView) IsText() bool { return q.Type == survey.Text }

// ChoiceView is one option.
type ChoiceView struct {
	Code      string
	Text      Bilingual
	Chosen    bool
	Exclusive bool
}

// Problem is one line of the error summary.
type Problem struct {
	At   string // id of the first control, "" where there is none
	Name string // what it is about
	Text string // what to do
}

// formView makes the view of the form with what was typed and what was wrong
// with it (by field, in words).
func (h *Handlers) formView(c *gin.Context, p survey.Poster, q *survey.Questionnaire, t typed, wrong map[string]string) FormView {
	building, _ := p.BuildingOf(p.Building)
	v := FormView{
		Poster: p.Code, Draft: p.Code, Action: addressOf(c, "/s/"+p.Code),
		Stay: "/s/" + p.Code + "?home=" + anotherHome, Privacy: addressOf(c, "/s/"+p.Code+"/privacy"),
		Project: p.Project.Name, Community: p.Project.Area.Community, Building: building.Name,
		Asker: p.Campaign.Asker, Phone: phoneOf(p), Closes: p.Campaign.Closes,
		Key: t.Key,
	}
	v.Frame = h.frame(c, p, h.Pages.Text(c, "resident.form.title", survey.Args{"Project": p.Project.Name}))
	switch p.Campaign.Admission {
	case survey.ByRoom:
		v.Household = householdView(p, t, wrong)
	case survey.ByCode:
		v.Code = &CodeView{strings.ToValidUTF8(t.Code, "\uFFFD"), wrong["code"]}
	}
	if p.Campaign.Feedback && p.Campaign.Admission != survey.ByOpen {
		v.Feedback = &FeedbackView{t.Lane == string(survey.OpenLane), wrong["lane"]}
	}
	for i, section := range q.Sections {
		part := Part{Title: Bilingual{section.ZH, section.EN}}
		for _, id := range section.Questions {
			part.Questions = append(part.Questions, questionView(q, q.Question(id), t, wrong[id]))
		}
		if i == 0 {
			v.First = part
			continue
		}
		v.More = append(v.More, part)
	}
	return v
}

// frame of a page about a poster.
func (h *Handlers) frame(c *gin.Context, p survey.Poster, title string) Frame {
	f := frameAt(c, "/s/"+p.Code, title)
	f.Demo = p.Campaign.Demonstration
	return f
}

// frameAt is the frame of the page at a path.
func frameAt(c *gin.Context, path, title string) Frame {
	return Frame{Frame: page.Frame{Title: title, Path: path, Size: page.SizeOf(c)}}
}

// phoneOf is the telephone that the page names: the community's, else the
// campaign's.
func phoneOf(p survey.Poster) string {
	if p.Project.Phone != "" {
		return p.Project.Phone
	}
	return p.Campaign.Phone
}

func questionView(q *survey.Questionnaire, one *survey.Question, t typed, wrong string) QuestionView {
	v := QuestionView{ID: one.ID, Type: one.Type, Text: Bilingual{one.ZH, one.EN}, Wrong: wrong, Written: t.text(one.ID), Max: survey.MaxComment}
	for _, choice := range one.Options {
		v.Choices = append(v.Choices, ChoiceView{
			Code: choice.Code, Text: Bilingual{choice.ZH, choice.EN},
			Chosen: t.has(one.ID, choice.Code), Exclusive: choice.Exclusive,
		})
	}
	if on := one.ShowIf; on.Parent != "" {
		v.Parent, v.Code, v.Not = on.Parent, on.Code, on.Not
		for _, choice := range q.Question(on.Parent).Options {
			if choice.Code == on.Code {
				v.Choice = Bilingual{choice.ZH, choice.EN}
			}
		}
	}
	return v
}
