package model

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"meihao/survey"
	"meihao/survey/roster"
)

var (
	// errPreview ends a transaction that was only to look.
	errPreview = errors.New("a preview changes nothing")
	// errOutdated: the register changed since the plan was made.
	errOutdated = errors.New("the plan is out of date")
)

// planTries is how often a plan is made beside the transaction that writes
// it; if something was changed meanwhile each time, it is made inside.
const planTries = 3

// ImportProjects plans what a register of projects or of buildings would
// change and, if it is asked to, writes exactly that plan in one transaction.
// The plan has the notes of the file too. Nothing is written when rows were
// refused and opt.Strict is set, when the plan is empty, or when it is not the
// one whose digest was accepted (Conflict).
//
// Reading the register and planning take seconds for a city. Nobody who saves
// an answer waits for that: the transaction begins with a plan that is made,
// and only looks whether anything was changed since.
func (s *Store) ImportProjects(ctx context.Context, actor survey.Actor, file roster.File, opt roster.Apply) (roster.Plan, error) {
	i := &planning{file: file, actor: actor, opt: opt, steps: progress{tell: opt.Progress}}
	for n := range planTries {
		if err := s.oneRead(ctx, func(l lookup) error { return i.read(ctx, l) }); err != nil {
			return roster.Plan{}, err
		}
		if err := i.make(ctx); err != nil {
			return roster.Plan{}, err
		}
		if !opt.Apply || i.nothing() {
			return i.plan, nil
		}
		err := s.change(ctx, actor, func(c *change) error { return c.apply(i, n == planTries-1) })
		switch {
		case errors.Is(err, errOutdated):
			continue
		case errors.Is(err, errPreview):
			return i.plan, nil
		case err == nil:
			s.posters.forget()
		}
		return i.plan, err
	}
	return roster.Plan{}, errOutdated // the last round plans inside
}

// oneRead reads one state of everything, and nobody who saves or changes
// something waits for it.
func (s *Store) oneRead(ctx context.Context, f func(l lookup) error) error {
	return s.read.WithContext(ctx).Transaction(func(tx *gorm.DB) error { return f(s.lookupIn(tx)) }, s.engine.oneState())
}

// planning is an import's plan with what it was compared with.
type planning struct {
	file     roster.File
	actor    survey.Actor
	opt      roster.Apply
	existing roster.Register
	last     int64 // the last event when that was read
	plan     roster.Plan
	digest   string
	steps    progress
}

// read reads the register, and before it how far the audit chain is.
func (i *planning) read(ctx context.Context, l lookup) (err error) {
	if err := l.db.WithContext(ctx).Raw("SELECT COALESCE(MAX(number), 0) FROM events").Scan(&i.last).Error; err != nil {
		return fmt.Errorf("events: %w", err)
	}
	i.existing, err = l.register()
	return err
}

func (i *planning) make(ctx context.Context) (err error) {
	i.plan, err = roster.MakePlanTelling(ctx, i.existing, i.file, i.actor.Scope, i.actor.Scope.All, i.steps.planned)
	if err == nil && i.opt.Apply {
		i.digest = i.plan.Digest()
	}
	return err
}

// nothing says that the plan is not to be written: it is empty, or strictness
// forbids it.
func (i *planning) nothing() bool {
	return i.plan.Empty() || i.opt.Strict && len(i.plan.Refused) > 0
}

// apply writes a plan. One that something was changed under is errOutdated,
// or with inside set made anew within the transaction.
func (c *change) apply(i *planning, inside bool) error {
	current, err := c.planned(i)
	if err != nil {
		return err
	}
	if !current {
		if !inside {
			return errOutdated
		}
		if err := i.read(c.ctx, c.lookup()); err != nil {
			return err
		}
		if err := i.make(c.ctx); err != nil {
			return err
		}
	}
	switch {
	case i.nothing():
		return errPreview
	case i.opt.Digest != "" && i.opt.Digest != i.digest:
		return survey.Fail(survey.Conflict, "error.import.changed")
	}
	if err := c.writePlan(i.plan, i.existing, &i.steps); err != nil {
		return err
	}
	lines, err := c.keepImported(i.plan)
	if err != nil {
		return err
	}
	return c.recordImport(i, lines)
}

// planned says whether the register is as it was when it was read: whatever
// changes it writes an event. Signing in and the like changes none.
func (c *change) planned(i *planning) (bool, error) {
	var changed int64
	err := c.tx.Raw("SELECT COUNT(*) FROM events WHERE number > ? AND action NOT LIKE 'account.%' AND action NOT LIKE 'token.%'", i.last).
		Scan(&changed).Error
	if err != nil {
		return false, fmt.Errorf("events: %w", err)
	}
	return changed == 0, nil
}

// recordImport writes the event, with the digest of the history's lines.
func (c *change) recordImport(i *planning, lines string) error {
	added, changed, same, refused := i.plan.Counts()
	newBuildings, changedBuildings, _ := i.plan.BuildingCounts()
	action := "projects.imported"
	if i.plan.Form == roster.Buildings {
		action = "buildings.imported"
	}
	return c.record(action, "projects", "", detail{
		"added": added, "changed": changed, "same": same, "refused": refused,
		"buildings_added": newBuildings, "buildings_changed": changedBuildings, "plan": i.digest, historyDetail: lines,
	})
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
	told  int // of the way, in halves of projects
}

// planned tells that so many of the register's projects are planned; what is
// planned once more is not told again.
func (p *progress) planned(done, total int) {
	p.total = total
	p.at(done)
}

func (p *progress) at(done int) {
	if p.told = max(p.told, done); p.tell != nil {
		p.tell(p.told, 2*p.total)
	}
}

// written tells that so many of the plan's projects and new buildings are.
func (p *progress) written(done, all int) {
	if all > 0 && done > 0 {
		p.at(p.total + p.total*done/all)
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
