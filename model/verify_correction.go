package model

import (
	"encoding/json"
	"fmt"

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
// every building is in one group, every group has one, and all have homes;
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
		if len(g.Buildings) == 0 {
			c.find(p.where, "building group %d has no building", g.Number)
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

// histories: every line of a project's history belongs to an event that is
// about a correction.
func (v *verifier) histories() error {
	var lines []struct {
		Project survey.ID
		Number  int64
	}
	err := v.look.db.Raw(`SELECT DISTINCT project, number FROM corrections WHERE number NOT IN
		(SELECT number FROM events WHERE action IN ?) ORDER BY project, number`,
		[]string{"projects.imported", "buildings.imported", "register.corrected", correctedAction}).Scan(&lines).Error
	if err != nil {
		return fmt.Errorf("corrections: %w", err)
	}
	for _, l := range lines {
		v.find(object("project", l.Project), "has a history line of event %d, which is none about it", l.Number)
	}
	return nil
}
