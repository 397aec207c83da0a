package modeltest

import (
	"fmt"
	"strconv"

	"meihao/survey"
)

// Answer is what one household says, as it stands before the gate. It is a
// value: each method returns another one.
//
//	w.Answer(3).Owner().Rate(5).Comment("楼道很干净").Submission()
type Answer struct {
	w      *World
	poster survey.Poster
	unit   string
	room   string
	key    string
	bases  survey.Bases
	rate   int
	text   string
	lane   survey.Lane
	device string
	values map[string][]string
}

// Answer is household i (from 0) of the world's poster: an owner who lives
// there, content, with a key of its own.
func (w *World) Answer(i int) Answer { return w.AnswerAt(w.Poster, i) }

// AnswerAt is household i of another poster's building.
func (w *World) AnswerAt(p survey.Poster, i int) Answer {
	return Answer{
		w: w, poster: p, unit: "1", room: strconv.Itoa(101 + i), key: fmt.Sprintf("key-of-household-%04d", i),
		bases: survey.BothBases, rate: 5, lane: survey.RoomLane,
	}
}

// Owner is an owner who lives elsewhere, Tenant lives there and owns nothing,
// Both is an owner who lives there.
func (a Answer) Owner() Answer { a.bases = survey.OwnerBase; return a }

// Tenant lives there and owns nothing.
func (a Answer) Tenant() Answer { a.bases = survey.ResidentBase; return a }

// Both is an owner who lives there.
func (a Answer) Both() Answer { a.bases = survey.BothBases; return a }

// Bases sets the bases asked for.
func (a Answer) Bases(b survey.Bases) Answer { a.bases = b; return a }

// Rate is the overall answer 1–5, 0 for none.
func (a Answer) Rate(stars int) Answer { a.rate = stars; return a }

// Comment is the free text.
func (a Answer) Comment(text string) Answer { a.text = text; return a }

// Key is another submission key: another person, or another page load.
func (a Answer) Key(key string) Answer { a.key = key; return a }

// Open sends it in the open lane from a device.
func (a Answer) Open(device string) Answer { a.lane, a.device = survey.OpenLane, device; return a }

// Lane sets the lane.
func (a Answer) Lane(l survey.Lane) Answer { a.lane = l; return a }

// With adds an answer to another question.
func (a Answer) With(question string, codes ...string) Answer {
	values := map[string][]string{question: codes}
	for q, c := range a.values {
		if q != question {
			values[q] = c
		}
	}
	a.values = values
	return a
}

// Values are the answers as a form or the JSON names them.
func (a Answer) Values() map[string][]string {
	values := map[string][]string{"S1": {"FAMILY"}, "S2": {"N"}}
	if a.bases.Has(survey.OwnerBase) {
		values["S1"] = []string{"OWNER"}
	}
	if a.bases.Has(survey.ResidentBase) {
		values["S2"] = []string{"Y"}
	}
	if a.rate > 0 {
		values["Q1"] = []string{strconv.Itoa(a.rate)}
	}
	if a.text != "" {
		values["Q16"] = []string{a.text}
	}
	for question, codes := range a.values {
		values[question] = codes
	}
	return values
}

// Unit and Room of the household, KeyText its submission key.
func (a Answer) Unit() string { return a.unit }

// Room of the household.
func (a Answer) Room() string { return a.room }

// KeyText is the submission key.
func (a Answer) KeyText() string { return a.key }

// Submission is the answer as the gate hands it to the store.
func (a Answer) Submission() survey.Submission {
	a.w.T.Helper()
	q, err := a.w.Store.Questionnaire(a.w.Ctx(), a.poster.Campaign.Questionnaire)
	a.w.Must(err)
	reading, err := q.Read(a.Values())
	a.w.Must(err)
	claim := a.poster.Key.HouseholdClaim(a.poster.Building, a.unit, a.room)
	if a.lane == survey.OpenLane {
		claim = a.poster.Key.DeviceClaim(a.poster.Project.ID, a.device)
	}
	secrets := a.poster.Key.Secrets(a.poster.Tag, a.key, claim, a.bases)
	return survey.Submission{
		Campaign: a.poster.Campaign.ID, Project: a.poster.Project.ID, Poster: a.poster.Code, Bases: a.bases,
		Group: a.poster.GroupOf(a.poster.Building), Lane: a.lane, Claim: claim,
		Receipt: secrets.Receipt, ChangeKey: secrets.Change, Change: survey.DigestOf(secrets.Change),
		Answers: q.Pack(reading), Comment: reading.Comment,
	}
}

// Save saves answers as one group and returns what became of each.
func (w *World) Save(answers ...Answer) []survey.Saved {
	w.T.Helper()
	group := make([]survey.Submission, len(answers))
	for i, a := range answers {
		group[i] = a.Submission()
	}
	saved, err := w.Store.SaveResponses(w.Ctx(), group)
	w.Must(err)
	return saved
}

// Saved saves one answer that must be accepted and returns its receipt.
func (w *World) Saved(a Answer) string {
	w.T.Helper()
	saved := w.Save(a)[0]
	w.Must(saved.Err)
	return saved.Receipt
}

// Clean fails the test if verify finds anything.
func (w *World) Clean() {
	w.T.Helper()
	findings, err := w.Store.Verify(w.Ctx(), 0)
	w.Must(err)
	for _, f := range findings {
		w.T.Errorf("verify: %s: %s", f.Where, f.What)
	}
}
