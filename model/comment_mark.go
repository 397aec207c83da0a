package model

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"meihao/survey"
)

// The marks on comments.
const (
	hiddenMark   = "hidden"
	releasedMark = "released" // with comment 0, on all of a project's
)

type commentMarkRow struct {
	Campaign survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Project  survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Mark     string    `gorm:"primaryKey"`
	Comment  int64     `gorm:"primaryKey;autoIncrement:false"`
	Reason   string
	At       int64
	Account  survey.ID
}

// TableName is gorm's question.
func (commentMarkRow) TableName() string { return "comment_marks" }

// markKey names a comment within a campaign.
type markKey struct {
	project survey.ID
	comment int64
}

// hiddenView is the mark of a hidden comment with the name of who hid it.
type hiddenView struct {
	Row    commentMarkRow `gorm:"embedded"`
	ByName string
	Reason string `gorm:"-"`
	At     int64  `gorm:"-"`
}

// hidden are those of some comments that are hidden.
func (r *reading) hidden(rows []commentRow) (map[markKey]hiddenView, error) {
	found := map[markKey]hiddenView{}
	var projects []survey.ID
	for i, row := range rows {
		if i == 0 || row.Project != rows[i-1].Project {
			projects = append(projects, row.Project)
		}
	}
	if len(projects) == 0 {
		return found, nil
	}
	var views []hiddenView
	err := r.db.Table("comment_marks").Select("comment_marks.*, "+byName).
		Joins("LEFT JOIN accounts a ON a.id = comment_marks.account").
		Where("comment_marks.campaign = ? AND comment_marks.project IN ? AND comment_marks.mark = ?", r.campaign, projects, hiddenMark).
		Find(&views).Error
	for _, v := range views {
		v.Reason, v.At = v.Row.Reason, v.Row.At
		found[markKey{v.Row.Project, v.Row.Comment}] = v
	}
	return found, wrapped("comments", err)
}

// onlyHidden leaves out the projects of which nothing is hidden.
func (r *reading) onlyHidden() error {
	var some []survey.ID
	err := r.db.Model(&commentMarkRow{}).Distinct("project").Where("campaign = ? AND mark = ?", r.campaign, hiddenMark).Pluck("project", &some).Error
	r.projects = slices.DeleteFunc(r.projects, func(id survey.ID) bool { return !slices.Contains(some, id) })
	return wrapped("comments", err)
}

// released says of which projects of a campaign the comments were released to
// their companies, and when; of one project, or with 0 of all.
func (r *reading) released(project survey.ID) (map[survey.ID]int64, error) {
	db := r.db.Where("campaign = ? AND mark = ?", r.campaign, releasedMark)
	if project != 0 {
		db = db.Where("project = ?", project)
	}
	var rows []commentMarkRow
	if err := db.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("comments: %w", err)
	}
	found := make(map[survey.ID]int64, len(rows))
	for _, row := range rows {
		found[row.Project] = row.At
	}
	return found, nil
}

// commentObject names a comment in an event.
func commentObject(campaign, project survey.ID, id survey.CommentID) string {
	return "comment " + campaign.String() + "/" + project.String() + "/" + id.String()
}

// decidesComments is nil where the actor may take an action on the comments of
// a project, which lies in a district of theirs, and reads them now.
func (c *change) decidesComments(action survey.Action, campaign, project survey.ID, reader survey.Role) error {
	if err := permitted(c.actor, action); err != nil {
		return err
	}
	l := c.lookup()
	view, err := l.campaign(c.actor.Scope, campaign)
	if err != nil {
		return err
	}
	e, err := l.enrolment(c.ctx, c.actor.Scope, view.Row, project)
	if err != nil {
		return err
	}
	if !c.actor.Scope.Manages(e.Project.Place.District) {
		return survey.Fail(survey.Forbidden, "error.forbidden")
	}
	publication, err := l.publication(campaign)
	if err != nil {
		return err
	}
	if why := view.campaign().ReadsComments(reader, publication.Published(), c.at); why != "" {
		return survey.Fail(survey.Conflict, "error.comments."+why)
	}
	if !view.campaign().EnoughForComments(e.Tally, reader) {
		return survey.Fail(survey.Conflict, "error.comments.few")
	}
	return nil
}

// HideComment hides a comment from companies, for a reason (masked by
// survey.HideReason); deciders see it with the reason. Of one that is hidden
// already the first reason stays.
func (s *Store) HideComment(ctx context.Context, actor survey.Actor, campaign, project survey.ID, id survey.CommentID, reason string) error {
	reason, err := survey.HideReason(reason)
	if err != nil {
		return err
	}
	return s.change(ctx, actor, func(c *change) error {
		hidden, err := c.commentHidden(campaign, project, id)
		if err != nil || hidden {
			return err
		}
		row := commentMarkRow{campaign, project, hiddenMark, int64(id), reason, millis(c.at), actor.Account}
		if err := c.tx.Create(&row).Error; err != nil {
			return fmt.Errorf("comment: %w", err)
		}
		return c.record("comment.hidden", commentObject(campaign, project, id), reason, nil)
	})
}

