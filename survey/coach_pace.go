package survey

import (
	"fmt"
	"math/big"
	"time"
)

const aDay = 24 * time.Hour

// paceDays is over how many days a pace is taken, the begun one included.
const paceDays = 7

// Pace is answers a day as an exact fraction in lowest terms; Den 0 is no
// pace at all.
type Pace struct{ Num, Den int64 }

// String is the pace with one decimal, half up: "3.4"; "" without one.
func (p Pace) String() string {
	if p.Den == 0 {
		return ""
	}
	tenths := new(big.Int).Mul(big.NewInt(20), big.NewInt(p.Num))
	tenths.Add(tenths, big.NewInt(p.Den))
	n := tenths.Quo(tenths, new(big.Int).Mul(big.NewInt(2), big.NewInt(p.Den))).Int64()
	return fmt.Sprintf("%d.%d", n/10, n%10)
}

// reduced is the same pace in lowest terms.
func (p Pace) reduced() Pace {
	if p.Den == 0 {
		return Pace{}
	}
	g := new(big.Int).GCD(nil, nil, big.NewInt(p.Num), big.NewInt(p.Den)).Int64()
	return Pace{p.Num / g, p.Den / g}
}

// times is the pace of a part: of so many among so many; no pace among none.
// Counts are below a thousand million, so that the product fits.
func (p Pace) times(part, whole int64) Pace {
	if whole == 0 {
		return Pace{}
	}
	return Pace{p.Num * part, p.Den * whole}.reduced()
}

// in is how many whole answers come in a time.
func (p Pace) in(d time.Duration) int64 {
	if p.Den == 0 || d <= 0 {
		return 0
	}
	n := new(big.Int).Mul(big.NewInt(p.Num), big.NewInt(int64(d)))
	return n.Quo(n, new(big.Int).Mul(big.NewInt(p.Den), big.NewInt(int64(aDay)))).Int64()
}

// takes is the time in which so many answers come, rounded up. The pace must
// not be 0 and the time not beyond centuries.
func (p Pace) takes(answers int64) time.Duration {
	n := new(big.Int).Mul(big.NewInt(answers), big.NewInt(p.Den))
	n.Mul(n, big.NewInt(int64(aDay)))
	n, rest := n.QuoRem(n, big.NewInt(p.Num), new(big.Int))
	if rest.Sign() > 0 {
		n.Add(n, big.NewInt(1))
	}
	return time.Duration(n.Int64())
}

// course is where a campaign stands in its time, in days of Asia/Shanghai.
type course struct {
	now            time.Time
	stage          Stage // as it is now; an open campaign before its time is a draft
	draft, running bool
	first          time.Time     // the first day of the pace
	daysOpen       int           // since opening, the begun one counted whole; 0 before it
	daysLeft       int           // see Coach.DaysLeft
	left           time.Duration // until closing, 0 unless running
}

func (c Campaign) course(now time.Time) course {
	t := course{now: now, stage: c.Phase(now), draft: c.Stage == Draft}
	t.running = t.stage == OpenStage
	today, opened, last := dayOf(now), dayOf(c.Opens), dayOf(c.Closes.Add(-1))
	switch t.stage {
	case Draft:
		t.daysLeft = daysFrom(opened, last)
	case OpenStage:
		t.left, t.daysLeft = c.Closes.Sub(now), daysFrom(today, last)
		t.daysOpen = daysFrom(opened, today)
		t.first = today.AddDate(0, 0, 1-paceDays)
		if t.first.Before(opened) {
			t.first = opened
		}
	}
	return t
}

// DaysLeft are the days on which answers are still taken (see Coach).
func (c Campaign) DaysLeft(now time.Time) int { return c.course(now).daysLeft }

// arrived is the pace of responses over the last seven days, or since
// opening if that is shorter. A begun day counts as a whole one, so that a
// pace rather errs on the low side. There is none but while answers are taken.
func (t course) arrived(days []TurnoutDay) Pace {
	if !t.running {
		return Pace{}
	}
	today := dayOf(t.now)
	p := Pace{Den: int64(daysFrom(t.first, today))}
	for _, d := range days {
		if !d.Day.Before(t.first) && !d.Day.After(today) {
			p.Num += d.Responses
		}
	}
	return p.reduced()
}

// dayOf is the midnight in Asia/Shanghai with which a moment's day begins.
// China has had no summer time since 1991: a fixed zone is exact.
func dayOf(t time.Time) time.Time {
	y, m, d := t.In(time.FixedZone("Asia/Shanghai", 8*60*60)).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.FixedZone("Asia/Shanghai", 8*60*60))
}

// daysFrom counts the days from one to another, both included; 0 where the
// other comes first.
func daysFrom(from, to time.Time) int { return max(0, int(to.Sub(from)/aDay)+1) }
