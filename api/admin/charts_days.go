package admin

import (
	"time"

	"meihao/api/chart"
	"meihao/api/page"
	"meihao/survey"
)

// mostDays is how far back a figure by day goes.
const mostDays = 400

// addDays draws the responses of the kept projects by day. They are live for
// all in scope (RULES §8).
func (h *Handlers) addDays(t teller, v *chartsView, campaign survey.Campaign, kept []*survey.Glance) error {
	on, err := h.turnoutOn(t, v, campaign, kept)
	if err != nil {
		return err
	}
	today := midnight(v.AsOf)
	first, last := midnight(campaign.Opens), midnight(campaign.Closes.Add(-1))
	for second := range on {
		day := time.Unix(second, 0)
		if day.Before(first) {
			first = midnight(day)
		}
		if day.After(last) {
			last = midnight(day)
		}
	}
	if today.Before(last) {
		last = today
	}
	if from := last.AddDate(0, 0, 1-mostDays); first.Before(from) {
		first = from
	}
	if len(on) == 0 {
		return nil
	}
	for day := first; !day.After(last); day = day.AddDate(0, 0, 1) {
		count, name := on[day.Unix()], page.Date(page.Language(t.c), day)
		value := page.Number(count)
		v.Total += count
		v.Days.Marks = append(v.Days.Marks, chart.Day{
			Name: name, Short: shortDay(page.Language(t.c), day), Count: count, Value: value, Today: day.Equal(today),
			Text: t.say("charts.days.text", "Day", name, "N", value),
		})
	}
	v.Days.Unit = t.say("charts.days.unit")
	v.Days.Words = chart.Words{ID: "days", Title: t.say("charts.days"), Desc: t.say("charts.days.desc", "N", page.Number(v.Total))}
	return nil
}

// turnoutOn is the number of responses by the second with which a day begins:
// of all projects in scope, or of those that a filter leaves.
func (h *Handlers) turnoutOn(t teller, v *chartsView, campaign survey.Campaign, kept []*survey.Glance) (map[int64]int64, error) {
	on := map[int64]int64{}
	add := func(days []survey.TurnoutDay) {
		for _, d := range days {
			on[midnight(d.Day).Unix()] += d.Responses
		}
	}
	ctx := t.c.Request.Context()
	if !v.Narrows() {
		days, err := h.Store.AreaDays(ctx, scope(t.c), campaign.ID)
		add(days)
		return on, err
	}
	ids := make([]survey.ID, len(kept))
	for i, g := range kept {
		ids[i] = g.Project.ID
	}
	days, err := h.Store.TurnoutDays(ctx, scope(t.c), campaign.ID, ids, time.Time{})
	for _, list := range days {
		add(list)
	}
	return on, err
}

// shortDay is a day without its year.
func shortDay(language string, day time.Time) string {
	if language == "en" {
		return day.Format("2 Jan")
	}
	return day.Format("1月2日")
}
