package export

import (
	"strings"
	"unicode"
)

// begins are the characters with which a spreadsheet takes a text for a
// formula (SECURITY "Web", ASVS 1.2.10), also as wide as Chinese characters,
// which Excel in Chinese takes for the narrow ones.
const begins = "=+-@\t\r＝＋－＠"

// harmful says whether a spreadsheet would take the text for a formula when
// it reads it or when somebody edits its cell. Blanks before it do not help.
func harmful(text string) bool {
	for _, r := range text {
		if strings.ContainsRune(begins, r) {
			return true
		}
		if !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) {
			return false
		}
	}
	return false
}

// parts are the characters after which a program that expects another form of
// CSV begins a new cell in the middle of ours.
const parts = ";\t\r\n"

// guarded is the text with an apostrophe before whatever a spreadsheet could
// take for a formula: at its beginning, and where another separator than ours
// would make a cell begin. What nobody can see and no spreadsheet keeps
// (control characters but tab and the ends of lines) is left out.
func guarded(text string) string {
	var b strings.Builder
	fresh := true // a cell may begin here
	for _, r := range text {
		switch {
		case r < ' ' && !strings.ContainsRune("\t\r\n", r) || r == 0x7F:
			continue
		case fresh && strings.ContainsRune(begins, r):
			b.WriteByte('\'')
		}
		b.WriteRune(r)
		switch {
		case strings.ContainsRune(parts, r):
			fresh = true
		case !blank(r):
			fresh = false
		}
	}
	return b.String()
}

// blank is what a program may skip before a cell's text: white space, what
// cannot be seen, and quotation marks.
func blank(r rune) bool { return r == '"' || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }
