package stats

import (
	"math"
	"math/big"
)

// Difference is the 95 % interval of the share after less the share before,
// as fractions between -1 and 1: the hybrid score interval of Newcombe 1998
// ("Interval estimation for the difference between independent proportions:
// comparison of eleven methods", Statistics in Medicine 17:873–890, method
// 10), made of the two samples' WilsonFinite intervals and so with the finite
// population correction. Where everybody answered twice it is one point.
// Counts that cannot be, and n = 0, know nothing: [-1, 1].
//
// The samples are taken as independent. Homes that answered both times move
// together more often than not, so that the interval is rather too wide.
func Difference(before, after Sample) (lo, hi float64) {
	if !before.known() || !after.known() {
		return -1, 1
	}
	d, below, above := difference(before, after)
	return max(-1, d-below), min(1, d+above)
}

// Differs says whether two shares differ by more than chance: -1 where after
// is lower than before, +1 where it is higher, 0 where Difference holds the
// 0. It decides exactly: where floats cannot tell, with whole numbers.
func Differs(before, after Sample) int {
	if !before.known() || !after.known() {
		return 0
	}
	side := CompareShare(after.K, after.N, before.K, before.N)
	if side < 0 { // the interval of the difference is turned round with it
		before, after = after, before
	}
	if side == 0 || !higher(before, after) {
		return 0
	}
	return side
}

// higher says whether after, whose share is the higher one, lies above before
// by more than chance: d > below, as squares.
func higher(before, after Sample) bool {
	d, below, _ := difference(before, after)
	if Apart(d*d, below*below) {
		return d > below
	}
	return higherExactly(before, after)
}

// known says whether a sample can have been counted at all.
func (s Sample) known() bool { return possible(s.K, s.N) }

// difference is the difference of two shares and how far its interval reaches
// below and above it.
func difference(before, after Sample) (d, below, above float64) {
	p, q := float64(before.K)/float64(before.N), float64(after.K)/float64(after.N)
	pLo, pHi := WilsonFinite(before.K, before.N, before.Population)
	qLo, qHi := WilsonFinite(after.K, after.N, after.Population)
	return q - p, math.Hypot(q-qLo, pHi-p), math.Hypot(qHi-q, p-pLo)
}

// higherExactly decides d² > (q − lower)² + (upper − p)² without a root. With
// the limits as roots of A·x² − B·x + C (quadratic), Δ its discriminant and
// e = B − 2·A·k/n, brought over one denominator, it is the question whether
//
//	u + x·√Δ₂ − y·√Δ₁ > 0.
func higherExactly(before, after Sample) bool {
	a1, e1, d1 := before.leaning()
	a2, e2, d2 := after.leaning()
	n1, n2 := big.NewInt(before.N), big.NewInt(after.N)
	w1, w2 := square(times(a1, n1)), square(times(a2, n2)) // the weights of the other's square

	gap := new(big.Int).Sub(product(after.K, before.N), product(before.K, after.N))
	u := square(times(a1, a2, gap))
	u.Lsh(u, 2)
	u.Sub(u, times(w1, plus(square(e2), times(n2, n2, d2))))
	u.Sub(u, times(w2, plus(square(e1), times(n1, n1, d1))))

	x, y := times(w1, e2, n2), times(w2, e1, n1)
	x.Lsh(x, 1)
	y.Lsh(y, 1)
	return signOfSum(u, x, d2, y.Neg(y), d1) > 0
}

// leaning is A and Δ of a sample's quadratic, and n·B − 2·A·k between them:
// where the middle of its interval lies beside its share.
func (s Sample) leaning() (a, e, discriminant *big.Int) {
	a, b, discriminant := s.quadratic()
	e = b.Mul(b, big.NewInt(s.N))
	return a, e.Sub(e, times(product(2, s.K), a)), discriminant
}

// signOfSum is the sign of u + x·√p + y·√q for p, q ≥ 0.
func signOfSum(u, x, p, y, q *big.Int) int {
	px, qy := times(x, x, p), times(y, y, q)
	switch {
	case x.Sign() >= 0 && y.Sign() <= 0:
		return signWithRoots(u, px, qy)
	case x.Sign() <= 0 && y.Sign() >= 0:
		return signWithRoots(u, qy, px)
	case x.Sign() < 0:
		return -signOfRoots(new(big.Int).Neg(u), px, qy)
	}
	return signOfRoots(u, px, qy)
}

// signOfRoots is the sign of u + √p + √q for p, q ≥ 0: where u is below 0,
// that of (√p + √q)² − u².
func signOfRoots(u, p, q *big.Int) int {
	if u.Sign() >= 0 {
		return plus(u, p, q).Sign()
	}
	rest := plus(p, q)
	rest.Sub(rest, square(u))
	both := times(p, q)
	return signWithRoots(rest, both.Lsh(both, 2), new(big.Int))
}

func times(factors ...*big.Int) *big.Int {
	p := big.NewInt(1)
	for _, f := range factors {
		p.Mul(p, f)
	}
	return p
}

func plus(terms ...*big.Int) *big.Int {
	sum := new(big.Int)
	for _, t := range terms {
		sum.Add(sum, t)
	}
	return sum
}

func square(v *big.Int) *big.Int { return new(big.Int).Mul(v, v) }
