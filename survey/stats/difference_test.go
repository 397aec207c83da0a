package stats

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// Newcombe RG (1998) Interval estimation for the difference between
// independent proportions: comparison of eleven methods. Statistics in
// Medicine 17:873–890, Table II, method 10. The first two are looked up in a
// public test suite that quotes the table (R package propint), the others are
// from memory; all match what 60-digit decimals give.
func TestDifferenceIsNewcombes(t *testing.T) {
	for _, tt := range []struct{ k1, n1, k2, n2, lo, hi float64 }{
		{56, 70, 48, 80, 0.0524, 0.3339},
		{9, 10, 3, 10, 0.1705, 0.8090},
		{6, 7, 2, 7, 0.0582, 0.8062},
		{5, 56, 0, 29, -0.0381, 0.1926},
		{0, 10, 0, 20, -0.1611, 0.2775},
		{0, 10, 0, 10, -0.2775, 0.2775},
		{10, 10, 0, 20, 0.6791, 1},
		{10, 10, 0, 10, 0.6075, 1},
	} {
		before := Sample{int64(tt.k2), int64(tt.n2), 1 << 50}
		after := Sample{int64(tt.k1), int64(tt.n1), 1 << 50}
		lo, hi := Difference(before, after)
		inside(t, "lower limit", lo, tt.lo, 0.00005)
		inside(t, "upper limit", hi, tt.hi, 0.00005)
		turnedLo, turnedHi := Difference(after, before)
		inside(t, "turned round, lower", turnedLo, -hi, 1e-12)
		inside(t, "turned round, upper", turnedHi, -lo, 1e-12)
	}
}

func TestDiffers(t *testing.T) {
	for _, tt := range []struct {
		name          string
		before, after Sample
		want          int
	}{
		{"80 % of 300 to 88 % of 300", Sample{240, 300, 1000}, Sample{264, 300, 1000}, 1},
		{"80 % of 300 to 84 % of 300", Sample{240, 300, 1000}, Sample{252, 300, 1000}, 0},
		{"the same by as many more households", Sample{240, 300, 320}, Sample{252, 300, 320}, 1},
		{"the same counts", Sample{240, 300, 1000}, Sample{240, 300, 1000}, 0},
		{"the same share of other counts", Sample{8, 10, 1000}, Sample{240, 300, 1000}, 0},
		{"everybody asked twice, one more", Sample{80, 100, 100}, Sample{81, 100, 100}, 1},
		{"everybody asked twice, a 1e-18 apart", Sample{1e18, 1e18, 1e18}, Sample{1e18 - 1, 1e18, 1e18}, -1},
		{"all of four and none of four", Sample{4, 4, 1000}, Sample{0, 4, 1000}, -1},
		{"nobody asked", Sample{0, 0, 10}, Sample{9, 10, 10}, 0},
		{"counts that cannot be", Sample{11, 10, 100}, Sample{1, 10, 100}, 0},
		{"more answers than the population are not corrected", Sample{240, 300, 299}, Sample{252, 300, 299}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Differs(tt.before, tt.after); got != tt.want {
				t.Errorf("Differs = %d, want %d", got, tt.want)
			}
			if got := Differs(tt.after, tt.before); got != -tt.want {
				t.Errorf("turned round Differs = %d, want %d", got, -tt.want)
			}
		})
	}
}

// The exact decision is the one that 500 bits take.
func TestDiffersAgreesWithLongFloats(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := samples().Draw(t, "before"), samples().Draw(t, "after")
		if CompareShare(before.K, before.N, after.K, after.N) > 0 {
			before, after = after, before
		}
		want, sure := longHigher(before, after)
		if !sure {
			return
		}
		if got := higherExactly(before, after); got != want {
			t.Fatalf("higherExactly(%v, %v) = %v, want %v", before, after, got, want)
		}
		if CompareShare(before.K, before.N, after.K, after.N) == 0 {
			return
		}
		if got := Differs(before, after) == 1; got != want {
			t.Fatalf("Differs(%v, %v) = 1 is %v, want %v", before, after, got, want)
		}
	})
}

// The word and the interval that stands beside it say the same.
func TestDiffersIsWhatTheIntervalSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := samples().Draw(t, "before"), samples().Draw(t, "after")
		lo, hi := Difference(before, after)
		switch got := Differs(before, after); {
		case lo > 1e-9 && got != 1, hi < -1e-9 && got != -1, lo < -1e-9 && hi > 1e-9 && got != 0:
			t.Fatalf("Differs(%v, %v) = %d beside [%v, %v]", before, after, got, lo, hi)
		}
		d := float64(after.K)/float64(after.N) - float64(before.K)/float64(before.N)
		if lo > d+1e-12 || hi < d-1e-12 || lo < -1 || hi > 1 {
			t.Fatalf("[%v, %v] does not hold %v", lo, hi, d)
		}
	})
}

// More satisfied afterwards never lowers the word.
func TestDiffersIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 2000).Draw(t, "n")
		before := Sample{K: rapid.Int64Range(0, n).Draw(t, "k"), N: n, Population: n + rapid.Int64Range(0, 5000).Draw(t, "more")}
		m := rapid.Int64Range(1, 2000).Draw(t, "m")
		after := Sample{K: rapid.Int64Range(0, m-1).Draw(t, "j"), N: m, Population: m + rapid.Int64Range(0, 5000).Draw(t, "others")}
		one := after
		one.K++
		if a, b := Differs(before, after), Differs(before, one); b < a {
			t.Fatalf("Differs(%v, %v) = %d, with one more satisfied %d", before, after, a, b)
		}
	})
}

// longHigher is higher in 500 bits, and whether they can tell.
func longHigher(before, after Sample) (yes, sure bool) {
	p, q := ratio(before), ratio(after)
	d := long().Sub(q, p)
	below := long().Sub(q, longLower(after))
	// The upper limit is the lower one of those who are not satisfied, turned.
	turned := Sample{before.N - before.K, before.N, before.Population}
	above := long().Sub(long().Sub(long().SetInt64(1), longLower(turned)), p)
	gap := long().Sub(long().Mul(d, d), long().Add(long().Mul(below, below), long().Mul(above, above)))
	return gap.Sign() > 0, gap.Sign() != 0 && gap.MantExp(nil) > -400
}

func ratio(s Sample) *big.Float { return long().Quo(long().SetInt64(s.K), long().SetInt64(s.N)) }

func long() *big.Float { return new(big.Float).SetPrec(500) }

func BenchmarkDiffers(b *testing.B) {
	for b.Loop() {
		if Differs(Sample{240, 300, 1000}, Sample{252, 300, 1000}) != 0 {
			b.Fatal(math.NaN())
		}
	}
}
