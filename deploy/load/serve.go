package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"meihao/api"
	"meihao/api/admin"
	"meihao/api/health"
	"meihao/api/lang"
	"meihao/api/limit"
	"meihao/api/metrics"
	"meihao/api/page"
	"meihao/api/resident"
	"meihao/api/session"
	"meihao/api/v1"
	"meihao/model"
	"meihao/static"
	"meihao/survey"
	"meihao/survey/intake"
	"meihao/survey/rubric"
	longwork "meihao/survey/work"
)

// product is Meihao as `meihao serve` wires it: residents' and staff's pages
// and JSON, every middleware and gate on, over a store that acknowledges
// after commit.
type product struct {
	desk   *intake.Desk
	server *server
}

// pageBytes is the default of pages.cache_mib.
const pageBytes = 64 << 20

func serve(ctx context.Context, store *model.Store) (*product, error) {
	looked := health.New(health.Options{Database: store.Ping, Log: slog.New(slog.DiscardHandler)})
	counted := metrics.New("load", survey.RulesVersion)
	p := &product{desk: intake.NewDesk(looked.Store(counted.Store(store)), intake.DefaultOptions())}
	handler, err := p.handler(store, looked, counted)
	if err == nil {
		p.server, err = listen(ctx, &http.Server{
			Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
			WriteTimeout: 30 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10,
		}, api.Joined)
	}
	if err != nil {
		return nil, errors.Join(err, p.desk.Close(ctx))
	}
	return p, nil
}

func (p *product) handler(store *model.Store, looked *health.Health, counted *metrics.Metrics) (http.Handler, error) {
	log := slog.New(slog.NewTextHandler(io.Discard, nil)) // the default level
	catalogs, err := lang.Load(static.Lang)
	if err != nil {
		return nil, err
	}
	assets, err := page.LoadAssets(static.Assets)
	if err != nil {
		return nil, err
	}
	pages, err := page.Load(static.Pages, catalogs, assets, log)
	if err != nil {
		return nil, err
	}
	go assets.PackFor(static.Pages, "resident")
	pages.Passing = model.Passing
	items, err := rubric.Parse(static.Rubric)
	if err != nil {
		return nil, err
	}
	guide, err := items.ReadGuide(static.ItemHelp, static.Requirements)
	if err != nil {
		return nil, err
	}
	sessions, err := session.New(store.Sessions(), store, session.Settings{Now: time.Now})
	if err != nil {
		return nil, err
	}
	far := limit.Rate{Most: 1 << 40, Within: time.Hour} // nobody comes to it; this machine is not even counted
	return api.New(api.Options{
		Limits: limit.New(pages, limit.Settings{Pages: far, Guesses: far, Now: time.Now}),
		Resident: &resident.Handlers{
			Store: store, Desk: counted.Desk(p.desk), Pages: pages, Now: time.Now, PageBytes: pageBytes, Watch: counted,
		},
		Staff: &admin.Handlers{Store: store, Pages: pages, Sessions: sessions, Now: time.Now, Public: "http://127.0.0.1", Rubric: items, Guide: guide,
			Work: longwork.New(store, longwork.DefaultOptions())}, // never begun: no register is imported here
		Systems: &v1.Handlers{
			Store: store, Desk: counted.Desk(p.desk), Pages: pages, Now: time.Now, Rubric: items, Submitted: counted.Submitted,
		},
		Pages: pages, Assets: assets, Log: log, Ready: looked.Ready, Measure: counted.Request,
	})
}

// drain stops taking answers; what is waiting is saved.
func (p *product) drain(ctx context.Context) error {
	return errors.Join(p.server.stop(ctx), p.desk.Close(ctx))
}

// server listens on loopback.
type server struct {
	*http.Server
	address string
}

// listen serves on loopback, through what is put around the listener.
func listen(ctx context.Context, s *http.Server, around ...func(net.Listener) net.Listener) (*server, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	for _, put := range around {
		listener = put(listener)
	}
	go func() { _ = s.Serve(listener) }() // ends with Shutdown
	return &server{s, listener.Addr().String()}, nil
}

func (s *server) stop(ctx context.Context) error { return s.Shutdown(ctx) }
