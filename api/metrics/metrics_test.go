package metrics_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"meihao/api/metrics"
	"meihao/survey"
)

// told is what /metrics says now, by name with labels.
func told(t *testing.T, m *metrics.Metrics) map[string]string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if w.Code != http.StatusOK {
		t.Fatalf("/metrics answers %d: %s", w.Code, w.Body)
	}
	values := map[string]string{}
	for line := range strings.Lines(w.Body.String()) {
		if at := strings.LastIndexByte(line, ' '); at > 0 && !strings.HasPrefix(line, "#") {
			values[line[:at]] = strings.TrimSpace(line[at:])
		}
	}
	return values
}

func want(t *testing.T, m *metrics.Metrics, values map[string]string) {
	t.Helper()
	all := told(t, m)
	for name, value := range values {
		if all[name] != value {
			t.Errorf("%s is %q, want %q", name, all[name], value)
		}
	}
}

// Every word by which DESIGN §8 refuses an answer has a counter of its own, and
// what is no refusal is none.
func TestSubmissionsAreCountedByResult(t *testing.T) {
	left, leave := context.WithCancel(t.Context())
	leave()
	kinds := []survey.Kind{
		survey.Closed, survey.NotOpen, survey.UnknownPoster, survey.RetiredPoster, survey.AlreadyAnswered, survey.NoBase,
		survey.Invalid, survey.WrongCode, survey.TooLarge, survey.Busy, survey.Internal,
	}
	type submission struct {
		result string
		ctx    context.Context
		saved  survey.Saved
	}
	cases := []submission{
		{"saved", t.Context(), survey.Saved{Receipt: "R"}},
		{"saved", left, survey.Saved{Receipt: "R"}}, // saved is saved, whoever waits for it
		{"retry", t.Context(), survey.Saved{Receipt: "R", Retry: true}},
		{"too_large", t.Context(), survey.Saved{Err: fmt.Errorf("body: %w", &http.MaxBytesError{Limit: 1})}},
		{"internal", t.Context(), survey.Saved{Err: errors.New("disk on fire")}},
		{"internal", t.Context(), survey.Saved{Err: &net.OpError{Op: "dial", Err: errors.New("no database")}}},
		{"gone", left, survey.Saved{Err: survey.Fail(survey.Busy, "error.busy")}},
		{"gone", t.Context(), survey.Saved{Err: io.ErrUnexpectedEOF}},
		{"gone", t.Context(), survey.Saved{Err: &net.OpError{Op: "read", Err: errors.New("i/o timeout")}}},
		{"other", t.Context(), survey.Saved{Err: survey.Fail(survey.Forbidden, "error.forbidden")}},
	}
	for _, kind := range kinds {
		cases = append(cases, submission{string(kind), t.Context(), survey.Saved{Err: survey.Fail(kind, "error.x")}})
	}
	for _, c := range cases {
		m := metrics.New("v", "r")
		m.Submitted(c.ctx, c.saved)
		for _, result := range metrics.Results() {
			value := "0"
			if result == c.result {
				value = "1"
			}
			want(t, m, map[string]string{`meihao_submissions_total{result="` + result + `"}`: value})
		}
	}
}

// Addresses hold codes and receipts: only templates are kept, and nothing that
// a stranger can make up.
func TestRequestsAreCountedByRoute(t *testing.T) {
	m := metrics.New("v", "r")
	m.Request("GET", "/s/:poster", 200, 3*time.Millisecond)
	m.Request("GET", "/s/:poster", 304, 70*time.Second)
	for i := range 100 {
		m.Request(fmt.Sprint("MADEUP", i), "", 404, time.Millisecond)
	}
	const name = "meihao_http_request_duration_seconds"
	want(t, m, map[string]string{
		name + `_bucket{method="GET",route="/s/:poster",status="2xx",le="0.001"}`: "0",
		name + `_bucket{method="GET",route="/s/:poster",status="2xx",le="0.005"}`: "1",
		name + `_bucket{method="GET",route="/s/:poster",status="3xx",le="10"}`:    "0",
		name + `_count{method="GET",route="/s/:poster",status="3xx"}`:             "1",
		name + `_count{method="any",route="none",status="4xx"}`:                   "100",
	})
	for line := range told(t, m) {
		if strings.Contains(line, "MADEUP") {
			t.Fatal("a stranger makes series:", line)
		}
	}
}

// slow takes a second for a group, and fails an empty one.
type slow struct{}

func (slow) SaveResponses(_ context.Context, group []survey.Submission) ([]survey.Saved, error) {
	time.Sleep(time.Second)
	if len(group) == 0 {
		return nil, errors.New("nothing to save")
	}
	return make([]survey.Saved, len(group)), nil
}

func (slow) Submit(_ context.Context, s survey.Submission) survey.Saved {
	time.Sleep(3 * time.Second)
	return survey.Saved{Err: s.Otherwise}
}

