package main

import (
	"fmt"
	"net/http"
)

// visit is everything that one home sends, in order, or all of it at once.
type visit struct {
	door
	answers []given
	race    bool
}

// outcome is what must come of one request of a visit.
type outcome int

const (
	takes   outcome = http.StatusCreated
	repeats outcome = http.StatusOK
	refuses outcome = http.StatusConflict
)

// outcomes works out by RULES §1 what must come of a visit whose requests
// arrive in order, and counts what is taken: the first of a base is counted,
// the same request again is a retry, and without a free base it is refused.
func (v visit) outcomes(count ledger) []outcome {
	taken, known := map[string]bool{}, map[string]bool{}
	var list []outcome
	for _, g := range v.answers {
		if known[g.Key] {
			list = append(list, repeats)
			continue
		}
		result := refuses
		for _, base := range g.bases() {
			if !taken[base] {
				taken[base], result = true, takes
				overall, _ := g.Answers["Q1"].(string)
				count.add(v.project, base, overall)
			}
		}
		known[g.Key] = result == takes
		list = append(list, result)
	}
	return list
}

// Of 5,000 requests a tenth are repetitions, half of them after the closing,
// and a tenth come from a home that has answered before.
const (
	requests       = 5000
	repeatedDuring = 250
	repeatedAfter  = 250
	secondAnswers  = 500
	homesOfLoad    = requests - repeatedDuring - repeatedAfter - secondAnswers
)

// loadPlan makes the visits of 5,000 requests from as many homes as it takes.
func loadPlan(doors []door) []visit {
	var plan []visit
	for i := range homesOfLoad {
		v := visit{door: doors[i]}
		overall := fmt.Sprint(5 - i*i%7%5)
		first := answerOf([]person{ownerHere, ownerHere, tenantHere, ownerAway}[i%4], v.home, overall)
		here, away, tenant := answerOf(ownerHere, v.home, overall), answerOf(ownerAway, v.home, "4"), answerOf(tenantHere, v.home, "2")
		switch {
		case i < 200:
			v.answers = []given{first, first}
		case i < repeatedDuring: // a double tap: the same request twice at the same moment
			v.answers, v.race = []given{first, first}, true
		case i < 400:
			v.answers = []given{here, answerOf(ownerHere, v.home, "1")}
		case i < 500:
			v.answers = []given{here, tenant}
		case i < 600: // two of the family at the same moment
			v.answers, v.race = []given{here, answerOf(ownerHere, v.home, overall)}, true
		case i < 650:
			v.answers = []given{away, tenant}
		case i < 700:
			v.answers = []given{tenant, away}
		case i < repeatedDuring+secondAnswers: // the tenant first: the owner counts as owner alone
			v.answers = []given{tenant, here}
		default:
			v.answers = []given{first}
		}
		plan = append(plan, v)
	}
	return plan
}
