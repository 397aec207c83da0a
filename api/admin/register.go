package admin

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/api/poster"
	"meihao/api/session"
	"meihao/survey"
	"meihao/survey/roster"
)

// Register puts the staff's pages below /admin. It refuses a route without
// an action, or with one that no role has.
func (h *Handlers) Register(engine gin.IRouter) error {
	open := engine.Group("", sameOriginReferrer, h.Sessions.Load(h.Pages.Fail), limit, h.demo, h.working, h.printed)
	open.GET("/admin/login", h.do(h.showLogin))
	open.POST("/admin/login", h.Sessions.SameOrigin(h.Pages.Fail), h.do(h.saveLogin))
	group := open.Group("", h.Refusals.Watch(actor), h.Sessions.SameOrigin(h.Pages.Fail))
	guard := h.Sessions.Guard(h.failForm)
	group.POST("/admin/logout", guard, h.do(h.removeLogin))
	for _, kind := range h.works() {
		h.Work.Handle(kind)
	}
	known, routes := survey.Permissions(), h.Routes()
	pages, shows := ownPages(routes), shown(routes)
	for _, r := range routes {
		if len(known[r.Action]) == 0 {
			return errors.New("route " + r.Method + " " + r.Path + " names no action that anybody may do")
		}
		group.Handle(r.Method, r.Path, stay(pages[r.Path]), h.allow(r, shows[pages[r.Path]]), guard, r.Handler) // the guard reads the body: not before it is known whose
	}
	return nil
}

// limit bounds what a request may carry before anything reads it: 1 MiB, and
// a whole register only from who may import one, an emblem only from who
// manages campaigns.
func limit(c *gin.Context) {
	most := int64(1 << 20)
	if c.FullPath() == complaintImportPath && c.ContentType() == gin.MIMEMultipartPOSTForm && may(c, survey.ImportComplaints) {
		most = roster.MaxBytes + 1<<16
		keepHead(c)
	}
	if c.FullPath() == importPath && c.ContentType() == gin.MIMEMultipartPOSTForm && may(c, survey.ImportProjects) {
		most = roster.MaxBytes + 1<<16 // the file and the rest of its form
		keepHead(c)
	}
	if c.FullPath() == emblemPath && c.ContentType() == gin.MIMEMultipartPOSTForm && may(c, survey.ManageCampaigns) {
		most = poster.MostEmblemBytes + 1<<16
	}
	if isEvidence(c) && may(c, survey.AddEvidence) {
		most = limitEvidence(c)
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, most)
}

// sameOriginReferrer lets browsers name their origin to us: under the policy
// "no-referrer" of other pages a form sends "Origin: null", which is refused
// where no Sec-Fetch-Site stands beside it (old browsers, plain http).
func sameOriginReferrer(c *gin.Context) { c.Header("Referrer-Policy", "same-origin") }

// demo marks every page of a demonstration.
func (h *Handlers) demo(c *gin.Context) {
	if staff := page.StaffOf(c); staff != nil {
		staff.Demo = h.Demo
	}
}

// shown is what one must be allowed to look at a page, by path.
func shown(routes []Route) map[string]survey.Action {
	actions := map[string]survey.Action{}
	for _, r := range routes {
		if r.Method == http.MethodGet {
			actions[r.Path] = r.Action
		}
	}
	return actions
}

// allow lets an actor pass who may do the route's action. Nobody signed in:
// to the login and back. A password set by another: to change it first. Not
// allowed: who may see the page that the form stands on is told who may do it,
// to others a thing one may not see is not there (404), a page is forbidden.
func (h *Handlers) allow(r Route, page survey.Action) gin.HandlerFunc {
	return func(c *gin.Context) {
		account := session.Account(c)
		switch {
		case account.ID == 0:
			h.askLogin(c)
		case account.OneTime && r.Path != "/admin/password" && r.Path != "/admin/language":
			c.Redirect(http.StatusSeeOther, "/admin/password")
			c.Abort()
		case account.Role.May(r.Action):
		case page != "" && account.Role.May(page):
			h.Pages.Fail(c, survey.Fail(survey.Forbidden, "error.forbidden_roles", "Roles", h.rolesOf(c, r.Action)))
		case strings.Contains(r.Path, ":"):
			h.Pages.Fail(c, survey.NotFoundError("error.not_found"))
		default:
			h.Pages.Fail(c, survey.Fail(survey.Forbidden, "error.forbidden"))
		}
	}
}

// rolesOf are the roles that may do an action, in the reader's words.
func (h *Handlers) rolesOf(c *gin.Context, a survey.Action) string {
	var names []string
	for _, role := range survey.Permissions()[a] {
		names = append(names, h.text(c, "role."+string(role)))
	}
	return strings.Join(names, h.text(c, "list.comma"))
}

// askLogin sends to the login page, and from there back to what was asked
// for where that only shows something.
func (h *Handlers) askLogin(c *gin.Context) {
	to := "/admin/login"
	if c.Request.Method == http.MethodGet && c.Request.URL.Path != "/admin" {
		to += "?" + url.Values{"next": {c.Request.URL.RequestURI()}}.Encode()
	}
	c.Redirect(http.StatusSeeOther, to)
	c.Abort()
}
