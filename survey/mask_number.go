package survey

import "strings"

// digitOf is the digit that a letter stands for, Chinese ones too (幺 is how
// 1 is said in telephone numbers); false for none.
func digitOf(r rune) (byte, bool) {
	if r >= '0' && r <= '9' {
		return byte(r), true
	}
	if r < 0x3007 {
		return 0, false
	}
	switch r {
	case '〇', '零', '洞':
		return '0', true
	case '一', '壹', '幺':
		return '1', true
	case '二', '贰', '两':
		return '2', true
	case '三', '叁':
		return '3', true
	case '四', '肆':
		return '4', true
	case '五', '伍':
		return '5', true
	case '六', '陆':
		return '6', true
	case '七', '柒', '拐':
		return '7', true
	case '八', '捌':
		return '8', true
	case '九', '玖':
		return '9', true
	}
	return 0, false
}

// betweenDigits stand between the parts of one number.
const betweenDigits = " -._·()+/~*、"

// part is a run of digits.
type part struct {
	from, to int // letters
	digits   string
}

// numbers masks telephone numbers, identity numbers and whatever else is long
// enough to be one.
func (s *spans) numbers(t []letter) {
	for at := 0; at < len(t); {
		if _, is := digitOf(t[at].r); !is {
			at++
			continue
		}
		var parts []part
		parts, at = numberAt(t, at)
		s.number(t, parts)
	}
}

// numberAt reads the runs of digits that belong together from a place on, and
// where they end.
func numberAt(t []letter, at int) ([]part, int) {
	var parts []part
	for {
		p := part{from: at}
		var digits []byte
		for at < len(t) {
			d, is := digitOf(t[at].r)
			if !is {
				break
			}
			digits = append(digits, d)
			at++
		}
		p.to, p.digits = at, string(digits)
		parts = append(parts, p)
		next := skip(t, at, 3, betweenDigits)
		if _, is := digitOf(runeAt(t, next)); next == at || !is {
			return parts, at
		}
		at = next
	}
}

// longestNumber is how many digits anything has that is looked for.
const longestNumber = 19

func (s *spans) number(t []letter, parts []part) {
	for i := 0; i < len(parts); i++ {
		digits, last, end, mask := "", 0, 0, Mask("")
		for j := i; j < len(parts) && len(digits) <= longestNumber; j++ {
			digits += parts[j].digits
			to := parts[j].to
			if len(digits) == 17 && runeAt(t, to) == 'x' {
				digits, to = digits+"x", to+1
			}
			if found := numberMask(digits, parts[i:j+1], t, to); found != "" {
				last, end, mask = j, to, found
			}
		}
		if mask != "" {
			s.add(parts[i].from, end, mask)
			i = last
		}
	}
}

// numberMask says what a number of some parts is that ends at a letter; "" for
// nothing that names anybody.
func numberMask(digits string, parts []part, t []letter, end int) Mask {
	n, first := len(digits), parts[0].digits
	switch {
	case n == 18 && birthday(digits[6:14]) || n == 15 && len(parts) == 1 && birthday("19"+digits[6:12]):
		return MaskedID
	case isMobile(digits), n == 13 && digits[:2] == "86" && isMobile(digits[2:]), n == 15 && digits[:4] == "0086" && isMobile(digits[4:]):
		return MaskedPhone
	case n >= 10 && n <= 12 && digits[0] == '0' && digits[1] != '0' && (len(parts) == 1 || len(first) == 3 || len(first) == 4):
		return MaskedPhone
	case len(parts) == 1:
		return longMask(digits, t, end)
	case len(parts) == 2 && len(first) >= 3 && len(first) <= 4 && len(parts[1].digits) == 4 && !isYear(first) && !measured(t, end):
		return MaskedPhone // 6433-2211
	case len(parts) == 3 && n == 10 && (first == "400" || first == "800"):
		return MaskedPhone
	case n >= 16 && len(parts) >= 4 && len(first) == 4 && len(parts[1].digits) == 4 && len(parts[2].digits) == 4 && len(parts[3].digits) == 4:
		return MaskedNumber // of a bank card
	}
	return ""
}

// longMask is of a number in one piece.
func longMask(digits string, t []letter, end int) Mask {
	switch n := len(digits); {
	case n < 7, n == 8 && birthday(digits), n <= 9 && measured(t, end):
		return ""
	case n <= 8:
		return MaskedPhone
	}
	return MaskedNumber
}

func isMobile(digits string) bool { return len(digits) == 11 && digits[0] == '1' && digits[1] >= '3' }

// birthday says whether eight digits are a day of 1900 to 2099.
func birthday(d string) bool {
	return (d[:2] == "19" || d[:2] == "20") && d[4:6] >= "01" && d[4:6] <= "12" && d[6:8] >= "01" && d[6:8] <= "31"
}

func isYear(digits string) bool {
	return len(digits) == 4 && (digits[:2] == "19" || digits[:2] == "20")
}

// measured says whether a unit follows: then a number is an amount.
func measured(t []letter, end int) bool {
	end = skip(t, end, 2, " 多余来几")
	return strings.ContainsRune("元块万亿千百平米㎡户人个%％年月日天点分秒台辆次度吨斤层条张件套份遍k￥￠", runeAt(t, end)) && end < len(t) ||
		oneOf(t, end, "小时", "立方", "公里", "rmb", "yuan") > 0
}
