package model

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"meihao/survey"
)

// Enrolments are the enrolled projects in scope of a campaign in scope, in
// the register's order, without their buildings and with the sums of their
// tallies alone (survey.UnpackSums): one query that reads maintained tallies
// only, whatever the number of responses (DESIGN §5). Those of a large campaign
// may be countedAge old.
func (s *Store) Enrolments(ctx context.Context, scope survey.Scope, campaign survey.ID) ([]survey.Enrolment, error) {
	l := s.lookup(ctx)
	view, err := l.campaign(scope, campaign)
	if err != nil {
		return nil, err
	}
	if view.Row.Stage == survey.Draft {
		return l.enrolments(ctx, scope, view.Row)
	}
	all, err := s.enrolled(ctx, view.Row)
	if err != nil {
		return nil, err
	}
	list, err := s.counters(ctx, scope, view.Row, all)
	if err != nil {
		return nil, fmt.Errorf("enrolments: %w", err)
	}
	return list, nil
}

// enrolmentQuery walks the enrolments in their key's order; sorting them in
// the database would copy every tally. Until opening an enrolment has no
// homes and no tally of its own.
const enrolmentQuery = `SELECT p.id, COALESCE(p.register, ''), p.name, p.kind, p.phone,
		p.district, p.subdistrict, p.community, COALESCE(p.company, 0), p.position,
		COALESCE(e.households, p.households),
		CASE WHEN e.households IS NULL THEN p.occupied ELSE e.occupied END,
		e.tag, t.tally, t.shown_owner, t.shown_resident, COALESCE(t.refused, 0)
	FROM enrolments e
	JOIN projects p ON p.id = e.project
	LEFT JOIN tallies t ON t.campaign = e.campaign AND t.project = e.project
	WHERE e.campaign = ? AND `

// unpacking says how much of its counters a list of enrolments reads.
type unpacking struct {
	tally  func([]byte) (survey.Tally, error)
	shown  func([]byte) (survey.Shown, error)
	copies *shownOpener
}

func (l lookup) whole(campaign campaignRow) unpacking {
	return unpacking{survey.UnpackTally, survey.UnpackShown, l.opener(campaign)}
}

func (l lookup) sums(campaign campaignRow) unpacking {
	return unpacking{survey.UnpackSums, survey.UnpackShownScores, l.opener(campaign)}
}

// opener opens a campaign's shown copies.
func (l lookup) opener(campaign campaignRow) *shownOpener {
	o := &shownOpener{campaign: campaign.ID}
	if len(campaign.Secret) > 0 {
		o.wrap = l.wrap
	}
	return o
}

// countersRow are an enrolment's packed counters as they are stored.
type countersRow struct{ tally, owner, resident sql.RawBytes }

// placed is an enrolment with its place in the register.
type placed struct {
	survey.Enrolment
	position int64
}

