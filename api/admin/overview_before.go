package admin

import (
	"time"

	"meihao/survey"
)

// overviewBefore is the campaign before one, with its projects as its reader
// may see them.
type overviewBefore struct {
	id       survey.ID
	projects map[survey.ID]*survey.Glance
}

// campaignBefore is the campaign of the same owner that ended last before
// another one began; nil where there is none.
func campaignBefore(campaigns []survey.Campaign, of survey.Campaign, now time.Time) *survey.Campaign {
	var before *survey.Campaign
	for i := range campaigns {
		one := &campaigns[i]
		if one.ID == of.ID || one.Owner != of.Owner || one.Stage == survey.Draft || !one.Ended(now) || !one.Opens.Before(of.Opens) {
			continue
		}
		if before == nil || one.Opens.After(before.Opens) {
			before = one
		}
	}
	return before
}

func beforeOf(id survey.ID, rows []*survey.Glance) *overviewBefore {
	b := &overviewBefore{id, make(map[survey.ID]*survey.Glance, len(rows))}
	for _, g := range rows {
		b.projects[g.Project.ID] = g
	}
	return b
}

// fallen are the projects whose rate fell by more than chance, as far as both
// rates may be seen.
func (b *overviewBefore) fallen(rows []*survey.Glance) []*survey.Glance {
	var list []*survey.Glance
	for _, g := range rows {
		if was := b.projects[g.Project.ID]; was != nil && survey.Compare(&was.Owner, &g.Owner).Change == survey.Fallen {
			list = append(list, g)
		}
	}
	return list
}

// path is where the two campaigns are compared.
func (b *overviewBefore) path(of campaignRow) string {
	return of.Path + "/compare?with=" + b.id.String() + "&change=" + string(survey.Fallen)
}
