package model

import (
	"fmt"
	"slices"

	"meihao/survey"
	"meihao/survey/roster"
)

// writeProjects adds and changes the plan's projects and gathers their
// buildings, which writeBuildings adds together.
func (i *importing) writeProjects(plan roster.Plan) error {
	position, err := nextPosition(i.tx, "projects")
	if err != nil {
		return err
	}
	if i.position, err = nextPosition(i.tx, "buildings"); err != nil {
		return err
	}
	var added []projectRow
	newBuildings, _, _ := plan.BuildingCounts()
	for n := range plan.Projects {
		change := &plan.Projects[n]
		i.steps.written(n, len(plan.Projects)+newBuildings)
		if change.Kind == roster.Same {
			continue
		}
		row, err := i.projectRow(change.Project)
		if err != nil {
			return err
		}
		if change.Kind == roster.Added {
			row.ID, row.Position = newID(), position
			position++
			added = append(added, row)
		} else if err := i.tx.Select("*").Omit("position").Updates(&row).Error; err != nil {
			return fmt.Errorf("project: %w", err)
		}
		if err := i.gather(row.ID, change.Buildings); err != nil {
			return err
		}
	}
	return insert(i.tx, added)
}

// projectRow is a planned project as it is stored, with the ids of its places.
func (i *importing) projectRow(p survey.Project) (projectRow, error) {
	place, err := i.place(p.Area)
	if err != nil {
		return projectRow{}, err
	}
	row := projectRow{
		ID: p.ID, Name: p.Name, NameKey: survey.NameKey(p.Name),
		District: place.District, Subdistrict: place.Subdistrict, Community: place.Community,
		Kind: p.Kind, Phone: p.Phone, Households: p.Households, Occupied: p.Occupied,
	}
	if p.Register != "" {
		row.Register = &p.Register
	}
	if p.Company.Name != "" {
		id, found := i.companies[survey.NameKey(p.Company.Name)]
		if !found {
			return projectRow{}, fmt.Errorf("the plan names the company %q, which it does not add", p.Company.Name)
		}
		row.Company = &id
	}
	return row, nil
}

// gather keeps new buildings for one insert and writes the changed ones.
func (i *importing) gather(project survey.ID, buildings []roster.BuildingChange) error {
	for _, b := range buildings {
		row := buildingRow{
			ID: b.Building.ID, Project: project, Name: b.Building.Name, NameKey: survey.NameKey(b.Building.Name),
			Units: b.Building.Units, Households: b.Building.Households, Occupied: b.Building.Occupied, Rooms: b.Building.Rooms,
		}
		switch b.Kind {
		case roster.Added:
			row.ID, row.Position = newID(), i.position
			i.position++
			i.buildings = append(i.buildings, row)
		case roster.Changed:
			if err := i.tx.Select("*").Omit("position").Updates(&row).Error; err != nil {
				return fmt.Errorf("building: %w", err)
			}
		case roster.Same:
		}
	}
	return nil
}

// writeBuildings adds the new buildings of all projects, many to a statement.
func (i *importing) writeBuildings(plan roster.Plan) error {
	projects, written := len(plan.Projects), 0
	i.steps.written(projects, projects+len(i.buildings))
	for piece := range slices.Chunk(i.buildings, bulk) {
		if err := insert(i.tx, piece); err != nil {
			return err
		}
		written += len(piece)
		i.steps.written(projects+written, projects+len(i.buildings))
	}
	return nil
}
