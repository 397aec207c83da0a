package admin

import "meihao/survey"

// filterChoice is one word to choose in a filter.
type filterChoice struct {
	Value, Key string
	Here       bool
}

func choices[T ~string](list []T, here T, word func(T) word) []filterChoice {
	var all []filterChoice
	for _, one := range list {
		all = append(all, filterChoice{string(one), word(one).Key, one == here})
	}
	return all
}

// LightChoices are the lights to choose from.
func (f standingsFilter) LightChoices() []filterChoice { return choices(lights(), f.Light, lightWord) }

// ItemChoices are the words of item 1.1 to choose from.
func (f standingsFilter) ItemChoices() []filterChoice {
	return choices(survey.Items(), f.Item, itemWord)
}

// VetoChoices are the words of veto 6.1 to choose from.
func (f standingsFilter) VetoChoices() []filterChoice {
	return choices(survey.Vetoes(), f.Veto, vetoWord)
}

// AdequacyChoices are the sizes of a sample to choose from.
func (f standingsFilter) AdequacyChoices() []filterChoice {
	return choices(survey.Adequacies(), f.Adequacy, adequacyWord)
}

// Closely says whether the filter uses one of the conditions that the form
// folds away.
func (f standingsFilter) Closely() bool {
	return f.Item != "" || f.Veto != "" || f.Adequacy != "" || f.Borderline
}

// OrderName is the order as the page calls its column.
func (f standingsFilter) OrderName() string { return orderName(f.Order) }

// Sort is the order as the address says it.
func (f standingsFilter) Sort() string {
	if f.Reversed {
		return "-" + string(f.Order)
	}
	return string(f.Order)
}
