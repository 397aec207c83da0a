package chart

import "html/template"

// Days are bars, one a day.
type Days struct {
	Words
	Unit  string `json:"unit"` // of the counts, at the axis
	Marks []Day  `json:"marks"`
}

// Day is one bar.
type Day struct {
	Name  string `json:"name"`  // the day, as printed
	Short string `json:"short"` // the same at the axis
	Count int64  `json:"count"`
	Value string `json:"value"` // the count as printed
	Text  string `json:"text"`  // what the pointer reads
	Today bool   `json:"today,omitempty"`
}

// The paper of a figure by day, in pixels down and percent across.
const (
	daysHeight, daysTop, daysFoot = 280, 28, 240
	daysLeft                      = 10
	mostNames                     = 5 // of days below the bars
)

// SVG draws the days; nothing where there are none.
func (f Days) SVG() template.HTML {
	if len(f.Marks) == 0 {
		return ""
	}
	d := begin(f.Words, "chart-days", daysHeight)
	d.words("chart-word", "start", 0, 14, f.Unit)
	most := int64(1)
	for _, m := range f.Marks {
		most = max(most, m.Count)
	}
	apart := step(float64(most), 4)
	top := apart
	for top < float64(most) {
		top += apart
	}
	up := scale{0, top, daysFoot, daysTop - daysFoot}
	for v := 0.0; v <= top; v += apart {
		d.line("chart-grid", daysLeft, up.at(v), 100, up.at(v))
		d.words("chart-word", "end", daysLeft-1, up.at(v)+5, grouped(v))
	}
	width := (100.0 - daysLeft) / float64(len(f.Marks))
	named := (len(f.Marks) + mostNames - 1) / mostNames
	for i, m := range f.Marks {
		x, class := daysLeft+width*float64(i), "chart-bar"
		if m.Today {
			class += " chart-today"
		}
		d.rect(class, x+width*0.12, up.at(float64(m.Count)), width*0.76, daysFoot-up.at(float64(m.Count)), "")
		d.rect("chart-hit", x, daysTop, width, daysFoot-daysTop, m.Text)
		if i%named == 0 && (i == 0 || i+named/2 < len(f.Marks)) {
			d.dayName(i, len(f.Marks), x+width/2, m.Short)
		}
	}
	return d.end()
}

// dayName writes a day below its bar, so that the ends stay on the paper.
func (d *drawing) dayName(i, of int, x float64, name string) {
	switch {
	case i == 0 && of > 3:
		d.words("chart-word", "start", daysLeft, daysFoot+22, name)
	case i == of-1 && of > 3:
		d.words("chart-word", "end", 100, daysFoot+22, name)
	default:
		d.words("chart-word", "middle", x, daysFoot+22, name)
	}
}

// grouped is a count at an axis: 12000 is "12k", so that it stays narrow.
func grouped(v float64) string {
	switch {
	case v >= 1e6:
		return place(v/1e6) + "M"
	case v >= 1e4:
		return place(v/1e3) + "k"
	}
	return place(v)
}
