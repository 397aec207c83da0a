package admin

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
)

// ownPages are, for each path that takes a form, the path of the page that the
// form stands on: the path itself, or the nearest above it that can be looked
// at. A form that comes back with a fault is that page, wherever it was sent:
// what leads on from it (the other language, a reload) must not ask for an
// address that only takes forms.
func ownPages(routes []Route) map[string]string {
	const campaign = "/admin/campaigns/:campaign"
	seen := map[string]bool{}
	for _, r := range routes {
		seen[r.Path] = seen[r.Path] || r.Method == http.MethodGet
	}
	own := map[string]string{
		emblemPath: campaign + "/poster", emblemPath + "/remove": campaign + "/poster", // that address shows a picture
		"/admin/posters/add": "/admin/posters", // which alone does not say of what
	}
	pages := map[string]string{}
	for _, r := range routes {
		if r.Method != http.MethodPost {
			continue
		}
		path := own[r.Path]
		for at := r.Path; path == ""; at = at[:strings.LastIndex(at, "/")] {
			if seen[at] {
				path = at
			}
		}
		pages[r.Path] = path
	}
	return pages
}

// stay says on which page a form stays that comes back.
func stay(pattern string) gin.HandlerFunc {
	return func(c *gin.Context) {
		if c.Request.Method != http.MethodPost {
			return
		}
		path := pattern
		for _, p := range c.Params {
			path = strings.Replace(path, ":"+p.Key, p.Value, 1)
		}
		page.SetPath(c, path)
	}
}
