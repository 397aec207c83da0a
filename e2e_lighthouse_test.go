package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// lighthouseGoal is the least that each category must reach (UX "Resident
// pages" 9). Resident pages are noindex, so search engines have no say.
const lighthouseGoal = 0.95

// Lighthouse, as a phone on a slow line, finds nothing worth mentioning on the
// pages that residents see.
func TestLighthouse(t *testing.T) {
	sqliteOnly(t, "pages are the same on every engine")
	l := &lighthouse{
		program: need(t, "MEIHAO_LIGHTHOUSE", ".ci/web/node_modules/lighthouse/cli/index.js", "cd .ci/web && npm ci"),
		node:    need(t, "MEIHAO_NODE", "node", "apt-get install npm"),
		port:    debuggedBrowser(t),
	}
	s, demo := serveDemo(t)
	receipt := s.accepted(t, demo.Poster, answerOf(ownerHere, demo.roomOf(0), "4"))
	for _, page := range []struct{ name, path string }{
		{"form", "/s/" + demo.Poster}, {"receipt", "/r/" + receipt}, {"result", "/s/" + demo.Published},
	} {
		t.Run(page.name, func(t *testing.T) { l.judge(t, s.URL+page.path) })
	}
}

// lighthouse judges pages in one browser.
type lighthouse struct{ node, program, port string }

// judged is what it says of a page.
type judged struct {
	Categories map[string]struct {
		Title string
		Score float64
	}
	Audits map[string]struct {
		Score        *float64
		DisplayValue string
	}
	// Environment tells how fast this machine is just now: some 1500 is the one
	// that Lighthouse slows down four times to get a phone.
	Environment struct{ BenchmarkIndex float64 }
}

const (
	phoneSlowness = 4.0 // of Lighthouse's mobile preset
	phoneMachine  = 1500.0
)

// judge takes the best of three. A machine that is busy with other things is
// slow already: the later ones slow it down by so much less.
func (l *lighthouse) judge(t *testing.T, address string) {
	t.Helper()
	best, slowness := map[string]float64{}, phoneSlowness
	for range 3 {
		got := l.run(t, address, slowness)
		low := false
		for name, category := range got.Categories {
			best[name] = max(best[name], category.Score)
			low = low || best[name] < lighthouseGoal
		}
		if len(got.Categories) != 3 {
			t.Fatalf("%d categories of %s", len(got.Categories), address)
		}
		if !low {
			return
		}
		t.Logf("%v at %.1f times slower than a machine of %.0f; %s", best, slowness, got.Environment.BenchmarkIndex, strings.Join(got.faults(), ", "))
		slowness = math.Max(1, math.Min(phoneSlowness, phoneSlowness*got.Environment.BenchmarkIndex/phoneMachine))
	}
	for name, score := range best {
		if score < lighthouseGoal {
			t.Errorf("%s: %s reaches %.2f, not %.2f", address, name, score, lighthouseGoal)
		}
	}
}

// faults are what the score was lost for.
func (j judged) faults() (list []string) {
	for name, audit := range j.Audits {
		if audit.Score != nil && *audit.Score < 0.9 {
			list = append(list, strings.TrimSpace(name+" "+audit.DisplayValue))
		}
	}
	return list
}

func (l *lighthouse) run(t *testing.T, address string, slowness float64) judged {
	t.Helper()
	report := filepath.Join(t.TempDir(), "report.json")
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, l.node, l.program, address, "--quiet", "--port="+l.port, "--locale=en",
		"--only-categories=performance,accessibility,best-practices", "--disable-full-page-screenshot",
		"--throttling.cpuSlowdownMultiplier="+strconv.FormatFloat(slowness, 'f', 2, 64), "--output=json", "--output-path="+report)
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("lighthouse: %v\n%s", err, out)
	}
	text, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	var got judged
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatalf("%s: %v", report, err)
	}
	return got
}

// debuggedBrowser starts a Chromium that others may steer and returns the port
// at which it listens.
func debuggedBrowser(t *testing.T) string {
	t.Helper()
	folder := profile(t)
	path := need(t, "MEIHAO_CHROMIUM", "chromium", "apt-get install chromium fonts-noto-cjk")
	command := exec.Command(path, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=zh-CN",
		"--remote-debugging-port=0", "--user-data-dir="+folder, "about:blank")
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	})
	port := ""
	eventually(t, patience, fmt.Sprintf("%s listens", path), func() bool {
		text, err := os.ReadFile(filepath.Join(folder, "DevToolsActivePort"))
		port, _, _ = strings.Cut(string(text), "\n")
		return err == nil && port != ""
	})
	return port
}
