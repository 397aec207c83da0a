// Package denied records what staff and systems attempted to change and were
// refused: whose it is not, who may not, and what is not due (SECURITY "Audit").
package denied

import (
	"cmp"
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
)

// most is enough to see what goes on, and too few to fill the audit record with.
const most = 30

// patience is how long a refused request waits for its record.
const patience = 3 * time.Second

// Store keeps refusals.
type Store interface {
	Refuse(ctx context.Context, actor survey.Actor, r survey.Refusal) error
}

// Recorder records refusals; a nil one records none.
type Recorder struct {
	Store Store
	Pages *page.Pages
	Now   func() time.Time
	Most  int // refusals of one actor that are recorded in an hour; 0 is the usual 30

	mu     sync.Mutex
	hour   time.Time
	counts map[survey.ID]int // of this hour
}

// Watch is middleware that records what was refused of everything behind it.
// actorOf says who asked; without an account it is nobody we know.
func (r *Recorder) Watch(actorOf func(*gin.Context) survey.Actor) gin.HandlerFunc {
	return func(c *gin.Context) {
		c.Next()
		if r == nil || c.Request.Method != http.MethodPost {
			return
		}
		why, key := page.Failed(c)
		switch why {
		case survey.Forbidden, survey.NotFound, survey.Conflict:
			r.record(c, actorOf(c), why, key)
		}
	}
}

// record keeps one refusal. That it could not be kept is logged and does not
// change what the person is told.
func (r *Recorder) record(c *gin.Context, actor survey.Actor, why survey.Kind, key string) {
	if actor.Account == 0 {
		return
	}
	n, most := r.count(actor.Account), cmp.Or(r.Most, most)
	if n > most {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request.Context()), patience)
	defer cancel()
	err := r.Store.Refuse(ctx, actor, survey.Refusal{
		Route: c.Request.Method + " " + c.FullPath(), Object: object(c.Params), Why: why, Key: key, Last: n == most,
	})
	if err != nil {
		r.Pages.Log(c, "refusal not recorded", err)
	}
}

// count is the how-manieth refusal of an account this is in this hour.
func (r *Recorder) count(account survey.ID) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	if hour := r.Now().Truncate(time.Hour); !hour.Equal(r.hour) || r.counts == nil {
		r.hour, r.counts = hour, map[survey.ID]int{}
	}
	r.counts[account]++
	return r.counts[account]
}

// object names what an address is about. Of a parameter that is no id only
// its name is told: it is whatever somebody typed.
func object(params gin.Params) string {
	words := make([]string, 0, 2*len(params))
	for _, p := range params {
		words = append(words, p.Key)
		if id, err := survey.ParseID(p.Value); err == nil {
			words = append(words, id.String())
		}
	}
	return strings.Join(words, " ")
}
