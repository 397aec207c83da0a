package survey_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"meihao/survey"
)

func judge(households, answered, satisfied int64) survey.Verdict {
	return survey.Judge(households, answered, satisfied, survey.DefaultMargins())
}

func TestVerdictVectors(t *testing.T) {
	for _, r := range readVectors(t, "verdict_vectors.csv", 271) {
		t.Run(r["N"]+"_"+r["n"]+"_"+r["k"], func(t *testing.T) {
			v := judge(r.int(t, "N"), r.int(t, "n"), r.int(t, "k"))
			got := row{
				"N": r["N"], "n": r["n"], "k": r["k"], "display": v.Rate,
				"adequacy": string(v.Adequacy), "item_1_1": string(v.Item11), "veto_6_1": string(v.Veto61),
			}
			if diff := cmp.Diff(r, got); diff != "" {
				t.Errorf("verdict (-want +got):\n%s", diff)
			}
		})
	}
}

func TestThresholdVectors(t *testing.T) {
	for _, r := range readVectors(t, "decision_threshold_vectors.csv", 25) {
		t.Run(r["k"]+"_"+r["n"], func(t *testing.T) {
			k, n := r.int(t, "k"), r.int(t, "n")
			v := judge(n, n, k) // all asked: a word in any case
			if v.Rate != r["display"] {
				t.Errorf("rate %s, want %s", v.Rate, r["display"])
			}
			item := map[string]survey.Item{"true": survey.MetClear, "false": survey.NotMetClear, "": survey.NotAssessable}
			if want := item[r["item_1_1_met"]]; v.Item11 != want {
				t.Errorf("item 1.1 %s, want %s", v.Item11, want)
			}
			veto := map[string]survey.Veto{"true": survey.VetoClear, "false": survey.Cleared, "": survey.Undetermined}
			if want := veto[r["veto_6_1"]]; v.Veto61 != want {
				t.Errorf("veto 6.1 %s, want %s", v.Veto61, want)
			}
		})
	}
}

// Every k of the smallest full sample: where each word begins and ends.
func TestEvidenceCutoffs(t *testing.T) {
	for _, r := range readVectors(t, "evidence_grade_cutoffs.csv", 10) {
		t.Run(r["N"], func(t *testing.T) {
			households, n := r.int(t, "N"), r.int(t, "n_min")
			if v := judge(households, n, 0); v.Adequacy != survey.Full || v.NeededFull != n {
				t.Fatalf("%d of %d households: %s, needed %d", n, households, v.Adequacy, v.NeededFull)
			}
			if v := judge(households, n-1, 0); v.Adequacy == survey.Full {
				t.Errorf("one answer less is still %s", v.Adequacy)
			}
			for k := range n + 1 {
				v := judge(households, n, k)
				if want := itemBetween(k, r.int(t, "k_pass"), r.int(t, "k_clear"), v.Item11); v.Item11 != want {
					t.Errorf("k = %d: item 1.1 %s, want %s", k, v.Item11, want)
				}
				if want := vetoBetween(k, r.int(t, "k_veto"), r.int(t, "k_veto_clear"), v.Veto61); v.Veto61 != want {
					t.Errorf("k = %d: veto 6.1 %s, want %s", k, v.Veto61, want)
				}
			}
			for k, rate := range map[string]string{
				"k_pass": "rate_pass", "k_clear": "rate_clear", "k_veto": "rate_veto", "k_veto_clear": "rate_veto_clear",
			} {
				if got := survey.Rate(r.int(t, k), n); got != r[rate] {
					t.Errorf("%s = %s, want %s", rate, got, r[rate])
				}
			}
		})
	}
}

// itemBetween is the word the cutoffs ask for; below k_pass they leave open
// how clear it is, and the given word stands if it says "not met".
func itemBetween(k, pass, clear int64, given survey.Item) survey.Item {
	switch {
	case k >= clear:
		return survey.MetClear
	case k >= pass:
		return survey.MetBorderline
	case given == survey.NotMetBorderline:
		return given
	}
	return survey.NotMetClear
}

// vetoBetween likewise leaves open how clear a word above k_veto is.
func vetoBetween(k, veto, clear int64, given survey.Veto) survey.Veto {
	switch {
	case k <= clear:
		return survey.VetoClear
	case k <= veto:
		return survey.VetoBorderline
	case given == survey.ClearedBorderline:
		return given
	}
	return survey.Cleared
}

