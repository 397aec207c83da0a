package export

import (
	"fmt"
	"io"
	"iter"

	"github.com/xuri/excelize/v2"
)

// Write writes the workbook. Rows are read once, in the order of the tables;
// nothing is written to w before the last of them was read, so that an error
// leaves no half a file.
func (b Book) Write(w io.Writer) error {
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // only removes what was set aside while writing
	titles := make([]string, 0, len(b.Tables)+1)
	for _, t := range b.Tables {
		titles = append(titles, t.Title)
	}
	names := sheetNames(append(titles, b.NotesName))
	s := &styles{file: f, language: b.Language, ids: map[look]int{}}
	for i, name := range names {
		var err error
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err == nil && i < len(b.Tables) {
			err = (&sheet{styles: s, name: name}).write(b.Tables[i])
		} else if err == nil {
			err = (&sheet{styles: s, name: name}).writeNotes(b.Notes)
		}
		if err != nil {
			return fmt.Errorf("export: sheet %d: %w", i+1, err)
		}
	}
	if _, err := f.WriteTo(w); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// sheet writes one sheet from the top.
type sheet struct {
	*styles
	name    string
	columns []Column
	widths  []float64
	out     *excelize.StreamWriter
	row     int
}

// measured is how many rows the widths of columns are taken from.
const measured = 500

func (s *sheet) write(t Table) error {
	rows := t.Rows
	if rows == nil {
		rows = func(func([]Cell, error) bool) {}
	}
	next, stop := iter.Pull2(rows)
	defer stop()
	var first [][]Cell
	more := true
	for more && len(first) < measured {
		row, err, ok := next()
		if err != nil {
			return err
		}
		if more = ok; ok {
			first = append(first, row)
		}
	}
	if err := s.begin(t, first); err != nil {
		return err
	}
	for _, row := range first {
		if err := s.add(row, false); err != nil {
			return err
		}
	}
	for more {
		row, err, ok := next()
		if err != nil {
			return err
		}
		if more = ok; ok {
			if err := s.add(row, false); err != nil {
				return err
			}
		}
	}
	return s.end(t)
}

// begin sets up the page and writes the header, which stays in sight.
func (s *sheet) begin(t Table, first [][]Cell) error {
	if err := s.open(t.Columns, widthsOf(t.Columns, append(first, t.Sum), s.language)); err != nil {
		return err
	}
	if err := s.out.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}); err != nil {
		return err
	}
	head, lines := make([]any, len(t.Columns)), 1
	for i, c := range t.Columns {
		lines = max(lines, linesOf(c.Head, s.widths[i]-arrow+1))
		id, err := s.id(look{kind: c.Kind, head: true})
		if err != nil {
			return err
		}
		head[i] = excelize.Cell{StyleID: id, Value: fit(c.Head)}
	}
	return s.set(head, lines)
}

// open starts a sheet of such columns.
func (s *sheet) open(columns []Column, widths []float64) error {
	s.columns, s.widths = columns, widths
	err := s.paper()
	if err != nil {
		return err
	}
	if s.out, err = s.file.NewStreamWriter(s.name); err != nil {
		return err
	}
	for i, width := range widths {
		if err := s.out.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	return nil
}

// Sizes of paper, and how many digits fit across before they are too small.
const (
	a3, a4    = 8, 9
	portraits = 115.0
	mostOnA4  = 220.0
)

// paper has a sheet printed across the width of a page, with its header on
// every one.
func (s *sheet) paper() error {
	fit, orientation, size, wide, high := true, "landscape", a4, 1, 0
	sum := 0.0
	for _, width := range s.widths {
		sum += width
	}
	switch {
	case sum <= portraits:
		orientation = "portrait"
	case sum > mostOnA4:
		size = a3
	}
	if err := s.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if err := s.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return err
	}
	if err := s.file.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddHeader: "&L&A", OddFooter: "&R&P / &N"}); err != nil {
		return err
	}
	return s.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + s.name + "'!$1:$1", Scope: s.name})
}

// end writes the sum and lets the rows above it be filtered.
func (s *sheet) end(t Table) error {
	last := max(s.row, 2)
	if t.Sum != nil {
		if err := s.add(t.Sum, true); err != nil {
			return err
		}
	}
	if len(t.Columns) > 0 {
		corner, err := excelize.CoordinatesToCellName(len(t.Columns), last)
		if err != nil {
			return err
		}
		if err := s.file.AutoFilter(s.name, "A1:"+corner, nil); err != nil {
			return err
		}
	}
	return s.out.Flush()
}

// writeNotes writes names and texts side by side, to be read.
func (s *sheet) writeNotes(notes []Note) error {
	if err := s.open(make([]Column, 2), []float64{22, 90}); err != nil {
		return err
	}
	for _, n := range notes {
		name, err := s.of(String(n.Name), Text, true)
		if err != nil {
			return err
		}
		text, err := s.of(String(n.Text), Text, false)
		if err != nil {
			return err
		}
		lines := max(linesOf(n.Name, s.widths[0]), linesOf(n.Text, s.widths[1]))
		if err := s.set([]any{excelize.Cell{StyleID: name, Value: fit(n.Name)}, excelize.Cell{StyleID: text, Value: fit(n.Text)}}, lines); err != nil {
			return err
		}
	}
	return s.out.Flush()
}

func (s *sheet) add(row []Cell, bold bool) error {
	row = row[:min(len(row), len(s.columns))]
	values, lines := make([]any, len(row)), 1
	for i, c := range row {
		id, err := s.of(c, s.columns[i].Kind, bold)
		if err != nil {
			return err
		}
		if c.kind == Text && c.text != "" {
			lines = max(lines, linesOf(c.text, s.widths[i]))
		}
		values[i] = excelize.Cell{StyleID: id, Value: c.content()}
	}
	return s.set(values, lines)
}

// set writes the next row, high enough for so many lines.
func (s *sheet) set(values []any, lines int) error {
	s.row++
	return s.out.SetRow(fmt.Sprintf("A%d", s.row), values, excelize.RowOpts{Height: heightOf(lines)})
}

// content is what the library is given.
func (c Cell) content() any {
	switch {
	case c.kind == Text && c.text == "":
		return nil
	case c.kind == Text:
		return fit(c.text)
	case c.kind == Number && c.places == 0:
		return c.whole
	}
	return c.value
}

// mostText is what a cell holds in UTF-16 units.
const mostText = 32_767

// fit cuts a text to what a cell holds and says so with an ellipsis.
func fit(text string) string {
	if short := cut(text, mostText); len(short) < len(text) {
		return cut(text, mostText-1) + "…"
	}
	return text
}
