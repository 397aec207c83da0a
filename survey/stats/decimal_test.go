package stats

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestDecimal(t *testing.T) {
	for _, tt := range []struct {
		num, den int64
		places   int
		want     string
	}{
		{38416, 100, 2, "384.16"},
		{9604, 9, 2, "1067.11"},
		{278, 1, 1, "278.0"},
		{278, 1, 0, "278"},
		{278001, 1000, 1, "278.001"},
		{277999, 1000, 2, "277.999"},
		{5, 2, 0, "2.5"},
	} {
		if got := Decimal(big.NewRat(tt.num, tt.den), tt.places); got != tt.want {
			t.Errorf("Decimal(%d/%d, %d) = %s, want %s", tt.num, tt.den, tt.places, got, tt.want)
		}
	}
}

// What is printed lies on the side of every whole number on which it is.
func TestDecimalKeepsItsSide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := big.NewRat(rapid.Int64Range(0, 1_000_000).Draw(t, "num"), rapid.Int64Range(1, 5000).Draw(t, "den"))
		printed, ok := new(big.Rat).SetString(Decimal(r, rapid.IntRange(0, 3).Draw(t, "places")))
		if !ok {
			t.Fatal("it is no number")
		}
		whole := new(big.Rat).SetInt64(rapid.Int64Range(-1, 2).Draw(t, "off"))
		floor := new(big.Int).Quo(r.Num(), r.Denom())
		whole.Add(whole, new(big.Rat).SetInt(floor))
		if printed.Cmp(whole) != r.Cmp(whole) {
			t.Errorf("%s is printed %s: the other side of %s", r, printed.FloatString(9), whole)
		}
	})
}

// The size is rounded up from the number that is shown before it.
func TestUnroundedIsRoundedUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		population, margin := rapid.Int64Range(1, 20_000).Draw(t, "N"), rapid.Int64Range(10, 200).Draw(t, "margin")
		need, exact := Needed(population, margin), Unrounded(population, margin)
		n0 := Unlimited(margin)
		one, all := big.NewRat(1, 1), big.NewRat(population, 1)
		formula := new(big.Rat).Sub(n0, one)
		formula.Quo(formula, all).Add(formula, one)
		if formula.Quo(n0, formula).Cmp(exact) != 0 {
			t.Errorf("need(%d, %d) is %s before rounding, want %s", population, margin, exact, formula)
		}
		if exact.Cmp(big.NewRat(need, 1)) > 0 || exact.Cmp(big.NewRat(need-1, 1)) <= 0 {
			t.Errorf("need(%d, %d) = %d, rounded up from %s", population, margin, need, exact)
		}
	})
}
