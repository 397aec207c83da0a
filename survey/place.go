package survey

import "strings"

// Area names where a project lies, from the district down.
type Area struct {
	District, Subdistrict, Community string
}

// Place is one district, subdistrict or community with the ids above it;
// ids below its own level are zero.
type Place struct {
	District, Subdistrict, Community ID
	Area
}

// Name is the name of the place's own level.
func (p Place) Name() string {
	for _, name := range []string{p.Area.Community, p.Area.Subdistrict, p.Area.District} {
		if name != "" {
			return name
		}
	}
	return ""
}

// MostKind is how long the kind of a project is at most, in letters.
const MostKind = 20

// Company is a property company 物业企业.
type Company struct {
	ID   ID
	Name string
}

// Project 物业项目/小区 is the unit that is scored.
type Project struct {
	ID       ID
	Register string // the register's number, "" where it has none
	Name     string
	Place
	Company   Company
	Kind      string // 类型, in the register's words, at most MostKind letters; "" where it does not say
	Phone     string // the community's telephone, shown to residents
	Homes            // N per base as the register gives it, buildings or not
	Buildings []Building
	// BuildingCount is the number of buildings where Buildings is not loaded.
	BuildingCount int
}

// ProjectFilter chooses and pages projects; zero fields choose nothing out.
type ProjectFilter struct {
	Search                           string // part of the name or register number
	District, Subdistrict, Community ID
	Company                          ID
	Kind                             string // as KindKey compares
	Offset, Limit                    int    // Limit 0: all
}

// Homes are the numbers of households of a place (RULES §1).
type Homes struct {
	Households int  // all homes: N of the owner base
	Occupied   *int // homes lived in: N of the resident base, nil where unknown
}

// Of is N of a base: all homes for owners, the occupied ones (else all) for
// residents (RULES §1).
func (h Homes) Of(b Bases) int {
	if b == ResidentBase && h.Occupied != nil {
		return *h.Occupied
	}
	return h.Households
}

// Building 楼 of a project.
type Building struct {
	ID   ID
	Name string // as printed: "3号楼"
	// Units is the number of units 单元: 0 where the building has none (and
	// none is asked), nil where the register does not say (and one is asked).
	Units *int
	Homes
	// Rooms is the household list as PackRooms packs it, "" where the register
	// has none: then every possible room may answer (RULES §1). It is set
	// where buildings are loaded.
	Rooms string
}

// AsksUnit says whether a household of this building is named with a unit.
func (b Building) AsksUnit() bool { return b.Units == nil || *b.Units > 0 }

// SumHomes adds the homes of buildings; Occupied is known only where every
// building's is.
func SumHomes(buildings []Building) Homes {
	sum, occupied, known := Homes{}, 0, len(buildings) > 0
	for _, b := range buildings {
		sum.Households += b.Households
		if b.Occupied == nil {
			known = false
			continue
		}
		occupied += *b.Occupied
	}
	if known {
		sum.Occupied = &occupied
	}
	return sum
}

// NameKey is how names of places are compared: without any spaces, so that
// "幸福 家园" and "幸福家园" are one project.
func NameKey(name string) string { return strings.Join(strings.Fields(name), "") }

// KindKey is how kinds of projects are compared: without spaces and in small
// letters, so that "老旧 小区" and "老旧小区" are one.
func KindKey(kind string) string { return strings.ToLower(NameKey(kind)) }
