package modeltest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"meihao/model"
	"meihao/survey"
	"meihao/survey/roster"
)

// CitySize says how large a City becomes. The same size and seed give the
// same register, households and answers; ids and keys are the store's own
// and new each time.
type CitySize struct {
	Projects, Buildings, Responses int
	Seed                           uint64
}

// check says what no city can be made of.
func (s CitySize) check() error {
	if s.Projects < 1 || s.Buildings < s.Projects || s.Responses < 0 {
		return fmt.Errorf("a city wants a project, a building for each project and no negative number: %+v", s)
	}
	return nil
}

// City is a clearly fictional city with an open campaign over all of its
// projects, made through the store's own methods at any size: districts and
// companies with numbers for names, compounds of all sizes and moods, homes
// that answer once, retries, and second members of a household that are
// refused. What it leaves behind is what verify finds nothing wrong with.
type City struct {
	CitySize
	Campaign survey.Campaign

	store    *model.Store
	clock    *Clock
	sheets   *sheets
	projects []*cityProject // in the order of their ids once the campaign is open
}

// cityDays is how long ago the campaign began: its answers came on as many
// days. It stays open for as long again.
const cityDays = 10

// NewCity plans a city and writes nothing yet. The store must read its time
// from the clock, which Fill moves through the days of the campaign and
// leaves at the moment where it stood.
func NewCity(store *model.Store, clock *Clock, size CitySize) (*City, error) {
	if err := size.check(); err != nil {
		return nil, err
	}
	return &City{CitySize: size, store: store, clock: clock, projects: planCity(size)}, nil
}

// system acts for the city.
func (*City) system() survey.Actor {
	return survey.Actor{Username: "system", Scope: survey.CityScope()}
}

// Import imports the register.
func (c *City) Import(ctx context.Context) error {
	plan, err := c.store.ImportProjects(ctx, c.system(), roster.File{Rows: c.register()}, roster.Apply{Apply: true, Strict: true})
	if err != nil {
		return err
	}
	if len(plan.Refused) > 0 {
		return fmt.Errorf("the register was refused: %v", plan.Refused[0])
	}
	return nil
}

// Open adds and opens the campaign of the whole city, with a poster in every
// building.
func (c *City) Open(ctx context.Context) error {
	now := c.clock.Now()
	campaign, err := c.store.AddCampaign(ctx, c.system(), survey.Campaign{
		Name: fmt.Sprintf("%d年虚构市满意度调查（演示）", now.Year()), Admission: survey.ByRoom, Margins: survey.DefaultMargins(),
		Opens: now.AddDate(0, 0, -cityDays), Closes: now.AddDate(0, 0, cityDays),
		Asker: "虚构市住房和城乡建设委员会", Phone: "010-0000 0000", Demonstration: true,
	})
	if err != nil {
		return err
	}
	if c.Campaign, err = c.store.OpenCampaign(ctx, c.system(), campaign.ID, Reason); err != nil {
		return err
	}
	q, err := c.store.Questionnaire(ctx, c.Campaign.Questionnaire)
	if err != nil {
		return err
	}
	if c.sheets, err = newSheets(q, c.Seed); err != nil {
		return err
	}
	return c.meet(ctx)
}

// Close ends the campaign on the day on which it was to end.
func (c *City) Close(ctx context.Context) error {
	c.clock.Set(c.Campaign.Closes)
	_, err := c.store.CloseCampaign(ctx, c.system(), c.Campaign.ID, Reason)
	return err
}

// meet reads what the gate must know of each project, from one of its
// posters, and puts the projects into the order of their ids: who saves in
// key order writes each page of the database once.
func (c *City) meet(ctx context.Context) error {
	places, err := c.store.Posters(ctx, survey.CityScope(), c.Campaign.ID)
	if err != nil {
		return err
	}
	if len(places) != c.Buildings {
		return fmt.Errorf("%d posters for %d buildings", len(places), c.Buildings)
	}
	byNumber := make(map[string]*cityProject, len(c.projects))
	for _, p := range c.projects {
		byNumber[p.number] = p
	}
	for _, place := range places {
		p := byNumber[place.Project.Register]
		if p == nil || p.poster.Project.ID != 0 {
			continue
		}
		if p.poster, err = c.store.Poster(ctx, place.Code); err != nil {
			return err
		}
	}
	slices.SortFunc(c.projects, func(a, b *cityProject) int {
		return int(a.poster.Project.ID - b.poster.Project.ID)
	})
	return nil
}

const (
	// groupSize is how many submissions are saved in one transaction, more
	// or less: projects are taken together until they have so many a day.
	groupSize = 4096
	// saveDays is in how many days a part of the answers comes.
	saveDays = cityDays - 1
)

// Fill saves answers, in the order of projects, until the city has so many:
// each project its share of them. progress is told how many are stored; nil
// for nobody.
func (c *City) Fill(ctx context.Context, responses int, progress func(stored int)) error {
	moment := c.clock.Now()
	defer c.clock.Set(moment)
	began := moment.AddDate(0, 0, -cityDays).Add(time.Hour)
	stored := c.stored()
	groups := make(chan cityGroup, 2)
	ctx, cancel := context.WithCancel(ctx)
	var drawing sync.WaitGroup
	defer drawing.Wait() // who draws works on the city
	defer cancel()
	drawing.Go(func() {
		defer close(groups)
		c.groups(ctx, min(responses, c.Responses), groups)
	})
	for g := range groups {
		c.clock.Set(began.AddDate(0, 0, g.day))
		if err := g.save(ctx, c.store); err != nil {
			return err
		}
		if stored += g.fresh; progress != nil {
			progress(stored)
		}
	}
	return ctx.Err()
}

// stored is how many answers the city has.
func (c *City) stored() int {
	sum := 0
	for _, p := range c.projects {
		sum += p.answered
	}
	return sum
}

// groups draws what is to be saved, a few projects at a time and of those
// day by day.
func (c *City) groups(ctx context.Context, responses int, into chan<- cityGroup) {
	var some []*cityProject
	waiting := 0
	for i, p := range c.projects {
		p.wanted = p.share(responses, c.Responses)
		some, waiting = append(some, p), waiting+p.wanted-p.answered
		if waiting < groupSize*saveDays && i+1 < len(c.projects) {
			continue
		}
		days := min(saveDays, 1+waiting/groupSize)
		for day := range days {
			g := cityGroup{day: cityDays - days + day}
			for _, p := range some {
				g.add(c.sheets, p, (p.wanted-p.answered)/(days-day))
			}
			if g.fresh == 0 {
				continue
			}
			select {
			case into <- g:
			case <-ctx.Done():
				return
			}
		}
		some, waiting = some[:0], 0
	}
}

// cityGroup is what is saved in one transaction.
type cityGroup struct {
	day         int // of the campaign, from 0
	submissions []survey.Submission
	fresh       int // of them; the others are retries and refusals
}

func (g *cityGroup) save(ctx context.Context, store *model.Store) error {
	saved, err := store.SaveResponses(ctx, g.submissions)
	if err != nil {
		return err
	}
	fresh := 0
	for _, s := range saved {
		switch {
		case survey.KindOf(s.Err) == survey.AlreadyAnswered:
		case s.Err != nil:
			err = errors.Join(err, s.Err)
		case !s.Retry:
			fresh++
		}
	}
	if err == nil && fresh != g.fresh {
		err = fmt.Errorf("%d of %d new households were taken", fresh, g.fresh)
	}
	return err
}
