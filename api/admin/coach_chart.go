package admin

import (
	"time"

	"meihao/api/page"
	"meihao/survey"
)

// dayChart is what came day by day: bars from opening to closing, and from
// today on a line at what is needed. Its measures are of a picture of 100 × 100
// that is stretched; its numbers stand in the table beside it.
type dayChart struct {
	Bars        []dayBar
	First, Last time.Time
	Most        int64 // the height of the picture, in answers a day
	Needs       int64 // 0 for no line
	LineX       float64
	LineY       float64
	Table       []survey.TurnoutDay // the latest first, days without an answer too
}

type dayBar struct{ X, Y, Width, Height float64 }

// A chart is no wider than what can be read: so many days back and ahead.
const (
	chartBack  = 41
	chartAhead = 20
)

// chartOf draws the days of a campaign. The days may be apart by group.
func chartOf(c survey.Campaign, days []survey.TurnoutDay, needs int64, now time.Time) dayChart {
	today := midnight(now)
	ch := dayChart{First: midnight(c.Opens), Last: midnight(c.Closes.Add(-1)), Needs: needs, Most: needs}
	on := map[int64]int64{} // by the second with which a day begins
	for _, d := range days {
		day := midnight(d.Day)
		on[day.Unix()] += d.Responses
		if day.Before(ch.First) {
			ch.First = day
		}
	}
	if from := today.AddDate(0, 0, -chartBack); ch.First.Before(from) {
		ch.First = from
	}
	if to := today.AddDate(0, 0, chartAhead); ch.Last.After(to) {
		ch.Last = to
	}
	if len(on) == 0 || ch.Last.Before(ch.First) {
		return dayChart{}
	}
	for day := ch.First; !day.After(ch.Last); day = day.AddDate(0, 0, 1) {
		ch.Most = max(ch.Most, on[day.Unix()])
	}
	width := 100 / (ch.Last.Sub(ch.First).Hours()/24 + 1)
	for day, x := ch.First, 0.0; !day.After(ch.Last); day, x = day.AddDate(0, 0, 1), x+width {
		if day.Equal(today) {
			ch.LineX = x
		}
		if day.After(today) {
			continue
		}
		height := 100 * float64(on[day.Unix()]) / float64(max(1, ch.Most))
		ch.Bars = append(ch.Bars, dayBar{X: x + width/10, Y: 100 - height, Width: width * 0.8, Height: height})
		ch.Table = append([]survey.TurnoutDay{{Day: day, Responses: on[day.Unix()]}}, ch.Table...)
	}
	ch.LineY = 100 - 100*float64(needs)/float64(max(1, ch.Most))
	return ch
}

// midnight is the beginning of a moment's day in Beijing.
func midnight(t time.Time) time.Time {
	y, m, d := t.In(page.Beijing()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, page.Beijing())
}
