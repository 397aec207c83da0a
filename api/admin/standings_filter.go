package admin

import (
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"meihao/survey"
)

// standingsFilter narrows the standings by what stands in the address: the
// projects as everywhere, and what is known of their results. Whoever may not
// see a result cannot choose by it either (RULES §8).
type standingsFilter struct {
	listFilter
	Light      string
	Item       survey.Item
	Veto       survey.Veto
	Adequacy   survey.Adequacy
	Borderline bool
	Short      bool
	Order      survey.Order
	Reversed   bool
	Ignored    bool // the address asks for results that the actor may not see
	Chips      []filterChip
	Clear      string // the address without any condition
}

// filterChip is one condition in words, with the address without it.
type filterChip struct{ Text, Path string }

// resultKeys are the keys of an address that choose by results.
func resultKeys() []string { return []string{"light", "item", "veto", "adequacy", "borderline"} }

// standingsKeys are those that the standings alone understand.
func standingsKeys() []string { return append(resultKeys(), "short", "sort") }

// standingsFilterOf reads the filter of an address; hidden says that no
// result may be seen. Words that are none of ours choose nothing out.
func standingsFilterOf(c *gin.Context, enrolments []survey.Enrolment, hidden bool) standingsFilter {
	f := standingsFilter{listFilter: filterAmong(c, enrolments), Short: c.Query("short") != ""}
	by, reversed := strings.CutPrefix(c.Query("sort"), "-")
	if slices.Contains(orders(), survey.Order(by)) {
		f.Order, f.Reversed = survey.Order(by), reversed
	}
	if hidden {
		f.Ignored = slices.ContainsFunc(resultKeys(), func(key string) bool { return c.Query(key) != "" })
		return f
	}
	f.Light = oneOf(lights(), c.Query("light"))
	f.Item = oneOf(survey.Items(), survey.Item(c.Query("item")))
	f.Veto = oneOf(survey.Vetoes(), survey.Veto(c.Query("veto")))
	f.Adequacy = oneOf(survey.Adequacies(), survey.Adequacy(c.Query("adequacy")))
	f.Borderline = c.Query("borderline") != ""
	return f
}

// oneOf is a word of a list, "" for any other.
func oneOf[T ~string](list []T, word T) T {
	if slices.Contains(list, word) {
		return word
	}
	return ""
}

func orders() []survey.Order {
	return []survey.Order{survey.League, survey.ByName, survey.ByTurnout, survey.ByMissing, survey.ByHouseholds}
}

// Narrows says whether the address may leave any project out.
func (f standingsFilter) Narrows() bool {
	return f.listFilter.Narrows() || f.Light != "" || f.Item != "" || f.Veto != "" || f.Adequacy != "" || f.Borderline || f.Short
}

// keepsGlance says whether a row passes.
func (f *standingsFilter) keepsGlance(g *survey.Glance) bool {
	if !f.keeps(&g.Project) || f.Light != "" && g.Owner.Light != f.Light || f.Short && g.Missing() == 0 ||
		f.Adequacy != "" && g.Owner.Adequacy() != f.Adequacy {
		return false
	}
	if f.Item == "" && f.Veto == "" && !f.Borderline {
		return true
	}
	words := g.Owner.Words()
	return (f.Item == "" || words.Item11 == f.Item) && (f.Veto == "" || words.Veto61 == f.Veto) && (!f.Borderline || words.Borderline())
}

// say puts the conditions into words, each with the address without it.
func (f *standingsFilter) say(t teller) {
	f.Clear = "?"
	if campaign := t.c.Query("campaign"); campaign != "" { // chosen, no condition
		f.Clear += url.Values{"campaign": {campaign}}.Encode()
	}
	chip := func(key string, value string) {
		if value != "" {
			f.Chips = append(f.Chips, filterChip{value, query(t.c, key, "", "page", "", "live", "")})
		}
	}
	named := func(name, value string) string {
		if value == "" {
			return ""
		}
		return t.say("filter.chip", "Name", t.say(name), "Value", value)
	}
	worded := func(name string, w word) string {
		if w.Key == "" {
			return ""
		}
		return named(name, t.say(w.Key))
	}
	chip("q", named("projects.search", f.Search))
	if f.Place != "" {
		chip("place", named("filter.place", orUnknown(t, f.PlaceName())))
	}
	if f.Company != "" {
		chip("company", named("project.company", orUnknown(t, f.CompanyName())))
	}
	chip("kind", named("project.kind", f.Kind))
	chip("light", worded("filter.light", lightWord(f.Light)))
	chip("item", worded("standings.item", itemWord(f.Item)))
	chip("veto", worded("standings.veto", vetoWord(f.Veto)))
	chip("adequacy", worded("filter.adequacy", adequacyWord(f.Adequacy)))
	if f.Borderline {
		chip("borderline", t.say("filter.borderline"))
	}
	if f.Short {
		chip("short", t.say("filter.short"))
	}
}

// orUnknown is a name, or that nothing here has it.
func orUnknown(t teller, name string) string {
	if name == "" {
		return t.say("filter.elsewhere")
	}
	return name
}
