package model

import (
	"context"
	"fmt"

	"meihao/survey"
	"meihao/survey/roster"
)

// CorrectRegister puts right what the register says of a project in scope and
// its buildings. What an import would refuse is Invalid with its fields; a
// change since the form was shown, a building that a campaign has and that
// shall go, and a name that another project of the community has are a
// Conflict. The corrections that were made are returned; none, and nothing
// written, where all is as it was. Campaigns that were opened keep what they
// froze (RULES §1).
func (s *Store) CorrectRegister(ctx context.Context, actor survey.Actor, id survey.ID, to survey.RegisterCorrection) ([]survey.Correction, error) {
	var lines []survey.Correction
	err := s.change(ctx, actor, func(c *change) error {
		l := c.lookup()
		before, err := l.project(actor.Scope, id)
		if err != nil {
			return err
		}
		if before.Buildings, err = l.buildings(id); err != nil {
			return err
		}
		if before.Digest() != to.Seen {
			return survey.Fail(survey.Conflict, "error.correction.meanwhile")
		}
		var after survey.Project
		if after, lines, err = before.Correct(to); err != nil {
			return err
		}
		if err := roster.CheckRegister(after, to.Buildings); err != nil {
			return err
		}
		if len(lines) == 0 {
			return nil
		}
		if err := c.nameFree(before, after); err != nil {
			return err
		}
		if err := c.writeRegister(before, &after); err != nil {
			return err
		}
		digest, err := c.keepHistory(id, survey.ByRegister, 0, to.Reason, lines)
		if err != nil {
			return err
		}
		return c.record("register.corrected", object("project", id), to.Reason,
			detail{"name": after.Name, "changes": lineDetail(lines), historyDetail: digest})
	})
	if err != nil {
		return nil, err
	}
	s.posters.forget()
	return lines, nil
}

// nameFree: no other project of the community has the new name, by which a
// register without numbers knows its projects (DESIGN §7).
func (c *change) nameFree(before, after survey.Project) error {
	if roster.SameName(before.Name, after.Name) {
		return nil
	}
	var names []string
	err := c.tx.Table("projects").Where("community = ? AND id <> ?", before.Place.Community, before.ID).Pluck("name", &names).Error
	if err != nil {
		return fmt.Errorf("projects: %w", err)
	}
	for _, name := range names {
		if roster.SameName(name, after.Name) {
			return survey.Fail(survey.Conflict, "error.correction.name_taken", "Name", name).Field("name", "error.correction.name_taken", "Name", name)
		}
	}
	return nil
}

// writeRegister writes a project and its buildings as they are after a
// correction; new buildings get their ids.
func (c *change) writeRegister(before survey.Project, after *survey.Project) error {
	company, err := c.companyNamed(after.Company)
	if err != nil {
		return err
	}
	err = c.tx.Table("projects").Where("id = ?", after.ID).Updates(map[string]any{
		"name": after.Name, "name_key": survey.NameKey(after.Name), "kind": after.Kind, "phone": after.Phone, "company": company,
		"households": after.Households, "occupied": after.Occupied,
	}).Error
	if err != nil {
		return fmt.Errorf("project: %w", err)
	}
	if err := c.dropBuildings(before, *after); err != nil {
		return err
	}
	return c.writeBuildings(before, after)
}

// companyNamed is the id of a company, added if nobody knows it; nil for none.
func (c *change) companyNamed(company survey.Company) (*survey.ID, error) {
	if company.Name == "" {
		return nil, nil
	}
	if company.ID != 0 {
		return &company.ID, nil
	}
	known, err := c.lookup().companies(survey.CityScope())
	if err != nil {
		return nil, err
	}
	for _, one := range known {
		if roster.SameName(one.Name, company.Name) {
			return &one.ID, nil
		}
	}
	row := companyRow{ID: newID(), Name: company.Name, NameKey: survey.NameKey(company.Name)}
	if err := c.tx.Create(&row).Error; err != nil {
		return nil, fmt.Errorf("company: %w", err)
	}
	return &row.ID, nil
}

// dropBuildings removes the buildings that a correction leaves out, unless
// some campaign that was opened has them: their answers and posters must stay
// where they are.
func (c *change) dropBuildings(before, after survey.Project) error {
	stays := map[survey.ID]bool{}
	for _, b := range after.Buildings {
		stays[b.ID] = true
	}
	for _, b := range before.Buildings {
		if stays[b.ID] {
			continue
		}
		if err := c.mayDrop(before.ID, b); err != nil {
			return err
		}
		if err := c.tx.Exec("DELETE FROM buildings WHERE id = ?", b.ID).Error; err != nil {
			return fmt.Errorf("building: %w", err)
		}
	}
	return nil
}

// mayDrop says which campaign has a building.
func (c *change) mayDrop(project survey.ID, b survey.Building) error {
	var frozen []struct {
		Name      string
		Buildings string
	}
	err := c.tx.Table("enrolments").Select("m.name, enrolments.buildings").Joins("JOIN campaigns m ON m.id = enrolments.campaign").
		Where("enrolments.project = ? AND enrolments.households IS NOT NULL", project).Find(&frozen).Error
	if err != nil {
		return fmt.Errorf("enrolments: %w", err)
	}
	for _, f := range frozen {
		buildings, _, err := thaw(f.Buildings)
		if err != nil {
			return err
		}
		for _, one := range buildings {
			if one.ID == b.ID {
				return survey.Fail(survey.Conflict, "error.correction.in_campaign", "Building", b.Name, "Campaign", f.Name)
			}
		}
	}
	var posters int64
	if err := c.tx.Table("posters").Where("building = ?", b.ID).Count(&posters).Error; err != nil {
		return fmt.Errorf("posters: %w", err)
	}
	if posters > 0 {
		return survey.Fail(survey.Conflict, "error.correction.has_posters", "Building", b.Name)
	}
	return nil
}

// writeBuildings changes and adds buildings. Names that change are taken back
// first, so that two may change theirs with one another.
func (c *change) writeBuildings(before survey.Project, after *survey.Project) error {
	was := map[survey.ID]survey.Building{}
	for _, b := range before.Buildings {
		was[b.ID] = b
	}
	var changed []survey.Building
	for _, b := range after.Buildings {
		if old, known := was[b.ID]; known && !survey.SameBuildings([]survey.Building{old}, []survey.Building{b}) {
			changed = append(changed, b)
			err := c.tx.Exec("UPDATE buildings SET name_key = ? WHERE id = ?", "#"+b.ID.String(), b.ID).Error
			if err != nil {
				return fmt.Errorf("building: %w", err)
			}
		}
	}
	for _, b := range changed {
		err := c.tx.Table("buildings").Where("id = ?", b.ID).Updates(map[string]any{
			"name": b.Name, "name_key": survey.NameKey(b.Name), "units": b.Units, "households": b.Households, "occupied": b.Occupied, "rooms": b.Rooms,
		}).Error
		if err != nil {
			return fmt.Errorf("building: %w", err)
		}
	}
	position, err := nextPosition(c.tx, "buildings")
	if err != nil {
		return err
	}
	var added []buildingRow
	for i, b := range after.Buildings {
		if b.ID != 0 {
			continue
		}
		row := buildingRow{
			ID: newID(), Project: after.ID, Name: b.Name, NameKey: survey.NameKey(b.Name),
			Units: b.Units, Households: b.Households, Occupied: b.Occupied, Rooms: b.Rooms, Position: position,
		}
		position++
		after.Buildings[i].ID = row.ID
		added = append(added, row)
	}
	return insert(c.tx, added)
}
