package model

import (
	"context"
	"fmt"

	"meihao/survey"
)

type campaignRow struct {
	ID                survey.ID `gorm:"primaryKey;autoIncrement:false"`
	Activity          survey.ID
	Name              string
	Owner             survey.ID
	Stage             survey.Stage
	Admission         survey.Admission
	Feedback          bool
	Opens             int64
	Closes            int64
	Questionnaire     survey.ID
	MarginFull        int64
	MarginProvisional int64
	Asker             string
	Phone             string
	Demonstration     bool
	Added             int64
	Enrolled          int
	Secret            []byte
	Revisions         int64 // see revise
	Publishes         int64
}

// TableName is gorm's question.
func (campaignRow) TableName() string { return "campaigns" }

func (r campaignRow) campaign() survey.Campaign {
	return survey.Campaign{
		ID: r.ID, Activity: r.Activity, Name: r.Name, Owner: r.Owner, Stage: r.Stage,
		Admission: r.Admission, Feedback: r.Feedback, Opens: moment(r.Opens), Closes: moment(r.Closes),
		Questionnaire: r.Questionnaire, Margins: survey.Margins{Full: r.MarginFull, Provisional: r.MarginProvisional},
		Asker: r.Asker, Phone: r.Phone, Demonstration: r.Demonstration, Enrolled: r.Enrolled,
		Publishes: moment(r.Publishes),
	}
}

// take copies what changes of a campaign into its row.
func (r *campaignRow) take(c survey.Campaign) {
	r.Name, r.Stage, r.Admission, r.Feedback = c.Name, c.Stage, c.Admission, c.Feedback
	r.Opens, r.Closes = millis(c.Opens), millis(c.Closes)
	r.MarginFull, r.MarginProvisional = c.Margins.Full, c.Margins.Provisional
	r.Asker, r.Phone, r.Publishes = c.Asker, c.Phone, millis(survey.Day(c.Publishes))
}

// campaignView is a campaign with what other tables say of it.
type campaignView struct {
	Row       campaignRow `gorm:"embedded"`
	OwnerName string
	Number    int
}

const campaignColumns = `campaigns.*, q.number, COALESCE(d.name, '') AS owner_name`

const campaignTables = `JOIN questionnaires q ON q.id = campaigns.questionnaire
	LEFT JOIN districts d ON d.id = campaigns.owner`

func (v campaignView) campaign() survey.Campaign {
	c := v.Row.campaign()
	c.OwnerName, c.Version = v.OwnerName, v.Number
	return c
}

func (l lookup) campaigns(scope survey.Scope, where string, args ...any) ([]campaignView, error) {
	sees, seesArgs := seesCampaign(scope)
	var views []campaignView
	err := l.db.Table("campaigns").Select(campaignColumns).Joins(campaignTables).
		Where(sees, seesArgs...).Where(where, args...).Order("campaigns.added DESC, campaigns.id").Find(&views).Error
	if err != nil {
		return nil, fmt.Errorf("campaigns: %w", err)
	}
	return views, nil
}

// Campaigns lists those of the scope's own district and those with enrolled
// projects in scope, the newest first.
func (s *Store) Campaigns(ctx context.Context, scope survey.Scope) ([]survey.Campaign, error) {
	views, err := s.lookup(ctx).campaigns(scope, "1 = 1")
	if err != nil {
		return nil, err
	}
	campaigns := make([]survey.Campaign, len(views))
	for i, v := range views {
		campaigns[i] = v.campaign()
	}
	return campaigns, nil
}

// Campaign is one campaign in scope, else NotFound.
func (s *Store) Campaign(ctx context.Context, scope survey.Scope, id survey.ID) (survey.Campaign, error) {
	v, err := s.lookup(ctx).campaign(scope, id)
	return v.campaign(), err
}

func (l lookup) campaign(scope survey.Scope, id survey.ID) (campaignView, error) {
	views, err := l.campaigns(scope, "campaigns.id = ?", id)
	if err != nil {
		return campaignView{}, err
	}
	if len(views) == 0 {
		return campaignView{}, survey.NotFoundError("error.not_found")
	}
	return views[0], nil
}

// managed is a campaign that the actor may change, locked until the change
// is done: NotFound out of scope, Forbidden when it is another's.
func (c *change) managed(id survey.ID) (campaignView, error) {
	if c.engine.forUpdate != "" {
		if err := c.tx.Exec("SELECT id FROM campaigns WHERE id = ?"+c.engine.forUpdate, id).Error; err != nil {
			return campaignView{}, fmt.Errorf("campaign: %w", err)
		}
	}
	v, err := c.lookup().campaign(c.actor.Scope, id)
	if err != nil {
		return campaignView{}, err
	}
	if !c.actor.Scope.Manages(v.Row.Owner) {
		return campaignView{}, survey.Fail(survey.Forbidden, "error.forbidden")
	}
	return v, nil
}

// keep stores what a rule made of a campaign; never its key, which only
// opening writes and only sealing removes.
func (c *change) keep(v *campaignView, to survey.Campaign) error {
	v.Row.take(to)
	if err := c.tx.Select("*").Omit("secret").Updates(&v.Row).Error; err != nil {
		return fmt.Errorf("campaign: %w", err)
	}
	return nil
}

// campaignDetail is what an event says of a campaign.
func campaignDetail(c survey.Campaign) detail {
	d := detail{
		"name": c.Name, "stage": c.Stage, "admission": c.Admission, "feedback": c.Feedback,
		"opens": c.Opens, "closes": c.Closes, "full": c.Margins.Full, "provisional": c.Margins.Provisional,
		"asker": c.Asker, "phone": c.Phone, "projects": c.Enrolled,
	}
	if !c.Publishes.IsZero() {
		d["publishes"] = c.Publishes
	}
	return d
}
