package model

import (
	"database/sql"
	"fmt"

	"meihao/survey"
)

// posterUses: the posters of an enrolment never count more answers than it has
// responses; fewer where some came in before posters were counted. Where a
// poster was replaced its successor is another one of the same enrolment.
func (c *verifying) posterUses() error {
	rows, err := c.look.rows(c.ctx, `SELECT w.project, w.unit, w.retired, w.successor <> '',
			COALESCE(s.campaign = w.campaign AND s.project = w.project AND s.code <> w.code, 0),
			COALESCE(n.opens, 0), COALESCE(n.answers, 0), COALESCE(n.last_opened, 0)
		FROM posters w
		LEFT JOIN posters s ON s.code = w.successor AND w.successor <> ''
		LEFT JOIN poster_counts n ON n.code = w.code
		WHERE w.campaign = ?`, c.campaign.ID)
	if err != nil {
		return err
	}
	defer rows.Close()
	answers := map[survey.ID]int64{}
	for rows.Next() {
		if err := c.posterUse(rows, answers); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for id, n := range answers {
		p := c.project(id, "has posters")
		if p == nil {
			continue
		}
		if total := p.recount.Sum(func(survey.Cell) bool { return true }).Responses; n > total {
			c.find(p.where, "its posters count %d answers, there are %d responses", n, total)
		}
	}
	return nil
}

// posterUse checks one poster and adds its answers to its project's.
func (c *verifying) posterUse(rows *sql.Rows, answers map[survey.ID]int64) error {
	var project survey.ID
	var unit, day int
	var retired, replaced, known bool
	var opens, count int64
	if err := rows.Scan(&project, &unit, &retired, &replaced, &known, &opens, &count, &day); err != nil {
		return err
	}
	where := c.where + " project " + project.String()
	switch {
	case replaced && !retired:
		c.find(where, "a poster in use has a successor")
	case replaced && !known:
		c.find(where, "the successor of a poster is none of its posters")
	}
	if unit < 0 || opens < 0 || count < 0 || (day == 0) != (opens == 0) {
		c.find(where, "a poster of unit %d counts %d opens, the last on %d, and %d answers", unit, opens, day, count)
	}
	answers[project] += count
	return nil
}

// strayCounts finds counts of posters that do not exist.
func (v *verifier) strayCounts() error {
	var n int64
	err := v.look.db.Raw("SELECT COUNT(*) FROM poster_counts WHERE code NOT IN (SELECT code FROM posters)").Scan(&n).Error
	if err != nil {
		return fmt.Errorf("poster counts: %w", err)
	}
	if n > 0 {
		v.find("posters", "%d rows count the use of posters that do not exist", n)
	}
	return nil
}
