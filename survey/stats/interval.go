package stats

import "math"

// Wilson is the 95 % score interval of a share of k in n, as fractions
// (Newcombe 1998, method 3). Counts that cannot be, and n = 0, know nothing:
// [0, 1].
func Wilson(k, n int64) (lo, hi float64) {
	if !possible(k, n) {
		return 0, 1
	}
	return score(k, n, zSquared/float64(n))
}

// WilsonFinite is Wilson with the finite population correction, as fractions:
// the more of the population has answered, the narrower, and where all have
// (n = N) it is [k/n, k/n]. With more answers than the population the
// population is not the right one, so no correction is made.
func WilsonFinite(k, n, population int64) (lo, hi float64) {
	switch {
	case !possible(k, n):
		return 0, 1
	case n > population:
		return Wilson(k, n)
	case n == population:
		p := float64(k) / float64(n)
		return p, p
	}
	left := float64(population-n) / float64(population-1)
	return score(k, n, zSquared/float64(n)*left)
}

// score solves (1+c)·x² − (2p+c)·x + p² = 0, c being z² over the effective
// size. The lower root is written as p² over the larger sum, and the upper
// one as its mirror image: so nothing cancels, k = 0 gives exactly 0 and
// k = n exactly 1.
func score(k, n int64, c float64) (lo, hi float64) {
	p, q := float64(k)/float64(n), float64(n-k)/float64(n)
	root := math.Sqrt(c*p*q + c*c/4)
	return p * p / (p + c/2 + root), 1 - q*q/(q+c/2+root)
}

// WilsonCorrected is Wilson with continuity correction (Newcombe 1998,
// method 4), as fractions; [0, 1] like Wilson where nothing is known.
// The correction is always ½, where R's prop.test shrinks it close to p = ½.
func WilsonCorrected(k, n int64) (lo, hi float64) {
	if !possible(k, n) {
		return 0, 1
	}
	size := float64(n)
	p, q := float64(k)/size, float64(n-k)/size
	hi = 1
	if k > 0 {
		root := math.Sqrt(zSquared - 2 - 1/size + 4*p*(size*q+1))
		lo = (2*size*p + zSquared - 1 - math.Sqrt(zSquared)*root) / (2 * (size + zSquared))
	}
	if k < n {
		root := math.Sqrt(zSquared + 2 - 1/size + 4*p*(size*q-1))
		hi = (2*size*p + zSquared + 1 + math.Sqrt(zSquared)*root) / (2 * (size + zSquared))
	}
	return max(lo, 0), min(hi, 1)
}

// possible says whether k of n can have been counted at all.
func possible(k, n int64) bool { return n > 0 && k >= 0 && k <= n }
