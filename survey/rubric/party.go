package rubric

import (
	"strconv"
	"strings"

	"meihao/survey"
)

// Counts says whether a party's marks can become an award: a self-assessment
// never does.
func (p Party) Counts() bool { return p != SelfParty }

// Seat is the party for which an account of a role marks an item of the sheet;
// a Conflict where it may not. First, second and third party are three accounts
// per item. One that has assessed itself scores nothing of the sheet and the
// other way round, whatever its role is now (RULES §6).
func (s *Sheet) Seat(item string, role survey.Role, account survey.ID) (Party, error) {
	a := s.Award(item)
	if a == nil || a.Item.Veto() {
		return "", survey.NotFoundError("error.not_found")
	}
	if s.marked(account, role.AssessesItself()) {
		return "", survey.Fail(survey.Conflict, "error.mark.self", "Item", item)
	}
	switch {
	case role.AssessesItself():
		return SelfParty, nil
	case a.Item.MachineSet():
		return "", survey.Fail(survey.Conflict, "error.mark.machine", "Item", item)
	case role.May(survey.ScoreAsThird):
		return a.thirdSeat(account)
	case role.May(survey.ScoreSheets):
		return a.ownSeat(account)
	}
	return "", survey.Fail(survey.Forbidden, "error.forbidden")
}

// marked says whether an account has marked anything of the sheet as an
// assessor, or else for itself.
func (s *Sheet) marked(account survey.ID, assessor bool) bool {
	for i := range s.Awards {
		for _, m := range s.Awards[i].Marks {
			if m.By.ID == account && m.Party.Counts() == assessor {
				return true
			}
		}
	}
	return false
}

func (a *Award) markOf(account survey.ID) *Mark {
	for i := range a.Marks {
		if a.Marks[i].Party.Counts() && a.Marks[i].By.ID == account {
			return &a.Marks[i]
		}
	}
	return nil
}

func (a *Award) thirdSeat(account survey.ID) (Party, error) {
	if m := a.Mark(ThirdParty); m != nil && m.By.ID != account {
		return "", survey.Fail(survey.Conflict, "error.mark.third", "Item", a.Item.ID, "Name", m.By.Name)
	}
	if m := a.markOf(account); m != nil && m.Party != ThirdParty {
		return "", survey.Fail(survey.Conflict, "error.mark.one_account", "Item", a.Item.ID)
	}
	return ThirdParty, nil
}

// ownSeat is the one of a district's or the city's account: the one that it
// has, else the first one that is free.
func (a *Award) ownSeat(account survey.ID) (Party, error) {
	if m := a.markOf(account); m != nil {
		if m.Party == ThirdParty {
			return "", survey.Fail(survey.Conflict, "error.mark.one_account", "Item", a.Item.ID)
		}
		return m.Party, nil
	}
	first, second := a.Mark(FirstParty), a.Mark(SecondParty)
	switch {
	case first == nil:
		return FirstParty, nil
	case second == nil:
		return SecondParty, nil
	}
	return "", survey.Fail(survey.Conflict, "error.mark.two", "Item", a.Item.ID, "First", first.By.Name, "Second", second.By.Name)
}

// Seen names what a person decides upon who settles the item or confirms its
// override: marks, settlement, override and what the machine says. A form sends
// it back, so that nobody decides upon what somebody changed meanwhile.
func (a Award) Seen() string {
	var b strings.Builder
	b.WriteString(a.Machine)
	add := func(what string, points Halves, by Person) {
		b.WriteString("/" + what + "=" + points.String() + "," + by.ID.String() + "," + strconv.FormatInt(by.At.UnixMilli(), 10))
	}
	for _, m := range a.Marks {
		if m.Party.Counts() {
			add(string(m.Party), m.Points, m.By)
		}
	}
	if a.Settled != nil {
		add("settled", a.Settled.Points, a.Settled.By)
	}
	if a.Override != nil {
		add("override", a.Override.Points, a.Override.Asked)
	}
	return b.String()
}

// sawThis is a Conflict where somebody decides upon something else than what
// there is.
func (a Award) sawThis(seen string) error {
	if seen != a.Seen() {
		return survey.Fail(survey.Conflict, "error.mark.changed", "Item", a.Item.ID)
	}
	return nil
}
