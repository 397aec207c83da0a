package admin

import (
	"math/big"
	"strings"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/stats"
)

// reckoning says how a base's verdict comes about: a short sentence, and every
// step with its numbers. It is made of the rules in force and of the figures
// that the reader sees: one that is hidden leaves its lines out.
type reckoning struct {
	Lead  string
	Steps []string
	Whole bool // every figure is seen
}

// reckoner puts one base's reckoning into words.
type reckoner struct {
	teller
	campaign survey.Campaign
	cell     resultCell
	steps    []string
}

func (t teller) reckon(c survey.Campaign, cell resultCell) reckoning {
	r := &reckoner{teller: t, campaign: c, cell: cell}
	if cell.Answered == nil {
		return reckoning{Lead: t.say("reckon.hidden")}
	}
	whole := cell.Satisfied != nil
	if whole && *cell.Answered > 0 {
		r.share()
	}
	r.sizes()
	if cell.Reason == "" && whole && *cell.Answered > 0 {
		r.chance()
	}
	if cell.Reason == survey.IndicativeOnly {
		r.add("warning.indicative")
	} else if cell.Item11 != "" {
		r.steps = append(r.steps, t.points(cell))
	}
	return reckoning{Lead: r.lead(), Steps: r.steps, Whole: whole}
}

func (r *reckoner) add(key string, pairs ...any) { r.steps = append(r.steps, r.say(key, pairs...)) }

// lead is the answer in one sentence.
func (r *reckoner) lead() string {
	switch {
	case r.cell.Satisfied == nil:
		return r.say("reckon.partly")
	case *r.cell.Answered == 0:
		return r.say("rate.none")
	}
	return r.say("reckon.lead", "K", page.Number(r.cell.Satisfied), "N", page.Number(r.cell.Answered), "Rate", r.cell.Result.Rate,
		"Item", r.say(r.cell.Item.Key), "Veto", r.say(r.cell.Veto.Key))
}

// share is k of n, and on which side of both thresholds it lies.
func (r *reckoner) share() {
	n, k, unknown := *r.cell.Answered, *r.cell.Satisfied, *r.cell.DontKnow
	r.add("reckon.counted", "N", page.Number(n), "DK", page.Number(unknown), "Share", survey.Rate(unknown, n+unknown))
	r.add("reckon.rate", "N", page.Number(n), "K", page.Number(k), "Rate", r.cell.Result.Rate)
	for _, at := range thresholds() {
		c := at.Compare(max(n, r.cell.Households), n, k)
		r.add("reckon."+at.name+"."+sideName(c.Side), "Den", c.Den, "Num", c.Num, "K", page.Number(k), "N", page.Number(n),
			"Left", page.Number(c.Left), "Right", page.Number(c.Right), "Percent", c.Percent())
	}
}

// sizes is how many answers are enough, and whether these are.
func (r *reckoner) sizes() {
	full, provisional := r.campaign.Margins.Sizes(r.cell.Households)
	r.size("FULL", full)
	r.size("PROVISIONAL", provisional)
	key := "reckon.enough." + string(r.cell.Adequacy)
	if *r.cell.Answered > r.cell.Households {
		key = "reckon.enough.too_many"
	}
	r.add(key, "N", page.Number(r.cell.Answered), "All", page.Number(r.cell.Households),
		"Full", page.Number(full.Needed), "Provisional", page.Number(provisional.Needed), "Enough", r.say(r.cell.Enough.Key))
}

func (r *reckoner) size(adequacy string, s survey.SampleSize) {
	if s.Unlimited == nil {
		return
	}
	key := "reckon.size"
	if s.Needed > s.Rounded {
		key = "reckon.size.floor"
	}
	endless := page.Grouped(stats.Decimal(s.Unlimited, 2))
	r.add(key, "Enough", r.say("adequacy."+adequacy), "Margin", percent(s.Margin), "Error", fraction(s.Margin),
		"Endless", equals(s.Unlimited, 2), "Size", endless, "All", page.Number(r.cell.Households),
		"Unrounded", equals(s.Unrounded, 2), "Rounded", page.Number(s.Rounded), "Needed", page.Number(s.Needed))
}

// chance is whether the share lies beyond each threshold by more than chance,
// with both sides of the comparison; and the interval, which shows the same.
func (r *reckoner) chance() {
	n, k, all := *r.cell.Answered, *r.cell.Satisfied, r.cell.Households
	for _, at := range thresholds() {
		if r.cell.Adequacy == survey.Inadequate {
			break // nothing follows from such a sample, however clear
		}
		c := at.Compare(all, n, k)
		if c.Everybody {
			r.add("reckon.everybody", "All", page.Number(all))
			break
		}
		key := "reckon.borderline"
		if c.Clear {
			key = "reckon.clear"
		} else if r.cell.Adequacy != survey.Full {
			key = "reckon.undecided"
		}
		r.add(key, "Percent", c.Percent(), "Den", c.Den, "Num", c.Num, "Rest", c.Den-c.Num, "K", page.Number(k), "N", page.Number(n), "All", page.Number(all),
			"Spread", page.Grouped(c.Spread.String()), "Z", stats.Decimal(stats.ZSquared(), 15), "Chance", equals(c.Chance, 1))
	}
	switch {
	case r.cell.Whisker == nil:
	case r.cell.Adequacy == survey.Inadequate:
		r.add("reckon.interval", "Interval", r.cell.Whisker.Text())
	default:
		r.add("reckon.interval.lines", "Interval", r.cell.Whisker.Text())
	}
}

// points are those of item 1.1, in words; none is never a silent 0.
func (t teller) points(cell resultCell) string {
	if cell.Points == nil {
		return t.say("reckon.points.none")
	}
	return t.say("reckon.points", "N", *cell.Points)
}

// named is a threshold with the name of its messages.
type named struct {
	survey.Threshold
	name string
}

func thresholds() []named {
	return []named{{survey.Item11Threshold(), "item"}, {survey.Veto61Threshold(), "veto"}}
}

func sideName(side int) string {
	switch {
	case side > 0:
		return "above"
	case side < 0:
		return "below"
	}
	return "on"
}

// equals is a number after the sign that says whether it is printed whole.
func equals(r *big.Rat, places int) string {
	text := stats.Decimal(r, places)
	sign := "≈ "
	if printed, ok := new(big.Rat).SetString(text); ok && printed.Cmp(r) == 0 {
		sign = "= "
	}
	return sign + page.Grouped(text)
}

// fraction writes permille as a fraction of one: 50 is "0.05".
func fraction(permille int64) string {
	return strings.TrimRight(big.NewRat(permille, 1000).FloatString(3), "0")
}
