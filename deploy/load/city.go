package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"meihao/model"
	"meihao/model/modeltest"
)

// cityOptions say which city to make and where.
type cityOptions struct {
	modeltest.CitySize
	database
	engine     string
	before     int // responses of a campaign a year earlier, in a hundred of Responses
	keep, look bool
	looking    lookOptions
}

// cityCommand makes a city, and looks at it if asked to.
func cityCommand(ctx context.Context, args []string, out, problems io.Writer) int {
	o := cityOptions{}
	flags := flag.NewFlagSet("load city", flag.ContinueOnError)
	flags.SetOutput(problems)
	flags.IntVar(&o.Responses, "responses", 10_000_000, "responses")
	flags.IntVar(&o.before, "before", 20, "responses of a campaign over the same projects a year earlier, to compare with, in a hundred of -responses; 0 for none")
	flags.IntVar(&o.Projects, "projects", 8000, "projects")
	flags.IntVar(&o.Buildings, "posters", 60_000, "buildings, each with a poster")
	flags.Uint64Var(&o.Seed, "seed", 232, "the same seed draws the same city")
	flags.StringVar(&o.folder, "folder", "", "folder on the disk to measure; the city gets a new one in it (default: the system's temporary folder)")
	flags.StringVar(&o.engine, "engine", sqliteEngine, "sqlite, or mariadb for a private server in the folder")
	flags.StringVar(&o.dsn, "dsn", "", "an empty MariaDB or MySQL database instead, which stays: user:password@tcp(host:3306)/name")
	flags.BoolVar(&o.keep, "keep", false, "leave the folder with the SQLite city, for load look")
	flags.BoolVar(&o.look, "look", false, "also measure standings, pages, verify and the rest on it")
	o.looking.flags(flags)
	if code, ended := parse(flags, args); ended {
		return code
	}
	if err := o.check(); err != nil {
		_, _ = fmt.Fprintln(problems, "load:", err)
		return 2
	}
	return ended(o.run(ctx, out), problems)
}

func (o cityOptions) check() error {
	switch _, err := engines(o.engine); {
	case err != nil:
		return err
	case o.engine == "both":
		return errors.New("a city stands on one engine")
	case o.keep && (o.engine != sqliteEngine || o.dsn != ""):
		return errors.New("-keep is for SQLite: a database that -dsn names stays, a private server's does not")
	case o.Projects < 1 || o.Buildings < o.Projects || o.Responses < 1 || o.before < 0:
		return errors.New("a city wants a project, a poster for each project and a response")
	}
	return nil
}

func (o cityOptions) run(ctx context.Context, out io.Writer) (err error) {
	var remove func() error
	if o.database, remove, err = o.place(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, remove()) }()
	if err := o.settings(ctx, out); err != nil {
		return err
	}
	l := looking{database: o.database, options: o.looking, out: out}
	if err := o.make(ctx, &l); err != nil {
		return err
	}
	if o.look {
		return l.look(ctx)
	}
	l.print(out)
	return nil
}

// place is where the city comes to stand, and how to take it away again.
func (o cityOptions) place(ctx context.Context) (database, func() error, error) {
	if o.dsn != "" {
		return database{dsn: o.dsn}, func() error { return nil }, nil
	}
	folder, err := os.MkdirTemp(o.folder, "meihao-city-")
	if err != nil {
		return database{}, nil, err
	}
	remove := func() error {
		if o.keep {
			return nil
		}
		return os.RemoveAll(folder)
	}
	if o.engine == sqliteEngine {
		return database{folder: folder}, remove, nil
	}
	server, err := startMariaDB(ctx, folder)
	if err != nil {
		return database{}, nil, errors.Join(err, os.RemoveAll(folder))
	}
	d, err := on(ctx, server, "city")
	return d, func() error { return errors.Join(server.Stop(), remove()) }, err
}

// progressEvery is how often the generator says how far it is.
const progressEvery = 15 * time.Second

// smallCity is how many responses the city has when its standings are read
// for the first time: their cost must hardly grow from there.
const smallCity = 100_000

