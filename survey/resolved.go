package survey

import "time"

// resolvedCode is the option of the question with the role "resolved" that
// says that a complaint was resolved.
const resolvedCode = "Y"

// ResolvedShare is how many residents say that their complaint was resolved,
// of those who were asked: the question with the role ResolvedRole (Q8b), in
// the resident base. Zeros where nobody may see it (RULES §8).
func ResolvedShare(c Campaign, q *Questionnaire, d Distribution, now time.Time) (resolved, asked int64) {
	for _, r := range OfBase(SumQuestions(c, q, []Distribution{d}, Administrator, now), ResidentBase) {
		if r.Question.Role != ResolvedRole || r.Counts == nil {
			continue
		}
		for i, o := range r.Question.Options {
			asked += r.Counts[i]
			if o.Code == resolvedCode {
				resolved = r.Counts[i]
			}
		}
	}
	return resolved, asked
}
