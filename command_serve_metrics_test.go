package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"meihao/api/health"
)

// freeAddress is an address of this machine that was free a moment ago.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// metricsAt reads /metrics: values by name with labels, and the whole text.
func metricsAt(t *testing.T, address string) (map[string]string, string) {
	t.Helper()
	client := http.Client{Timeout: 10 * time.Second}
	response, err := client.Get("http://" + address + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("/metrics: %d, %v", response.StatusCode, err)
	}
	values := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if at := strings.LastIndexByte(line, ' '); at > 0 && line[0] != '#' {
			values[line[:at]] = strings.TrimSpace(line[at:])
		}
	}
	return values, string(text)
}

// What happens to answers, by page and by JSON, is counted once each; nothing
// of a person or a place stands in the figures.
func TestMetricsTellWhatHappens(t *testing.T) {
	address := freeAddress(t)
	t.Setenv("MEIHAO_METRICS", address)
	s, demo := serveDemo(t)
	g := answerOf(ownerHere, demo.roomOf(0), "5")
	receipt := s.accepted(t, demo.Poster, g)
	other := g
	other.Key = newKey()
	nobody := answerOf(person{"NONE", "N"}, demo.roomOf(1), "5")
	for _, one := range []struct {
		poster string
		g      given
	}{{demo.Poster, g}, {demo.Poster, other}, {demo.Poster, nobody}, {"00000000", g}, {"7KQ4M2XD", g}} {
		if _, _, err := s.answer(one.poster, one.g); err != nil {
			t.Fatal(err)
		}
	}
	form := url.Values{"key": {newKey()}, "unit": {demo.Rooms[2].Unit}, "room": {demo.Rooms[2].Room}, "S1": {"TENANT"}, "S2": {"Y"}, "Q1": {"4"}}
	if r := s.ask(t, http.MethodPost, "/s/"+demo.Poster, "", form); r.Status != http.StatusSeeOther {
		t.Fatalf("the form: %d", r.Status)
	}
	s.ask(t, http.MethodPost, "/s/"+demo.Poster, "", url.Values{"S1": {"TENANT"}})
	s.ask(t, http.MethodPost, "/s/7KQ4M2XX", "", form)
	s.get(t, "/s/"+demo.Poster)
	s.get(t, "/s/"+demo.Poster)
	s.get(t, "/r/"+receipt)

	values, text := metricsAt(t, address)
	for name, want := range map[string]string{
		`meihao_submissions_total{result="saved"}`:            "2",
		`meihao_submissions_total{result="retry"}`:            "1",
		`meihao_submissions_total{result="already_answered"}`: "1",
		`meihao_submissions_total{result="invalid_answers"}`:  "2",
		`meihao_submissions_total{result="unknown_poster"}`:   "3",
		`meihao_submissions_total{result="internal"}`:         "0",
		`meihao_submission_duration_seconds_count`:            "3",
		`meihao_group_size_sum`:                               "4",
		`meihao_pages_total{from="cache"}`:                    "1",
		`meihao_pages_total{from="rendered"}`:                 "1",
		`meihao_ready`:                                        "1",
		`meihao_database_connections_limit{pool="write"}`:     map[bool]string{false: "1", true: "4"}[onMariaDB()],
		`meihao_campaigns_open`:                               "1",
		`meihao_desk_waiting`:                                 "0",
		`meihao_desk_capacity`:                                "4096",
		`meihao_http_request_duration_seconds_count{method="GET",route="/r/:receipt",status="2xx"}`: "1",
	} {
		if values[name] != want {
			t.Errorf("%s is %q, want %q", name, values[name], want)
		}
	}
	for _, private := range []string{demo.Poster, receipt, demo.APIToken, demo.AdminUser, g.Key, "7KQ4M2X"} {
		if strings.Contains(text, private) {
			t.Errorf("%q stands in the metrics", private)
		}
	}
	if r := s.get(t, "/metrics"); r.Status != http.StatusNotFound {
		t.Errorf("/metrics stands where residents are: %d", r.Status)
	}
}

