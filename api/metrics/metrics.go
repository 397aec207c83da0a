// Package metrics counts what the product does, for Prometheus (/metrics on a
// listener of its own). It holds the only registry; whatever is counted is
// told to it by methods, or asked for by the functions of Sources when
// somebody looks.
//
// Labels are words of the program only: results, routes, kinds, pools. Never
// a poster code, a receipt, a household, an address or an account.
package metrics

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// space is the first word of every name.
const space = "meihao"

// Metrics are the counters of one server. They are safe for use by many
// goroutines; what runs with each request costs a few dozen nanoseconds and
// no memory.
type Metrics struct {
	registry *prometheus.Registry
	intake
	requests
	pages    [2]prometheus.Counter // rendered, from the cache
	failures map[string]prometheus.Counter
}

// New makes the counters; version and rules are those of the program.
func New(version, rules string) *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry()}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Namespace: space, Name: "build_info", Help: "Always 1; the labels say which program and rules are running.",
		ConstLabels: prometheus.Labels{"version": version, "rules": rules},
	})
	build.Set(1)
	m.registry.MustRegister(build, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.intake = newIntake(m.registry)
	m.requests = newRequests(m.registry)
	m.failures = counters(m.registry, "database_errors_total", "Errors of the database by kind.", "kind", Kinds()...)
	pages := counters(m.registry, "pages_total", "Residents' forms served, by where they came from.", "from", "rendered", "cache")
	m.pages = [2]prometheus.Counter{pages["rendered"], pages["cache"]}
	return m
}

// Handler answers /metrics.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorHandling: promhttp.ContinueOnError, MaxRequestsInFlight: 4, Timeout: 10 * time.Second,
	})
}

// Page counts a resident's form that was served, from the cache or rendered.
func (m *Metrics) Page(cached bool) {
	if cached {
		m.pages[1].Inc()
		return
	}
	m.pages[0].Inc()
}

// counters makes a counter for each value of a label. All of them stand at
// zero from the start, so that the first event is a rise.
func counters(r prometheus.Registerer, name, about, label string, values ...string) map[string]prometheus.Counter {
	all := prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: space, Name: name, Help: about}, []string{label})
	r.MustRegister(all)
	known := make(map[string]prometheus.Counter, len(values))
	for _, v := range values {
		known[v] = all.WithLabelValues(v)
	}
	return known
}

func histogram(r prometheus.Registerer, name, about string, bounds []float64) prometheus.Histogram {
	h := prometheus.NewHistogram(prometheus.HistogramOpts{Namespace: space, Name: name, Help: about, Buckets: bounds})
	r.MustRegister(h)
	return h
}
