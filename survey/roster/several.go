package roster

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// several says that a cell clearly names several buildings: a list (5号楼、
// 6号楼) or a run (别墅1-20, 1号楼至5号楼). 3-1 and 甲1-2号 are names of one.
func several(name string) bool {
	name = strings.Join(strings.Fields(norm.NFKC.String(name)), "")
	if strings.ContainsAny(name, "(") || strings.Contains(name, "单元") {
		return false
	}
	if parts := strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("、,;；", r) }); len(parts) > 1 {
		for _, part := range parts {
			if !strings.ContainsFunc(part, unicode.IsDigit) && !endsBuilding(part) {
				return false
			}
		}
		return true
	}
	for _, mark := range []string{"至", "到", "~", "～"} {
		if from, to, found := strings.Cut(name, mark); found {
			return higher(from, to)
		}
	}
	from, to, found := strings.Cut(name, "-")
	kind := strings.TrimRightFunc(from, unicode.IsDigit)
	return found && strings.Trim(to, "0123456789") == "" && endsBuilding(kind) && higher(from, to)
}

// endsBuilding says that a name ends in a word for buildings.
func endsBuilding(name string) bool {
	for _, word := range []string{"号楼", "楼", "栋", "幢", "座", "别墅", "洋房", "平房", "联排", "排房"} {
		if strings.HasSuffix(name, word) {
			return true
		}
	}
	return false
}

// higher says that both ends of a run have a number and the second one is
// higher.
func higher(from, to string) bool {
	digits := func(s string) int {
		s = strings.TrimRightFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
		n, err := strconv.Atoi(s[len(strings.TrimRight(s, "0123456789")):])
		if err != nil {
			return 0
		}
		return n
	}
	low, high := digits(from), digits(to)
	return low > 0 && high > low
}
