package rubric

import "meihao/survey"

// PartyOf is the party for which a role adds evidence; the assessors share
// theirs.
func PartyOf(role survey.Role) Party {
	switch {
	case role.AssessesItself():
		return SelfParty
	case role.May(survey.ScoreAsThird):
		return ThirdParty
	}
	return FirstParty
}

// ReadBy says whether a role may read a piece of evidence: who assesses itself
// reads only that of the self-assessment.
func (e Evidence) ReadBy(role survey.Role) bool {
	return role.May(survey.ViewSheets) && (!role.AssessesItself() || e.Party == SelfParty)
}

// RemovedBy says whether an account may remove a piece of evidence: who added
// it, and who decides.
func (e Evidence) RemovedBy(a survey.Actor) bool {
	return !e.Removed && e.ReadBy(a.Role) && a.Role.May(survey.AddEvidence) && (e.By.ID == a.Account || a.Role.May(survey.ScoreSheets))
}

// Declaration of a third party, whether it has an interest in a project that
// it shall mark (R15).
type Declaration struct {
	Project  survey.Project
	Interest bool
	Note     string
	By       Person
}
