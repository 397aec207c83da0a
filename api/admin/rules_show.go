package admin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/stats"
)

const rulesPath = "/admin/help/rules"

// The page of the rules answers: by which rules is a figure made? Its numbers
// and tables are made by the code that judges, for one campaign's margins or
// the usual ones.
type rulesView struct {
	page.Frame
	Campaign *campaignRow // nil for the usual margins
	Version  string
	Sections []ruleSection
	Sizes    []sizeRow
	Samples  []sampleRow
}

// ruleSection is one part of the rules, with the name of its anchor.
type ruleSection struct {
	Name  string
	Lines []string
}

// sizeRow is how many answers so many households owe.
type sizeRow struct{ Households, Full, Provisional int64 }

// sampleRow is the verdict of every number of satisfied in one sample.
type sampleRow struct {
	Households, Answered int64
	Enough               word
	TooMany              bool // more answers than households
	Bands                []bandRow
}

// verdictRoutes are the pages on how figures come about.
func (h *Handlers) verdictRoutes(get route) { get(rulesPath, survey.ChangeOwn, h.showRules) }

// showRules shows the measurement rules in force.
func (h *Handlers) showRules(c *gin.Context) error {
	campaign := survey.Campaign{Admission: survey.ByCode, Margins: survey.DefaultMargins()}
	title := h.text(c, "rules.title")
	v := rulesView{
		Frame:   h.frame(c, "help", title, page.Crumb{Text: h.text(c, "help.title"), Path: "/admin/help"}, page.Crumb{Text: title}),
		Version: survey.RulesVersion,
	}
	if id, err := survey.ParseID(c.Query("campaign")); err == nil && may(c, survey.ViewCampaigns) {
		if campaign, err = h.Store.Campaign(c.Request.Context(), scope(c), id); err != nil {
			return err
		}
		row := rowOf(campaign, actor(c), h.Now())
		v.Campaign = &row
	}
	v.Sections = teller{h, c}.rules(campaign.Margins)
	for _, n := range []int64{50, 100, 200, 300, 500, 1000, 2000, 3000, 5000} {
		full, provisional := campaign.Margins.Sizes(n)
		v.Sizes = append(v.Sizes, sizeRow{Households: n, Full: full.Needed, Provisional: provisional.Needed})
	}
	v.Samples = samples(campaign)
	return h.present(c, http.StatusOK, "staff/rules", v)
}

// samples are an example of each adequacy among as many households as a
// middling project has, every number of satisfied judged.
func samples(c survey.Campaign) []sampleRow {
	const households = 1000
	if c.Admission == survey.ByOpen { // its figures have no words: show those of the others
		c.Admission = survey.ByCode
	}
	full, provisional := c.Margins.Sizes(households)
	var rows []sampleRow
	for _, n := range []int64{households, full.Needed, provisional.Needed, provisional.Needed - 1, households + 1} {
		v := survey.Judge(households, n, 0, c.Margins)
		rows = append(rows, sampleRow{
			Households: households, Answered: n, Enough: adequacyWord(v.Adequacy), TooMany: v.Reason != "", Bands: bandsOf(c, households, n),
		})
	}
	return rows
}

// rules are the sections, their numbers taken from where they are in force.
func (t teller) rules(m survey.Margins) []ruleSection {
	item, veto := survey.Item11Threshold(), survey.Veto61Threshold()
	at := func(key string, b survey.Threshold) string {
		return t.say(key, "Den", b.Den, "Num", b.Num, "Rest", b.Den-b.Num, "Percent", b.Percent())
	}
	on := func(key string, b survey.Threshold, k int64) string {
		return t.say(key, "K", page.Number(b.Num*k), "N", page.Number(b.Den*k), "Rate", survey.Rate(b.Num*k, b.Den*k))
	}
	say := func(keys ...string) []string {
		list := make([]string, len(keys))
		for i, key := range keys {
			list[i] = t.say(key)
		}
		return list
	}
	enough := t.say("rules.enough.words", "Full", percent(m.Full), "Provisional", percent(m.Provisional), "Least", survey.LeastSample)
	return []ruleSection{
		{"who", say("rules.who.household", "rules.who.bases", "rules.who.once", "rules.who.lanes", "rules.who.clerks")},
		{"rate", append(say("how.rate", "rules.rate.unknown"), t.say("rules.rate.digits",
			"K", page.Number(int64(8996)), "N", page.Number(int64(10000)), "Rate", survey.Rate(8996, 10000)), t.say("rules.rate.sums"))},
		{"thresholds", []string{at("rules.item", item), on("rules.item.on", item, 100), at("rules.veto", veto), on("rules.veto.on", veto, 100), t.say("rules.thresholds.whole")}},
		{"enough", append([]string{enough}, say("rules.enough.formula", "rules.enough.less", "how.random")...)},
		{"clear", append(say("how.borderline", "rules.clear.why"), t.say("rules.clear.formula", "Z", stats.Decimal(stats.ZSquared(), 15)),
			at("rules.clear.item", item), at("rules.clear.veto", veto), t.say("rules.clear.everybody"))},
		{"verdicts", say("rules.verdicts.points", "rules.verdicts.borderline", "rules.verdicts.veto", "rules.verdicts.open")},
		{"held", say("rules.held.what", "rules.held.beside", "rules.held.contested")},
		{"small", t.small()},
		{"order", say("how.order", "rules.order.last")},
		{"warnings", say("warning.turnout", "warning.outside", "warning.assisted", "warning.dont_know", "rules.warnings.silent")},
	}
}

// small is what RULES §8 keeps from whom, until when and from how many answers
// on.
func (t teller) small() []string {
	return []string{
		t.say("rules.small.turnout"), t.say("rules.small.live", "Few", survey.FewestShown, "Step", survey.ShownStep), t.say("rules.small.after"),
		t.say("rules.small.few", "Few", survey.FewestShown),
		t.say("rules.small.groups", "Few", survey.FewestShown, "Homes", survey.GroupSize), t.say("rules.small.bases"),
	}
}
