package roster

import (
	"errors"
	"strings"

	"meihao/survey"
)

// table turns the lines of one sheet after the other into rows: it looks for
// the header, reads what follows by it, and passes over what is no row.
type table struct {
	known   vocabulary
	asked   *Form // nil: the first header tells
	guessed bool  // the encoding
	file    File
	sheet   *sheetState
	names   []string         // sheets that have a header
	others  []string         // sheets with content and without a header
	wrong   error            // of the likeliest header of the first of these
	likely  int              // how many columns that one knew
	listed  int              // homes, in all lists
	units   map[int]unitRoom // by row, of rooms that are written with their unit
	either  bool             // 单元 may be counts or names, the rows tell
	stopped func() error     // says why nobody wants the rows any more
	lines   int              // below headers
	cells   int              // with content
	text    int              // bytes in them
	told    told
	wrongs  int              // of all rows
	many    []survey.Message // what is said of the rows that are wrong beyond MostRefused
	parsed  map[string]roomsRead
	memory  int // bytes of the keys of parsed
}

// sheetState is what is known of the sheet that is being read.
type sheetState struct {
	name   string
	head   []line   // while the header is looked for
	best   *header  // that was found so far
	header *header  // nil until it is settled
	titles []string // above it
	above  int      // the row before, from 1, that empty cells are carried down from
	skipped
	merged map[corner]shared
	sums   sums
}

func newTable(form *Form, stopped func() error) *table {
	return &table{known: headerWords(), asked: form, stopped: stopped, told: told{}, many: []survey.Message{{Key: "roster.refused.many"}}, parsed: map[string]roomsRead{}, units: map[int]unitRoom{}}
}

func (t *table) begin(name string) {
	t.sheet = &sheetState{name: shorten(name, maxEcho), merged: map[corner]shared{}}
}

// errEnough stops the reading of a sheet of which nothing more is wanted.
var errEnough = errors.New("enough")

// take reads the next line of the sheet.
func (t *table) take(l line) error {
	s := t.sheet
	if err := t.stopped(); err != nil {
		return err
	}
	cells, text := l.filled()
	if cells == 0 {
		return nil
	}
	if t.cells, t.text = t.cells+cells, t.text+text; t.cells > maxCells || t.text > maxText {
		return fail(survey.TooLarge, "roster.error.too_much")
	}
	if s.header != nil {
		return t.row(l)
	}
	s.head = append(s.head, l.kept())
	if len(s.head) < 2 || t.candidate(len(s.head)-2) || len(s.head) > headLines {
		return t.settle(len(s.head) > headLines)
	}
	return nil
}

// end closes the sheet.
func (t *table) end() error {
	s := t.sheet
	if s.header == nil && len(s.head) > 0 && len(s.head) <= headLines {
		t.candidate(len(s.head) - 1)
		if err := t.settle(true); err != nil && !errors.Is(err, errEnough) {
			return err
		}
	}
	switch {
	case s.header != nil:
		t.names = append(t.names, s.name)
		t.remark()
	case len(s.head) > 0:
		t.others = append(t.others, s.name)
	}
	return nil
}

// row reads a line below the header.
func (t *table) row(l line) error {
	s := t.sheet
	if t.lines++; t.lines > maxLines {
		return fail(survey.TooLarge, "roster.error.too_many_rows", "Rows", maxLines)
	}
	if t.skip(l) {
		return nil
	}
	if len(t.file.Rows) == MaxRows {
		return fail(survey.TooLarge, "roster.error.too_many_rows", "Rows", MaxRows)
	}
	apart := t.apart(l)
	r := s.header.row(l, t.rooms)
	r.Sheet = s.name
	t.bear(&r)
	if t.listed += (survey.Building{Rooms: r.Rooms}).Listed(); t.listed > maxListed {
		return fail(survey.TooLarge, "roster.error.too_many_rooms", "Rooms", maxListed)
	}
	if s.above > 0 && r.carry(&t.file.Rows[s.above-1]) {
		s.carried.add(r.Number)
	}
	if apart.unit != "" {
		t.units[len(t.file.Rows)] = apart
	}
	t.file.Rows = append(t.file.Rows, r)
	s.above = len(t.file.Rows)
	t.share(l)
	s.sums.add(s.header, &t.file.Rows[s.above-1])
	return nil
}

// complete says what is wrong with the file as a whole and what a person
// should know of it.
func (t *table) complete() error {
	if len(t.names) == 0 {
		switch {
		case t.guessed && (t.wrong == nil || t.likely == 0):
			return unreadable()
		case t.wrong != nil:
			return t.wrong
		}
		return fail(survey.Invalid, "roster.error.empty")
	}
	if len(t.file.Rows) == 0 {
		return fail(survey.Invalid, "roster.error.no_rows")
	}
	if len(t.names) == 1 {
		if names, is := t.file.Titles[t.names[0]]; is {
			t.file.Titles = map[string][]string{"": names}
		}
		for i := range t.file.Rows {
			t.file.Rows[i].Sheet = ""
		}
	}
	if t.asked != nil {
		t.file.Form = *t.asked
	}
	t.unitsOfRooms()
	t.totalsOfBuildings()
	t.understand()
	if len(t.others) > 0 {
		t.noteIn("", 0, "roster.note.other_sheets", "Sheet", strings.Join(t.names, ", "), "Others", strings.Join(t.others, ", "))
	}
	t.file.Notes = t.told.rest(t.file.Notes)
	if len(t.names) == 1 {
		for i := range t.file.Notes {
			t.file.Notes[i].Sheet = ""
		}
	}
	return nil
}

// note says something of a row of the sheet that is being read.
func (t *table) note(row int, key string, pairs ...any) { t.noteIn(t.sheet.name, row, key, pairs...) }

// noteIn says something of a row of a sheet, or of the file as a whole.
func (t *table) noteIn(sheet string, row int, key string, pairs ...any) {
	n := Note{Row: row, Sheet: sheet, Message: survey.Fail(survey.Invalid, key, pairs...).Message}
	t.file.Notes = t.told.add(t.file.Notes, n)
}

// bear keeps what is wrong with a row. Where thousands of rows are wrong
// nobody reads each one's faults: the others only say that there are some.
func (t *table) bear(r *Row) {
	if t.wrongs += len(r.Errors); t.wrongs > MostRefused && len(r.Errors) > 0 {
		r.Errors = t.many
	}
}

// rowNumbers lists rows in a note, and how many there are beyond.
func rowNumbers(rows []int) string {
	text := joined(rows[:min(len(rows), rowsNamed)])
	if len(rows) > rowsNamed {
		text += " …"
	}
	return text
}