// enrolments reads rows by hand and not through gorm: a city has 8,000, and
// scanning straight into the counters saves a copy of each.
func (l lookup) enrolments(ctx context.Context, scope survey.Scope, campaign campaignRow) ([]survey.Enrolment, error) {
	var list []*placed
	err := l.eachEnrolment(ctx, scope, campaign, l.sums(campaign), "", func(e placed, err error) error {
		list = append(list, &e)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("enrolments: %w", err)
	}
	slices.SortFunc(list, func(a, b *placed) int { return cmp.Compare(a.position, b.position) })
	enrolments := make([]survey.Enrolment, len(list))
	for i := range list {
		enrolments[i] = list[i].Enrolment
	}
	return enrolments, nil
}

// eachEnrolment calls f with the enrolments in scope that a further
// condition keeps; with an error, if an enrolment's tally cannot be read.
func (l lookup) eachEnrolment(ctx context.Context, scope survey.Scope, campaign campaignRow, as unpacking, and string, f func(placed, error) error, more ...any) error {
	names, err := l.names(scope)
	if err != nil {
		return err
	}
	where, args := within(scope, "p")
	rows, err := l.rows(ctx, enrolmentQuery+where+and, append(append([]any{campaign.ID}, args...), more...)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		e, err := scanEnrolment(rows, campaign.Admission, as)
		if e.Project.ID == 0 {
			return err
		}
		names.fill(&e.Project)
		if err := f(e, err); err != nil {
			return fmt.Errorf("project %s: %w", e.Project.ID, err)
		}
	}
	return rows.Err()
}

// rows runs a query of ours on whatever the lookup reads from.
func (l lookup) rows(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return l.db.Statement.ConnPool.QueryContext(ctx, query, args...)
}

func scanEnrolment(rows *sql.Rows, admission survey.Admission, as unpacking) (placed, error) {
	var e placed
	var packed countersRow
	p := &e.Project
	err := rows.Scan(&p.ID, &p.Register, &p.Name, &p.Kind, &p.Phone,
		&p.Place.District, &p.Place.Subdistrict, &p.Place.Community, &p.Company.ID, &e.position,
		&e.Homes.Households, &e.Homes.Occupied, &e.Tag, &packed.tally, &packed.owner, &packed.resident, &e.Refused)
	if err != nil {
		return e, err
	}
	p.Homes = e.Homes
	return e, as.fill(&e.Enrolment, admission, packed)
}

// fill writes packed counters into an enrolment.
func (as unpacking) fill(e *survey.Enrolment, admission survey.Admission, packed countersRow) error {
	unpacked, err := as.tally(packed.tally)
	if err != nil {
		return err
	}
	e.Tally, e.Claims = unpacked, claimsOf(unpacked, admission)
	for _, one := range []struct {
		base   survey.Bases
		stored []byte
		into   *survey.Shown
	}{{survey.OwnerBase, packed.owner, &e.Owner}, {survey.ResidentBase, packed.resident, &e.Resident}} {
		shown, err := as.copies.open(e.Project.ID, one.base, one.stored)
		if err != nil {
			return err
		}
		if *one.into, err = as.shown(shown); err != nil {
			return err
		}
	}
	return nil
}

// claimsOf is the number of a project's claims: one per base of each
// admitted response, by the invariant of RULES §1 that verify proves.
func claimsOf(t survey.Tally, a survey.Admission) int64 {
	return t.Responses(a, survey.OwnerBase) + t.Responses(a, survey.ResidentBase)
}

// Enrolment is one project of a campaign, both in scope, with its buildings
// as they were frozen at opening (before that, as the register has them) and
// its building groups.
func (s *Store) Enrolment(ctx context.Context, scope survey.Scope, campaign, project survey.ID) (survey.Enrolment, []survey.Group, error) {
	l := s.lookup(ctx)
	view, err := l.campaign(scope, campaign)
	if err != nil {
		return survey.Enrolment{}, nil, err
	}
	e, err := l.enrolment(ctx, scope, view.Row, project)
	groups := e.Groups
	e.Groups = nil
	return e, groups, err
}

// enrolment is one project in scope of a campaign with buildings and groups.
func (l lookup) enrolment(ctx context.Context, scope survey.Scope, campaign campaignRow, project survey.ID) (survey.Enrolment, error) {
	found := false
	var e survey.Enrolment
	err := l.eachEnrolment(ctx, scope, campaign, l.whole(campaign), " AND e.project = ?", func(one placed, err error) error {
		e, found = one.Enrolment, true
		return err
	}, project)
	if err != nil {
		return survey.Enrolment{}, fmt.Errorf("enrolment: %w", err)
	}
	if !found {
		return survey.Enrolment{}, survey.NotFoundError("error.not_found")
	}
	e.Groups, err = l.fillBuildings(&e.Project, campaign.ID)
	return e, err
}

// fillBuildings puts an enrolment's buildings into its project, the frozen
// ones or before opening the register's, and returns the building groups:
// those that responses were given, as they were made at opening.
func (l lookup) fillBuildings(p *survey.Project, campaign survey.ID) ([]survey.Group, error) {
	var row enrolmentRow
	if err := l.db.Where("campaign = ? AND project = ?", campaign, p.ID).Limit(1).Find(&row).Error; err != nil {
		return nil, fmt.Errorf("enrolment: %w", err)
	}
	var groups []survey.Group
	var err error
	if row.Households != nil {
		p.Buildings, groups, err = thaw(row.Buildings)
	} else {
		p.Buildings, err = l.buildings(p.ID)
		groups = survey.Groups(p.Buildings)
	}
	p.BuildingCount = len(p.Buildings)
	return groups, err
}
