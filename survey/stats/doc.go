// Package stats is the arithmetic behind a verdict: how many answers are
// enough, whether a count lies beyond a threshold by more than chance, and
// the confidence intervals that are shown beside a rate.
//
// Two kinds of function live here and must not be mixed. Needed, Beyond,
// CompareShare, CompareLower and Differs decide something, exactly for every
// int64; the first three compute with integers only. Wilson, WilsonCorrected,
// WilsonFinite, ClopperPearson and Difference return floats and are for
// display.
//
// The package knows nothing of surveys and imports the standard library only.
package stats

// z² of a 95 % interval as the fraction zNum/zDen of RULES §5.
const (
	zNum = 3841458820694124
	zDen = 1_000_000_000_000_000
)

// zSquared is the same number for the intervals that are only displayed.
const zSquared = float64(zNum) / zDen
