package survey

import "time"

// PosterPlace is a poster as staff list, print and watch it.
type PosterPlace struct {
	Code     string
	Project  Project // names only
	Building Building
	// Unit is the unit 单元 whose lobby it hangs in, 0 for the building's.
	Unit int
	// Place is where it hangs, as printed: "3号楼2单元大堂". "" is the
	// building's name.
	Place string
	// Alone says that the building is a building group by itself (RULES §1).
	Alone bool
	// Several says that the building has or had more than this one poster, of
	// whatever state; Together are the answers of all of them.
	Several   bool
	Together  int64
	Added     time.Time // when its campaign opened, or it was hung up later
	Retired   bool
	Successor string    // the code that took its place, "" for none
	Printed   time.Time // when it was last sent to a printer, zero for never
	PosterCounts
}

// PosterCounts are what a poster was used for. They are counters of their
// own: no response knows its poster.
type PosterCounts struct {
	Opens   int64 // times its form was shown
	Answers int64 // responses that came through it, in whatever lane and state
	// LastOpened is the day (midnight in Asia/Shanghai) on which its form was
	// last shown, zero for never: no time, so that nobody's visit shows.
	LastOpened time.Time
}

// Name is where the poster hangs.
func (p PosterPlace) Name() string {
	if p.Place != "" {
		return p.Place
	}
	return p.Building.Name
}
