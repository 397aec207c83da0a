package stats

import (
	"cmp"
	"math/bits"
)

// CompareShare compares the share k/n with num/den exactly, by
// cross-multiplication in 128 bits: -1 below, 0 on it, +1 above. All four are
// ≥ 0.
func CompareShare(k, n, num, den int64) int {
	kHigh, kLow := bits.Mul64(uint64(k), uint64(den))
	nHigh, nLow := bits.Mul64(uint64(n), uint64(num))
	if kHigh != nHigh {
		return cmp.Compare(kHigh, nHigh)
	}
	return cmp.Compare(kLow, nLow)
}
