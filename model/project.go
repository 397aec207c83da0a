package model

import (
	"context"
	"fmt"
	"math"
	"strings"

	"gorm.io/gorm"

	"meihao/survey"
)

type projectRow struct {
	ID          survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Register    *string
	Name        string
	NameKey     string
	District    survey.ID
	Subdistrict survey.ID
	Community   survey.ID
	Company     *survey.ID
	Phone       string
	Households  int
	Occupied    *int
	Position    int64
	Kind        string
}

type buildingRow struct {
	ID         survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Project    survey.ID
	Name       string
	NameKey    string
	Units      *int
	Households int
	Occupied   *int
	Position   int64
	Rooms      string // packed, see survey.PackRooms
}

// TableName is gorm's question.
func (projectRow) TableName() string { return "projects" }

// TableName is gorm's question.
func (buildingRow) TableName() string { return "buildings" }

func (r buildingRow) building() survey.Building {
	return survey.Building{
		ID: r.ID, Name: r.Name, Units: r.Units,
		Homes: survey.Homes{Households: r.Households, Occupied: r.Occupied}, Rooms: r.Rooms,
	}
}

// projectView is a project with the names around it.
type projectView struct {
	Row             projectRow `gorm:"embedded"`
	DistrictName    string
	SubdistrictName string
	CommunityName   string
	CompanyName     string
	BuildingCount   int
}

func (v projectView) project() survey.Project {
	p := survey.Project{
		ID: v.Row.ID, Name: v.Row.Name, Kind: v.Row.Kind, Phone: v.Row.Phone,
		Place: survey.Place{
			District: v.Row.District, Subdistrict: v.Row.Subdistrict, Community: v.Row.Community,
			Area: survey.Area{District: v.DistrictName, Subdistrict: v.SubdistrictName, Community: v.CommunityName},
		},
		Homes:         survey.Homes{Households: v.Row.Households, Occupied: v.Row.Occupied},
		BuildingCount: v.BuildingCount,
	}
	if v.Row.Register != nil {
		p.Register = *v.Row.Register
	}
	if v.Row.Company != nil {
		p.Company = survey.Company{ID: *v.Row.Company, Name: v.CompanyName}
	}
	return p
}

// projectColumns and projectTables are the view of a project that every list
// shares; its alias is "projects".
const (
	projectColumns = `projects.id, projects.register, projects.name, projects.district, projects.subdistrict,
		projects.community, projects.company, projects.kind, projects.phone, projects.households, projects.occupied, projects.position,
		d.name AS district_name, s.name AS subdistrict_name, c.name AS community_name,
		COALESCE(o.name, '') AS company_name`
	projectTables = `JOIN districts d ON d.id = projects.district
		JOIN subdistricts s ON s.id = projects.subdistrict
		JOIN communities c ON c.id = projects.community
		LEFT JOIN companies o ON o.id = projects.company`
	buildingCount = `, (SELECT COUNT(*) FROM buildings b WHERE b.project = projects.id) AS building_count`
)

// Projects lists the projects in scope that a filter chooses, in the
// register's order and without their buildings, and how many there are in
// all pages together.
func (s *Store) Projects(ctx context.Context, scope survey.Scope, f survey.ProjectFilter) ([]survey.Project, int, error) {
	db := s.lookup(ctx).db
	chosen := db.Table("projects").Scopes(inScope(scope), chosenBy(f))
	var count int64
	if err := chosen.Session(&gorm.Session{}).Count(&count).Error; err != nil {
		return nil, 0, fmt.Errorf("projects: %w", err)
	}
	limit := f.Limit
	if limit == 0 {
		limit = math.MaxInt32 // MySQL knows no offset without one
	}
	page := chosen.Session(&gorm.Session{}).Select(projectColumns + buildingCount).Joins(projectTables).
		Order("projects.position").Offset(f.Offset).Limit(limit)
	var views []projectView
	if err := page.Find(&views).Error; err != nil {
		return nil, 0, fmt.Errorf("projects: %w", err)
	}
	projects := make([]survey.Project, len(views))
	for i, v := range views {
		projects[i] = v.project()
	}
	return projects, int(count), nil
}

func chosenBy(f survey.ProjectFilter) func(*gorm.DB) *gorm.DB {
	return func(db *gorm.DB) *gorm.DB {
		if key := survey.NameKey(f.Search); key != "" {
			like := "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(key) + "%"
			db = db.Where("(projects.name_key LIKE ? ESCAPE '!' OR LOWER(projects.register) LIKE ? ESCAPE '!')", like, like)
		}
		if f.District != 0 {
			db = db.Where("projects.district = ?", f.District)
		}
		if f.Subdistrict != 0 {
			db = db.Where("projects.subdistrict = ?", f.Subdistrict)
		}
		if f.Community != 0 {
			db = db.Where("projects.community = ?", f.Community)
		}
		if f.Company != 0 {
			db = db.Where("projects.company = ?", f.Company)
		}
		if key := survey.KindKey(f.Kind); key != "" {
			db = db.Where("LOWER(REPLACE(projects.kind, ' ', '')) = ?", key)
		}
		return db
	}
}

// Project is one project in scope with its buildings in the register's order.
func (s *Store) Project(ctx context.Context, scope survey.Scope, id survey.ID) (survey.Project, error) {
	l := s.lookup(ctx)
	p, err := l.project(scope, id)
	if err != nil {
		return survey.Project{}, err
	}
	p.Buildings, err = l.buildings(id)
	return p, err
}

// buildings of a project in the register's order.
func (l lookup) buildings(project survey.ID) ([]survey.Building, error) {
	var rows []buildingRow
	if err := l.db.Where("project = ?", project).Order("position").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("buildings: %w", err)
	}
	buildings := make([]survey.Building, len(rows))
	for i, r := range rows {
		buildings[i] = r.building()
	}
	return buildings, nil
}

// project is one project in scope, without its buildings.
func (l lookup) project(scope survey.Scope, id survey.ID) (survey.Project, error) {
	var views []projectView
	err := l.db.Table("projects").Select(projectColumns+buildingCount).Joins(projectTables).
		Scopes(inScope(scope)).Where("projects.id = ?", id).Find(&views).Error
	if err != nil {
		return survey.Project{}, fmt.Errorf("project: %w", err)
	}
	if len(views) == 0 {
		return survey.Project{}, survey.NotFoundError("error.not_found")
	}
	return views[0].project(), nil
}
