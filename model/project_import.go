package model

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"meihao/survey"
	"meihao/survey/roster"
)

// errPreview ends a transaction that was only to look.
var errPreview = errors.New("a preview changes nothing")

// ImportProjects plans what a register of projects or of buildings would
// change and, if it is asked to, writes exactly that plan, all in one
// transaction. The plan has the notes of the file too. Nothing is written when
// rows were refused and opt.Strict is set, when the plan is empty, or when it
// is not the one whose digest was accepted (Conflict).
func (s *Store) ImportProjects(ctx context.Context, actor survey.Actor, file roster.File, opt roster.Apply) (roster.Plan, error) {
	if !opt.Apply {
		return s.planProjects(ctx, actor, file, opt)
	}
	var plan roster.Plan
	err := s.change(ctx, actor, func(c *change) error {
		existing, err := c.lookup().register()
		if err != nil {
			return err
		}
		steps := progress{tell: opt.Progress}
		plan = roster.MakePlanTelling(existing, file, actor.Scope, actor.Scope.All, steps.planned)
		if plan.Empty() || opt.Strict && len(plan.Refused) > 0 {
			return errPreview
		}
		if opt.Digest != "" && opt.Digest != plan.Digest() {
			return survey.Fail(survey.Conflict, "error.import.changed")
		}
		if err := c.writePlan(plan, existing, &steps); err != nil {
			return err
		}
		if err := c.keepImported(plan); err != nil {
			return err
		}
		added, changed, same, refused := plan.Counts()
		newBuildings, changedBuildings, _ := plan.BuildingCounts()
		action := "projects.imported"
		if plan.Form == roster.Buildings {
			action = "buildings.imported"
		}
		return c.record(action, "projects", "", detail{
			"added": added, "changed": changed, "same": same, "refused": refused,
			"buildings_added": newBuildings, "buildings_changed": changedBuildings, "plan": plan.Digest(),
		})
	})
	if errors.Is(err, errPreview) {
		return plan, nil
	}
	s.posters.forget()
	return plan, err
}

// planProjects only looks: it reads one state of everything, and nobody who
// saves or changes something waits for it.
func (s *Store) planProjects(ctx context.Context, actor survey.Actor, file roster.File, opt roster.Apply) (roster.Plan, error) {
	var existing roster.Register
	err := s.read.WithContext(ctx).Transaction(func(tx *gorm.DB) (err error) {
		existing, err = lookup{tx}.register()
		return err
	}, s.engine.oneState())
	if err != nil {
		return roster.Plan{}, err
	}
	steps := progress{tell: opt.Progress}
	return roster.MakePlanTelling(existing, file, actor.Scope, actor.Scope.All, steps.planned), nil
}

// register is everything the store holds, which a plan is compared with.
func (l lookup) register() (roster.Register, error) {
	places, err := l.places(survey.CityScope())
	if err != nil {
		return roster.Register{}, err
	}
	companies, err := l.companies(survey.CityScope())
	if err != nil {
		return roster.Register{}, err
	}
	var views []projectView
	err = l.db.Table("projects").Select(projectColumns).Joins(projectTables).Order("projects.position").Find(&views).Error
	if err != nil {
		return roster.Register{}, fmt.Errorf("projects: %w", err)
	}
	var buildings []buildingRow
	if err := l.db.Order("project, position").Find(&buildings).Error; err != nil {
		return roster.Register{}, fmt.Errorf("buildings: %w", err)
	}
	of := make(map[survey.ID][]survey.Building, len(views))
	for _, b := range buildings {
		of[b.Project] = append(of[b.Project], b.building())
	}
	projects := make([]survey.Project, len(views))
	for i, v := range views {
		projects[i] = v.project()
		projects[i].Buildings = of[projects[i].ID]
		projects[i].BuildingCount = len(projects[i].Buildings)
	}
	return roster.Register{Places: places, Companies: companies, Projects: projects}, nil
}

// importing is a plan being written: the ids by name of what it refers to,
// and the next position of each kind.
type importing struct {
	*change
	places    map[survey.Area]survey.Place
	companies map[string]survey.ID
	position  int64
	buildings []buildingRow
	steps     *progress
}

// progress tells how far an import is: planning is the first half of the way,
// writing the second.
type progress struct {
	tell  func(done, total int)
	total int // projects of the register
}

func (p *progress) planned(done, total int) {
	p.total = total
	if p.tell != nil {
		p.tell(done, 2*total)
	}
}

// written tells that so many of the plan's projects and new buildings are.
func (p *progress) written(done, all int) {
	if p.tell != nil && all > 0 {
		p.tell(p.total+p.total*done/all, 2*p.total)
	}
}

func (c *change) writePlan(plan roster.Plan, existing roster.Register, steps *progress) error {
	i := &importing{change: c, steps: steps, places: map[survey.Area]survey.Place{}, companies: map[string]survey.ID{}}
	for _, p := range existing.Places {
		i.places[areaKey(p.Area)] = p
	}
	for _, company := range existing.Companies {
		i.companies[survey.NameKey(company.Name)] = company.ID
	}
	for _, step := range []func(roster.Plan) error{i.addPlaces, i.addCompanies, i.writeProjects, i.writeBuildings} {
		if err := step(plan); err != nil {
			return err
		}
	}
	return nil
}

// areaKey is an area as areas are compared.
func areaKey(a survey.Area) survey.Area {
	return survey.Area{
		District: survey.NameKey(a.District), Subdistrict: survey.NameKey(a.Subdistrict), Community: survey.NameKey(a.Community),
	}
}

// nextPosition is the position after the last one in a table of ours.
func nextPosition(tx *gorm.DB, table string) (int64, error) {
	var next int64
	if err := tx.Raw("SELECT COALESCE(MAX(position), 0) + 1 FROM " + table).Scan(&next).Error; err != nil {
		return 0, fmt.Errorf("%s: %w", table, err)
	}
	return next, nil
}
