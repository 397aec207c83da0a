package roster

import "strings"

// Some headers have two lines: 户数 over 总 and 入住, 基本情况 over 区 and 社区.
// They are read as one line of the words we know.

// words are a line's cells as one line of a header: what a merged cell only
// spreads over further columns stands once.
func (l line) words() []string {
	all := make([]string, len(l.cells))
	for i := range l.cells {
		if !l.spread(i) {
			all[i] = l.cells[i]
		}
	}
	return all
}

// stacked is a header of two lines as one.
func (v vocabulary) stacked(top, sub line) []string {
	all := make([]string, max(len(top.cells), len(sub.cells)))
	over := "" // what stands above, also where only its first cell says so
	for i := range all {
		upper, lower := top.cell(i), sub.cell(i)
		if upper != "" {
			over = upper
		}
		if lower != "" && !sub.spread(i) {
			all[i] = v.under(over, upper, lower)
		} else if upper != "" && !top.spread(i) {
			all[i] = upper
		}
	}
	return all
}

// under is what a word of the lower line means: below 户数 总 are all homes
// and 入住 the occupied ones, of the building or of the project as above.
func (v vocabulary) under(over, upper, lower string) string {
	if m := v[headerKey(over)].column; m == householdsColumn || m == projectHomesColumn {
		all, occupied := "户数", "入住户数"
		if m == projectHomesColumn {
			all, occupied = "总户数", "项目入住户数"
		}
		switch part := partOf(lower); {
		case part == householdsColumn:
			return all
		case part == occupiedColumn:
			return occupied
		}
	}
	if _, is := v[headerKey(lower)]; !is && upper != "" && upper != lower {
		return upper + lower
	}
	return lower
}

// partOf says whether a word below 户数 means all of them or the occupied ones.
func partOf(word string) column {
	switch headerKey(word) {
	case "总", "总数", "合计", "总计", "全部", "小计", "总户数", "户数", "套数", "总套数", "all", "total":
		return householdsColumn
	case "入住", "已入住", "入住户数", "已入住户数", "入住数", "实住", "常住", "其中入住", "现入住", "现入住户数", "实际入住", "occupied":
		return occupiedColumn
	}
	return ""
}

// beneath says whether a line can be the second one of a header: it has words
// of headers only, or what merged cells of the first one repeat, and at least
// one that the first line has not.
func (v vocabulary) beneath(top, l line) bool {
	fresh := false
	for i := range l.cells {
		word := l.cell(i)
		if word == "" || word == top.cell(i) {
			continue
		}
		key := headerKey(word)
		if _, is := v[key]; !is && partOf(word) == "" && !vacant(key) {
			return false
		}
		fresh = true
	}
	return fresh
}

// vacant is a word below 户数 that nobody needs: homes that are empty or let.
func vacant(key string) bool {
	return strings.HasPrefix(key, "空置") || strings.HasPrefix(key, "未入住") || strings.HasPrefix(key, "出租") || key == "vacant"
}
