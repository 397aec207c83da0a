package admin

import (
	"strconv"

	"github.com/gin-gonic/gin"
)

// pager cuts a long list into pages that are addresses.
type pager struct {
	From, To, Total int
	Prev, Next      string // addresses, "" where there is none
}

// pageOf reads the page asked for, from 1.
func pageOf(c *gin.Context) int {
	n, err := strconv.Atoi(c.Query("page"))
	if err != nil || n < 1 || n > 1_000_000 {
		return 1
	}
	return n
}

// pagerOf is the pager of a list of total entries, size on each page.
func pagerOf(c *gin.Context, total, size int) pager {
	last := max(1, (total+size-1)/size)
	at := min(pageOf(c), last)
	p := pager{From: (at-1)*size + 1, To: min(at*size, total), Total: total}
	if total == 0 {
		p.From = 0
	}
	if at > 1 {
		p.Prev = query(c, "page", strconv.Itoa(at-1))
	}
	if at < last {
		p.Next = query(c, "page", strconv.Itoa(at+1))
	}
	return p
}
