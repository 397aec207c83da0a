package survey

// Sum of a place: counts, never means of percentages, and no verdict of its
// own (RULES §3). It is made of the figures its reader may see of each
// project, so that no hidden one can be had by subtraction; Shown says of
// how many projects.
type Sum struct {
	Place           Place
	Projects, Shown int
	Owner, Resident SumOfBase
	Turnout         Turnout
	Held            int64
}

// SumOfBase adds up one base of the shown projects.
type SumOfBase struct {
	Households, Answered, Satisfied int64
	High, Middle, Low, Small        int // projects by traffic light
}

// Rate is printed as RULES §3 says.
func (s SumOfBase) Rate() string { return Rate(s.Satisfied, s.Answered) }

// Seen says whether any project's figures are in the sum: a sum without is no
// zero.
func (s SumOfBase) Seen() bool { return s.Households > 0 }

// Level of a sum.
type Level int

// The levels, from the top.
const (
	CityLevel Level = iota
	DistrictLevel
	SubdistrictLevel
	CommunityLevel
)

// At is the place with what lies below the level cut off.
func (p Place) At(level Level) Place {
	if level < CommunityLevel {
		p.Community, p.Area.Community = 0, ""
	}
	if level < SubdistrictLevel {
		p.Subdistrict, p.Area.Subdistrict = 0, ""
	}
	if level < DistrictLevel {
		p.District, p.Area.District = 0, ""
	}
	return p
}

// Sums adds glances up by the places of a level, in the order in which the
// places first appear. Rows in the register's order are added up fastest.
func Sums(rows []*Glance, level Level) []Sum {
	var sums []Sum
	at := map[[3]ID]int{}
	last, i := [3]ID{}, 0
	for n, row := range rows {
		ids := row.Project.idsAt(level)
		if n == 0 || ids != last {
			var known bool
			if i, known = at[ids]; !known {
				i, at[ids] = len(sums), len(sums)
				sums = append(sums, Sum{Place: row.Project.Place.At(level)})
			}
			last = ids
		}
		sums[i].add(row)
	}
	return sums
}

// idsAt are the ids down to a level, which tell its places apart.
func (p *Place) idsAt(level Level) [3]ID {
	var ids [3]ID
	copy(ids[:], []ID{p.District, p.Subdistrict, p.Community}[:level])
	return ids
}

func (s *Sum) add(row *Glance) {
	s.Projects++
	s.Turnout.Answered += row.Turnout.Answered
	s.Turnout.Households += row.Turnout.Households
	s.Held += row.Held
	if row.Owner.SeesRate() {
		s.Shown++
	}
	s.Owner.add(&row.Owner)
	s.Resident.add(&row.Resident)
}

func (s *SumOfBase) add(g *BaseGlance) {
	switch g.Light {
	case "high":
		s.High++
	case "middle":
		s.Middle++
	case "low":
		s.Low++
	case "small", "none":
		s.Small++
	}
	if !g.SeesRate() {
		return
	}
	s.Households += g.Households
	s.Answered += g.Answered
	s.Satisfied += g.Satisfied
}
