package rubric_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"meihao/survey"
	"meihao/survey/rubric"
)

// feedsOf are feeds with so many complaints each, all of 100 households.
func feedsOf(complaints ...int64) []rubric.Feed {
	feeds := make([]rubric.Feed, len(complaints))
	for i, n := range complaints {
		feeds[i] = rubric.Feed{Project: survey.ID(i + 1), Complaints: n, Households: 100}
	}
	return feeds
}

func upTo(n int) (counts []int64) {
	for i := range n {
		counts = append(counts, int64(i))
	}
	return counts
}

// The lowest 5 % holds whoever has 20·rank ≤ N: nobody of 19, one of 20, one
// of 39, two of 40; whoever ties at the edge passes with the others.
func TestLowestBoundaries(t *testing.T) {
	for name, c := range map[string]struct {
		complaints []int64
		met        int // how many meet the item
	}{
		"nobody":              {nil, 0},
		"one":                 {upTo(1), 0},
		"nineteen":            {upTo(19), 0},
		"nineteen of none":    {make([]int64, 19), 0},
		"twenty":              {upTo(20), 1},
		"twenty of none":      {make([]int64, 20), 20},
		"thirty-nine":         {upTo(39), 1},
		"forty":               {upTo(40), 2},
		"forty, tie at two":   {append([]int64{0, 1, 1, 1}, upTo(40)[4:]...), 4},
		"forty, tie at three": {append([]int64{0, 1, 2, 2, 2}, upTo(40)[5:]...), 2},
		"twenty, two best":    {append([]int64{0, 0}, upTo(20)[2:]...), 2},
	} {
		met := 0
		for _, l := range rubric.RankLowest(feedsOf(c.complaints...)) {
			if l.Met() {
				met++
			}
		}
		if met != c.met {
			t.Errorf("%s: %d meet it, want %d", name, met, c.met)
		}
	}
}

// Volume and complaints per household may disagree; the activity's measure
// counts and the difference is said.
func TestMeasuresDiffer(t *testing.T) {
	feeds := feedsOf(upTo(20)...)
	feeds[0].Households, feeds[19].Households = 1, 1_000_000 // 0 of 1, and 19 of a million
	feeds[0].Complaints = 1
	feeds[1].Complaints = 0
	ranked := rubric.RankLowest(feeds)
	for i, want := range map[int][3]bool{1: {true, true, false}, 19: {false, false, false}, 0: {false, false, false}} {
		l := ranked[i]
		raw := l.Met()
		l.PerHome = true
		if got := [3]bool{raw, l.Met(), l.Differs()}; got != want {
			t.Errorf("project %d: met, per household, differs are %v, want %v", i, got, want)
		}
	}
	feeds[1].Complaints = 1 // 2 of 20 have one, so rank 1 is shared raw and not per household
	ranked = rubric.RankLowest(feeds)
	if l := ranked[19]; l.RankPerHome != 1 || !l.Differs() || l.Met() {
		t.Errorf("19 of a million: %+v", l)
	}
	if l := ranked[0]; l.Rank != 1 || l.RankPerHome != 20 || !l.Differs() || !l.Met() {
		t.Errorf("1 of 1: %+v", l)
	}
}

// Only projects with a feed for the whole period are ranked, and counted.
func TestMissingFeeds(t *testing.T) {
	volumes := make([]rubric.Volume, 21)
	for i := range volumes {
		volumes[i] = rubric.Volume{Project: survey.ID(i + 1), Households: 100, Complaints: int64(i), Complete: i != 0}
	}
	ranked := rubric.RankVolumes(volumes)
	if l := ranked[0]; l.Why != rubric.WhyNoFeed || l.Assessable() || l.Met() || l.Of != 0 || l.Rank != 0 {
		t.Errorf("without a feed: %+v", l)
	}
	if l := ranked[1]; l.Rank != 1 || l.Of != 20 || !l.Met() {
		t.Errorf("the first of the others: %+v", l)
	}
	volumes[1].Complete = false
	if l := rubric.RankVolumes(volumes)[2]; l.Rank != 1 || l.Of != 19 || l.Met() || !l.Assessable() {
		t.Errorf("of nineteen: %+v", l)
	}
	for _, l := range rubric.RankVolumes(make([]rubric.Volume, 3)) {
		if l.Assessable() {
			t.Errorf("of no feeds: %+v", l)
		}
	}
	if got := rubric.RankVolumes(nil); len(got) != 0 {
		t.Errorf("of nobody: %+v", got)
	}
}

