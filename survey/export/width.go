package export

import (
	"strings"
	"unicode"
)

// Widths of columns in digits. Longer text is broken into lines, headers into
// two.
const (
	leastWidth = 8
	mostWidth  = 44
	arrow      = 3 // of the filter, beside the header
	indent     = 2 // between numbers and what follows them
)

// widthsOf measures the columns by their headers and the rows that are there.
func widthsOf(columns []Column, rows [][]Cell, language string) []float64 {
	widths := make([]float64, len(columns))
	for i, c := range columns {
		widths[i] = float64(max(leastWidth, headWidth(c.Head)+arrow+1))
		if c.Kind == Moment || c.Kind == Day {
			widths[i] = max(widths[i], momentWidth(c.Kind, language))
		}
	}
	for _, row := range rows {
		for i, c := range row[:min(len(row), len(columns))] {
			switch c.kind {
			case Text:
				widths[i] = max(widths[i], float64(breadth(c.text)+2))
			case Number, Percent:
				widths[i] = max(widths[i], float64(digits(c)+indent))
			case Moment, Day:
				widths[i] = max(widths[i], momentWidth(c.kind, language))
			}
		}
	}
	for i := range widths {
		widths[i] = min(widths[i], mostWidth)
	}
	return widths
}

// momentWidth fits "2026年12月31日 23:59" and "31 Dec 2026 23:59".
func momentWidth(kind Kind, language string) float64 {
	wide := 24.0
	if language == "en" {
		wide = 21
	}
	if kind == Day {
		wide -= 6
	}
	return wide
}

// digits is about how wide a number is, with separators.
func digits(c Cell) int {
	wide := 2 + c.places
	for n := c.whole; n >= 10 || n <= -10; n /= 10 {
		wide++
	}
	wide += wide / 4
	if c.kind == Percent {
		wide += 2
	}
	return wide
}

// breadth is how many digits the widest line of a text takes: Chinese
// characters and their marks are two wide.
func breadth(text string) int {
	most, wide := 0, 0
	for _, r := range text {
		switch {
		case r == '\n':
			wide = 0
		case r >= 0x1100 && (unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x30FF || r >= 0xFF00 && r <= 0xFFEF || r >= 0x1F000):
			wide += 2
		default:
			wide++
		}
		most = max(most, wide)
	}
	return most
}

// headWidth is half the header, and no less than its longest word.
func headWidth(head string) int {
	wide := (breadth(head) + 1) / 2
	for _, word := range strings.Fields(head) {
		if n := breadth(word); n == len(word) { // letters are not broken
			wide = max(wide, n)
		}
	}
	return wide
}

// linesOf is how many lines a text takes in a column.
func linesOf(text string, width float64) int {
	lines, room := 0, max(1, int(width)-1)
	for line := range strings.SplitSeq(text, "\n") {
		lines += max(1, (breadth(line)+room-1)/room)
	}
	return lines
}

// Heights of rows in points.
const (
	lineHeight = 16
	mostHeight = 400 // Excel takes 409
)

// heightOf is how high a row of so many lines is, 0 for as high as any.
func heightOf(lines int) float64 {
	if lines <= 1 {
		return 0
	}
	return min(float64(lines)*lineHeight, mostHeight)
}