func TestGroupsAndAcknowledgementsAreTimed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := metrics.New("v", "r")
		store, desk := m.Store(slow{}), m.Desk(slow{})
		if saved, err := store.SaveResponses(t.Context(), make([]survey.Submission, 5)); len(saved) != 5 || err != nil {
			t.Errorf("%d results, %v", len(saved), err)
		}
		if _, err := store.SaveResponses(t.Context(), nil); err == nil {
			t.Error("the fault got lost")
		}
		desk.Submit(t.Context(), survey.Submission{})
		refused := survey.Fail(survey.Closed, "error.campaign.closed")
		if saved := desk.Submit(t.Context(), survey.Submission{Otherwise: refused}); !errors.Is(saved.Err, refused) {
			t.Error("the refusal got lost")
		}
		want(t, m, map[string]string{
			"meihao_group_size_sum": "5", "meihao_group_size_count": "1", "meihao_group_duration_seconds_sum": "1",
			"meihao_group_failures_total":            "1",
			"meihao_submission_duration_seconds_sum": "3", "meihao_submission_duration_seconds_count": "1",
		})
	})
}

func TestSourcesAreAskedWhenSomebodyLooks(t *testing.T) {
	m := metrics.New("v1.2", "2023.1")
	ready := errors.New("not yet")
	m.Watch(metrics.Sources{
		Desk:      func() (int, int) { return 7, 4096 },
		Ready:     func(context.Context) error { return ready },
		Campaigns: func(context.Context) (int, error) { return 3, nil },
		Disk:      func() (uint64, uint64, error) { return 1 << 20, 1 << 30, nil },
		Pools: func() map[string]metrics.Pool {
			return map[string]metrics.Pool{"write": {Limit: 8, Open: 5, InUse: 2, Waits: 9, Waited: 1500 * time.Millisecond}}
		},
	})
	values := map[string]string{
		`meihao_build_info{rules="2023.1",version="v1.2"}`: "1",
		"meihao_desk_waiting":                              "7", "meihao_desk_capacity": "4096", "meihao_ready": "0", "meihao_campaigns_open": "3",
		"meihao_data_free_bytes": "1.048576e+06", "meihao_data_size_bytes": "1.073741824e+09",
		`meihao_database_connections{pool="write",state="used"}`: "2",
		`meihao_database_connections{pool="write",state="idle"}`: "3",
		`meihao_database_connections_limit{pool="write"}`:        "8",
		`meihao_database_waits_total{pool="write"}`:              "9",
		`meihao_database_wait_seconds_total{pool="write"}`:       "1.5",
	}
	want(t, m, values)
	ready, values["meihao_ready"] = nil, "1"
	want(t, m, values)
}

// A figure that cannot be had is left out, and costs the others nothing.
func TestSilentSourceIsLeftOut(t *testing.T) {
	m := metrics.New("v", "r")
	m.Watch(metrics.Sources{
		Desk:      func() (int, int) { return 0, 1 },
		Campaigns: func(context.Context) (int, error) { return 0, errors.New("no database") },
		Disk:      func() (uint64, uint64, error) { return 0, 0, errors.ErrUnsupported },
	})
	want(t, m, map[string]string{
		"meihao_desk_capacity": "1", "meihao_campaigns_open": "", "meihao_data_free_bytes": "", "meihao_ready": "",
	})
}

func TestDatabaseErrorsAndPages(t *testing.T) {
	m := metrics.New("v", "r")
	m.DatabaseError(metrics.Deadlock)
	m.DatabaseError("a kind nobody knows")
	m.Page(true)
	m.Page(true)
	m.Page(false)
	want(t, m, map[string]string{
		`meihao_database_errors_total{kind="deadlock"}`: "1", `meihao_database_errors_total{kind="other"}`: "1",
		`meihao_database_errors_total{kind="busy"}`: "0",
		`meihao_pages_total{from="cache"}`:          "2", `meihao_pages_total{from="rendered"}`: "1",
	})
}

// Two servers in one process (and two tests) have nothing in common.
func TestServersDoNotShareCounters(t *testing.T) {
	one, two := metrics.New("v", "r"), metrics.New("v", "r")
	one.Page(true)
	want(t, two, map[string]string{`meihao_pages_total{from="cache"}`: "0"})
}

func TestCountingTakesNoMemory(t *testing.T) {
	m := metrics.New("v", "r")
	ctx, busy := t.Context(), survey.Saved{Err: survey.Fail(survey.Busy, "error.busy")}
	for name, f := range map[string]func(){
		"Request":   func() { m.Request("GET", "/s/:poster", 200, time.Millisecond) },
		"Submitted": func() { m.Submitted(ctx, survey.Saved{}) },
		"refused":   func() { m.Submitted(ctx, busy) },
		"Page":      func() { m.Page(true) },
	} {
		if n := testing.AllocsPerRun(100, f); n != 0 {
			t.Errorf("%s takes memory %v times", name, n)
		}
	}
}

func TestManyCountTogether(t *testing.T) {
	m := metrics.New("v", "r")
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			for range 20 {
				m.Request("GET", fmt.Sprint("/route/", i%10), 200, time.Millisecond)
			}
		})
	}
	wg.Wait()
	for i := range 10 {
		want(t, m, map[string]string{fmt.Sprintf(`meihao_http_request_duration_seconds_count{method="GET",route="/route/%d",status="2xx"}`, i): "100"})
	}
}

// atOnce acknowledges without waiting.
type atOnce struct{}

func (atOnce) Submit(context.Context, survey.Submission) survey.Saved { return survey.Saved{} }
