package admin

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"regexp"

	"github.com/gin-gonic/gin"

	"meihao/survey/roster"
)

// uploadHead keeps the beginning of an upload: of one that is too large nobody
// reads the form, and its file is named there.
type uploadHead struct {
	io.ReadCloser
	head bytes.Buffer
}

// mostHead is how much of it is kept; the file is the form's second part.
const mostHead = 4 << 10

const uploadHeadKey = "meihao.upload"

// Read reads on, and keeps what is of the beginning.
func (u *uploadHead) Read(p []byte) (int, error) {
	n, err := u.ReadCloser.Read(p)
	if rest := mostHead - u.head.Len(); rest > 0 {
		u.head.Write(p[:min(n, rest)])
	}
	return n, err
}

// keepHead keeps the beginning of what a request carries.
func keepHead(c *gin.Context) {
	u := &uploadHead{ReadCloser: c.Request.Body}
	c.Request.Body = u
	c.Set(uploadHeadKey, u)
}

// mostDrained is how much of an upload that is too large is still taken:
// browsers show no answer before they have sent what they have.
const mostDrained = 4 * roster.MaxBytes

// failForm answers for a form that cannot be read; an upload that is too large
// gets the words of every register that is.
func (h *Handlers) failForm(c *gin.Context, err error) {
	var tooLarge *http.MaxBytesError
	u, is := c.Value(uploadHeadKey).(*uploadHead)
	if !errors.As(err, &tooLarge) || !is {
		h.Pages.Fail(c, err)
		return
	}
	if isEvidence(c) {
		h.failEvidence(c, u.ReadCloser)
		return
	}
	_, _ = io.CopyN(io.Discard, u.ReadCloser, mostDrained) // its sender may be gone
	name := ""
	if found := regexp.MustCompile(`filename="([^"\r\n]*)"`).FindSubmatch(u.head.Bytes()); found != nil {
		name = string(found[1])
	}
	f, status, _ := h.faultsOf(c, roster.TooLarge(name))
	render := h.renderImport
	if c.FullPath() == complaintImportPath {
		render = h.renderComplaintImport
	}
	if err := render(c, status, f); err != nil {
		h.Pages.Fail(c, err)
	}
}
