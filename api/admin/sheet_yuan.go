package admin

import (
	"strconv"
	"strings"

	"meihao/api/page"
)

// mostYuan is how many digits before the point are read: ten billion yuan.
const mostYuan = 11

// parseYuan reads yuan as people type them, exact to the fen: "1,234,567.89",
// with full-width digits, thousands separators and 元.
func parseYuan(text string) (fen int64, ok bool) {
	text = strings.TrimSuffix(strings.TrimSpace(strings.Map(plainDigit, text)), "元")
	whole, cents, _ := strings.Cut(strings.TrimPrefix(text, "¥"), ".")
	if whole == "" || len(whole) > mostYuan || len(cents) > 2 {
		return 0, false
	}
	fen, err := strconv.ParseInt(whole+(cents + "00")[:2], 10, 64)
	return fen, err == nil && fen >= 0 && !strings.ContainsAny(whole+cents, "+-_")
}

// plainDigit narrows full-width digits and points and drops separators.
func plainDigit(r rune) rune {
	switch {
	case r >= '０' && r <= '９':
		return r - '０' + '0'
	case r == '．' || r == '。':
		return '.'
	case r == '￥':
		return '¥'
	case r == ',' || r == '，' || r == ' ' || r == '\u3000' || r == '\u00a0':
		return -1
	}
	return r
}

// yuan writes fen as yuan: "1,234,567.89".
func yuan(fen int64) string {
	cents := strconv.FormatInt(100+fen%100, 10)[1:]
	return page.Grouped(strconv.FormatInt(fen/100, 10) + "." + cents)
}
