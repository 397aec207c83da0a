package model

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"meihao/survey"
)

// corrections reads from the audit chain which enrolments were corrected after
// opening: their building groups are no longer those that the rules make.
func (c *verifying) corrections() error {
	c.corrected = map[survey.ID]bool{}
	var details []string
	err := c.look.db.Table("events").Where("object = ? AND action = ?", c.where, correctedAction).Pluck("detail", &details).Error
	if err != nil {
		return fmt.Errorf("events: %w", err)
	}
	for _, text := range details {
		var d struct {
			Project survey.ID `json:"project"`
		}
		if json.Unmarshal([]byte(text), &d) == nil { // the chain's own check names a broken event
			c.corrected[d.Project] = true
		}
	}
	return nil
}

// grouped: building groups are those that the rules make of the buildings
// (RULES §1). After a correction, which never renumbers, it still holds that
// every building is in one group, every group has one, and all have homes, a
// group at least ten unless it is the whole project, as the opening makes it;
// that nothing else moved since is what the digest of the event says.
func (c *verifying) grouped(p *checked, buildings []survey.Building, groups []survey.Group) {
	if !c.corrected[p.Project.ID] {
		if packHomes(survey.Groups(buildings)) != packHomes(groups) {
			c.find(p.where, "has building groups that the rules do not make")
		}
		return
	}
	in := 0
	for _, g := range groups {
		in += len(g.Buildings)
		switch {
		case len(g.Buildings) == 0:
			c.find(p.where, "building group %d has no building", g.Number)
		case !g.Shown(len(groups)):
			c.find(p.where, "building group %d has %d homes, fewer than %d", g.Number, g.Households, survey.GroupSize)
		}
	}
	if in != len(buildings) || len(p.buildings) != len(buildings) {
		c.find(p.where, "has %d buildings, %d of them different and %d in building groups", len(buildings), len(p.buildings), in)
	}
	for _, b := range buildings {
		if b.Households < 1 || b.Occupied != nil && (*b.Occupied < 0 || *b.Occupied > b.Households) {
			c.find(p.where, "building %s has impossible numbers of homes", b.ID)
		}
	}
}

// histories: the lines of every project's history are those that the event of
// the correction knows, and every event has its lines.
func (v *verifier) histories() error {
	known, err := v.knownHistories()
	if err != nil {
		return err
	}
	rows, err := v.look.rows(v.ctx, `SELECT project, number, line, at, actor, username, way, campaign, reason,
		building, building_name, field, old_value, new_value FROM corrections ORDER BY number, project, line`)
	if err != nil {
		return fmt.Errorf("corrections: %w", err)
	}
	defer rows.Close()
	var d linesDigest
	var last correctionRow // 0 before the first
	ended := func() {
		switch digest, about := known[last.Number]; {
		case last.Number == 0:
		case !about:
			v.find(object("project", last.Project), "has a history line of event %d, which is none about it", last.Number)
		case digest != d.sum():
			v.find(fmt.Sprintf("event %d", last.Number), "has history lines that are not those it was written with")
		}
		delete(known, last.Number)
	}
	for rows.Next() {
		var r correctionRow
		err := rows.Scan(&r.Project, &r.Number, &r.Line, &r.At, &r.Actor, &r.Username, &r.Way, &r.Campaign, &r.Reason,
			&r.Building, &r.BuildingName, &r.Field, &r.OldValue, &r.NewValue)
		if err != nil {
			return fmt.Errorf("corrections: %w", err)
		}
		if r.Number != last.Number {
			ended()
			d = linesDigest{}
		}
		if err := d.add(r); err != nil {
			return err
		}
		last = r
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("corrections: %w", err)
	}
	ended()
	for _, number := range slices.Sorted(maps.Keys(known)) {
		if known[number] != "" {
			v.find(fmt.Sprintf("event %d", number), "has lost its history lines")
		}
	}
	return nil
}

// knownHistories are the digests of history lines by the number of the event,
// "" for an event about corrections that changed nothing known before.
func (v *verifier) knownHistories() (map[int64]string, error) {
	var events []eventRow
	err := v.look.db.Select("number", "detail").Where("action IN ?",
		[]string{"projects.imported", "buildings.imported", "register.corrected", correctedAction}).Find(&events).Error
	if err != nil {
		return nil, fmt.Errorf("events: %w", err)
	}
	known := make(map[int64]string, len(events))
	for _, e := range events {
		var d map[string]json.RawMessage
		var digest string
		if json.Unmarshal([]byte(e.Detail), &d) == nil && d[historyDetail] != nil { // the chain's own check names a broken event
			_ = json.Unmarshal(d[historyDetail], &digest)
		}
		known[e.Number] = digest
	}
	return known, nil
}
