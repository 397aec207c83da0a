package main

import (
	"context"
	"errors"
	"net/http"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	"meihao/model/modeltest/mariadb"
	"meihao/static"
	"meihao/survey"
	"meihao/survey/intake"
)

// stage is everything that is measured on one engine.
type stage struct {
	options
	folder string
	server *mariadb.Server // nil for SQLite

	product *district // with web before it
	web     *product
	bare    *server
	page    rendered
	// store is a second district, for the desks without HTTP: one commits
	// each response by itself, the other what is waiting. raw is a desk over
	// the bare engine.
	store             *district
	raw               *rawEngine
	single, desk, low *intake.Desk
	series            []*series
}

func (s *stage) open(ctx context.Context) error {
	var err error
	if s.product, s.store, err = s.districts(ctx); err != nil {
		return err
	}
	if s.web, err = serve(ctx, s.product.store); err != nil {
		return err
	}
	if err := s.render(ctx); err != nil {
		return err
	}
	if s.bare, err = openBare(ctx, s.page); err != nil {
		return err
	}
	rawDatabase, err := s.database(ctx, "raw")
	if err != nil {
		return err
	}
	if s.raw, err = openRaw(ctx, rawDatabase); err != nil {
		return err
	}
	alone := intake.Options{Queue: intake.DefaultOptions().Queue, Group: 1}
	s.single = intake.NewDesk(s.store.store, alone)
	s.desk = intake.NewDesk(s.store.store, intake.DefaultOptions())
	s.low = intake.NewDesk(s.raw, intake.DefaultOptions())
	return s.plan()
}

// render asks once for every page that will be measured, and keeps one:
// rendering is not what is measured.
func (s *stage) render(ctx context.Context) (err error) {
	asked := s.product.lobbies[:1]
	if s.wantsPages() {
		asked = s.product.spread()
	}
	s.page, err = renderAll(ctx, s.web.server, asked)
	return err
}

// renderAll asks once for the page of each poster; it returns one of them.
func renderAll(ctx context.Context, at *server, asked []survey.PosterPlace) (rendered, error) {
	workers := min(len(asked), runtime.NumCPU())
	pages, faults := make([]rendered, workers), make([]error, workers)
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			for i := w; i < len(asked) && faults[w] == nil; i += workers {
				pages[w], faults[w] = pageOf(ctx, "http://"+at.address+"/s/"+asked[i].Code)
			}
		})
	}
	group.Wait()
	return pages[0], errors.Join(faults...)
}

// database is a new one of this stage's engine.
func (s *stage) database(ctx context.Context, name string) (database, error) {
	if s.server != nil {
		return on(ctx, s.server, name)
	}
	return database{folder: filepath.Join(s.folder, name)}, nil
}

// districts makes both: the second is a copy of the first where a database is
// a file.
func (s *stage) districts(ctx context.Context) (product, store *district, err error) {
	first, err := s.database(ctx, "product")
	if err != nil {
		return nil, nil, err
	}
	if product, err = openDistrict(ctx, first, s.projects); err != nil {
		return nil, nil, err
	}
	second, err := s.database(ctx, "store")
	if err != nil {
		return nil, nil, err
	}
	if s.server == nil {
		store, err = product.copy(ctx, second)
	} else {
		store, err = openDistrict(ctx, second, s.projects)
	}
	return product, store, err
}

// Goals of PERFORMANCE, by engine and for a load spread over all projects or
// on one.
func (s *stage) submissionGoals() (spread, one, single goals) {
	if s.server != nil {
		return goals{0.15, 0.25}, goals{0.25, 0.35}, goals{goal: 8}
	}
	return goals{0.2, 0.35}, goals{0.35, 0.5}, goals{goal: 4}
}

// plan lists the series in the order in which they alternate, each after
// what it is compared with.
func (s *stage) plan() error {
	q, err := survey.ParseQuestionnaire(static.Questionnaire)
	if err != nil {
		return err
	}
	sheets := newSheets(q)
	asJSON, err := jsonRequests(sheets)
	if err != nil {
		return err
	}
	if s.wantsPages() {
		base := s.http("page: bare gin", s.bare, pageRequest(), false, http.StatusOK)
		s.http("page: Meihao", s.web.server, pageRequest(), false, http.StatusOK).versus(base, goals{0.8, 0.9})
	}
	var spreads []*series
	onSpread, onOne, onSingle := s.submissionGoals()
	for _, way := range []struct {
		name, part string
		requests   []request
		want       int
	}{{"form", formPart, formRequests(sheets), http.StatusSeeOther}, {"JSON", jsonPart, asJSON, http.StatusCreated}} {
		if !s.wants(way.part) {
			continue
		}
		base := s.http(way.name+": bare gin", s.bare, way.requests, false, way.want)
		spread := s.http(way.name+": Meihao, spread", s.web.server, way.requests, false, way.want).versus(base, onSpread)
		s.http(way.name+": Meihao, one project", s.web.server, way.requests, true, way.want).versus(base, onOne)
		spreads = append(spreads, spread)
	}
	if !s.wants(storePart) {
		return nil
	}
	tellers, err := submissions(s.store.campaign.ID, q, sheets)
	if err != nil {
		return err
	}
	raw := s.tell("store: raw engine, group commit", s.low, tellers)
	raw.saves = false
	single := s.tell("store: one transaction each", s.single, tellers)
	s.tell("store: group commit", s.desk, tellers).versus(single, onSingle).versus(raw, goals{})
	for _, one := range spreads {
		one.versus(single, onSingle)
	}
	return nil
}

// wantsPages says whether resident pages are measured: they are the same on
// every engine, so once is enough unless they are asked for by name.
func (s *stage) wantsPages() bool { return s.wants(pagePart) && (s.server == nil || s.only != "") }

// http adds a series of requests, spread over a poster of each project or
// all to the posters of one.
func (s *stage) http(name string, at *server, requests []request, one bool, want int) *series {
	lobbies := s.product.spread()
	if one {
		lobbies = s.product.lobbies[:buildingCount]
	}
	v := visit{requests: requests, lobbies: lobbies, letter: s.letter(), number: new(atomic.Int64), want: want}
	added := &series{name: name, begin: v.begin(at.address), saves: at == s.web.server && want != http.StatusOK}
	s.series = append(s.series, added)
	return added
}

// letter keeps the homes of a series apart from every other's.
func (s *stage) letter() byte { return byte('a' + len(s.series)) }

// tell adds a series that goes to a desk without HTTP.
func (s *stage) tell(name string, desk *intake.Desk, list []survey.Submission) *series {
	added := &series{name: name, saves: true, inStore: true, begin: teller{desk: desk, submissions: list, lobbies: s.store.spread()}.begin}
	s.series = append(s.series, added)
	return added
}

// close ends all that is under way but the districts' stores.
func (s *stage) close(ctx context.Context) error {
	return errors.Join(s.web.drain(ctx), s.bare.stop(ctx), s.single.Close(ctx), s.desk.Close(ctx), s.low.Close(ctx), s.raw.Close())
}
