package roster

import "strings"

// headLines is how many lines with content a header is looked for in.
const headLines = 20

// candidate looks whether a line, with the next one or alone, is the header,
// and says whether it surely is.
func (t *table) candidate(i int) bool {
	s := t.sheet
	l := s.head[i]
	alone, err := t.known.readHeader(l.words(), t.asked)
	t.remember(alone, err)
	found := alone
	alone.lines = s.head[i : i+1]
	if i+1 < len(s.head) && t.known.beneath(l, s.head[i+1]) {
		next := s.head[i+1]
		both, wrong := t.known.readHeader(t.known.stacked(l, next), t.asked)
		single, _ := t.known.readHeader(next.words(), t.asked)
		t.remember(both, wrong)
		if wrong == nil && len(both.at) > len(single.at) && (err != nil || len(both.at) >= len(alone.at)) {
			both.lines, found, err = s.head[i:i+2], both, nil
		}
	}
	if err != nil {
		return false
	}
	found.line = i
	if s.best == nil || len(found.at) > len(s.best.at) {
		s.best = found
	}
	return found.sure()
}

// sure says whether a line that can be a header is one: most of its words are
// known, or many. 小区名称 and 幸福家园 side by side above a table are not.
func (h *header) sure() bool {
	known := len(h.at) + len(h.counters)
	return known > len(h.ignored) || known >= 6
}

// remember keeps what is wrong with the likeliest header, for a file that has
// none.
func (t *table) remember(h *header, err error) {
	if err != nil && (t.wrong == nil || len(h.at) > t.likely) {
		t.wrong, t.likely = err, len(h.at)
	}
}

// unsaid keeps what must be known otherwise where no column says it.
func (t *table) unsaid(h *header) {
	if h.form == Projects && !h.has(districtColumn) {
		t.file.Districtless = true
	}
	if !h.has(projectColumn) && !h.has(registerColumn) {
		if t.file.Titles == nil {
			t.file.Titles = map[string][]string{}
		}
		t.file.Titles[t.sheet.name] = append([]string{t.sheet.name}, t.sheet.titles...)
	}
}

// settle takes the best header there is, and the lines below it as rows. With
// last set there will be no better one.
func (t *table) settle(last bool) error {
	s := t.sheet
	h := s.best
	if h == nil || !h.sure() && !last {
		if last {
			return errEnough
		}
		return nil
	}
	for _, title := range s.head[:h.line] {
		s.titles = append(s.titles, strings.Join(title.words(), ""))
	}
	below := s.head[h.line+len(h.lines):]
	s.header = h
	if t.asked == nil {
		t.asked = asked(h.form)
	}
	t.either = t.either || h.either
	t.unsaid(h)
	if h.line > 0 {
		t.note(s.head[0].number, "roster.note.titles", "Count", h.line, "Row", h.lines[0].number)
	}
	t.ignored(h)
	for _, l := range below {
		if err := t.row(l); err != nil {
			return err
		}
	}
	s.head = nil
	return nil
}
