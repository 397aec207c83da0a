package survey

import (
	"fmt"
	"math/bits"

	"meihao/survey/stats"
)

// NoRate is what stands in the place of a rate where there is none (RULES §3).
const NoRate = "N/A"

// mostTimes n is as much as k can be and still be printed as a rate.
const mostTimes = 1_000_000

// Rate prints k of n in percent as RULES §3 wants it: one decimal, half up,
// and more decimals, to six, until the printed figure is above, on or below
// 0, 60, 90 and 100 % exactly where k/n is: 8996 of 10000 is "89.96%" and
// never "90.0%". Where six decimals still round onto one of the four, the
// last one stays on the side of the exact share.
//
// k may exceed n (a turnout). Without n, with a negative count, or with a k
// of a million times n and more, which nobody has counted, it is NoRate.
func Rate(k, n int64) string {
	if n <= 0 || k < 0 || k/n >= mostTimes {
		return NoRate
	}
	const most = 6
	for decimals, scale := 1, int64(10); ; decimals, scale = decimals+1, scale*10 {
		parts := rounded(k, n, 100*scale)
		side := misplaced(parts, k, n, scale)
		if side != 0 && decimals < most {
			continue
		}
		parts += int64(side)
		return fmt.Sprintf("%d.%0*d%%", parts/scale, decimals, parts%scale)
	}
}

// rounded is k/n in whole parts of 1/scale, half up: (2·scale·k + n) / 2n in
// 128 bits. With scale ≤ 1e8 and k/n < mostTimes the quotient fits an int64.
func rounded(k, n, scale int64) int64 {
	high, low := bits.Mul64(uint64(k), uint64(2*scale))
	low, carry := bits.Add64(low, uint64(n), 0)
	parts, _ := bits.Div64(high+carry, low, 2*uint64(n))
	return int64(parts)
}

// misplaced says on which side of a threshold k/n is (-1 below, +1 above)
// when the printed parts of 1/scale of a percent stand exactly on it, and 0
// when they tell the truth. Rounding keeps order and the thresholds are whole
// percents, so standing on one is the only way to be wrong.
func misplaced(parts, k, n, scale int64) int {
	switch percent := parts / scale; percent {
	case 0, 60, 90, 100:
		if parts%scale == 0 {
			return stats.CompareShare(k, n, percent, 100)
		}
	}
	return 0
}
