package model

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"meihao/survey"
)

// commentMarks: each hidden comment exists, and is hidden by the last event
// about it; no other is.
func (c *verifying) commentMarks() error {
	var lost []commentMarkRow
	err := c.look.db.Raw(`SELECT m.* FROM comment_marks m LEFT JOIN comments t ON t.campaign = m.campaign AND t.project = m.project AND t.id = m.comment
		WHERE m.campaign = ? AND m.mark = ? AND t.id IS NULL`, c.campaign.ID, hiddenMark).Scan(&lost).Error
	if err != nil {
		return fmt.Errorf("comments: %w", err)
	}
	for _, m := range lost {
		c.find(fmt.Sprintf("%s project %s", c.where, m.Project), "hides a comment that is not there")
	}
	var marks []commentMarkRow
	if err := c.look.db.Where("campaign = ?", c.campaign.ID).Order("project, mark, comment").Find(&marks).Error; err != nil {
		return fmt.Errorf("comments: %w", err)
	}
	hidden := map[string]bool{}
	for _, m := range marks {
		if c.project(m.Project, "has marks on comments") == nil {
			continue
		}
		if m.Mark == hiddenMark {
			hidden[commentObject(m.Campaign, m.Project, survey.CommentID(m.Comment))] = true
		}
	}
	return c.commentEvents(hidden)
}

// commentEvents compares what is hidden with what the audit chain says.
func (c *verifying) commentEvents(hidden map[string]bool) error {
	var events []eventRow
	err := c.look.db.Select("number", "object", "action").Where("action IN ?", []string{"comment.hidden", "comment.shown"}).Order("number").Find(&events).Error
	if err != nil {
		return fmt.Errorf("events: %w", err)
	}
	said := map[string]bool{}
	for _, e := range events {
		if strings.HasPrefix(e.Object, "comment "+c.campaign.ID.String()+"/") {
			said[e.Object] = e.Action == "comment.hidden"
		}
	}
	for _, where := range slices.Sorted(maps.Keys(hidden)) {
		if !said[where] {
			c.find(where, "is hidden without an event that hid it")
		}
	}
	for _, where := range slices.Sorted(maps.Keys(said)) {
		if said[where] && !hidden[where] {
			c.find(where, "is shown, though the last event hid it")
		}
	}
	return nil
}
