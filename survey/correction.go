package survey

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"time"
)

// Limits of what a register says, in characters and numbers; an import and a
// correction by hand have the same.
const (
	LongestName  = 100
	LongestPhone = 40
	MostHomes    = 1_000_000
	MostUnits    = 999
)

// RegisterCorrection is a project of the register as somebody wants it to be
// (RULES §1: before opening the register is simply put right).
type RegisterCorrection struct {
	Name, Phone string
	Company     string // by name; one that nobody knows is new, "" is none
	Kind        string // of project, "" for none
	Homes
	// Buildings are those that the register has, with their ids, and new ones
	// without. Whatever the register has and this list has not stays.
	Buildings []CorrectedBuilding
	// Seen is the digest of the project that the form showed: a change since
	// then is a Conflict.
	Seen   string
	Reason string // may be empty
}

// CorrectedBuilding is one line of a correction. Rooms are homes that its
// household list forgot; what the list has stays, and one without a list,
// which lets every room in, gets none.
type CorrectedBuilding struct {
	Building
	Remove bool
}

// Correction is one value that somebody put right: a line of the history.
type Correction struct {
	Building     ID     // 0 for the project's own
	BuildingName string // as it was called then, "" for the project's own
	Field        string // its label is the message "roster.field." + Field
	Old, New     string // "" where nothing was known
}

// Fields of a Correction beside those of an import.
const (
	BuildingAdded   = "added"   // New is its households
	BuildingRemoved = "removed" // Old is its households
	RoomsListed     = "rooms"   // numbers of homes on its household list
)

// Way is how a correction came.
type Way string

// The ways.
const (
	ByImport   Way = "import"
	ByRegister Way = "register" // by hand, on the project's page
	ByCampaign Way = "campaign" // what a campaign froze at its opening
)

// CorrectionEntry is what was put right of one project at once.
type CorrectionEntry struct {
	Number       int64 // of its event
	At           time.Time
	By           string // name of who did it
	Way          Way
	Campaign     ID // 0 but where Way is ByCampaign
	CampaignName string
	Reason       string
	Lines        []Correction
}

// Digest is a stable hash of what the register says of a project and its
// buildings, so that a form can tell what it showed.
func (p Project) Digest() string {
	return digestOf(p.Name, p.Phone, p.Company.Name, p.Kind, p.Homes, p.Buildings)
}

// Digest is a stable hash of what an enrolment froze, building groups too.
func (e Enrolment) Digest() string {
	groups := make([][]ID, len(e.Groups))
	for i, g := range e.Groups {
		for _, b := range g.Buildings {
			groups[i] = append(groups[i], b.ID)
		}
	}
	return digestOf(e.Homes, e.Project.Buildings, groups)
}

func digestOf(parts ...any) string {
	text, err := json.Marshal(parts)
	if err != nil {
		panic(err) // texts and numbers always can be written
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Following is what a project's figures become when a form sends them together
// with buildings. A figure that was the sum of the buildings and was left as
// it was follows their new sum, as it does when a register is imported; any
// other stands as typed, and where it differs from the sum it rules (DESIGN §7).
func (h Homes) Following(typed Homes, was, now []Building) Homes {
	before, after := SumHomes(was), SumHomes(now)
	if typed.Households == h.Households && h.Households == before.Households && after.Households > 0 {
		typed.Households = after.Households
	}
	if sameCount(typed.Occupied, h.Occupied) && sameCount(h.Occupied, before.Occupied) {
		typed.Occupied = after.Occupied
	}
	return typed
}

// Correct is the project with a correction, and each value that it changes.
// It checks nothing but that the lines are of this project (else NotFound).
func (p Project) Correct(to RegisterCorrection) (Project, []Correction, error) {
	lines := differing(0, "",
		Correction{Field: "name", Old: p.Name, New: to.Name},
		Correction{Field: "company", Old: p.Company.Name, New: to.Company},
		Correction{Field: "kind", Old: p.Kind, New: to.Kind},
		Correction{Field: "phone", Old: p.Phone, New: to.Phone})
	wanted := map[ID]CorrectedBuilding{}
	after := p
	after.Name, after.Kind, after.Phone, after.Buildings = to.Name, to.Kind, to.Phone, nil
	if to.Company != p.Company.Name {
		after.Company = Company{Name: to.Company}
	}
	for _, b := range to.Buildings {
		if b.ID != 0 {
			wanted[b.ID] = b
		}
	}
	var of []Correction
	for _, b := range p.Buildings {
		line, named := wanted[b.ID]
		delete(wanted, b.ID)
		switch {
		case !named:
			after.Buildings = append(after.Buildings, b)
		case line.Remove:
			of = append(of, Correction{b.ID, b.Name, BuildingRemoved, strconv.Itoa(b.Households), ""})
		default:
			now := b.with(line.Building)
			of = append(of, differences(b, now)...)
			after.Buildings = append(after.Buildings, now)
		}
	}
	if len(wanted) > 0 {
		return p, nil, NotFoundError("error.not_found")
	}
	for _, b := range to.Buildings {
		if b.ID == 0 && !b.Remove {
			after.Buildings = append(after.Buildings, b.Building)
			of = append(of, Correction{0, b.Name, BuildingAdded, "", strconv.Itoa(b.Households)})
		}
	}
	after.BuildingCount = len(after.Buildings)
	after.Homes = p.Homes.Following(to.Homes, p.Buildings, after.Buildings)
	return after, append(append(lines, homesDiffering(p.Homes, after.Homes)...), of...), nil
}

// with is the building with what a form says of it; rooms are added to its
// household list.
func (b Building) with(to Building) Building {
	b.Name, b.Units, b.Homes = to.Name, to.Units, to.Homes
	return b.withRooms(to.Rooms)
}

// differences between a building as it was and as it shall be.
func differences(was, now Building) []Correction {
	return differing(was.ID, was.Name,
		Correction{Field: "name", Old: was.Name, New: now.Name},
		Correction{Field: "units", Old: countText(was.Units), New: countText(now.Units)},
		Correction{Field: "households", Old: strconv.Itoa(was.Households), New: strconv.Itoa(now.Households)},
		Correction{Field: "occupied", Old: countText(was.Occupied), New: countText(now.Occupied)},
		Correction{Field: RoomsListed, Old: strconv.Itoa(was.Listed()), New: strconv.Itoa(now.Listed())})
}

func homesDiffering(was, now Homes) []Correction {
	return differing(0, "",
		Correction{Field: "households", Old: strconv.Itoa(was.Households), New: strconv.Itoa(now.Households)},
		Correction{Field: "occupied", Old: countText(was.Occupied), New: countText(now.Occupied)})
}

// differing are the lines of one thing whose value changes.
func differing(building ID, name string, lines ...Correction) []Correction {
	var differ []Correction
	for _, l := range lines {
		if l.Old != l.New {
			l.Building, l.BuildingName = building, name
			differ = append(differ, l)
		}
	}
	return differ
}

func countText(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func sameCount(a, b *int) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
