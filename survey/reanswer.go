package survey

import (
	"fmt"
	"slices"
)

// Reanswer 重新作答 is what the holder of a change key puts in place of the
// answers given before: until closing, from a blank form, without being asked
// again who they are (RULES §1). Bases, building group, lane and state stay.
// With nothing answered it is a withdrawal.
type Reanswer struct {
	Campaign, Project ID
	Receipt           string // normal code, names the response
	Change            Digest // of the change key that was shown for it
	Reading           Reading
}

// AskedAgain says whether a question is on the form of a re-answer: who
// answers is not, and stays as it was (RULES §1).
func (one *Question) AskedAgain() bool {
	return one.Role != RelationRole && one.Role != ResidenceRole
}

// ReadAgain is Read for a re-answer. What is sent for questions that are not
// asked again is ignored, and a question that only they could open stays
// closed. Nothing answered at all is a withdrawal, an empty Reading; with
// anything answered the overall question must be, so that nobody falls out of
// n by mistake.
func (q *Questionnaire) ReadAgain(values map[string][]string) (Reading, error) {
	for id, given := range values {
		one := q.Question(id)
		if one == nil || one.AskedAgain() && slices.ContainsFunc(given, func(v string) bool { return !isBlank(v) }) {
			return q.read(values, true)
		}
	}
	return Reading{}, nil
}

// Replace packs a re-answer's reading over the answers that are stored: those
// to questions that are not asked again stay, all others are the reading's. An
// error means that one of the two is not of this questionnaire.
func (q *Questionnaire) Replace(stored string, r Reading) (string, error) {
	if r.chosen != nil && len(r.chosen) != len(q.Questions) {
		return "", fmt.Errorf("a reading of %d questions, of %d", len(r.chosen), len(q.Questions))
	}
	if err := q.each(stored, func(int, *Question, *Choice) {}); err != nil {
		return "", err
	}
	packed, at := []byte(q.Pack(r)), 0
	for _, i := range q.closed {
		one := &q.Questions[i]
		if !one.AskedAgain() {
			copy(packed[at:at+one.width()], stored[at:])
		}
		at += one.width()
	}
	return string(packed), nil
}
