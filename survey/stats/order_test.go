package stats

import (
	"cmp"
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestCompareLower(t *testing.T) {
	tests := []struct {
		name string
		a, b Sample
		want int
	}{
		{"430 of 470 is above 9 of 9", Sample{430, 470, 1000}, Sample{9, 9, 1000}, 1},
		{"the same", Sample{5, 9, 20}, Sample{5, 9, 20}, 0},
		{"all asked, equal shares", Sample{9, 10, 10}, Sample{900, 1000, 1000}, 0},
		{"all asked, a 1e-18 apart", Sample{1e18 - 1, 1e18, 1e18}, Sample{1e18, 1e18, 1e18}, -1},
		{"nobody satisfied anywhere", Sample{0, 10, 100}, Sample{0, 9, 9}, 0},
		{"one household alone", Sample{1, 1, 1}, Sample{99, 100, 100}, 1},
		{"one household alone, a 1e-18 apart", Sample{1, 1, 1}, Sample{1e18 - 1, 1e18, 1e18}, 1},
		{"uncorrected and corrected", Sample{9, 10, 9}, Sample{9, 10, 1000}, -1},
		{"uncorrected ones ignore the population", Sample{9, 10, 9}, Sample{9, 10, 1}, 0},
		{
			"floats would turn them round",
			Sample{9074437677790359, 9501781294492813, 28505343883478439},
			Sample{9074437677790573, 9501781294493027, 28505369660976650}, -1,
		},
		{"one more household asked for", Sample{9, 10, 9_000_000_000_000_000}, Sample{9, 10, 9_000_000_000_000_001}, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := CompareLower(tt.a, tt.b); got != tt.want {
				t.Errorf("CompareLower(%v, %v) = %d, want %d", tt.a, tt.b, got, tt.want)
			}
			if got := CompareLower(tt.b, tt.a); got != -tt.want {
				t.Errorf("CompareLower(%v, %v) = %d, want %d", tt.b, tt.a, got, -tt.want)
			}
		})
	}
}

// Equal limits of unequal samples exist only where z² cancels: with the share
// 0, and where everybody was asked. All others differ and are ordered.
func TestCompareLowerExactlyAgreesWithLongFloats(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := samples().Draw(t, "a"), samples().Draw(t, "b")
		if rapid.Bool().Draw(t, "close") { // neighbours in one number
			b = a
			b.Population++
		}
		la, lb := longLower(a), longLower(b)
		want := la.Cmp(lb)
		if gap := new(big.Float).Sub(la, lb); gap.Sign() != 0 && gap.MantExp(nil) < -400 {
			want = 0 // equal as far as 500 bits see
		}
		if got := compareLowerExactly(a, b); got != want {
			t.Fatalf("compareLowerExactly(%v, %v) = %d, want %d (%v, %v)", a, b, got, want, la, lb)
		}
		if got := CompareLower(a, b); got != want {
			t.Fatalf("CompareLower(%v, %v) = %d, want %d (%v, %v)", a, b, got, want, la, lb)
		}
	})
}

// longLower is the lower limit of WilsonFinite in 500 bits.
func longLower(s Sample) *big.Float {
	float := func(v int64) *big.Float { return new(big.Float).SetPrec(500).SetInt64(v) }
	p := float(s.K)
	p.Quo(p, float(s.N))
	if s.N == s.Population {
		return p
	}
	c := float(zNum)
	c.Quo(c, float(zDen)).Quo(c, float(s.N))
	if s.N < s.Population {
		c.Mul(c, float(s.Population-s.N)).Quo(c, float(s.Population-1))
	}
	half := float(0).Quo(c, float(2))
	root := float(1)
	root.Sub(root, p).Mul(root, p).Mul(root, c)
	root.Add(root, float(0).Mul(half, half)).Sqrt(root)
	top := float(0).Add(p, half)
	return top.Sub(top, root).Quo(top, c.Add(c, float(1)))
}

func samples() *rapid.Generator[Sample] {
	return rapid.Custom(func(t *rapid.T) Sample {
		n := rapid.OneOf(rapid.Int64Range(1, 50), rapid.Int64Range(1, math.MaxInt64/4)).Draw(t, "n")
		return Sample{
			K: rapid.Int64Range(0, n).Draw(t, "k"),
			N: n,
			// Sometimes smaller than the answers.
			Population: n + rapid.OneOf(rapid.Int64Range(-1, 30), rapid.Int64Range(0, math.MaxInt64/4)).Draw(t, "more"),
		}
	})
}

// A league sorted by it is in one order, whatever order it came in.
func TestCompareLowerIsAnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		league := rapid.SliceOfN(samples(), 2, 12).Draw(t, "league")
		slices.SortFunc(league, CompareLower)
		for i := range league {
			for j := i; j < len(league); j++ {
				if CompareLower(league[i], league[j]) > 0 {
					t.Fatalf("%v is sorted before %v", league[i], league[j])
				}
			}
		}
	})
}

func TestSignWithRoots(t *testing.T) {
	for u := int64(-12); u <= 12; u++ {
		for p := int64(0); p <= 7; p++ {
			for q := int64(0); q <= 7; q++ { // squares, so that the sum is whole
				want := cmp.Compare(u+p-q, 0)
				got := signWithRoots(big.NewInt(u), big.NewInt(p*p), big.NewInt(q*q))
				if got != want {
					t.Errorf("sign of %d + √%d − √%d = %d, want %d", u, p*p, q*q, got, want)
				}
			}
		}
	}
}
