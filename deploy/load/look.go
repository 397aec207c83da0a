package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"time"

	"meihao/model"
	"meihao/model/modeltest"
	"meihao/survey"
)

// lookOptions say how a city is measured.
type lookOptions struct {
	samples int           // of the standings and of each page
	pace    time.Duration // of submissions at a constant rate; 0 for none
	rate    int           // of them a second
	verify  bool          // recount everything too
	end     bool          // then end the campaign, and look at it as it is after that
	profile string        // folder for CPU profiles; "" for none
}

func (o *lookOptions) flags(f *flag.FlagSet) {
	f.IntVar(&o.samples, "samples", 15, "how often the standings and each page are read")
	f.DurationVar(&o.pace, "pace", 20*time.Second, "time for which answers come at -rate while pages are read; they stay. 0 for not at all")
	f.IntVar(&o.rate, "rate", 500, "answers a second then")
	f.BoolVar(&o.verify, "verify", true, "recount everything at the end; -verify=false makes a run short")
	f.BoolVar(&o.end, "end", false, "then end the campaign for good, read every page again and compare its figures with a recount of the rows")
	f.StringVar(&o.profile, "profile", "", "also write CPU profiles to this folder")
}

// lookCommand measures a city that is there.
func lookCommand(ctx context.Context, args []string, out, problems io.Writer) int {
	l := looking{out: out}
	flags := flag.NewFlagSet("load look", flag.ContinueOnError)
	flags.SetOutput(problems)
	flags.StringVar(&l.folder, "folder", "", "data folder of a city that load city -keep made")
	flags.StringVar(&l.dsn, "dsn", "", "its database instead: user:password@tcp(host:3306)/name")
	l.options.flags(flags)
	if code, ended := parse(flags, args); ended {
		return code
	}
	if (l.folder == "") == (l.dsn == "") || l.options.samples < 1 || l.options.rate < 1 {
		_, _ = fmt.Fprintln(problems, "load: look wants a folder or a DSN, and numbers from 1")
		return 2
	}
	if there, err := model.Exists(ctx, model.Settings{Data: l.folder}); l.dsn == "" && (err != nil || !there) {
		_, _ = fmt.Fprintf(problems, "load: no city in %s\n", l.folder)
		return 1
	}
	return ended(l.look(ctx), problems)
}

// looking is a city under measurement.
type looking struct {
	database
	table
	options lookOptions
	out     io.Writer

	small    spent // of the standings when the city was small, zero where that is not known
	campaign survey.Campaign
	earlier  survey.ID            // a campaign to compare it with, 0 for none
	chosen   survey.ID            // a large project, with held answers where there is one
	lobbies  []survey.PosterPlace // where made-up answers may be sent
	stored   int64
	past     int64 // responses of the earlier campaign
	staff    *staff
}

// look measures everything and prints the table. The error is a failure, a
// loss or a finding, never a missed goal.
func (l *looking) look(ctx context.Context) error {
	if err := l.atStore(ctx); err != nil {
		return err
	}
	sent, err := l.atInstance(ctx)
	if err != nil {
		return err
	}
	findings, err := l.account(ctx, sent)
	if err == nil && l.options.end {
		err = l.atEnd(ctx)
	}
	if err != nil {
		return err
	}
	l.print(l.out)
	for _, f := range findings {
		_, _ = fmt.Fprintf(l.out, "  %s: %s\n", f.Where, f.What)
	}
	return errorIf(len(findings) > 0, "verify found something")
}

