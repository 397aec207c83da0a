package model

import (
	"database/sql"

	"meihao/survey"
)

// responses streams a campaign's responses and counts them again.
func (c *verifying) responses() error {
	rows, err := c.look.rows(c.ctx, `SELECT project, id, bases, grp, lane, state, reason, version, answers,
			LENGTH(receipt) = 16 AND LENGTH(change_key) = 16
		FROM responses WHERE campaign = ? ORDER BY campaign, project, id`, c.campaign.ID)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var row responseRow
		var whole bool
		var lane, state, reason, answers sql.RawBytes
		if err := rows.Scan(&row.Project, &row.ID, &row.Bases, &row.Grp, &lane, &state, &reason, &row.Version, &answers, &whole); err != nil {
			return err
		}
		row.Lane, row.State, row.Reason, row.Answers = string(lane), string(state), survey.Reason(reason), string(answers)
		if p := c.project(row.Project, "has responses"); p != nil {
			c.response(p, row, whole)
		}
	}
	return rows.Err()
}

// response checks one row and counts it. What cannot be counted is a
// finding of its own, and then the tally differs as well.
func (c *verifying) response(p *checked, row responseRow, whole bool) {
	r := row.response()
	bad := func(format string, args ...any) {
		c.find(p.where, "response %d "+format, append([]any{r.ID}, args...)...)
	}
	switch {
	case r.State == "" || r.State.Letter() != row.State:
		bad("has the unknown state %q", row.State)
		return
	case r.Lane == "" || r.Lane.Letter() != row.Lane:
		bad("has the unknown lane %q", row.Lane)
		return
	case r.Bases == 0 || r.Bases > survey.BothBases:
		bad("has the impossible bases %d", r.Bases)
		return
	}
	if r.Group < 1 || r.Group > p.groups {
		bad("is in building group %d of %d", r.Group, p.groups)
	}
	if (r.State == survey.Counted) && r.Reason != "" && r.Reason != survey.OverHouseholds || r.State != survey.Counted && r.Reason == "" {
		bad("is %s with the reason %q", r.State, r.Reason)
	}
	if row.Version != c.questionnaire.Number {
		bad("answers questionnaire %d, the campaign asks %d", row.Version, c.questionnaire.Number)
	}
	if !whole {
		bad("has a receipt or change key of the wrong length")
	}
	if err := p.recount.Add(c.questionnaire, r, +1); err != nil {
		bad("cannot be read: %v", err)
	}
}

// each runs a query of three numbers per row, the first a project.
func (c *verifying) each(what, query string, f func(p *checked, a, b int64)) error {
	rows, err := c.look.rows(c.ctx, query, c.campaign.ID)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var project survey.ID
		var a, b int64
		if err := rows.Scan(&project, &a, &b); err != nil {
			return err
		}
		if p := c.project(project, what); p != nil {
			f(p, a, b)
		}
	}
	return rows.Err()
}

func (c *verifying) claims() error {
	if err := c.each("has claims", `SELECT project, base, COUNT(*) FROM claims WHERE campaign = ? GROUP BY project, base`,
		func(p *checked, slot, n int64) { p.claims[survey.Slot(slot)] = n }); err != nil {
		return err
	}
	return c.each("has refused claims", `SELECT project, COUNT(*), 0 FROM claims WHERE campaign = ? AND refused <> 0 AND base IN (1, 2) GROUP BY project`,
		func(p *checked, n, _ int64) { p.refused = n })
}

func (c *verifying) comments() error {
	return c.each("has comments", `SELECT project, COUNT(*), 0 FROM comments WHERE campaign = ? GROUP BY project`,
		func(p *checked, n, _ int64) { p.comments = n })
}

func (c *verifying) days() error {
	return c.each("has turnout", `SELECT project, grp, SUM(responses) FROM turnout_days WHERE campaign = ? GROUP BY project, grp`,
		func(p *checked, group, n int64) { p.days[int(group)] = n })
}

func (c *verifying) posters() error {
	rows, err := c.look.rows(c.ctx, `SELECT project, building FROM posters WHERE campaign = ?`, c.campaign.ID)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var project, building survey.ID
		if err := rows.Scan(&project, &building); err != nil {
			return err
		}
		if p := c.project(project, "has posters"); p != nil {
			p.posters[building]++
		}
	}
	return rows.Err()
}
