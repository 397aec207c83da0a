package rubric

import (
	"time"

	"meihao/survey"
)

// Kept says how a limit of a ticket stands.
type Kept string

// How it stands.
const (
	KeptInTime Kept = "in_time"
	KeptLate   Kept = "late"    // done, after the limit
	Overdue    Kept = "overdue" // not done, and the limit has passed
	NotYet     Kept = "not_yet" // not done, and not due yet
)

// Ticket is how a complaint stands at a moment by the limits of its class.
type Ticket struct {
	RespondBy, ResolveBy time.Time // zero for an unknown class
	Response, Resolution Kept
}

// Ticket judges one complaint as JudgePrompt does.
func (r PromptRules) Ticket(c survey.Complaint, now time.Time) Ticket {
	limit, known := r.Limits[c.Class]
	if !known {
		return Ticket{}
	}
	t := Ticket{RespondBy: c.Received.Add(limit.Response), ResolveBy: c.Received.Add(limit.Resolution)}
	t.Response = kept(c.FirstResponse, t.RespondBy, now)
	resolved := c.Resolved
	if c.Reopened {
		resolved = time.Time{}
	}
	t.Resolution = kept(resolved, t.ResolveBy, now)
	return t
}

func kept(at, by, now time.Time) Kept {
	switch {
	case onTime(at, by):
		return KeptInTime
	case !at.IsZero():
		return KeptLate
	case by.After(now):
		return NotYet
	}
	return Overdue
}

// Late says whether a limit was not kept.
func (t Ticket) Late() bool {
	return t.Response == KeptLate || t.Response == Overdue || t.Resolution == KeptLate || t.Resolution == Overdue
}