// make makes the city and puts into the table what making it took.
func (o cityOptions) make(ctx context.Context, l *looking) (err error) {
	clock := modeltest.NewClock()
	clock.Set(time.Now())
	store, err := o.open(ctx, clock.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	city, err := newCity(ctx, store, clock, o.CitySize)
	if err != nil {
		return err
	}
	if o.keep {
		_, _ = fmt.Fprintf(l.out, "the city is in %s\n", o.folder)
	}
	imported, err := timed(func() error { return city.Import(ctx) })
	if err != nil {
		return err
	}
	l.add(fmt.Sprintf("register of %d projects, %d buildings imported", o.Projects, o.Buildings), brief(imported), most(imported, 10*time.Second, 0))
	if o.earlier() > 0 {
		earlier, err := timed(func() error { return o.lastYear(ctx, store, clock) })
		if err != nil {
			return err
		}
		l.add(fmt.Sprintf("a campaign of %d responses a year before, ended", o.earlier()), brief(earlier), "")
	}
	opened, err := timed(func() error { return city.Open(ctx) })
	if err != nil {
		return err
	}
	l.add("campaign opened, with its posters", brief(opened), "")
	return o.fill(ctx, city, store, clock, l)
}

// earlier is how many responses the campaign of the year before gets.
func (o cityOptions) earlier() int { return o.Responses * o.before / 100 }

// lastYear holds a campaign over the same projects a year before, and ends it.
func (o cityOptions) lastYear(ctx context.Context, store *model.Store, clock *modeltest.Clock) error {
	now := clock.Now()
	defer clock.Set(now)
	clock.Set(now.AddDate(-1, 0, 0))
	size := o.CitySize
	size.Responses = o.earlier()
	city, err := modeltest.NewCity(store, clock, size)
	if err != nil {
		return err
	}
	if err := city.Open(ctx); err != nil {
		return err
	}
	if err := city.Fill(ctx, size.Responses, nil); err != nil {
		return err
	}
	return city.Close(ctx)
}

// newCity plans a city on an empty store.
func newCity(ctx context.Context, store *model.Store, clock *modeltest.Clock, size modeltest.CitySize) (*modeltest.City, error) {
	first, err := store.FirstStart(ctx)
	if err != nil {
		return nil, err
	}
	if !first {
		return nil, errors.New("the database is not empty")
	}
	return modeltest.NewCity(store, clock, size)
}

// fill saves the answers: first a few everywhere, then the rest.
func (o cityOptions) fill(ctx context.Context, city *modeltest.City, store *model.Store, clock *modeltest.Clock, l *looking) error {
	begun, cpu, server := time.Now(), cpuTime(), o.serverCPU()
	last := begun
	progress := func(stored int) {
		if now := time.Now(); now.Sub(last) >= progressEvery {
			last = now
			rate := float64(stored) / now.Sub(begun).Seconds()
			_, _ = fmt.Fprintf(l.out, "%11d responses, %.0f/s, %v left\n", stored, rate,
				time.Duration(float64(o.Responses-stored)/rate*float64(time.Second)).Round(time.Second))
		}
	}
	if o.look && o.Responses > smallCity {
		if err := city.Fill(ctx, smallCity, progress); err != nil {
			return err
		}
		pause, now := time.Now(), clock.Now()
		var err error
		if l.small, err = standings(ctx, store, clock, city.Campaign.ID, l.options.samples); err != nil {
			return err
		}
		clock.Set(now)
		begun = begun.Add(time.Since(pause))
	}
	err := profiled(o.looking.profile, "fill", func() error { return city.Fill(ctx, o.Responses, progress) })
	if err != nil {
		return err
	}
	took := time.Since(begun)
	each := func(d time.Duration) time.Duration { return d / time.Duration(o.Responses) }
	l.add(fmt.Sprintf("%d responses saved, in order of projects", o.Responses), brief(took), fmt.Sprintf("%.0f/s", float64(o.Responses)/took.Seconds()))
	l.add("CPU for each: generator and store", brief(each(cpuTime()-cpu)), "")
	if o.server != nil {
		l.add("CPU for each: MariaDB", brief(each(o.serverCPU()-server)), "")
	}
	return nil
}

func timed(f func() error) (time.Duration, error) {
	begun := time.Now()
	err := f()
	return time.Since(begun), err
}
