package export

import (
	"strconv"
	"strings"
	"unicode/utf16"
)

// mostName is the longest name of a sheet in UTF-16 units.
const mostName = 31

// sheetNames are names for the sheets of some titles: what Excel forbids in
// them, and the apostrophe, which references would have to double, is left
// out, and no two are the same but for case.
func sheetNames(titles []string) []string {
	names, taken := make([]string, len(titles)), map[string]bool{}
	for i, title := range titles {
		base := sheetName(title)
		name := base
		for n := 2; taken[strings.ToLower(name)]; n++ {
			mark := " " + strconv.Itoa(n)
			name = cut(base, mostName-len(mark)) + mark
		}
		taken[strings.ToLower(name)] = true
		names[i] = name
	}
	return names
}

func sheetName(title string) string {
	name := strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`:\/?*[]'`, r) {
			return ' '
		}
		return r
	}, title)
	name = strings.TrimSpace(cut(strings.Join(strings.Fields(name), " "), mostName))
	if name == "" || strings.EqualFold(name, "history") { // Excel keeps that one for itself
		return "Sheet"
	}
	return name
}

// cut is the beginning of a text, at most so many UTF-16 units long: the unit
// in which Excel counts.
func cut(text string, most int) string {
	units := 0
	for i, r := range text {
		if units += utf16.RuneLen(r); units > most {
			return text[:i]
		}
	}
	return text
}
