package main

import (
	"cmp"
	"math/big"
	"slices"
	"testing"
)

// What a rubric sheet must say, counted a second time from what was handed in:
// the words and numbers here are those of the notice and of RULES §3–§6 and
// share no code with survey and survey/rubric. Points are half points, money is
// fen, times are minutes since the period began.

// rawTicket is a row of the complaint log; -1 is "not yet".
type rawTicket struct {
	project                       int
	class                         string
	received, responded, resolved int
	reopened, invalid             bool
}

// rawSheet is what everybody handed in about one project. A settlement, an
// override and a borderline veto are here only while they are in force.
type rawSheet struct {
	project                     int   // in the register
	homes, answered, satisfied  int64 // of owners
	first, second, third        map[string]int
	settled, overridden         map[string]int
	fees                        *[2]int64 // paid, due
	vetoes                      map[string]string
	confirmed                   bool // veto 6.1, by a second person
	self, unanswered, residents int  // what must not count: marks, blank answers, tenants' answers
}

// counted is what its sheet must say.
type counted struct {
	points                      map[string]int // none: not scored
	states                      map[string]string
	differs                     map[string]bool
	total                       int
	complete, excluded, blocked bool
}

// rawPlay is what was handed in about all projects of the city.
type rawPlay struct {
	projects int
	period   int // minutes
	tickets  []rawTicket
	sheets   []*rawSheet
}

// mostPoints of an item in half points, from the notice's table.
func mostPoints() map[string]int {
	most := map[string]int{"1.1": 20, "1.2": 10, "1.3": 10}
	for section, list := range map[string][]int{
		"2.": {2, 2, 3, 3, 3, 3, 4}, "3.": {2, 2, 2, 1, 2, 2, 2, 1, 2, 2, 2}, "4.": {3, 4, 4, 3, 3, 3}, "5.": {4, 4, 4, 4, 4},
	} {
		for i, points := range list {
			most[section+number(int64(i+1))] = 2 * points
		}
	}
	return most
}

