package model

import (
	"context"
	"fmt"

	"meihao/survey"
)

// OpenCampaign opens a draft: N per base, buildings and building groups are
// frozen on each enrolment, the campaign gets its key, every building a
// poster and every enrolment its tally. A project without buildings or
// households is a Conflict that names it.
func (s *Store) OpenCampaign(ctx context.Context, actor survey.Actor, id survey.ID, reason string) (survey.Campaign, error) {
	return s.changeCampaign(ctx, actor, id, reason, "campaign.opened", func(c *change, campaign *survey.Campaign) error {
		if err := campaign.Open(c.at); err != nil {
			return err
		}
		if err := c.notEnded(campaign.Activity); err != nil {
			return err
		}
		enrolled, err := c.freezeEnrolments(id)
		if err != nil {
			return err
		}
		if err := c.addPosters(id, enrolled); err != nil {
			return err
		}
		if err := c.addTallies(id, enrolled); err != nil {
			return err
		}
		digest, err := c.lookup().frozenDigest(c.ctx, id)
		if err != nil {
			return err
		}
		c.notes = detail{"frozen": digest, "projects": len(enrolled)}
		_, wrapped := c.newKey(id)
		if err := c.tx.Exec("UPDATE campaigns SET secret = ? WHERE id = ?", wrapped, id).Error; err != nil {
			return fmt.Errorf("campaign: %w", err)
		}
		return nil
	})
}

// freezeEnrolments writes the register's figures of this moment onto the
// enrolments and returns the projects with their buildings.
func (c *change) freezeEnrolments(campaign survey.ID) ([]survey.Project, error) {
	projects, tags, err := c.enrolledProjects(campaign)
	if err != nil {
		return nil, err
	}
	rows := make([]enrolmentRow, len(projects))
	for i, p := range projects {
		if len(p.Buildings) == 0 || p.Households == 0 {
			return nil, survey.Fail(survey.Conflict, "error.campaign.project_empty", "Name", p.Name)
		}
		groups := survey.Groups(p.Buildings)
		text, err := freeze(p.Buildings, groups)
		if err != nil {
			return nil, fmt.Errorf("enrolments: %w", err)
		}
		rows[i] = enrolmentRow{
			Campaign: campaign, Project: p.ID, Tag: tags[p.ID],
			Households: &p.Households, Occupied: p.Occupied, GroupHomes: packHomes(groups), Buildings: text,
		}
	}
	if err := c.tx.Exec("DELETE FROM enrolments WHERE campaign = ?", campaign).Error; err != nil {
		return nil, fmt.Errorf("enrolments: %w", err)
	}
	return projects, insert(c.tx, rows)
}

// enrolledProjects are a draft's projects with buildings, in the register's
// order, and the enrolments' tags.
func (c *change) enrolledProjects(campaign survey.ID) ([]survey.Project, map[survey.ID]uint32, error) {
	var enrolled []enrolmentRow
	if err := c.tx.Where("campaign = ?", campaign).Find(&enrolled).Error; err != nil {
		return nil, nil, fmt.Errorf("enrolments: %w", err)
	}
	tags := make(map[survey.ID]uint32, len(enrolled))
	for _, e := range enrolled {
		tags[e.Project] = e.Tag
	}
	var rows []projectRow
	err := c.tx.Where("id IN (SELECT project FROM enrolments WHERE campaign = ?)", campaign).Order("position").Find(&rows).Error
	if err != nil {
		return nil, nil, fmt.Errorf("projects: %w", err)
	}
	var buildings []buildingRow
	err = c.tx.Where("project IN (SELECT project FROM enrolments WHERE campaign = ?)", campaign).
		Order("project, position").Find(&buildings).Error
	if err != nil {
		return nil, nil, fmt.Errorf("buildings: %w", err)
	}
	of := make(map[survey.ID][]survey.Building, len(rows))
	for _, b := range buildings {
		of[b.Project] = append(of[b.Project], b.building())
	}
	projects := make([]survey.Project, len(rows))
	for i, r := range rows {
		projects[i] = projectView{Row: r}.project()
		projects[i].Buildings = of[r.ID]
	}
	return projects, tags, nil
}

// addPosters makes one poster per building.
func (c *change) addPosters(campaign survey.ID, projects []survey.Project) error {
	var rows []posterRow
	for _, p := range projects {
		for _, b := range p.Buildings {
			rows = append(rows, posterRow{Campaign: campaign, Project: p.ID, Building: b.ID, Added: millis(c.at)})
		}
	}
	return c.hang(rows)
}

// hang gives new posters their codes and stores them.
func (c *change) hang(rows []posterRow) error {
	codes, err := unused(len(rows), newPosterCode, func(some []string) (found []string, err error) {
		err = c.tx.Table("posters").Where("code IN ?", some).Pluck("code", &found).Error
		return found, err
	})
	if err != nil {
		return fmt.Errorf("posters: %w", err)
	}
	for i := range rows {
		rows[i].Code = codes[i]
	}
	return insert(c.tx, rows)
}

// addTallies makes the empty tally of each enrolment, so that saving answers
// never has to ask whether there is one.
func (c *change) addTallies(campaign survey.ID, projects []survey.Project) error {
	rows := make([]tallyRow, len(projects))
	for i, p := range projects {
		rows[i] = tallyRow{Campaign: campaign, Project: p.ID, Tally: []byte{}, ShownOwner: []byte{}, ShownResident: []byte{}}
	}
	return insert(c.tx, rows)
}
