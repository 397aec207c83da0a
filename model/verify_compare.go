package model

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"meihao/survey"
)

// compare says how an enrolment's rows differ from what they must be.
func (c *verifying) compare(p *checked) {
	if p == nil {
		return
	}
	if !bytes.Equal(p.recount.Pack(), p.Tally.Pack()) {
		c.find(p.where, "tally differs from the recount: %s", difference(p.Tally, p.recount))
	}
	c.compareClaims(p)
	total := p.recount.Sum(func(survey.Cell) bool { return true }).Responses
	if p.comments > total {
		c.find(p.where, "has %d comments and %d responses", p.comments, total)
	}
	for group := 1; group <= p.groups; group++ {
		want := p.recount.InGroup(c.campaign.Admission, group, survey.ResidentBase)
		if p.days[group] != want {
			c.find(p.where, "turnout by day adds up to %d in building group %d, there are %d responses", p.days[group], group, want)
		}
	}
	for building := range p.buildings {
		if p.posters[building] == 0 {
			c.find(p.where, "building %s has no poster", building)
		}
	}
	for building := range p.posters {
		if !p.buildings[building] {
			c.find(p.where, "a poster hangs in building %s, which is not enrolled", building)
		}
	}
}

// difference tells where two tallies part, without a figure of any answer.
func difference(stored, recount survey.Tally) string {
	all := func(t survey.Tally) survey.Score { return t.Sum(func(survey.Cell) bool { return true }) }
	a, b := all(stored), all(recount)
	if a.Responses != b.Responses {
		return fmt.Sprintf("%d responses are tallied, %d are stored", a.Responses, b.Responses)
	}
	return fmt.Sprintf("the %d responses are tallied with other answers, bases, states, lanes or groups", a.Responses)
}

// compareClaims: claims per base = responses with that flag, in whatever
// state; apart for open feedback in a room or code campaign (RULES §1).
func (c *verifying) compareClaims(p *checked) {
	admission := c.campaign.Admission
	for _, base := range survey.BothBases.Each() {
		for _, apart := range []bool{false, true} {
			slot := survey.SlotOf(base, apart)
			want := p.recount.Sum(func(k survey.Cell) bool {
				return k.Bases.Has(base) && admission.Admits(k.Lane) != apart
			}).Responses
			if p.claims[slot] != want {
				c.find(p.where, "has %d claims in slot %d and %d responses of that base", p.claims[slot], slot, want)
			}
			delete(p.claims, slot)
		}
	}
	for slot, n := range p.claims {
		c.find(p.where, "has %d claims in the unknown slot %d", n, slot)
	}
	if p.refused != p.Refused {
		c.find(p.where, "counts %d refused claims, %d are marked", p.Refused, p.refused)
	}
}

// snapshot: a sealed campaign has one, and it says what its rows say.
func (c *verifying) snapshot() error {
	snapshot, err := c.look.snapshot(c.campaign.ID)
	var known *survey.Error
	switch {
	case errors.As(err, &known):
		if c.campaign.Stage == survey.SealedStage {
			c.find(c.where, "is sealed but has no snapshot")
		}
		return nil
	case err != nil:
		c.find(c.where, "has a snapshot that cannot be read")
		return nil
	case c.campaign.Stage != survey.SealedStage:
		c.find(c.where, "has a snapshot but is %s", c.campaign.Stage)
		return nil
	}
	if snapshot.Campaign != c.campaign.ID || snapshot.Admission != c.campaign.Admission ||
		snapshot.Margins != c.campaign.Margins || snapshot.Questionnaire != c.questionnaire.Version {
		c.find(c.where, "snapshot %d was made under other settings than the campaign has", snapshot.Number)
	}
	return c.sealed(snapshot)
}

// sealed compares a snapshot's projects with what sealing would write now.
func (c *verifying) sealed(snapshot survey.Snapshot) error {
	var rows []sealedRow
	if err := c.look.db.Where("campaign = ? AND number = ?", snapshot.Campaign, snapshot.Number).Find(&rows).Error; err != nil {
		return err
	}
	seen := map[survey.ID]bool{}
	for _, row := range rows {
		p := c.project(row.Project, "is sealed")
		if p == nil {
			continue
		}
		seen[row.Project] = true
		e := p.Enrolment
		e.Tally, e.Refused, e.Claims = p.recount, p.refused, claimsOf(p.recount, c.campaign.Admission)
		var stored survey.Sealed
		if err := json.Unmarshal([]byte(row.Data), &stored); err != nil {
			c.find(p.where, "has a sealed result that cannot be read")
			continue
		}
		// The register may have given the project another name since.
		e.Project.Name = stored.Name
		want, err := json.Marshal(survey.SealEnrolment(c.campaign, e))
		if err != nil {
			return err
		}
		if string(want) != row.Data {
			c.find(p.where, "snapshot %d differs from what the responses give", snapshot.Number)
		}
	}
	for _, id := range c.order {
		if !seen[id] {
			c.find(c.where+" project "+id.String(), "is missing from snapshot %d", snapshot.Number)
		}
	}
	return nil
}
