package stats

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// endless stands for the infinite population of a published table: so large
// that need(N, e) has reached ceil(n0), which a margin of 1 ‰ does at 10¹².
const endless = math.MaxInt64

func TestNeeded(t *testing.T) {
	tests := []struct {
		name             string
		population, e, n int64
	}{
		{"nobody", 0, 50, 0},
		{"less than nobody", -7, 50, 0},
		{"one household", 1, 50, 1},
		{"two", 2, 50, 2},
		{"the floor begins to matter", 31, 50, 29},
		{"a city of households", 9_000_000, 50, 385},
		{"a city at 1 ‰", 9_000_000, 1, 867_797},
		{"no error allowed", 1000, 0, 1000},
		{"less than none allowed", 1000, -1, 1000},
		{"any error allowed", 1000, 1000, 1},
		{"absurd error allowed", math.MaxInt64, math.MaxInt64, 1},
		{"all numbers at 1 ‰", math.MaxInt64, 1, 960_400},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Needed(tt.population, tt.e); got != tt.n {
				t.Errorf("Needed(%d, %d) = %d, want %d", tt.population, tt.e, got, tt.n)
			}
		})
	}
}

// exactNeed is need(N, e) of RULES §4 as it is written there, before rounding.
func exactNeed(population, e int64) *big.Rat {
	one := big.NewRat(1, 1)
	n0 := big.NewRat(196*196, 100*100*4)
	margin := big.NewRat(e, 1000)
	n0.Quo(n0, margin.Mul(margin, margin))
	below := new(big.Rat).Sub(n0, one)
	below.Quo(below, big.NewRat(population, 1)).Add(below, one)
	return n0.Quo(n0, below)
}

func ceil(r *big.Rat) int64 {
	q, rest := new(big.Int).QuoRem(r.Num(), r.Denom(), new(big.Int))
	if rest.Sign() > 0 {
		return q.Int64() + 1
	}
	return q.Int64()
}

// nearest rounds half up.
func nearest(r *big.Rat) int64 {
	doubled := new(big.Rat).Add(r, big.NewRat(1, 2))
	return new(big.Int).Quo(doubled.Num(), doubled.Denom()).Int64()
}

// wantExact compares a fraction with a column that prints it rounded.
func wantExact(t *testing.T, got *big.Rat, r row, column string, decimals int) {
	t.Helper()
	if s := got.FloatString(decimals); s != r[column] {
		t.Errorf("%s = %s, want %s", column, s, r[column])
	}
}

func wantInt(t *testing.T, got int64, r row, column string) {
	t.Helper()
	if want := r.int(t, column); got != want {
		t.Errorf("%s = %d, want %d", column, got, want)
	}
}

// The table of Krejcie and Morgan (1970) rounds to the nearest whole number
// and uses 3.841; ours asks for at least the exact size with 1.96².
func TestKrejcieMorganTable(t *testing.T) {
	for _, r := range readVectors(t, "sample_krejcie_morgan1970.csv", 45) {
		t.Run(r["N"], func(t *testing.T) {
			population := r.int(t, "N")
			exact := krejcieMorgan(population)
			wantExact(t, exact, r, "exact_value", 6)
			wantInt(t, nearest(exact), r, "nearest")
			wantInt(t, nearest(exact), r, "S_published")
			wantInt(t, ceil(exact), r, "ceil")
			wantInt(t, Needed(population, 50), r, "platform_rule")
		})
	}
}

// krejcieMorgan is χ²·N·P·(1−P) / (d²·(N−1) + χ²·P·(1−P)) with χ² = 3.841,
// P = ½ and d = 5 %.
func krejcieMorgan(population int64) *big.Rat {
	spread := big.NewRat(3841, 4000)
	size := new(big.Rat).Mul(spread, big.NewRat(population, 1))
	return size.Quo(size, spread.Add(spread, big.NewRat(population-1, 400)))
}

