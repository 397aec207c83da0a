package model

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"meihao/survey"
)

// posterQuery is one scan of a poster's code: all that the gate must know.
// It is prepared and scanned by hand, since every first visit of a lobby in
// a second asks it.
const posterQuery = `SELECT w.retired, w.building,
		k.id, k.activity, k.name, k.owner, k.stage, k.admission, k.feedback, k.opens, k.closes, k.questionnaire,
		k.margin_full, k.margin_provisional, k.asker, k.phone, k.demonstration, k.enrolled, k.secret,
		q.number, COALESCE(kd.name, ''),
		p.id, COALESCE(p.register, ''), p.name, p.phone, p.district, p.subdistrict, p.community, COALESCE(p.company, 0),
		d.name, s.name, c.name, COALESCE(o.name, ''),
		e.tag, e.households, e.occupied, e.buildings
	FROM posters w
	JOIN campaigns k ON k.id = w.campaign
	JOIN questionnaires q ON q.id = k.questionnaire
	LEFT JOIN districts kd ON kd.id = k.owner
	JOIN enrolments e ON e.campaign = w.campaign AND e.project = w.project
	JOIN projects p ON p.id = w.project
	JOIN districts d ON d.id = p.district
	JOIN subdistricts s ON s.id = p.subdistrict
	JOIN communities c ON c.id = p.community
	LEFT JOIN companies o ON o.id = p.company
	WHERE w.code = ?`

func (s *Store) readPoster(ctx context.Context, code string) (survey.Poster, error) {
	unknown := survey.Fail(survey.UnknownPoster, "error.poster.unknown")
	if !survey.CheckCode(code, survey.PosterCodeLength) {
		return survey.Poster{}, unknown
	}
	poster := survey.Poster{Code: code}
	var k campaignRow
	var v campaignView
	var frozen string
	p, place := &poster.Project, &poster.Project.Place
	err := s.poster.QueryRowContext(ctx, code).Scan(&poster.Retired, &poster.Building,
		&k.ID, &k.Activity, &k.Name, &k.Owner, &k.Stage, &k.Admission, &k.Feedback, &k.Opens, &k.Closes, &k.Questionnaire,
		&k.MarginFull, &k.MarginProvisional, &k.Asker, &k.Phone, &k.Demonstration, &k.Enrolled, &k.Secret,
		&v.Number, &v.OwnerName,
		&p.ID, &p.Register, &p.Name, &p.Phone, &place.District, &place.Subdistrict, &place.Community, &p.Company.ID,
		&place.Area.District, &place.Area.Subdistrict, &place.Area.Community, &p.Company.Name,
		&poster.Tag, &poster.Homes.Households, &poster.Homes.Occupied, &frozen)
	if errors.Is(err, sql.ErrNoRows) {
		return survey.Poster{}, unknown
	}
	if err != nil {
		return survey.Poster{}, fmt.Errorf("poster: %w", err)
	}
	v.Row, p.Homes = k, poster.Homes
	poster.Campaign = v.campaign()
	if p.Buildings, poster.Groups, err = thaw(frozen); err != nil {
		return survey.Poster{}, err
	}
	p.BuildingCount = len(p.Buildings)
	poster.Key, err = s.key(k.ID, k.Secret)
	return poster, err
}
