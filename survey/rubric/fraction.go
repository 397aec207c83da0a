package rubric

import (
	"cmp"
	"math/bits"
)

// compareFractions compares a/b with c/d exactly; b and d are above 0.
func compareFractions(a, b, c, d int64) int {
	leftHigh, left := bits.Mul64(uint64(a), uint64(d))
	rightHigh, right := bits.Mul64(uint64(c), uint64(b))
	if n := cmp.Compare(leftHigh, rightHigh); n != 0 {
		return n
	}
	return cmp.Compare(left, right)
}
