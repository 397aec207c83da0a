package roster

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"

	"meihao/survey"
)

// maxColumns is the widest line that is read. Registers have some twenty
// columns; a line of millions would only cost memory.
const maxColumns = 256

// readText reads csv, its cells parted by comma, semicolon or tab, as one
// sheet without a name.
func readText(data []byte, t taker) error {
	text, guessed, err := decoded(data)
	if err != nil {
		return err
	}
	t.guess(guessed)
	t.begin("")
	if err := eachRecord(text, t.take); err != nil && !errors.Is(err, errEnough) {
		return err
	}
	return t.end()
}

// eachRecord hands on the lines of a text.
func eachRecord(data []byte, take func(line) error) error {
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
		for i, cell := range cells {
			cells[i] = taken(cell)
		}
		if err := take(line{number: number, cells: cells}); err != nil {
			return err
		}
	}
}

// separator is the one of , ; and tab that one of the lines in which a header
// is looked for has most of: titles have few.
func separator(data []byte) byte {
	best, most, lines := byte(','), 0, 0
	for text := range bytes.Lines(data) {
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		if lines++; lines > headLines {
			break
		}
		for _, candidate := range []byte{',', ';', '\t'} {
			if n := bytes.Count(text, []byte{candidate}); n > most {
				best, most = candidate, n
			}
		}
	}
	return best
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
