package admin

import (
	"fmt"

	"meihao/survey"
)

// standingRow is a standing as pages show it: the words beside the figures.
type standingRow struct {
	survey.Standing
	Owner, Resident resultCell
	Lanes           []laneCount
	Path            string // of the project's own page
}

// resultCell is one base of a standing with its words and its picture.
type resultCell struct {
	survey.Result
	Light, Item, Veto, Enough word
	HeldItem, HeldVeto        word
	// Differs says that the held answers would change a word (RULES §5).
	Differs bool
	Whisker *whisker
	Less    int64 // n that is missing to a full sample, where n is shown
}

// TurnoutRate is the turnout in percent; both numbers stand beside it.
func (r standingRow) TurnoutRate() string {
	return survey.Rate(r.Turnout.Answered, r.Turnout.Households)
}

type laneCount struct {
	Lane  survey.Lane
	Count int64
}

// whisker is the interval on a scale of 0–100, for display only.
type whisker struct{ Lo, Hi, At float64 }

// Width is the length of the interval.
func (w whisker) Width() float64 { return w.Hi - w.Lo }

// Text is the interval in percent: "87.3%–93.1%".
func (w whisker) Text() string { return fmt.Sprintf("%.1f%%–%.1f%%", w.Lo, w.Hi) }

func standingOf(s survey.Standing, path string) standingRow {
	row := standingRow{Standing: s, Owner: cellOf(s.Owner), Resident: cellOf(s.Resident), Path: path + "/" + s.Project.ID.String()}
	for _, lane := range survey.Lanes() {
		if n := s.Lanes[lane]; n > 0 {
			row.Lanes = append(row.Lanes, laneCount{lane, n})
		}
	}
	return row
}

func cellOf(r survey.Result) resultCell {
	cell := resultCell{
		Result: r, Light: lightWord(r.Light), Item: itemWord(r.Item11), Veto: vetoWord(r.Veto61),
		Enough: adequacyWord(r.Adequacy), HeldItem: itemWord(r.WithHeld.Item11), HeldVeto: vetoWord(r.WithHeld.Veto61),
		Differs: r.Item11 != "" && r.Words != r.WithHeld,
	}
	if r.Answered != nil {
		cell.Less = max(0, r.NeededFull-*r.Answered)
	}
	if r.Interval != nil && r.Satisfied != nil && *r.Answered > 0 {
		cell.Whisker = &whisker{
			Lo: 100 * r.Interval[0], Hi: 100 * r.Interval[1],
			At: 100 * float64(*r.Satisfied) / float64(*r.Answered),
		}
	}
	return cell
}

// MoreProvisional is how many answers are missing to a provisional sample.
func (c resultCell) MoreProvisional() int64 {
	if c.Answered == nil {
		return 0
	}
	return max(0, c.NeededProvisional-*c.Answered)
}

// figures are the tiles of a list of standings.
type figures struct {
	survey.Sum
	Hidden string // why there is no rate: "role", "too_few" or ""
	Paths  tileLinks
}

// tileLinks lead from the tiles to the projects that they count, "" where one
// leads nowhere.
type tileLinks struct{ All, Turnout, High, Low string }

// tilePaths are the links of the tiles; address adds to the query of the
// standings.
func tilePaths(address func(pairs ...string) string) tileLinks {
	return tileLinks{All: address("light", ""), Turnout: address("sort", string(survey.ByTurnout)),
		High: address("light", "high"), Low: address("light", "low")}
}

// TurnoutRate is the turnout of all in percent.
func (f figures) TurnoutRate() string { return survey.Rate(f.Turnout.Answered, f.Turnout.Households) }

func figuresOf(rows []*survey.Glance) figures {
	var f figures
	if sums := survey.Sums(rows, survey.CityLevel); len(sums) > 0 {
		f.Sum = sums[0]
	}
	if f.Shown > 0 || len(rows) == 0 {
		return f
	}
	f.Hidden = survey.HiddenFew
	for _, row := range rows {
		if row.Owner.Hidden == survey.HiddenByRole {
			f.Hidden = survey.HiddenByRole
		}
	}
	return f
}
