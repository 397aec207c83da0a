package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"meihao/api"
	"meihao/api/admin"
	"meihao/api/denied"
	"meihao/api/limit"
	"meihao/api/page"
	"meihao/api/resident"
	"meihao/api/session"
	"meihao/api/v1"
	"meihao/api/wall"
	"meihao/model"
	"meihao/static"
	"meihao/survey"
	"meihao/survey/intake"
	"meihao/survey/rubric"
	"meihao/survey/work"
)

type serveCommand struct {
	Listen string `help:"Address to listen on; overrides the configuration." placeholder:"HOST:PORT"`
	Demo   bool   `help:"Load a fictional district with an open campaign and print where to begin."`
}

// Limits of the HTTP server (SECURITY "Web"). At the end requests may take
// finishTimeout more, then their connections are cut; the desk has deskTimeout
// of its own to save what is waiting. Together they stay below the 20 s after
// which a supervisor may kill.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 10 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 60 * time.Second
	headerBytes   = 16 << 10
	finishTimeout = 12 * time.Second
	deskTimeout   = 5 * time.Second
	sweepEvery    = 5 * time.Second
)

// Run serves until the context ends, then drains: the listener stops, the
// handlers finish, the desk saves what is waiting, the store closes.
func (s serveCommand) Run(c *console) error {
	if s.Listen != "" {
		c.config.Listen = s.Listen
	}
	listener, err := (&net.ListenConfig{}).Listen(c.ctx, "tcp", c.config.Listen)
	if err != nil {
		return fmt.Errorf("%w (choose another address with --listen HOST:PORT)", err)
	}
	defer func() { _ = listener.Close() }() // closed by Shutdown as well
	metrics, err := c.listenMetrics()
	if err != nil {
		return err
	}
	if metrics != nil {
		defer func() { _ = metrics.Close() }() // closed with its server as well
	}
	if c.config.PublicAddress == "" {
		c.config.PublicAddress = publicAddress(listener.Addr())
	}
	if !s.Demo && !safeAddress(c.config.PublicAddress) {
		return usageError{fmt.Errorf("%s is neither https nor this machine: set public_address to the https address of the proxy in front", c.config.PublicAddress)}
	}
	if s.Demo {
		if err := c.makeDemo(); err != nil {
			return fmt.Errorf("demo district: %w", err)
		}
	}
	store, err := c.openOrMake()
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }() // the error would come too late to matter
	if err := s.welcome(c, store); err != nil {
		return err
	}
	return c.serve(listener, metrics, store, s.Demo)
}

// welcome prints where to begin: the demo district, the first administrator,
// or just the address.
func (s serveCommand) welcome(c *console, store *model.Store) error {
	if s.Demo {
		return c.welcomeDemo()
	}
	first, err := store.FirstStart(c.ctx)
	if err != nil {
		return err
	}
	if first {
		if err := c.firstAdministrator(store); err != nil {
			return err
		}
	}
	c.say("%s/admin", c.config.PublicAddress)
	return nil
}

// collectLess lets the heap grow to several times of what is in use before it
// is collected, which costs a fifth of a busy server's time, within bounds that
// the cache of pages is added to. GOGC and GOMEMLIMIT overrule it.
func (c *console) collectLess() {
	const growth, rest = 400, 80 << 20
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(growth)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(rest + int64(c.config.Pages.CacheMiB)<<20)
	}
}

func (c *console) serve(listener, metrics net.Listener, store *model.Store, demo bool) error {
	c.collectLess()
	log := c.logger()
	watching := c.watching(store, log)
	desk := c.desk(store, watching, log)
	runner := c.work(store, watching, log)
	opens := resident.NewOpens()
	handler, err := c.handler(store, desk, opens, runner, watching, log, demo)
	if err != nil {
		return err
	}
	defer saveOpens(opens, store, watching.opensWait(log))()
	defer serveMetrics(metrics, watching.metrics.Handler(), log)()
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: headerBytes, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	ctx, stop := context.WithCancel(c.ctx)
	defer stop()
	go sweep(ctx, store, watching, log)
	leaving, left := watching.leave(ctx, time.Duration(c.config.ShutdownDelay))
	defer left()
	worked := doWork(leaving, runner)
	err = serveAndDrain(leaving, server, listener, desk, log)
	left()
	return errors.Join(err, worked())
}

