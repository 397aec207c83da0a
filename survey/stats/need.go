package stats

import "math/big"

// n0Num over e² is n0 of RULES §4, e in permille:
// 1.96²·¼/(e/1000)² = 960400/e².
const n0Num = 960_400

// Needed is need(N, e) of RULES §4: how many answers a population of N
// households owes so that the sampling error of a share stays within the
// margin at 95 % confidence, never more than N.
// The margin is in permille (50 = 5 %). A population of 0 or less needs 0
// answers; a margin of 0 or less can only be kept by asking everybody.
func Needed(population, marginPermille int64) int64 {
	if population <= 0 {
		return 0
	}
	if marginPermille <= 0 {
		return population
	}
	// n0/(1+(n0−1)/N) with n0 = A/e² is A·N / (e²·(N−1) + A). The quotient
	// is never above N, so the min of RULES §4 needs no line of its own.
	if population <= 1e12 && marginPermille <= 1000 { // both terms below 1e18+1e6
		divisor := marginPermille*marginPermille*(population-1) + n0Num
		return (n0Num*population + divisor - 1) / divisor
	}
	divisor := product(marginPermille, marginPermille, population-1)
	divisor.Add(divisor, big.NewInt(n0Num))
	need, rest := new(big.Int).QuoRem(product(n0Num, population), divisor, new(big.Int))
	if rest.Sign() > 0 {
		return need.Int64() + 1
	}
	return need.Int64()
}

// Unlimited is n0 of RULES §4: what an endless population would owe for a
// margin in permille, which is above 0.
func Unlimited(marginPermille int64) *big.Rat {
	return new(big.Rat).SetFrac(big.NewInt(n0Num), product(marginPermille, marginPermille))
}

// Unrounded is n0 / (1 + (n0−1)/N), of which Needed is the whole number above.
// Population and margin are above 0.
func Unrounded(population, marginPermille int64) *big.Rat {
	divisor := product(marginPermille, marginPermille, population-1)
	return new(big.Rat).SetFrac(product(n0Num, population), divisor.Add(divisor, big.NewInt(n0Num)))
}
