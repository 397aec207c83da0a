package admin

import (
	"fmt"
	"html"
	"strings"

	"meihao/survey"
)

// The picture of a reminder is as wide as a phone shows it sharply; its
// height follows its words. Measures are in pixels.
const (
	pictureWidth  = 1080
	pictureMargin = 72
	pictureCode   = 600 // the QR code with its frame
)

// pictureFonts are those of base.css: a picture cannot ask the page.
const pictureFonts = `"PingFang SC", "HarmonyOS Sans SC", "MiSans", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", sans-serif`

// picture grows from top to bottom.
type picture struct {
	body strings.Builder
	y    float64
}

// Picture draws the reminder with its QR code as one SVG without anything
// from elsewhere, so that a browser can turn it into a PNG.
func (r reminded) Picture() string {
	p := &picture{y: pictureMargin}
	p.line(r.Demo, 40, "#8a5a00", true)
	p.line(r.Words[0].Project, 44, "#55605a", false)
	for i, w := range r.Words {
		if i > 0 {
			p.y += 24
		}
		size := 92 - 28*min(1, i)
		if survey.PrintWidth(w.Headline)*size <= 10*(pictureWidth-2*pictureMargin) {
			p.line(w.Headline, size, "#00653b", true)
		} else { // the number stays in one piece
			p.line(w.Where, size, "#00653b", true)
			p.line(w.Missing, size, "#00653b", true)
		}
		p.line(w.Aim, 48, "#1b1f1d", false)
	}
	if r.QR != "" {
		p.y += 24
		p.line(r.Whose(), 48, "#1b1f1d", true)
		fmt.Fprintf(&p.body, `<svg x="%d" y="%.0f" width="%d" height="%d">%s</svg>`, (pictureWidth-pictureCode)/2, p.y, pictureCode, pictureCode, r.QR)
		p.y += pictureCode + 8
		p.line(r.Before+r.After, 40, "#1b1f1d", true)
	}
	for _, w := range r.Words {
		p.y += 12
		for _, line := range []string{w.Elsewhere, w.Facts, w.Until, w.Open, w.Asker, w.Phone} {
			p.line(line, 38, "#1b1f1d", false)
		}
	}
	p.y += pictureMargin
	label := html.EscapeString(r.Words[0].Headline)
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%.0f" viewBox="0 0 %d %.0f" font-family="%s" text-anchor="middle" role="img" aria-label="%s"><rect width="100%%" height="100%%" fill="#ffffff"/>%s</svg>`,
		pictureWidth, p.y, pictureWidth, p.y, html.EscapeString(pictureFonts), label, p.body.String())
}

// line writes a text in the middle, in as many lines as it takes.
func (p *picture) line(text string, size int, colour string, bold bool) {
	if text == "" {
		return
	}
	weight := 400
	if bold {
		weight = 700
	}
	for _, line := range wrap(text, float64(pictureWidth-2*pictureMargin)/float64(size)) {
		p.y += float64(size)
		fmt.Fprintf(&p.body, `<text x="%d" y="%.0f" font-size="%d" font-weight="%d" fill="%s">%s</text>`,
			pictureWidth/2, p.y, size, weight, colour, html.EscapeString(line))
		p.y += float64(size) * 0.4
	}
}

// notAtTheBeginning are marks that Chinese never begins a line with.
const notAtTheBeginning = "，。、；：？！）》”’%·"

// wrap breaks a text into lines of at most so many ems: between any two
// Chinese symbols but before a closing mark, in Latin text at spaces.
func wrap(text string, ems float64) []string {
	var lines []string
	var line, last strings.Builder // last is a word that must stay together
	width, lastWidth := 0.0, 0.0
	flush := func() {
		line.WriteString(last.String())
		width += lastWidth
		last.Reset()
		lastWidth = 0
	}
	for _, r := range text {
		w, wide := 0.56, r >= 0x2e80
		if wide {
			w = 1
		}
		if r == ' ' || wide && !strings.ContainsRune(notAtTheBeginning, r) {
			flush()
		}
		if lastWidth+w > ems { // a word that is longer than a line is cut
			flush()
		}
		if width+lastWidth+w > ems && line.Len() > 0 {
			lines = append(lines, strings.TrimSpace(line.String()))
			line.Reset()
			width = 0
		}
		last.WriteRune(r)
		lastWidth += w
	}
	flush()
	return append(lines, strings.TrimSpace(line.String()))
}
