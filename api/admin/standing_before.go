package admin

import (
	"errors"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// earlierBase is a base's result in the campaign before, beside what it is now.
type earlierBase struct {
	survey.Compared
	Campaign string
	Path     string // of the project's page there
	Word     word   // whether the change is larger than chance
	Why      string // why it cannot be said, or ""
}

// addBefore sets the campaign before beside the cards, where the project was
// part of it.
func (h *Handlers) addBefore(c *gin.Context, v *standingView, now survey.Enrolment) error {
	ctx, a := c.Request.Context(), actor(c)
	all, err := h.Store.Campaigns(ctx, a.Scope)
	if err != nil {
		return err
	}
	campaign := campaignBefore(all, v.Campaign.Campaign, v.AsOf)
	if campaign == nil {
		return nil
	}
	then, _, err := h.Store.Enrolment(ctx, a.Scope, campaign.ID, now.Project.ID)
	var known *survey.Error
	if errors.As(err, &known) && known.Kind == survey.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	was := survey.Glances(*campaign, []survey.Enrolment{then}, a.Role, v.AsOf)[0]
	is := survey.Glances(v.Campaign.Campaign, []survey.Enrolment{now}, a.Role, v.AsOf)[0]
	t := teller{h, c}
	path := rowOf(*campaign, a, v.AsOf).Path + "/standings/" + now.Project.ID.String() + carry(c)
	for i, change := range []survey.Compared{survey.Compare(&was.Owner, &is.Owner), survey.Compare(&was.Resident, &is.Resident)} {
		v.Bases[i].Before = &earlierBase{change, campaign.Name, path, changeWord(change.Change), t.incomparable(change)}
	}
	return nil
}
