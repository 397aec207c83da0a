package admin

import "meihao/survey/export"

// workbook is the list of campaigns.
func (v campaignsView) workbook(t teller) workbook {
	return workbook{Title: v.Title, Tables: []export.Table{{
		Title:   v.Title,
		Columns: t.columns("campaign.name", "campaign.stage", "campaign.owner", "@campaign.opens", "@campaign.closes", "#campaign.enrolled"),
		Rows: export.Of(v.Campaigns, func(c campaignRow) []export.Cell {
			owner := c.OwnerName
			if owner == "" {
				owner = t.say("scope.city")
			}
			return []export.Cell{export.String(c.Name), t.word(c.Word), export.String(owner), export.Time(c.Opens), export.Time(c.Closes), export.Int(c.Enrolled)}
		}),
	}}}
}