// atStore measures the standings in the store and learns what the pages are
// to be asked for.
func (l *looking) atStore(ctx context.Context) (err error) {
	clock := modeltest.NewClock() // goes on between the samples, so that none finds what the one before it kept
	clock.Set(time.Now())
	store, err := l.open(ctx, clock.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	campaigns, err := store.Campaigns(ctx, survey.CityScope())
	if err != nil {
		return err
	}
	for _, c := range campaigns {
		if c.Accepts(time.Now()) == nil && c.Enrolled > l.campaign.Enrolled {
			l.campaign = c
		}
		if c.Stage == survey.ClosedStage {
			l.earlier = c.ID
		}
	}
	if l.campaign.ID == 0 {
		return errors.New("no campaign is open here")
	}
	if l.earlier != 0 {
		if l.past, err = responses(ctx, store, l.earlier); err != nil {
			return err
		}
	}
	var large spent
	err = profiled(l.options.profile, "standings", func() (err error) {
		large, err = standings(ctx, store, clock, l.campaign.ID, l.options.samples)
		return err
	})
	if err != nil {
		return err
	}
	if err := l.learn(ctx, store); err != nil {
		return err
	}
	l.add(fmt.Sprintf("standings of %d projects in the store, %d responses", l.campaign.Enrolled, l.stored),
		large.String(), most(large.at(0.5), 50*time.Millisecond, 20*time.Millisecond))
	if len(l.small.times) > 0 {
		l.add(fmt.Sprintf("  the same at %d responses", smallCity), l.small.String(), "")
		grown := func(small, large time.Duration) float64 { return float64(large) / float64(max(1, small)) }
		l.add("  growth by median, by CPU", fmt.Sprintf("%.2f, %.2f", grown(l.small.at(0.5), large.at(0.5)), grown(l.small.cpu, large.cpu)),
			goals{1.2, 0}.atMost(grown(l.small.at(0.5), large.at(0.5)), ratio))
	}
	l.staff, err = newStaff(ctx, store)
	return err
}

// learn finds the project to drill into and the lobbies to answer in.
func (l *looking) learn(ctx context.Context, store *model.Store) error {
	enrolments, err := store.Enrolments(ctx, survey.CityScope(), l.campaign.ID)
	if err != nil {
		return err
	}
	most, held := int64(-1), false
	for _, e := range enrolments {
		all := e.Tally.Sum(func(survey.Cell) bool { return true }).Responses
		l.stored += all
		if holds := e.Tally.InState(survey.Held) > 0; holds && !held || holds == held && all > most {
			l.chosen, most, held = e.Project.ID, all, holds
		}
	}
	places, err := store.Posters(ctx, survey.CityScope(), l.campaign.ID)
	for _, p := range places {
		if u := p.Building.Units; u != nil && *u >= unitCount {
			l.lobbies = append(l.lobbies, p)
		}
	}
	return err
}

// responses of a campaign by its counters.
func responses(ctx context.Context, store *model.Store, campaign survey.ID) (sum int64, err error) {
	enrolments, err := store.Enrolments(ctx, survey.CityScope(), campaign)
	for _, e := range enrolments {
		sum += e.Tally.Sum(func(survey.Cell) bool { return true }).Responses
	}
	return sum, err
}

// spent is what something took again and again, and its CPU each time.
type spent struct {
	times
	cpu time.Duration
}

func (s spent) String() string {
	return fmt.Sprintf("%s, p95 %s, CPU %s", brief(s.at(0.5)), brief(s.at(0.95)), brief(s.cpu))
}

// standings reads what the standings are made of, once to warm up and then
// again and again.
func standings(ctx context.Context, store *model.Store, clock *modeltest.Clock, campaign survey.ID, samples int) (s spent, err error) {
	var cpu time.Duration
	for n := range samples + 1 {
		if n == 1 {
			cpu = cpuTime()
		}
		clock.Add(time.Minute)
		took, err := timed(func() error {
			_, err := store.Enrolments(ctx, survey.CityScope(), campaign)
			return err
		})
		if err != nil {
			return s, err
		}
		if n > 0 {
			s.times = append(s.times, took)
		}
	}
	s.cpu = (cpuTime() - cpu) / time.Duration(samples)
	return s, nil
}

// account asks whether what was acknowledged is stored, recounts everything
// and weighs the database.
func (l *looking) account(ctx context.Context, sent int64) (findings []survey.Finding, err error) {
	store, err := l.open(ctx, nil)
	if err != nil {
		return nil, err
	}
	before := l.stored
	l.stored = 0
	err = l.learn(ctx, store)
	if err == nil && l.options.verify {
		findings, err = l.verify(ctx, store)
	}
	if err := errors.Join(err, store.Close()); err != nil { // closing checkpoints
		return nil, err
	}
	l.add("answers sent while looking that were acknowledged and are stored", fmt.Sprintf("%d, %d", sent, l.stored-before), mark(sent == l.stored-before))
	if sent != l.stored-before {
		return findings, fmt.Errorf("%d answers were acknowledged and %d are stored", sent, l.stored-before)
	}
	return findings, l.weigh(ctx)
}

// verify recounts everything.
func (l *looking) verify(ctx context.Context, store *model.Store) (findings []survey.Finding, err error) {
	cpu := cpuTime()
	took, err := timed(func() error {
		return profiled(l.options.profile, "verify", func() (err error) {
			findings, err = store.Verify(ctx, l.campaign.ID)
			return err
		})
	})
	cpu = cpuTime() - cpu
	million := float64(max(1, l.stored)) / 1e6
	each := time.Duration(float64(took) / million)
	l.add(fmt.Sprintf("verify of %d responses: %d findings", l.stored, len(findings)), fmt.Sprintf("%s, CPU %s", brief(took), brief(cpu)), "")
	l.add("  of a million", brief(each), most(each, 10*time.Second, 5*time.Second))
	return findings, err
}

// weigh puts in what a response takes on disk: itself with its claims and
// counters, comments beside it.
func (l *looking) weigh(ctx context.Context) error {
	list, err := l.weights(ctx)
	if err != nil {
		return err
	}
	each := func(bytes int64) float64 { return float64(bytes) / float64(max(1, l.stored+l.past)) }
	var sum int64
	for _, w := range list {
		switch w.table {
		case "responses", "claims", "turnout_days", "tallies":
			sum += w.bytes
		}
	}
	verdict := ""
	if l.dsn == "" { // the goal is SQLite's
		verdict = goals{400, 300}.atMost(each(sum), whole)
	}
	l.add("bytes for each response, without comments", whole(each(sum)), verdict)
	for _, w := range list {
		if each(w.bytes) >= 1 {
			l.add("  "+w.table, fmt.Sprintf("%.0f", each(w.bytes)), fmt.Sprintf("%d MiB", w.bytes>>20))
		}
	}
	return nil
}
