package household

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// OrderKey orders names of buildings and places as people count them: keys
// compare as texts. Numbers go by value, in whatever numerals, and before
// words (2号楼, 十号楼, 11-2, 11-10, A座); 甲乙丙丁 go in their own order. Unlike
// BuildingKey it takes nothing away: "3号楼2单元" comes after "3号楼".
func OrderKey(name string) string {
	s := digits(cases.Fold().String(norm.NFKC.String(strings.Map(printed, name))))
	var b strings.Builder
	for s != "" {
		number := s[:len(s)-len(strings.TrimLeft(s, "0123456789"))]
		s = s[len(number):]
		if number != "" {
			number = withoutZeros(number)
			b.WriteByte(byte(min(len(number), 31))) // a longer number is a greater one
			b.WriteString(number)
		}
		word := s[:len(s)-len(strings.TrimLeftFunc(s, func(r rune) bool { return r < '0' || r > '9' }))]
		s = s[len(word):]
		b.WriteString(strings.Map(stem, word))
	}
	return b.String()
}

// printed drops white space and the 第 before a number.
func printed(r rune) rune {
	if unicode.IsSpace(r) || r == '第' {
		return -1
	}
	return r
}

// stem puts the ten heavenly stems, which number buildings too, into their
// order, after Latin letters and before all other words.
func stem(r rune) rune {
	at := strings.IndexRune("甲乙丙丁戊己庚辛壬癸", r)
	if at < 0 {
		return r
	}
	return '\u0100' + rune(at)
}
