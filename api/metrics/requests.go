package metrics

import (
	"maps"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// requests times requests by method, route and class of status. A series is
// made when it is first needed and found without a lock from then on.
type requests struct {
	all   *prometheus.HistogramVec
	known *atomic.Pointer[map[request]prometheus.Observer]
	grow  *sync.Mutex
}

// request names a series. The route is the template, never the address:
// codes and receipts stand in addresses.
type request struct {
	method, route string
	class         int
}

func newRequests(r prometheus.Registerer) requests {
	q := requests{
		all: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: space, Name: "http_request_duration_seconds", Help: "Requests by method, route template and class of status.",
			Buckets: []float64{.001, .005, .01, .05, .1, .5, 1, 5, 10},
		}, []string{"method", "route", "status"}),
		known: &atomic.Pointer[map[request]prometheus.Observer]{}, grow: &sync.Mutex{},
	}
	q.known.Store(&map[request]prometheus.Observer{})
	r.MustRegister(q.all)
	return q
}

// Request counts an answered request. A route of "" is an address that leads
// nowhere; its method may be any word a stranger sent and is not kept.
func (q requests) Request(method, route string, status int, took time.Duration) {
	if route == "" {
		method, route = "any", "none"
	}
	key := request{method, route, status / 100}
	series, ok := (*q.known.Load())[key]
	if !ok {
		series = q.add(key)
	}
	series.Observe(took.Seconds())
}

func (q requests) add(key request) prometheus.Observer {
	q.grow.Lock()
	defer q.grow.Unlock()
	grown := maps.Clone(*q.known.Load())
	grown[key] = q.all.WithLabelValues(key.method, key.route, classOf(key.class))
	q.known.Store(&grown)
	return grown[key]
}

// classOf is the word of a class: "2xx".
func classOf(class int) string {
	if class < 1 || class > 5 {
		return "other"
	}
	return string(rune('0'+class)) + "xx"
}
