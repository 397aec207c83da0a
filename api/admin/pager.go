package admin

import (
	"strconv"

	"github.com/gin-gonic/gin"
)

// perPage is how many rows a list shows at once.
const perPage = 50

// pager cuts a long list into pages that are addresses. They keep what else
// stands in the address: filters, search and order.
type pager struct {
	From, To, Total int        // the rows of this page, from 1; 0 to 0 where there are none
	Prev, Next      string     // addresses, "" where there is none
	Pages           []pageLink // empty where one page has everything
}

// pageLink is one page to go to: the first, the last, this one and its
// neighbours. A gap between them has no number.
type pageLink struct {
	Number int
	Path   string
	Here   bool
}

// pageOf reads the page asked for, from 1.
func pageOf(c *gin.Context) int {
	n, err := strconv.Atoi(c.Query("page"))
	if err != nil || n < 1 || n > 1_000_000 {
		return 1
	}
	return n
}

// pagerOf is the pager of a list of total entries. Beyond the end is the
// last page.
func pagerOf(c *gin.Context, total int) pager {
	if exporting(c) { // everything at once
		return pager{From: min(1, total), To: total, Total: total}
	}
	last := max(1, (total+perPage-1)/perPage)
	at := min(pageOf(c), last)
	p := pager{From: min((at-1)*perPage+1, total), To: min(at*perPage, total), Total: total}
	address := func(n int) string {
		if n == 1 {
			return query(c, "page", "")
		}
		return query(c, "page", strconv.Itoa(n))
	}
	if at > 1 {
		p.Prev = address(at - 1)
	}
	if at < last {
		p.Next = address(at + 1)
	}
	if last == 1 {
		return p
	}
	before := 0
	for _, n := range pagesAround(at, last) {
		if n > before+1 {
			p.Pages = append(p.Pages, pageLink{})
		}
		p.Pages = append(p.Pages, pageLink{Number: n, Path: address(n), Here: n == at})
		before = n
	}
	return p
}

// pagesAround are the pages that a pager names, in order. Of one page no gap
// is made: it stands there itself.
func pagesAround(at, last int) []int {
	var list []int
	for n := 1; n <= last; n++ {
		if n == 1 || n == last || n >= at-1 && n <= at+1 || n == 2 && at == 4 || n == last-1 && at == last-3 {
			list = append(list, n)
		}
	}
	return list
}

// onPage is the part of a list that a page shows.
func onPage[T any](c *gin.Context, list []T) ([]T, pager) {
	p := pagerOf(c, len(list))
	return list[max(0, p.From-1):p.To], p
}
