package survey

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Limits of promises. LongestPromise is in characters, of the text and of the
// note; PromiseYears is how far off a due day may be.
const (
	ShortestPromise = 2
	LongestPromise  = 200
	PromiseYears    = 3
	MostPromises    = 30 // of one project in one campaign
)

// Promise 承诺 is what a company says it will fix and by when, after the result
// of its project was published. The company enters and changes it; what
// residents see is the copy of it that the district published last.
type Promise struct {
	ID, Campaign, Project ID
	Company               Company // who promised, by the name it had then; the project may have another by now
	Text                  string
	Due                   time.Time // midnight in Beijing of the day; not late on it
	Done                  time.Time // the day on which it was done, zero: not yet
	DoneNote              string
	Published             PublicPromise // zero At where nothing of it is public
	Returned              string        // why the district wants it changed, "" where it does not
	Changed               time.Time     // by the company
	Version               int           // counts the company's changes, from 1
}

// PublicPromise is a promise as residents see it.
type PublicPromise struct {
	ID       ID
	Company  Company // who promised
	Text     string
	Due      time.Time
	FirstDue time.Time // the due day as it was first published: a moved one stays visible
	Done     time.Time
	DoneNote string
	At       time.Time // when this copy was published
}

// PromiseState is what became of a promise.
type PromiseState string

// The states. Done is done, however late.
const (
	PromiseMade PromiseState = "promised"
	PromiseDone PromiseState = "done"
	PromiseLate PromiseState = "late"
)

// PromiseCounts are a project's promises: the public ones by state, and those
// with which somebody has something to do.
type PromiseCounts struct {
	Promised, Done, Late int // of the published copies
	Waiting              int // for the district
	Returned             int // to the company
}

// State is what became of it by a moment's day in Beijing.
func (p PublicPromise) State(now time.Time) PromiseState {
	switch {
	case !p.Done.IsZero():
		return PromiseDone
	case Day(now).After(Day(p.Due)):
		return PromiseLate
	}
	return PromiseMade
}

// Moved says whether the due day is another than the one first published.
func (p PublicPromise) Moved() bool { return !p.FirstDue.IsZero() && !p.FirstDue.Equal(p.Due) }

// Public says whether residents see anything of it.
func (p Promise) Public() bool { return !p.Published.At.IsZero() }

// Waits says whether the district has to decide on it: the company's version
// is another than the public one and was not returned.
func (p Promise) Waits() bool { return p.Returned == "" && !p.published() }

// published says whether the company's version is what residents see.
func (p Promise) published() bool {
	q := p.Published
	return p.Public() && p.Text == q.Text && p.DoneNote == q.DoneNote && p.Due.Equal(q.Due) && p.Done.Equal(q.Done)
}

// CountPromises counts by the day of a moment.
func CountPromises(promises []Promise, now time.Time) PromiseCounts {
	var n PromiseCounts
	for _, p := range promises {
		if p.Waits() {
			n.Waiting++
		}
		if p.Returned != "" {
			n.Returned++
		}
		if !p.Public() {
			continue
		}
		switch p.Published.State(now) {
		case PromiseDone:
			n.Done++
		case PromiseLate:
			n.Late++
		case PromiseMade:
			n.Promised++
		}
	}
	return n
}

// Promised is a new promise, or Invalid with what cannot stand by its field.
func Promised(now time.Time, text string, due time.Time) (Promise, error) {
	var p Promise
	err := p.Change(now, text, due)
	return p, err
}

