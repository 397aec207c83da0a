package rubric_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meihao/static"
	"meihao/survey"
	"meihao/survey/rubric"
)

func vectorFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "testdata", "vectors", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Every row of the ranking vectors, raw and per household.
func TestRankingVectors(t *testing.T) {
	f, err := os.Open(filepath.Join("..", "testdata", "vectors", "rank_lowest5_vectors.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment = '#'
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	lines = lines[1:]
	if len(lines) != 79 {
		t.Fatalf("%d rows, want 79", len(lines))
	}
	sets := map[string][]rubric.Feed{}
	for _, l := range lines {
		sets[l[0]] = append(sets[l[0]], rubric.Feed{Complaints: number(t, l[2]), Households: number(t, l[3])})
	}
	ranked, at := map[string][]rubric.Lowest{}, map[string]int{}
	for name, feeds := range sets {
		ranked[name] = rubric.RankLowest(feeds)
	}
	for _, l := range lines {
		got := ranked[l[0]][at[l[0]]]
		at[l[0]]++
		perHome := got
		perHome.PerHome = true
		want := l[4:]
		have := []string{strconv.Itoa(got.Of), strconv.Itoa(got.Rank), strconv.FormatBool(got.Met()), strconv.Itoa(got.RankPerHome), strconv.FormatBool(perHome.Met())}
		if diff := cmp.Diff(want, have); diff != "" {
			t.Errorf("%s project %s: %s", l[0], l[1], diff)
		}
	}
}

func number(t *testing.T, s string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

type scenario struct {
	Name    string
	Cutoff  int64
	Tickets []struct {
		Class                   survey.ComplaintClass
		Created                 int64
		FirstResponse, Resolved *int64 `json:"-"`
		First                   *int64 `json:"first_response"`
		Done                    *int64 `json:"resolved"`
		Reopened, Valid         bool
	}
	Expected struct {
		DueResponse      int  `json:"due_response"`
		OnTimeResponse   int  `json:"ontime_response"`
		DueResolution    int  `json:"due_resolution"`
		OnTimeResolution int  `json:"ontime_resolution"`
		Points           *int `json:"points"`
		Status           string
	}
}

// Every scenario of the complaint vectors, with the limits and bands that ship.
func TestComplaintVectors(t *testing.T) {
	var file struct{ Scenarios []scenario }
	if err := json.Unmarshal(vectorFile(t, "scenario_complaints.json"), &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Scenarios) != 3 {
		t.Fatalf("%d scenarios", len(file.Scenarios))
	}
	rules := promptRules(t)
	for _, s := range file.Scenarios {
		start := time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)
		at := func(minutes *int64) time.Time {
			if minutes == nil {
				return time.Time{}
			}
			return start.Add(time.Duration(*minutes) * time.Minute)
		}
		var tickets []survey.Complaint
		for _, x := range s.Tickets {
			tickets = append(tickets, survey.Complaint{Class: x.Class, Received: at(&x.Created), FirstResponse: at(x.First), Resolved: at(x.Done), Reopened: x.Reopened, Valid: x.Valid})
		}
		got := rubric.JudgePrompt(tickets, at(&s.Cutoff), rules)
		want := s.Expected
		if got.DueResponse != want.DueResponse || got.OnTimeResponse != want.OnTimeResponse || got.DueResolution != want.DueResolution || got.OnTimeResolution != want.OnTimeResolution {
			t.Errorf("%s: %+v, want %+v", s.Name, got, want)
		}
		if (got.Points == nil) != (want.Points == nil) || got.Points != nil && *got.Points != rubric.Halves(2**want.Points) {
			t.Errorf("%s: points %v, want %v", s.Name, got.Points, want.Points)
		}
	}
}

func promptRules(t *testing.T) rubric.PromptRules {
	t.Helper()
	rules, err := rubric.ParsePromptRules(static.Prompt)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}
