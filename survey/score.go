package survey

// Score 满意率 is the result of one base, always as counts: rates are printed
// from it and sums are made of it, never of percentages (RULES §3).
type Score struct {
	Responses int64 // counted responses of the base
	Answered  int64 // n: those with an answer 1–5 to the overall question
	Satisfied int64 // k: those of n that count as satisfied
}

// DontKnow is the number of counted responses outside n: "don't know" or no
// answer to the overall question (RULES §2).
func (s Score) DontKnow() int64 { return s.Responses - s.Answered }

// Add is the score of both together.
func (s Score) Add(other Score) Score {
	return Score{
		Responses: s.Responses + other.Responses,
		Answered:  s.Answered + other.Answered,
		Satisfied: s.Satisfied + other.Satisfied,
	}
}
