package survey

import "time"

// Which figures are shown (RULES §8): while a campaign runs the copies, once it
// has ended the exact ones. A held response that is decided after the end would
// move exact figures by one, and tell what it says: from then on until sealing
// the copies are shown again, which were exact when it was decided and move in
// steps as before.

// copied says whether an enrolment's figures are those of its copies.
func (c Campaign) copied(e *Enrolment, now time.Time) bool {
	switch c.Phase(now) {
	case ClosedStage:
		return e.Owner.Ended || e.Resident.Ended
	case SealedStage:
		return false
	}
	return true
}

// figures are those of both bases as they are shown at a moment.
func (c Campaign) figures(e *Enrolment, now time.Time) (owner, resident Shown) {
	if !c.copied(e, now) {
		return e.Tally.ShowBase(c.Admission, OwnerBase), e.Tally.ShowBase(c.Admission, ResidentBase)
	}
	owner, resident = e.Owner, e.Resident
	if c.Ended(now) && e.Tally.totals(c.Admission).heldAdmitted == 0 {
		// No answer is held any more: the words with them are those without.
		owner.WithHeld, resident.WithHeld = owner.Counted, resident.Counted
	}
	return owner, resident
}

// behind says whether the copies lack responses that are counted by now.
func (e *Enrolment) behind(t totals) bool {
	return t.owner.Responses != e.Owner.Counted.Responses || t.resident.Responses != e.Resident.Counted.Responses
}

// Unsettled says of a project of a campaign that has ended and is not sealed
// that its figures may still move, or have moved since: answers are held, or
// were decided after the end. Parts of a project are shown once they stay: a
// part would tell what one decided answer says, in however large steps all of
// them move.
func (c Campaign) Unsettled(e Enrolment, now time.Time) bool {
	return c.Phase(now) == ClosedStage && (c.copied(&e, now) || e.Tally.totals(c.Admission).heldAdmitted > 0)
}
