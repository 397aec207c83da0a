package stats

import (
	"math/big"
	"strings"
)

// ZSquared is the exact z² of a 95 % interval (RULES §5).
func ZSquared() *big.Rat { return big.NewRat(zNum, zDen) }

// Decimal prints a number with so many decimals, half up, and with more of
// them as long as it would stand on a whole number on which it does not: what
// is printed is above, on or below every whole number exactly where r is.
func Decimal(r *big.Rat, places int) string {
	for ; ; places++ {
		text := r.FloatString(places)
		_, decimals, _ := strings.Cut(text, ".")
		if r.IsInt() || strings.Trim(decimals, "0") != "" {
			return text
		}
	}
}
