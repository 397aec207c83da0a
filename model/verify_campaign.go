package model

import (
	"fmt"

	"meihao/survey"
)

// checked is one enrolment while its rows are counted again.
type checked struct {
	survey.Enrolment
	where     string
	groups    int
	buildings map[survey.ID]bool
	frozen    bool

	recount  survey.Tally
	claims   map[survey.Slot]int64
	refused  int64
	comments int64
	days     map[int]int64 // by building group
	posters  map[survey.ID]int
}

// verifying is one campaign being verified.
type verifying struct {
	*verifier
	row           campaignRow
	campaign      survey.Campaign
	questionnaire *survey.Questionnaire
	where         string
	projects      map[survey.ID]*checked
	order         []survey.ID
	corrected     map[survey.ID]bool // projects whose frozen homes were corrected
}

func (v *verifier) campaign(view campaignView) error {
	c := &verifying{
		verifier: v, row: view.Row, campaign: view.campaign(), where: object("campaign", view.Row.ID), projects: map[survey.ID]*checked{},
	}
	c.key(view.Row)
	var err error
	if c.questionnaire, err = v.store.questionnaire(v.look, view.Row.Questionnaire); err != nil {
		return err
	}
	for _, step := range []func() error{
		c.enrolments, c.corrections, c.frozen, c.unmoved, c.responses, c.claims, c.comments, c.days, c.posters, c.posterUses, c.decisions,
		c.publication, c.promises, c.commentMarks,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	if len(c.order) != view.Row.Enrolled {
		c.find(c.where, "counts %d enrolled projects, there are %d", view.Row.Enrolled, len(c.order))
	}
	for _, id := range c.order {
		c.compare(c.projects[id])
	}
	return c.snapshot()
}

// key: a campaign has one from opening until sealing, and only then.
func (c *verifying) key(row campaignRow) {
	wants := row.Stage == survey.OpenStage || row.Stage == survey.ClosedStage
	switch has := len(row.Secret) > 0; {
	case has && row.Stage == survey.SealedStage:
		c.find(c.where, "is sealed but still has its key")
	case has && !wants:
		c.find(c.where, "has a key before it was opened")
	case !has && wants:
		c.find(c.where, "has no key")
	case has:
		if _, err := c.store.key(row.ID, row.Secret); err != nil {
			c.find(c.where, "has a key that cannot be unwrapped")
		}
	}
}

func (c *verifying) enrolments() error {
	return c.look.eachEnrolment(c.ctx, survey.CityScope(), c.row, c.look.whole(c.row), "", func(e placed, err error) error {
		p := &checked{
			Enrolment: e.Enrolment, where: c.where + " project " + e.Project.ID.String(),
			claims: map[survey.Slot]int64{}, days: map[int]int64{}, posters: map[survey.ID]int{},
		}
		if err != nil {
			c.find(p.where, "has a tally that cannot be read: %v", err)
		}
		c.projects[e.Project.ID] = p
		c.order = append(c.order, e.Project.ID)
		return nil
	})
}

// frozen reads what opening froze, and that each enrolment has its tally.
func (c *verifying) frozen() error {
	rows, err := c.look.rows(c.ctx, `SELECT e.project, e.households IS NOT NULL, e.group_homes, e.buildings, t.project IS NOT NULL
		FROM enrolments e LEFT JOIN tallies t ON t.campaign = e.campaign AND t.project = e.project WHERE e.campaign = ?`, c.campaign.ID)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var project survey.ID
		var frozen, tally bool
		var homes, text string
		if err := rows.Scan(&project, &frozen, &homes, &text, &tally); err != nil {
			return err
		}
		if p := c.project(project, "is enrolled"); p != nil {
			c.frozenOne(p, frozen, tally, homes, text)
		}
	}
	return rows.Err()
}

func (c *verifying) frozenOne(p *checked, frozen, tally bool, homes, text string) {
	p.frozen, p.buildings = frozen, map[survey.ID]bool{}
	started := c.campaign.Stage != survey.Draft
	if frozen != started || tally != started {
		c.find(p.where, "campaign is %s, but homes frozen is %t and tally there is %t", c.campaign.Stage, frozen, tally)
	}
	if !frozen {
		return
	}
	buildings, groups, err := thaw(text)
	if err != nil {
		c.find(p.where, "has frozen buildings that cannot be read")
		return
	}
	p.groups = len(groups)
	for _, b := range buildings {
		p.buildings[b.ID] = true
		if _, err := survey.UnpackRooms(b.Rooms); err != nil {
			c.find(p.where, "has a frozen household list of building %s that cannot be read", b.ID)
		}
	}
	if packHomes(groups) != homes {
		c.find(p.where, "has group homes %q where its buildings give %q", homes, packHomes(groups))
	}
	c.grouped(p, buildings, groups)
}

// project finds the enrolment that a row belongs to; a row without one is a
// finding, said once per project and kind.
func (c *verifying) project(id survey.ID, what string) *checked {
	p, found := c.projects[id]
	if !found {
		c.find(fmt.Sprintf("%s project %s", c.where, id), "%s but is not enrolled, or its places are gone", what)
		c.projects[id] = nil
	}
	return p
}

// decisions: whatever waits for a second person is about a held response.
func (c *verifying) decisions() error {
	rows, err := c.look.rows(c.ctx, `SELECT h.project, COUNT(*) FROM held_decisions h
		LEFT JOIN responses r ON r.campaign = h.campaign AND r.project = h.project AND r.id = h.response AND r.state = ?
		WHERE h.campaign = ? AND r.id IS NULL GROUP BY h.project`, survey.Held.Letter(), c.campaign.ID)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var project survey.ID
		var n int64
		if err := rows.Scan(&project, &n); err != nil {
			return err
		}
		c.find(fmt.Sprintf("%s project %s", c.where, project), "%d proposed decisions are about responses that are not held", n)
	}
	return rows.Err()
}
