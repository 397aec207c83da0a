package roster

import (
	"slices"
	"strings"
)

// total is the word by which a line is a total (合计, 小计, 甲小区合计, Total),
// "" where it is none. A line that names project and building is a row, even
// if a remark beside says 合计.
func (h *header) total(l line) string {
	found, beside := "", true
	for i := range l.cells {
		word := l.cells[i]
		if len(word) > longestHeader || !strings.Contains(word, "计") && !mayBeTotal(word) {
			continue
		}
		if !isTotal(word) {
			continue
		}
		found = word
		for _, c := range []column{registerColumn, districtColumn, subdistrictColumn, communityColumn, projectColumn, buildingColumn, unitColumn} {
			if at, known := h.at[c]; known && at == i {
				beside = false
			}
		}
		if slices.Contains(h.counters, i) {
			beside = false
		}
	}
	if found != "" && beside && h.names(l, buildingColumn) && (h.names(l, projectColumn) || h.names(l, registerColumn)) {
		return ""
	}
	return found
}

func (h *header) names(l line, c column) bool {
	i, known := h.at[c]
	return known && l.cell(i) != ""
}

// mayBeTotal looks at the first letter of a cell: most are not.
func mayBeTotal(cell string) bool {
	if len(cell) < 3 || len(cell) > 2*maxEcho {
		return false
	}
	switch cell[0] {
	case 't', 'T', 's', 'S', 'g', 'G', 0xef: // full-width letters begin with 0xef
		return true
	}
	return false
}

// isTotal says whether a cell names a total.
func isTotal(cell string) bool {
	word := strings.ToLower(strings.Join(strings.Fields(cell), ""))
	word = strings.TrimRight(word, ":：。")
	if before, _, bracket := strings.Cut(strings.NewReplacer("（", "(").Replace(word), "("); bracket {
		word = before
	}
	switch word {
	case "total", "totals", "subtotal", "sub-total", "grandtotal", "sum", "总计户数", "合计户数", "共计户数":
		return true
	}
	for _, end := range []string{"合计", "总计", "小计", "共计", "累计"} {
		if strings.HasSuffix(word, end) {
			return true
		}
		if rest, found := strings.CutPrefix(word, end); found && rest != "" && (rest[0] >= '0' && rest[0] <= '9' || strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "：")) {
			return true
		}
	}
	return false
}

// sums are the figures of the rows read so far in a sheet, of those since the
// last total, and of those of the last project.
type sums struct {
	all, since, last figures
	project          string
}

// figures are the sums of the columns 户数 and 入住户数.
type figures struct{ households, occupied, rows int }

func (f *figures) add(o figures) {
	f.households += o.households
	f.occupied += o.occupied
	f.rows += o.rows
}

// add counts a row in, as its cells say. What one cell says for several rows
// counts once.
func (s *sums) add(h *header, r *Row) {
	homes, column := r.Homes, householdsColumn
	if r.Building == "" && r.Homes.Households == 0 && r.Homes.Occupied == nil {
		homes = r.ProjectHomes
		if h.has(buildingColumn) && h.has(projectHomesColumn) {
			column = projectHomesColumn
		}
	}
	f := figures{rows: 1}
	if column == householdsColumn {
		if f.households = homes.Households; f.households == 0 && r.Rooms != "" && !r.Whole {
			f.households = listed(r.Rooms)
		}
		if homes.Occupied != nil {
			f.occupied = *homes.Occupied
		}
	}
	if project := r.Register + " " + r.Community + " " + r.Project; project != s.project {
		s.project, s.last = project, figures{}
	}
	s.all.add(f)
	s.since.add(f)
	s.last.add(f)
}

// compare holds a total line against what was read: against the rows of the
// last project, those since the last total or all of the sheet, whichever it
// fits. A difference is worth a look, nothing more.
func (t *table) compare(l line) {
	s := t.sheet
	all, since, last := s.sums.all, s.sums.since, s.sums.last
	s.sums.since = figures{}
	for _, c := range []struct {
		column, instead column
		all, since      int
		last            int
	}{
		{householdsColumn, projectHomesColumn, all.households, since.households, last.households},
		{occupiedColumn, projectOccupiedColumn, all.occupied, since.occupied, last.occupied},
	} {
		h, column := s.header, c.column
		if !h.has(buildingColumn) {
			column = c.instead
		}
		i, known := h.at[column]
		if !known {
			continue
		}
		says, is := number(l.cell(i), maxTotal)
		if !is || says == c.all || says == c.since || says == c.last {
			continue
		}
		sum := c.all
		if strings.Contains(h.total(l), "小计") && since.rows > 0 {
			sum = c.since
		}
		t.note(l.number, "roster.note.total_differs", "Column", h.as[column], "Total", says, "Sum", sum)
	}
}

// maxTotal is the largest total of a figure.
const maxTotal = 1000 * maxHomes
