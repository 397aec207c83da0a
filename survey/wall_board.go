package survey

import (
	"time"

	"meihao/survey/stats"
)

// WallBoard is what a wall shows: sums and the standings of few projects, all
// of them figures that the dashboard has as well.
type WallBoard struct {
	Wall
	Campaign  Campaign
	AsOf      time.Time
	Sum       Sum
	Published bool
	// Hidden says why no satisfaction is shown: HiddenByRole before the results
	// are published, HiddenFew where no project has enough answers, else "".
	Hidden     string
	Borderline WallBorderline
	Best       []WallRow // of the league, the first first; never both of one project
	Last       []WallRow // of its end
	Areas      []Sum     // further down, in the register's order
	AreaLevel  Level     // of these
	Days       []TurnoutDay
}

// WallBorderline counts the projects that are shown above 90 or below 60 % and
// so near to it that the sample leaves it open (RULES §5).
type WallBorderline struct{ High, Low int }

// WallRow is a project of the league.
type WallRow struct {
	Place               int // in the league, from 1
	Project             string
	Answered, Satisfied int64
	Rate, Light         string
	Interval            *[2]float64
}

// wallAreas is how many areas are worth comparing.
const wallAreas = 4

// wallRows is how many projects of each end of the league a wall names.
const wallRows = 4

// Board makes what a wall shows of the enrolments in its area and the turnout
// by day; published says that residents see the results.
func (w Wall) Board(c Campaign, enrolments []Enrolment, days []TurnoutDay, published bool, now time.Time) WallBoard {
	b := WallBoard{Wall: w, Campaign: c, AsOf: now, Published: published, Days: days}
	role, satisfaction := w.sees(c, published, now)
	rows := Glances(c, enrolments, role, now)
	if !satisfaction {
		for _, g := range rows {
			g.Owner.conceal()
			g.Resident.conceal()
		}
	}
	if sums := Sums(rows, CityLevel); len(sums) > 0 {
		b.Sum = sums[0]
	}
	for b.AreaLevel = w.Scope.below(); ; b.AreaLevel++ { // so far down that there is something to compare
		if b.Areas = Sums(rows, b.AreaLevel); len(b.Areas) >= wallAreas || b.AreaLevel == CommunityLevel {
			break
		}
	}
	switch {
	case !satisfaction:
		b.Hidden = HiddenByRole
		return b
	case b.Sum.Shown == 0:
		b.Hidden = HiddenFew
	}
	SortGlances(rows)
	b.rank(rows)
	return b
}

// below is the level under that of a scope; there is none under communities.
func (s Scope) below() Level { return min(s.Level()+1, CommunityLevel) }

// conceal takes everything but the households away.
func (b *BaseGlance) conceal() { *b = BaseGlance{Households: b.Households, Hidden: HiddenByRole} }

// rank fills in what depends on the order of the league. Only projects whose
// sample is large enough for a light have a place in it.
func (b *WallBoard) rank(rows []*Glance) {
	var league []*Glance
	for _, g := range rows {
		switch light := g.Owner.Light; {
		case !g.Owner.SeesRate() || light != "high" && light != "middle" && light != "low":
			continue
		case light == "high" && g.Owner.open(9, 10):
			b.Borderline.High++
		case light == "low" && g.Owner.open(3, 5):
			b.Borderline.Low++
		}
		league = append(league, g)
	}
	for i, g := range league {
		switch {
		case i < wallRows:
			b.Best = append(b.Best, b.row(i+1, g))
		case i >= len(league)-wallRows:
			b.Last = append(b.Last, b.row(i+1, g))
		}
	}
}

func (b *WallBoard) row(place int, g *Glance) WallRow {
	o := &g.Owner
	v := Judge(o.Households, o.Answered, o.Satisfied, b.Campaign.Margins)
	return WallRow{Place: place, Project: g.Project.Name, Answered: o.Answered, Satisfied: o.Satisfied,
		Rate: v.Rate, Light: o.Light, Interval: v.Interval}
}

// open says whether the interval reaches across the threshold of a/b.
func (b *BaseGlance) open(num, den int64) bool {
	v := &b.verdict
	return !stats.Beyond(v.Satisfied, v.Answered, v.Households, num, den)
}
