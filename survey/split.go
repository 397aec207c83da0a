package survey

import (
	"strconv"
	"time"

	"meihao/survey/stats"
)

// SplitKind is by what a project's figures are split.
type SplitKind string

// The splits, in the order in which they are shown.
const (
	BuildingSplit SplitKind = "building" // building groups
	LaneSplit     SplitKind = "lane"     // admitted lanes: open feedback stands apart (RULES §1)
	RelationSplit SplitKind = "relation" // owner living here, owner elsewhere, tenant or other resident
)

// Keys of the rows of a RelationSplit: the three sets of bases.
const (
	OwnerHere      = "owner_here"      // in both bases
	OwnerElsewhere = "owner_elsewhere" // in the owner base only
	OtherResident  = "other_resident"  // in the resident base only
)

// Split is one base of a project, split into rows that add up to it. Without
// figures Hidden says why: HiddenByRole (before closing too), HiddenFew (those
// of the project itself are not shown) or HiddenPending.
type Split struct {
	By     SplitKind
	Base   Bases
	Rows   []SplitRow
	Hidden string
}

// SplitRow is a part of a base. How many responses it has is turnout, and is
// said wherever the split is; what they say is nil where it is hidden. A row
// without responses hides nothing: it is a known zero, and no "too few".
type SplitRow struct {
	Key        string // number of the building group, Lane, or word of the relation
	Label      string // of a building group: its buildings
	Households int64  // of the base, of a building group whose homes are known; else 0
	Responses  *int64 // counted ones
	Answered   *int64
	Satisfied  *int64
	Rate       string
	Interval   *[2]float64 // building groups only, as nothing else has a known N
	Light      string      // as Result.Light; "small" below the group's share of the need (RULES §4)
	Hidden     string      // HiddenFew, also where the row is hidden for another's sake
}

// Splits are those of a project for both bases: building groups, lanes and
// relation, the owner base of each first. The enrolment has its groups and its
// whole tally.
func Splits(c Campaign, e Enrolment, role Role, now time.Time) []Split {
	p := parted{c: c, e: &e, crowds: crowdsOf(c.Admission, &e)}
	why := p.why(role, now)
	if why[OwnerBase] == "" || why[ResidentBase] == "" {
		p.shows = p.crowds.shows(why[OwnerBase] == "", why[ResidentBase] == "")
	}
	var list []Split
	for _, by := range []SplitKind{BuildingSplit, LaneSplit, RelationSplit} {
		for _, base := range BothBases.Each() {
			s := Split{By: by, Base: base, Hidden: why[base]}
			if s.Hidden != HiddenByRole {
				s.Rows = p.rows(by, base, s.Hidden)
			}
			list = append(list, s)
		}
	}
	return list
}

// parted is an enrolment while it is split.
type parted struct {
	c      Campaign
	e      *Enrolment
	crowds crowds
	shows  shows
}

// why says for each base why it is not split, "" where it is.
func (p parted) why(role Role, now time.Time) map[Bases]string {
	reasons := map[Bases]string{OwnerBase: HiddenByRole, ResidentBase: HiddenByRole}
	if !p.c.Ended(now) || !role.May(ViewStandings) {
		return reasons
	}
	g := glance(p.c, p.e, role, now)
	for base, of := range map[Bases]BaseGlance{OwnerBase: g.Owner, ResidentBase: g.Resident} {
		switch {
		case p.c.Unsettled(*p.e, now):
			reasons[base] = HiddenPending
		case !of.SeesRate():
			reasons[base] = of.Hidden
		default:
			reasons[base] = ""
		}
	}
	return reasons
}

// rows are those of one split of a base; hidden is why none of them shows its
// figures, or "".
func (p parted) rows(by SplitKind, base Bases, hidden string) []SplitRow {
	var rows []SplitRow
	add := func(key, label string, shown bool, keep func(Cell) bool) *SplitRow {
		score := p.e.Tally.Sum(func(k Cell) bool {
			return k.State == Counted && k.Bases.Has(base) && p.c.Admission.Admits(k.Lane) && keep(k)
		})
		rows = append(rows, splitRow(key, label, score, shown && hidden == "", hidden))
		return &rows[len(rows)-1]
	}
	switch by {
	case BuildingSplit:
		for i, g := range p.crowds.groups {
			row := add(strconv.Itoa(g.Number), g.Label(), p.shows.building(i, base), func(k Cell) bool { return k.Group == g.Number })
			row.judge(p.c, p.e.Homes, g.Homes, base)
		}
	case LaneSplit:
		for _, lane := range Lanes() {
			if p.c.Admission.Admits(lane) {
				add(string(lane), "", p.shows.lane(base), func(k Cell) bool { return k.Lane == lane })
			}
		}
	case RelationSplit:
		for _, r := range relations(base) {
			add(r.key, "", p.shows.relation, func(k Cell) bool { return k.Bases == r.bases })
		}
	}
	return rows
}

type relation struct {
	key   string
	bases Bases
}

// relations are the sets of bases that make up one base.
func relations(base Bases) []relation {
	if base == OwnerBase {
		return []relation{{OwnerHere, BothBases}, {OwnerElsewhere, OwnerBase}}
	}
	return []relation{{OwnerHere, BothBases}, {OtherResident, ResidentBase}}
}

// splitRow is a row with its figures, if they are shown.
func splitRow(key, label string, score Score, shown bool, hidden string) SplitRow {
	row := SplitRow{Key: key, Label: label, Responses: &score.Responses}
	switch {
	case score.Responses == 0:
		var none int64
		row.Answered, row.Satisfied, row.Rate, row.Light = &none, &none, NoRate, "none"
	case !shown:
		row.Hidden = HiddenFew
		if hidden != "" {
			row.Hidden = hidden
		}
	default:
		row.Answered, row.Satisfied, row.Rate = &score.Answered, &score.Satisfied, Rate(score.Satisfied, score.Answered)
		row.Light = Verdict{Answered: score.Answered, Satisfied: score.Satisfied}.light()
	}
	return row
}

// judge adds what it takes a building group's households to say: the interval,
// and whether there are as many answers as its share of the need.
func (r *SplitRow) judge(c Campaign, project, group Homes, base Bases) {
	r.Households = int64(group.Of(base))
	if r.Households == 0 || r.Answered == nil || *r.Answered == 0 {
		return
	}
	need := sharedTarget(weigh(int64(project.Of(base)), 0, 0, c.Margins).NeededFull, project, group, base)
	if *r.Answered < need {
		r.Light = "small"
	}
	if *r.Answered <= r.Households {
		lo, hi := stats.WilsonFinite(*r.Satisfied, *r.Answered, r.Households)
		r.Interval = &[2]float64{lo, hi}
	} else {
		r.Light = "none"
	}
}
