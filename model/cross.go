package model

import (
	"context"
	"database/sql"
	"fmt"
	"sync"

	"meihao/survey"
)

// crossAtOnce is of how many projects the answer sheets are read by one query.
const crossAtOnce = 400

// Cross counts the answer sheets of the projects that a crossing wants, in
// scope, into it: once for the same projects, until anything happens by the
// staff's hand (lookForNews). It reads packed answers alone and keeps none.
func (s *Store) Cross(ctx context.Context, scope survey.Scope, campaign survey.ID, x *survey.Crossing) error {
	l := s.lookup(ctx)
	view, err := l.campaign(scope, campaign)
	if err != nil {
		return err
	}
	s.lookForNews(ctx, s.now())
	before, key := s.posters.generation(), crossKey{scope, x.Key()}
	if tables, known := s.crosses.tables(key, before); known {
		x.SetTables(tables)
		return nil
	}
	for projects := x.Projects(); len(projects) > 0; {
		some := projects[:min(crossAtOnce, len(projects))]
		projects = projects[len(some):]
		if err := l.cross(ctx, scope, view.Row, some, x); err != nil {
			return fmt.Errorf("crossing: %w", err)
		}
	}
	s.crosses.keep(key, x.Tables(), before)
	return nil
}

func (l lookup) cross(ctx context.Context, scope survey.Scope, campaign campaignRow, projects []survey.ID, x *survey.Crossing) error {
	marks, args := among(projects)
	where, more := within(scope, "p")
	if !scope.All {
		where = "r.project IN (SELECT p.id FROM projects p WHERE " + where + ")"
	}
	args = append(append([]any{campaign.ID}, args...), more...)
	rows, err := l.rows(ctx, `SELECT r.project, r.bases, r.lane, r.answers FROM responses r
		WHERE r.campaign = ? AND r.project IN (`+marks+`) AND r.state = 'c' AND `+where+` ORDER BY r.project`, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	var lane, answers sql.RawBytes
	for rows.Next() {
		var project survey.ID
		var bases survey.Bases
		if err := rows.Scan(&project, &bases, &lane, &answers); err != nil {
			return err
		}
		x.Add(project, bases, survey.LaneOfLetter(string(lane)), answers)
	}
	return rows.Err()
}

// crossCache keeps what few crossings counted: a table for each question and
// base, some kilobytes.
type crossCache struct {
	mu        sync.Mutex
	forgotten int // posterCache.forgotten when the first of them was read
	kept      map[crossKey]survey.CrossTables
}

type crossKey struct {
	scope survey.Scope
	of    [32]byte
}

// crossesMost bounds the memory.
const crossesMost = 64

func newCrossCache() *crossCache { return &crossCache{kept: map[crossKey]survey.CrossTables{}} }

func (c *crossCache) tables(key crossKey, forgotten int) (survey.CrossTables, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	tables, found := c.kept[key]
	return tables, found && c.forgotten == forgotten
}

// keep remembers tables that were counted after so many times of forgetting.
func (c *crossCache) keep(key crossKey, tables survey.CrossTables, forgotten int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if forgotten < c.forgotten {
		return
	}
	if forgotten > c.forgotten || len(c.kept) >= crossesMost {
		clear(c.kept)
		c.forgotten = forgotten
	}
	c.kept[key] = tables
}
