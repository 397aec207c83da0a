// Package household turns what people write for a building, a unit and a
// room into one canonical form, so that "３０１室", "301" and "三〇一" are the
// same home and one home has one claim (RULES §1, "Canonical household").
package household

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"meihao/survey"
)

// withoutSuffixes strips them wherever they stand, longer ones first. The
// rules name 号楼 栋 座 单元 门 室 号; 房间, 房, 户 and a 第 before the number are
// ours, since people write them too and counting them apart would give one
// home two voices.
func withoutSuffixes(s string) string {
	for _, suffix := range [...]string{"号楼", "號樓", "单元", "單元", "房间", "房間", "栋", "棟", "座", "门", "門", "室", "号", "號", "房", "户", "戶", "第"} {
		s = strings.ReplaceAll(s, suffix, "")
	}
	return s
}

// canonical applies NFKC, case folding, numerals, suffixes, white space and
// leading zeros, in this order.
func canonical(s string) string {
	if isPlainNumber(s) { // what nearly everybody types
		return s
	}
	if isASCII(s) {
		return withoutZeros(strings.Map(plainASCII, s))
	}
	s = cases.Fold().String(norm.NFKC.String(s))
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '#' {
			return -1
		}
		return r
	}, s)
	return withoutZeros(digits(withoutSuffixes(s)))
}

// withoutZeros strips leading zeros; nothing but zeros is one.
func withoutZeros(s string) string {
	if trimmed := strings.TrimLeft(s, "0"); trimmed != "" || s == "" {
		return trimmed
	}
	return "0"
}

// isASCII says that a text has nothing that NFKC would change, and neither
// words nor numerals.
func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// plainASCII folds case and drops what canonical drops.
func plainASCII(r rune) rune {
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case unicode.IsSpace(r) || r == '#':
		return -1
	}
	return r
}

// isPlainNumber says that a text is its own canonical form: digits that do
// not begin with a zero.
func isPlainNumber(s string) bool {
	return s != "" && s[0] != '0' && strings.Trim(s, "0123456789") == ""
}

// BuildingKey is how names of buildings of one project are compared: "3号楼",
// "三栋" and "03" are one building. A lone 楼 is stripped too.
func BuildingKey(name string) string {
	key := canonical(strings.TrimSuffix(strings.TrimSpace(norm.NFKC.String(name)), "楼"))
	if key == "" {
		return strings.TrimSpace(name)
	}
	return key
}

// Unit is the canonical unit. It is required; where the number of units is
// known it must be one of 1 … units, so that no home has a second name.
func Unit(s string, units *int) (string, error) {
	unit := canonical(s)
	if unit == "" {
		return "", survey.Fail(survey.Invalid, "error.household.unit")
	}
	if !plain(unit, 8) {
		return "", survey.Fail(survey.Invalid, "error.household.unit_form")
	}
	if n, err := strconv.Atoi(unit); units != nil && (err != nil || n < 1 || n > *units) {
		return "", survey.Fail(survey.Invalid, "error.household.unit_unknown", "Units", *units)
	}
	return unit, nil
}

// Room is the canonical room: 1–8 letters or digits with at least one digit.
func Room(s string) (string, error) {
	if namesMore(s) {
		return "", survey.Fail(survey.Invalid, "error.household.room_form")
	}
	room := canonical(s)
	if room == "" {
		return "", survey.Fail(survey.Invalid, "error.household.room")
	}
	if !plain(room, 8) || !strings.ContainsAny(room, "0123456789") || strings.Trim(room, "0") == "" {
		return "", survey.Fail(survey.Invalid, "error.household.room_form")
	}
	return room, nil
}

// namesMore says that a room's text names a building or unit too
// ("2单元303"): without the words between them the numbers would run together
// into another home.
func namesMore(s string) bool {
	if isASCII(s) {
		return false
	}
	s = digits(norm.NFKC.String(s))
	for _, word := range [...]string{"楼", "樓", "栋", "棟", "座", "单元", "單元", "门", "門", "号", "號"} {
		before, after, found := strings.Cut(s, word)
		if found && strings.ContainsAny(before, "0123456789") && strings.ContainsAny(after, "0123456789") {
			return true
		}
	}
	return false
}

// plain says whether s is 1–most letters or digits. Letters are Latin or
// Chinese ones: those of other scripts look like them and are other homes.
func plain(s string, most int) bool {
	n := 0
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && !unicode.Is(unicode.Han, r) {
			return false
		}
		n++
	}
	return n >= 1 && n <= most
}