func TestJudge(t *testing.T) {
	const large = math.MaxInt64
	tests := []struct {
		name       string
		N, n, k    int64
		adequacy   survey.Adequacy
		item       survey.Item
		veto       survey.Veto
		rate       string
		needed     [2]int64 // full, provisional
		reason     string
		noInterval bool
	}{
		{name: "more answers than households", N: 300, n: 301, k: 301, rate: "100.0%",
			needed: [2]int64{169, 101}, reason: survey.MoreAnswersThanHouseholds},
		{name: "answers of nobody", N: 0, n: 40, k: 1, rate: "2.5%", reason: survey.MoreAnswersThanHouseholds},
		{name: "no answers of nobody", rate: "N/A", noInterval: true},
		{name: "the floor of a hamlet", N: 31, n: 28, k: 28, rate: "100.0%", needed: [2]int64{29, 29}},
		{name: "more satisfied than answered", N: 300, n: 100, k: 101, rate: "N/A",
			needed: [2]int64{169, 101}, reason: survey.ImpossibleCounts, noInterval: true},
		{name: "negative satisfied", N: 300, n: 100, k: -1, rate: "N/A",
			needed: [2]int64{169, 101}, reason: survey.ImpossibleCounts, noInterval: true},
		{name: "negative answers", N: 300, n: -1, k: -1, rate: "N/A",
			needed: [2]int64{169, 101}, reason: survey.ImpossibleCounts, noInterval: true},
		{name: "negative households", N: -1, rate: "N/A", reason: survey.ImpossibleCounts, noInterval: true},
		{name: "one above 90 % of a city", N: 9_000_000, n: 9_000_000, k: 8_100_001,
			adequacy: survey.Full, item: survey.MetClear, veto: survey.Cleared, rate: "90.00001%", needed: [2]int64{385, 151}},
		{name: "one above 90 %, ten households missing", N: 9_000_010, n: 9_000_000, k: 8_100_001,
			adequacy: survey.Full, item: survey.MetBorderline, veto: survey.Cleared, rate: "90.00001%", needed: [2]int64{385, 151}},
		{name: "60 % of all numbers", N: large - 2, n: large - 2, k: (large - 2) / 5 * 3,
			adequacy: survey.Full, item: survey.NotMetClear, veto: survey.Cleared, rate: "60.0%", needed: [2]int64{385, 151}},
		{name: "60 % less one of all numbers", N: large - 2, n: large - 2, k: (large-2)/5*3 - 1,
			adequacy: survey.Full, item: survey.NotMetClear, veto: survey.VetoClear, rate: "59.999999%", needed: [2]int64{385, 151}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := judge(tt.N, tt.n, tt.k)
			want := survey.Verdict{
				Households: tt.N, Answered: tt.n, Satisfied: tt.k,
				Rate: tt.rate, Adequacy: survey.Inadequate, Item11: survey.NotAssessable, Veto61: survey.Undetermined,
				NeededFull: tt.needed[0], NeededProvisional: tt.needed[1],
				Points: v.Points, Interval: v.Interval, Reason: tt.reason,
			}
			if tt.adequacy != "" {
				want.Adequacy, want.Item11, want.Veto61 = tt.adequacy, tt.item, tt.veto
			}
			if diff := cmp.Diff(want, v); diff != "" {
				t.Errorf("verdict (-want +got):\n%s", diff)
			}
			if (v.Interval == nil) != tt.noInterval {
				t.Errorf("interval %v", v.Interval)
			}
		})
	}
}

func TestPointsFollowTheWord(t *testing.T) {
	tests := []struct {
		k    int64 // of 278 answers in 1000 households
		want int
	}{{259, 10}, {251, 10}, {250, 0}, {100, 0}}
	for _, tt := range tests {
		v := judge(1000, 278, tt.k)
		if v.Points == nil || *v.Points != tt.want {
			t.Errorf("%s: points %v, want %d", v.Item11, v.Points, tt.want)
		}
	}
	if v := judge(1000, 200, 185); v.Item11 != survey.NotAssessable || v.Points != nil {
		t.Errorf("%s must have no points, not even 0", v.Item11)
	}
}

func TestMarginsDecideWhatIsEnough(t *testing.T) {
	tests := []struct {
		name              string
		m                 survey.Margins
		full, provisional int64 // of 1000 households
	}{
		{"default", survey.DefaultMargins(), 278, 131},
		{"strict", survey.Margins{Full: 30, Provisional: 50}, 517, 278},
		{"loose: the floor of 30", survey.Margins{Full: 100, Provisional: 200}, 88, 30},
		{"looser than the floor", survey.Margins{Full: 200, Provisional: 200}, 24, 24},
		{"everybody", survey.Margins{}, 1000, 1000},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for n, want := range map[int64]survey.Adequacy{
				tt.full: survey.Full, tt.provisional - 1: survey.Inadequate,
			} {
				v := survey.Judge(1000, n, n, tt.m)
				if v.NeededFull != tt.full || v.NeededProvisional != tt.provisional {
					t.Fatalf("needed %d and %d, want %d and %d", v.NeededFull, v.NeededProvisional, tt.full, tt.provisional)
				}
				if v.Adequacy != want {
					t.Errorf("%d answers are %s, want %s", n, v.Adequacy, want)
				}
			}
		})
	}
}