// A second server on one machine serves without metrics; an address somebody
// chose is wanted, and its loss is not found out by an alert that never comes.
func TestTakenMetricsAddress(t *testing.T) {
	t.Run("default", func(t *testing.T) {
		if taken, err := net.Listen("tcp", defaultConfig().Metrics); err == nil { // else somebody else has it
			defer taken.Close()
		}
		t.Setenv("MEIHAO_METRICS", "")
		s := serve(t, t.TempDir())
		if out := s.Out.String(); strings.Count(out, "metrics") != 2 || !strings.Contains(out, "no metrics: ") { // said once, with what to set
			t.Errorf("it says\n%s", out)
		}
	})
	t.Run("chosen", func(t *testing.T) {
		taken, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer taken.Close()
		path := file(t, "c.toml", "metrics = \""+taken.Addr().String()+"\"\n")
		t.Setenv("MEIHAO_METRICS", "")
		code, stdout, stderr := command(t, "", "serve", "--listen", "127.0.0.1:0", "--data", t.TempDir(), "--config", path)
		if code != exitFailure || stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, taken.Addr().String()) {
			t.Errorf("exit %d, %q, %q", code, stdout, stderr)
		}
	})
}

func TestMetricsInTheConfiguration(t *testing.T) {
	for _, c := range []struct {
		file, environment, want string
		chosen                  bool
	}{
		{"", "", "127.0.0.1:9180", false},
		{"data = 'x'", "", "127.0.0.1:9180", false},
		{"metrics = '127.0.0.1:9180'", "", "127.0.0.1:9180", true},
		{"metrics = ':9181'", "", ":9181", true},
		{"metrics = ''", "", "", true},
		{"metrics = 'off'", "", "", true},
		{"metrics = ':9181'", "127.0.0.1:9182", "127.0.0.1:9182", true},
		{"", "off", "", true},
	} {
		got, err := readConfig(file(t, "c.toml", c.file), "", func(name string) string {
			return map[string]string{"MEIHAO_METRICS": c.environment}[name]
		})
		if err != nil || got.Metrics != c.want || got.metricsChosen != c.chosen {
			t.Errorf("%+v: %q, chosen %v, %v", c, got.Metrics, got.metricsChosen, err)
		}
	}
}

// A server that was told to stop says so and goes on for the delay, so that a
// proxy can send people elsewhere.
func TestStoppingServerServesOnForTheDelay(t *testing.T) {
	path := file(t, "c.toml", "shutdown_delay = '1500ms'\n")
	s := serve(t, t.TempDir(), "--config", path)
	began, ended := time.Now(), make(chan int, 1)
	go func() { ended <- s.stop() }()
	eventually(t, time.Second, "not ready: stopping", func() bool {
		r, err := s.send(http.MethodGet, "/readyz", "", nil)
		return err == nil && r.Status == http.StatusServiceUnavailable && strings.Contains(r.Body, "stopping")
	})
	if r := s.get(t, "/admin/login"); r.Status != http.StatusOK {
		t.Errorf("a page while it is stopping: %d", r.Status)
	}
	if code := <-ended; code != exitOK {
		t.Errorf("it leaves with %d", code)
	}
	if took := time.Since(began); took < 1500*time.Millisecond {
		t.Errorf("it stopped after %v", took)
	}
}

func TestListenerOutlivesReadiness(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		well := func(context.Context) error { return nil }
		w := watching{health: health.New(health.Options{Database: well, Log: slog.New(slog.DiscardHandler)})}
		ctx, stop := context.WithCancel(t.Context())
		leaving, left := w.leave(ctx, 5*time.Second)
		defer left()
		if err := w.health.Ready(ctx); err != nil {
			t.Error(err)
		}
		began := time.Now()
		stop()
		synctest.Wait()
		if err := w.health.Ready(t.Context()); !errors.Is(err, health.Stopping) || leaving.Err() != nil {
			t.Errorf("told to stop: %v, the listener %v", err, leaving.Err())
		}
		<-leaving.Done()
		if took := time.Since(began); took != 5*time.Second {
			t.Errorf("the listener stops after %v", took)
		}
	})
}
