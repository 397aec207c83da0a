package metrics

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// lookTime bounds what is asked when somebody looks.
const lookTime = 3 * time.Second

// Sources are asked each time somebody looks; nil is not measured. They must
// be safe for use by many goroutines. What cannot be told is left out.
type Sources struct {
	Desk  func() (waiting, capacity int)
	Ready func(context.Context) error // nil: answers can be saved now
	// Campaigns is how many campaigns take answers now.
	Campaigns func(context.Context) (int, error)
	// Disk is the space of the file system with the data directory, in bytes.
	Disk  func() (free, size uint64, err error)
	Pools func() map[string]Pool // by name
}

// Watch adds the sources to what Handler tells. Call it once.
func (m *Metrics) Watch(s Sources) { m.registry.MustRegister(newLook(s)) }

// look asks the sources.
type look struct {
	Sources
	waiting, capacity, ready, campaigns, free, size *prometheus.Desc
	connections, limit, waits, waited               *prometheus.Desc
}

func newLook(s Sources) *look {
	describe := func(name, about string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc(prometheus.BuildFQName(space, "", name), about, labels, nil)
	}
	return &look{
		Sources:     s,
		waiting:     describe("desk_waiting", "Submissions that wait to be saved."),
		capacity:    describe("desk_capacity", "Submissions that may wait before more are refused as busy."),
		ready:       describe("ready", "1 while answers can be saved, as /readyz says."),
		campaigns:   describe("campaigns_open", "Campaigns that take answers now."),
		free:        describe("data_free_bytes", "Free space where the data directory is."),
		size:        describe("data_size_bytes", "Size of the file system where the data directory is."),
		connections: describe("database_connections", "Open connections of a pool, in use or idle.", "pool", "state"),
		limit:       describe("database_connections_limit", "Most connections of a pool; 0 is no limit.", "pool"),
		waits:       describe("database_waits_total", "How often a connection had to be waited for.", "pool"),
		waited:      describe("database_wait_seconds_total", "Time spent waiting for connections.", "pool"),
	}
}

// Describe names everything that Collect may tell.
func (l *look) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		l.waiting, l.capacity, l.ready, l.campaigns, l.free, l.size, l.connections, l.limit, l.waits, l.waited,
	} {
		to <- d
	}
}

// Collect asks every source.
func (l *look) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), lookTime)
	defer cancel()
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	if l.Desk != nil {
		waiting, capacity := l.Desk()
		gauge(l.waiting, float64(waiting))
		gauge(l.capacity, float64(capacity))
	}
	if l.Ready != nil {
		gauge(l.ready, oneIf(l.Ready(ctx) == nil))
	}
	if l.Campaigns != nil {
		if n, err := l.Campaigns(ctx); err == nil {
			gauge(l.campaigns, float64(n))
		}
	}
	if l.Disk != nil {
		if free, size, err := l.Disk(); err == nil {
			gauge(l.free, float64(free))
			gauge(l.size, float64(size))
		}
	}
	if l.Pools != nil {
		for name, p := range l.Pools() {
			gauge(l.connections, float64(p.InUse), name, "used")
			gauge(l.connections, float64(p.Open-p.InUse), name, "idle")
			gauge(l.limit, float64(p.Limit), name)
			to <- prometheus.MustNewConstMetric(l.waits, prometheus.CounterValue, float64(p.Waits), name)
			to <- prometheus.MustNewConstMetric(l.waited, prometheus.CounterValue, p.Waited.Seconds(), name)
		}
	}
}

func oneIf(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
