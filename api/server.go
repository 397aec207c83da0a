// Package api assembles the HTTP side: middlewares that every request passes,
// the routes of residents (api/resident), staff (api/admin) and systems
// (api/v1), assets and health. It knows no database and no SQL.
package api

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime/debug"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/limit"
	"meihao/api/page"
	"meihao/survey"
)

// Routes is a group of handlers that puts its routes on the server.
type Routes interface {
	Routes(r gin.IRouter)
}

// Staff puts its routes on the server and refuses those that nobody may take.
type Staff interface {
	Register(r gin.IRouter) error
}

// Options of the server.
type Options struct {
	Resident Routes
	Systems  Routes
	Staff    Staff  // nil for a server of answers only
	Walls    Routes // of screens (api/wall); nil for none
	Pages    *page.Pages
	Assets   *page.Assets
	Log      *slog.Logger
	// Limits refuse who looks far too often; nil refuses nobody.
	Limits *limit.Limits
	// TrustedProxies may say whom they forward for; nobody else is believed.
	TrustedProxies []netip.Prefix
	HTTPS          bool // the public address is https
	// Ready is nil while answers can be saved. A health.Reason is told, any
	// other error is not.
	Ready func(context.Context) error
	// Measure is told of each request that was answered: its route template,
	// "" for an address that leads nowhere. Nil is nobody.
	Measure func(method, route string, status int, took time.Duration)
}

// New makes the handler of everything.
func New(o Options) (http.Handler, error) {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false
	proxies := make([]string, len(o.TrustedProxies))
	for i, p := range o.TrustedProxies {
		proxies[i] = p.String()
	}
	if err := engine.SetTrustedProxies(proxies); err != nil {
		return nil, fmt.Errorf("trusted proxies: %w", err)
	}
	engine.Use(o.watch, page.Secure(o.HTTPS), o.Limits.Pages)
	engine.NoRoute(o.noRoute)
	engine.NoMethod(o.noMethod)
	engine.GET("/assets/*name", o.Assets.Serve)
	engine.HEAD("/assets/*name", o.Assets.Serve)
	show := []string{http.MethodGet, http.MethodHead}
	engine.Match(show, "/healthz", o.alive)
	engine.Match(show, "/readyz", o.ready)
	o.Resident.Routes(engine)
	o.Systems.Routes(engine)
	if o.Walls != nil {
		o.Walls.Routes(engine)
	}
	if o.Staff == nil {
		return engine, nil
	}
	return engine, o.Staff.Register(engine)
}

// watch logs requests by route, never by address: codes and receipts stand in
// addresses. A panic is a 500 like any other fault.
func (o Options) watch(c *gin.Context) {
	start := time.Now()
	if o.Log.Enabled(c, slog.LevelDebug) {
		page.RequestID(c) // what is logged carries it in its headers
	}
	defer func() {
		if v := recover(); v != nil {
			o.Log.ErrorContext(c, "panic", "request", page.RequestID(c), "route", c.FullPath(), "panic", fmt.Sprint(v), "stack", string(debug.Stack()))
			if !c.Writer.Written() {
				o.Pages.Fail(c, fmt.Errorf("panic: %v", v))
			}
			c.Abort()
		}
		took := time.Since(start)
		if o.Measure != nil {
			o.Measure(c.Request.Method, c.FullPath(), c.Writer.Status(), took)
		}
		if o.Log.Enabled(c, slog.LevelDebug) {
			o.Log.DebugContext(c, "request", "request", page.RequestID(c), "method", c.Request.Method, "route", c.FullPath(),
				"status", c.Writer.Status(), "took", took)
		}
	}()
	c.Next()
}

func (o Options) noRoute(c *gin.Context) {
	o.Pages.Fail(c, survey.NotFoundError("error.not_found"))
}

// noMethod has the face of the area as well. Its status is not one of an
// error's kind, so it does not go by way of Pages.Fail.
func (o Options) noMethod(c *gin.Context) {
	const status = http.StatusMethodNotAllowed
	message := o.Pages.Text(c, "error.method", nil)
	c.Abort()
	o.Pages.ShowError(c, page.ErrorView{
		Frame:  page.Frame{Title: message, Path: c.Request.URL.Path, Size: page.SizeOf(c)},
		Status: status, Kind: survey.NotFound, Message: message, Request: page.RequestID(c),
	})
}
