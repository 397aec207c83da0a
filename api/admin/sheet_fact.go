package admin

import (
	"strconv"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/rubric"
)

func formatCount(n int64) string { return page.Grouped(strconv.FormatInt(n, 10)) }

// facts are what the machine knows of an item in sentences: the complaint
// figures of 1.2 and 1.3, the fees of 3.2.
func (s *sheetOf) facts(t teller, a rubric.Award) []string {
	var list []string
	switch a.Item.ID {
	case rubric.VolumeItem:
		list = lowestFacts(t, s.one.Figures.Lowest)
	case rubric.PromptItem:
		list = promptFacts(t, s.one.Figures.Prompt)
	case rubric.FeesItem:
		if f := s.one.Entries.Fees; f != nil {
			list = append(list, t.say("sheet.fees.is", "Paid", yuan(f.Paid), "Due", yuan(f.Due), "Rate", feesRate(*f)))
		}
	}
	for _, f := range a.Flags {
		list = append(list, t.say("sheet.flag."+string(f)))
	}
	return list
}

func lowestFacts(t teller, l *rubric.Lowest) []string {
	if l == nil {
		return nil
	}
	if l.Why != "" {
		list := []string{t.say("sheet.lowest." + l.Why)}
		if r := l.Imported; r != nil {
			list = append(list, t.say("sheet.lowest.imported", "Rank", r.Rank, "Of", r.Of, "Document", r.Document))
		}
		return list
	}
	list := []string{t.say("sheet.lowest.rank", "Rank", l.Rank, "Of", l.Of, "N", formatCount(l.Complaints), "PerHome", l.RankPerHome)}
	if l.PerHome {
		list = append(list, t.say("sheet.lowest.per_home"))
	}
	if l.Of < rubric.FewestRanked {
		list = append(list, t.say("sheet.lowest.few_projects", "Least", rubric.FewestRanked))
	}
	return list
}

func promptFacts(t teller, p *rubric.Prompt) []string {
	if p == nil || p.Points == nil {
		return []string{t.say("sheet.prompt.none")}
	}
	rate := func(k, n int) string { return survey.Rate(int64(k), int64(n)) }
	return []string{
		t.say("sheet.prompt.response", "Rate", rate(p.OnTimeResponse, p.DueResponse), "K", p.OnTimeResponse, "N", p.DueResponse),
		t.say("sheet.prompt.resolution", "Rate", rate(p.OnTimeResolution, p.DueResolution), "K", p.OnTimeResolution, "N", p.DueResolution),
	}
}

// feesRate prints the collection rate of 3.2. What is below 95 % by less than
// the usual decimal shows is cut off and not rounded: it must not look met.
func feesRate(f rubric.Fees) string {
	text := survey.Rate(f.Paid, f.Due)
	if text != "95.0%" || f.Met() {
		return text
	}
	parts := f.Paid * 10_000 / f.Due // at most 1e16
	return strconv.FormatInt(parts/100, 10) + "." + strconv.FormatInt(100+parts%100, 10)[1:] + "%"
}
