package roster

import (
	"slices"
	"strconv"
	"strings"
)

// skipped are the lines of a sheet that are no rows, by what they are; a note
// for each says so once.
type skipped struct {
	totals, headers, remarks passed
	carried                  passed // rows that took the project from above
}

// skip says whether a line below the header is no row: running numbers only,
// a total, the header again, or a remark below the table.
func (t *table) skip(l line) bool {
	s := t.sheet
	switch {
	case s.header.empty(l):
	case s.header.repeated(l), s.pageAgain(l), t.again(l):
		s.headers.add(l.number)
	case s.header.total(l) != "":
		s.totals.add(l.number)
		t.compare(l)
		s.above = 0
	case s.header.remark(l):
		s.remarks.add(l.number)
	default:
		return false
	}
	return true
}

// empty says that a line has nothing but a running number, and what cells
// merged with those above repeat.
func (h *header) empty(l line) bool {
	for i := range l.cells {
		if l.cells[i] == "" || l.beginning(i) > 0 {
			continue
		}
		if _, is := number(l.cells[i], maxTotal); !is || !slices.Contains(h.counters, i) {
			return false
		}
	}
	return true
}

// repeated says whether a line is one of the header's own lines again, as
// where printed pages were put together.
func (h *header) repeated(l line) bool {
	for _, own := range h.lines {
		same, words := true, 0
		for i := range max(len(l.cells), len(own.cells)) {
			word := l.cell(i)
			if word == "" {
				continue
			}
			words++
			if same = word == own.cell(i); !same {
				break
			}
		}
		if same && words > 1 {
			return true
		}
	}
	return false
}

// pageAgain says whether a line repeats a title, or is the number of a page.
func (s *sheetState) pageAgain(l line) bool {
	i := l.first()
	for other := range l.cells {
		if other > i && !l.spread(other) && l.cells[other] != "" {
			return false
		}
	}
	text := l.cell(i)
	if strings.HasPrefix(text, "第") && strings.HasSuffix(text, "页") {
		return true
	}
	return slices.Contains(s.titles, text)
}

// again reads on by another header, where a second table with other columns
// stands below the first one.
func (t *table) again(l line) bool {
	if first := l.first(); first < 0 || !t.known.header(l.cell(first)) {
		return false
	}
	h, err := t.known.readHeader(l.words(), t.asked)
	if err != nil || len(h.at) < 3 || !h.sure() {
		return false
	}
	h.lines = []line{l.kept()}
	t.sheet.header, t.sheet.above = h, 0
	t.either = t.either || h.either
	t.ignored(h)
	return true
}

// header says whether a cell holds a word of headers.
func (v vocabulary) header(cell string) bool {
	key := headerKey(cell)
	_, is := v[key]
	return is || counter(key)
}

// remark says whether a line below the table is a note of those who wrote it,
// and no row.
func (h *header) remark(l line) bool {
	i := l.first()
	if i < 0 || !opensRemark(l.cell(i)) {
		return false
	}
	for i++; i < len(l.cells); i++ {
		if _, is := number(l.cells[i], maxHomes); is {
			return false
		}
	}
	return true
}

// first is the first cell that says something, -1 where none does.
func (l line) first() int {
	for i := range l.cells {
		if l.cell(i) != "" {
			return i
		}
	}
	return -1
}

func opensRemark(cell string) bool {
	text := strings.ReplaceAll(cell, " ", "")
	for _, word := range []string{"备注", "注", "说明", "填表", "填报", "制表", "审核", "复核", "经办", "负责人", "单位负责人", "联系人", "日期", "盖章", "单位"} {
		if rest, found := strings.CutPrefix(text, word); found && (rest == "" || strings.ContainsAny(rest, ":：")) {
			return true
		}
	}
	return false
}

// remark says at the end of a sheet what was passed over.
func (t *table) remark() {
	s := t.sheet
	for _, n := range []struct {
		passed
		key string
	}{
		{s.totals, "roster.note.totals"}, {s.headers, "roster.note.headers"},
		{s.remarks, "roster.note.remarks"}, {s.carried, "roster.note.carried"},
	} {
		if n.count > 0 {
			t.note(n.rows[0], n.key, "Count", n.count, "Rows", rowNumbers(n.rows))
		}
	}
}

// ignored notes the columns that mean nothing to us.
func (t *table) ignored(h *header) {
	if len(h.ignored) > 0 {
		t.note(h.lines[0].number, "roster.note.ignored_columns", "Columns", strings.Join(h.ignored, ", "))
	}
}

func joined(rows []int) string {
	texts := make([]string, len(rows))
	for i, n := range rows {
		texts[i] = strconv.Itoa(n)
	}
	return strings.Join(texts, ", ")
}
