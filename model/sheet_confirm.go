package model

import (
	"fmt"

	"meihao/survey"
	"meihao/survey/rubric"
)

// confirm compares the complaint log of item 1.3 with what residents said of
// it in the sealed campaigns that the sheets read: whether their complaint was
// resolved (RULES §6). Only projects whose log has something due are looked at.
func (l lookup) confirm(at map[survey.ID]*rubric.Figures) error {
	campaigns := map[survey.ID][]survey.ID{}
	for id, f := range at {
		if f.Campaign != nil && f.Prompt != nil && f.Prompt.DueResolution > 0 {
			campaigns[f.Campaign.ID] = append(campaigns[f.Campaign.ID], id)
		}
	}
	for campaign, projects := range campaigns {
		if err := l.confirmBy(campaign, projects, at); err != nil {
			return fmt.Errorf("complaints: %w", err)
		}
	}
	return nil
}

func (l lookup) confirmBy(campaign survey.ID, projects []survey.ID, at map[survey.ID]*rubric.Figures) error {
	view, err := l.campaign(survey.CityScope(), campaign)
	if err != nil {
		return err
	}
	q, err := l.asked(l, view.Row.Questionnaire)
	if err != nil {
		return err
	}
	var rows []struct {
		Project                          survey.ID
		Tally, ShownOwner, ShownResident []byte
	}
	err = l.db.Table("tallies").Select("project, tally, shown_owner, shown_resident").
		Where("campaign = ? AND project IN ?", campaign, projects).Find(&rows).Error
	if err != nil {
		return err
	}
	as, of := l.whole(view.Row), view.campaign()
	for _, r := range rows {
		d := survey.Distribution{Project: survey.Project{ID: r.Project}}
		if err := as.distribute(&d, of, countersRow{tally: r.Tally, owner: r.ShownOwner, resident: r.ShownResident}, l.now()); err != nil {
			return err
		}
		resolved, asked := survey.ResolvedShare(of, q, d, l.now())
		at[r.Project].Prompt.Confirm(resolved, asked)
	}
	return nil
}
