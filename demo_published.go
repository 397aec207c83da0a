package main

import (
	"fmt"
	"math/rand/v2"
	"time"

	"meihao/model"
	"meihao/survey"
)

// The days of the demo's earlier campaign, before today.
const (
	demoRegistered = -120
	demoEarlier    = -110 // opens
	demoAnswered   = -108
	demoClosed     = -100
	demoSealed     = -98
	demoPublished  = -88
	demoAnswers    = -86 // what the companies promise
)

// demoPeople are the accounts in whose names the demo's past happened.
type demoPeople struct{ district, second, third, company survey.Actor }

// demoPublishedProjects are the projects of the earlier campaign as their residents
// felt then: in between, above 90 % and below 60 %.
func demoPublishedProjects() []demoProject {
	all := demoProjects()
	then := []demoProject{all[0], all[1], all[2]}
	then[0].answers, then[0].satisfied, then[0].dissatisfied = 210, 780, 120
	then[1].answers, then[1].satisfied, then[1].dissatisfied = 160, 966, 10
	then[2].answers, then[2].satisfied, then[2].dissatisfied = 160, 450, 400
	return then
}

// publishDemo makes a campaign of the past with its published results and
// promises in every state, and returns a poster of its first project.
func (c *console) publishDemo(store *model.Store, clock *demoClock, place survey.Place, people demoPeople) (string, error) {
	activity, err := c.openDemoActivity(store, clock, people, place.District)
	if err == nil {
		err = c.applyDemo(store, clock, people, activity)
	}
	if err != nil {
		return "", err
	}
	clock.day = demoEarlier
	campaign, projects, err := c.openEarlier(store, activity, place.District, people.district)
	if err != nil {
		return "", err
	}
	clock.day = demoAnswered
	poster, err := c.answerEarlier(store, campaign, projects)
	if err != nil {
		return "", err
	}
	clock.day = demoClosed
	if _, err := store.CloseCampaign(c.ctx, people.district, campaign.ID, "调查期已满"); err != nil {
		return "", err
	}
	clock.day = demoSealed
	if _, _, err := store.SealCampaign(c.ctx, people.district, campaign.ID, "结果核对无误", true); err != nil {
		return "", err
	}
	if err := c.complainDemo(store, clock, people, activity); err != nil {
		return "", err
	}
	clock.day = demoPublished
	if err := store.PublishResults(c.ctx, people.district, campaign.ID, 1); err != nil {
		return "", err
	}
	if err := c.assessDemo(store, clock, people, activity, projects); err != nil {
		return "", err
	}
	if err := c.partiesDemo(store, people, activity, projects); err != nil {
		return "", err
	}
	if err := c.promiseDemo(store, clock, people, campaign.ID, projects[0].ID); err != nil {
		return "", err
	}
	return poster, nil
}

// openEarlier opens the earlier campaign for its projects, and returns them in
// their order.
func (c *console) openEarlier(store *model.Store, activity survey.Activity, district survey.ID, actor survey.Actor) (survey.Campaign, []survey.Project, error) {
	now := c.now()
	campaign, err := store.AddCampaign(c.ctx, actor, survey.Campaign{
		Name:     fmt.Sprintf("%d年%d月物业服务满意度调查（演示）", now.Year(), int(now.Month())),
		Activity: activity.ID, Owner: district, Admission: survey.ByRoom,
		Opens: now.Add(-time.Minute).Truncate(time.Minute), Closes: now.AddDate(0, 0, demoClosed-demoEarlier-1).Truncate(time.Hour),
		Publishes: survey.Day(now.AddDate(0, 0, demoPublished-demoEarlier)),
		Margins:   survey.DefaultMargins(), Asker: demoAsker, Phone: demoPhone, Demonstration: true,
	})
	if err != nil {
		return campaign, nil, err
	}
	var projects []survey.Project
	var ids []survey.ID
	for _, p := range demoPublishedProjects() {
		found, _, err := store.Projects(c.ctx, survey.CityScope(), survey.ProjectFilter{Search: p.name})
		if err != nil || len(found) == 0 {
			return campaign, nil, fmt.Errorf("the demo project %s is missing: %w", p.name, err)
		}
		projects, ids = append(projects, found[0]), append(ids, found[0].ID)
	}
	if err := store.Enrol(c.ctx, actor, campaign.ID, ids); err != nil {
		return campaign, nil, err
	}
	campaign, err = store.OpenCampaign(c.ctx, actor, campaign.ID, "演示")
	return campaign, projects, err
}

// answerEarlier saves the generated answers of a day, a project in one group.
func (c *console) answerEarlier(store *model.Store, campaign survey.Campaign, projects []survey.Project) (string, error) {
	chance := rand.New(rand.NewPCG(2023, 6))
	first := ""
	for i, p := range demoPublishedProjects() {
		places, err := store.Posters(c.ctx, survey.CityScope(), campaign.ID, projects[i].ID)
		if err != nil {
			return "", err
		}
		var group []survey.Submission
		for n, b := range p.buildings {
			place, err := store.Poster(c.ctx, places[n].Code)
			if err != nil {
				return "", err
			}
			if first == "" {
				first = place.Code
			}
			homes := b.homes()
			chance.Shuffle(len(homes), func(i, j int) { homes[i], homes[j] = homes[j], homes[i] })
			for _, h := range homes[:p.share(n)] {
				submission, err := c.generated(c.ctx, store, place, h, p, chance)
				if err != nil {
					return "", err
				}
				group = append(group, submission)
			}
		}
		saved, err := store.SaveResponses(c.ctx, group)
		for _, s := range saved {
			if err == nil {
				err = s.Err
			}
		}
		if err != nil {
			return "", fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return first, nil
}

// share is how many of the project's answers come from a building: as many as
// it has of the homes.
func (p demoProject) share(building int) int {
	all, before := 0, 0
	for n, b := range p.buildings {
		if n < building {
			before += b.households()
		}
		all += b.households()
	}
	upTo := func(homes int) int { return p.answers * homes / all }
	return upTo(before+p.buildings[building].households()) - upTo(before)
}
