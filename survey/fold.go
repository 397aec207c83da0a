package survey

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// letter is one character of a text as it is compared: full-width and other
// forms as the plain one, capitals as small letters. Characters that nobody
// sees are no letters.
type letter struct {
	r        rune // folded
	from, to int  // bytes of the text
	capital  bool
}

// fold is a text as it is compared, letter by letter. It does for single
// characters what NFKC does, so that each letter knows where it stands.
func fold(text string) []letter {
	list := make([]letter, 0, len(text))
	for i, r := range text {
		to := i + utf8.RuneLen(r)
		if r == utf8.RuneError { // broken bytes are one byte each
			_, n := utf8.DecodeRuneInString(text[i:])
			to = i + n
		}
		if unseen(r) {
			continue
		}
		plain := plainForm(r)
		list = append(list, letter{r: unicode.ToLower(plain), from: i, to: to, capital: unicode.IsUpper(plain)})
	}
	return list
}

// Folded is a text as searches and lexicons compare it.
func Folded(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, l := range fold(text) {
		b.WriteRune(l.r)
	}
	return b.String()
}

// unseen says whether a character takes no room: people put such between
// digits so that no machine reads them.
func unseen(r rune) bool {
	if r < 0xAD || r >= 0x3000 && r < 0xA000 {
		return false
	}
	return r == 0xAD || r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x2064 ||
		r >= 0xFE00 && r <= 0xFE0F || r == 0xFEFF || r == 0x20E3 || unicode.Is(unicode.Mn, r)
}

// plainForm is the plain form of a character that is written in another one.
func plainForm(r rune) rune {
	if r < 0x80 {
		return r
	}
	for _, run := range [...]struct{ first, last, plain rune }{
		{0xFF01, 0xFF5E, '!'},
		{'①', '⑨', '1'}, {'❶', '❾', '1'}, {'➀', '➈', '1'}, {'➊', '➒', '1'}, {'⑴', '⑼', '1'}, {'⒈', '⒐', '1'}, {'㈠', '㈨', '1'}, {'㊀', '㊈', '1'},
		{'⁴', '⁹', '4'}, {'₀', '₉', '0'}, {'٠', '٩', '0'}, {'۰', '۹', '0'},
		{'Ⓐ', 'Ⓩ', 'A'}, {'ⓐ', 'ⓩ', 'a'},
	} {
		if r >= run.first && r <= run.last {
			return run.plain + r - run.first
		}
	}
	switch {
	case r >= 0x1D7CE && r <= 0x1D7FF: // digits of mathematics, five alphabets of ten
		return '0' + (r-0x1D7CE)%10
	case r == '⓪' || r == '⁰':
		return '0'
	case r == '¹':
		return '1'
	case r == '²' || r == '³':
		return '2' + r - '²'
	case r == 0x3000 || r == 0xA0 || r >= 0x2000 && r <= 0x200A || r == 0x202F:
		return ' '
	case r >= 0x2010 && r <= 0x2015 || r == '−' || r == '﹣' || r == '～':
		return '-'
	}
	return r
}
