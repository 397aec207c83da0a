package admin

import (
	"context"
	"errors"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/rubric"
)

// sheetOf is a sheet as the reader may see it, with what all of its pages
// show of it.
type sheetOf struct {
	Activity survey.Activity
	Project  survey.Project
	Sheet    rubric.Sheet
	Reading  *readingView   // nil while it reads no result
	Home     string         // the address of the sheet
	Works    bool           // takes changes now
	Idle     survey.Message // why not
	Owner    survey.Verdict // behind 1.1 and 6.1
	// Few says that k is not shown: the verdict's word stands with n/N, the one
	// exception to k/n beside it (RULES §8).
	Few      bool
	MayAdopt bool

	one rubric.Case
}

// readingView is the sealed result that 1.1 and 6.1 read.
type readingView struct {
	rubric.Reading
	Name string // of the campaign
}

// loadSheet loads the sheet of the address.
func (h *Handlers) loadSheet(c *gin.Context) (sheetOf, error) {
	activity, err := idParam(c, "activity")
	if err != nil {
		return sheetOf{}, err
	}
	project, err := idParam(c, "project")
	if err != nil {
		return sheetOf{}, err
	}
	s := sheetOf{Home: sheetPath(activity, project)}
	ctx := c.Request.Context()
	if s.Activity, s.one, err = h.Store.Sheet(ctx, scope(c), activity, project); err != nil {
		return s, err
	}
	s.Project = s.one.Project
	s.Sheet = h.Rubric.Sheet(s.Activity, s.one.Entries, s.one.Figures, actor(c).Role)
	s.Works, s.Idle = worksNow(s.Activity, h)
	if r := s.one.Entries.Reading; r != nil {
		s.Reading = &readingView{Reading: *r}
		if f := s.one.Figures; f.Campaign != nil {
			s.Reading.Name = f.Campaign.Name
		}
	}
	if f := s.one.Figures; f.Sealed != nil && f.Campaign != nil {
		s.Owner, _ = f.Sealed.Judged(*f.Campaign)
		s.Few = s.Owner.Answered < survey.FewestShown
	}
	s.MayAdopt, err = h.mayAdopt(ctx, c, &s)
	return s, err
}

// mayAdopt says whether there is a sealed result that the sheet could read and
// does not, and somebody who may decide it.
func (h *Handlers) mayAdopt(ctx context.Context, c *gin.Context, s *sheetOf) (bool, error) {
	if !may(c, survey.ScoreSheets) || !s.Works {
		return false, nil
	}
	found, err := h.readable(ctx, c, s)
	return len(found) > 0, err
}

// worksNow says whether an activity takes changes, and else why not.
func worksNow(a survey.Activity, h *Handlers) (bool, survey.Message) {
	var not *survey.Error
	if errors.As(a.Works(h.Now()), &not) {
		return false, not.Message
	}
	return true, survey.Message{}
}

// sheetFrame is the frame of a page below an activity's sheets.
func (h *Handlers) sheetFrame(c *gin.Context, a survey.Activity, title string, between ...page.Crumb) page.Frame {
	crumbs := []page.Crumb{{Text: h.text(c, "sheets.title"), Path: "/admin/sheets"}}
	if title != a.Name {
		crumbs = append(crumbs, page.Crumb{Text: a.Name, Path: sheetsPath(a.ID)})
	}
	return h.frame(c, "sheets", title, append(append(crumbs, between...), page.Crumb{Text: title})...)
}

// crumb leads back to the sheet.
func (s *sheetOf) crumb() page.Crumb { return page.Crumb{Text: s.Project.Name, Path: s.Home} }
