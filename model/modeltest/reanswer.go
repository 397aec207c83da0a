package modeltest

import "meihao/survey"

// Again is what the phone that sent the answer sends to answer again as
// another answer says: its overall answer, comment and further answers.
//
//	w.Reanswered(w.Answer(3).Again(w.Answer(3).Rate(1).Comment("楼道灯坏了")))
func (a Answer) Again(to Answer) survey.Reanswer {
	a.w.T.Helper()
	return a.again(to.Values())
}

// Withdrawn is the same with nothing answered: a withdrawal.
func (a Answer) Withdrawn() survey.Reanswer {
	a.w.T.Helper()
	return a.again(nil)
}

func (a Answer) again(values map[string][]string) survey.Reanswer {
	a.w.T.Helper()
	q, err := a.w.Store.Questionnaire(a.w.Ctx(), a.poster.Campaign.Questionnaire)
	a.w.Must(err)
	reading, err := q.ReadAgain(values)
	a.w.Must(err)
	one := a.Submission()
	return survey.Reanswer{Campaign: one.Campaign, Project: one.Project, Receipt: one.Receipt, Change: one.Change, Reading: reading}
}

// Reanswered stores re-answers that must be accepted, one after the other.
func (w *World) Reanswered(list ...survey.Reanswer) {
	w.T.Helper()
	for _, r := range list {
		w.Must(w.Store.Reanswer(w.Ctx(), r))
	}
}
