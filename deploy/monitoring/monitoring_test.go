// Package monitoring holds no code: these tests compare the alerts and the
// dashboard with what the program really tells, so that they never drift.
package monitoring

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"meihao/api/metrics"
)

// exported is what a server tells: the labels of each series' name, with
// their values.
func exported(t *testing.T) map[string]map[string][]string {
	t.Helper()
	m := metrics.New("v", "r")
	m.Request("GET", "/s/:poster", 200, time.Millisecond)
	m.Request("GET", "/readyz", 503, time.Millisecond)
	m.Watch(metrics.Sources{
		Desk:      func() (int, int) { return 0, 1 },
		Ready:     func(context.Context) error { return nil },
		Campaigns: func(context.Context) (int, error) { return 1, nil },
		Disk:      func() (uint64, uint64, error) { return 1, 2, nil },
		Pools:     func() map[string]metrics.Pool { return map[string]metrics.Pool{"write": {}} },
	})
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]map[string][]string{}
	for name, family := range families {
		labels := map[string][]string{"job": nil, "instance": nil} // added by Prometheus
		for _, one := range family.GetMetric() {
			for _, l := range one.GetLabel() {
				labels[l.GetName()] = append(labels[l.GetName()], l.GetValue())
			}
		}
		switch family.GetType().String() {
		case "HISTOGRAM":
			labels["le"] = nil
			all[name+"_bucket"], all[name+"_sum"], all[name+"_count"] = labels, labels, labels
		case "SUMMARY":
			labels["quantile"] = nil
			all[name], all[name+"_sum"], all[name+"_count"] = labels, labels, labels
		default:
			all[name] = labels
		}
	}
	return all
}

func text(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

var (
	series  = regexp.MustCompile(`\b((?:meihao|process|go)_[a-z0-9_]+)(?:\{([^}]*)\})?`)
	matcher = regexp.MustCompile(`([a-z_]+)\s*(=~|!~|!=|=)\s*"([^"]*)"`)
	grouped = regexp.MustCompile(`\bby \(([^)]*)\)`)
)

// ownWords are the labels whose values are words of the program.
var ownWords = []string{"result", "kind", "state", "from", "status"}

// check compares the series of a text with those that are told: their names,
// the labels that are asked for and, of labels with words of the program, the
// values.
func check(t *testing.T, what, text string, told map[string]map[string][]string) {
	t.Helper()
	for _, found := range series.FindAllStringSubmatch(text, -1) {
		labels, ok := told[found[1]]
		if !ok {
			t.Errorf("%s: nobody tells %s", what, found[1])
			continue
		}
		for _, m := range matcher.FindAllStringSubmatch(found[2], -1) {
			values, ok := labels[m[1]]
			if !ok {
				t.Errorf("%s: %s has no label %s", what, found[1], m[1])
			}
			for word := range strings.SplitSeq(m[3], "|") {
				if slices.Contains(ownWords, m[1]) && !slices.Contains(values, word) {
					t.Errorf("%s: %s has no %s=%q", what, found[1], m[1], word)
				}
			}
		}
	}
	for _, found := range grouped.FindAllStringSubmatch(text, -1) {
		for label := range strings.SplitSeq(found[1], ",") {
			known := false
			for _, labels := range told {
				_, has := labels[strings.TrimSpace(label)]
				known = known || has
			}
			if !known {
				t.Errorf("%s: sums by %q, which nothing has", what, label)
			}
		}
	}
}

type query struct {
	Expr string `json:"expr"`
}

type panel struct {
	ID         int
	Type       string
	Title      string
	Datasource struct{ UID string }
	GridPos    struct{ X, Y, W, H int }
	Targets    []query
}

type dashboard struct {
	Panels     []panel
	Templating struct {
		List []struct{ Name, Type, Definition string }
	}
	Annotations struct{ List []query }
}

func meihao(t *testing.T) dashboard {
	t.Helper()
	var d dashboard
	if err := json.Unmarshal([]byte(text(t, "meihao.json")), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// expressions are the dashboard's questions as Grafana sends them.
func (d dashboard) expressions() []string {
	var all []string
	fill := strings.NewReplacer("$__rate_interval", "5m", "$job", ".+", "$instance", ".+")
	for _, p := range d.Panels {
		for _, q := range p.Targets {
			all = append(all, fill.Replace(q.Expr))
		}
	}
	for _, q := range d.Annotations.List {
		all = append(all, fill.Replace(q.Expr))
	}
	return all
}

func TestAlertsAskForWhatIsTold(t *testing.T) {
	check(t, "alerts.yml", text(t, "alerts.yml"), exported(t))
	check(t, "alerts_test.yml", text(t, "alerts_test.yml"), exported(t))
}

func TestDashboardAsksForWhatIsTold(t *testing.T) {
	d, told := meihao(t), exported(t)
	for _, e := range d.expressions() {
		check(t, "meihao.json", e, told)
	}
	for _, v := range d.Templating.List {
		check(t, "variable "+v.Name, v.Definition, told)
	}
}

// What is counted is also seen.
func TestEverythingIsShown(t *testing.T) {
	seen := strings.Join(meihao(t).expressions(), "\n") + text(t, "alerts.yml")
	for name := range exported(t) {
		base := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, "_bucket"), "_sum"), "_count")
		if strings.HasPrefix(name, "meihao_") && !strings.Contains(seen, base) {
			t.Errorf("neither the dashboard nor an alert looks at %s", name)
		}
	}
}

