package intake

import (
	"time"

	"meihao/survey"
)

// Again is what the holder of a change key sent to answer again, as it came.
type Again struct {
	Receipt string // normal code
	Change  string // the change key that the phone kept for it
	Values  map[string][]string
}

// AdmitAgain is the gate of a re-answer: may it replace an answer that was
// given through a poster of this enrolment, and by what? A retired poster will
// do, since nothing new comes in. It returns an Error of kind Closed, NotOpen,
// NotFound (no receipt of this enrolment) or Invalid (each field named). Only
// the store knows whether the change key is the receipt's.
func AdmitAgain(p survey.Poster, q *survey.Questionnaire, r Again, now time.Time) (survey.Reanswer, error) {
	if err := p.Campaign.Accepts(now); err != nil {
		return survey.Reanswer{}, err
	}
	if tag, ok := survey.ReceiptTag(r.Receipt); !ok || tag != p.Tag {
		return survey.Reanswer{}, survey.NotFoundError("error.receipt.unknown")
	}
	reading, err := q.ReadAgain(r.Values)
	if err != nil {
		return survey.Reanswer{}, err
	}
	return survey.Reanswer{
		Campaign: p.Campaign.ID, Project: p.Project.ID,
		Receipt: r.Receipt, Change: survey.DigestOf(r.Change), Reading: reading,
	}, nil
}
