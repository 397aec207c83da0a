package admin

import "meihao/survey"

// word is a verdict, a light or a stage as pages show it: always with a sign
// and in words, colour only helps (UX "Look").
type word struct{ Key, Tone, Sign string }

// itemWord is the verdict on item 1.1.
func itemWord(i survey.Item) word {
	w := word{Key: "item11." + string(i), Sign: "○"}
	switch i {
	case survey.MetClear:
		w.Tone, w.Sign = "good", "✓"
	case survey.MetBorderline:
		w.Tone, w.Sign = "warn", "≈"
	case survey.NotMetBorderline:
		w.Tone, w.Sign = "warn", "≈"
	case survey.NotMetClear:
		w.Tone, w.Sign = "plain", "–"
	case survey.NotAssessable:
		w.Tone = "none"
	default:
		return word{}
	}
	return w
}

// vetoWord is the verdict on veto 6.1.
func vetoWord(v survey.Veto) word {
	w := word{Key: "veto61." + string(v), Sign: "○"}
	switch v {
	case survey.Cleared:
		w.Tone, w.Sign = "good", "✓"
	case survey.ClearedBorderline:
		w.Tone, w.Sign = "warn", "≈"
	case survey.VetoBorderline:
		w.Tone, w.Sign = "bad", "≈"
	case survey.VetoClear:
		w.Tone, w.Sign = "bad", "✗"
	case survey.Undetermined:
		w.Tone = "none"
	default:
		return word{}
	}
	return w
}

// lightWord is the traffic light of a dashboard (RULES §5).
func lightWord(light string) word {
	w := word{Key: "light." + light}
	switch light {
	case "high":
		w.Tone, w.Sign = "good", "▲"
	case "middle":
		w.Tone, w.Sign = "plain", "■"
	case "low":
		w.Tone, w.Sign = "bad", "▼"
	case "small":
		w.Tone, w.Sign = "none", "○"
	case "none":
		w.Tone, w.Sign = "none", "–"
	default:
		return word{}
	}
	return w
}

// lights in the order in which they are offered as a filter.
func lights() []string { return []string{"high", "middle", "low", "small", "none"} }

// adequacyWord says whether the answers are enough (RULES §4).
func adequacyWord(a survey.Adequacy) word {
	w := word{Key: "adequacy." + string(a)}
	switch a {
	case survey.Full:
		w.Tone, w.Sign = "good", "●"
	case survey.Provisional:
		w.Tone, w.Sign = "warn", "◐"
	case survey.Inadequate:
		w.Tone, w.Sign = "none", "○"
	default:
		return word{}
	}
	return w
}

// stageWord is the stage of a campaign as it is now.
func stageWord(stage survey.Stage) word {
	w := word{Key: "stage." + string(stage), Sign: "○", Tone: "none"}
	switch stage {
	case survey.OpenStage:
		w.Tone, w.Sign = "good", "●"
	case survey.ClosedStage:
		w.Tone, w.Sign = "warn", "■"
	case survey.SealedStage:
		w.Tone, w.Sign = "info", "◆"
	case "waiting":
		w.Tone, w.Sign = "info", "◔"
	}
	return w
}
