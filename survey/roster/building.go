package roster

import (
	"meihao/survey"
	"meihao/survey/household"
)

// buildings plans the buildings of one project. It refuses rows that say
// different things of one building, and those that leave a building without
// households; the others become changes, in the order of the file.
func (pl *planner) buildings(g *group, before *survey.Project) (changes []BuildingChange, kept []survey.Building) {
	old := map[string]survey.Building{}
	if before != nil {
		for _, b := range before.Buildings {
			old[pl.buildingKey(b.Name)] = b
		}
	}
	named := map[string]bool{}
	for _, rows := range pl.sameBuilding(g.rows) {
		if pl.stopped() {
			return nil, nil
		}
		key := pl.buildingKey(rows[0].Building)
		named[key] = true
		said, ok := pl.together(g, rows)
		if !ok {
			continue
		}
		was, known := old[key]
		change, why := changeBuilding(was, known, said)
		if name := rows[0].Building; !known && several(name) {
			why = reason("roster.refused.several_buildings", "Building", shorten(name, maxEcho))
		}
		if why != nil {
			if !parted(rows) {
				rows = rows[:1]
			}
			pl.refuseBuilding(g, rows, *why)
			continue
		}
		if said.rooms != nil && change.Building.Listed() < change.Building.Households {
			pl.note(rows[0], "roster.note.rooms_fewer", "Building", change.Building.Name,
				"Rooms", change.Building.Listed(), "Households", change.Building.Households)
		}
		if now := change.Building; known && 2*now.Households < was.Households {
			pl.note(rows[0], "roster.note.households_drop", "Building", now.Name, "Old", was.Households, "New", now.Households)
		}
		changes = append(changes, change)
	}
	if before != nil && len(named) > 0 {
		for _, b := range before.Buildings {
			if !named[pl.buildingKey(b.Name)] {
				kept = append(kept, b)
			}
		}
	}
	return changes, kept
}

// buildingKey remembers keys: a city has 60,000 buildings and few names.
func (pl *planner) buildingKey(name string) string {
	key, known := pl.buildingKeys[name]
	if !known {
		key = household.BuildingKey(name)
		pl.buildingKeys[name] = key
	}
	return key
}

// sameBuilding gathers the rows of each building, buildings in the order of
// the file.
func (pl *planner) sameBuilding(rows []*Row) [][]*Row {
	var all [][]*Row
	at := map[string]int{}
	for _, r := range rows {
		if r.Building == "" {
			continue
		}
		key := pl.buildingKey(r.Building)
		i, known := at[key]
		if !known {
			i = len(all)
			at[key] = i
			all = append(all, nil)
		}
		all[i] = append(all[i], r)
	}
	return all
}

// agree says whether all rows of one building say the same of it. If so the
// second and later ones are noted as doubles; if not all are refused, since
// nobody can know which one is right.
func (pl *planner) agree(g *group, rows []*Row) bool {
	first, odd := rows[0], (*Row)(nil)
	for _, r := range rows[1:] {
		if !alike(r.Units, first.Units) || r.Homes.Households != first.Homes.Households || !alike(r.Homes.Occupied, first.Homes.Occupied) {
			odd = r
			break
		}
	}
	for i, r := range rows {
		other := first
		if i == 0 {
			other = odd
		}
		switch {
		case odd != nil:
			pl.refuseIn(g, r, *reason("roster.refused.building_twice", "Building", r.Building, "Row", other.where()))
		case i > 0:
			pl.note(r, "roster.note.double", "Building", r.Building, "Row", first.where())
		}
	}
	return odd == nil
}

// changeBuilding compares what the rows of a building say with the building
// as it was.
func changeBuilding(was survey.Building, known bool, said *stated) (BuildingChange, *survey.Message) {
	now, r := was, said.row
	now.Homes = overlay(was.Homes, said.homes)
	if !known || nameKey(was.Name) != nameKey(r.Building) {
		now.Name = r.Building
	}
	if why := said.applyRooms(was, &now); why != nil {
		return BuildingChange{}, why
	}
	if now.Households == 0 {
		return BuildingChange{}, reason("roster.refused.no_building_households", "Building", r.Building)
	}
	if n := now.Listed(); n > now.Households {
		return BuildingChange{}, reason("roster.refused.rooms_more", "Building", r.Building, "Rooms", n, "Households", now.Households)
	}
	if why := crowded(now.Homes); why != nil {
		return BuildingChange{}, why
	}
	change := BuildingChange{Kind: Added, Row: r.Number, Sheet: r.Sheet, Building: now}
	if known {
		change.Fields = differences(
			Difference{string(nameFact), was.Name, now.Name},
			Difference{"units", countText(was.Units), countText(now.Units)},
			Difference{string(householdsFact), homesText(was.Households), homesText(now.Households)},
			Difference{string(occupiedFact), countText(was.Occupied), countText(now.Occupied)},
			roomsDifference(was.Rooms, now.Rooms),
		)
		change.Kind = kindOf(change.Fields)
	}
	return change, nil
}

// differences leaves out the fields that stay the same.
func differences(fields ...Difference) (differ []Difference) {
	for _, f := range fields {
		if f.Old != f.New {
			differ = append(differ, f)
		}
	}
	return differ
}

func kindOf(fields []Difference) Kind {
	if len(fields) == 0 {
		return Same
	}
	return Changed
}
