package admin

import (
	"meihao/api/page"
	"meihao/survey"
)

// supposer puts into words what would change a base's verdict. All of it is
// arithmetic on what the reader sees; nothing is said of what is hidden.
type supposer struct {
	teller
	survey.WhatIf
	cell  resultCell
	lines []string
}

func (t teller) whatIf(w survey.WhatIf, cell resultCell) []string {
	s := &supposer{teller: t, WhatIf: w, cell: cell}
	switch {
	case w.ToFull == nil:
		return nil
	case cell.Reason != "":
		s.add("whatif.reason." + cell.Reason)
		return s.lines
	}
	s.sample()
	if w.Item != nil {
		s.turn("item", *w.Item)
		s.turn("veto", *w.Veto)
	}
	s.held()
	s.end()
	return s.lines
}

func (s *supposer) add(key string, pairs ...any) { s.lines = append(s.lines, s.say(key, pairs...)) }

// sample is how many answers are missing to a size that is enough.
func (s *supposer) sample() {
	full, provisional := page.Number(s.ToFull), page.Number(s.ToProvisional)
	switch {
	case *s.ToFull == 0:
		s.add("whatif.sample.full")
	case s.Fixed():
		s.add("whatif.sample.short", "N", full)
	case *s.ToProvisional == 0:
		s.add("whatif.sample.more", "N", full)
	default:
		s.add("whatif.sample.both", "N", full, "P", provisional)
	}
}

// turn is what it takes to turn one word, and to make it a clear one.
func (s *supposer) turn(name string, t survey.Turn) {
	key := "whatif." + name
	switch {
	case s.Fixed():
	case t.Stands > 0:
		s.further(key+".lost", t.Lost)
		if t.Down != nil && (t.Lost == nil || *t.Down != *t.Lost) {
			s.further(key+".down", t.Down)
		}
	case t.Stands < 0:
		s.further(key+".up", t.Up)
	default:
		s.further(key+".open", t.Up)
		s.further(key+".down", t.Down)
	}
	s.same(key, t)
	switch {
	case t.Clear == nil && s.Fixed():
	case t.Clear == nil:
		s.add(key+".clear.none", "Left", page.Number(s.Left))
	case *t.Clear > 0:
		s.add(key+".clear", "N", page.Number(t.Clear))
	}
}

// further is a number of further answers, or that those who are left are too
// few for it.
func (s *supposer) further(key string, n *int64) {
	if n == nil {
		s.add(key+".none", "Left", page.Number(s.Left))
		return
	}
	s.add(key, "N", page.Number(n))
}

// same is how far k is from where the word turns, without a further answer.
func (s *supposer) same(key string, t survey.Turn) {
	switch {
	case t.Same == nil:
	case t.Stands > 0:
		s.add(key+".fewer", "N", page.Number(t.Same), "Answered", page.Number(s.cell.Answered))
	default:
		s.add(key+".more", "N", page.Number(t.Same), "Answered", page.Number(s.cell.Answered))
	}
}

// held is what the decisions about held answers could make of the words.
func (s *supposer) held() {
	h := s.Held
	if h == nil {
		return
	}
	if h.Item.Changes() {
		s.add("whatif.held.item", "N", page.Number(h.Held), "Worst", s.say(itemWord(h.Item.Worst).Key), "Best", s.say(itemWord(h.Item.Best).Key))
	}
	if h.Veto.Changes() {
		s.add("whatif.held.veto", "N", page.Number(h.Held), "Worst", s.say(vetoWord(h.Veto.Worst).Key), "Best", s.say(vetoWord(h.Veto.Best).Key))
	}
	if !h.Item.Changes() && !h.Veto.Changes() {
		s.add("whatif.held.none", "N", page.Number(h.Held))
	}
}

// end says that nothing more can come, and what still could change the words.
func (s *supposer) end() {
	switch {
	case !s.Fixed():
	case s.Held != nil && s.Over:
		s.add("whatif.over.held")
	case s.Over:
		s.add("whatif.over")
	case s.Held != nil:
		s.add("whatif.everybody.held")
	default:
		s.add("whatif.everybody")
	}
}
