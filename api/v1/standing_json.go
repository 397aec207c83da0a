package v1

import "meihao/survey"

// StandingsJSON is a page of standings in register order.
type StandingsJSON struct {
	AsOf  string         `json:"as_of"`
	Items []StandingJSON `json:"items"`
	Next  *string        `json:"next"` // for ?cursor=, null on the last page
}

// StandingJSON is one project's standing as the token's role may see it.
type StandingJSON struct {
	Project   ProjectJSON      `json:"project"`
	Owner     ResultJSON       `json:"owner"`
	Resident  ResultJSON       `json:"resident"`
	Turnout   TurnoutJSON      `json:"turnout"`
	Lanes     map[string]int64 `json:"lanes"`
	Held      int64            `json:"held"`
	Contested bool             `json:"contested"`
	Pending   bool             `json:"pending"` // held answers wait, or were decided after closing: figures may move until sealing
}

// ProjectJSON names a project and where it lies.
type ProjectJSON struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Community   string `json:"community"`
	Subdistrict string `json:"subdistrict"`
	District    string `json:"district"`
}

// ResultJSON is one base. A figure that the role may not see is null, and
// Hidden says why: "role", "too_few" or "pending".
type ResultJSON struct {
	Households int64       `json:"households"`
	Answered   *int64      `json:"answered"`
	Satisfied  *int64      `json:"satisfied"`
	DontKnow   *int64      `json:"dont_know"`
	Rate       *string     `json:"rate"`
	Adequacy   *string     `json:"adequacy"`
	Item11     *string     `json:"item_1_1"`
	Veto61     *string     `json:"veto_6_1"`
	WithHeld   WordsJSON   `json:"with_held"`
	Interval   *[2]float64 `json:"interval"`
	Hidden     string      `json:"hidden,omitempty"`
}

// WordsJSON are the two verdicts.
type WordsJSON struct {
	Item11 *string `json:"item_1_1"`
	Veto61 *string `json:"veto_6_1"`
}

// TurnoutJSON is always two numbers.
type TurnoutJSON struct {
	Answered   int64 `json:"answered"`
	Households int64 `json:"households"`
}

func standingJSON(s survey.Standing) StandingJSON {
	lanes := make(map[string]int64, len(s.Lanes))
	for lane, n := range s.Lanes {
		lanes[string(lane)] = n
	}
	return StandingJSON{
		Project: projectJSON(&s.Project),
		Owner:   resultJSON(s.Owner), Resident: resultJSON(s.Resident),
		Turnout: TurnoutJSON(s.Turnout), Lanes: lanes, Held: s.Held, Pending: s.Pending, Contested: s.Contested,
	}
}

func resultJSON(r survey.Result) ResultJSON {
	return ResultJSON{
		Households: r.Households, Answered: r.Answered, Satisfied: r.Satisfied, DontKnow: r.DontKnow,
		Rate: word(r.Rate), Adequacy: word(r.Adequacy), Item11: word(r.Item11), Veto61: word(r.Veto61),
		WithHeld: WordsJSON{word(r.WithHeld.Item11), word(r.WithHeld.Veto61)},
		Interval: r.Interval, Hidden: r.Hidden,
	}
}

// word is a word, or null for none.
func word[W ~string](w W) *string {
	if w == "" {
		return nil
	}
	s := string(w)
	return &s
}
