package model

import (
	"context"
	"encoding/json"
	"fmt"

	"meihao/survey"
	"meihao/survey/rubric"
)

type sheetRow struct {
	ID           survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Activity     survey.ID
	Project      survey.ID
	Revision     int64
	Campaign     survey.ID
	Snapshot     int
	ReadBy       survey.ID
	ReadAt       int64
	Paid         int64
	Due          int64
	FeesDocument string
	FeesBy       survey.ID
	FeesAt       int64
}

// TableName is gorm's question.
func (sheetRow) TableName() string { return "sheets" }

// Sheet is all that the sheet of a project in scope is filled from. A project
// that does not take part in the activity is NotFound.
func (s *Store) Sheet(ctx context.Context, scope survey.Scope, activity, project survey.ID) (survey.Activity, rubric.Case, error) {
	l := s.lookup(ctx)
	a, err := l.activity(activity)
	if err != nil {
		return a, rubric.Case{}, err
	}
	one, err := l.sheetCase(scope, a, project, true)
	return a, one, err
}

// CampaignSheet is the sheet of a project in scope in the activity of a
// campaign that has it enrolled. Where the sheet reads another campaign's
// result, 1.1 and 6.1 are of the newest snapshot of the campaign asked for.
func (s *Store) CampaignSheet(ctx context.Context, scope survey.Scope, campaign, project survey.ID) (survey.Activity, rubric.Case, error) {
	l := s.lookup(ctx)
	view, err := l.campaign(scope, campaign)
	if err != nil {
		return survey.Activity{}, rubric.Case{}, err
	}
	a, err := l.activity(view.Row.Activity)
	if err != nil {
		return a, rubric.Case{}, err
	}
	inside, args := within(scope, "projects")
	cases, err := l.casesOf(a, "EXISTS (SELECT 1 FROM enrolments x WHERE x.campaign = ? AND x.project = projects.id) AND projects.id = ? AND "+inside,
		append([]any{campaign, project}, args...)...)
	if err != nil {
		return a, rubric.Case{}, err
	}
	if len(cases) == 0 {
		return a, rubric.Case{}, survey.NotFoundError("error.not_found")
	}
	one := &cases[0]
	if r := one.Entries.Reading; r != nil && r.Campaign == campaign {
		return a, *one, nil
	}
	return a, *one, l.readNewest(view.campaign(), one)
}

// readNewest puts the newest result of a campaign in the place of what a sheet
// reads.
func (l lookup) readNewest(c survey.Campaign, one *rubric.Case) error {
	one.Entries.Reading, one.Entries.Confirmation = nil, nil
	one.Figures.Campaign, one.Figures.Sealed, one.Figures.Published = nil, nil, false
	if c.Stage != survey.SealedStage {
		return nil
	}
	snapshot, err := l.snapshot(c.ID)
	if err != nil {
		return err
	}
	var row sealedRow
	err = l.db.Where("campaign = ? AND number = ? AND project = ?", c.ID, snapshot.Number, one.Project.ID).Limit(1).Find(&row).Error
	if err != nil || row.Data == "" {
		return wrapped("snapshot", err)
	}
	var sealed survey.Sealed
	if err := json.Unmarshal([]byte(row.Data), &sealed); err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	p, err := l.publication(c.ID)
	one.Figures.Campaign, one.Figures.Sealed, one.Figures.Published = &c, &sealed, !p.At.IsZero()
	return err
}

// sheetCase is the one of a project in scope; with figures or only with what
// people entered.
func (l lookup) sheetCase(scope survey.Scope, a survey.Activity, project survey.ID, figures bool) (rubric.Case, error) {
	where, args := taking(scope, a, "projects.id = ?", project)
	cases, err := l.enteredCases(a, where, args...)
	if err == nil && figures {
		err = l.figure(a, cases)
	}
	if err != nil {
		return rubric.Case{}, err
	}
	if len(cases) == 0 {
		return rubric.Case{}, survey.NotFoundError("error.sheet.absent")
	}
	return cases[0], nil
}

// Sheets are those of all projects in scope that a filter chooses and that take
// part in an activity, in the register's order.
func (s *Store) Sheets(ctx context.Context, scope survey.Scope, activity survey.ID, f survey.ProjectFilter) (survey.Activity, []rubric.Case, error) {
	l := s.lookup(ctx)
	a, err := l.activity(activity)
	if err != nil {
		return a, nil, err
	}
	chosen := l.db.Table("projects").Select("projects.id").Scopes(inScope(scope), chosenBy(f))
	where, args := taking(scope, a, "projects.id IN (?)", chosen)
	cases, err := l.casesOf(a, where, args...)
	return a, cases, err
}

// CountSheets is how many projects in scope take part in an activity.
func (s *Store) CountSheets(ctx context.Context, scope survey.Scope, activity survey.ID) (int, error) {
	var n int64
	err := s.lookup(ctx).db.Table("projects").Scopes(inScope(scope)).Where(takesPart("projects.id"), activity, activity).Count(&n).Error
	return int(n), wrapped("sheets", err)
}

