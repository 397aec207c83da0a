package model

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"meihao/survey"
)

// Poster is what the gate must know about a poster's code: the campaign and
// the enrolment, with the campaign's key unwrapped. UnknownPoster if there is
// no such poster. What another instance changed may be missing for a second
// (see posterCache); saving reads it again.
func (s *Store) Poster(ctx context.Context, code string) (survey.Poster, error) {
	now := s.now()
	s.lookForNews(ctx, now)
	p, before, found := s.posters.poster(code, now)
	if found {
		return p, nil
	}
	p, err := s.readPoster(ctx, code)
	if err != nil {
		return survey.Poster{}, err
	}
	campaign, known := s.posters.campaign(p.Campaign.ID)
	if !known {
		if campaign, err = s.readPosterCampaign(ctx, p.Campaign.ID); err != nil {
			return survey.Poster{}, err
		}
	}
	p.Campaign, p.Key = campaign.campaign, campaign.key
	if p.Retired {
		if p.MovedTo, err = s.movedTo(ctx, p); err != nil {
			return survey.Poster{}, err
		}
	}
	s.posters.keep(p, now, before)
	return p, nil
}

func (s *Store) readPosterCampaign(ctx context.Context, id survey.ID) (campaignPart, error) {
	view, err := s.lookup(ctx).campaign(survey.CityScope(), id)
	if err != nil {
		return campaignPart{}, err
	}
	key, err := s.key(view.Row.ID, view.Row.Secret)
	return campaignPart{view.campaign(), key}, err
}

// movedTo is where to look instead of a retired poster.
func (s *Store) movedTo(ctx context.Context, p survey.Poster) (string, error) {
	all, err := s.lookup(ctx).posters(survey.CityScope(), p.Campaign.ID, []survey.ID{p.Project.ID})
	return survey.MovedTo(all, p.Code), err
}

// posterQuery is all that hangs on a poster's code but the campaign. It is
// prepared once and scanned by hand, since residents wait for it.
const posterQuery = `SELECT w.campaign, w.retired, w.building, w.unit, w.place,
		p.id, COALESCE(p.register, ''), p.name, p.phone, p.district, p.subdistrict, p.community, COALESCE(p.company, 0),
		d.name, s.name, c.name, COALESCE(o.name, ''),
		e.tag, e.households, e.occupied, e.buildings
	FROM posters w
	JOIN enrolments e ON e.campaign = w.campaign AND e.project = w.project
	JOIN projects p ON p.id = w.project
	JOIN districts d ON d.id = p.district
	JOIN subdistricts s ON s.id = p.subdistrict
	JOIN communities c ON c.id = p.community
	LEFT JOIN companies o ON o.id = p.company
	WHERE w.code = ?`

// readPoster reads a poster; of its campaign only the id is set.
func (s *Store) readPoster(ctx context.Context, code string) (survey.Poster, error) {
	unknown := survey.Fail(survey.UnknownPoster, "error.poster.unknown")
	if !survey.CheckCode(code, survey.PosterCodeLength) {
		return survey.Poster{}, unknown
	}
	poster := survey.Poster{Code: strings.Clone(code)} // kept for longer than the request it stood in
	var frozen string
	p, place := &poster.Project, &poster.Project.Place
	err := s.poster.QueryRowContext(ctx, code).Scan(&poster.Campaign.ID, &poster.Retired, &poster.Building, &poster.Unit, &poster.Place,
		&p.ID, &p.Register, &p.Name, &p.Phone, &place.District, &place.Subdistrict, &place.Community, &p.Company.ID,
		&place.Area.District, &place.Area.Subdistrict, &place.Area.Community, &p.Company.Name,
		&poster.Tag, &poster.Homes.Households, &poster.Homes.Occupied, &frozen)
	if errors.Is(err, sql.ErrNoRows) {
		return survey.Poster{}, unknown
	}
	if err != nil {
		return survey.Poster{}, fmt.Errorf("poster: %w", err)
	}
	p.Homes = poster.Homes
	p.Buildings, poster.Groups, err = thaw(frozen)
	p.BuildingCount = len(p.Buildings)
	return poster, err
}