func TestCheckCounts(t *testing.T) {
	tests := []struct {
		N, n, k int64
		says    string // "" where the counts can be
	}{
		{0, 0, 0, ""},
		{1, 0, 0, ""},
		{1, 1, 1, ""},
		{-1, 0, 0, "households"},
		{10, -1, 0, "answered is negative"},
		{10, 5, -1, "satisfied is negative"},
		{10, 5, 6, "more satisfied (6) than answered (5)"},
		{10, 11, 6, "more answered (11) than households (10)"},
	}
	for _, tt := range tests {
		err := survey.CheckCounts(tt.N, tt.n, tt.k)
		if tt.says == "" && err != nil {
			t.Errorf("%d, %d, %d: %v", tt.N, tt.n, tt.k, err)
		}
		if tt.says != "" && (err == nil || !strings.Contains(err.Error(), tt.says)) {
			t.Errorf("%d, %d, %d: %v, want it to say %q", tt.N, tt.n, tt.k, err, tt.says)
		}
	}
}

// counts draws possible ones: n answers, at least one, of N households.
func counts(t *rapid.T) (households, n int64) {
	n = rapid.OneOf(rapid.Int64Range(1, 400), rapid.Int64Range(1, 9_000_000)).Draw(t, "n")
	more := rapid.OneOf(rapid.Int64Range(0, 40), rapid.Int64Range(0, 5000)).Draw(t, "more")
	return n + more, n
}

// One more satisfied household never makes a word, the points or the light
// worse, and the interval never falls.
func TestVerdictIsMonotone(t *testing.T) {
	items := map[survey.Item]int{survey.NotMetClear: 0, survey.NotMetBorderline: 1,
		survey.NotAssessable: 2, survey.MetBorderline: 3, survey.MetClear: 4}
	vetoes := map[survey.Veto]int{survey.VetoClear: 0, survey.VetoBorderline: 1,
		survey.Undetermined: 2, survey.ClearedBorderline: 3, survey.Cleared: 4}
	lights := map[string]int{"low": 0, "middle": 1, "high": 2, "small": 3}
	rapid.Check(t, func(t *rapid.T) {
		households, n := counts(t)
		k := rapid.Int64Range(0, n-1).Draw(t, "k")
		low, high := judge(households, n, k), judge(households, n, k+1)
		switch {
		case items[high.Item11] < items[low.Item11]:
			t.Fatalf("item 1.1 falls from %s to %s", low.Item11, high.Item11)
		case vetoes[high.Veto61] < vetoes[low.Veto61]:
			t.Fatalf("veto 6.1 falls from %s to %s", low.Veto61, high.Veto61)
		case lights[high.Light()] < lights[low.Light()]:
			t.Fatalf("the light falls from %s to %s", low.Light(), high.Light())
		case high.Interval[0] < low.Interval[0] || high.Interval[1] < low.Interval[1]:
			t.Fatalf("the interval falls from %v to %v", *low.Interval, *high.Interval)
		case low.Points != nil && high.Points != nil && *high.Points < *low.Points:
			t.Fatalf("the points fall from %d to %d", *low.Points, *high.Points)
		}
	})
}

func FuzzJudge(f *testing.F) {
	f.Add(int64(1000), int64(278), int64(252), int64(50), int64(80))
	f.Add(int64(math.MaxInt64), int64(math.MaxInt64-1), int64(math.MaxInt64/10*9), int64(50), int64(80))
	f.Add(int64(math.MinInt64), int64(math.MinInt64), int64(math.MinInt64), int64(math.MinInt64), int64(math.MaxInt64))
	f.Fuzz(func(t *testing.T, households, answered, satisfied, full, provisional int64) {
		v := survey.Judge(households, answered, satisfied, survey.Margins{Full: full, Provisional: provisional})
		if _, err := v.MarshalJSON(); err != nil {
			t.Fatal(err)
		}
		v.Light()
		if survey.ByLowerLimit(v, v) != 0 {
			t.Fatal("a verdict is not its own equal")
		}
		judged := v.Item11 != survey.NotAssessable || v.Veto61 != survey.Undetermined
		possible := survey.CheckCounts(households, answered, satisfied) == nil
		if judged && (!possible || answered == 0 || v.Adequacy == survey.Inadequate) {
			t.Fatalf("judged what cannot be: %+v", v)
		}
		if !possible && v.Reason == "" || possible && v.Reason != "" {
			t.Fatalf("possible: %v, reason %q", possible, v.Reason)
		}
		if (v.Points != nil) != (v.Item11 != survey.NotAssessable) {
			t.Fatalf("%s with points %v", v.Item11, v.Points)
		}
		if need := max(households, 0); v.NeededFull > need || v.NeededProvisional > need {
			t.Fatalf("needed %d and %d of %d", v.NeededFull, v.NeededProvisional, households)
		}
	})
}
