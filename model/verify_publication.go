package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"

	"gorm.io/gorm"

	"meihao/survey"
)

// publication: what is public is a sealed campaign with the snapshot that was
// there, and the last event about it says so.
func (c *verifying) publication() error {
	var row publicationRow
	err := c.look.db.Where("campaign = ?", c.campaign.ID).Take(&row).Error
	published := !errors.Is(err, gorm.ErrRecordNotFound)
	if err != nil && published {
		return fmt.Errorf("publication: %w", err)
	}
	if published && c.campaign.Stage != survey.SealedStage {
		c.find(c.where, "is published but %s", c.campaign.Stage)
	}
	if published {
		var n int64
		err := c.look.db.Model(&snapshotRow{}).Where("campaign = ? AND number = ?", row.Campaign, row.Snapshot).Count(&n).Error
		if err != nil {
			return fmt.Errorf("snapshots: %w", err)
		}
		if n == 0 {
			c.find(c.where, "is published with snapshot %d, which is not there", row.Snapshot)
		}
	}
	return c.publicationEvent(published, row)
}

func (c *verifying) publicationEvent(published bool, row publicationRow) error {
	var last eventRow
	err := c.look.db.Where("object = ? AND action IN ?", c.where, []string{publishedAction, retractedAction}).
		Order("number DESC").Limit(1).Find(&last).Error
	if err != nil {
		return fmt.Errorf("events: %w", err)
	}
	if announced := last.Action == publishedAction; announced != published {
		c.find(c.where, "is published: %t, by the last event about that: %t", published, announced)
		return nil
	}
	var d struct {
		Snapshot int `json:"snapshot"`
	}
	_ = json.Unmarshal([]byte(last.Detail), &d) // the chain's own check names a broken event
	if published && (d.Snapshot != row.Snapshot || last.At != row.At || last.Actor != row.PublishedBy) {
		c.find(c.where, "has a publication that is not the one of event %d", last.Number)
	}
	return nil
}

// promisesAtOnce is how many promises' events one query asks for.
const promisesAtOnce = 500

// promises: each belongs to an enrolment, and what residents see of it is what
// the last event of publishing it says.
func (c *verifying) promises() error {
	var rows []promiseRow
	if err := c.look.db.Where("campaign = ?", c.campaign.ID).Order("project, id").Find(&rows).Error; err != nil {
		return fmt.Errorf("promises: %w", err)
	}
	for some := range slices.Chunk(rows, promisesAtOnce) {
		shown, err := c.shownPromises(some)
		if err != nil {
			return err
		}
		for _, row := range some {
			c.promise(row, shown[object("promise", row.ID)])
		}
	}
	return nil
}

// shownPromises are the last events that say what residents see of promises.
func (c *verifying) shownPromises(rows []promiseRow) (map[string]eventRow, error) {
	objects := make([]string, len(rows))
	for i, row := range rows {
		objects[i] = object("promise", row.ID)
	}
	var events []eventRow
	err := c.look.db.Where("object IN ? AND action IN ?", objects, []string{promisePublished, promiseTakenDown}).
		Order("number").Find(&events).Error
	if err != nil {
		return nil, fmt.Errorf("events: %w", err)
	}
	last := make(map[string]eventRow, len(events))
	for _, e := range events {
		last[e.Object] = e
	}
	return last, nil
}

func (c *verifying) promise(row promiseRow, last eventRow) {
	if c.project(row.Project, "has promises") == nil {
		return
	}
	where := object("promise", row.ID)
	p := row.promise()
	if n := utf8.RuneCountInString(p.Text); n < survey.ShortestPromise || n > survey.LongestPromise || p.Due.IsZero() {
		c.find(where, "has no text or no due day that the rules allow")
	}
	switch announced := last.Action == promisePublished; {
	case p.Public() && !announced:
		c.find(where, "is public without an event that published it")
	case !p.Public() && announced:
		c.find(where, "is not public, but event %d published it", last.Number)
	case p.Public() && !sameDetail(last.Detail, publicDetail(p.Published)):
		c.find(where, "shows residents what event %d did not publish", last.Number)
	}
}

// sameDetail says whether an event's detail has all of these values.
func sameDetail(text string, want detail) bool {
	var got map[string]any
	if json.Unmarshal([]byte(text), &got) != nil {
		return true // the chain's own check names a broken event
	}
	for name, value := range want {
		if got[name] != value {
			return false
		}
	}
	return true
}

// lostPromises finds promises that were published, by the audit chain, and
// neither taken down since nor there.
func (v *verifier) lostPromises() error {
	var events []eventRow
	err := v.look.db.Select("number", "object", "action").Where("action IN ?", []string{promisePublished, promiseTakenDown}).
		Order("number").Find(&events).Error
	if err != nil {
		return fmt.Errorf("events: %w", err)
	}
	public := map[string]bool{}
	for _, e := range events {
		public[e.Object] = e.Action == promisePublished
	}
	var ids []survey.ID
	if err := v.look.db.Model(&promiseRow{}).Pluck("id", &ids).Error; err != nil {
		return fmt.Errorf("promises: %w", err)
	}
	for _, id := range ids {
		delete(public, object("promise", id))
	}
	for _, where := range slices.Sorted(maps.Keys(public)) {
		if public[where] {
			v.find(where, "was published and is gone")
		}
	}
	return nil
}
