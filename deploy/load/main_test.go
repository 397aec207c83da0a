package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"meihao/model/modeltest"
	"meihao/static"
	"meihao/survey"
)

// The tests' binary is the program itself where an instance is started.
func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// load runs the program, which must succeed, and returns what it printed.
func load(t *testing.T, args string) string {
	t.Helper()
	var out, problems bytes.Buffer
	code := run(t.Context(), strings.Fields(args), &out, &problems)
	if code != 0 || problems.Len() > 0 {
		t.Fatalf("load %s: exit %d: %s\n%s", args, code, &problems, &out)
	}
	return out.String()
}

// expects each text at the beginning of a line.
func expect(t *testing.T, out string, beginnings ...string) {
	t.Helper()
	for _, text := range beginnings {
		if !strings.Contains("\n"+out, "\n"+text) {
			t.Errorf("no line %q in\n%s", text, out)
		}
	}
}

func leavesNothing(t *testing.T, folder string) {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// A short run measures and prints everything, loses no answer and leaves
// nothing behind.
func TestBench(t *testing.T) {
	folder := t.TempDir()
	out := load(t, "bench -engine sqlite -rounds 1 -time 100ms -pace 500ms -connections 8 -projects 5 -folder "+folder)
	expect(t, out,
		"page: bare gin ", "page: Meihao ", "form: bare gin", "form: Meihao, spread ", "form: Meihao, one project ",
		"JSON: bare gin", "JSON: Meihao, spread ", "JSON: Meihao, one project ",
		"store: raw engine, group commit", "store: one transaction each", "store: group commit ",
		"page: Meihao / page: bare gin", "form: Meihao, spread / form: bare gin", "form: Meihao, one project / form: bare gin",
		"store: group commit / store: one transaction each", "answers at 500/s for 500ms",
		"over HTTP, one in four with a comment: ", "store, without comments: ", "  bytes each")
	if strings.Contains(out, "failed)") || strings.Count(out, " 0 findings ") != 2 {
		t.Errorf("something failed:\n%s", out)
	}
	leavesNothing(t, folder)
}

// So does one with a server of its own and two instances on it.
func TestBenchMariaDB(t *testing.T) {
	modeltest.MariaDB.Database(t) // or skip
	folder := t.TempDir()
	out := load(t, "bench -engine mariadb -only form,pair -rounds 1 -time 200ms -connections 8 -projects 5 -folder "+folder)
	expect(t, out, "MariaDB, prepared in ", "form: Meihao, spread / form: bare gin", "form: 2 instances, spread / one ", "form: 2 instances, one project / one ")
	if strings.Contains(out, "failed)") || strings.Count(out, " 0 findings ") != 2 {
		t.Errorf("something failed:\n%s", out)
	}
	leavesNothing(t, folder)
}

// A small city is made through the real tables, looked at and verified, on
// each engine.
func TestCity(t *testing.T) {
	for _, engine := range modeltest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			at := "-folder " + t.TempDir()
			if engine == modeltest.MariaDB {
				at = "-dsn " + engine.Database(t).DSN
			}
			out := load(t, "city -projects 100 -posters 400 -responses 2000 -look -end -samples 1 -pace 200ms -rate 50 "+at)
			expect(t, out, "register of 100 projects, 400 buildings imported", "campaign opened", "2000 responses saved",
				"standings of 100 projects in the store, 2000 responses", "start to ready", "page: standings, last page", "page: JSON: standings",
				"answers at 50/s for 200ms", "a campaign of 400 responses a year before, ended", "campaign ended", "page: ended, comments of one project", "recount of the rows, in ",
				"  its memory, at most", "verify of 2010 responses: 0 findings", "bytes for each response, without comments")
			if m := regexp.MustCompile(`different ones +(\d+), 0 `).FindStringSubmatch(out); m == nil || m[1] == "0" {
				t.Errorf("nothing was compared:\n%s", out)
			}
			if m := regexp.MustCompile(`without comments +(\d+) `).FindStringSubmatch(out); engine == modeltest.SQLite && (m == nil || m[1] == "0") {
				t.Errorf("nothing was weighed:\n%s", out)
			}
		})
	}
}

