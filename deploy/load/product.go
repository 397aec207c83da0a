package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"meihao/api"
	"meihao/api/lang"
	"meihao/api/page"
	"meihao/api/resident"
	"meihao/api/v1"
	"meihao/static"
	"meihao/survey/intake"
	"meihao/survey/rubric"
)

// product is Meihao as `meihao serve` wires it: residents' pages and JSON,
// every middleware and gate on, over a store that acknowledges after commit.
type product struct {
	*district
	desk   *intake.Desk
	server *server
}

func openProduct(ctx context.Context, folder string, projects int) (*product, error) {
	d, err := openDistrict(ctx, filepath.Join(folder, "product"), projects)
	if err != nil {
		return nil, err
	}
	p := &product{district: d, desk: intake.NewDesk(d.store, intake.DefaultOptions())}
	handler, err := p.handler()
	if err == nil {
		p.server, err = listen(ctx, &http.Server{
			Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
			WriteTimeout: 30 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10,
		})
	}
	if err != nil {
		return nil, errors.Join(err, p.desk.Close(ctx), d.store.Close())
	}
	return p, nil
}

func (p *product) handler() (http.Handler, error) {
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
	items, err := rubric.Parse(static.Rubric)
	if err != nil {
		return nil, err
	}
	return api.New(api.Options{
		Resident: &resident.Handlers{Store: p.store, Desk: p.desk, Pages: pages, Now: time.Now},
		Systems:  &v1.Handlers{Store: p.store, Desk: p.desk, Pages: pages, Now: time.Now, Rubric: items},
		Pages:    pages, Assets: assets, Log: log, Ready: p.store.Ping,
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

func listen(ctx context.Context, s *http.Server) (*server, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	go func() { _ = s.Serve(listener) }() // ends with Shutdown
	return &server{s, listener.Addr().String()}, nil
}

func (s *server) stop(ctx context.Context) error { return s.Shutdown(ctx) }
