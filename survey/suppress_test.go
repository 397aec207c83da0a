package survey

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// drawCrowds draws a small project: up to five building groups and a dozen
// kinds of responses, few and many.
func drawCrowds(t *rapid.T) crowds {
	var c crowds
	kinds := 0
	for g := range rapid.IntRange(1, 5).Draw(t, "groups") {
		c.groups = append(c.groups, Group{Number: g + 1})
		var one crowd
		var answered [2]int64
		for relation := range relationKinds {
			for lane := range laneKinds {
				n := rapid.OneOf(rapid.Just(0), rapid.Just(0), rapid.IntRange(1, 9), rapid.IntRange(10, 14)).Draw(t, "responses")
				if n == 0 || kinds == 13 {
					continue
				}
				kinds++
				silent := max(0, rapid.IntRange(-9, 2).Draw(t, "silent"))
				said := int64(max(0, n-silent))
				one[relation][lane] = int64(n)
				c.relation[relation] += said
				for base := range answered {
					if in(base, relation) {
						answered[base] += said
						c.lanes[lane][base] += said
					}
				}
			}
		}
		c.of, c.answered = append(c.of, one), append(c.answered, answered)
	}
	return c
}

// allowed says which bases of a project are shown at all, as sight does.
func (c crowds) allowed() (owner, resident bool) {
	var answered [2]int64
	var oneBase int64
	for i, one := range c.of {
		oneBase += one.inOneBase()
		for base := range answered {
			answered[base] += c.answered[i][base]
		}
	}
	return answered[0] >= FewestShown, answered[1] >= FewestShown && fewInOneBase(oneBase) == 0
}

// kind is one sort of responses that no figure can tell apart.
type kind struct{ group, relation, lane int }

func (c crowds) kinds() (list []kind, sizes []int64) {
	for g, one := range c.of {
		for relation := range relationKinds {
			for lane := range laneKinds {
				if n := one[relation][lane]; n > 0 {
					list, sizes = append(list, kind{g, relation, lane}), append(sizes, n)
				}
			}
		}
	}
	return list, sizes
}

// equations are the shown figures as sets of kinds.
func (s shows) equations(kinds []kind) [][]int64 {
	var rows [][]int64
	add := func(has func(k kind) bool) {
		row := make([]int64, len(kinds))
		for i, k := range kinds {
			if has(k) {
				row[i] = 1
			}
		}
		rows = append(rows, row)
	}
	for base := range s.bases {
		if !s.bases[base] {
			continue
		}
		add(func(k kind) bool { return in(base, k.relation) })
		for g, shown := range s.buildings[base] {
			if shown {
				add(func(k kind) bool { return in(base, k.relation) && k.group == g })
			}
		}
		for relation := range relationKinds {
			if s.relation && in(base, relation) {
				add(func(k kind) bool { return k.relation == relation })
			}
		}
		for lane := range laneKinds {
			if s.lanes[base] {
				add(func(k kind) bool { return in(base, k.relation) && k.lane == lane })
			}
		}
	}
	return rows
}

// derivable is a set of 1–9 responses that is a combination of the rows, by
// trying all sets, or nil: a set is one where it is orthogonal to all that the
// rows are orthogonal to.
func derivable(rows [][]int64, sizes []int64) []int {
	null := nullSpace(rows, len(sizes))
	for set := 1; set < 1<<len(sizes); set++ {
		var responses int64
		var members []int
		for i, n := range sizes {
			if set&(1<<i) != 0 {
				responses, members = responses+n, append(members, i)
			}
		}
		if responses < FewestShown && inSpan(null, members) {
			return members
		}
	}
	return nil
}

func inSpan(null [][]*big.Int, members []int) bool {
	for _, y := range null {
		dot := new(big.Int)
		for _, i := range members {
			dot.Add(dot, y[i])
		}
		if dot.Sign() != 0 {
			return false
		}
	}
	return true
}

