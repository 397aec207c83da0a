package rubric

import (
	"strconv"
	"strings"

	"meihao/survey"
)

// Counts says whether a party's marks can become an award: a self-assessment
// never does.
func (p Party) Counts() bool { return p != SelfParty }

// Seat is the party for which an account of a role marks the item; a Conflict
// where it may not. First, second and third party are three accounts, and one
// that has assessed itself scores nobody there, whatever its role is now
// (RULES §6).
func (a *Award) Seat(role survey.Role, account survey.ID) (Party, error) {
	switch {
	case role.AssessesItself():
		if m := a.markOf(account); m != nil && m.Party.Counts() {
			return "", survey.Fail(survey.Conflict, "error.mark.self", "Item", a.Item.ID)
		}
		return SelfParty, nil
	case a.MarkedSelf(account):
		return "", survey.Fail(survey.Conflict, "error.mark.self", "Item", a.Item.ID)
	case role.May(survey.ScoreAsThird):
		return a.thirdSeat(account)
	}
	return a.ownSeat(account)
}

// MarkedSelf says whether the self-assessment of the item is an account's.
func (a *Award) MarkedSelf(account survey.ID) bool {
	m := a.Mark(SelfParty)
	return m != nil && m.By.ID == account
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
