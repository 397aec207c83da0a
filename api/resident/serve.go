package resident

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
)

// source is what a page that is the same for everyone is made of, and how.
type source struct {
	// made is compared with what the kept page was made of: where both are
	// deeply equal, the kept page is served on and nothing is rendered.
	made any
	// until is when the page must not be served any more, to the moment; zero
	// where no such time is known.
	until  time.Time
	device bool // the page asks for a device token, see offerDevice
	render func() ([]byte, error)
}

// keyOfPage is the key of a page of the poster ("" for a page of no poster) in
// the request's language, size and encoding.
func keyOfPage(c *gin.Context, poster string, kind pageKind) pageKey {
	key := pageKey{poster, page.Language(c), page.SizeOf(c), kind, page.Accepted(c.Request)}
	if key.encoding == page.Plain {
		key.encoding = page.Gzip // unpacked for the few who ask so
	}
	return key
}

// serve answers with the page of a key: from memory while it is fresh, else
// look is asked and the page rendered where its source has changed. An error
// of look is returned, with nothing sent, and the page forgotten.
func (h *Handlers) serve(c *gin.Context, key pageKey, look func() (source, error)) error {
	p, _, err := h.ready(key, look)
	if err == nil {
		h.send(c, key, p)
	}
	return err
}

// ready is the first half of serve: the page, and whether it was ready before.
func (h *Handlers) ready(key pageKey, look func() (source, error)) (p *ready, cached bool, err error) {
	now := h.Now()
	kept, serve := h.cache.find(key, now)
	if serve {
		return kept, true, nil
	}
	from, err := look()
	if err != nil {
		h.cache.forget(key)
		return nil, false, err
	}
	if kept != nil && kept.until.Equal(from.until) && reflect.DeepEqual(kept.made, from.made) {
		return kept, true, nil
	}
	body, err := from.render()
	if err != nil {
		return nil, false, err
	}
	p = newReady(h.packer.Pack(body, key.encoding), from.made)
	p.checked, p.until, p.device = now, from.until, from.device
	p.tag, p.length = []string{`W/"` + tagOf(body) + `"`}, []string{strconv.Itoa(len(p.packed))}
	key.poster, key.language = strings.Clone(key.poster), strings.Clone(key.language) // not with the whole request
	h.cache.keep(key, p)
	return p, false, nil
}

// tagOf tells pages apart in whatever encoding: 24 hexadecimal digits.
func tagOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:12])
}

const htmlKind = "text/html; charset=utf-8"

// pageHeads are the headers that all kept pages have. They are private only
// because a cookie may ride along.
type pageHeads struct{ all, gzip, br page.Head }

func newPageHeads() pageHeads {
	return pageHeads{
		all:  page.NewHead("Cache-Control", "private, no-cache", "Vary", "Accept-Encoding, Cookie"),
		gzip: page.NewHead("Content-Encoding", string(page.Gzip), "Content-Type", htmlKind),
		br:   page.NewHead("Content-Encoding", string(page.Brotli), "Content-Type", htmlKind),
	}
}

// send is the second half of serve: the same bytes to everyone, or word that
// the browser has them.
func (h *Handlers) send(c *gin.Context, key pageKey, p *ready) {
	head := c.Writer.Header()
	h.heads.all.Set(head)
	h.Pages.Styled(head)
	head["Etag"] = p.tag
	if asked := c.Request.Header["If-None-Match"]; asked != nil && strings.Contains(asked[0], p.tag[0][len("W/"):]) {
		c.Status(http.StatusNotModified)
		c.Writer.WriteHeaderNow()
		return
	}
	switch {
	case key.encoding == page.Brotli:
		h.heads.br.Set(head)
	case page.Accepted(c.Request) == page.Gzip:
		h.heads.gzip.Set(head)
	default:
		c.Data(http.StatusOK, htmlKind, page.Gunzip(p.packed))
		return
	}
	head["Content-Length"] = p.length
	_, _ = c.Writer.Write(p.packed) // who has gone needs no page
}
