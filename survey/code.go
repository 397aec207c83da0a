package survey

import "strings"

// Alphabet is the 32 symbols of all our codes: digits and capital letters
// without I, L, O and U, which people confuse or dislike to read aloud.
const Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// PosterCodeLength is the length of a poster code: seven random symbols and
// a check symbol (DESIGN §4).
const PosterCodeLength = 8

// Codes carry a check symbol over GF(32) with the polynomial x⁵+x²+1: symbol
// i (from 0) has weight αⁱ and the weighted sum of all symbols is 0. Every
// single wrong symbol and every swap of two different symbols changes the
// sum, so a typo costs no query (DESIGN §4, SECURITY "Codes").

// fieldTimesAlpha multiplies by α in GF(32).
func fieldTimesAlpha(v byte) byte {
	v <<= 1
	if v&32 != 0 {
		v ^= 0b100101
	}
	return v
}

// weightedSum is Σ αⁱ·symbolᵢ, by Horner's rule from the last symbol.
func weightedSum(symbols []byte) byte {
	var sum byte
	for i := len(symbols) - 1; i >= 0; i-- {
		sum = fieldTimesAlpha(sum) ^ symbols[i]
	}
	return sum
}

// fieldOrder is the order of α: α³¹ = 1.
const fieldOrder = 31

// withCheck writes the symbols followed by the one that makes the sum 0: the
// sum divided by the weight αⁿ of its place, that is α³¹⁻ⁿ times as much.
func withCheck(symbols []byte) string {
	check := weightedSum(symbols)
	for range fieldOrder - len(symbols)%fieldOrder {
		check = fieldTimesAlpha(check)
	}
	symbols = append(symbols, check)
	for i, s := range symbols {
		symbols[i] = Alphabet[s]
	}
	return string(symbols)
}

// codeOf turns random bytes into a code of as many symbols and a check.
func codeOf(random []byte) string {
	symbols := make([]byte, len(random), len(random)+1)
	for i, r := range random {
		symbols[i] = r & 31
	}
	return withCheck(symbols)
}

// NewPosterCode makes a poster code of seven random bytes.
func NewPosterCode(random [PosterCodeLength - 1]byte) string { return codeOf(random[:]) }

// NormalCode undoes how people type: letter case, full width, spaces and
// dashes, O for 0, I and L for 1. What is no symbol is kept, so that it fails.
func NormalCode(typed string) string {
	if strings.Trim(typed, Alphabet) == "" { // as printed, as in a QR code
		return typed
	}
	var b strings.Builder
	for _, r := range typed {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		switch {
		case r == ' ' || r == '\u3000' || r == '-' || r == '\t' || r == '–' || r == '—' || r == '_':
			continue
		case r >= 'a' && r <= 'z':
			r -= 'a' - 'A'
		}
		switch r {
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// CheckCode says whether a normal code of the given length is one we could
// have made: right length, right symbols, right check symbol.
func CheckCode(code string, length int) bool {
	if len(code) != length {
		return false
	}
	var sum byte // as weightedSum
	for i := length - 1; i >= 0; i-- {
		v := strings.IndexByte(Alphabet, code[i])
		if v < 0 {
			return false
		}
		sum = fieldTimesAlpha(sum) ^ byte(v)
	}
	return sum == 0
}

// GroupCode writes a code in groups of n symbols, for eyes and voices:
// GroupCode("7KQ4M2XD", 4) is "7KQ4-M2XD".
func GroupCode(code string, n int) string {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		if i > 0 && i%n == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(code[i])
	}
	return b.String()
}