// serveAndDrain serves until ctx ends or the listener fails. Either way what
// was taken is saved before it returns: nil says so.
func serveAndDrain(ctx context.Context, server *http.Server, listener net.Listener, desk *intake.Desk, log *slog.Logger) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(api.Joined(listener)) }()
	var failure error
	select {
	case failure = <-failed:
	case <-ctx.Done():
	}
	finish, cancel := context.WithTimeout(context.Background(), finishTimeout)
	defer cancel()
	if err := server.Shutdown(finish); err != nil {
		log.WarnContext(ctx, "requests did not end in time, their connections are cut", "error", err)
		_ = server.Close() // the listener is closed already
	}
	drain, cancel := context.WithTimeout(context.Background(), deskTimeout)
	defer cancel()
	return errors.Join(failure, desk.Close(drain))
}

// sweep closes campaigns whose time is over.
func sweep(ctx context.Context, store *model.Store, w watching, log *slog.Logger) {
	ticker := time.NewTicker(sweepEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if _, err := store.CloseDue(ctx); err != nil && ctx.Err() == nil {
				w.metrics.DatabaseError(string(model.FaultKindOf(err)))
				log.ErrorContext(ctx, "closing due campaigns failed", "error", err)
			}
		}
	}
}

// handler wires everything that answers requests.
func (c *console) handler(store *model.Store, desk *intake.Desk, opens *resident.Opens, runner *work.Runner, w watching, log *slog.Logger, demo bool) (http.Handler, error) {
	assets, err := page.LoadAssets(static.Assets)
	if err != nil {
		return nil, err
	}
	pages, err := page.Load(static.Pages, c.catalogs, assets, log)
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
	lexicon, err := survey.ReadLexicon(static.Lexicon)
	if err != nil {
		return nil, err
	}
	https := strings.HasPrefix(c.config.PublicAddress, "https:")
	sessions, err := session.New(store.Sessions(), store, session.Settings{
		Idle: time.Duration(c.config.Session.Idle), Absolute: time.Duration(c.config.Session.Absolute), Secure: https, Now: time.Now,
	})
	if err != nil {
		return nil, err
	}
	limits := limit.New(pages, limit.Settings{
		Pages:   limit.Rate{Most: c.config.Limits.Pages, Within: limitsWithin},
		Guesses: limit.Rate{Most: c.config.Limits.Guesses, Within: limitsWithin},
		Proxies: c.config.TrustedProxies, Now: time.Now,
	})
	refusals := &denied.Recorder{Store: store, Pages: pages, Now: time.Now}
	return api.New(api.Options{
		Resident: &resident.Handlers{
			Store: store, Desk: w.metrics.Desk(desk), Pages: pages, Now: time.Now, SecureCookies: https,
			PageBytes: c.config.Pages.CacheMiB << 20, Opens: opens, Watch: w.metrics,
			Limits: limits, Privacy: resident.Privacy{Controller: c.config.Privacy.Controller, Contact: c.config.Privacy.Contact},
		},
		Staff: &admin.Handlers{
			Store: store, Pages: pages, Sessions: sessions, Now: time.Now, Public: c.config.PublicAddress, Rubric: items, Guide: guide, Lexicon: lexicon,
			Work: runner, Refusals: refusals, Demo: demo,
		},
		Systems: &v1.Handlers{
			Store: store, Desk: w.metrics.Desk(desk), Pages: pages, Now: time.Now, Rubric: items, Submitted: w.metrics.Submitted,
			Refusals: refusals,
			Reads:    limit.NewCounter(limit.Rate{Most: readsPerMinute, Within: time.Minute}, time.Now),
		},
		Walls: &wall.Handlers{Store: store, Pages: pages, Limits: limits, Now: time.Now, Public: c.config.PublicAddress},
		Pages: pages, Assets: assets, Log: log, Limits: limits, TrustedProxies: c.config.TrustedProxies, HTTPS: https,
		Ready: w.health.Ready, Measure: w.metrics.Request,
	})
}

// logger writes to standard error.
func (c *console) logger() *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.config.Log.Level)) // checked with the configuration
	options := &slog.HandlerOptions{Level: level}
	if c.config.Log.Format == "json" {
		return slog.New(slog.NewJSONHandler(c.err, options))
	}
	return slog.New(slog.NewTextHandler(c.err, options))
}

// publicAddress is where browsers find a listener: this machine's address in
// the local network where it listens on all.
func publicAddress(addr net.Addr) string {
	host, port, _ := net.SplitHostPort(addr.String())
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = localHost()
	}
	return "http://" + net.JoinHostPort(host, port)
}

func localHost() string {
	addrs, _ := net.InterfaceAddrs() // none is as good as an error here
	for _, a := range addrs {
		if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil && n.IP.IsGlobalUnicast() {
			return n.IP.String()
		}
	}
	return "127.0.0.1"
}

// safeAddress says whether cookies are safe at an address: https, or plain on
// this machine (DESIGN §9).
func safeAddress(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" || u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}
