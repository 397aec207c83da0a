package survey

import (
	"cmp"
	"slices"
	"strings"
)

// Mask is what stands in a comment in place of something that names a person.
type Mask string

// The masks. Where one piece of text is several things, the first of this
// order is what it is called.
const (
	MaskedID      Mask = "id"      // of an identity card
	MaskedEmail   Mask = "email"   // address
	MaskedPhone   Mask = "phone"   // mobile or landline
	MaskedAccount Mask = "account" // WeChat, QQ
	MaskedPlate   Mask = "plate"   // of a car
	MaskedRoom    Mask = "room"    // a home, or the unit it is in
	MaskedName    Mask = "name"    // of a person
	MaskedNumber  Mask = "number"  // a long one that is none of the above
)

// Masks are all there are, in their order.
func Masks() []Mask {
	return []Mask{MaskedID, MaskedEmail, MaskedPhone, MaskedAccount, MaskedPlate, MaskedRoom, MaskedName, MaskedNumber}
}

// Piece is a part of a text: what somebody wrote, or the mask in its place.
type Piece struct {
	Text string // "" where it is masked
	Mask Mask   // "" where it is not
}

// Masked is a comment with masks. Its pieces hold nothing of what they mask.
type Masked []Piece

// MaskText masks whatever in a text may name a person, a home or a way to
// reach somebody (RULES §1, issue 6): telephone and identity numbers, plates,
// homes, addresses, accounts and names. It cannot know every name; where it
// is in doubt it masks. Its time is linear in the length of the text.
func MaskText(text string) Masked {
	t := fold(text)
	var s spans
	s.numbers(t)
	s.mails(t)
	s.accounts(t)
	s.plates(t)
	s.rooms(t)
	s.names(t)
	return s.cut(text, t)
}

// Plain is the text with a word in place of each mask.
func (m Masked) Plain(word func(Mask) string) string {
	var b strings.Builder
	for _, p := range m {
		if p.Mask != "" {
			b.WriteString(word(p.Mask))
			continue
		}
		b.WriteString(p.Text)
	}
	return b.String()
}

// Folded is what is left of the text, as searches and lexicons compare it.
// Nothing is found across a mask.
func (m Masked) Folded() string {
	return Folded(m.Plain(func(Mask) string { return "\x00" }))
}

// Any says whether something is masked.
func (m Masked) Any() bool { return slices.ContainsFunc(m, func(p Piece) bool { return p.Mask != "" }) }

// span is a run of letters to be masked.
type span struct {
	from, to int // letters
	mask     Mask
}

type spans []span

func (s *spans) add(from, to int, mask Mask) {
	if from < to {
		*s = append(*s, span{from, to, mask})
	}
}

// cut makes the pieces. Runs that overlap are one, called by the first of the
// masks' order.
func (s spans) cut(text string, t []letter) Masked {
	slices.SortFunc(s, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	var pieces Masked
	at := 0
	for i := 0; i < len(s); {
		one := s[i]
		for i++; i < len(s) && s[i].from < one.to; i++ {
			one.to = max(one.to, s[i].to)
			if slices.Index(Masks(), s[i].mask) < slices.Index(Masks(), one.mask) {
				one.mask = s[i].mask
			}
		}
		if from := t[one.from].from; from > at {
			pieces = append(pieces, Piece{Text: text[at:from]})
		}
		pieces = append(pieces, Piece{Mask: one.mask})
		at = t[one.to-1].to
	}
	if at < len(text) {
		pieces = append(pieces, Piece{Text: text[at:]})
	}
	return pieces
}

// follows is the number of letters of a word that stands at a place, 0 where
// it does not.
func follows(t []letter, at int, word string) int {
	n := 0
	for _, r := range word {
		if at+n >= len(t) || at+n < 0 || t[at+n].r != r {
			return 0
		}
		n++
	}
	return n
}

// oneOf is the longest of some words that stands at a place.
func oneOf(t []letter, at int, words ...string) int {
	longest := 0
	for _, w := range words {
		longest = max(longest, follows(t, at, w))
	}
	return longest
}

// runeAt is the letter at a place, 0 beyond the text.
func runeAt(t []letter, at int) rune {
	if at < 0 || at >= len(t) {
		return 0
	}
	return t[at].r
}

// skip passes at most so many letters of a set.
func skip(t []letter, at, most int, set string) int {
	for n := 0; n < most && at < len(t) && strings.ContainsRune(set, t[at].r); n++ {
		at++
	}
	return at
}
