package survey

import "strings"

// numeralAt is the end of a numeral at a place: at most four digits, or
// Chinese numerals with their tens and hundreds; at where there is none. A
// letter may stand before it or alone (A座, B1203).
func numeralAt(t []letter, at int) int {
	to := at
	for to < len(t) && to-at < 5 {
		r := t[to].r
		_, digit := digitOf(r)
		if !digit && r != '十' && r != '百' && (to > at || r < 'a' || r > 'z') {
			break
		}
		to++
	}
	if to-at == 5 { // longer than any
		return at
	}
	return to
}

// digitsIn counts the digits of a run.
func digitsIn(t []letter, from, to int) int {
	n := 0
	for _, l := range t[from:to] {
		if _, is := digitOf(l.r); is {
			n++
		}
	}
	return n
}

// betweenParts stand between the parts of where a home is.
const betweenParts = " ,，、-.的/"

// rooms masks where homes are: the room with whatever stands before it, or
// building and unit. A building alone stays: that a lift of 3号楼 is broken
// must be said; where somebody says to live there it goes too.
func (s *spans) rooms(t []letter) {
	for at := 0; at < len(t); {
		to := max(homeAt(t, at), dashedAt(t, at))
		if to == 0 {
			at++
			continue
		}
		s.add(at, to, MaskedRoom)
		at = to
	}
}

// homeAt is the end of a home that is named at a place, 0 for none.
func homeAt(t []letter, at int) int {
	if at > 0 {
		if _, within := digitOf(t[at-1].r); within {
			return 0
		}
	}
	to := numeralAt(t, at)
	if to == at {
		return 0
	}
	parts, end := 0, at
	for range 4 {
		to = numeralAt(t, end)
		if to == end {
			break
		}
		to = skip(t, to, 1, " ")
		n := oneOf(t, to, "号楼", "號樓", "楼栋", "栋", "棟", "幢", "座", "#", "单元", "單元", "门", "号门", "层", "楼", "号院")
		if n == 0 {
			break
		}
		parts++
		end = skip(t, to+n, 2, betweenParts)
	}
	room := roomAt(t, end, parts)
	switch {
	case room > 0:
		return room
	case parts >= 2, parts == 1 && livesAt(t, at):
		return trimmed(t, end)
	}
	return 0
}

// trimmed is an end without what only stands between.
func trimmed(t []letter, end int) int {
	for end > 0 && strings.ContainsRune(betweenParts, t[end-1].r) {
		end--
	}
	return end
}

// roomAt is the end of a room after so many parts that named building, unit
// or floor; without any it must say that it is a room.
func roomAt(t []letter, at, parts int) int {
	to := numeralAt(t, at)
	digits := digitsIn(t, at, to)
	if digits == 0 || strings.ContainsRune("十百", runeAt(t, to)) {
		return 0
	}
	said := oneOf(t, to, "号房间", "号房", "房间", "号室", "室", "房", "号户", "户", "号", "屋")
	switch word := runeAt(t, to); {
	case strings.ContainsRune("线楼院文令", runeAt(t, to+said)) && said > 0:
		return 0
	case parts > 0 && digits >= 3 && (said > 0 || !measured(t, to)):
		return to + said
	case parts > 0 && said > 0 && word != '户':
		return to + said
	case digits >= 3 && said > 0 && word != '户' && (word != '号' || !strings.ContainsRune("〕]）)】", runeAt(t, at-1))):
		return to + said
	}
	return 0
}

// livesAt says whether somebody says to live at a place.
func livesAt(t []letter, at int) bool {
	for from := max(0, at-6); from < at; from++ {
		if n := oneOf(t, from, "我是", "我住", "我家在", "我家", "家住", "本人住", "住在", "我们家", "我在", "本人是", "i live in", "live in"); n > 0 && skip(t, from+n, 2, " 的在是") == at {
			return true
		}
	}
	return false
}

// dashedAt is the end of a home written as 3-2-101 or 12-1803, 0 for none.
func dashedAt(t []letter, at int) int {
	if at > 0 {
		before := t[at-1].r
		if _, within := digitOf(before); within || strings.ContainsRune("-./:", before) {
			return 0
		}
	}
	var lengths []int
	to := at
	for {
		end := to
		for end < len(t) && end-to < 5 {
			if _, is := digitOf(t[end].r); !is {
				break
			}
			end++
		}
		if end == to {
			break
		}
		lengths = append(lengths, end-to)
		to = end
		if !strings.ContainsRune("-./杠", runeAt(t, to)) || to >= len(t) {
			break
		}
		if _, is := digitOf(runeAt(t, to+1)); !is {
			break
		}
		to++
	}
	last := 0
	if len(lengths) > 0 {
		last = lengths[len(lengths)-1]
	}
	dashed := to-last-1 > at && (t[to-last-1].r == '-' || t[to-last-1].r == '杠')
	switch {
	case measured(t, to):
		return 0
	case len(lengths) == 3 && lengths[0] <= 3 && lengths[1] <= 2 && (last == 3 || last == 4):
	case len(lengths) == 4 && lengths[0] <= 3 && lengths[1] <= 2 && lengths[2] <= 2 && (last == 3 || last == 4):
	case len(lengths) == 2 && dashed && lengths[0] <= 2 && (last == 3 || last == 4):
	default:
		return 0
	}
	return to + oneOf(t, to, "室", "号", "房")
}
