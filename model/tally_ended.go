package model

import (
	"fmt"

	"meihao/survey"
)

// Once a campaign has ended everybody sees exact figures, and a held response
// that is decided then would move them by one. So the figures as they were when
// the first one was decided are kept as copies (survey.Shown.Ended), and move in
// steps from there. Sealing empties them; a reopening makes them copies of a
// running campaign again.

// keepEnded keeps the figures as they are now, before a decision, unless they
// are kept since an earlier one.
func (n *counters) keepEnded(a survey.Admission, copies *shownOpener) error {
	n.ended = true
	kept, err := n.opened(copies)
	if err != nil {
		return err
	}
	for base, copied := range kept {
		if !copied.Ended {
			n.take(a, base)
		}
	}
	return nil
}

// opened are the copies of both bases as they are stored.
func (n *counters) opened(copies *shownOpener) (map[survey.Bases]survey.Shown, error) {
	kept := map[survey.Bases]survey.Shown{}
	for _, base := range survey.BothBases.Each() {
		stored, _ := n.copyOf(base)
		packed, err := copies.open(n.row.Project, base, *stored)
		if err != nil {
			return nil, err
		}
		if kept[base], err = survey.UnpackShown(packed); err != nil {
			return nil, fmt.Errorf("the shown copy of project %s: %w", n.row.Project, err)
		}
	}
	return kept, nil
}

// runAgain makes the copies those of a running campaign: what everybody saw
// while it was closed. From an older copy the next one would be one response or
// two away from that.
func (n *counters) runAgain(a survey.Admission, copies *shownOpener) error {
	n.ended = false
	kept, err := n.opened(copies)
	if err != nil {
		return err
	}
	for base, copied := range kept {
		if !copied.Ended {
			n.take(a, base)
			continue
		}
		copied.Ended = false
		n.anew[base] = &copied
	}
	return nil
}

// copiesRun makes all copies of a campaign those of a running one.
func (c *change) copiesRun(campaign campaignRow) error {
	var rows []tallyRow
	err := c.tx.Raw("SELECT * FROM tallies WHERE campaign = ? ORDER BY project"+c.engine.forUpdate, campaign.ID).Scan(&rows).Error
	if err != nil {
		return fmt.Errorf("tallies: %w", err)
	}
	copies := c.lookup().opener(campaign)
	for _, row := range rows {
		n, err := countersOf(row)
		if err != nil {
			return err
		}
		if len(n.tally.Cells) == 0 {
			continue
		}
		if err := n.runAgain(campaign.Admission, copies); err != nil {
			return err
		}
		row = n.pack(c.wrap)
		err = c.tx.Exec(`UPDATE tallies SET shown_owner = ?, shown_resident = ?, changes_owner = ?, changes_resident = ?
			WHERE campaign = ? AND project = ?`,
			row.ShownOwner, row.ShownResident, row.ChangesOwner, row.ChangesResident, row.Campaign, row.Project).Error
		if err != nil {
			return fmt.Errorf("tally: %w", err)
		}
	}
	return nil
}
