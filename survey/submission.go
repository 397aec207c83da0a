package survey

// Submission is an answer that passed the gate and waits to be saved: all of
// it is known before the transaction begins.
type Submission struct {
	Campaign, Project ID
	Poster            string // the code it came through: counted and checked, never stored with the answer; "" for none
	Bases             Bases  // asked for
	Group             int
	Lane              Lane
	Claim             Claim
	Receipt           string // as shown
	Change            Digest
	ChangeKey         string // as the phone keeps it; in memory only, never stored
	Answers           string // packed
	Comment           string // "" for none
	// Otherwise is what to answer unless the request is a known retry: a
	// closed campaign or a retired poster takes retries only (RULES §1).
	Otherwise error
}

// Saved is what became of one submission: a receipt (Retry where the request
// was known already), or an Error (closed, already answered, …).
type Saved struct {
	Receipt string
	Change  string // the change key that goes with it, for that phone alone
	Retry   bool
	Err     error
}

// ReceiptStatus is what /r/{receipt} says (RULES §1).
type ReceiptStatus struct {
	State   State
	Reason  Reason
	Project string // name, so that the holder knows which compound it was
	Lane    Lane
	Counts  bool // false for open feedback in a room or code campaign
	Sealed  bool // nothing changes any more: held means undecided, not counted
	Phone   string
}

// Slot is a base of the claims table: claims of open feedback in a room or
// code campaign have slots of their own (RULES §1).
type Slot uint8

// SlotOf is the slot of one base; apart is true for open feedback.
func SlotOf(base Bases, apart bool) Slot {
	if apart {
		return Slot(base) + 4
	}
	return Slot(base)
}

// Base is the base whose slot it is.
func (s Slot) Base() Bases {
	if s > 4 {
		return Bases(s - 4)
	}
	return Bases(s)
}

// Poster 海报 is a QR code at a place: what the gate must know about it.
type Poster struct {
	Code     string
	Retired  bool
	MovedTo  string // where to look instead of a retired one, "" where there is none
	Campaign Campaign
	Project  Project // with its buildings as enrolled
	Building ID      // the building it hangs in
	Unit     int     // the unit 单元 whose lobby it hangs in, 0 for the building's
	Place    string  // where it hangs, "" for the building's name
	Groups   []Group
	Tag      uint32 // the enrolment's tag, see Key.Secrets
	Homes    Homes  // N of the project, frozen
	Key      *Key   // nil once the campaign is sealed
}

// BuildingOf finds a building of the poster's project.
func (p *Poster) BuildingOf(id ID) (Building, bool) {
	for _, b := range p.Project.Buildings {
		if b.ID == id {
			return b, true
		}
	}
	return Building{}, false
}

// GroupOf is the number of the building group that holds a building.
func (p *Poster) GroupOf(id ID) int {
	for _, g := range p.Groups {
		for _, b := range g.Buildings {
			if b.ID == id {
				return g.Number
			}
		}
	}
	return 0
}
