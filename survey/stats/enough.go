package stats

import "math/big"

// BeyondFrom is the smallest sample out of the population that would lie beyond
// the threshold num/den (see Beyond) with the share of k in n, fractions of an
// answer allowed: at the latest the whole population. It wants 0 ≤ k ≤ n,
// 0 < n ≤ population and a threshold between 0 and 1, neither of them.
func BeyondFrom(k, n, population, num, den int64) int64 {
	// With the share k/n the distance grows with the size m: the comparison
	// (D·m/n)²·(N−1) > z²·a·(b−a)·m·(N−m), D = b·k − a·n, holds from
	// m·(D²·(N−1) + z²·a·(b−a)·n²) > z²·a·(b−a)·n²·N on.
	distance := new(big.Int).Sub(product(den, k), product(num, n))
	spread := product(zNum, num, den-num, n, n)
	limit := product(population)
	limit.Mul(limit, spread)
	each := distance.Mul(distance, distance)
	each.Mul(each, product(zDen, population-1))
	limit.Quo(limit, each.Add(each, spread))
	return min(limit.Int64()+1, population)
}