func TestPublishedSampleSizes(t *testing.T) {
	for _, r := range readVectors(t, "sample_size_points.csv", 15) {
		t.Run(r["published_rule"]+"/"+r["e"]+"_"+r["N"], func(t *testing.T) {
			if r["z"] != "1.96" || r["p"] != "1/2" {
				t.Fatalf("z = %s, p = %s: only 1.96 and ½ are known", r["z"], r["p"])
			}
			e, population := r.permille(t, "e"), int64(endless)
			if r["N"] != "inf" {
				population = r.int(t, "N")
			}
			exact, rounded := publishedSize(t, r["published_rule"], e, population)
			wantExact(t, exact, r, "exact_value", 6)
			wantInt(t, rounded, r, "published_n")
			wantInt(t, rounded, r, "recomputed_n")
			wantInt(t, Needed(population, e), r, "platform_rule_n")
		})
	}
}

// publishedSize computes a size by the variant a publication used.
func publishedSize(t *testing.T, rule string, e, population int64) (*big.Rat, int64) {
	t.Helper()
	n0 := big.NewRat(n0Num, e*e)
	people := big.NewRat(population, 1)
	switch rule {
	case "n0/ceil":
		return n0, ceil(n0)
	case "fpc_simple/ceil", "fpc_simple/nearest": // n0 / (1 + n0/N)
		size := new(big.Rat).Mul(n0, people)
		size.Quo(size, people.Add(people, n0))
		if rule == "fpc_simple/ceil" {
			return size, ceil(size)
		}
		return size, nearest(size)
	case "n0ceil_fpc/nearest": // n0 / (1 + (n0−1)/N) with n0 rounded up first
		n0.SetInt64(ceil(n0))
		size := new(big.Rat).Mul(n0, people)
		people.Add(people, n0)
		size.Quo(size, people.Sub(people, big.NewRat(1, 1)))
		return size, nearest(size)
	}
	t.Fatalf("unknown rule %q", rule)
	return nil, 0
}

func TestTenantSatisfactionBands(t *testing.T) {
	for _, r := range readVectors(t, "uk_tsm_accuracy_bands.csv", 12) {
		t.Run(r["N"], func(t *testing.T) {
			population, e := r.int(t, "N"), r.permille(t, "margin")
			if population < r.int(t, "band_low") || r["band_high"] != "" && population > r.int(t, "band_high") {
				t.Errorf("%d homes are outside the band %s–%s", population, r["band_low"], r["band_high"])
			}
			exact := exactNeed(population, e)
			wantExact(t, exact, r, "exact_value", 4)
			wantInt(t, nearest(exact), r, "n_nearest")
			wantInt(t, Needed(population, e), r, "n_ceil")
		})
	}
}

func TestNeededFollowsTheFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		population := populations().Draw(t, "population")
		e := rapid.Int64Range(1, 1200).Draw(t, "e")
		want := min(population, ceil(exactNeed(population, e)))
		if got := Needed(population, e); got != want {
			t.Fatalf("Needed(%d, %d) = %d, want %d", population, e, got, want)
		}
	})
}

func TestNeededLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		population := populations().Draw(t, "population")
		e := rapid.Int64Range(1, 1200).Draw(t, "e")
		need := Needed(population, e)
		if need < 1 || need > population {
			t.Fatalf("Needed(%d, %d) = %d, not between 1 and the population", population, e, need)
		}
		if more := Needed(population+1, e); more < need {
			t.Fatalf("%d households need %d answers, one more only %d", population, need, more)
		}
		if looser := Needed(population, e+1); looser > need {
			t.Fatalf("margin %d needs %d answers, one more permille %d", e, need, looser)
		}
	})
}

// populations are small ones, those of projects and cities, and any at all.
func populations() *rapid.Generator[int64] {
	return rapid.OneOf(
		rapid.Int64Range(1, 60),
		rapid.Int64Range(1, 10_000_000),
		rapid.Int64Range(1, math.MaxInt64-1),
	)
}
