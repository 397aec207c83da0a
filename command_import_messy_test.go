package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// messy is what importing a file of the corpus comes to (survey/roster,
// messy_test.go); the page comes to the same (api/admin, import_messy_test.go).
type messy struct {
	Form      string   `json:"form"`
	Error     string   `json:"error"`
	Projects  []string `json:"projects"`
	Buildings []string `json:"buildings"`
	Refused   []string `json:"refused"`
	Rows      int      `json:"rows"` // that are refused, where Refused names fewer
}

// The registers of the corpus come in by command as their outcomes say, and
// those that are broken change nothing and say why and what to do.
func TestImportMessyRegisters(t *testing.T) {
	sqliteOnly(t, "each register starts from a copy of one database")
	const corpus = "survey/roster/testdata/messy"
	base := started(t)
	must(t, "import", "projects", corpus+"/base.csv", "--data", base, "--apply")
	all, err := filepath.Glob(corpus + "/*.json")
	if err != nil || len(all) < 20 {
		t.Fatal(err, len(all))
	}
	for _, name := range all {
		file := strings.TrimSuffix(name, ".json")
		t.Run(filepath.Base(file), func(t *testing.T) {
			var want messy
			text, err := os.ReadFile(name)
			if err == nil {
				err = json.Unmarshal(text, &want)
			}
			if err != nil {
				t.Fatal(err)
			}
			data := filepath.Join(t.TempDir(), "data")
			if err := os.CopyFS(data, os.DirFS(base)); err != nil {
				t.Fatal(err)
			}
			want.imported(t, file, data)
		})
	}
}

func (m messy) imported(t *testing.T, file, data string) {
	t.Helper()
	what := "projects"
	if m.Form == "buildings" {
		what = m.Form
	}
	before := held(t, data)
	code, stdout, stderr := command(t, "", "import", what, file, "--data", data, "--apply")
	if m.Error != "" {
		if code != exitFailure || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, filepath.Base(file)) {
			t.Errorf("exit %d, want 1 and one line about the file: %q", code, stderr)
		}
		if after := held(t, data); !slices.Equal(before, after) {
			t.Errorf("a broken file changed %v to %v", before, after)
		}
		return
	}
	if want := map[bool]int{false: exitOK, true: exitFailure}[len(m.Refused) > 0]; code != want {
		t.Errorf("exit %d, want %d: %s%s", code, want, stdout, stderr)
	}
	added, changed, same := kinds(m.Projects)
	counts := fmt.Sprintf("%d projects added, %d changed, %d the same, %d rows refused.", added, changed, same, max(m.Rows, rowsOf(m.Refused)))
	if !strings.Contains(stdout, counts) {
		t.Errorf("the plan says no %q:\n%s", counts, stdout)
	}
	newBuildings, _, _ := kinds(m.Buildings)
	after := held(t, data)
	if diff := []int{after[0] - before[0], after[1] - before[1]}; !slices.Equal(diff, []int{added, newBuildings}) {
		t.Errorf("%v projects and buildings were added, want %v", diff, []int{added, newBuildings})
	}
	for _, r := range m.Refused {
		place, _, _ := strings.Cut(r, " ")
		if !strings.Contains(stdout, "refused  "+place+": ") {
			t.Errorf("the refusal of row %s is not shown:\n%s", place, stdout)
		}
	}
	_, again, _ := command(t, "", "import", what, file, "--data", data, "--apply")
	if !strings.Contains(again, "0 projects added, 0 changed, ") {
		t.Errorf("the same file again changes something:\n%s", again)
	}
}

// held are the numbers of projects, buildings and events.
func held(t *testing.T, data string) []int {
	t.Helper()
	return []int{int(rows(t, data, "projects")), int(rows(t, data, "buildings")), int(rows(t, data, "events"))}
}

func kinds(lines []string) (added, changed, same int) {
	for _, line := range lines {
		switch kind, _, _ := strings.Cut(line, " "); kind {
		case "added":
			added++
		case "changed":
			changed++
		case "same":
			same++
		}
	}
	return added, changed, same
}

// rowsOf is how many rows have refusals.
func rowsOf(refused []string) int {
	places := map[string]bool{}
	for _, r := range refused {
		place, _, _ := strings.Cut(r, " ")
		places[place] = true
	}
	return len(places)
}
