package main

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"meihao/api/health"
	"meihao/api/metrics"
	"meihao/model"
	"meihao/survey"
	"meihao/survey/intake"
)

// watching is what a running server is looked at with: /readyz and /metrics.
type watching struct {
	health  *health.Health
	metrics *metrics.Metrics
}

func (c *console) watching(store *model.Store, log *slog.Logger) watching {
	look := health.Options{Database: store.Ping, Log: log}
	if c.config.Database.DSN == "" { // else answers lie on the disk of the database server
		look.Disk = c.disk
	}
	return watching{health.New(look), metrics.New(version, survey.RulesVersion)}
}

// disk is the space where the data directory is.
func (c *console) disk() (free, size uint64, err error) { return diskSpace(c.config.Data) }

// desk is the store's desk with everything about it watched.
func (c *console) desk(store *model.Store, w watching, log *slog.Logger) *intake.Desk {
	desk := intake.NewDesk(w.health.Store(w.metrics.Store(store)), intake.Options{
		Queue: c.config.Intake.Queue, Group: c.config.Intake.Group,
		Fault: func(group int, problem error) {
			w.metrics.DatabaseError(string(model.FaultKindOf(problem)))
			log.Error("saving failed", "group", group, "error", problem)
		},
	})
	w.metrics.Watch(metrics.Sources{
		Desk: desk.Waiting, Ready: w.health.Ready, Disk: c.disk, Pools: func() map[string]metrics.Pool { return poolsOf(store.Pools()) },
		Campaigns: func(ctx context.Context) (int, error) { return openCampaigns(ctx, store, time.Now()) },
	})
	return desk
}

func poolsOf(all map[string]sql.DBStats) map[string]metrics.Pool {
	pools := make(map[string]metrics.Pool, len(all))
	for name, s := range all {
		pools[name] = metrics.Pool{
			Limit: s.MaxOpenConnections, Open: s.OpenConnections, InUse: s.InUse, Waits: s.WaitCount, Waited: s.WaitDuration,
		}
	}
	return pools
}

func openCampaigns(ctx context.Context, store *model.Store, now time.Time) (int, error) {
	all, err := store.Campaigns(ctx, survey.CityScope())
	n := 0
	for _, c := range all {
		if c.Accepts(now) == nil {
			n++
		}
	}
	return n, err
}

// listenMetrics listens for /metrics; nil where nobody wants it, or where the
// default address is taken: a second server on one machine serves all the same.
func (c *console) listenMetrics() (net.Listener, error) {
	if c.config.Metrics == "" {
		return nil, nil
	}
	listener, err := (&net.ListenConfig{}).Listen(c.ctx, "tcp", c.config.Metrics)
	switch {
	case err == nil:
		return listener, nil
	case c.config.metricsChosen:
		return nil, fmt.Errorf("metrics: %w (set metrics to a free address, or to \"\" for none)", err)
	}
	c.logger().Warn("no metrics: the default address cannot be had, set metrics to another one", "error", err)
	return nil, nil
}

// serveMetrics answers /metrics until stop is called; without a listener there
// is nothing to stop.
func serveMetrics(listener net.Listener, handler http.Handler, log *slog.Logger) (stop func()) {
	if listener == nil {
		return func() {}
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", handler)
	server := &http.Server{
		Handler: mux, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: headerBytes, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	go func() { _ = server.Serve(listener) }() // ends with Close; answers go on without it
	return func() { _ = server.Close() }
}

// leave is ctx for the listener: from ctx's end on the server is not ready, and
// a delay later, when a proxy has seen it, the listener may stop.
func (w watching) leave(ctx context.Context, delay time.Duration) (context.Context, context.CancelFunc) {
	later, end := context.WithCancel(context.WithoutCancel(ctx))
	context.AfterFunc(ctx, func() {
		w.health.Leave()
		select {
		case <-time.After(delay):
			end()
		case <-later.Done():
		}
	})
	return later, end
}
