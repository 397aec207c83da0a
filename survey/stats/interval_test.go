package stats

import (
	"math"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// inside wants got within a tolerance of want.
func inside(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %.12f, want %.12f ± %g", what, got, want, tolerance)
	}
}

// methods compute the intervals of the vector files. Wald, mid-P and
// likelihood are not offered by this package; their published limits check
// the z² and the beta distribution that the others are made of.
func methods() map[string]func(k, n int64) (lo, hi float64) {
	return map[string]func(k, n int64) (lo, hi float64){
		"1_wald":            func(k, n int64) (float64, float64) { return wald(k, n, 0) },
		"2_wald_cc":         func(k, n int64) (float64, float64) { return wald(k, n, 0.5/float64(n)) },
		"3_wilson":          Wilson,
		"4_wilson_cc":       WilsonCorrected,
		"5_clopper_pearson": ClopperPearson,
		"6_mid_p":           midP,
		"7_likelihood":      likelihood,
		"wilson":            Wilson,
		"wilson_cc":         WilsonCorrected,
		"clopper_pearson":   ClopperPearson,
	}
}

func wald(k, n int64, correction float64) (lo, hi float64) {
	p := float64(k) / float64(n)
	half := math.Sqrt(zSquared*p*(1-p)/float64(n)) + correction
	return p - half, p + half
}

func midP(k, n int64) (lo, hi float64) {
	a, b := float64(k), float64(n-k)
	above := func(x float64) float64 { return (betaCDF(a, b+1, x) + betaCDF(a+1, b, x)) / 2 }
	return rising(above, tail, 0, 1), rising(above, 1-tail, 0, 1)
}

func likelihood(k, n int64) (lo, hi float64) {
	a, b := float64(k), float64(n-k)
	p := a / float64(n)
	drop := func(x float64) float64 {
		return 2 * (a*math.Log(p/x) + b*math.Log((1-p)/(1-x)))
	}
	falling := func(x float64) float64 { return -drop(x) }
	return rising(falling, -zSquared, 1e-12, p), rising(drop, zSquared, p, 1-1e-12)
}

