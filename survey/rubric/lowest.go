package rubric

import (
	"slices"

	"meihao/survey"
)

// FewestRanked is how many projects a ranking needs for the lowest 5 % to hold
// anybody: with fewer, 20·rank is above N for every rank (RULES §6).
const FewestRanked = 20

// Feed is a project of the city register with complaints for the whole period.
type Feed struct {
	Project    survey.ID
	Complaints int64 // valid ones of the period
	Households int64
}

// Why item 1.2 cannot be assessed.
const (
	WhyNotCitywide = "not_citywide" // the city has not confirmed that the data is the whole city's
	WhyNoFeed      = "no_feed"      // of this project, for the whole period
)

// Lowest is what item 1.2 says of a project: fewest complaints is rank 1, ties
// share the best rank, met ⇔ 20·rank ≤ N (RULES §6).
type Lowest struct {
	Complaints, Households int64
	Of                     int // N: projects with a feed
	Rank, RankPerHome      int // by volume, and by complaints per household
	Imported               *ImportedRank
	PerHome                bool   // the activity counts per household
	Why                    string // why there is no rank, "" where there is
}

// ImportedRank is a rank in a ranking that the city made elsewhere.
type ImportedRank struct {
	Rank, Of int
	Document string // source
}

// Met says whether a rank lies in the lowest 5 % of n.
func met(rank, n int) bool { return rank > 0 && 20*rank <= n }

// RankMet says whether a rank lies in the lowest 5 % of n, for pages that show
// both measures.
func RankMet(rank, n int) bool { return met(rank, n) }

// Met is by the measure that counts; false where it is not Assessable.
func (l Lowest) Met() bool {
	switch {
	case l.Why == "" && l.PerHome:
		return met(l.RankPerHome, l.Of)
	case l.Why == "":
		return met(l.Rank, l.Of)
	case l.Imported != nil:
		return met(l.Imported.Rank, l.Imported.Of)
	}
	return false
}

// Assessable says whether there is a rank at all.
func (l Lowest) Assessable() bool { return l.Why == "" || l.Imported != nil }

// Differs says that volume and complaints per household disagree on whether
// the item is met.
func (l Lowest) Differs() bool {
	return l.Why == "" && met(l.Rank, l.Of) != met(l.RankPerHome, l.Of)
}

// RankLowest ranks all projects with a feed, in the order given. Complaints per
// household are compared by exact cross-multiplication; a project without
// households has no such rank (0).
func RankLowest(feeds []Feed) []Lowest {
	ranked := make([]Lowest, len(feeds))
	for i, f := range feeds {
		ranked[i] = Lowest{Complaints: f.Complaints, Households: f.Households, Of: len(feeds)}
	}
	order := make([]int, len(feeds))
	for i := range order {
		order[i] = i
	}
	rank(order, func(a, b int) int { return compareCounts(feeds[a].Complaints, feeds[b].Complaints) },
		func(i, place int) { ranked[i].Rank = place })
	order = slices.DeleteFunc(order, func(i int) bool { return feeds[i].Households <= 0 })
	rank(order, func(a, b int) int {
		return compareFractions(feeds[a].Complaints, feeds[a].Households, feeds[b].Complaints, feeds[b].Households)
	}, func(i, place int) { ranked[i].RankPerHome = place })
	return ranked
}

func compareCounts(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// rank gives each the place 1 + number of those strictly before it.
func rank(order []int, compare func(a, b int) int, give func(i, place int)) {
	slices.SortStableFunc(order, compare)
	place := 0
	for at, i := range order {
		if at == 0 || compare(order[at-1], i) != 0 {
			place = at + 1
		}
		give(i, place)
	}
}

// MonthVolume is a month of a project's complaints.
type MonthVolume struct {
	Month      int   // 202307
	Complaints int64 // that count: of the monthly total, else of the log
	Tickets    int64 // valid ones in the log
	Known      bool  // there is a feed for the month
	Total      bool  // from a monthly total
}

// Differs says that the monthly total and the log disagree; the total counts.
func (m MonthVolume) Differs() bool { return m.Total && m.Tickets > 0 && m.Tickets != m.Complaints }

// Volume is a project's complaints in a period.
type Volume struct {
	Project    survey.ID
	Name       string
	Households int64
	Complaints int64
	Complete   bool // a feed for each month
	Months     []MonthVolume
}

// RankVolumes ranks those projects that have a feed for the whole period
// (RULES §6, "Population"); the others say why they have no rank.
func RankVolumes(volumes []Volume) []Lowest {
	var feeds []Feed
	for _, v := range volumes {
		if v.Complete {
			feeds = append(feeds, Feed{Project: v.Project, Complaints: v.Complaints, Households: v.Households})
		}
	}
	ranked, at := RankLowest(feeds), 0
	result := make([]Lowest, len(volumes))
	for i, v := range volumes {
		if !v.Complete {
			result[i] = Lowest{Why: WhyNoFeed, Households: v.Households, Complaints: v.Complaints}
			continue
		}
		result[i], at = ranked[at], at+1
	}
	return result
}
