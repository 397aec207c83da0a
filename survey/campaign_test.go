package survey_test

import (
	"testing"
	"time"

	"meihao/survey"
)

func moment(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func running() survey.Campaign {
	return survey.Campaign{
		Name: "2026", Stage: survey.OpenStage, Admission: survey.ByRoom, Margins: survey.DefaultMargins(), Enrolled: 1,
		Opens: moment("2026-09-01T00:00:00+08:00"), Closes: moment("2026-09-21T00:00:00+08:00"),
	}
}

// Open ⇔ stage open and opens ≤ now < closes (RULES §9).
func TestAcceptsToTheSecond(t *testing.T) {
	for at, want := range map[string]survey.Kind{
		"2026-08-31T23:59:59+08:00": survey.NotOpen,
		"2026-09-01T00:00:00+08:00": "",
		"2026-09-20T23:59:59+08:00": "",
		"2026-09-21T00:00:00+08:00": survey.Closed,
	} {
		err := running().Accepts(moment(at))
		if (err == nil) != (want == "") || err != nil && survey.KindOf(err) != want {
			t.Errorf("at %s: %v, want %q", at, err, want)
		}
	}
	for stage, want := range map[survey.Stage]survey.Kind{survey.Draft: survey.NotOpen, survey.ClosedStage: survey.Closed, survey.SealedStage: survey.Closed} {
		c := running()
		c.Stage = stage
		if err := c.Accepts(moment("2026-09-02T00:00:00+08:00")); survey.KindOf(err) != want {
			t.Errorf("%s: %v, want %s", stage, err, want)
		}
	}
}

func TestOnlyTheStepsThereAre(t *testing.T) {
	now := moment("2026-09-02T00:00:00+08:00")
	steps := map[string]func(*survey.Campaign) error{
		"open":   func(c *survey.Campaign) error { return c.Open(now) },
		"close":  func(c *survey.Campaign) error { return c.Close(now) },
		"reopen": func(c *survey.Campaign) error { return c.Reopen(now, c.Closes) },
		"seal":   func(c *survey.Campaign) error { return c.Seal(now) },
	}
	allowed := map[survey.Stage]map[string]survey.Stage{
		survey.Draft:       {"open": survey.OpenStage},
		survey.OpenStage:   {"close": survey.ClosedStage},
		survey.ClosedStage: {"reopen": survey.OpenStage, "seal": survey.SealedStage},
		survey.SealedStage: {},
	}
	for stage, ways := range allowed {
		for name, step := range steps {
			c := running()
			c.Stage = stage
			err := step(&c)
			if want, ok := ways[name]; ok != (err == nil) || ok && c.Stage != want {
				t.Errorf("%s from %s: %v, now %s", name, stage, err, c.Stage)
			}
			if err != nil && c.Stage != stage {
				t.Errorf("a refused %s moved the campaign to %s", name, c.Stage)
			}
		}
	}
}

func TestOpeningWantsAnEndAndProjects(t *testing.T) {
	for what, change := range map[string]func(*survey.Campaign){
		"the end is past":         func(c *survey.Campaign) { c.Closes = c.Opens.Add(time.Hour) },
		"no project is enrolled":  func(c *survey.Campaign) { c.Enrolled = 0 },
		"it is no draft any more": func(c *survey.Campaign) { c.Stage = survey.ClosedStage },
	} {
		c := running()
		c.Stage = survey.Draft
		change(&c)
		if err := c.Open(moment("2026-09-10T00:00:00+08:00")); survey.KindOf(err) != survey.Conflict {
			t.Errorf("opened although %s: %v", what, err)
		}
	}
}

func TestScopesHoldTheirOwn(t *testing.T) {
	p := survey.Project{Place: survey.Place{District: 1, Subdistrict: 2, Community: 3}, Company: survey.Company{ID: 4}}
	for want, scopes := range map[bool][]survey.Scope{
		true:  {survey.CityScope(), {District: 1}, {Subdistrict: 2}, {Community: 3}, {Company: 4}},
		false: {{}, {District: 9}, {Subdistrict: 9}, {Community: 9}, {Company: 9}},
	} {
		for _, s := range scopes {
			if s.Holds(p) != want {
				t.Errorf("%+v holds the project: %v", s, !want)
			}
		}
	}
	if (survey.Scope{}).Manages(0) || (survey.Scope{District: 1}).Manages(0) || (survey.Scope{Community: 3}).Manages(1) || !(survey.Scope{District: 1}).Manages(1) {
		t.Error("a campaign is managed by who does not own it")
	}
}

func TestRolesAreBoundToTheirLevel(t *testing.T) {
	if err := survey.CommunityRole.CheckScope(survey.CityScope()); err == nil {
		t.Error("a community account has the whole city")
	}
	if err := survey.DistrictRole.CheckScope(survey.Scope{}); err == nil {
		t.Error("a district account has no district")
	}
	if err := survey.DistrictRole.CheckScope(survey.Scope{District: 1}); err != nil {
		t.Error(err)
	}
	if survey.CommunityRole.May(survey.SealCampaigns) || survey.Role("").May(survey.ViewOverview) || survey.Role("boss").May(survey.ViewOverview) {
		t.Error("a role may do what no row allows it")
	}
}
