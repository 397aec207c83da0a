package household

import (
	"strconv"
	"strings"
)

// digitOf is the value of a Chinese digit, -1 for none.
func digitOf(r rune) int {
	switch r {
	case '〇', '零', '○':
		return 0
	case '两', '兩':
		return 2
	}
	for i, digit := range []rune("一二三四五六七八九") {
		if r == digit {
			return i + 1
		}
	}
	for i, digit := range []rune("壹贰叁肆伍陆柒捌玖") {
		if r == digit {
			return i + 1
		}
	}
	return -1
}

// tenOf is 10, 100 or 1000 for a Chinese place word, 0 for none.
func tenOf(r rune) int {
	switch r {
	case '十', '拾':
		return 10
	case '百', '佰':
		return 100
	case '千', '仟':
		return 1000
	}
	return 0
}

// digits replaces each run of Chinese numerals: by places where it has place
// words (十二 → 12, 三百零一 → 301), digit by digit otherwise (二〇三 → 203).
func digits(s string) string {
	var b strings.Builder
	var run []rune
	flush := func() {
		if len(run) > 0 {
			b.WriteString(number(run))
			run = run[:0]
		}
	}
	for _, r := range s {
		if digitOf(r) >= 0 || tenOf(r) > 0 {
			run = append(run, r)
			continue
		}
		flush()
		b.WriteRune(r)
	}
	flush()
	return b.String()
}

func number(run []rune) string {
	var b strings.Builder
	byPlaces := false
	for _, r := range run {
		byPlaces = byPlaces || tenOf(r) > 0
	}
	if !byPlaces {
		for _, r := range run {
			b.WriteString(strconv.Itoa(digitOf(r)))
		}
		return b.String()
	}
	sum, digit := 0, -1
	for _, r := range run {
		if ten := tenOf(r); ten > 0 {
			if digit < 0 {
				digit = 1 // 十二 is one ten and two
			}
			sum, digit = sum+digit*ten, -1
			continue
		}
		if d := digitOf(r); d != 0 { // 零 only holds a place
			digit = d
		}
	}
	if digit > 0 {
		sum += digit
	}
	return strconv.Itoa(sum)
}
