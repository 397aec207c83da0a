package model

import (
	"context"
	"fmt"

	"meihao/survey"
)

type districtRow struct {
	ID       survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Name     string
	NameKey  string
	Position int64
}

type subdistrictRow struct {
	ID       survey.ID `gorm:"primaryKey;autoIncrement:false"`
	District survey.ID
	Name     string
	NameKey  string
	Position int64
}

type communityRow struct {
	ID          survey.ID `gorm:"primaryKey;autoIncrement:false"`
	District    survey.ID
	Subdistrict survey.ID
	Name        string
	NameKey     string
	Position    int64
}

type companyRow struct {
	ID      survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Name    string
	NameKey string
}

// TableName is gorm's question.
func (districtRow) TableName() string { return "districts" }

// TableName is gorm's question.
func (subdistrictRow) TableName() string { return "subdistricts" }

// TableName is gorm's question.
func (communityRow) TableName() string { return "communities" }

// TableName is gorm's question.
func (companyRow) TableName() string { return "companies" }

// placesWithin are the conditions on the three tables of places under which
// a place lies in a scope or above it.
func placesWithin(s survey.Scope) (districts, subdistricts, communities string, args []any) {
	switch {
	case s.All:
		return "1 = 1", "1 = 1", "1 = 1", nil
	case s.Company != 0:
		of := func(level string) string {
			return "id IN (SELECT " + level + " FROM projects WHERE company = ?)"
		}
		return of("district"), of("subdistrict"), of("community"), []any{s.Company}
	case s.Community != 0:
		of := func(level string) string {
			return "id IN (SELECT " + level + " FROM communities WHERE id = ?)"
		}
		return of("district"), of("subdistrict"), "id = ?", []any{s.Community}
	case s.Subdistrict != 0:
		return "id IN (SELECT district FROM subdistricts WHERE id = ?)", "id = ?", "subdistrict = ?", []any{s.Subdistrict}
	case s.District != 0:
		return "id = ?", "district = ?", "district = ?", []any{s.District}
	}
	return "1 = 0", "1 = 0", "1 = 0", nil
}

// Places are the districts, subdistricts and communities in scope and the
// places above them, each after the one it lies in, in the register's order.
func (s *Store) Places(ctx context.Context, scope survey.Scope) ([]survey.Place, error) {
	return s.lookup(ctx).places(scope)
}

func (l lookup) places(scope survey.Scope) ([]survey.Place, error) {
	inDistricts, inSubdistricts, inCommunities, args := placesWithin(scope)
	var districts []districtRow
	if err := l.db.Where(inDistricts, args...).Order("position").Find(&districts).Error; err != nil {
		return nil, fmt.Errorf("districts: %w", err)
	}
	var subdistricts []subdistrictRow
	if err := l.db.Where(inSubdistricts, args...).Order("position").Find(&subdistricts).Error; err != nil {
		return nil, fmt.Errorf("subdistricts: %w", err)
	}
	var communities []communityRow
	if err := l.db.Where(inCommunities, args...).Order("position").Find(&communities).Error; err != nil {
		return nil, fmt.Errorf("communities: %w", err)
	}
	return nested(districts, subdistricts, communities), nil
}

// nested puts the places below one another.
func nested(districts []districtRow, subdistricts []subdistrictRow, communities []communityRow) []survey.Place {
	below := map[survey.ID][]communityRow{}
	for _, c := range communities {
		below[c.Subdistrict] = append(below[c.Subdistrict], c)
	}
	in := map[survey.ID][]subdistrictRow{}
	for _, sub := range subdistricts {
		in[sub.District] = append(in[sub.District], sub)
	}
	places := make([]survey.Place, 0, len(districts)+len(subdistricts)+len(communities))
	for _, d := range districts {
		p := survey.Place{District: d.ID, Area: survey.Area{District: d.Name}}
		places = append(places, p)
		for _, sub := range in[d.ID] {
			p.Subdistrict, p.Area.Subdistrict = sub.ID, sub.Name
			p.Community, p.Area.Community = 0, ""
			places = append(places, p)
			for _, c := range below[sub.ID] {
				p.Community, p.Area.Community = c.ID, c.Name
				places = append(places, p)
			}
		}
	}
	return places
}

// Companies are the property companies of the projects in scope, all of them
// for the city, by name.
func (s *Store) Companies(ctx context.Context, scope survey.Scope) ([]survey.Company, error) {
	return s.lookup(ctx).companies(scope)
}

func (l lookup) companies(scope survey.Scope) ([]survey.Company, error) {
	q := l.db.Order("name_key")
	if !scope.All {
		where, args := within(scope, "projects")
		q = q.Where("id IN (SELECT company FROM projects WHERE "+where+")", args...)
	}
	var rows []companyRow
	if err := q.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("companies: %w", err)
	}
	companies := make([]survey.Company, len(rows))
	for i, r := range rows {
		companies[i] = survey.Company{ID: r.ID, Name: r.Name}
	}
	return companies, nil
}

// placeName is the name of the place a scope stands for: "" for the city.
func (l lookup) placeName(s survey.Scope) (string, error) {
	var table string
	var id survey.ID
	switch {
	case s.All:
		return "", nil
	case s.Company != 0:
		table, id = "companies", s.Company
	case s.Community != 0:
		table, id = "communities", s.Community
	case s.Subdistrict != 0:
		table, id = "subdistricts", s.Subdistrict
	default:
		table, id = "districts", s.District
	}
	var name string
	if err := l.db.Raw("SELECT name FROM "+table+" WHERE id = ?", id).Scan(&name).Error; err != nil {
		return "", fmt.Errorf("%s: %w", table, err)
	}
	return name, nil
}

// scopeRow is a scope in the columns of accounts and tokens.
type scopeRow struct {
	CityWide    bool
	District    survey.ID
	Subdistrict survey.ID
	Community   survey.ID
	Company     survey.ID
}

func rowOfScope(s survey.Scope) scopeRow {
	return scopeRow{s.All, s.District, s.Subdistrict, s.Community, s.Company}
}

func (r scopeRow) scope() survey.Scope {
	return survey.Scope{All: r.CityWide, District: r.District, Subdistrict: r.Subdistrict, Community: r.Community, Company: r.Company}
}

// Kinds are the kinds of the projects in scope, each once.
func (s *Store) Kinds(ctx context.Context, scope survey.Scope) ([]string, error) {
	var kinds []string
	err := s.lookup(ctx).db.Table("projects").Scopes(inScope(scope)).Where("projects.kind <> ''").
		Distinct("projects.kind").Order("projects.kind").Pluck("projects.kind", &kinds).Error
	if err != nil {
		return nil, fmt.Errorf("kinds: %w", err)
	}
	return kinds, nil
}
