package chart

import (
	"fmt"
	"html"
	"html/template"
	"strconv"
	"strings"
)

// Words name a figure: what it is, what stands in it, and the id its title
// gets on the page.
type Words struct {
	ID    string `json:"-"`
	Title string `json:"title"`
	Desc  string `json:"desc"`
}

// drawing grows mark by mark.
type drawing struct{ strings.Builder }

// begin opens the picture with its names, as tall as it says.
func begin(w Words, class string, height int) *drawing {
	d := &drawing{}
	fmt.Fprintf(d, `<svg class="chart %s" width="100%%" height="%d" role="img" aria-labelledby="%s-title %[3]s-desc" focusable="false"><title id="%[3]s-title">%s</title><desc id="%[3]s-desc">%s</desc>`,
		class, height, html.EscapeString(w.ID), html.EscapeString(w.Title), html.EscapeString(w.Desc))
	return d
}

// end closes it.
func (d *drawing) end() template.HTML {
	d.WriteString(`</svg>`)
	return template.HTML(d.String()) //nolint:gosec // numbers, what this package draws and escaped words
}

// place is a number of a place, to a hundredth.
func place(v float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(v, 'f', 2, 64), "0"), ".")
}

// rect is a bar: x and w in percent, y and h in pixels.
func (d *drawing) rect(class string, x, y, w, h float64, text string) {
	fmt.Fprintf(d, `<rect class="%s" x="%s%%" y="%s" width="%s%%" height="%s"`, class, place(x), place(y), place(w), place(h))
	d.titled("rect", text)
}

// circle is a point of so many pixels.
func (d *drawing) circle(class string, x, y, r float64, text string) {
	fmt.Fprintf(d, `<circle class="%s" cx="%s%%" cy="%s" r="%s"`, class, place(x), place(y), place(r))
	d.titled("circle", text)
}

// line runs from one place to another.
func (d *drawing) line(class string, x1, y1, x2, y2 float64) {
	fmt.Fprintf(d, `<line class="%s" x1="%s%%" y1="%s" x2="%s%%" y2="%s"/>`, class, place(x1), place(y1), place(x2), place(y2))
}

// words stand at a place, anchored at their "start", "middle" or "end".
func (d *drawing) words(class, anchor string, x, y float64, text string) {
	fmt.Fprintf(d, `<text class="%s" text-anchor="%s" x="%s%%" y="%s">%s</text>`, class, anchor, place(x), place(y), html.EscapeString(text))
}

// titled closes an element with what the pointer reads on it.
func (d *drawing) titled(element, text string) {
	if text == "" {
		d.WriteString(`/>`)
		return
	}
	fmt.Fprintf(d, `><title>%s</title></%s>`, html.EscapeString(text), element)
}

// scale maps values onto places.
type scale struct{ from, to, start, length float64 }

func (s scale) at(v float64) float64 {
	return s.start + s.length*(min(max(v, s.from), s.to)-s.from)/(s.to-s.from)
}

// step is the distance of lines across a scale: 1, 2 or 5 times a power of
// ten, so that at most so many stand there.
func step(length float64, most int) float64 {
	for unit := 1.0; ; unit *= 10 {
		for _, times := range []float64{1, 2, 5} {
			if unit*times*float64(most) >= length {
				return unit * times
			}
		}
	}
}
