package model

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"meihao/survey"
)

// frozenBuilding is a building as an enrolment keeps it from opening on, with
// the number of its building group. The names are short: a city has 60,000.
type frozenBuilding struct {
	ID         survey.ID `json:"i"`
	Name       string    `json:"n"`
	Units      *int      `json:"u,omitempty"`
	Households int       `json:"h"`
	Occupied   *int      `json:"o,omitempty"`
	Group      int       `json:"g"`
	Rooms      string    `json:"r,omitempty"` // the household list, packed
}

// freeze writes a project's buildings with their groups.
func freeze(buildings []survey.Building, groups []survey.Group) (string, error) {
	number := map[survey.ID]int{}
	for _, g := range groups {
		for _, b := range g.Buildings {
			number[b.ID] = g.Number
		}
	}
	frozen := make([]frozenBuilding, len(buildings))
	for i, b := range buildings {
		frozen[i] = frozenBuilding{b.ID, b.Name, b.Units, b.Households, b.Occupied, number[b.ID], b.Rooms}
	}
	text, err := json.Marshal(frozen)
	return string(text), err
}

// thaw reads what freeze wrote: the buildings in the register's order, and
// the groups as they were made at opening.
func thaw(text string) ([]survey.Building, []survey.Group, error) {
	if text == "" {
		return nil, nil, nil
	}
	var frozen []frozenBuilding
	if err := json.Unmarshal([]byte(text), &frozen); err != nil {
		return nil, nil, fmt.Errorf("buildings of an enrolment: %w", err)
	}
	buildings := make([]survey.Building, len(frozen))
	var groups []survey.Group
	for i, f := range frozen {
		buildings[i] = survey.Building{
			ID: f.ID, Name: f.Name, Units: f.Units,
			Homes: survey.Homes{Households: f.Households, Occupied: f.Occupied}, Rooms: f.Rooms,
		}
		for len(groups) < f.Group {
			groups = append(groups, survey.Group{Number: len(groups) + 1})
		}
		if f.Group > 0 {
			g := &groups[f.Group-1]
			g.Buildings = append(g.Buildings, buildings[i])
		}
	}
	for i := range groups {
		groups[i].Homes = survey.SumHomes(groups[i].Buildings)
	}
	return buildings, groups, nil
}

// Group homes are written "36/30 40": per group its households and, where
// they are known, its occupied ones. Saving an answer reads them each time,
// and the buildings' JSON would be much to take apart for that.

func packHomes(groups []survey.Group) string {
	parts := make([]string, len(groups))
	for i, g := range groups {
		parts[i] = strconv.Itoa(g.Households)
		if g.Occupied != nil {
			parts[i] += "/" + strconv.Itoa(*g.Occupied)
		}
	}
	return strings.Join(parts, " ")
}

// unpackHomes reads what packHomes wrote; the first is group 1.
func unpackHomes(text string) ([]survey.Homes, error) {
	parts := strings.Fields(text)
	homes := make([]survey.Homes, len(parts))
	for i, part := range parts {
		all, some, known := strings.Cut(part, "/")
		n, err := strconv.Atoi(all)
		if err != nil {
			return nil, fmt.Errorf("group homes: %w", err)
		}
		homes[i].Households = n
		if known {
			occupied, err := strconv.Atoi(some)
			if err != nil {
				return nil, fmt.Errorf("group homes: %w", err)
			}
			homes[i].Occupied = &occupied
		}
	}
	return homes, nil
}
