package page

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"path"
	"strings"
	"sync/atomic"

	"github.com/gin-gonic/gin"

	"meihao/api/lang"
)

// Pages are all templates in all languages. Each language has a template set
// of its own with its functions bound at start: functions bound to a shared
// set would serve one person another's language under load.
type Pages struct {
	sets     map[string]map[string]*template.Template // by language, then "area/page"
	catalogs *lang.Catalogs
	log      *slog.Logger
	styled   Head // see Styled

	// Passing says of an error without a kind that it will pass (a database
	// that is gone for a while): it is told as Busy. Nil for none.
	Passing func(error) bool
	passed  atomic.Int64 // the second in which one was logged last
}

// Load parses pages/<area>/<page>.html, each with its area's _layout.html and
// the partials pages/_*.html. A page is named "area/page".
func Load(files fs.FS, catalogs *lang.Catalogs, assets *Assets, log *slog.Logger) (*Pages, error) {
	p := &Pages{sets: map[string]map[string]*template.Template{}, catalogs: catalogs, log: log, styled: styledPolicy(files, residentArea, assets)}
	names, err := fs.Glob(files, "pages/*/*.html")
	if err != nil {
		return nil, err
	}
	for _, code := range lang.Languages() {
		p.sets[code] = map[string]*template.Template{}
		funcs := functions(code, catalogs, assets)
		shared := map[string]*template.Template{} // by area: what its pages have in common is parsed once
		for _, name := range names {
			if strings.HasPrefix(path.Base(name), "_") {
				continue
			}
			area := path.Dir(name)
			if shared[area] == nil {
				if shared[area], err = template.New("_layout.html").Funcs(funcs).ParseFS(files, partials(files, area)...); err != nil {
					return nil, fmt.Errorf("pages of %s: %w", area, err)
				}
			}
			set, err := shared[area].Clone()
			if err == nil {
				set, err = set.ParseFS(files, name)
			}
			if err != nil {
				return nil, fmt.Errorf("page %s: %w", name, err)
			}
			short := strings.TrimSuffix(strings.TrimPrefix(name, "pages/"), ".html")
			p.sets[code][short] = set
		}
	}
	return p, nil
}

// partials are what all pages of an area are made of beside themselves: those
// of all areas and of its own.
func partials(files fs.FS, area string) []string {
	var list []string
	for _, pattern := range []string{"pages/_*.html", path.Join(area, "_*.html")} {
		found, _ := fs.Glob(files, pattern) // the patterns are well formed
		list = append(list, found...)
	}
	return list
}

// Render writes a page into memory: a template that fails half way must not
// send half a page.
func (p *Pages) Render(code, name string, view any) ([]byte, error) {
	return p.RenderPart(code, name, "_layout.html", view)
}

// RenderPart writes one of the templates that a page is made of.
func (p *Pages) RenderPart(code, name, part string, view any) ([]byte, error) {
	if !lang.Known(code) {
		code = lang.Default
	}
	set, ok := p.sets[code][name]
	if !ok {
		return nil, fmt.Errorf("no page %q", name)
	}
	var b bytes.Buffer
	if err := set.ExecuteTemplate(&b, part, view); err != nil {
		return nil, fmt.Errorf("page %s: %w", name, err)
	}
	return b.Bytes(), nil
}

// Show answers with a page in the request's language. It is personal unless
// the handler said otherwise: nothing of it is kept by browsers or proxies.
func (p *Pages) Show(c *gin.Context, status int, name string, view any) {
	body, err := p.Render(Language(c), name, view)
	if err != nil {
		p.log.ErrorContext(c, "page failed", "page", name, "request", RequestID(c), "error", err)
		c.Data(http.StatusInternalServerError, "text/plain; charset=utf-8", []byte("500 "+RequestID(c)+"\n"))
		return
	}
	if c.Writer.Header().Get("Cache-Control") == "" {
		c.Header("Cache-Control", "no-store")
	}
	if status >= http.StatusBadRequest {
		RequestID(c) // whoever calls about it can be helped
	}
	c.Data(status, "text/html; charset=utf-8", body)
}

// Text is a message in the request's language.
func (p *Pages) Text(c *gin.Context, key string, args map[string]any) string {
	return p.catalogs.Text(Language(c), key, args)
}

// TextIn is a message in a language of its own, for what is written for
// others than who asked.
func (p *Pages) TextIn(code, key string, args map[string]any) string {
	return p.catalogs.Text(code, key, args)
}
