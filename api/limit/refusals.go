package limit

import (
	"net/http"
	"sync"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// refusals are the pages of 429, each rendered once: a flood is not to cost
// what it is refused for. The zero value is empty.
type refusals struct {
	mu    sync.Mutex
	pages map[refusal][]byte
}

// refusal is what such a page depends on; there are a dozen.
type refusal struct{ key, language, size string }

// page is the page of a message in the request's language and size. It knows
// no path, so that its links lead from wherever it stands.
func (r *refusals) page(pages *page.Pages, c *gin.Context, key string) ([]byte, error) {
	one := refusal{key, page.Language(c), page.SizeOf(c)}
	r.mu.Lock()
	defer r.mu.Unlock()
	if body, made := r.pages[one]; made {
		return body, nil
	}
	message := pages.Text(c, key, nil)
	body, err := pages.Render(one.language, "resident/error", page.ErrorView{
		Frame: page.Frame{Title: message, Size: one.size}, Status: http.StatusTooManyRequests, Kind: survey.Busy, Message: message,
	})
	if err != nil {
		return nil, err
	}
	if r.pages == nil {
		r.pages = map[refusal][]byte{}
	}
	r.pages[one] = body
	return body, nil
}
