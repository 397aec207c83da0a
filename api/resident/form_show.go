package resident

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
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
	f, serve := h.forms.find(key, h.Now())
	if !serve {
		var p survey.Poster
		var err error
		if f, p, err = h.freshForm(c, key, f); err != nil {
			h.forms.forget(key)
			h.fail(c, p, err)
			return
		}
	}
	h.offerKey(c)
	if f.device {
		h.offerDevice(c)
	}
	serveForm(c, f)
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
func (h *Handlers) freshForm(c *gin.Context, key formKey, old form) (form, survey.Poster, error) {
	now := h.Now()
	p, err := h.Store.Poster(c.Request.Context(), key.poster)
	if err != nil {
		return form{}, p, err
	}
	if err := accepts(p, now); err != nil {
		return form{}, p, err
	}
	f := form{version: versionOf(p), checked: now, until: p.Campaign.Closes, device: takesOpen(p.Campaign)}
	if old.zipped != nil && old.version == f.version {
		f.zipped, f.tag = old.zipped, old.tag
		h.forms.keep(key, f)
		return f, p, nil
	}
	q, err := h.Store.Questionnaire(c.Request.Context(), p.Campaign.Questionnaire)
	if err != nil {
		return form{}, p, err
	}
	body, err := h.Pages.Render(key.language, "resident/form", h.formView(c, p, q, typed{}, nil))
	if err != nil {
		return form{}, p, err
	}
	f.zipped, f.tag = page.Gzip(body), tagOf(body)
	h.forms.keep(key, f)
	return f, p, nil
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

// versionOf names everything of a poster that the form prints: two posters of
// one version give the same bytes.
func versionOf(p survey.Poster) string {
	p.Key, p.Groups = nil, nil
	text, err := json.Marshal(p)
	if err != nil { // a poster is plain data; a version of its own is safe
		return newKey()
	}
	return tagOf(text)
}

func tagOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:12])
}

// serveForm sends the same bytes to everyone. They are private only because
// a cookie may ride along.
func serveForm(c *gin.Context, f form) {
	h := c.Writer.Header()
	h.Set("Cache-Control", "private, no-cache")
	h.Set("Vary", "Accept-Encoding, Cookie")
	h.Set("ETag", `W/"`+f.tag+`"`)
	if strings.Contains(c.GetHeader("If-None-Match"), `"`+f.tag+`"`) {
		c.Status(http.StatusNotModified)
		c.Writer.WriteHeaderNow()
		return
	}
	const kind = "text/html; charset=utf-8"
	if strings.Contains(c.GetHeader("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		c.Data(http.StatusOK, kind, f.zipped)
		return
	}
	c.Data(http.StatusOK, kind, unzip(f.zipped))
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