// A city that is kept can be looked at again; one that is not leaves nothing.
func TestKeptCity(t *testing.T) {
	folder := t.TempDir()
	load(t, "city -projects 3 -posters 5 -responses 50 -folder "+folder)
	leavesNothing(t, folder)
	out := load(t, "city -projects 3 -posters 5 -responses 50 -keep -folder "+folder)
	kept := regexp.MustCompile(`the city is in (\S+)`).FindStringSubmatch(out)
	if kept == nil {
		t.Fatalf("no word of where it is:\n%s", out)
	}
	for range 2 {
		expect(t, load(t, "look -samples 1 -pace 0 -folder "+kept[1]), "verify of 50 responses: 0 findings")
	}
}

func TestWrongUse(t *testing.T) {
	for _, args := range []string{
		"", "serve", "bench -rounds 0", "bench -time -1s", "bench -nothing", "bench -only nonsense", "bench -engine oracle", "bench more", "view -kbit 0", "view -rounds 0", "view more",
		"city -projects 0", "city -projects 5 -posters 4", "city -engine both", "city -engine mariadb -keep", "look", "look -folder a -dsn b",
	} {
		var out, problems bytes.Buffer
		if code := run(t.Context(), strings.Fields(args), &out, &problems); code != 2 || problems.Len() == 0 || out.Len() > 0 {
			t.Errorf("%q: exit %d, %q, %q", args, code, &out, &problems)
		}
	}
}

func TestGoals(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{goals{0.8, 0.9}.atLeast(0.8, ratio), "≥ 0.80 ✓  stretch 0.90 ✗"},
		{goals{0.8, 0.9}.atLeast(0.79, ratio), "≥ 0.80 ✗  stretch 0.90 ✗"},
		{goals{400, 300}.atMost(300, whole), "≤ 400 ✓  stretch 300 ✓"},
		{goals{goal: 1.2}.atMost(1.21, ratio), "≤ 1.20 ✗"},
		{most(60*time.Millisecond, 50*time.Millisecond, 0), "≤ 50ms ✗"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestTimes(t *testing.T) {
	list := times{5, 1, 4, 2, 3}
	for part, want := range map[float64]time.Duration{0: 1, 0.5: 3, 0.95: 5, 1: 5} {
		if got := list.at(part); got != want {
			t.Errorf("at %v: %d, want %d", part, got, want)
		}
	}
	if (times{}).at(0.5) != 0 {
		t.Error("the median of nothing is not 0")
	}
}

// Series are compared round by round.
func TestRatioIsTheMedianOverRounds(t *testing.T) {
	base, one := &series{}, &series{}
	for _, rates := range [][2]float64{{100, 50}, {10, 9}, {1000, 100}} {
		base.rounds = append(base.rounds, round{rate: rates[0], cpu: 10})
		one.rounds = append(one.rounds, round{rate: rates[1], cpu: 40})
	}
	if rate, cpu := one.to(base); rate != 0.5 || cpu != 0.25 {
		t.Errorf("ratios %v and %v, want 0.5 and 0.25", rate, cpu)
	}
}

// Every request has its own key and home, of the same length as before.
func TestRequestsDiffer(t *testing.T) {
	q, err := survey.ParseQuestionnaire(static.Questionnaire)
	if err != nil {
		t.Fatal(err)
	}
	chance := newChance()
	seen := map[string]bool{}
	for _, one := range formRequests(newSheets(q)) {
		for number := range int64(3) {
			text := string(one.fill(nil, "7KQ4M2XD", 'c', number, chance))
			head, body, _ := strings.Cut(text, "\r\n\r\n")
			if seen[body] || !strings.Contains(head, "POST /s/7KQ4M2XD ") || !strings.Contains(body, "room=c000000"+strconv.FormatInt(number, 10)) {
				t.Fatalf("request %d:\n%s", number, text)
			}
			if !strings.Contains(head, "Content-Length: "+strconv.Itoa(len(body))) {
				t.Fatalf("a body of %d bytes:\n%s", len(body), head)
			}
			seen[body] = true
		}
	}
}
