package stats

import "math"

// tail is what a 95 % interval leaves out on each side.
const tail = 0.025

// ClopperPearson is the exact 95 % interval of a share of k in n, as
// fractions: the shares under which a count as far out as k still has a
// chance of 2.5 % on either side. [0, 1] like Wilson where nothing is known.
func ClopperPearson(k, n int64) (lo, hi float64) {
	hi = 1
	if !possible(k, n) {
		return lo, hi
	}
	if k > 0 {
		lo = betaQuantile(float64(k), float64(n-k)+1, tail)
	}
	if k < n {
		hi = betaQuantile(float64(k)+1, float64(n-k), 1-tail)
	}
	return lo, hi
}

// betaQuantile is the x with betaCDF(a, b, x) = share, halved down to
// neighbouring floats.
func betaQuantile(a, b, share float64) float64 {
	lo, hi := 0.0, 1.0
	for {
		mid := lo + (hi-lo)/2
		if mid <= lo || mid >= hi {
			return mid
		}
		if betaCDF(a, b, mid) < share {
			lo = mid
		} else {
			hi = mid
		}
	}
}

// betaCDF is the regularized incomplete beta function I_x(a, b), a and b at
// least 1, 0 < x < 1: the chance of a or more successes in a+b−1 trials of
// chance x.
func betaCDF(a, b, x float64) float64 {
	ab, _ := math.Lgamma(a + b)
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	front := math.Exp(ab - la - lb + a*math.Log(x) + b*math.Log1p(-x))
	// The fraction converges fast below the mean of the distribution; above
	// it, look from the other end.
	if x < (a+1)/(a+b+2) {
		return front * betaFraction(a, b, x) / a
	}
	return 1 - front*betaFraction(b, a, 1-x)/b
}

// betaFraction is the continued fraction of I_x(a, b) by Lentz's method
// (Abramowitz & Stegun 26.5.8). It needs about √max(a, b) terms; the limit
// keeps impossible sizes from running for ever.
func betaFraction(a, b, x float64) float64 {
	const (
		terms   = 100_000
		settled = 1e-15
		tiny    = 1e-300 // in place of a zero that would be divided by
	)
	nonzero := func(v float64) float64 {
		if math.Abs(v) < tiny {
			return tiny
		}
		return v
	}
	c, d := 1.0, 1/nonzero(1-(a+b)*x/(a+1))
	sum := d
	for m := 1.0; m <= terms; m++ {
		even := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		d, c = 1/nonzero(1+even*d), nonzero(1+even/c)
		sum *= d * c
		odd := -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		d, c = 1/nonzero(1+odd*d), nonzero(1+odd/c)
		sum *= d * c
		if math.Abs(d*c-1) < settled {
			break
		}
	}
	return sum
}
