package roster

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"meihao/survey"
)

// maxEcho is how much of a cell comes back in a message, in characters.
const maxEcho = 40

// clean is a cell's text as we keep it: valid, on one line, without invisible
// characters, single spaces, full-width letters and digits made narrow. Other
// full-width characters stay as somebody meant them: 幸福家园（一期）. A cell of
// dashes or strokes only is how registers write "nothing".
func clean(s string) string {
	s = strings.Map(narrow, strings.ToValidUTF8(s, ""))
	s = strings.Join(strings.Fields(s), " ")
	if strings.Trim(s, `-—–－/／\`) == "" {
		return ""
	}
	return s
}

func narrow(r rune) rune {
	switch {
	case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
		return r - 'Ａ' + 'A'
	case unicode.IsSpace(r), unicode.IsControl(r):
		return ' '
	case unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
		return -1
	}
	return r
}

// nothing says whether a cell that may stay empty says 无 instead.
func nothing(s string) bool {
	if len(s) > maxEcho {
		return false
	}
	switch strings.ToLower(s) {
	case "无", "无。", "没有", "暂无", "none", "n/a", "na":
		return true
	}
	return false
}

// nameKey is how names are compared: survey.NameKey, and full-width and
// narrow forms, capital and small letters are alike too.
func nameKey(name string) string {
	return survey.NameKey(strings.ToLower(norm.NFKC.String(name)))
}

// longestNumber is more than any number takes, in bytes.
const longestNumber = 300

// number reads a whole number of at least zero as people write it: "1,024 户",
// "１０２４", "1024.0". False for anything else, and for numbers above most.
func number(cell string, most int) (int, bool) {
	if len(cell) > longestNumber {
		return 0, false
	}
	s := strings.Join(strings.Fields(norm.NFKC.String(cell)), "")
	for _, unit := range []string{"户", "套", "个单元", "个", "单元"} {
		if cut, found := strings.CutSuffix(s, unit); found {
			s = cut
			break
		}
	}
	if whole, fraction, found := strings.Cut(s, "."); found && strings.Trim(fraction, "0") == "" {
		s = whole
	}
	if strings.ContainsAny(s, ",'") && !thousands(s) {
		return 0, false
	}
	n, digits := 0, 0
	for _, r := range s {
		switch {
		case r == ',' || r == '\'':
			continue
		case r < '0' || r > '9' || n > most:
			return 0, false
		}
		n, digits = 10*n+int(r-'0'), digits+1
	}
	return n, digits > 0 && n <= most
}

// thousands says whether separators stand where they belong: 1,024 but not 1,02.
func thousands(s string) bool {
	groups := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '\'' })
	for i, g := range groups {
		if i > 0 && len(g) != 3 || i == 0 && len(g) > 3 {
			return false
		}
	}
	return len(groups) == 1+strings.Count(s, ",")+strings.Count(s, "'")
}

// rounded says whether a cell is a long number that a spreadsheet rounded
// ("1.10105E+17"): its last digits are lost.
func rounded(s string) bool {
	mantissa, exponent, found := strings.Cut(strings.ToUpper(s), "E+")
	digit := func(r rune) bool { return r >= '0' && r <= '9' || r == '.' }
	return found && mantissa != "" && exponent != "" &&
		strings.IndexFunc(mantissa+exponent, func(r rune) bool { return !digit(r) }) < 0
}

// shorten cuts a text to most characters.
func shorten(s string, most int) string {
	if cut := first(s, most); len(cut) == len(s) {
		return s
	}
	return first(s, most-1) + "…"
}

// maxCell is how many characters a cell holds, of a workbook and so of any
// register: what follows is cut off.
const maxCell = 32_767

// taken is a cell as it is read: clean, and no longer than a cell can be.
func taken(s string) string { return clean(first(s, maxCell)) }

// first is the beginning of a text, at most so many characters of it.
func first(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for i := range s {
		if most--; most < 0 {
			return s[:i]
		}
	}
	return s
}
