package admin

import (
	"meihao/survey"
	"meihao/survey/rubric"
)

// awardWord is what stands on a line of a sheet in a word; none where the
// reader may not see it.
func awardWord(a rubric.Award) word {
	switch {
	case a.Hidden:
		return word{}
	case a.Differs:
		return word{"sheet.state.DIFFERS", "warn", "≠"}
	case a.Overridden():
		return word{"sheet.state.OVERRIDDEN", "info", "↺"}
	case a.Item.ID == rubric.SatisfactionItem && a.State != rubric.Open:
		return itemWord(survey.Item(a.State))
	case a.Item.ID == rubric.SatisfactionVeto && a.State != rubric.Open:
		return vetoWord(survey.Veto(a.State))
	case a.Item.Veto():
		return recordedWord(a.State)
	}
	w := word{Key: "sheet.state." + a.State, Tone: "none", Sign: "○"}
	switch a.State {
	case rubric.Scored, rubric.Met:
		w.Tone, w.Sign = "good", "✓"
	case rubric.NotMet:
		w.Tone, w.Sign = "plain", "–"
	}
	return w
}

// recordedWord is what was found about a veto from 6.2 on.
func recordedWord(state string) word {
	w := word{Key: "sheet.veto." + state, Tone: "none", Sign: "○"}
	switch state {
	case rubric.Yes:
		w.Tone, w.Sign = "bad", "✗"
	case rubric.No:
		w.Tone, w.Sign = "good", "✓"
	case rubric.Unknown:
		w.Tone, w.Sign = "warn", "?"
	}
	return w
}

// standWord is where a whole sheet stands: what stops it comes first.
func standWord(s *rubric.Sheet) word {
	switch {
	case s.Partial:
		return word{}
	case s.Excluded:
		return word{"sheet.stand.excluded", "bad", "✗"}
	case s.Stale:
		return word{"sheet.stand.stale", "warn", "!"}
	case s.Complete:
		return word{"sheet.stand.complete", "good", "✓"}
	}
	return word{"sheet.stand.incomplete", "none", "○"}
}
