package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"fmt"
	"strconv"
	"time"

	"meihao/model"
	"meihao/static"
	"meihao/survey"
	"meihao/survey/roster"
)

// district is what a world is filled with before its server starts: a
// register, an open campaign for all of it, a poster in each building and a
// token of the city.
type district struct {
	campaign      survey.ID
	projects      []survey.ID
	posters       []string
	token         string
	places        map[string]survey.Poster // as the gate sees them, by code
	questionnaire *survey.Questionnaire
}

const (
	projectCount  = 20
	buildingCount = 2
	unitCount     = 3
	// homeCount is the most that a register may say: no answer shall be one
	// too many for its building.
	homeCount = 1_000_000
)

// makeDistrict fills an empty database through the store's own methods: the
// import and the opening that a real district goes through.
func makeDistrict(ctx context.Context, settings model.Settings) (d district, err error) {
	settings.Questionnaire = static.Questionnaire
	store, err := model.Open(ctx, settings)
	if err != nil {
		return d, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	actor := survey.Actor{Username: "faults", Role: survey.Administrator, Scope: survey.CityScope()}
	rows, err := roster.Read(ctx, "faults.csv", bytes.NewReader(register()))
	if err != nil {
		return d, err
	}
	plan, err := store.ImportProjects(ctx, actor, rows, roster.Apply{Apply: true, Strict: true})
	if err != nil {
		return d, err
	}
	if len(plan.Refused) > 0 {
		return d, fmt.Errorf("the register was refused: %v", plan.Refused[0])
	}
	if err := d.open(ctx, store, actor); err != nil {
		return d, err
	}
	return d, d.addToken(ctx, store, actor)
}

// open opens a campaign and reads its posters.
func (d *district) open(ctx context.Context, store *model.Store, actor survey.Actor) error {
	now := time.Now()
	campaign, err := store.AddCampaign(ctx, actor, survey.Campaign{
		Name: "faults", Admission: survey.ByRoom, Opens: now.Add(-time.Hour), Closes: now.AddDate(0, 0, 30),
		Margins: survey.DefaultMargins(), Asker: "示范区住房和城乡建设委员会", Phone: "010-0000 0000",
	})
	if err != nil {
		return err
	}
	if campaign, err = store.OpenCampaign(ctx, actor, campaign.ID, "故障演练"); err != nil {
		return err
	}
	d.campaign = campaign.ID
	if d.questionnaire, err = store.Questionnaire(ctx, campaign.Questionnaire); err != nil {
		return err
	}
	places, err := store.Posters(ctx, survey.CityScope(), campaign.ID)
	if err != nil {
		return err
	}
	d.places = map[string]survey.Poster{}
	seen := map[survey.ID]bool{}
	for _, p := range places {
		d.posters = append(d.posters, p.Code)
		if d.places[p.Code], err = store.Poster(ctx, p.Code); err != nil {
			return err
		}
		if !seen[p.Project.ID] {
			seen[p.Project.ID] = true
			d.projects = append(d.projects, p.Project.ID)
		}
	}
	if len(d.posters) != projectCount*buildingCount {
		return fmt.Errorf("%d posters hang in %d buildings", len(d.posters), projectCount*buildingCount)
	}
	return nil
}

// addToken makes an account of the city with a token.
func (d *district) addToken(ctx context.Context, store *model.Store, actor survey.Actor) error {
	account, err := store.AddAccount(ctx, actor, survey.Account{
		Username: "faults", Name: "faults", Role: survey.CityRole, Scope: survey.CityScope(), Language: "zh",
	}, "no password opens this account")
	if err != nil {
		return err
	}
	d.token = "mh_" + rand.Text() + rand.Text()[:6]
	_, err = store.AddToken(ctx, actor, survey.Token{
		Account: account.ID, Name: "faults", Role: account.Role, Scope: account.Scope,
	}, sha256.Sum256([]byte(d.token)))
	return err
}

// register is the district's register, one line for a building.
func register() []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	row := func(cells ...string) { _ = w.Write(cells) } // a buffer takes everything
	row("登记号", "区", "街道", "社区", "项目名称", "物业企业", "社区电话", "楼号", "单元数", "户数")
	for p := range projectCount {
		for n := range buildingCount {
			row(fmt.Sprintf("FAULT-%05d", p), "示范区", fmt.Sprintf("%d号街道", p%3), fmt.Sprintf("%d号社区", p%10),
				fmt.Sprintf("%d号小区", p), fmt.Sprintf("物业%d", p%5), "010-0000 0000",
				fmt.Sprintf("%d号楼", n+1), strconv.Itoa(unitCount), strconv.Itoa(homeCount))
		}
	}
	w.Flush()
	return b.Bytes()
}
