package stats

import (
	"math"
	"math/big"
	"math/bits"
)

// Beyond is the "clear" of RULES §5: does the share k/n, seen in a sample of
// n out of the population, differ from the threshold num/den by more than
// chance? On which side it lies is the business of the caller.
//
// It is the question whether the threshold lies outside WilsonFinite, asked
// without computing the interval: n = N, or
// (b·k − a·n)²·(N−1) > z²·a·(b−a)·n·(N−n) for the threshold a/b.
//
// Nothing is clear where nothing can be judged: no answers, more satisfied
// than answered, more answered than the population, negative counts, or a
// threshold that is not between 0 and 1.
func Beyond(k, n, population, num, den int64) bool {
	if n <= 0 || k < 0 || k > n || n > population || den <= 0 || num < 0 || num > den {
		return false
	}
	if n == population {
		return true
	}
	if decided, beyond := beyondSmall(k, n, population, num, den); decided {
		return beyond
	}
	left, right := Sides(k, n, population, num, den)
	return new(big.Rat).SetInt(left).Cmp(right) > 0
}

// Sides are both sides of the comparison that Beyond makes where not everybody
// has answered: (b·k − a·n)²·(N−1) and z²·a·(b−a)·n·(N−n) for the threshold a/b.
func Sides(k, n, population, num, den int64) (left *big.Int, right *big.Rat) {
	distance := new(big.Int).Sub(product(den, k), product(num, n))
	left = new(big.Int).Mul(distance, distance)
	left.Mul(left, product(population-1))
	return left, new(big.Rat).SetFrac(product(zNum, num, den-num, n, population-n), product(zDen))
}

// beyondSmall decides where both sides without z² fit 64 bits, as those of
// every real project do: a city's dashboard asks for tens of thousands of
// verdicts, and this is ten times as fast as big numbers. It says whether it
// could decide.
func beyondSmall(k, n, population, num, den int64) (decided, beyond bool) {
	bk, fits1 := fitting(den, k)
	an, fits2 := fitting(num, n)
	if !fits1 || !fits2 {
		return false, false
	}
	distance := max(bk-an, an-bk)
	left, fits1 := fitting(distance, distance, population-1)
	right, fits2 := fitting(num, den-num, n, population-n)
	if !fits1 || !fits2 {
		return false, false
	}
	return true, CompareShare(left, right, zNum, zDen) > 0
}

// fitting multiplies factors ≥ 0 and says whether the product is an int64.
func fitting(factors ...int64) (int64, bool) {
	p := uint64(1)
	for _, f := range factors {
		high, low := bits.Mul64(p, uint64(f))
		if high != 0 || low > math.MaxInt64 {
			return 0, false
		}
		p = low
	}
	return int64(p), true
}

// product multiplies without a limit of 64 bits.
func product(factors ...int64) *big.Int {
	p, f := big.NewInt(1), new(big.Int)
	for _, factor := range factors {
		p.Mul(p, f.SetInt64(factor))
	}
	return p
}