// ShowComment takes back that a comment is hidden.
func (s *Store) ShowComment(ctx context.Context, actor survey.Actor, campaign, project survey.ID, id survey.CommentID) error {
	return s.change(ctx, actor, func(c *change) error {
		hidden, err := c.commentHidden(campaign, project, id)
		if err != nil || !hidden {
			return err
		}
		if err := c.unmark(campaign, project, hiddenMark, id); err != nil {
			return err
		}
		return c.record("comment.shown", commentObject(campaign, project, id), "", nil)
	})
}

// commentHidden says whether a comment is hidden that the actor may decide on;
// NotFound where there is none.
func (c *change) commentHidden(campaign, project survey.ID, id survey.CommentID) (bool, error) {
	if err := c.decidesComments(survey.HideComments, campaign, project, c.actor.Role); err != nil {
		return false, err
	}
	var n int64
	if err := c.tx.Model(&commentRow{}).Where("campaign = ? AND project = ? AND id = ?", campaign, project, int64(id)).Count(&n).Error; err != nil {
		return false, fmt.Errorf("comment: %w", err)
	}
	if n == 0 {
		return false, survey.NotFoundError("error.not_found")
	}
	return c.marked(campaign, project, hiddenMark, id)
}

func (c *change) marked(campaign, project survey.ID, mark string, id survey.CommentID) (bool, error) {
	var n int64
	err := c.tx.Model(&commentMarkRow{}).Where("campaign = ? AND project = ? AND mark = ? AND comment = ?", campaign, project, mark, int64(id)).Count(&n).Error
	return n > 0, wrapped("comment", err)
}

func (c *change) unmark(campaign, project survey.ID, mark string, id survey.CommentID) error {
	err := c.tx.Where("campaign = ? AND project = ? AND mark = ? AND comment = ?", campaign, project, mark, int64(id)).Delete(&commentMarkRow{}).Error
	return wrapped("comment", err)
}

// ReleaseComments lets the company of a project read its comments, masked and
// without the hidden ones, while the results are published: a Conflict where
// they are not, or where the answers are too few.
func (s *Store) ReleaseComments(ctx context.Context, actor survey.Actor, campaign, project survey.ID) error {
	return s.change(ctx, actor, func(c *change) error {
		if err := c.decidesComments(survey.ReleaseComments, campaign, project, survey.CompanyRole); err != nil {
			return err
		}
		if is, err := c.marked(campaign, project, releasedMark, 0); err != nil || is {
			return err
		}
		row := commentMarkRow{Campaign: campaign, Project: project, Mark: releasedMark, At: millis(c.at), Account: actor.Account}
		if err := c.tx.Create(&row).Error; err != nil {
			return fmt.Errorf("comments: %w", err)
		}
		return c.record("comments.released", object("project", project), "", detail{"campaign": campaign})
	})
}

// TakeBackComments ends a release, for a reason. What was read stays read.
func (s *Store) TakeBackComments(ctx context.Context, actor survey.Actor, campaign, project survey.ID, reason string) error {
	reason, err := survey.HideReason(reason)
	if err != nil {
		return err
	}
	return s.change(ctx, actor, func(c *change) error {
		if err := c.decidesComments(survey.ReleaseComments, campaign, project, actor.Role); err != nil {
			return err
		}
		if is, err := c.marked(campaign, project, releasedMark, 0); err != nil || !is {
			return err
		}
		if err := c.unmark(campaign, project, releasedMark, 0); err != nil {
			return err
		}
		return c.record("comments.taken_back", object("project", project), reason, detail{"campaign": campaign})
	})
}

// RecordCommentsExport writes who takes comments away in a file, before the
// file is sent. What was searched for is not written.
func (s *Store) RecordCommentsExport(ctx context.Context, actor survey.Actor, campaign survey.ID, f survey.CommentFilter, comments int, form string) error {
	return s.change(ctx, actor, func(c *change) error {
		if err := permitted(actor, survey.ViewComments); err != nil {
			return err
		}
		if _, err := c.lookup().campaign(actor.Scope, campaign); err != nil {
			return err
		}
		d := detail{"comments": comments, "form": form}
		if f.Project != 0 {
			d["project"] = f.Project
		}
		if f.Theme != "" {
			d["theme"] = f.Theme
		}
		if strings.TrimSpace(f.Search) != "" {
			d["searched"] = true
		}
		return c.record("comments.exported", object("campaign", campaign), "", d)
	})
}
