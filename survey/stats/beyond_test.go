package stats

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestBeyond(t *testing.T) {
	const large = math.MaxInt64
	tests := []struct {
		name                       string
		k, n, population, num, den int64
		want                       bool
	}{
		{"259 of 278 of 1000 is clear of 90 %", 259, 278, 1000, 9, 10, true},
		{"258 is not", 258, 278, 1000, 9, 10, false},
		{"153 is clearly below 60 %", 153, 278, 1000, 3, 5, true},
		{"154 is not", 154, 278, 1000, 3, 5, false},
		{"on the threshold", 90, 100, 1000, 9, 10, false},
		{"on the threshold, all asked", 90, 100, 100, 9, 10, true},
		{"one household", 1, 1, 1, 9, 10, true},
		{"no answer", 0, 0, 100, 9, 10, false},
		{"no answer, nobody", 0, 0, 0, 9, 10, false},
		{"more answers than households", 101, 101, 100, 9, 10, false},
		{"more satisfied than answered", 11, 10, 100, 9, 10, false},
		{"negative satisfied", -1, 10, 100, 9, 10, false},
		{"negative answered", -1, -1, 100, 9, 10, false},
		{"threshold above 1", 5, 10, 100, 11, 10, false},
		{"threshold below 0", 5, 10, 100, -1, 10, false},
		{"threshold without a denominator", 5, 10, 100, 0, 0, false},
		{"a hair off 60 % in all numbers, one household missing", large/5*3 - 1, large/5*5 - 1, large, 3, 5, false},
		{"everybody but one of all numbers", large - 1, large - 1, large, 9, 10, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Beyond(tt.k, tt.n, tt.population, tt.num, tt.den); got != tt.want {
				t.Errorf("Beyond(%d, %d, %d, %d/%d) = %v", tt.k, tt.n, tt.population, tt.num, tt.den, got)
			}
		})
	}
}

// With one answer of two households the limits are fractions: z²/(1+z²) above
// k = 0 and 1/(1+z²) below k = 1. A threshold on the limit is not beyond it;
// one that lies a tenth of a unit of z²'s last digit further out is.
func TestBeyondIsStrict(t *testing.T) {
	const (
		upper = 10 * 3841458820694124 // z² as RULES §5 writes it
		lower = 10 * 1000000000000000
		whole = upper + lower
	)
	tests := []struct {
		name   string
		k, num int64
		want   bool
	}{
		{"on the upper limit", 0, upper, false},
		{"over the upper limit", 0, upper + 1, true},
		{"under the upper limit", 0, upper - 1, false},
		{"on the lower limit", 1, lower, false},
		{"under the lower limit", 1, lower - 1, true},
		{"over the lower limit", 1, lower + 1, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Beyond(tt.k, 1, 2, tt.num, whole); got != tt.want {
				t.Errorf("Beyond(%d, 1, 2, %d/%d) = %v, want %v", tt.k, tt.num, int64(whole), got, tt.want)
			}
		})
	}
}

// Away from the boundary the exact decision is what the interval shows.
func TestBeyondAgreesWithTheInterval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 3_000_000).Draw(t, "n")
		population := n + rapid.Int64Range(0, 9_000_000).Draw(t, "more")
		den := rapid.Int64Range(2, 100).Draw(t, "den")
		num := rapid.Int64Range(1, den-1).Draw(t, "num")
		// Counts near the threshold are the interesting ones.
		near := n / den * num
		k := rapid.OneOf(
			rapid.Int64Range(0, n),
			rapid.Int64Range(max(0, near-n/20), min(n, near+n/20)),
		).Draw(t, "k")
		lo, hi := WilsonFinite(k, n, population)
		threshold := float64(num) / float64(den)
		if math.Abs(lo-threshold) < 1e-9 || math.Abs(hi-threshold) < 1e-9 {
			return
		}
		outside := threshold < lo || threshold > hi
		if got := Beyond(k, n, population, num, den); got != outside {
			t.Fatalf("Beyond(%d, %d, %d, %d/%d) = %v, the interval is [%v, %v]", k, n, population, num, den, got, lo, hi)
		}
	})
}

// formula is "clear" as RULES §5 writes it.
func formula(k, n, population, num, den int64) bool {
	left := new(big.Int).Sub(product(den, k), product(num, n))
	left.Mul(left, left).Mul(left, product(population-1, zDen))
	return n == population || left.Cmp(product(zNum, num, den-num, n, population-n)) > 0
}

// Every count of every hamlet at both thresholds of the notice.
func TestBeyondOfHamlets(t *testing.T) {
	for population := int64(1); population <= 60; population++ {
		for n := int64(1); n <= population; n++ {
			for k := int64(0); k <= n; k++ {
				for num, den := range map[int64]int64{9: 10, 3: 5} {
					if got := Beyond(k, n, population, num, den); got != formula(k, n, population, num, den) {
						t.Errorf("Beyond(%d, %d, %d, %d/%d) = %v", k, n, population, num, den, got)
					}
				}
			}
		}
	}
}

// Both ways, for small and for large counts, decide as the formula does.
func TestBeyondFollowsTheFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.OneOf(rapid.Int64Range(1, 5000), rapid.Int64Range(1, math.MaxInt64/2)).Draw(t, "n")
		population := n + rapid.OneOf(rapid.Int64Range(1, 5000), rapid.Int64Range(1, math.MaxInt64/2)).Draw(t, "more")
		k := rapid.Int64Range(0, n).Draw(t, "k")
		den := rapid.OneOf(rapid.Int64Range(1, 10), rapid.Int64Range(1, math.MaxInt64)).Draw(t, "den")
		num := rapid.Int64Range(0, den).Draw(t, "num")
		want := formula(k, n, population, num, den)
		if got := Beyond(k, n, population, num, den); got != want {
			t.Fatalf("Beyond(%d, %d, %d, %d/%d) = %v", k, n, population, num, den, got)
		}
		decided, beyond := beyondSmall(k, n, population, num, den)
		if decided && beyond != want {
			t.Fatalf("beyondSmall(%d, %d, %d, %d/%d) = %v", k, n, population, num, den, beyond)
		}
		if !decided && population < 100_000 && den <= 10 {
			t.Fatalf("a project of %d households is not small", population)
		}
	})
}

func TestFitting(t *testing.T) {
	tests := []struct {
		factors []int64
		product int64
		fits    bool
	}{
		{[]int64{3, 5, 7}, 105, true},
		{[]int64{0, math.MaxInt64, math.MaxInt64}, 0, true},
		{[]int64{1 << 32, 1 << 30}, 1 << 62, true},
		{[]int64{math.MaxInt64, 1}, math.MaxInt64, true},
		{[]int64{1 << 32, 1 << 31}, 0, false}, // the sign
		{[]int64{1 << 32, 1 << 32}, 0, false}, // nothing left in 64 bits
		{[]int64{1 << 62, 4, 1}, 0, false},
	}
	for _, tt := range tests {
		if product, fits := fitting(tt.factors...); product != tt.product || fits != tt.fits {
			t.Errorf("fitting(%v) = %d, %v, want %d, %v", tt.factors, product, fits, tt.product, tt.fits)
		}
	}
}
