package roster

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"unicode/utf8"

	"meihao/survey"
)

// maxColumns is the widest line that is read. Registers have some twenty
// columns; a line of millions would only cost memory.
const maxColumns = 256

// readText reads csv in UTF-8, with or without byte order mark, its cells
// parted by comma, semicolon or tab, and hands on its lines.
func readText(data []byte, take func(line) error) error {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if err := checkText(data); err != nil {
		return err
	}
	comma := separator(data)
	if number := tooWide(data, comma); number > 0 {
		return fail(survey.TooLarge, "roster.error.too_many_columns", "Row", number, "Columns", maxColumns)
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = rune(comma), -1, true
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if broken := new(csv.ParseError); errors.As(err, &broken) {
			return fail(survey.Invalid, "roster.error.csv_line", "Row", broken.StartLine)
		}
		if err != nil {
			return err
		}
		number, _ := r.FieldPos(0)
		if err := take(line{number, cells}); err != nil {
			return err
		}
	}
}

// checkText says what is wrong with a file that is no text in UTF-8.
func checkText(data []byte) error {
	start := bytes.ToLower(bytes.TrimSpace(data[:min(len(data), 200)]))
	utf16 := bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff"))
	switch {
	case utf16:
		return fail(survey.Invalid, "roster.error.encoding")
	case bytes.IndexByte(data, 0) >= 0, bytes.HasPrefix(start, []byte("%pdf")):
		return fail(survey.Invalid, "roster.error.not_register")
	case bytes.HasPrefix(start, []byte("<")):
		return fail(survey.Invalid, "roster.error.web_page")
	case !utf8.Valid(data):
		return fail(survey.Invalid, "roster.error.encoding")
	}
	return nil
}

// separator is the one of , ; and tab that the first line with any has most of.
func separator(data []byte) byte {
	for text := range bytes.Lines(data) {
		best, most := byte(','), 0
		for _, candidate := range []byte{',', ';', '\t'} {
			if n := bytes.Count(text, []byte{candidate}); n > most {
				best, most = candidate, n
			}
		}
		if most > 0 {
			return best
		}
	}
	return ','
}

// tooWide is the number of the first line with more cells than are read, 0 if
// there is none. It runs before the csv reader, which would hold them all.
func tooWide(data []byte, comma byte) int {
	number, start, cells, quoted := 1, 1, 1, false
	for _, b := range data {
		switch {
		case b == '"':
			quoted = !quoted
		case b == comma && !quoted:
			if cells++; cells > maxColumns {
				return start
			}
		case b == '\n':
			number++
			if !quoted {
				start, cells = number, 1
			}
		}
	}
	return 0
}
