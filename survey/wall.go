package survey

import "time"

// Wall 大屏 is a read-only address of one campaign in one area, for a screen
// that hangs where anybody may see it.
type Wall struct {
	ID           ID
	Account      ID // who made it; it shows never more than that account may see
	AccountName  string
	Campaign     ID
	CampaignName string
	Name         string
	Scope        Scope  // the city, a district, a subdistrict or a community
	ScopeName    string // name of the place, "" for the city
	// Figures says that satisfaction is shown before the results are
	// published: live as the district sees it, in steps of five (RULES §8).
	Figures  bool
	Code     bool   // shows a QR code that leads to the residents' page
	Language string // in which it is shown unless its address says otherwise
	Added    time.Time
	Expires  time.Time
	Opened   time.Time // the hour in which it was last opened, zero for never
}

// Expired says whether a wall is over at a moment.
func (w Wall) Expired(now time.Time) bool { return !now.Before(w.Expires) }

// wallDays is how many days after closing a wall goes on, unless somebody says
// otherwise; it never goes on for more than a year from when it was made.
const wallDays = 7

// WallEnds is when a wall of the campaign that is made now ends, unless
// somebody says otherwise.
func (c Campaign) WallEnds(now time.Time) time.Time {
	ends := c.Closes
	if ends.Before(now) {
		ends = now
	}
	if ends = ends.AddDate(0, 0, wallDays); ends.After(now.AddDate(1, 0, 0)) {
		return now.AddDate(1, 0, 0)
	}
	return ends
}

// CheckNew says what is wrong with a wall that somebody asks for: it needs a
// name, an area and an end within a year, and a campaign that was opened.
func (w Wall) CheckNew(c Campaign, now time.Time) error {
	if err := checkLabel(w.Name, "error.wall.name"); err != nil {
		return err
	}
	switch {
	case c.Stage == Draft:
		return Fail(Invalid, "error.wall.draft").Field("campaign", "error.wall.draft")
	case w.Scope == Scope{} || w.Scope.Company != 0:
		return Fail(Invalid, "error.wall.scope").Field("scope", "error.wall.scope")
	case !now.Before(w.Expires) || w.Expires.After(now.AddDate(1, 0, 1)):
		return Fail(Invalid, "error.wall.expires").Field("expires", "error.wall.expires")
	}
	return nil
}

// sees is as whom a wall looks at a campaign at a moment, and whether it shows
// satisfaction at all (RULES §8). Who walks past is nobody in particular: live
// figures are the shown copies that move in steps of five, and exact ones those
// that residents may see; of a small project neither k nor a word.
func (w Wall) sees(c Campaign, published bool, now time.Time) (as Role, satisfaction bool) {
	switch {
	case !c.Ended(now) && w.Figures:
		return DistrictRole, true
	case !c.Ended(now):
		return public, false
	}
	return public, published || w.Figures
}