// rising finds where a rising function reaches a value between lo and hi.
func rising(f func(float64) float64, value, lo, hi float64) float64 {
	for range 100 {
		if mid := (lo + hi) / 2; f(mid) < value {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}

func TestPublishedIntervals(t *testing.T) {
	tests := []struct {
		file      string
		rows      int
		tolerance func(t *testing.T, r row) float64 // of the published limits
	}{
		{"ci_newcombe1998.csv", 14, halfUnit},
		{"ci_other.csv", 2, halfUnit},
		{"ci_r_binom.csv", 6, func(t *testing.T, r row) float64 {
			if r["method"] == "clopper_pearson" {
				return 1e-6
			}
			return 1e-9
		}},
	}
	for _, tt := range tests {
		for _, r := range readVectors(t, tt.file, tt.rows) {
			t.Run(tt.file+"/"+r["method"]+"_"+r["r"]+"_"+r["n"], func(t *testing.T) {
				if r["conf"] != "0.95" {
					t.Fatalf("confidence %s, only 0.95 is known", r["conf"])
				}
				method, ok := methods()[r["method"]]
				if !ok {
					t.Fatalf("unknown method %q", r["method"])
				}
				lo, hi := method(r.int(t, "r"), r.int(t, "n"))
				inside(t, "lower", lo, r.float(t, "lower_published"), tt.tolerance(t, r))
				inside(t, "upper", hi, r.float(t, "upper_published"), tt.tolerance(t, r))
				inside(t, "lower recomputed", lo, r.float(t, "lower_recomputed"), 1e-10)
				inside(t, "upper recomputed", hi, r.float(t, "upper_recomputed"), 1e-10)
			})
		}
	}
}

// halfUnit is half a unit of the last published decimal.
func halfUnit(t *testing.T, r row) float64 {
	decimals, err := strconv.Atoi(r["decimals"])
	if err != nil {
		t.Fatal(err)
	}
	return 0.5 * math.Pow10(-decimals)
}

func TestWilsonFiniteVectors(t *testing.T) {
	for _, r := range readVectors(t, "ci_wilson_fpc.csv", 10) {
		t.Run(r["r"]+"_"+r["n"]+"_"+r["N"], func(t *testing.T) {
			if r["conf"] != "0.95" {
				t.Fatalf("confidence %s, only 0.95 is known", r["conf"])
			}
			lo, hi := WilsonFinite(r.int(t, "r"), r.int(t, "n"), r.int(t, "N"))
			inside(t, "lower", lo, r.float(t, "lower"), 0.5e-10)
			inside(t, "upper", hi, r.float(t, "upper"), 0.5e-10)
		})
	}
}

func TestIntervalEdges(t *testing.T) {
	tests := []struct {
		name      string
		got, want [2]float64
	}{
		{"census", pair(WilsonFinite(7, 9, 9)), pair(7.0/9, 7.0/9)},
		{"one household", pair(WilsonFinite(1, 1, 1)), pair(1, 1)},
		{"one household, dissatisfied", pair(WilsonFinite(0, 1, 1)), pair(0, 0)},
		{"more answers than the population", pair(WilsonFinite(7, 9, 8)), pair(Wilson(7, 9))},
		{"no answer", pair(WilsonFinite(0, 0, 100)), pair(0, 1)},
		{"no answer, no population", pair(WilsonFinite(0, 0, 0)), pair(0, 1)},
		{"no answer, infinite", pair(Wilson(0, 0)), pair(0, 1)},
		{"no answer, corrected", pair(WilsonCorrected(0, 0)), pair(0, 1)},
		{"no answer, exact", pair(ClopperPearson(0, 0)), pair(0, 1)},
		{"k > n", pair(WilsonFinite(2, 1, 100)), pair(0, 1)},
		{"k > n, exact", pair(ClopperPearson(2, 1)), pair(0, 1)},
		{"k < 0", pair(WilsonCorrected(-1, 1)), pair(0, 1)},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, tt.got, tt.want)
		}
	}
}

func pair(lo, hi float64) [2]float64 { return [2]float64{lo, hi} }

// An interval lies within [0, 1], holds the share, and touches 0 and 1 exactly
// where nobody and everybody is satisfied.
func TestIntervalsHoldTheShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 20_000).Draw(t, "n")
		k := rapid.Int64Range(0, n).Draw(t, "k")
		population := n + rapid.Int64Range(0, 1_000_000).Draw(t, "more")
		p := float64(k) / float64(n)
		finite := func(k, n int64) (float64, float64) { return WilsonFinite(k, n, population) }
		for name, f := range map[string]func(k, n int64) (lo, hi float64){
			"Wilson": Wilson, "WilsonCorrected": WilsonCorrected,
			"ClopperPearson": ClopperPearson, "WilsonFinite": finite,
		} {
			lo, hi := f(k, n)
			if !(0 <= lo && lo <= p+1e-12 && p-1e-12 <= hi && hi <= 1) {
				t.Fatalf("%s(%d, %d) = [%v, %v] does not hold %v", name, k, n, lo, hi, p)
			}
			if k == 0 && lo != 0 || k == n && hi != 1 {
				t.Fatalf("%s(%d, %d) = [%v, %v]: the end is not exact", name, k, n, lo, hi)
			}
		}
		lo, hi := Wilson(k, n)
		flo, fhi := finite(k, n)
		if flo < lo-1e-12 || fhi > hi+1e-12 {
			t.Fatalf("the finite interval [%v, %v] is wider than [%v, %v]", flo, fhi, lo, hi)
		}
	})
}

// Sizes of a city, and far beyond, still end and stay in order.
func TestClopperPearsonOfACity(t *testing.T) {
	for _, n := range []int64{9_000_000, math.MaxInt64 / 2} {
		lo, hi := ClopperPearson(n/10*9, n)
		if !(lo > 0.89 && lo <= hi && hi < 0.91) {
			t.Errorf("ClopperPearson of 90 %% of %d = [%v, %v]", n, lo, hi)
		}
	}
}
