package model

import (
	"strings"

	"meihao/survey"
)

// hanging are the posters of one enrolment while they are changed.
type hanging struct {
	buildings map[survey.ID]survey.Building // frozen
	posters   []survey.PosterPlace
}

// hanging reads the posters of an enrolled project in scope, which change while
// its campaign runs.
func (c *change) hanging(campaign, project survey.ID) (*hanging, error) {
	l := c.lookup()
	v, err := l.campaign(c.actor.Scope, campaign)
	if err != nil {
		return nil, err
	}
	enrolled, _, err := l.posterProjects(c.actor.Scope, campaign, []survey.ID{project})
	if err != nil {
		return nil, err
	}
	if len(enrolled) == 0 {
		return nil, survey.NotFoundError("error.not_found")
	}
	if v.Row.Stage != survey.OpenStage {
		return nil, survey.Fail(survey.Conflict, "error.poster.not_running")
	}
	h := &hanging{buildings: map[survey.ID]survey.Building{}}
	for _, b := range enrolled[0].Buildings {
		h.buildings[b.ID] = b
	}
	h.posters, err = l.posters(c.actor.Scope, campaign, []survey.ID{project})
	return h, err
}

// live is the number of posters in use.
func (h *hanging) live() int {
	n := 0
	for _, p := range h.posters {
		if !p.Retired {
			n++
		}
	}
	return n
}

// add checks a new poster beside those that hang there.
func (h *hanging) add(n survey.NewPoster) (posterRow, error) {
	b, known := h.buildings[n.Building]
	if !known {
		return posterRow{}, survey.NotFoundError("error.not_found")
	}
	if err := n.Check(b); err != nil {
		return posterRow{}, err
	}
	one := survey.PosterPlace{Building: b, Unit: n.Unit, Place: strings.TrimSpace(n.Place)}
	here := 0
	for _, p := range h.posters {
		if p.Retired || p.Building.ID != b.ID {
			continue
		}
		here++
		if p.SamePlace(one) {
			return posterRow{}, survey.Fail(survey.Conflict, "error.poster.place_taken", "Place", one.Place)
		}
	}
	if here >= survey.PostersPerBuilding {
		return posterRow{}, survey.Fail(survey.Conflict, "error.poster.many", "Building", b.Name, "Most", survey.PostersPerBuilding)
	}
	h.posters = append(h.posters, one)
	return posterRow{Building: b.ID, Unit: one.Unit, Place: one.Place}, nil
}

// posterPlaces are rows that were just stored, in their order.
func (c *change) posterPlaces(campaign, project survey.ID, rows []posterRow) ([]survey.PosterPlace, error) {
	all, err := c.lookup().posters(c.actor.Scope, campaign, []survey.ID{project})
	if err != nil {
		return nil, err
	}
	at := make(map[string]survey.PosterPlace, len(all))
	for _, p := range all {
		at[p.Code] = p
	}
	list := make([]survey.PosterPlace, len(rows))
	for i, r := range rows {
		list[i] = at[r.Code]
	}
	return list, nil
}
