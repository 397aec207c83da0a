package export

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// mark is the byte order mark: without it Excel and WPS read a CSV file as
// GBK, and Chinese becomes gibberish.
const mark = "\ufeff"

// WriteCSV writes the tables as CSV (RFC 4180: commas, CRLF, quotation marks
// doubled) in UTF-8 with a byte order mark. Numbers have their printed digits
// without separators, rates their percent sign, moments and days are ISO 8601
// by the clock of Beijing with a blank for the T, and no text can become a
// formula (guarded).
//
// A book of one table is one file: the table, an empty line, and the notes,
// whose lines begin with "# ". Of several tables each is a file of its own in
// a ZIP archive, and so are the notes. Zipped says which it is.
func (b Book) WriteCSV(w io.Writer) error {
	if !b.Zipped() {
		return b.writeOne(w)
	}
	titles := make([]string, 0, len(b.Tables)+1)
	for _, t := range b.Tables {
		titles = append(titles, t.Title)
	}
	z := zip.NewWriter(w)
	for i, name := range sheetNames(append(titles, b.NotesName)) {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name + ".csv", Method: zip.Deflate, Modified: b.At})
		if err != nil {
			return fmt.Errorf("export: %w", err)
		}
		lines := newLines(f)
		if i < len(b.Tables) {
			err = lines.table(b.Tables[i])
		} else {
			lines.notes(b.Notes, "")
		}
		if err == nil {
			err = lines.Flush()
		}
		if err != nil {
			return fmt.Errorf("export: %s.csv: %w", name, err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// Zipped says that the book's CSV is an archive of several files.
func (b Book) Zipped() bool { return len(b.Tables) != 1 }

func (b Book) writeOne(w io.Writer) error {
	lines := newLines(w)
	err := lines.table(b.Tables[0])
	if err == nil {
		lines.end()
		lines.notes(b.Notes, "# ")
		err = lines.Flush()
	}
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// lines writes the lines of a CSV file. What goes wrong is said by Flush.
type lines struct{ *bufio.Writer }

func newLines(w io.Writer) lines {
	l := lines{bufio.NewWriter(w)}
	_, _ = l.WriteString(mark)
	return l
}

// table writes a header, the rows, and the sum as the last of them.
func (l lines) table(t Table) error {
	for i, c := range t.Columns {
		l.field(i, guarded(fit(c.Head)))
	}
	l.end()
	if t.Rows != nil {
		for row, err := range t.Rows {
			if err != nil {
				return err
			}
			l.row(row, len(t.Columns))
		}
	}
	if t.Sum != nil {
		l.row(t.Sum, len(t.Columns))
	}
	return nil
}

// row writes a cell for every column: each line of a file has as many.
func (l lines) row(row []Cell, columns int) {
	for i := range columns {
		text := ""
		if i < len(row) {
			text = row[i].csv()
		}
		l.field(i, text)
	}
	l.end()
}

// notes writes names and texts side by side.
func (l lines) notes(notes []Note, before string) {
	for _, n := range notes {
		l.field(0, before+guarded(fit(n.Name)))
		l.field(1, guarded(fit(n.Text)))
		l.end()
	}
}

func (l lines) field(i int, text string) {
	if i > 0 {
		_ = l.WriteByte(',')
	}
	if !strings.ContainsAny(text, ",;\"\t\r\n") && strings.TrimSpace(text) == text {
		_, _ = l.WriteString(text)
		return
	}
	_ = l.WriteByte('"')
	_, _ = l.WriteString(strings.ReplaceAll(text, `"`, `""`))
	_ = l.WriteByte('"')
}

func (l lines) end() { _, _ = l.WriteString("\r\n") }

// csv is the cell as text.
func (c Cell) csv() string {
	switch c.kind {
	case Moment:
		return time.Unix(c.whole, 0).UTC().Format("2006-01-02 15:04")
	case Day:
		return time.Unix(c.whole, 0).UTC().Format(time.DateOnly)
	case Number, Percent:
		if c.text != "" {
			return c.text
		}
		return strconv.FormatInt(c.whole, 10)
	}
	return guarded(fit(c.text))
}
