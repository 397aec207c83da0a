package stats

import (
	"cmp"
	"math"
	"math/big"
)

// Sample is k of n answers that count, out of a population.
type Sample struct{ K, N, Population int64 }

// CompareLower compares the lower limits of two samples' WilsonFinite
// intervals: negative where a's is lower, 0 where they are equal as exact
// numbers, positive where a's is higher. Both samples need n > 0 and
// 0 ≤ k ≤ n.
func CompareLower(a, b Sample) int {
	if a == b {
		return 0
	}
	la, _ := WilsonFinite(a.K, a.N, a.Population)
	lb, _ := WilsonFinite(b.K, b.N, b.Population)
	if Apart(la, lb) {
		return cmp.Compare(la, lb)
	}
	return compareLowerExactly(a, b)
}

// Apart says whether two limits as WilsonFinite computes them are so far
// apart that they compare as the exact numbers do. Limits are between 0 and 1
// and computed to a few units of 1e-16.
func Apart(a, b float64) bool { return math.Abs(a-b) > 1e-12 }

// compareLowerExactly compares (B₁−√Δ₁)/(2A₁) with (B₂−√Δ₂)/(2A₂), the
// smaller roots of the two samples' quadratics, without taking a root.
func compareLowerExactly(a, b Sample) int {
	a1, b1, d1 := a.quadratic()
	a2, b2, d2 := b.quadratic()
	u := new(big.Int).Mul(a2, b1)
	u.Sub(u, new(big.Int).Mul(a1, b2))
	p := d2.Mul(d2, a1.Mul(a1, a1))
	q := d1.Mul(d1, a2.Mul(a2, a2))
	return signWithRoots(u, p, q)
}

// quadratic is A·x² − B·x + C = 0, whose smaller root is the lower limit, with
// whole coefficients: that of score times zDen·n²·(N−1). It returns A, B and
// the discriminant B² − 4·A·C.
func (s Sample) quadratic() (a, b, discriminant *big.Int) {
	all, left := s.Population-1, s.Population-s.N
	switch {
	case left < 0: // no correction, as in WilsonFinite
		all, left = 1, 1
	case left == 0: // everybody answered, perhaps one household alone
		all = 1
	}
	spread := product(zNum, s.N, left)
	a = product(zDen, s.N, s.N, all)
	a.Add(a, spread)
	b = product(2, zDen, s.K, s.N, all)
	b.Add(b, spread)
	c := product(4, zDen, s.K, s.K, all)
	discriminant = new(big.Int).Mul(b, b)
	return a, b, discriminant.Sub(discriminant, c.Mul(c, a))
}

// signWithRoots is the sign of u + √p − √q for p, q ≥ 0.
func signWithRoots(u, p, q *big.Int) int {
	if u.Sign() < 0 {
		return -signWithRoots(new(big.Int).Neg(u), q, p)
	}
	// Both sides of u + √p against √q are ≥ 0, so their squares compare
	// alike: 2u·√p against t = q − u² − p, and once more where t ≥ 0.
	square := new(big.Int).Mul(u, u)
	t := new(big.Int).Sub(q, square)
	t.Sub(t, p)
	if t.Sign() < 0 {
		return 1
	}
	left := square.Mul(square, p)
	left.Lsh(left, 2)
	return left.Cmp(t.Mul(t, t))
}
