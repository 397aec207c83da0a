package roster

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"meihao/survey"
)

// What a workbook may make of its bytes. A register of MaxRows with fourteen
// columns unpacks to about 130 MiB; a packed bomb unpacks to a thousand times
// its size. Nothing is unpacked as a whole: parts are read as streams.
const (
	maxUnpacked = 192 << 20  // bytes of all parts that are read
	maxElements = 10_000_000 // in all parts: three for each cell of the largest register
	maxToken    = 1 << 20    // bytes of one tag or text; a cell holds 32,767 characters
	maxDepth    = 64
	maxParts    = 10_000
	maxStrings  = 2_000_000
)

// budget is what may still be unpacked, for all parts of a workbook together.
type budget struct {
	bytes    int64
	elements int
	strings  int          // shared ones
	stopped  func() error // says why nobody wants more
}

// part is one XML file of a workbook, read token by token.
type part struct {
	file    io.ReadCloser
	decoder *xml.Decoder
	budget  *budget
	token   int // bytes that this token may still take
	depth   int
}

func newPart(f *zip.File, budget *budget) (*part, error) {
	file, err := f.Open()
	if err != nil {
		return nil, broken()
	}
	p := &part{file: file, budget: budget}
	p.decoder = xml.NewDecoder(p)
	return p, nil
}

func broken() error { return fail(survey.Invalid, "roster.error.broken") }

func bloated() error {
	return fail(survey.TooLarge, "roster.error.unpacked", "Megabytes", maxUnpacked>>20)
}

// Read gives the decoder its bytes, up to the limits.
func (p *part) Read(b []byte) (int, error) {
	if p.budget.bytes <= 0 || p.token <= 0 {
		return 0, bloated()
	}
	if err := p.budget.stopped(); err != nil {
		return 0, err
	}
	n, err := p.file.Read(b[:min(len(b), p.token)])
	p.budget.bytes -= int64(n)
	p.token -= n
	return n, err
}

// next is the next token; io.EOF after the last. XML that breaks off or does
// not nest is an error: half a register must not pass for a whole one.
func (p *part) next() (xml.Token, error) {
	p.token = maxToken
	t, err := p.decoder.Token()
	var e *survey.Error
	switch {
	case errors.Is(err, io.EOF):
		return nil, io.EOF
	case errors.As(err, &e):
		return nil, e
	case err != nil:
		if stop := p.budget.stopped(); stop != nil {
			return nil, stop
		}
		return nil, broken()
	}
	switch t.(type) {
	case xml.StartElement:
		if p.budget.elements--; p.budget.elements < 0 {
			return nil, bloated()
		}
		if p.depth++; p.depth > maxDepth {
			return nil, broken()
		}
	case xml.EndElement:
		p.depth--
	}
	return t, nil
}

// each calls start for every element until the end of the part.
func (p *part) each(start func(xml.StartElement) error) error {
	for {
		t, err := p.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := t.(xml.StartElement); ok {
			if err := start(e); err != nil {
				return err
			}
		}
	}
}

// text is the text inside the element that was just begun: all of it, or with
// only set, what stands in elements of that name. Phonetic hints (rPh) are no
// part of it.
func (p *part) text(only string) (string, error) {
	var b strings.Builder
	inside, open := p.depth, []string{""}
	for p.depth >= inside {
		t, err := p.next()
		if errors.Is(err, io.EOF) {
			return "", broken()
		}
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			open = append(open, t.Name.Local)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if b.Len() < maxCell*utf8.UTFMax && (only == "" || open[len(open)-1] == only && !slices.Contains(open, "rPh")) {
				b.Write(t)
			}
		}
	}
	return b.String(), nil
}

// attribute is an attribute by its local name, "" where it is missing.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
