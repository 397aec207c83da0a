package chart

import (
	"fmt"
	"html/template"
)

// Rows are projects, one below the other, on one scale of rates: an interval
// with its rate (a league), or what was and what is (a change).
type Rows struct {
	Words
	From  float64 `json:"from"` // where the scale begins
	Marks []Row   `json:"marks"`
}

// Row is one project.
type Row struct {
	Name  string   `json:"name"`
	Lo    float64  `json:"lo"` // of the interval; of a change what was
	Hi    float64  `json:"hi"` // of a change what is
	At    *float64 `json:"at,omitempty"`
	Tone  string   `json:"tone"`
	Value string   `json:"value"` // printed at the end of the row
	Text  string   `json:"text"`
}

// The paper of rows: names, then the scale, then the figure.
const (
	rowHeight, rowsTop           = 30.0, 30.0
	rowsLeft, rowsRight, rowsEnd = 30.0, 84.0, 100.0
)

// SVG draws the rows; nothing where there are none.
func (f Rows) SVG() template.HTML {
	if len(f.Marks) == 0 {
		return ""
	}
	height := rowsTop + rowHeight*float64(len(f.Marks))
	d := begin(f.Words, "chart-rows", int(height)+8)
	along := scale{f.From, 100, rowsLeft, rowsRight - rowsLeft}
	apart := 10.0
	if f.From < 50 {
		apart = 20
	}
	for v := 100.0; v >= f.From; v -= apart {
		d.line("chart-grid", along.at(v), rowsTop-4, along.at(v), height)
	}
	for _, v := range Thresholds() {
		d.line("chart-threshold "+toneAt(v), along.at(v), rowsTop-4, along.at(v), height)
		d.words("chart-word chart-mark", "middle", along.at(v), 16, place(v)+"%")
	}
	for i, m := range f.Marks {
		f.row(d, along, rowsTop+rowHeight*(float64(i)+0.5), m)
	}
	return d.end()
}

func (f Rows) row(d *drawing, along scale, y float64, m Row) {
	// A picture of its own cuts a long name off where the scale begins.
	fmt.Fprintf(d, `<svg x="0" y="%s" width="%s%%" height="%s">`, place(y-rowHeight/2), place(rowsLeft-2), place(rowHeight))
	d.words("chart-name", "start", 0, rowHeight/2+5, m.Name)
	d.WriteString(`</svg>`)
	lo, hi := along.at(m.Lo), along.at(m.Hi)
	if m.At != nil {
		d.line("chart-span", lo, y, hi, y)
		d.line("chart-span", lo, y-5, lo, y+5)
		d.line("chart-span", hi, y-5, hi, y+5)
		d.circle("chart-dot chart-"+m.Tone, along.at(*m.At), y, 5, "")
	} else {
		d.line("chart-way chart-"+m.Tone, lo, y, hi, y)
		d.circle("chart-was", lo, y, 4, "")
		d.circle("chart-dot chart-"+m.Tone, hi, y, 5, "")
	}
	d.words("chart-value", "end", rowsEnd, y+5, m.Value)
	d.rect("chart-hit", 0, y-rowHeight/2, 100, rowHeight, m.Text)
}
