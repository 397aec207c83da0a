package roster

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// lines hands on the rows of a sheet that have a cell with a value.
func (w *workbook) lines(s sheet, take func(line) error) error {
	f := w.files[strings.ToLower(s.path)]
	if f == nil {
		return broken()
	}
	p, err := newPart(f, &w.budget)
	if err != nil {
		return err
	}
	defer p.file.Close()
	merged, err := w.merged(s)
	if err != nil {
		return err
	}
	r := rowReader{workbook: w, part: p, take: take, merges: merged}
	for {
		t, err := p.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := r.token(t); err != nil {
			return err
		}
	}
}

// rowReader gathers the cells of one row after the other.
type rowReader struct {
	workbook *workbook
	part     *part
	take     func(line) error
	merges   *merges
	row      line
	column   int // of the last cell, from 1
}

func (r *rowReader) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		switch t.Name.Local {
		case "row":
			r.begin(attribute(t, "r"))
		case "c":
			return r.cell(t)
		}
	case xml.EndElement:
		if t.Name.Local == "row" && len(r.row.cells) > 0 {
			r.merges.fill(&r.row)
			return r.take(r.row)
		}
	}
	return nil
}

// begin starts a row; one that does not say its number follows the last.
func (r *rowReader) begin(number string) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 {
		n = r.row.number + 1
	}
	r.row, r.column = line{number: n, cells: r.row.cells[:0], merged: r.row.merged[:0]}, 0
}

// cell puts a value where its reference ("C12") says, or after the last one.
// Cells without value, and those right of all we read, are passed over.
func (r *rowReader) cell(start xml.StartElement) error {
	column := columnOf(attribute(start, "r"))
	if column == 0 {
		column = r.column + 1
	}
	r.column = column
	value, err := r.value(attribute(start, "t"))
	if err != nil || value == "" || column > maxColumns {
		return err
	}
	for len(r.row.cells) < column {
		r.row.cells = append(r.row.cells, "")
	}
	r.row.cells[column-1] = value
	return nil
}

// value reads what is inside a cell: a number or text in v, an index of the
// shared strings in v, or text in is. A formula counts with its last result.
func (r *rowReader) value(kind string) (string, error) {
	value, inside := "", r.part.depth
	for r.part.depth >= inside {
		t, err := r.part.next()
		if errors.Is(err, io.EOF) {
			return "", broken()
		}
		if err != nil {
			return "", err
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "v":
			value, err = r.part.text("")
		case "is":
			value, err = r.part.text("t")
		}
		if err != nil {
			return "", err
		}
	}
	if kind == "s" && value != "" {
		i, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || i < 0 || i >= len(r.workbook.strings) {
			return "", broken()
		}
		return r.workbook.strings[i], nil
	}
	return taken(unescape(value)), nil
}

// columnOf is the column of a cell reference, from 1: "A7" is 1, "AB7" is 28;
// 0 where there is none.
func columnOf(reference string) int {
	n := 0
	for _, r := range strings.ToUpper(reference) {
		if r < 'A' || r > 'Z' || n > maxColumns {
			break
		}
		n = n*26 + int(r-'A') + 1
	}
	return n
}

// unescape undoes how workbooks write control characters and the underscore
// that would look like one.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return strings.NewReplacer("_x000D_", "\r", "_x000A_", "\n", "_x0009_", "\t", "_x005F_", "_").Replace(s)
}