// An imported rank counts only where there is none of our own, by the same
// rule, and never where it lies beyond the number of projects.
func TestImportedRank(t *testing.T) {
	for _, c := range []struct {
		rank, of int
		met      bool
	}{{1, 20, true}, {1, 19, false}, {2, 39, false}, {2, 40, true}, {400, 8000, true}, {401, 8000, false}, {0, 20, false}, {21, 20, false}, {math.MaxInt32, 10, false}} {
		l := rubric.Lowest{Why: rubric.WhyNotCitywide, Imported: &rubric.ImportedRank{Rank: c.rank, Of: c.of}}
		if !l.Assessable() || l.Met() != c.met || l.Differs() {
			t.Errorf("%d of %d: met is %t", c.rank, c.of, l.Met())
		}
	}
	own := rubric.Lowest{Rank: 2, RankPerHome: 2, Of: 20, Imported: &rubric.ImportedRank{Rank: 1, Of: 8000}}
	if own.Met() {
		t.Error("an imported rank counts before our own")
	}
	if (rubric.Lowest{Why: rubric.WhyNotCitywide}).Assessable() {
		t.Error("nothing is assessable")
	}
}

// Counts that overflow 64 bits when multiplied are still compared exactly.
func TestRankLargeCounts(t *testing.T) {
	const most = math.MaxInt64
	ranked := rubric.RankLowest([]rubric.Feed{{Complaints: most, Households: most - 1}, {Complaints: most - 1, Households: most - 2}, {Complaints: most - 1, Households: most}})
	var got []int
	for _, l := range ranked {
		got = append(got, l.RankPerHome)
	}
	if diff := cmp.Diff([]int{2, 3, 1}, got); diff != "" {
		t.Error(diff)
	}
}

// plainRanks is the definition of RULES §6 word by word, in fractions.
func plainRanks(feeds []rubric.Feed) (raw, perHome []int) {
	for _, f := range feeds {
		fewer, thinner := 0, 0
		for _, other := range feeds {
			if other.Complaints < f.Complaints {
				fewer++
			}
			if big.NewRat(other.Complaints, other.Households).Cmp(big.NewRat(f.Complaints, f.Households)) < 0 {
				thinner++
			}
		}
		raw, perHome = append(raw, 1+fewer), append(perHome, 1+thinner)
	}
	return raw, perHome
}

func drawFeeds(t *rapid.T) []rubric.Feed {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) rubric.Feed {
		return rubric.Feed{Complaints: rapid.Int64Range(0, 12).Draw(t, "complaints"), Households: rapid.Int64Range(1, 8).Draw(t, "households")}
	}), 1, 60).Draw(t, "feeds")
}

// Ranks are those of the definition, whatever the order of the feeds.
func TestRankIsItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		feeds := drawFeeds(t)
		raw, perHome := plainRanks(feeds)
		for i, l := range rubric.RankLowest(feeds) {
			if l.Rank != raw[i] || l.RankPerHome != perHome[i] || l.Of != len(feeds) {
				t.Fatalf("%+v of %v: %d and %d, want %d and %d", l, feeds, l.Rank, l.RankPerHome, raw[i], perHome[i])
			}
			if rate, of := 100*l.Rank, 5*l.Of; l.Met() != (rate <= of) {
				t.Fatalf("rank %d of %d: met is %t", l.Rank, l.Of, l.Met())
			}
		}
	})
}

// One complaint fewer never makes a rank worse, and nobody else's better.
func TestRankIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		feeds := drawFeeds(t)
		at := rapid.IntRange(0, len(feeds)-1).Draw(t, "project")
		before := rubric.RankLowest(feeds)
		if feeds[at].Complaints == 0 {
			t.Skip("it has none")
		}
		feeds[at].Complaints--
		after := rubric.RankLowest(feeds)
		if after[at].Rank > before[at].Rank || after[at].RankPerHome > before[at].RankPerHome || before[at].Met() && !after[at].Met() {
			t.Fatalf("fewer complaints: %+v, then %+v", before[at], after[at])
		}
		for i := range feeds {
			if i != at && (after[i].Rank < before[i].Rank || after[i].RankPerHome < before[i].RankPerHome) {
				t.Fatalf("somebody else's rank is better: %+v, then %+v", before[i], after[i])
			}
		}
	})
}
