package survey_test

import (
	"math"
	"math/big"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"meihao/survey"
)

func TestRate(t *testing.T) {
	const large = math.MaxInt64
	tests := []struct {
		name string
		k, n int64
		want string
	}{
		{"no answers", 0, 0, "N/A"},
		{"negative answers", 1, -1, "N/A"},
		{"negative satisfied", -1, 1, "N/A"},
		{"nobody", 0, 7, "0.0%"},
		{"everybody", 7, 7, "100.0%"},
		{"exactly 90", 900, 1000, "90.0%"},
		{"exactly 60", 3, 5, "60.0%"},
		{"below 90", 8996, 10000, "89.96%"},
		{"below 100", 1999, 2000, "99.95%"},
		{"half up", 1, 16, "6.3%"}, // 6.25
		{"half up below a threshold", 1999, 2000, "99.95%"},
		{"above 90", 90001, 100000, "90.001%"},
		{"above 60", 60001, 100000, "60.001%"},
		{"above 0", 1, 9_000_000, "0.00001%"},
		{"below 60 by one of a city", 5_399_999, 9_000_000, "59.99999%"},
		{"the last half of six decimals", 19_999_999, 20_000_000, "99.999995%"},
		{"nearer to 90 than six decimals, below", 8_999_999_999, 10_000_000_000, "89.999999%"},
		{"nearer to 90 than six decimals, above", 9_000_000_001, 10_000_000_000, "90.000001%"},
		{"nearer to 0 than six decimals", 1, large, "0.000001%"},
		{"nearer to 100 than six decimals", large - 1, large, "99.999999%"},
		{"all numbers", large, large, "100.0%"},
		{"a turnout over 100", 310, 300, "103.3%"},
		{"a turnout just over 100", 30_001, 30_000, "100.003%"},
		{"a turnout of all numbers", large, large / 999_999, "99999900.0%"},
		{"nothing that was counted", 1_000_000, 1, "N/A"},
		{"all numbers of one", large, 1, "N/A"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := survey.Rate(tt.k, tt.n); got != tt.want {
				t.Errorf("Rate(%d, %d) = %s, want %s", tt.k, tt.n, got, tt.want)
			}
		})
	}
}

// percentOf is the exact percentage of k in n.
func percentOf(k, n int64) *big.Rat {
	exact := big.NewRat(k, n)
	return exact.Mul(exact, big.NewRat(100, 1))
}

// printedPercent reads back what Rate printed, and its decimals.
func printedPercent(t interface{ Fatalf(string, ...any) }, s string) (*big.Rat, int) {
	figure, found := strings.CutSuffix(s, "%")
	value, ok := new(big.Rat).SetString(figure)
	if !found || !ok {
		t.Fatalf("Rate printed %q", s)
	}
	return value, len(figure) - strings.Index(figure, ".") - 1
}

// sides compares a percentage with the four thresholds.
func sides(percent *big.Rat) [4]int {
	var s [4]int
	for i, threshold := range []int64{0, 60, 90, 100} {
		s[i] = percent.Cmp(big.NewRat(threshold, 1))
	}
	return s
}

func TestRateTellsTheSideAndNoMoreThanNeeded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k, n := shares(t)
		exact := percentOf(k, n)
		printed, decimals := printedPercent(t, survey.Rate(k, n))
		if got, want := sides(printed), sides(exact); got != want {
			t.Fatalf("Rate(%d, %d) = %s compares as %v, the exact share as %v", k, n, survey.Rate(k, n), got, want)
		}
		if decimals < 1 || decimals > 6 {
			t.Fatalf("Rate(%d, %d) = %s has %d decimals", k, n, survey.Rate(k, n), decimals)
		}
		// Fewer decimals would have been on the wrong side.
		for fewer := 1; fewer < decimals; fewer++ {
			if sides(halfUp(exact, fewer)) == sides(exact) {
				t.Fatalf("Rate(%d, %d) = %s needs only %d decimals", k, n, survey.Rate(k, n), fewer)
			}
		}
		// And it is the exact share, rounded half up wherever that is true.
		want := halfUp(exact, decimals)
		if sides(want) == sides(exact) && printed.Cmp(want) != 0 {
			t.Fatalf("Rate(%d, %d) = %s, want %s", k, n, survey.Rate(k, n), want.FloatString(decimals))
		}
	})
}

// halfUp rounds to so many decimals.
func halfUp(v *big.Rat, decimals int) *big.Rat {
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil))
	shifted := new(big.Rat).Mul(v, scale)
	shifted.Add(shifted, big.NewRat(1, 2))
	whole := new(big.Int).Quo(shifted.Num(), shifted.Denom())
	return shifted.Quo(new(big.Rat).SetInt(whole), scale)
}

// shares draws k of n, often a few answers beside a threshold.
func shares(t *rapid.T) (k, n int64) {
	n = rapid.OneOf(
		rapid.Int64Range(1, 2000),
		rapid.Int64Range(1, 9_000_000),
		rapid.Int64Range(1, math.MaxInt64/10),
	).Draw(t, "n")
	if rapid.Bool().Draw(t, "anywhere") {
		return rapid.Int64Range(0, n).Draw(t, "k"), n
	}
	tenths := rapid.SampledFrom([]int64{0, 6, 9, 10}).Draw(t, "tenths")
	off := rapid.Int64Range(-2, 2).Draw(t, "off")
	return min(n, max(0, n*tenths/10+off)), n
}

func FuzzRate(f *testing.F) {
	f.Add(int64(8996), int64(10000))
	f.Add(int64(math.MaxInt64), int64(1))
	f.Add(int64(math.MinInt64), int64(math.MinInt64))
	form := regexp.MustCompile(`^(N/A|\d+\.\d{1,6}%)$`)
	f.Fuzz(func(t *testing.T, k, n int64) {
		got := survey.Rate(k, n)
		if !form.MatchString(got) {
			t.Fatalf("Rate(%d, %d) = %q", k, n, got)
		}
		if got == survey.NoRate {
			if n > 0 && k >= 0 && k/n < 1_000_000 {
				t.Fatalf("Rate(%d, %d) has no rate", k, n)
			}
			return
		}
		if printed, _ := printedPercent(t, got); sides(printed) != sides(percentOf(k, n)) {
			t.Fatalf("Rate(%d, %d) = %s is on the wrong side", k, n, got)
		}
	})
}
