package model

import (
	"context"

	"meihao/survey"
)

// The actions that say what residents see of a promise, in its own events.
const (
	promisePublished = "promise.published"
	promiseTakenDown = "promise.taken_down"
)

// PublishPromise shows the company's version to residents. seen is the version
// that the district looked at: another one by now is a Conflict.
func (s *Store) PublishPromise(ctx context.Context, actor survey.Actor, id survey.ID, seen int) error {
	return s.showing(s.changingPromise(ctx, actor, id, (*change).decides, func(c *change, _ promised, p *survey.Promise) (string, string, detail, error) {
		if err := p.Publish(moment(millis(c.at)), seen); err != nil {
			return "", "", nil, err
		}
		return promisePublished, "", publicDetail(p.Published), nil
	}))
}

// publicDetail is what the event of publishing says: all that residents see,
// which verify compares with what they see.
func publicDetail(p survey.PublicPromise) detail {
	return detail{
		"text": p.Text, "due": dayText(p.Due), "first_due": dayText(p.FirstDue),
		"done": dayText(p.Done), "note": p.DoneNote, "company": p.Company.Name,
	}
}

// ReturnPromise gives the company's version back with a reason, unless it is
// another by now than the one seen.
func (s *Store) ReturnPromise(ctx context.Context, actor survey.Actor, id survey.ID, seen int, reason string) error {
	return s.changingPromise(ctx, actor, id, (*change).decides, func(_ *change, _ promised, p *survey.Promise) (string, string, detail, error) {
		err := p.Return(seen, reason)
		return "promise.returned", reason, detail{"text": p.Text, "due": dayText(p.Due), "done": dayText(p.Done)}, err
	})
}

// TakeDownPromise hides a promise from residents, with a reason for the
// company.
func (s *Store) TakeDownPromise(ctx context.Context, actor survey.Actor, id survey.ID, reason string) error {
	return s.showing(s.changingPromise(ctx, actor, id, (*change).decides, func(_ *change, _ promised, p *survey.Promise) (string, string, detail, error) {
		d := publicDetail(p.Published)
		err := p.TakeDown(reason)
		return promiseTakenDown, reason, d, err
	}))
}

// showing lets go of what posters show after a change of it.
func (s *Store) showing(err error) error {
	if err == nil {
		s.posters.forget()
	}
	return err
}
