package admin

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/session"
	"meihao/survey"
)

// commentParams are the campaign, project and comment of an address.
func commentParams(c *gin.Context) (campaign, project survey.ID, id survey.CommentID, err error) {
	if campaign, err = idParam(c, "campaign"); err != nil {
		return 0, 0, 0, err
	}
	if project, err = idParam(c, "project"); err != nil {
		return 0, 0, 0, err
	}
	id, err = survey.ParseCommentID(c.Param("comment"))
	return campaign, project, id, err
}

// hideComment hides a comment for a reason.
func (h *Handlers) hideComment(c *gin.Context) error {
	campaign, project, id, err := commentParams(c)
	if err != nil {
		return err
	}
	err = h.Store.HideComment(c.Request.Context(), actor(c), campaign, project, id, typed(c, "reason"))
	f, status, mendable := h.faultsOf(c, err)
	if !mendable {
		return h.backToComment(c, err, "comment_hidden", id)
	}
	v, _, err := h.commentsOf(c, survey.CommentFilter{Limit: commentsPerPage, Count: true, After: leadingTo(project, id)})
	if err != nil {
		return err
	}
	v.faults, v.Reason = faults{Message: f.Message}, typed(c, "reason")
	if text := f.Of("reason"); text != "" {
		v.faults.Fields = map[string]string{"reason-" + id.String(): text}
	}
	v.open(id)
	h.Pages.Show(c, status, "staff/comments", v)
	return nil
}

// leadingTo is the cursor after which a comment comes first.
func leadingTo(project survey.ID, id survey.CommentID) survey.CommentCursor {
	return survey.CommentCursor{Project: project, ID: id - 1}
}

// open opens the form of a comment.
func (v *commentsView) open(id survey.CommentID) {
	v.Opened = id.String()
	for i := range v.Groups {
		for k := range v.Groups[i].Comments {
			card := &v.Groups[i].Comments[k]
			card.Open = card.ID == id
		}
	}
}

// unhideComment takes back that a comment is hidden.
func (h *Handlers) unhideComment(c *gin.Context) error {
	campaign, project, id, err := commentParams(c)
	if err != nil {
		return err
	}
	err = h.Store.ShowComment(c.Request.Context(), actor(c), campaign, project, id)
	return h.backToComment(c, err, "comment_shown", id)
}

// backToComment goes back to the page on which the form stood.
func (h *Handlers) backToComment(c *gin.Context, err error, done string, id survey.CommentID) error {
	if err != nil {
		return err
	}
	to := session.LocalPath(c.PostForm("back"))
	if !strings.HasPrefix(to, "/admin/campaigns/"+c.Param("campaign")+"/") {
		to = "/admin/campaigns/" + c.Param("campaign") + "/standings/" + c.Param("project") + "/comments"
	}
	if at := strings.IndexAny(to, "#"); at >= 0 {
		to = to[:at]
	}
	mark := "?"
	if strings.Contains(to, "?") {
		mark = "&"
	}
	return see(c, to+mark+"done="+done+"#c-"+id.String())
}

// showRelease shows what releasing the comments of a project does, with what
// its company would read.
func (h *Handlers) showRelease(c *gin.Context) error {
	return h.renderRelease(c, http.StatusOK, faults{})
}

// commentReleaseView previews what a company reads.
type commentReleaseView struct {
	commentsView
	Published bool
	More      string // the next page of the preview
}

func (h *Handlers) renderRelease(c *gin.Context, status int, f faults) error {
	list, _, err := h.commentsOf(c, survey.CommentFilter{Limit: commentsPerPage, Count: true})
	if err != nil {
		return err
	}
	v := commentReleaseView{commentsView: list}
	v.faults, v.Reason = f, typed(c, "reason")
	publication, err := h.Store.Publication(c.Request.Context(), scope(c), v.Campaign.ID)
	if err != nil {
		return err
	}
	v.Published = publication.Published()
	if v.Next != "" {
		v.More = v.Release + strings.TrimPrefix(v.Next, v.Path)
	}
	v.Title = h.text(c, "comments.release.title")
	h.Pages.Show(c, status, "staff/comments_release", v)
	return nil
}

// saveRelease releases the comments of a project to its company.
func (h *Handlers) saveRelease(c *gin.Context) error {
	return h.released(c, "comments_released", func(campaign, project survey.ID) error {
		return h.Store.ReleaseComments(c.Request.Context(), actor(c), campaign, project)
	})
}

// saveTakingBack ends the release.
func (h *Handlers) saveTakingBack(c *gin.Context) error {
	return h.released(c, "comments_back", func(campaign, project survey.ID) error {
		return h.Store.TakeBackComments(c.Request.Context(), actor(c), campaign, project, typed(c, "reason"))
	})
}

func (h *Handlers) released(c *gin.Context, done string, do func(campaign, project survey.ID) error) error {
	campaign, err := idParam(c, "campaign")
	if err != nil {
		return err
	}
	project, err := idParam(c, "project")
	if err != nil {
		return err
	}
	err = do(campaign, project)
	if f, status, mendable := h.faultsOf(c, err); mendable {
		return h.renderRelease(c, status, f)
	}
	if err != nil {
		return err
	}
	return see(c, "/admin/campaigns/"+campaign.String()+"/standings/"+project.String()+"/comments/release?done="+done)
}
