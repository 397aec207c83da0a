package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"
)

// judgement is what `judge --json` prints (DESIGN §7).
type judgement struct {
	Households        int64       `json:"households"`
	Answered          int64       `json:"answered"`
	Satisfied         int64       `json:"satisfied"`
	Rate              string      `json:"rate"`
	Adequacy          string      `json:"adequacy"`
	Item11            string      `json:"item_1_1"`
	Veto61            string      `json:"veto_6_1"`
	Points            *float64    `json:"points"`
	Interval          *[2]float64 `json:"interval"`
	NeededFull        int64       `json:"needed_full"`
	NeededProvisional int64       `json:"needed_provisional"`
	RulesVersion      string      `json:"rules_version"`
}

// judge asks the command itself, which must not add or leave out a name.
func judge(t *testing.T, households, answered, satisfied string) judgement {
	t.Helper()
	text := must(t, "judge", "--households", households, "--answered", answered, "--satisfied", satisfied, "--json")
	var j judgement
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&j); err != nil {
		t.Fatalf("judge --json printed %q: %v", text, err)
	}
	var names map[string]any
	if err := json.Unmarshal([]byte(text), &names); err != nil || len(names) != 12 {
		t.Fatalf("judge --json has %d names, want the 12 of DESIGN §7: %s", len(names), text)
	}
	return j
}

// vectors reads a file of numbers to check against, without its header.
func vectors(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := os.Open("survey/testdata/vectors/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	r := csv.NewReader(file)
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("%s: %d rows, %v", name, len(rows), err)
	}
	return rows[1:]
}

func TestJudgeAgreesWithTheVectors(t *testing.T) {
	points := map[string]string{"MET_CLEAR": "10", "MET_BORDERLINE": "10", "NOT_MET_CLEAR": "0", "NOT_MET_BORDERLINE": "0", "NOT_ASSESSABLE": "none"}
	for _, row := range vectors(t, "verdict_vectors.csv") {
		households, answered, satisfied, adequacy, item, veto, rate := row[0], row[1], row[2], row[3], row[4], row[5], row[6]
		j := judge(t, households, answered, satisfied)
		if j.Adequacy != adequacy || j.Item11 != item || j.Veto61 != veto || j.Rate != rate || j.RulesVersion != "2023.1" {
			t.Errorf("judge %v: got %+v", row, j)
		}
		got := "none"
		if j.Points != nil {
			got = map[float64]string{10: "10", 0: "0"}[*j.Points]
		}
		if got != points[item] {
			t.Errorf("judge %v: %s points for %s, want %s", row, got, item, points[item])
		}
		if (j.Interval == nil) != (answered == "0") {
			t.Errorf("judge %v: interval %v", row, j.Interval)
		}
		text := must(t, "judge", "--households", households, "--answered", answered, "--satisfied", satisfied)
		for _, want := range []string{rate, satisfied + "/" + answered, answered + "/" + households, adequacy, item, veto} {
			if !strings.Contains(text, want) {
				t.Errorf("judge %v prints no %q:\n%s", row, want, text)
			}
		}
	}
}

// Everybody has answered in these rows, so that only the thresholds decide.
func TestJudgeKnowsTheThresholds(t *testing.T) {
	for _, row := range vectors(t, "decision_threshold_vectors.csv") {
		k, n, met, below, display := row[0], row[1], row[2] == "true", row[3] == "true", row[4]
		j := judge(t, n, n, k)
		if j.Rate != display {
			t.Errorf("%s/%s: rate %s, want %s", k, n, j.Rate, display)
		}
		if strings.HasPrefix(j.Item11, "MET_") != met || strings.HasPrefix(j.Veto61, "VETO_") != below {
			t.Errorf("%s/%s: %s and %s, want met %v and veto %v", k, n, j.Item11, j.Veto61, met, below)
		}
	}
}

// Each cutoff of the evidence grades is right to the one answer.
func TestJudgeKnowsTheGrades(t *testing.T) {
	for _, row := range vectors(t, "evidence_grade_cutoffs.csv") {
		households, answered := row[0], row[1]
		at := func(column, more int) judgement {
			k, err := strconv.Atoi(row[column])
			if err != nil {
				t.Fatal(err)
			}
			return judge(t, households, answered, strconv.Itoa(k+more))
		}
		for _, c := range []struct{ got, want string }{
			{strconv.FormatInt(at(2, 0).NeededFull, 10), answered},
			{at(2, 0).Item11[:4], "MET_"}, {at(2, -1).Item11[:4], "NOT_"},
			{at(4, 0).Item11, "MET_CLEAR"}, {at(4, -1).Item11, "MET_BORDERLINE"},
			{at(6, 0).Veto61[:4], "VETO"}, {at(6, 1).Veto61[:7], "CLEARED"},
			{at(8, 0).Veto61, "VETO_CLEAR"}, {at(8, 1).Veto61, "VETO_BORDERLINE"},
			{at(2, 0).Rate, row[3]}, {at(4, 0).Rate, row[5]}, {at(6, 0).Rate, row[7]}, {at(8, 0).Rate, row[9]},
		} {
			if c.got != c.want {
				t.Errorf("N=%s n=%s: %s, want %s (row %v)", households, answered, c.got, c.want, row)
			}
		}
	}
}

func TestJudgeRefusesTheImpossible(t *testing.T) {
	good := map[string]string{"--households": "100", "--answered": "50", "--satisfied": "40"}
	for name, test := range map[string]struct {
		change map[string]string // "" leaves the flag out
		says   string
	}{
		"more answers than households": {map[string]string{"--answered": "101"}, "answered"},
		"more satisfied than answered": {map[string]string{"--satisfied": "51"}, "satisfied"},
		"negative households":          {map[string]string{"--households": "-100"}, "households"},
		"negative answered":            {map[string]string{"--answered": "-1"}, "answered"},
		"negative satisfied":           {map[string]string{"--satisfied": "-1"}, "satisfied"},
		"not a number":                 {map[string]string{"--answered": "fifty"}, "answered"},
		"a fraction":                   {map[string]string{"--satisfied": "39.5"}, "satisfied"},
		"beyond 64 bits":               {map[string]string{"--households": "99999999999999999999"}, "households"},
		"empty":                        {map[string]string{"--households": " "}, "households"},
		"no households":                {map[string]string{"--households": ""}, "households"},
		"no answered":                  {map[string]string{"--answered": ""}, "answered"},
		"no satisfied":                 {map[string]string{"--satisfied": ""}, "satisfied"},
	} {
		t.Run(name, func(t *testing.T) {
			args := []string{"judge", "--json"}
			for flag, value := range good {
				if changed, ok := test.change[flag]; ok {
					value = changed
				}
				if value != "" {
					args = append(args, flag+"="+value)
				}
			}
			wrongUse(t, test.says, args...)
		})
	}
}

// wrongUse wants exit 2, nothing on stdout and one line on stderr that says
// what is wrong.
func wrongUse(t *testing.T, says string, args ...string) {
	t.Helper()
	code, stdout, stderr := command(t, "", args...)
	if code != exitUsage || stdout != "" {
		t.Errorf("meihao %q: exit %d, stdout %q, want exit 2 and nothing", args, code, stdout)
	}
	if strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, says) {
		t.Errorf("meihao %q says %q, want one line that names %q", args, stderr, says)
	}
}
