package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"meihao/model"
	"meihao/survey"
	"meihao/survey/roster"
)

// district is a store with an open campaign and a poster in every lobby.
type district struct {
	database
	store    *model.Store
	campaign survey.Campaign
	lobbies  []survey.PosterPlace // two for each project
	empty    int64                // bytes of the database before the first answer
}

const (
	buildingCount = 2
	unitCount     = 3
	// homeCount is the most that a register may say: no answer shall be one
	// too many for its building.
	homeCount = 1_000_000
)

// openDistrict makes a store with its district through the import and the
// opening that a real one goes through.
func openDistrict(ctx context.Context, at database, projects int) (*district, error) {
	d := &district{database: at}
	if err := d.open(ctx); err != nil {
		return nil, err
	}
	if err := d.fill(ctx, projects); err != nil {
		return nil, errors.Join(err, d.store.Close())
	}
	return d, d.reopen(ctx)
}

func (d *district) open(ctx context.Context) (err error) {
	d.store, err = d.database.open(ctx, nil)
	return err
}

// reopen closes once in between, so that what is weighed is the database and
// not its write-ahead log.
func (d *district) reopen(ctx context.Context) (err error) {
	if err := d.store.Close(); err != nil {
		return err
	}
	if d.empty, err = d.bytes(ctx); err != nil {
		return err
	}
	return d.open(ctx)
}

// copy is the same district in another folder.
func (d *district) copy(ctx context.Context, to database) (*district, error) {
	if err := d.store.Close(); err != nil {
		return nil, err
	}
	if err := os.CopyFS(to.folder, os.DirFS(d.folder)); err != nil {
		return nil, err
	}
	if err := d.open(ctx); err != nil {
		return nil, err
	}
	other := *d
	other.database = to
	return &other, other.open(ctx)
}

// spread is a lobby of each project.
func (d *district) spread() []survey.PosterPlace {
	var list []survey.PosterPlace
	for i := 0; i < len(d.lobbies); i += buildingCount {
		list = append(list, d.lobbies[i])
	}
	return list
}

func (d *district) fill(ctx context.Context, projects int) error {
	actor := survey.Actor{Username: "load", Role: survey.Administrator, Scope: survey.CityScope()}
	register, err := roster.Read(ctx, "load.csv", bytes.NewReader(register(projects)))
	if err != nil {
		return err
	}
	plan, err := d.store.ImportProjects(ctx, actor, register, roster.Apply{Apply: true, Strict: true})
	if err != nil {
		return err
	}
	if len(plan.Refused) > 0 {
		return fmt.Errorf("the register was refused: %v", plan.Refused[0])
	}
	now := time.Now()
	campaign, err := d.store.AddCampaign(ctx, actor, survey.Campaign{
		Name: "load", Admission: survey.ByRoom, Opens: now.Add(-time.Hour), Closes: now.AddDate(0, 0, 30),
		Margins: survey.DefaultMargins(), Asker: "示范区住房和城乡建设委员会", Phone: "010-0000 0000",
	})
	if err != nil {
		return err
	}
	if d.campaign, err = d.store.OpenCampaign(ctx, actor, campaign.ID, "load"); err != nil {
		return err
	}
	if d.lobbies, err = d.store.Posters(ctx, survey.CityScope(), campaign.ID); err != nil {
		return err
	}
	if len(d.lobbies) != projects*buildingCount {
		return fmt.Errorf("%d posters for %d projects", len(d.lobbies), projects)
	}
	return nil
}

// register is the district's register, one line for a building.
func register(projects int) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	row := func(cells ...string) { _ = w.Write(cells) } // a buffer takes everything
	row("登记号", "区", "街道", "社区", "项目名称", "物业企业", "社区电话", "楼号", "单元数", "户数")
	for p := range projects {
		for n := range buildingCount {
			row(fmt.Sprintf("LOAD-%05d", p), fmt.Sprintf("示范%d区", p/500), fmt.Sprintf("%d号街道", p/50), fmt.Sprintf("%d号社区", p/10),
				fmt.Sprintf("%d号小区", p), fmt.Sprintf("物业%d", p%200), "010-0000 0000",
				fmt.Sprintf("%d号楼", n+1), strconv.Itoa(unitCount), strconv.Itoa(homeCount))
		}
	}
	w.Flush()
	return b.Bytes()
}

// stored is the number of responses by the maintained tallies, which verify
// compares with the rows.
func (d *district) stored(ctx context.Context) (int64, error) {
	enrolments, err := d.store.Enrolments(ctx, survey.CityScope(), d.campaign.ID)
	var sum int64
	for _, e := range enrolments {
		sum += e.Tally.Sum(func(survey.Cell) bool { return true }).Responses
	}
	return sum, err
}
