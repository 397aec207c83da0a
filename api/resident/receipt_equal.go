package resident

import (
	"bytes"
	"context"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
)

// What every receipt page takes: twice the bytes of the longest, so that long
// names of projects have room, and longer than both queries need on a busy
// day.
const (
	receiptBytes = 8 << 10
	receiptTime  = 60 * time.Millisecond
)

// showEqual answers with a page of receiptBytes, no sooner than receiptTime
// after the request arrived. It is not compressed: that would tell lengths.
func (h *Handlers) showEqual(c *gin.Context, arrived time.Time, status int, name string, view any) {
	body, err := h.Pages.Render(page.Language(c), name, view)
	if err != nil {
		h.Pages.Fail(c, err)
		return
	}
	body = padded(body, receiptBytes)
	head := c.Writer.Header()
	head.Set("Cache-Control", "no-store, no-transform")
	head.Set("Content-Length", strconv.Itoa(len(body)))
	if waitUntil(c.Request.Context(), arrived.Add(receiptTime)) {
		c.Data(status, htmlKind, body)
	}
}

// padded is a page with spaces behind it, to the next whole multiple of size.
func padded(body []byte, size int) []byte {
	short := (size - len(body)%size) % size
	return append(body, bytes.Repeat([]byte{' '}, short)...)
}

// waitUntil waits; false where nobody waits any more.
func waitUntil(ctx context.Context, then time.Time) bool {
	rest := time.NewTimer(time.Until(then))
	defer rest.Stop()
	select {
	case <-rest.C:
		return true
	case <-ctx.Done():
		return false
	}
}
