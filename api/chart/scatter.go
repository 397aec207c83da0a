package chart

import (
	"html/template"
	"math"
)

// Scatter are points of two shares in percent with the thresholds. Of very
// many, squares stand for all that lie in them.
type Scatter struct {
	Words
	Across string  `json:"across"` // what is measured across, at its axis
	Up     string  `json:"up"`
	From   float64 `json:"from"` // where the scale upwards begins
	To     float64 `json:"to"`   // where the scale across ends
	Cell   float64 `json:"cell,omitempty"`
	Marks  []Point `json:"marks"`
}

// Point is one mark: a project, or (with Count) all in a square of Cell.
type Point struct {
	X     float64 `json:"x"`
	Y     float64 `json:"y"`
	Tone  string  `json:"tone"` // "high", "middle", "low" or "small"
	Count int     `json:"count,omitempty"`
	Text  string  `json:"text"`
}

const (
	scatterHeight, scatterTop, scatterFoot = 440, 32, 384
	scatterLeft                            = 10
)

// Thresholds are the lines of the figures, in percent (RULES §3).
func Thresholds() []float64 { return []float64{60, 90} }

// BaseOf is where a scale of rates begins: so far below the lowest that it
// stands clear, never above 50, so that both thresholds are in view.
func BaseOf(lowest float64) float64 {
	return max(0, min(50, 10*math.Floor(lowest/10)-10))
}

// EndOf is where a scale of turnouts ends.
func EndOf(highest float64) float64 { return min(100, max(20, 10*math.Ceil(highest/10))) }

// SVG draws the points; nothing where there are none.
func (f Scatter) SVG() template.HTML {
	if len(f.Marks) == 0 {
		return ""
	}
	d := begin(f.Words, "chart-scatter", scatterHeight)
	up := scale{f.From, 100, scatterFoot, scatterTop - scatterFoot}
	across := scale{0, f.To, scatterLeft, 100 - scatterLeft - 1}
	d.words("chart-word", "start", 0, 14, f.Up)
	for v := f.From; v <= 100; v += 10 {
		d.line("chart-grid", scatterLeft, up.at(v), 100, up.at(v))
		d.words("chart-word", "end", scatterLeft-1, up.at(v)+5, place(v)+"%")
	}
	for v, apart := 0.0, step(f.To, 5); v <= f.To; v += apart {
		d.line("chart-grid", across.at(v), scatterTop, across.at(v), scatterFoot)
		d.words("chart-word", "middle", across.at(v), scatterFoot+22, place(v)+"%")
	}
	d.words("chart-word", "end", 100, scatterFoot+46, f.Across)
	f.squares(d, across, up)
	for _, v := range Thresholds() {
		d.line("chart-threshold "+toneAt(v), scatterLeft, up.at(v), 100, up.at(v))
	}
	if f.Cell == 0 {
		for _, m := range f.Marks {
			d.circle("chart-dot chart-"+m.Tone, across.at(m.X), up.at(m.Y), 5, m.Text)
		}
	}
	return d.end()
}

// squares draws what stands for many, darker where there are more.
func (f Scatter) squares(d *drawing, across, up scale) {
	if f.Cell == 0 {
		return
	}
	most := 1
	for _, m := range f.Marks {
		most = max(most, m.Count)
	}
	for _, m := range f.Marks {
		x, y := across.at(m.X-f.Cell/2), up.at(m.Y+f.Cell/2)
		class := "chart-cell chart-" + m.Tone + " chart-many-" + place(math.Ceil(5*math.Sqrt(float64(m.Count)/float64(most))))
		d.rect(class, x, y, across.at(m.X+f.Cell/2)-x, up.at(m.Y-f.Cell/2)-y, m.Text)
	}
}

// toneAt is the class of a threshold's line.
func toneAt(v float64) string {
	if v == 60 {
		return "chart-line-low"
	}
	return "chart-line-high"
}