// taking is the condition of projects in scope that take part in an activity.
func taking(scope survey.Scope, a survey.Activity, where string, args ...any) (string, []any) {
	inside, more := within(scope, "projects")
	return takesPart("projects.id") + " AND " + inside + " AND " + where, append(append([]any{a.ID, a.ID}, more...), args...)
}

// casesOf gathers what sheets are filled from in a fixed number of statements.
func (l lookup) casesOf(a survey.Activity, where string, args ...any) ([]rubric.Case, error) {
	cases, err := l.enteredCases(a, where, args...)
	if err != nil || len(cases) == 0 {
		return nil, err
	}
	return cases, l.figure(a, cases)
}

// enteredCases gathers what people entered, without what the machine knows.
func (l lookup) enteredCases(a survey.Activity, where string, args ...any) ([]rubric.Case, error) {
	projects, err := l.projectsWhere(where, args...)
	if err != nil || len(projects) == 0 {
		return nil, err
	}
	ids, cases := make([]survey.ID, len(projects)), make([]rubric.Case, len(projects))
	at := make(map[survey.ID]*rubric.Case, len(projects))
	for i, p := range projects {
		ids[i], cases[i] = p.ID, rubric.Case{Project: p, Entries: rubric.Entries{Activity: a.ID, Project: p.ID}}
		at[p.ID] = &cases[i]
	}
	return cases, l.enter(a.ID, ids, at)
}

// enter adds what people entered.
func (l lookup) enter(activity survey.ID, projects []survey.ID, at map[survey.ID]*rubric.Case) error {
	var rows []sheetRow
	if err := l.db.Where("activity = ? AND project IN ?", activity, projects).Find(&rows).Error; err != nil {
		return fmt.Errorf("sheets: %w", err)
	}
	if len(rows) == 0 {
		return nil
	}
	newest, err := l.newestSnapshots()
	if err != nil {
		return err
	}
	sheets := entered{l: l, activity: activity, at: make(map[survey.ID]*rubric.Entries, len(rows))}
	for _, r := range rows {
		e := &at[r.Project].Entries
		e.ID, e.Revision = r.ID, r.Revision
		if r.Campaign != 0 {
			e.Reading = &rubric.Reading{Campaign: r.Campaign, Snapshot: r.Snapshot, Newest: newest[r.Campaign], By: personOf(r.ReadBy, r.ReadAt)}
		}
		if r.Due > 0 {
			e.Fees = &rubric.Fees{Paid: r.Paid, Due: r.Due, Document: r.FeesDocument, By: personOf(r.FeesBy, r.FeesAt)}
		}
		sheets.at[r.ID] = e
		sheets.ids = append(sheets.ids, r.ID)
	}
	return sheets.all()
}

func (l lookup) newestSnapshots() (map[survey.ID]int, error) {
	var rows []struct {
		Campaign survey.ID
		Newest   int
	}
	if err := l.db.Table("snapshots").Select("campaign, MAX(number) AS newest").Group("campaign").Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("snapshots: %w", err)
	}
	newest := make(map[survey.ID]int, len(rows))
	for _, r := range rows {
		newest[r.Campaign] = r.Newest
	}
	return newest, nil
}

// figure adds what the machine knows: the sealed results that are read, and
// the complaints.
func (l lookup) figure(a survey.Activity, cases []rubric.Case) error {
	projects := make([]survey.ID, len(cases))
	at := make(map[survey.ID]*rubric.Figures, len(cases))
	for i := range cases {
		projects[i] = cases[i].Project.ID
		at[projects[i]] = &cases[i].Figures
	}
	if err := l.readResults(a, projects, at); err != nil {
		return err
	}
	figures, err := l.complaintFigures(a, projects)
	if err != nil {
		return err
	}
	for id, f := range at {
		f.Lowest, f.Prompt = figures[id].Lowest, figures[id].Prompt
	}
	return l.confirm(at)
}

// readResults adds the sealed results that the sheets of some projects read.
func (l lookup) readResults(a survey.Activity, projects []survey.ID, at map[survey.ID]*rubric.Figures) error {
	var rows []sealedRow
	err := l.db.Table("sealed_projects").Select("sealed_projects.*").
		Joins(`JOIN sheets ON sheets.campaign = sealed_projects.campaign AND sheets.snapshot = sealed_projects.number
			AND sheets.project = sealed_projects.project`).
		Where("sheets.activity = ? AND sheets.project IN ?", a.ID, projects).Find(&rows).Error
	if err != nil {
		return fmt.Errorf("sheets: %w", err)
	}
	type result struct {
		campaign  survey.Campaign
		published bool
	}
	known := map[survey.ID]*result{}
	for _, r := range rows {
		of := known[r.Campaign]
		if of == nil {
			view, err := l.campaign(survey.CityScope(), r.Campaign)
			if err != nil {
				return err
			}
			p, err := l.publication(r.Campaign)
			if err != nil {
				return err
			}
			of = &result{view.campaign(), !p.At.IsZero()}
			known[r.Campaign] = of
		}
		var sealed survey.Sealed
		if err := json.Unmarshal([]byte(r.Data), &sealed); err != nil {
			return fmt.Errorf("snapshot: %w", err)
		}
		f := at[r.Project]
		f.Campaign, f.Sealed, f.Published = &of.campaign, &sealed, of.published
	}
	return nil
}
