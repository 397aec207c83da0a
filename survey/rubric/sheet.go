package rubric

import (
	"slices"

	"meihao/survey"
)

// Sheet 评分表 of one project in one activity, as a role may see it.
type Sheet struct {
	Activity, Project survey.ID
	Awards            []Award // 32 items
	Vetoes            []Award // 6, without points
	Total             Halves  // of what stands; "≥" while not Complete
	SelfTotal         Halves  // of the self-assessment, which never counts
	SelfMarks         int     // items that it has marked
	Complete          bool
	// Waits says that the survey's words with and without the held responses
	// differ, so that its lines wait (RULES §5).
	Waits bool
	// Stale says that a score comes from a snapshot that was corrected since.
	Stale bool
	// Excluded by a veto; Blocked by one that nobody has decided yet.
	Excluded, Blocked bool
	Missing           int // items without points
	Differing         int // items on which assessors differ
	// Partial says that the reader sees no awards of assessors, so that the
	// total is none of theirs.
	Partial bool
}

// Sheet fills the sheet of a project from what people entered and what the
// machine knows, as a role may see it.
func (r *Rubric) Sheet(a survey.Activity, e Entries, f Figures, role survey.Role) Sheet {
	self := role.AssessesItself()
	s := Sheet{Activity: e.Activity, Project: e.Project, Complete: true, Partial: self}
	s.Awards, s.Vetoes = make([]Award, 0, len(r.Items)), make([]Award, 0, vetoes)
	verdict, few := s.verdict(f)
	for _, item := range r.Items {
		award := e.award(item, self)
		switch {
		case item.ID == SatisfactionItem:
			award.verdict(verdict)
		case item.ID == SatisfactionVeto:
			award.veto61(verdict, e.snapshot())
		case item.Veto():
			award.recorded()
		case item.ID == VolumeItem:
			award.volume(f.Lowest)
		case item.ID == PromptItem:
			award.prompt(f.Prompt)
		case item.ID == FeesItem:
			award.fees(e.Fees)
		default:
			award.assessed(a.Seconds)
		}
		if surveyed := item.ID == SatisfactionItem || item.ID == SatisfactionVeto; surveyed {
			award.Stale = award.Stale || e.Reading != nil && e.Reading.Stale()
			award.Few = few && !role.SeesLiveFigures()
			award.Hidden = award.Few || role == survey.CompanyRole && f.Sealed != nil && !f.Published
			s.Waits = s.Waits && !award.Hidden
		}
		award.keepFor(self)
		s.add(award)
	}
	return s
}

// verdict is the sealed one of the owners; nil without one, and where the
// words with and without the held responses differ.
func (s *Sheet) verdict(f Figures) (verdict *survey.Verdict, few bool) {
	if f.Sealed == nil || f.Campaign == nil {
		return nil, false
	}
	owner, _ := f.Sealed.Judged(*f.Campaign)
	few = owner.Answered < survey.FewestShown
	if f.Sealed.Owner != f.Sealed.OwnerWithHeld {
		s.Waits = true
		return nil, few
	}
	return &owner, few
}

// snapshot is the number that 1.1 and 6.1 read, 0 for none.
func (e Entries) snapshot() int {
	if e.Reading == nil {
		return 0
	}
	return e.Reading.Snapshot
}

// award gathers what was entered about an item. Who assesses itself is not told
// of the evidence of others.
func (e *Entries) award(item Item, self bool) Award {
	a := Award{Item: item}
	for _, m := range e.Marks {
		if m.Item == item.ID {
			a.Marks = append(a.Marks, m)
		}
	}
	slices.SortFunc(a.Marks, func(x, y Mark) int {
		return slices.Index(Parties(), x.Party) - slices.Index(Parties(), y.Party)
	})
	a.Settled = last(e.Settlements, func(s Settlement) bool { return s.Item == item.ID })
	a.Override = last(e.Overrides, func(o Override) bool { return o.Item == item.ID })
	a.Recorded = last(e.Vetoes, func(v Recorded) bool { return v.Item == item.ID })
	if item.ID == SatisfactionVeto {
		a.Confirmation = e.Confirmation
	}
	for _, x := range e.Evidence {
		if x.Item == item.ID && !x.Removed && (x.Party == SelfParty || !self) {
			a.Evidence++
		}
	}
	return a
}

func last[T any](list []T, is func(T) bool) *T {
	for i := len(list) - 1; i >= 0; i-- {
		if is(list[i]) {
			return &list[i]
		}
	}
	return nil
}

// keepFor leaves of an award what a reader may see: who assesses itself sees its
// own marks and the machine's figures, not what assessors say before the
// results are out, nor the vetoes that are still being looked into. What is
// hidden is not told by what was said about it either.
func (a *Award) keepFor(self bool) {
	if self {
		a.Hidden = a.Hidden || !a.Item.MachineSet() || a.Overridden()
		a.Marks = slices.DeleteFunc(slices.Clone(a.Marks), func(m Mark) bool { return m.Party.Counts() })
		a.Settled, a.Differs, a.Wants, a.Override, a.Recorded, a.Confirmation = nil, false, "", nil, nil, nil
	}
	if a.Hidden {
		a.State, a.Got, a.Machine, a.Flags, a.Override, a.Confirmation = "", nil, "", nil, nil, nil
		a.Stale = a.Stale && !self
	}
}

func (s *Sheet) add(a Award) {
	s.Stale = s.Stale || a.Stale
	if a.Item.Veto() {
		s.Vetoes = append(s.Vetoes, a)
		s.Excluded = s.Excluded || a.Excludes()
		s.Blocked = s.Blocked || !a.decided()
		s.Complete = s.Complete && a.decided()
		return
	}
	s.Awards = append(s.Awards, a)
	if m := a.Mark(SelfParty); m != nil {
		s.SelfTotal, s.SelfMarks = s.SelfTotal+m.Points, s.SelfMarks+1
	}
	if a.Differs {
		s.Differing++
	}
	// What is stale may fall: a total "at least x" must not rest on it.
	if a.Got == nil || a.Stale {
		s.Missing++
		s.Complete = false
		return
	}
	s.Total += *a.Got
}

// Award of an item or veto by its number, nil for one that is not there.
func (s *Sheet) Award(id string) *Award {
	for _, list := range [][]Award{s.Awards, s.Vetoes} {
		for i := range list {
			if list[i].Item.ID == id {
				return &list[i]
			}
		}
	}
	return nil
}
