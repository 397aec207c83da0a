package survey

// ComparedProject is a project of a campaign beside what it was in an earlier
// one.
type ComparedProject struct {
	*Project
	Compared
}

// ComparedSum is what became of a place: counts of the projects of which both
// results may be seen, and how many of them rose or fell. It has no word of
// its own, as no sum has (RULES §3): its projects are not one sample.
type ComparedSum struct {
	Place                                  Place
	Projects, Shown                        int
	Before, After                          ComparedSide
	Fallen, Risen, Unchanged, Incomparable int // projects by Change
}

// Points is the change in percentage points, "" where none is seen.
func (s ComparedSum) Points() string { return PointsBetween(s.Before, s.After) }

// SumCompared adds comparisons up by the places of a level, in the order in
// which the places first appear.
func SumCompared(list []ComparedProject, level Level) []ComparedSum {
	var sums []ComparedSum
	at := map[[3]ID]int{}
	for _, c := range list {
		ids := c.Project.idsAt(level)
		i, known := at[ids]
		if !known {
			i, at[ids] = len(sums), len(sums)
			sums = append(sums, ComparedSum{Place: c.Project.Place.At(level)})
		}
		sums[i].add(c.Compared)
	}
	return sums
}

func (s *ComparedSum) add(c Compared) {
	s.Projects++
	switch c.Change {
	case Fallen:
		s.Fallen++
	case Risen:
		s.Risen++
	case Unchanged:
		s.Unchanged++
	default:
		s.Incomparable++
	}
	if c.Before.Seen && c.After.Seen {
		s.Shown++
		s.Before.add(c.Before)
		s.After.add(c.After)
	}
}

func (s *ComparedSide) add(other ComparedSide) {
	s.Seen = true
	s.Households += other.Households
	s.Answered += other.Answered
	s.Satisfied += other.Satisfied
}
