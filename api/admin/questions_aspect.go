package admin

import (
	"meihao/survey"
)

// aspectRow is an aspect in the list from the weakest to the strongest.
type aspectRow struct {
	survey.Aspect
	Number   string // in the picture
	Text     string
	Against  string // the difference to the rest in percentage points
	Side     word   // weaker, stronger or as the rest
	Strength word
	Corner   word
	Width    float64 // of the bar of the rate, of 100
}

func (d drawing) aspects(list []survey.Aspect) []aspectRow {
	var rows []aspectRow
	for i, a := range list {
		row := aspectRow{Aspect: a, Number: number(i), Text: d.pick(a.Question.ZH, a.Question.EN), Strength: strengthWord(a.Association.Strength), Corner: cornerWord(a.Corner)}
		if a.SeesRate() {
			row.Width = 100 * float64(*a.Satisfied) / float64(*a.Answered)
		}
		if a.Rest != nil {
			row.Against, row.Side = survey.Points(a.Sample(), a.Rest.Sample()), restWord(a.Side)
		}
		rows = append(rows, row)
	}
	return rows
}

// restWord says how an aspect compares with the rest.
func restWord(side int) word {
	switch {
	case side > 0:
		return word{Key: "questions.side.stronger", Tone: "good", Sign: "▲"}
	case side < 0:
		return word{Key: "questions.side.weaker", Tone: "bad", Sign: "▼"}
	}
	return word{Key: "questions.side.alike", Tone: "plain", Sign: "≈"}
}

// strengthWord is an association in a word.
func strengthWord(s survey.Strength) word {
	w := word{Key: "questions.strength." + string(s), Tone: "plain"}
	switch s {
	case survey.StrongAssociation:
		w.Tone, w.Sign = "info", "●"
	case survey.ModerateAssociation:
		w.Tone, w.Sign = "info", "◐"
	case survey.WeakAssociation, survey.NoAssociation:
		w.Sign = "○"
	case survey.Opposite:
		w.Tone, w.Sign = "warn", "↔"
	case survey.Alike:
		w.Tone, w.Sign = "none", "–"
	default:
		return word{}
	}
	return w
}

// cornerWord is what to do about an aspect.
func cornerWord(c survey.Corner) word {
	w := word{Key: "questions.corner." + string(c), Tone: "plain"}
	switch c {
	case survey.FirstCorner:
		w.Tone, w.Sign = "bad", "①"
	case survey.LaterCorner:
		w.Tone, w.Sign = "warn", "②"
	case survey.KeepCorner:
		w.Tone, w.Sign = "good", "✓"
	case survey.FineCorner:
		w.Sign = "–"
	default:
		return word{}
	}
	return w
}
