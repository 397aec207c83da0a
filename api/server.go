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
	"strings"
	"time"

	"github.com/gin-gonic/gin"

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
	Staff    Staff // nil for a server of answers only
	Pages    *page.Pages
	Assets   *page.Assets
	Log      *slog.Logger
	// TrustedProxies may say whom they forward for; nobody else is believed.
	TrustedProxies []netip.Prefix
	HTTPS          bool // the public address is https
	Ready          func(context.Context) error
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
	engine.Use(page.Identify, o.watch, page.Secure)
	if o.HTTPS {
		engine.Use(func(c *gin.Context) { c.Header("Strict-Transport-Security", "max-age=31536000") })
	}
	engine.NoRoute(o.noRoute)
	engine.NoMethod(o.noMethod)
	engine.GET("/assets/*name", o.Assets.Serve)
	engine.HEAD("/assets/*name", o.Assets.Serve)
	show := []string{http.MethodGet, http.MethodHead}
	engine.Match(show, "/healthz", func(c *gin.Context) { c.String(http.StatusOK, "ok\n") })
	engine.Match(show, "/readyz", o.ready)
	o.Resident.Routes(engine)
	o.Systems.Routes(engine)
	if o.Staff == nil {
		return engine, nil
	}
	return engine, o.Staff.Register(engine)
}

// watch logs requests by route, never by address: codes and receipts stand in
// addresses. A panic is a 500 like any other fault.
func (o Options) watch(c *gin.Context) {
	start := time.Now()
	defer func() {
		if v := recover(); v != nil {
			o.Log.ErrorContext(c, "panic", "request", page.RequestID(c), "route", c.FullPath(), "panic", fmt.Sprint(v), "stack", string(debug.Stack()))
			if !c.Writer.Written() {
				o.Pages.Fail(c, fmt.Errorf("panic: %v", v))
			}
			c.Abort()
		}
		if o.Log.Enabled(c, slog.LevelDebug) {
			o.Log.DebugContext(c, "request", "request", page.RequestID(c), "method", c.Request.Method, "route", c.FullPath(),
				"status", c.Writer.Status(), "took", time.Since(start))
		}
	}()
	c.Next()
}

// noRoute has the face of the area that was asked for.
func (o Options) noRoute(c *gin.Context) {
	if staffPath(c) {
		page.Area(page.StaffArea)(c)
	}
	o.Pages.Fail(c, survey.NotFoundError("error.not_found"))
}

// noMethod has the face of the area as well. Its status is not one of an
// error's kind, so it does not go by way of Pages.Fail.
func (o Options) noMethod(c *gin.Context) {
	const status = http.StatusMethodNotAllowed
	message := o.Pages.Text(c, "error.method", nil)
	c.Abort()
	if strings.HasPrefix(c.Request.URL.Path, "/api/") {
		c.Header("Cache-Control", "no-store")
		c.JSON(status, page.ErrorJSON{Code: string(survey.NotFound), Message: message})
		return
	}
	name := "resident/error"
	if staffPath(c) {
		name = "staff/error"
	}
	o.Pages.Show(c, status, name, page.ErrorView{
		Frame:  page.Frame{Title: message, Path: c.Request.URL.Path},
		Status: status, Kind: survey.NotFound, Message: message, Request: page.RequestID(c),
	})
}

func staffPath(c *gin.Context) bool { return strings.HasPrefix(c.Request.URL.Path, "/admin") }

// ready says whether answers can be saved: the database answers in time.
func (o Options) ready(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), 2*time.Second)
	defer cancel()
	if err := o.Ready(ctx); err != nil {
		o.Log.WarnContext(c, "not ready", "error", err)
		c.String(http.StatusServiceUnavailable, "not ready\n")
		return
	}
	c.String(http.StatusOK, "ready\n")
}
