package page

import (
	"time"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// Frame is what every page's layout needs; views embed it.
type Frame struct {
	Title  string // translated
	Path   string // the page's own path, for the language switch
	Notice string // a translated sentence after something was done
	Staff  *Staff // nil on residents' pages and before sign-in
	Excel  string // the query that asks for the page's tables as Excel, with its filters
	CSV    string // and as CSV
	Size   string // of type on residents' pages, see SizeOf
	Styled bool   // a residents' page that carries its style sheets, see Pages.Styled
}

// Staff is the part of the frame that signed-in people see.
type Staff struct {
	Actor  survey.Actor
	Here   string // which entry of the navigation is current
	CSRF   string // token that every staff form sends as "csrf"
	Crumbs []Crumb
	Tabs   []Tab // the pages of a campaign, for who may see them
	Demo   bool
	// Working is how much long work of theirs is under way.
	Working int
	Print   Print // what stands in the foot of every sheet of paper
}

// Print is what a printed page says of itself.
type Print struct {
	At      time.Time // as of when it is
	Account string    // who looked at it, in words
	Filters []string  // by what it is narrowed, in words
}

// Crumb is one step of the breadcrumb; the last one has no address.
type Crumb struct {
	Text, Path string
}

// Tab leads to one of several pages about the same thing.
type Tab struct {
	Text, Path string
	Here       bool
}

const (
	staffKey = "page.staff"
	pathKey  = "page.path"
)

// SetPath says where the page that answers is looked at, which for a form may
// be another address than it is sent to.
func SetPath(c *gin.Context, path string) { c.Set(pathKey, path) }

// PathOf is where the page that answers is looked at: the request's own path
// where nobody said otherwise.
func PathOf(c *gin.Context) string {
	if path := c.GetString(pathKey); path != "" {
		return path
	}
	return c.Request.URL.Path
}

// SetStaff says who is signed in, once per request; error pages need it too.
func SetStaff(c *gin.Context, s *Staff) { c.Set(staffKey, s) }

// StaffOf is who is signed in, nil for nobody.
func StaffOf(c *gin.Context) *Staff {
	s, _ := c.Get(staffKey)
	staff, _ := s.(*Staff)
	return staff
}
