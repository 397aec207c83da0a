package wall

import (
	"cmp"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"meihao/api/page"
	"meihao/api/poster"
	"meihao/survey"
)

// view is a board in words and pictures.
type view struct {
	page.Frame
	survey.WallBoard
	Rate, Turnout string
	Filled        float64 // width of the bar of turnout, 0–100
	Phase         string  // "waiting", "open", "last" or "closed"
	Left          int     // days
	Lights        []light
	Best, Last    []row
	Level         string // of the areas: "district", "subdistrict" or "community"
	Areas         []area
	MoreAreas     int // that are not shown
	Days          days
	QR            template.HTML // "" for none
}

// light is one part of the bar of projects.
type light struct {
	Name, Sign  string
	Count       int
	Borderline  int // of them
	From, Width float64
}

// row is a project of the league with its interval in percent.
type row struct {
	survey.WallRow
	Lo, Width, At float64
}

// area is the turnout of a place.
type area struct {
	Name, Rate           string
	Answered, Households int64
	Width                float64
}

// days is the picture of the turnout by day.
type days struct {
	Bars        []bar
	First, Last time.Time
	Most        int64
	MostDay     time.Time
	Today       *int64 // nil once the campaign is over
}

// Width is that of the picture: a week at least, so that a bar is one.
func (d days) Width() int { return max(7, len(d.Bars)) }

// bar is one day in a picture that is 100 high and a day wide for each.
type bar struct {
	X, Y, Height float64
	Today        bool
}

// mostAreas is how many areas have room.
const mostAreas = 8

func (h *Handlers) showBoard(c *gin.Context, b survey.WallBoard) {
	v := view{WallBoard: b, Rate: b.Sum.Owner.Rate(), Turnout: survey.Rate(b.Sum.Turnout.Answered, b.Sum.Turnout.Households)}
	v.Frame = page.Frame{Title: b.Campaign.Name}
	v.Filled = percent(b.Sum.Turnout.Answered, b.Sum.Turnout.Households)
	v.Phase, v.Left = phaseOf(b.Campaign, b.AsOf)
	v.Lights = lightsOf(b)
	v.Best, v.Last = rowsOf(b.Best), rowsOf(b.Last)
	v.Level, v.Areas, v.MoreAreas = areasOf(b)
	v.Days = daysOf(b)
	if b.Code && v.Phase != "closed" && v.Phase != "waiting" {
		code, err := poster.SVG(strings.TrimRight(h.Public, "/") + "/")
		if err != nil {
			h.Pages.Fail(c, err)
			return
		}
		v.QR = code
	}
	h.Pages.Show(c, http.StatusOK, "wall/show", v)
}

// percent is for pictures and decides nothing.
func percent[N int | int64](part, all N) float64 {
	if all <= 0 {
		return 0
	}
	return min(100, 100*float64(part)/float64(all))
}

func phaseOf(c survey.Campaign, now time.Time) (phase string, left int) {
	switch c.Phase(now) {
	case survey.Draft:
		return "waiting", 0
	case survey.OpenStage:
		if left = c.DaysLeft(now); left <= 1 {
			return "last", left
		}
		return "open", left
	}
	return "closed", 0
}

// lightsOf are the parts of the bar; together they are all projects.
func lightsOf(b survey.WallBoard) []light {
	o := b.Sum.Owner
	list := []light{
		{Name: "high", Sign: "▲", Count: o.High, Borderline: b.Borderline.High},
		{Name: "middle", Sign: "■", Count: o.Middle},
		{Name: "low", Sign: "▼", Count: o.Low, Borderline: b.Borderline.Low},
		{Name: "small", Sign: "○", Count: b.Sum.Projects - o.High - o.Middle - o.Low},
	}
	from := 0.0
	for i := range list {
		list[i].From, list[i].Width = from, percent(list[i].Count, b.Sum.Projects)
		from += list[i].Width
	}
	return list
}

func rowsOf(list []survey.WallRow) []row {
	rows := make([]row, len(list))
	for i, r := range list {
		rows[i] = row{WallRow: r, At: percent(r.Satisfied, r.Answered)}
		if r.Interval != nil {
			rows[i].Lo, rows[i].Width = 100*r.Interval[0], 100*(r.Interval[1]-r.Interval[0])
		}
	}
	return rows
}

// areasOf are the places further down: all of them in the register's order
// where they have room, else those in which most homes have not answered.
func areasOf(b survey.WallBoard) (level string, list []area, more int) {
	sums := b.Areas
	name := func(p survey.Place) string { return p.Area.Community }
	level = "community"
	switch b.AreaLevel {
	case survey.DistrictLevel:
		level, name = "district", func(p survey.Place) string { return p.Area.District }
	case survey.SubdistrictLevel:
		level, name = "subdistrict", func(p survey.Place) string { return p.Area.Subdistrict }
	}
	if len(sums) > mostAreas {
		more = len(sums) - mostAreas
		kept := slices.Clone(sums)
		slices.SortStableFunc(kept, func(x, y survey.Sum) int {
			return cmp.Compare(y.Turnout.Households-y.Turnout.Answered, x.Turnout.Households-x.Turnout.Answered)
		})
		sums = kept[:mostAreas]
	}
	for _, s := range sums {
		t := s.Turnout
		list = append(list, area{
			Name: name(s.Place), Rate: survey.Rate(t.Answered, t.Households), Answered: t.Answered, Households: t.Households,
			Width: percent(t.Answered, t.Households),
		})
	}
	return level, list, more
}

// daysOf draws every day from the first answer to the last, or to today while
// answers are taken, those without an answer too.
func daysOf(b survey.WallBoard) days {
	var d days
	list := b.Days
	if len(list) == 0 {
		return d
	}
	counts := map[int64]int64{} // by the second in which the day began
	for _, one := range list {
		counts[survey.Day(one.Day).Unix()] = one.Responses
		if one.Responses > d.Most {
			d.Most, d.MostDay = one.Responses, one.Day
		}
	}
	today := survey.Day(b.AsOf)
	d.First, d.Last = survey.Day(list[0].Day), survey.Day(list[len(list)-1].Day)
	if !b.Campaign.Ended(b.AsOf) {
		n := counts[today.Unix()]
		d.Last, d.Today = today, &n
	}
	for at, x := d.First, 0.0; !at.After(d.Last); at, x = at.AddDate(0, 0, 1), x+1 {
		height := percent(counts[at.Unix()], d.Most)
		d.Bars = append(d.Bars, bar{X: x, Y: 100 - height, Height: height, Today: at.Equal(today) && d.Today != nil})
	}
	return d
}
