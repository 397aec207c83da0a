package survey

import "time"

// Silence says that nobody scans a poster, and what that probably means.
type Silence string

// The kinds of silence. Each has its advice in the catalogs.
const (
	Scanned      Silence = ""        // it is in use, or it is too early to tell
	NeverPrinted Silence = "printed" // it was never printed nor scanned: print it and put it up
	NeverScanned Silence = "never"   // printed and never scanned: was it put up, can it be seen?
	FellSilent   Silence = "silent"  // scanned before and not any more, while others still are: is it covered or torn off?
)

const (
	// SilentFor is how long a poster hangs before it is said that nobody
	// scans it.
	SilentFor = 48 * time.Hour
	// silentDays is how many days without a scan are striking while others
	// of the project are scanned.
	silentDays = 7
)

// Silence judges a poster of a running campaign. near is the last day on which
// any poster of the same project was opened. Posters that were retired, and
// those of a campaign that does not run, are not judged.
func (p PosterPlace) Silence(c Campaign, near, now time.Time) Silence {
	if p.Retired || c.Phase(now) != OpenStage {
		return Scanned
	}
	hangs := c.Opens
	for _, later := range []time.Time{p.Added, p.Printed} {
		if later.After(hangs) {
			hangs = later
		}
	}
	unused := p.Opens == 0 && p.Answers == 0 // answers of other systems open no form
	const day = 24 * time.Hour
	switch {
	case unused && now.Sub(hangs) < SilentFor:
		return Scanned
	case unused && p.Printed.IsZero():
		return NeverPrinted
	case unused:
		return NeverScanned
	// Days are those of Shanghai, with their beginning as the moment: the
	// last one has seven whole days behind it before it counts.
	case !p.LastOpened.IsZero() && now.Sub(p.LastOpened) >= (silentDays+1)*day && now.Sub(near) < (silentDays+1)*day:
		return FellSilent
	}
	return Scanned
}

// LastOpened is the last day on which any of the posters was opened.
func LastOpened(posters []PosterPlace) time.Time {
	var last time.Time
	for _, p := range posters {
		if p.LastOpened.After(last) {
			last = p.LastOpened
		}
	}
	return last
}

// ShowsAnswers says whether the answers of this poster may be shown as a
// number of its own: its building is a group by itself (RULES §1) and never
// had another poster. A poster that hangs before a few doors would tell who of
// them answered, and so would one that took another's place this morning.
// Those of joined buildings are counted together, all of them: a single one
// that is hidden could be had from the project's sum by subtraction.
func (p PosterPlace) ShowsAnswers() bool { return p.Alone && !p.Several }

// ShowsTogether says whether the answers of all posters of its building may be
// shown in their place.
func (p PosterPlace) ShowsTogether() bool { return p.Alone && p.Several }
