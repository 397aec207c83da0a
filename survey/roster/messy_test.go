package roster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/survey"
)

// outcome is what importing a file of testdata/messy comes to, kept beside it
// as name.json. The two import paths (command and page) must come to the same;
// their tests read these files too.
type outcome struct {
	Form  Form   `json:"form,omitempty"`  // as ReadAny recognises it
	Error string `json:"error,omitempty"` // of the file as a whole

	Projects  []string `json:"projects,omitempty"` // kind, name, households of each that changes
	Buildings []string `json:"buildings,omitempty"`
	Notes     []string `json:"notes,omitempty"`   // place and key
	Refused   []string `json:"refused,omitempty"` // place and key
	// Rows is how many rows are refused, where that is more than Refused names.
	Rows int `json:"rows,omitempty"`
}

// outcomeOf is what a plan comes to.
func outcomeOf(p Plan) outcome {
	o := outcome{Form: p.Form}
	for _, c := range p.Projects {
		o.Projects = append(o.Projects, fmt.Sprintf("%s %s %d/%s", c.Kind, c.Project.Name, c.Project.Households, countText(c.Project.Occupied)))
		for _, b := range c.Buildings {
			line := fmt.Sprintf("%s %s %d/%s", b.Kind, b.Building.Name, b.Building.Households, countText(b.Building.Occupied))
			if b.Building.Units != nil {
				line += fmt.Sprintf(", %d units", *b.Building.Units)
			}
			if b.Building.Rooms != "" {
				line += ", rooms " + b.Building.Rooms
			}
			o.Buildings = append(o.Buildings, line)
		}
	}
	for _, n := range p.Notes {
		o.Notes = append(o.Notes, strings.TrimSpace(n.At()+" "+strings.TrimPrefix(n.Key, "roster.note.")))
	}
	named := map[string]bool{}
	for _, r := range p.Refused {
		named[r.At()] = true
		o.Refused = append(o.Refused, r.At()+" "+strings.TrimPrefix(r.Reason.Key, "roster.refused."))
	}
	if p.RefusedRows > len(named) {
		o.Rows = p.RefusedRows
	}
	return o
}

// messyFiles are the files of the corpus.
func messyFiles(t testing.TB) (names []string) {
	t.Helper()
	all, err := filepath.Glob("testdata/messy/*.json")
	must(t, err)
	for _, name := range all {
		names = append(names, strings.TrimSuffix(name, ".json"))
	}
	if len(names) < 20 {
		t.Fatalf("%d messy files", len(names))
	}
	return names
}

// Registers as they really come are read as a person would read them, and
// what is not understood is said. Importing one twice changes nothing.
func TestMessyRegisters(t *testing.T) {
	base := MakePlan(Register{}, mustOpen(t, "testdata/messy/base.csv", Read), survey.CityScope(), true)
	store := applied(t, Register{}, base)
	for _, name := range messyFiles(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			var want outcome
			text, err := os.ReadFile(name + ".json")
			must(t, err)
			must(t, json.Unmarshal(text, &want))
			got, plan := tried(t, name, store)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("outcome (-want +got):\n%s", diff)
			}
			if again := secondTime(t, name, store, plan); !again.Empty() {
				t.Errorf("the second import changes %+v", again.Projects)
			}
		})
	}
}

// tried is what a file comes to, read as whatever it is.
func tried(t *testing.T, name string, store Register) (outcome, Plan) {
	t.Helper()
	data, err := os.Open(name)
	must(t, err)
	defer data.Close()
	file, err := ReadAny(t.Context(), name, data)
	var plan Plan
	if err == nil {
		plan, err = MakePlanTelling(t.Context(), store, file, survey.CityScope(), true, nil)
	}
	var e *survey.Error
	switch {
	case err == nil:
		return outcomeOf(plan), plan
	case !errors.As(err, &e):
		t.Fatal(err)
	}
	return outcome{Error: e.Key}, Plan{}
}

func secondTime(t *testing.T, name string, store Register, plan Plan) Plan {
	t.Helper()
	if len(plan.Projects) == 0 {
		return Plan{}
	}
	return MakePlan(applied(t, store, plan), mustOpen(t, name, ReadAny), survey.CityScope(), true)
}

func mustOpen(t testing.TB, name string, read func(context.Context, string, io.Reader) (File, error)) File {
	t.Helper()
	data, err := os.Open(name)
	must(t, err)
	defer data.Close()
	file, err := read(t.Context(), name, data)
	must(t, err)
	return file
}
