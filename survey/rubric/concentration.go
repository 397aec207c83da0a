package rubric

// Concentration is what complaints say beside veto 6.4: how many of the
// ranked projects' complaints are this project's, beside how many of their
// households, where it stands among them, and whether they grow. It decides
// nothing: 6.4 is recorded by a person (RULES §6).
type Concentration struct {
	Complaints, All int64 // of the project, and of all projects it is compared with
	Homes, AllHomes int64 // their households
	Rank, Of        int   // most is rank 1, ties share it; 0 where it has no feed for the whole period
	// Earlier and Later are the complaints of the first and the second half of
	// its months with a feed, Months long each; the one in the middle is left
	// out. Months is 0 where there are fewer than two.
	Earlier, Later int64
	Months         int
}

// Dense says whether the project has a larger share of the complaints than of
// the households, by exact cross-multiplication.
func (c Concentration) Dense() bool {
	return c.All > 0 && c.AllHomes > 0 && compareFractions(c.Complaints, c.All, c.Homes, c.AllHomes) > 0
}

// Grows says whether the later half has more than the earlier one.
func (c Concentration) Grows() bool { return c.Months > 0 && c.Later > c.Earlier }

// Falls says whether the later half has fewer than the earlier one.
func (c Concentration) Falls() bool { return c.Months > 0 && c.Later < c.Earlier }

// Concentrate looks at all projects that have a feed for the whole period; the
// others are compared with nobody.
func Concentrate(volumes []Volume) []Concentration {
	list := make([]Concentration, len(volumes))
	var order []int
	var all, homes int64
	for i, v := range volumes {
		list[i] = Concentration{Complaints: v.Complaints, Homes: v.Households}
		list[i].trend(v.Months)
		if v.Complete {
			order, all, homes = append(order, i), all+v.Complaints, homes+v.Households
		}
	}
	rank(order, func(a, b int) int { return compareCounts(volumes[b].Complaints, volumes[a].Complaints) },
		func(i, place int) {
			list[i].Rank, list[i].Of, list[i].All, list[i].AllHomes = place, len(order), all, homes
		})
	return list
}

func (c *Concentration) trend(months []MonthVolume) {
	var counts []int64
	for _, m := range months {
		if m.Known {
			counts = append(counts, m.Complaints)
		}
	}
	c.Months = len(counts) / 2
	for i := range c.Months {
		c.Earlier += counts[i]
		c.Later += counts[len(counts)-1-i]
	}
}

// RankedVolume is a project's line in the ranking of item 1.2.
type RankedVolume struct {
	Volume
	Lowest Lowest
}

// ComplaintCase is everything the complaints say of one project in an
// activity.
type ComplaintCase struct {
	Volume        Volume
	Lowest        Lowest
	Prompt        Prompt
	Concentration Concentration
	Citywide      bool // compared with the city; else with its district
}