func TestDashboardStandsInOrder(t *testing.T) {
	d := meihao(t)
	ids, taken := map[int]bool{}, map[[2]int]string{}
	if len(d.Panels) < 20 {
		t.Fatalf("%d panels", len(d.Panels))
	}
	for _, p := range d.Panels {
		if ids[p.ID] {
			t.Errorf("%s: its id %d is another panel's, too", p.Title, p.ID)
		}
		ids[p.ID] = true
		if p.Type != "row" && (p.Datasource.UID != "${datasource}" || len(p.Targets) == 0) {
			t.Errorf("%s is bound to %q and asks %d things", p.Title, p.Datasource.UID, len(p.Targets))
		}
		g := p.GridPos
		if g.W < 1 || g.H < 1 || g.X+g.W > 24 {
			t.Errorf("%s stands at %+v", p.Title, g)
		}
		for x := g.X; x < g.X+g.W; x++ {
			for y := g.Y; y < g.Y+g.H; y++ {
				if other := taken[[2]int{x, y}]; other != "" {
					t.Fatalf("%s stands on %s", p.Title, other)
				}
				taken[[2]int{x, y}] = p.Title
			}
		}
	}
}

// promtool runs Prometheus' own checks, where they are installed.
func promtool(t *testing.T, args ...string) {
	t.Helper()
	tool := os.Getenv("MEIHAO_PROMTOOL")
	if tool == "" {
		var err error
		if tool, err = exec.LookPath("promtool"); err != nil {
			t.Skip("promtool is missing: apt-get install prometheus, or set MEIHAO_PROMTOOL")
		}
	}
	if out, err := exec.Command(tool, args...).CombinedOutput(); err != nil {
		t.Errorf("promtool %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

func TestPrometheusTakesTheConfiguration(t *testing.T) {
	promtool(t, "check", "config", "prometheus.yml")
}

func TestAlertsRingWhenTheyShould(t *testing.T) { promtool(t, "test", "rules", "alerts_test.yml") }

// Each question of the dashboard is one that Prometheus understands.
func TestPrometheusUnderstandsTheDashboard(t *testing.T) {
	var rules strings.Builder
	rules.WriteString("groups:\n  - name: dashboard\n    rules:\n")
	for i, e := range meihao(t).expressions() {
		fmt.Fprintf(&rules, "      - record: question_%d\n        expr: %q\n", i, e)
	}
	path := filepath.Join(t.TempDir(), "dashboard.yml")
	if err := os.WriteFile(path, []byte(rules.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	promtool(t, "check", "rules", path)
}
