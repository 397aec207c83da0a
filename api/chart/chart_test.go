package chart_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meihao/api/chart"
)

// naughty is a name that must not become markup.
const naughty = `a"b'</title><script>&`

// titles parses a figure as XML, so that it is well formed, and returns what
// its marks say; style is refused, as the content policy does.
func titles(t *testing.T, svg template.HTML) []string {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(string(svg)))
	var list []string
	in := false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return list[1:] // the first is the figure's own
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, svg)
		}
		switch e := token.(type) {
		case xml.StartElement:
			in = e.Name.Local == "title"
			for _, a := range e.Attr {
				if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") || strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") {
					t.Errorf("<%s %s=%q>", e.Name.Local, a.Name.Local, a.Value)
				}
			}
			if e.Name.Local == "script" {
				t.Error("a script in a figure")
			}
		case xml.CharData:
			if in {
				list = append(list, string(e))
			}
			in = false
		}
	}
}

// Each mark of a figure says what its data say, whatever the words are.
func TestMarksSayTheirText(t *testing.T) {
	words := chart.Words{ID: "x", Title: naughty, Desc: naughty}
	at := 93.2
	for name, f := range map[string]struct {
		svg  template.HTML
		want []string
	}{
		"days": {chart.Days{Words: words, Unit: naughty, Marks: []chart.Day{
			{Short: naughty, Count: 0, Text: "none"}, {Count: 12345, Text: naughty, Today: true},
		}}.SVG(), []string{"none", naughty}},
		"scatter": {chart.Scatter{Words: words, From: 50, To: 40, Marks: []chart.Point{
			{X: 12, Y: 95, Tone: "high", Text: "one"}, {X: 130, Y: 3, Tone: "low", Text: naughty},
		}}.SVG(), []string{"one", naughty}},
		"squares": {chart.Scatter{Words: words, From: 0, To: 100, Cell: 2.5, Marks: []chart.Point{
			{X: 1.25, Y: 98.75, Tone: "high", Count: 1, Text: "one"}, {X: 98.75, Y: 1.25, Tone: "low", Count: 900, Text: "many"},
		}}.SVG(), []string{"one", "many"}},
		"league": {chart.Rows{Words: words, From: 50, Marks: []chart.Row{{Name: naughty, Lo: 88, Hi: 96, At: &at, Tone: "high", Value: "93.2%", Text: naughty}}}.SVG(), []string{naughty}},
		"change": {chart.Rows{Words: words, From: 0, Marks: []chart.Row{{Name: "a", Lo: 96, Hi: 12, Tone: "low", Value: "−84.0", Text: "fell"}}}.SVG(), []string{"fell"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(f.want, titles(t, f.svg)); diff != "" {
				t.Error(diff)
			}
			for _, part := range []string{`role="img"`, `aria-labelledby="x-title x-desc"`, `<desc id="x-desc">`} {
				if !strings.Contains(string(f.svg), part) {
					t.Errorf("no %s in %s", part, f.svg)
				}
			}
		})
	}
}

func TestNothingToDraw(t *testing.T) {
	if s := (chart.Days{}).SVG() + (chart.Scatter{}).SVG() + (chart.Rows{}).SVG(); s != "" {
		t.Errorf("of nothing %q is drawn", s)
	}
}

// Both thresholds are in view whatever the figures are, and so is the lowest.
func TestScalesHoldTheThresholds(t *testing.T) {
	for lowest := 0.0; lowest <= 100; lowest += 2.5 {
		if base := chart.BaseOf(lowest); base > 50 || base < 0 || base > lowest {
			t.Errorf("a scale for %v begins at %v", lowest, base)
		}
		if end := chart.EndOf(lowest); end < lowest || end < 20 || end > 100 {
			t.Errorf("a scale for %v ends at %v", lowest, end)
		}
	}
	if fmt.Sprint(chart.Thresholds()) != "[60 90]" {
		t.Error(chart.Thresholds())
	}
}
