package rubric

import "meihao/survey"

// CanSettle says whether somebody who saw this of the item may settle it on
// some points with a reason: only where assessors differ, and once all that the
// activity wants have marked.
func (a Award) CanSettle(points Halves, seen, reason string) error {
	switch {
	case a.Item.Veto() || a.Item.MachineSet() || !a.parted():
		return survey.Fail(survey.Conflict, "error.settle.nothing", "Item", a.Item.ID)
	case a.Wants != "":
		return survey.Fail(survey.Conflict, "error.settle.wants", "Item", a.Item.ID)
	}
	if err := a.sawThis(seen); err != nil {
		return err
	}
	return a.checkDecision(points, reason)
}

// CanOverride says whether one may ask to put points in the place of what the
// machine said. What it has not said yet cannot be replaced, and neither can
// what is already asked for or in force.
func (a Award) CanOverride(points Halves, reason string) error {
	switch {
	case a.Item.Veto() || !a.Item.MachineSet():
		return survey.Fail(survey.Conflict, "error.override.not_machine", "Item", a.Item.ID)
	case a.Override != nil && a.Override.Of == a.Machine:
		return survey.Fail(survey.Conflict, "error.sheet.asked", "Item", a.Item.ID)
	case a.Machine == "" || a.Machine == Open:
		return survey.Fail(survey.Conflict, "error.override.open", "Item", a.Item.ID)
	}
	return a.checkDecision(points, reason)
}

// CanConfirm says whether an actor may be the second person of an override:
// somebody else than who asked, upon the same proposal, and while the machine
// says what it was to replace.
func (a Award) CanConfirm(actor survey.Actor, seen string) error {
	o := a.Override
	switch {
	case o == nil:
		return survey.Fail(survey.Conflict, "error.sheet.nothing_asked", "Item", a.Item.ID)
	case o.Confirmed.ID != 0:
		return survey.Fail(survey.Conflict, "error.sheet.confirmed", "Item", a.Item.ID)
	case o.Of != a.Machine:
		return survey.Fail(survey.Conflict, "error.override.moved", "Item", a.Item.ID)
	}
	if err := survey.SecondPerson(o.Asked.ID, actor); err != nil {
		return err
	}
	return a.sawThis(seen)
}

func (a Award) checkDecision(points Halves, reason string) error {
	if err := CheckMark(a.Item, &points, reason, false); err != nil {
		return err
	}
	return survey.CheckReason(reason)
}
