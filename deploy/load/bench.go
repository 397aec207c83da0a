package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"sync/atomic"
	"time"

	"meihao/survey"
	"meihao/survey/intake"
)

// stage is everything that a run measures.
type stage struct {
	product *product
	bare    *server
	page    rendered
	// store is a second district, for the desks without HTTP: one commits
	// each response by itself, the other what is waiting.
	store        *district
	single, desk *intake.Desk
	series       []*series
}

// bench measures in alternating rounds and prints the table.
func bench(ctx context.Context, o options, out io.Writer) error {
	folder, err := os.MkdirTemp(o.folder, "meihao-load-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }() // a temporary folder may stay
	s, err := openStage(ctx, folder, o.projects)
	if err != nil {
		return err
	}
	for number := range o.rounds + 1 {
		for _, one := range s.series {
			r, err := one.measure(ctx, o.connections, o.time)
			if err != nil {
				return fmt.Errorf("%s: %w", one.name, err)
			}
			if number > 0 { // the first round warms up
				one.rounds = append(one.rounds, r)
			}
		}
	}
	if o.profile != "" {
		if err := s.profile(ctx, o); err != nil {
			return err
		}
	}
	return s.report(ctx, o, out)
}

func openStage(ctx context.Context, folder string, projects int) (*stage, error) {
	s := &stage{}
	var err error
	if s.product, err = openProduct(ctx, folder, projects); err != nil {
		return nil, err
	}
	// Every page once: rendering is not what is measured.
	for _, lobby := range s.product.lobbies {
		if s.page, err = pageOf(ctx, "http://"+s.product.server.address+"/s/"+lobby.Code); err != nil {
			return nil, err
		}
	}
	if s.bare, err = openBare(ctx, s.page); err != nil {
		return nil, err
	}
	if s.store, err = openDistrict(ctx, filepath.Join(folder, "store"), projects); err != nil {
		return nil, err
	}
	s.single = intake.NewDesk(s.store.store, intake.Options{Queue: intake.DefaultOptions().Queue, Group: 1})
	s.desk = intake.NewDesk(s.store.store, intake.DefaultOptions())
	return s, s.plan(ctx)
}

// plan lists the series in the order in which they alternate, each beside
// what it is compared with. The goals are those of PERFORMANCE.
func (s *stage) plan(ctx context.Context) error {
	q, err := s.product.store.Questionnaire(ctx, s.product.campaign.Questionnaire)
	if err != nil {
		return err
	}
	sheets := newSheets(q)
	asJSON, err := jsonRequests(sheets)
	if err != nil {
		return err
	}
	tellers, err := submissions(s.store.campaign.ID, q, sheets)
	if err != nil {
		return err
	}
	all := s.product.lobbies
	letters := byte('a')
	http1 := func(name string, at *server, requests []request, lobbies []survey.PosterPlace, want int) *series {
		letters++
		v := visit{requests: requests, lobbies: lobbies, letter: letters, number: new(atomic.Int64), want: want}
		one := &series{name: name, begin: v.begin(at.address), saves: at == s.product.server && want != http.StatusOK}
		s.series = append(s.series, one)
		return one
	}
	against := func(base *series, goal float64, one *series) { one.base, one.goal = base, goal }

	base := http1("page: bare gin", s.bare, pageRequest(), all, http.StatusOK)
	against(base, 0.8, http1("page: Meihao", s.product.server, pageRequest(), all, http.StatusOK))
	for _, way := range []struct {
		name     string
		requests []request
		want     int
	}{{"JSON", asJSON, http.StatusCreated}, {"form", formRequests(sheets), http.StatusSeeOther}} {
		base = http1(way.name+": bare gin", s.bare, way.requests, all, way.want)
		against(base, 0.2, http1(way.name+": Meihao, spread", s.product.server, way.requests, all, way.want))
		against(base, 0.35, http1(way.name+": Meihao, one project", s.product.server, way.requests, all[:buildingCount], way.want))
	}
	single := &series{name: "store: one transaction each", saves: true, begin: teller{desk: s.single, submissions: tellers, lobbies: s.store.lobbies}.begin}
	grouped := &series{name: "store: group commit", saves: true, begin: teller{desk: s.desk, submissions: tellers, lobbies: s.store.lobbies}.begin}
	against(single, 4, grouped)
	s.series = append(s.series, single, grouped)
	return nil
}

// profile runs one more round of everything that is ours.
func (s *stage) profile(ctx context.Context, o options) error {
	for _, one := range s.series {
		if one.base == nil {
			continue
		}
		name := strings.NewReplacer(": ", "-", ", ", "-", " ", "-").Replace(one.name) + ".cpu"
		file, err := os.Create(filepath.Join(o.profile, name))
		if err != nil {
			return err
		}
		if err := pprof.StartCPUProfile(file); err != nil {
			return err
		}
		_, err = one.measure(ctx, o.connections, o.time)
		pprof.StopCPUProfile()
		if err := errors.Join(err, file.Close()); err != nil {
			return err
		}
	}
	return nil
}

// settle ends all that is under way and weighs the two databases. What was
// acknowledged must be stored, and verify must find nothing.
func (s *stage) settle(ctx context.Context) (list []settled, err error) {
	for _, d := range []struct {
		name string
		*district
		drain func() error
	}{
		{"over HTTP, every fourth with a comment", s.product.district, func() error { return s.product.drain(ctx) }},
		{"store, without comments", s.store, func() error { return errors.Join(s.single.Close(ctx), s.desk.Close(ctx)) }},
	} {
		one := settled{name: d.name}
		if err := d.drain(); err != nil {
			return nil, err
		}
		start := time.Now()
		if one.findings, err = d.store.Verify(ctx, 0); err != nil {
			return nil, err
		}
		one.took = time.Since(start)
		if one.stored, err = d.stored(ctx); err != nil {
			return nil, err
		}
		if err := d.store.Close(); err != nil { // checkpoints
			return nil, err
		}
		size, err := d.bytes()
		if err != nil {
			return nil, err
		}
		one.weight = float64(size-d.empty) / float64(max(1, one.stored))
		list = append(list, one)
	}
	for _, one := range s.series {
		switch {
		case !one.saves:
		case strings.HasPrefix(one.name, "store"):
			list[1].acknowledged += one.done
		default:
			list[0].acknowledged += one.done
		}
	}
	return list, s.bare.stop(ctx)
}