// Change is the company's other text or due day. A due day that stays may be
// over; another one may not. What was reported as done stands: a Conflict
// until the report is taken back.
func (p *Promise) Change(now time.Time, text string, due time.Time) error {
	if !p.Done.IsZero() {
		return Fail(Conflict, "error.promise.is_done")
	}
	text, due = strings.TrimSpace(text), Day(due)
	e := Fail(Invalid, "error.promise.fields")
	if n := utf8.RuneCountInString(text); n < ShortestPromise || n > LongestPromise || !oneLine(text) {
		e.Field("text", "error.promise.text", "Least", ShortestPromise, "Most", LongestPromise)
	} else if namesDoor(text) {
		e.Field("text", "error.promise.home")
	}
	if !due.Equal(p.Due) || due.IsZero() {
		if key := dueFault(Day(now), due); key != "" {
			e.Field("due", key, "Years", PromiseYears)
		}
	}
	if len(e.Fields) > 0 {
		return e
	}
	if p.Text != text || !p.Due.Equal(due) {
		p.Text, p.Due = text, due
		p.changed(now)
	}
	return nil
}

func dueFault(today, due time.Time) string {
	switch {
	case due.IsZero():
		return "error.promise.due"
	case !due.After(today):
		return "error.promise.due_past"
	case due.After(today.AddDate(PromiseYears, 0, 0)):
		return "error.promise.due_far"
	}
	return ""
}

// Report says on which day it was done, with an optional note; the zero day
// takes such a report back. The day is not in the future and not before the
// result was published.
func (p *Promise) Report(now, published, day time.Time, note string) error {
	day, note = Day(day), strings.TrimSpace(note)
	if day.IsZero() {
		note = ""
	}
	e := Fail(Invalid, "error.promise.fields")
	switch {
	case day.After(Day(now)):
		e.Field("day", "error.promise.done_future")
	case !day.IsZero() && day.Before(Day(published)):
		e.Field("day", "error.promise.done_before")
	}
	if utf8.RuneCountInString(note) > LongestPromise || !oneLine(note) {
		e.Field("note", "error.promise.note", "Most", LongestPromise)
	} else if namesDoor(note) {
		e.Field("note", "error.promise.home")
	}
	if len(e.Fields) > 0 {
		return e
	}
	if !p.Done.Equal(day) || p.DoneNote != note {
		p.Done, p.DoneNote = day, note
		p.changed(now)
	}
	return nil
}

// changed: the company has another version, on which the district has not
// decided.
func (p *Promise) changed(now time.Time) {
	p.Changed, p.Returned = now, ""
	p.Version++
}

// Publish makes the company's version the public one. seen is the version
// that whoever publishes looked at: another one by now is a Conflict, as is
// one that is public already.
func (p *Promise) Publish(now time.Time, seen int) error {
	switch {
	case p.Version != seen:
		return Fail(Conflict, "error.promise.meanwhile")
	case p.published():
		return Fail(Conflict, "error.promise.published")
	}
	first := p.Published.FirstDue
	if first.IsZero() {
		first = p.Due
	}
	p.Published = PublicPromise{
		ID: p.ID, Company: p.Company, Text: p.Text, Due: p.Due, FirstDue: first, Done: p.Done, DoneNote: p.DoneNote, At: now,
	}
	p.Returned = ""
	return nil
}

// Return gives the company's version, the one seen, back with a reason; what is
// public stays. Only what waits can be returned.
func (p *Promise) Return(seen int, reason string) error {
	if p.Version != seen {
		return Fail(Conflict, "error.promise.meanwhile")
	}
	if !p.Waits() {
		return Fail(Conflict, "error.promise.not_waiting")
	}
	return p.giveBack(reason)
}

// TakeDown makes nothing of it public any more, with a reason for the company.
// The day that was first promised to residents is kept.
func (p *Promise) TakeDown(reason string) error {
	if !p.Public() {
		return Fail(Conflict, "error.promise.not_public")
	}
	if err := p.giveBack(reason); err != nil {
		return err
	}
	p.Published = PublicPromise{FirstDue: p.Published.FirstDue}
	return nil
}

func (p *Promise) giveBack(reason string) error {
	if err := CheckReason(reason); err != nil {
		return err
	}
	p.Returned = strings.TrimSpace(reason)
	return nil
}

// oneLine says that a text has no control characters: no line breaks, and
// nothing that turns the direction of what follows.
func oneLine(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
	})
}
