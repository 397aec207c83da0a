package survey

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// NewPoster is a poster that staff hang up beside those that opening made.
type NewPoster struct {
	Building ID
	Unit     int    // the unit 单元 whose lobby it hangs in, 0 for the building's
	Place    string // where it hangs, as printed: "3号楼2单元大堂"
}

// Limits of new posters.
const (
	PostersPerBuilding = 50 // that are in use
	PlaceMost          = 40 // characters of a place's name
	unitsMost          = 99 // where the register does not say how many there are
)

// Check says whether the poster can hang in a building: Invalid with the
// fields "place" and "unit".
func (n NewPoster) Check(b Building) error {
	e := Fail(Invalid, "error.poster.new", "Building", b.Name)
	letters := utf8.RuneCountInString(strings.TrimSpace(n.Place))
	hidden := func(r rune) bool { return !unicode.IsGraphic(r) }
	if letters == 0 || letters > PlaceMost || strings.ContainsFunc(n.Place, hidden) {
		e.Field("place", "error.poster.place", "Max", PlaceMost)
	} else if namesHome(n.Place, b.Name) {
		e.Field("place", "error.poster.home")
	}
	units := unitsMost
	if b.Units != nil {
		units = *b.Units
	}
	if n.Unit < 0 || n.Unit > units {
		e.Field("unit", "error.poster.unit", "Building", b.Name, "Units", units)
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

// SamePlace says whether two posters hang at one place: same building and
// unit, and names that differ in spaces at most.
func (p PosterPlace) SamePlace(other PosterPlace) bool {
	return p.Building.ID == other.Building.ID && p.Unit == other.Unit && NameKey(p.Name()) == NameKey(other.Name())
}

// MovedTo is where to look instead of a retired poster: at the place of the
// one that took its place, else of another in use, in the same unit, in the
// same building, in the project, in this order. all are the posters of the
// project; "" where none is in use.
func MovedTo(all []PosterPlace, code string) string {
	at := make(map[string]PosterPlace, len(all))
	for _, p := range all {
		at[p.Code] = p
	}
	old, known := at[code]
	next := old
	for range all { // a chain of replacements is never longer
		if !next.Retired {
			break
		}
		if next, known = at[next.Successor]; !known {
			break
		}
	}
	if known && !next.Retired {
		return next.Name()
	}
	live := slices.DeleteFunc(slices.Clone(all), func(p PosterPlace) bool { return p.Retired })
	if len(live) == 0 {
		return ""
	}
	away := func(p PosterPlace) int {
		switch {
		case p.Building.ID != old.Building.ID:
			return 2
		case p.Unit != old.Unit:
			return 1
		}
		return 0
	}
	return slices.MinFunc(live, func(a, b PosterPlace) int { return cmp.Compare(away(a), away(b)) }).Name()
}
