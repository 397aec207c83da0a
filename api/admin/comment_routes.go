package admin

import (
	"context"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// commentStore is what reading, hiding and releasing comments needs.
type commentStore interface {
	Comments(ctx context.Context, actor survey.Actor, campaign survey.ID, f survey.CommentFilter) (survey.CommentPage, error)
	HideComment(ctx context.Context, actor survey.Actor, campaign, project survey.ID, id survey.CommentID, reason string) error
	ShowComment(ctx context.Context, actor survey.Actor, campaign, project survey.ID, id survey.CommentID) error
	ReleaseComments(ctx context.Context, actor survey.Actor, campaign, project survey.ID) error
	TakeBackComments(ctx context.Context, actor survey.Actor, campaign, project survey.ID, reason string) error
	RecordCommentsExport(ctx context.Context, actor survey.Actor, campaign survey.ID, f survey.CommentFilter, comments int, form string) error

	Lexicon(ctx context.Context, owner survey.ID) (survey.StoredLexicon, error)
	ChangeLexicon(ctx context.Context, actor survey.Actor, owner survey.ID, seen int, before, to survey.Lexicon) error
	RestoreLexicon(ctx context.Context, actor survey.Actor, owner survey.ID, seen int) error
	LexiconEvents(ctx context.Context, actor survey.Actor, owner survey.ID, limit int) ([]survey.Event, error)
}

const lexiconPath = "/admin/lexicon"

// commentRoutes show what people wrote.
func (h *Handlers) commentRoutes(get, post route) {
	const campaign = "/admin/campaigns/:campaign"
	get(campaign+"/comments", survey.ViewComments, h.showComments)
	get(campaign+"/comments/export", survey.ViewComments, h.showCommentsExport)
	post(campaign+"/comments/export", survey.ViewComments, h.sendComments)

	const project = campaign + "/standings/:project/comments"
	get(project, survey.ViewComments, h.showComments)
	get(project+"/export", survey.ViewComments, h.showCommentsExport)
	post(project+"/export", survey.ViewComments, h.sendComments)
	get(project+"/release", survey.ReleaseComments, h.showRelease)
	post(project+"/release", survey.ReleaseComments, h.saveRelease)
	post(project+"/release/back", survey.ReleaseComments, h.saveTakingBack)
	post(project+"/:comment/hide", survey.HideComments, h.hideComment)
	post(project+"/:comment/show", survey.HideComments, h.unhideComment)

	get(lexiconPath, survey.EditLexicon, h.showLexicon)
	post(lexiconPath, survey.EditLexicon, h.saveLexicon)
	post(lexiconPath+"/restore", survey.EditLexicon, h.restoreLexicon)
}

// lexicon is the one by which an owner's campaigns are read.
func (h *Handlers) lexicon(c *gin.Context, owner survey.ID) (survey.StoredLexicon, error) {
	stored, err := h.Store.Lexicon(c.Request.Context(), owner)
	if err == nil && stored.Version == 0 {
		stored.Lexicon = h.Lexicon
	}
	return stored, err
}