// nullSpace is a basis, in whole numbers, of all that is orthogonal to rows.
func nullSpace(rows [][]int64, width int) [][]*big.Int {
	matrix := make([][]*big.Rat, len(rows))
	for i, row := range rows {
		for _, n := range row {
			matrix[i] = append(matrix[i], big.NewRat(n, 1))
		}
	}
	pivots := map[int]int{} // by column, the row
	rank := 0
	for column := range width {
		at := rank
		for at < len(matrix) && matrix[at][column].Sign() == 0 {
			at++
		}
		if at == len(matrix) {
			continue
		}
		matrix[rank], matrix[at] = matrix[at], matrix[rank]
		scale := new(big.Rat).Inv(matrix[rank][column])
		for _, n := range matrix[rank] {
			n.Mul(n, scale)
		}
		for other := range matrix {
			if factor := new(big.Rat).Set(matrix[other][column]); other != rank && factor.Sign() != 0 {
				for i, n := range matrix[other] {
					n.Sub(n, new(big.Rat).Mul(factor, matrix[rank][i]))
				}
			}
		}
		pivots[column] = rank
		rank++
	}
	var null [][]*big.Int
	for free := range width {
		if _, pivot := pivots[free]; pivot {
			continue
		}
		vector, common := make([]*big.Rat, width), big.NewInt(1)
		for column := range width {
			vector[column] = new(big.Rat)
			if row, pivot := pivots[column]; pivot {
				vector[column].Neg(matrix[row][free])
			}
			common.Mul(common, vector[column].Denom())
		}
		vector[free].SetInt64(1)
		whole := make([]*big.Int, width)
		for column := range width {
			whole[column] = new(big.Int).Mul(vector[column].Num(), new(big.Int).Div(common, vector[column].Denom()))
		}
		null = append(null, whole)
	}
	return null
}

// Whatever a project is like, nobody gets at 1–9 responses by adding and
// subtracting what is shown, though he know who belongs where; and no row says
// what fewer than ten said.
func TestNothingSmallCanBeHad(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCrowds(t)
		s := c.shows(c.allowed())
		kinds, sizes := c.kinds()
		if set := derivable(s.equations(kinds), sizes); set != nil {
			t.Fatalf("%v of %v, %v give away %v", s, kinds, sizes, set)
		}
		for base := range s.bases {
			if !s.bases[base] {
				continue
			}
			hidden, responses := 0, int64(0)
			for g, one := range c.of {
				switch n := one.responses(base); {
				case s.buildings[base][g] && c.answered[g][base] < FewestShown:
					t.Fatalf("group %d of base %d is shown with %d answers", g, base, c.answered[g][base])
				case !s.buildings[base][g] && n > 0:
					hidden, responses = hidden+1, responses+n
				}
			}
			if hidden == 1 || hidden > 1 && responses < FewestShown {
				t.Fatalf("%d groups with %d responses are hidden in base %d", hidden, responses, base)
			}
		}
	})
}

// The search through the factors says of any choice of figures what trying all
// sets says: neither more can be had, nor less.
func TestFewestIsWhatTryingAllSetsFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCrowds(t)
		yes := func(name string) bool { return rapid.Bool().Draw(t, name) }
		s := shows{bases: [2]bool{yes("owner"), yes("resident")}}
		for base := range s.bases {
			s.buildings[base] = make([]bool, len(c.of))
			for g := range c.of {
				s.buildings[base][g] = s.bases[base] && yes("group")
			}
		}
		s.relation = (s.bases[0] || s.bases[1]) && yes("relation")
		kinds, sizes := c.kinds()
		set := derivable(s.equations(kinds), sizes)
		if got := fewestOf(c.of, s); (got < FewestShown) != (set != nil) {
			t.Fatalf("%+v of %v, %v: %d, but by trying all %v", s, kinds, sizes, got, set)
		}
	})
}

// Where every part is large everything is shown, and where suppression is
// switched off the small parts are found.
func TestSuppressionIsNoMoreThanItTakes(t *testing.T) {
	whole := crowds{groups: make([]Group, 3)}
	for range 3 {
		whole.of = append(whole.of, crowd{{12, 12}, {20, 12}, {12, 12}})
		whole.answered = append(whole.answered, [2]int64{56, 56})
	}
	whole.relation, whole.lanes = [3]int64{72, 96, 72}, [2][2]int64{{96, 96}, {72, 72}}
	s := whole.shows(true, true)
	if fmt.Sprint(s) != "{[true true] [[true true true] [true true true]] true [true true]}" {
		t.Errorf("of a large project is shown %v", s)
	}
	small := crowds{groups: make([]Group, 3)}
	for _, n := range []int64{30, 4, 20} {
		small.of = append(small.of, crowd{{0, 0}, {n, 0}, {0, 0}})
		small.answered = append(small.answered, [2]int64{n, n})
	}
	small.relation[here], small.lanes[ownLane] = 54, [2]int64{54, 54}
	if s = small.shows(true, true); s.buildings[0][1] || s.buildings[0][2] || !s.buildings[0][0] || !s.buildings[1][0] {
		t.Errorf("beside a group of four is shown %v", s)
	}
	s.buildings[0][2] = true
	kinds, sizes := small.kinds()
	if set := derivable(s.equations(kinds), sizes); len(set) != 1 || sizes[set[0]] != 4 || fewestOf(small.of, s) != 4 {
		t.Errorf("without the complement %v is had, not the four", set)
	}
}
