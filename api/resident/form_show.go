package resident

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// showForm answers GET /s/{poster}: the form while the campaign takes
// answers, else the page that says why not.
func (h *Handlers) showForm(c *gin.Context) {
	code, ok := h.posterCode(c)
	if !ok {
		return
	}
	key := formKey{code, page.Language(c)}
	kept, serve := h.forms.find(key, h.Now())
	f := kept
	if !serve {
		var p survey.Poster
		var err error
		if f, p, err = h.freshForm(c, key, kept); err != nil {
			h.forms.forget(key)
			h.fail(c, p, err)
			return
		}
	}
	h.Watch.Page(f == kept)
	if c.Request.Method == http.MethodGet {
		h.Opens.Add(code)
	}
	h.offerKey(c)
	if f.device {
		h.offerDevice(c)
	}
	h.serveForm(c, f)
}

// posterCode reads the code of the address. Other spellings of it are sent to
// the canonical address, mistyped ones are told so without a query.
func (h *Handlers) posterCode(c *gin.Context) (string, bool) {
	typed := c.Param("poster")
	code := survey.NormalCode(typed)
	if !survey.CheckCode(code, survey.PosterCodeLength) {
		h.showMistyped(c)
		return "", false
	}
	if code != typed && c.Request.Method != http.MethodPost {
		to := *c.Request.URL
		to.Path = strings.Replace(c.FullPath(), ":poster", code, 1)
		to.RawPath = ""
		c.Redirect(http.StatusMovedPermanently, to.RequestURI())
		return "", false
	}
	return code, true
}

// freshForm looks at the campaign again and renders only what changed. The
// poster is told with a refusal too, so that the page can name dates.
func (h *Handlers) freshForm(c *gin.Context, key formKey, old *form) (*form, survey.Poster, error) {
	now := h.Now()
	p, err := h.Store.Poster(c.Request.Context(), key.poster)
	if err != nil {
		return nil, p, err
	}
	if err := accepts(p, now); err != nil {
		return nil, p, err
	}
	f := &form{printed: p, checked: now, until: p.Campaign.Closes, device: takesOpen(p.Campaign)}
	f.printed.Key, f.printed.Groups = nil, nil // two posters that are equal but for these give the same bytes
	f.printed.Project.Buildings = withoutLists(p.Project.Buildings)
	if old != nil && reflect.DeepEqual(&old.printed, &f.printed) {
		return old, p, nil
	}
	q, err := h.Store.Questionnaire(c.Request.Context(), p.Campaign.Questionnaire)
	if err != nil {
		return nil, p, err
	}
	body, err := h.Pages.Render(key.language, "resident/form", h.formView(c, p, q, typed{}, nil))
	if err != nil {
		return nil, p, err
	}
	f.zipped = page.Gzip(body)
	f.tag, f.length = []string{`W/"` + tagOf(body) + `"`}, []string{strconv.Itoa(len(f.zipped))}
	h.forms.keep(formKey{strings.Clone(key.poster), strings.Clone(key.language)}, f) // not with the whole request
	return f, p, nil
}

// withoutLists are the buildings without their household lists: no form shows
// them, and the cache is not to keep them for every poster.
func withoutLists(buildings []survey.Building) []survey.Building {
	plain := slices.Clone(buildings)
	for i := range plain {
		plain[i].Rooms = ""
	}
	return plain
}

// accepts is nil while the poster takes answers, else the reason.
func accepts(p survey.Poster, now time.Time) error {
	if p.Retired {
		return survey.Fail(survey.RetiredPoster, "error.poster.retired", "Place", p.MovedTo)
	}
	return p.Campaign.Accepts(now)
}

// takesOpen says whether the lane open may be chosen on the form.
func takesOpen(c survey.Campaign) bool { return c.Feedback || c.Admission == survey.ByOpen }

func tagOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:12])
}

const formKind = "text/html; charset=utf-8"

// formHeads are the headers that all forms have. They are private only because
// a cookie may ride along.
type formHeads struct{ all, zipped page.Head }

func newFormHeads() formHeads {
	return formHeads{
		all:    page.NewHead("Cache-Control", "private, no-cache", "Vary", "Accept-Encoding, Cookie"),
		zipped: page.NewHead("Content-Encoding", "gzip", "Content-Type", formKind),
	}
}

// serveForm sends the same bytes to everyone.
func (h *Handlers) serveForm(c *gin.Context, f *form) {
	head := c.Writer.Header()
	h.heads.all.Set(head)
	head["Etag"] = f.tag
	if strings.Contains(c.GetHeader("If-None-Match"), strings.TrimPrefix(f.tag[0], "W/")) {
		c.Status(http.StatusNotModified)
		c.Writer.WriteHeaderNow()
		return
	}
	if strings.Contains(c.GetHeader("Accept-Encoding"), "gzip") {
		h.heads.zipped.Set(head)
		head["Content-Length"] = f.length
		_, _ = c.Writer.Write(f.zipped) // who has gone needs no page
		return
	}
	c.Data(http.StatusOK, formKind, unzip(f.zipped))
}

// unzip undoes page.Gzip for the few who do not take it.
func unzip(zipped []byte) []byte {
	r, err := gzip.NewReader(bytes.NewReader(zipped))
	if err != nil {
		return nil
	}
	plain, _ := io.ReadAll(r) // our own bytes from memory
	return plain
}
