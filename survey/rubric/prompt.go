package rubric

import (
	"time"

	"meihao/survey"
)

// FewestDue is below how many due tickets, of either share, item 1.3 is flagged
// LOW_VOLUME.
const FewestDue = 10

// unconfirmedBy is by how many points the residents' share "resolved" (Q8b)
// may lie below the log's before the log counts as not confirmed.
const unconfirmedBy = 15

// Limit of a class, in elapsed time; exactly on it is on time.
type Limit struct{ Response, Resolution time.Duration }

// Band gives points from two on-time shares in percent on.
type Band struct{ Points, Response, Resolution int }

// PromptRules are the limits and bands of item 1.3. The notice has no numbers
// here: they are data of the rules version, and pages say so.
type PromptRules struct {
	Limits map[survey.ComplaintClass]Limit
	Bands  []Band // the best first
}

// Prompt is what item 1.3 says of a complaint log.
type Prompt struct {
	DueResponse, OnTimeResponse     int
	DueResolution, OnTimeResolution int
	Points                          *Halves // nil: not assessable, nothing was due
	LowVolume                       bool    // points of a share of fewer than FewestDue tickets
	// Unconfirmed says that residents confirm far fewer resolutions than the
	// log claims; see Confirm.
	Unconfirmed bool
}

// JudgePrompt judges valid tickets at a cutoff. A ticket is due once its limit
// has passed, answered or not; what is due and was not on time failed, what is
// not yet due is left out, and a reopened one is not resolved (RULES §6).
func JudgePrompt(tickets []survey.Complaint, cutoff time.Time, rules PromptRules) Prompt {
	var p Prompt
	for _, t := range tickets {
		limit, known := rules.Limits[t.Class]
		if !t.Valid || !known {
			continue
		}
		if by := t.Received.Add(limit.Response); !by.After(cutoff) {
			p.DueResponse++
			p.OnTimeResponse += one(onTime(t.FirstResponse, by))
		}
		if by := t.Received.Add(limit.Resolution); !by.After(cutoff) {
			p.DueResolution++
			p.OnTimeResolution += one(!t.Reopened && onTime(t.Resolved, by))
		}
	}
	p.Points = p.points(rules.Bands)
	p.LowVolume = p.Points != nil && p.Due() < FewestDue
	return p
}

// Due is how many tickets the smaller of the two denominators has.
func (p Prompt) Due() int { return min(p.DueResponse, p.DueResolution) }

func onTime(at, by time.Time) bool { return !at.IsZero() && !at.After(by) }

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// points are those of the best band that both shares reach, as integers; nil
// where one of the shares has no denominator.
func (p Prompt) points(bands []Band) *Halves {
	if p.DueResponse == 0 || p.DueResolution == 0 {
		return nil
	}
	var h Halves
	for _, b := range bands {
		if 100*p.OnTimeResponse >= b.Response*p.DueResponse && 100*p.OnTimeResolution >= b.Resolution*p.DueResolution {
			h = Halves(2 * b.Points)
			break
		}
	}
	return &h
}

// Confirm compares the log with what residents say: resolved of asked answers
// to Q8b. Above 15 points below the log's share the log is not confirmed.
func (p *Prompt) Confirm(resolved, asked int64) {
	if asked <= 0 || p.DueResolution == 0 {
		return
	}
	due, done := int64(p.DueResolution), int64(p.OnTimeResolution)
	p.Unconfirmed = 100*(done*asked-resolved*due) > unconfirmedBy*due*asked
}
