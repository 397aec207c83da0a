package metrics_test

import (
	"testing"
	"time"

	"meihao/api/metrics"
	"meihao/survey"
)

// What a resident's page costs: one request, one page.
func BenchmarkPage(b *testing.B) {
	m := metrics.New("v", "r")
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			m.Request("GET", "/s/:poster", 200, 40*time.Microsecond)
			m.Page(true)
		}
	})
}

// What an answer costs: one request, one result, one acknowledgement timed.
func BenchmarkAnswer(b *testing.B) {
	m := metrics.New("v", "r")
	desk := m.Desk(atOnce{})
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			saved := desk.Submit(b.Context(), survey.Submission{})
			m.Submitted(b.Context(), saved)
			m.Request("POST", "/s/:poster", 303, 4*time.Millisecond)
		}
	})
}
