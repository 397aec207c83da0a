package survey

// CoachState says in one word how a project or building group is doing.
type CoachState string

// The states, in the order in which they want work.
const (
	CoachDraft   CoachState = "draft"    // the campaign was not opened
	CoachWaiting CoachState = "waiting"  // it was, and its time has not come
	CoachSilent  CoachState = "silent"   // nobody has answered
	CoachClosing CoachState = "closing"  // the end is near, and this pace does not make it
	CoachBehind  CoachState = "behind"   // this pace does not make it
	CoachOnTrack CoachState = "on_track" // this pace makes it
	CoachReached CoachState = "reached"  // there are enough answers
	CoachEnded   CoachState = "ended"    // nothing can come any more
)

// closingDays is how many days before the end a shortage is pressing: an
// evening round today, and two more.
const closingDays = 3

func (k *Coach) state(t course) CoachState {
	switch {
	case t.draft:
		return CoachDraft
	case t.stage == Draft:
		return CoachWaiting
	case !t.running:
		return CoachEnded
	case k.Owner.Short == 0:
		return CoachReached
	case k.Owner.Answers == 0 && k.Resident.Answers == 0:
		return CoachSilent
	case !k.Owner.Reached.IsZero():
		return CoachOnTrack
	case k.DaysLeft <= closingDays:
		return CoachClosing
	}
	return CoachBehind
}

// next is the next action in words (UX "还差多少户"). "Count" chooses the
// plural form: answers a day.
func (k *Coach) next() Message {
	m := Message{Key: "coach.next." + string(k.State)}
	switch k.State {
	case CoachEnded:
		return Message{}
	case CoachSilent, CoachBehind, CoachWaiting:
		m.Args = Args{"Count": k.Owner.Needs}
	case CoachClosing:
		m.Args = Args{"Count": k.Owner.Needs, "Days": k.DaysLeft}
	}
	return m
}
