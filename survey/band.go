package survey

import "sort"

// Band is a run of satisfied counts that get the same words.
type Band struct {
	From, To int64 // k, both included
	Words
	Points *int
	Light  string
}

// Bands divides every k that n answers of N households may have, from 0 to n,
// into runs of the same words, as Judge gives them: the table of RULES §5 for a
// sample of this size.
func (c Campaign) Bands(households, answered int64) []Band {
	var list []Band
	for from := int64(0); from <= answered; {
		v := c.judge(Score{Answered: answered, Satisfied: from}, households)
		b := Band{From: from, Words: wordsOf(v), Points: v.Points, Light: v.Light()}
		// As k rises a word is left and never come back to.
		rest := sort.Search(int(answered-from), func(i int) bool {
			w := weigh(households, answered, from+int64(i)+1, c.Margins)
			return c.words(w) != b.Words || c.indicative(w).Light() != b.Light
		})
		b.To = from + int64(rest)
		list, from = append(list, b), b.To+1
	}
	return list
}

// words are those of a verdict that was weighed.
func (c Campaign) words(v Verdict) Words {
	if v.Reason == "" && v.Answered > 0 {
		v.Item11, v.Veto61 = v.item(), v.veto()
	}
	return wordsOf(c.indicative(v))
}