// assessed are the items that people score, in a fixed order.
func assessed() (list []string) {
	for item := range mostPoints() {
		if item[0] != '1' && item != "3.2" {
			list = append(list, item)
		}
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	return list
}

// count fills the sheet of a project in mind.
func (p *rawPlay) count(s *rawSheet) counted {
	c := counted{points: map[string]int{}, states: map[string]string{}, differs: map[string]bool{}, complete: true}
	met, veto := surveyWords(s.homes, s.answered, s.satisfied)
	c.set("1.1", met, map[string]int{"MET_CLEAR": 20, "MET_BORDERLINE": 20, "NOT_MET_CLEAR": 0, "NOT_MET_BORDERLINE": 0})
	c.set("1.2", p.lowest(s.project), map[string]int{"MET": 10, "NOT_MET": 0})
	if points, due := p.prompt(s.project); due {
		c.points["1.3"], c.states["1.3"] = points, "SCORED"
	} else {
		c.states["1.3"] = "NOT_ASSESSABLE"
	}
	c.states["3.2"] = "open"
	if s.fees != nil {
		word := "NOT_MET"
		if 100*s.fees[0] >= 95*s.fees[1] {
			word = "MET"
		}
		c.set("3.2", word, map[string]int{"MET": 4, "NOT_MET": 0})
	}
	for item, points := range s.overridden {
		c.points[item], c.states[item] = points, "SCORED"
	}
	for _, item := range assessed() {
		c.assess(s, item)
	}
	for item := range mostPoints() {
		points, scored := c.points[item]
		c.total += points
		c.complete = c.complete && scored
	}
	c.states["6.1"] = veto
	c.judge(veto, s.confirmed)
	for _, item := range []string{"6.2", "6.3", "6.4", "6.5", "6.6"} {
		c.states[item] = cmp.Or(s.vetoes[item], "open")
		c.judge(c.states[item], false)
	}
	return c
}

func (c *counted) set(item, word string, points map[string]int) {
	c.states[item] = word
	if got, scored := points[word]; scored {
		c.points[item] = got
	}
}

// assess takes the points of an item on which first, second and third party
// agree, or which a settlement gave; the first two are wanted.
func (c *counted) assess(s *rawSheet, item string) {
	first, one := s.first[item]
	second, two := s.second[item]
	third, three := s.third[item]
	same := (!one || !two || first == second) && (!one || !three || first == third) && (!two || !three || second == third)
	settled, by := s.settled[item]
	switch {
	case one && two && !same && by:
		c.points[item], c.states[item] = settled, "SCORED"
	case one && two && same:
		c.points[item], c.states[item] = first, "SCORED"
	default:
		c.states[item], c.differs[item] = "open", !same
	}
}

// judge adds what a veto's word means for the sheet.
func (c *counted) judge(word string, confirmed bool) {
	switch {
	case word == "YES", word == "VETO_CLEAR", word == "VETO_BORDERLINE" && confirmed:
		c.excluded = true
	case word == "NO", word == "CLEARED", word == "CLEARED_BORDERLINE":
	default:
		c.blocked, c.complete = true, false
	}
}

// counts says whether a ticket is one of the period's valid ones.
func (p *rawPlay) counts(t rawTicket) bool {
	return !t.invalid && t.received >= 0 && t.received < p.period
}

// lowest is item 1.2: met ⇔ 20·rank ≤ N, rank = 1 + projects with fewer.
func (p *rawPlay) lowest(project int) string {
	volume := make([]int, p.projects)
	for _, t := range p.tickets {
		if p.counts(t) {
			volume[t.project]++
		}
	}
	rank := 1
	for _, n := range volume {
		if n < volume[project] {
			rank++
		}
	}
	if 20*rank <= p.projects {
		return "MET"
	}
	return "NOT_MET"
}

// prompt is item 1.3 at the end of the period; nothing due is nothing to judge.
func (p *rawPlay) prompt(project int) (points int, due bool) {
	limits := map[string][2]int{"紧急": {120, 1440}, "一般": {1440, 7 * 1440}, "复杂": {1440, 15 * 1440}}
	var responses, inTime, resolutions, solved int
	for _, t := range p.tickets {
		if t.project != project || !p.counts(t) {
			continue
		}
		if by := t.received + limits[t.class][0]; by <= p.period {
			responses++
			if t.responded >= 0 && t.responded <= by {
				inTime++
			}
		}
		if by := t.received + limits[t.class][1]; by <= p.period {
			resolutions++
			if !t.reopened && t.resolved >= 0 && t.resolved <= by {
				solved++
			}
		}
	}
	if responses == 0 || resolutions == 0 {
		return 0, false
	}
	for i, band := range [][2]int{{95, 90}, {90, 85}, {85, 80}, {80, 70}, {70, 60}} {
		if 100*inTime >= band[0]*responses && 100*solved >= band[1]*resolutions {
			return 10 - 2*i, true
		}
	}
	return 0, true
}

// surveyWords are those of item 1.1 and veto 6.1 (RULES §3–§5).
func surveyWords(homes, n, k int64) (met, veto string) {
	full, provisional := enough(homes, 5), enough(homes, 8)
	if n == 0 || n > homes || n < min(30, full) || n < provisional {
		return "NOT_ASSESSABLE", "UNDETERMINED"
	}
	met, veto = "NOT_MET", "CLEARED"
	if 10*k > 9*n {
		met = "MET"
	}
	if 5*k < 3*n {
		veto = "VETO"
	}
	clear, apart := beyond(homes, n, k, 9, 10), beyond(homes, n, k, 3, 5)
	switch {
	case clear:
		met += "_CLEAR"
	case n >= full:
		met += "_BORDERLINE"
	default:
		met = "NOT_ASSESSABLE"
	}
	switch {
	case apart && veto == "VETO":
		veto = "VETO_CLEAR"
	case apart:
	case n >= full:
		veto += "_BORDERLINE"
	default:
		veto = "UNDETERMINED"
	}
	return met, veto
}

// enough is min(N, ⌈n0 / (1 + (n0−1)/N)⌉) with n0 = 1.96²/4e², e in percent.
func enough(homes, percent int64) int64 {
	n0 := big.NewRat(196*196, 4*percent*percent)
	below := new(big.Rat).Sub(n0, big.NewRat(1, 1))
	below.Quo(below, big.NewRat(homes, 1))
	below.Add(below, big.NewRat(1, 1))
	size := new(big.Rat).Quo(n0, below)
	up := new(big.Int).Add(size.Num(), new(big.Int).Sub(size.Denom(), big.NewInt(1)))
	return min(homes, up.Quo(up, size.Denom()).Int64())
}

// beyond says whether k of n is clear of a/b: n = N or
// (bk−an)²·(N−1) > z²·a·(b−a)·n·(N−n).
func beyond(homes, n, k, a, b int64) bool {
	far := big.NewInt(b*k - a*n)
	far.Mul(far, far).Mul(far, big.NewInt(homes-1)).Mul(far, big.NewInt(1_000_000_000_000_000))
	near := big.NewInt(3_841_458_820_694_124)
	near.Mul(near, big.NewInt(a*(b-a))).Mul(near, big.NewInt(n)).Mul(near, big.NewInt(homes-n))
	return n == homes || far.Cmp(near) > 0
}

// The second calculation is checked by hand where it is easy to be wrong.
func TestRubricCount(t *testing.T) {
	for _, c := range []struct {
		homes, n, k int64
		met, veto   string
	}{
		{40, 40, 36, "NOT_MET_CLEAR", "CLEARED"}, {40, 40, 24, "NOT_MET_CLEAR", "CLEARED"}, {40, 40, 23, "NOT_MET_CLEAR", "VETO_CLEAR"},
		{40, 38, 35, "MET_BORDERLINE", "CLEARED"}, {40, 37, 22, "NOT_MET_CLEAR", "VETO_BORDERLINE"}, {40, 30, 29, "NOT_ASSESSABLE", "UNDETERMINED"},
		{40, 33, 33, "MET_CLEAR", "CLEARED"}, {40, 34, 31, "NOT_ASSESSABLE", "CLEARED"}, {40, 0, 0, "NOT_ASSESSABLE", "UNDETERMINED"},
	} {
		if met, veto := surveyWords(c.homes, c.n, c.k); met != c.met || veto != c.veto {
			t.Errorf("%d of %d answers in %d homes: %s and %s, want %s and %s", c.k, c.n, c.homes, met, veto, c.met, c.veto)
		}
	}
	sum := 0
	for _, points := range mostPoints() {
		sum += points
	}
	if sum != 200 || len(assessed()) != 28 {
		t.Errorf("%d half points and %d items of assessors, want 200 and 28", sum, len(assessed()))
	}
}
