package survey

import "math/big"

// FewestAssociated is the number of answer sheets with both answers below
// which no association is given.
const FewestAssociated = 30

// Association says how far the answers to a question go with those to the
// overall one: that they go together, never that one is the cause.
//
// The measure is Kendall's τ-b (Kendall 1945, Agresti "Analysis of Ordinal
// Categorical Data" §7.1): of all pairs of households, those that put both
// questions in the same order less those that put them in opposite order, over
// the geometric mean of the pairs that differ in the one and in the other. It
// is made for few ordered answers, and of whole counts until the last step. It
// was chosen over Goodman and Kruskal's γ because γ leaves pairs that are tied
// in one question out: where nearly everybody is satisfied, γ is close to 1 on
// the word of two or three households, and τ-b is not. Spearman's ρ would treat
// ranks as distances, which five words do not have.
type Association struct {
	Question *Question
	Base     Bases
	Both     int64 // counted answer sheets that answer both, don't-know left out
	// Tenths is τ-b in tenths, half away from 0: -10 … 10. Strength is its word
	// and follows Tenths, so that word and figure agree. Both are empty where
	// Hidden says why.
	Tenths   int
	Strength Strength
	Hidden   string // HiddenByRole, HiddenFew or HiddenPending

	same, of *big.Int // S and the product under the root of τ-b = S/√of
}

// Strength is an association in a word.
type Strength string

// The words: up to 0.1 weak, from 0.2 moderate, from 0.4 strong. Alike is the
// word where everybody gave the same answer to one of the two, so that nothing
// can go together.
const (
	StrongAssociation   Strength = "strong"
	ModerateAssociation Strength = "moderate"
	WeakAssociation     Strength = "weak"
	NoAssociation       Strength = "none"
	Opposite            Strength = "opposite"
	Alike               Strength = "alike"
)

// Measured says whether there is a figure.
func (a Association) Measured() bool { return a.of != nil }

// Text is τ-b with one decimal; "" where there is none.
func (a Association) Text() string {
	if !a.Measured() {
		return ""
	}
	sign, tenths := "", a.Tenths
	if tenths < 0 {
		sign, tenths = "−", -tenths
	}
	return sign + string(rune('0'+tenths/10)) + "." + string(rune('0'+tenths%10))
}

// Float is τ-b for a picture.
func (a Association) Float() float64 {
	if !a.Measured() {
		return 0
	}
	s, _ := new(big.Float).SetInt(a.same).Float64()
	root, _ := new(big.Float).Sqrt(new(big.Float).SetInt(a.of)).Float64()
	return s / root
}

// Compare compares two associations that were measured, exactly: negative
// where a is the lower one.
func (a Association) Compare(b Association) int {
	if order := a.same.Sign() - b.same.Sign(); order != 0 {
		return order
	}
	left := new(big.Int).Mul(a.same, a.same)
	right := new(big.Int).Mul(b.same, b.same)
	return a.same.Sign() * left.Mul(left, b.of).Cmp(right.Mul(right, a.of))
}

// crossTable counts answer sheets by the answer to a question (rows) and to
// the overall one (columns), both in the order of the options.
type crossTable [][]int64

func newCrossTable(rows, columns int) crossTable {
	t := make(crossTable, rows)
	for i := range t {
		t[i] = make([]int64, columns)
	}
	return t
}

// measure sets τ-b of a table.
func (a *Association) measure(t crossTable) {
	a.Both, a.same, a.of = 0, nil, nil
	rows, columns := make([]int64, len(t)), []int64(nil)
	for i, row := range t {
		if columns == nil {
			columns = make([]int64, len(row))
		}
		for j, n := range row {
			rows[i] += n
			columns[j] += n
			a.Both += n
		}
	}
	if a.Both < FewestAssociated {
		a.Hidden = HiddenFew
		return
	}
	apart := func(sums []int64) *big.Int {
		left := pairs(a.Both)
		for _, n := range sums {
			left.Sub(left, pairs(n))
		}
		return left
	}
	of := new(big.Int).Mul(apart(rows), apart(columns))
	if of.Sign() == 0 {
		a.Strength = Alike
		return
	}
	a.same, a.of = t.concordant(), of
	a.Tenths = tenthsOf(a.same, of)
	a.Strength = strengthOf(a.Tenths)
}

// pairs is n·(n−1)/2.
func pairs(n int64) *big.Int {
	p := new(big.Int).Mul(big.NewInt(n), big.NewInt(n-1))
	return p.Rsh(p, 1)
}

// concordant is the number of pairs in the same order less that of those in
// opposite order.
func (t crossTable) concordant() *big.Int {
	sum := new(big.Int)
	for i, row := range t {
		for j, n := range row {
			var after, before int64 // in later rows, in later and in earlier columns
			for _, below := range t[i+1:] {
				for k, m := range below {
					switch {
					case k > j:
						after += m
					case k < j:
						before += m
					}
				}
			}
			sum.Add(sum, new(big.Int).Mul(big.NewInt(n), big.NewInt(after-before)))
		}
	}
	return sum
}

// tenthsOf is same/√of in tenths, half away from 0, without a root: the most
// tenths t for which (2t−1)/20 ≤ |same|/√of.
func tenthsOf(same, of *big.Int) int {
	left := new(big.Int).Mul(same, same)
	left.Mul(left, big.NewInt(400))
	tenths := 0
	for t := int64(1); t <= 10; t++ {
		if new(big.Int).Mul(of, big.NewInt((2*t-1)*(2*t-1))).Cmp(left) <= 0 {
			tenths = int(t)
		}
	}
	return tenths * same.Sign()
}

// From so many tenths an association is called moderate and strong.
const (
	moderateTenths = 2
	strongTenths   = 4
)

func strengthOf(tenths int) Strength {
	switch {
	case tenths < 0:
		return Opposite
	case tenths >= strongTenths:
		return StrongAssociation
	case tenths >= moderateTenths:
		return ModerateAssociation
	case tenths == 1:
		return WeakAssociation
	}
	return NoAssociation
}
