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

// CeilShare is value·num/den rounded up, in 128 bits. All three are ≥ 0, den
// is not 0, and the share must fit into 64 bits.
func CeilShare(value, num, den int64) int64 {
	high, low := bits.Mul64(uint64(value), uint64(num))
	share, rest := bits.Div64(high, low, uint64(den))
	if rest > 0 {
		share++
	}
	return int64(share)
}
