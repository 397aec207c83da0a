package survey

import (
	"slices"
	"strings"
)

// namesHome says whether a place in a building reads like somebody's door
// ("1单元301", "302房", "东户") and not like a public place. It knows the ways in
// which doors are written, not every way in which one can be meant.
func namesHome(place, building string) bool {
	text := arabic(NameKey(place))
	// The building's own name may have any number in it; only "1" must not
	// make "1203" a "203".
	if rest, found := strings.CutPrefix(text, arabic(NameKey(building))); found && (rest == "" || !isDigit([]rune(rest)[0])) {
		text = rest
	}
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		from := i
		for i < len(runes) && isDigit(runes[i]) {
			i++
		}
		after := string(runes[i:])
		if digits := i - from; digits >= roomDigits && !startsAny(after, "号楼", "号院", "号门", "栋", "幢", "弄", "座", "楼", "层", "单元") ||
			digits > 0 && startsAny(strings.TrimPrefix(after, "号"), "室", "房", "户") {
			return true
		}
	}
	return slices.ContainsFunc([]string{"东户", "西户", "南户", "北户", "中户", "左户", "右户", "边户"}, func(door string) bool {
		_, after, found := strings.Cut(text, door)
		return found && !strings.HasPrefix(after, "外") // 西户外广场
	})
}

// roomDigits is how many digits a number has that reads like a room's.
const roomDigits = 3

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func startsAny(text string, starts ...string) bool {
	return slices.ContainsFunc(starts, func(s string) bool { return strings.HasPrefix(text, s) })
}

// arabic writes full-width and Chinese digits as plain ones, and leaves out
// the dashes within a room's number: "三〇一" and "3-01" are 301.
func arabic(text string) string {
	return strings.NewReplacer("０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9",
		"〇", "0", "零", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9",
		"-", "", "－", "", "—", "", "–", "").Replace(text)
}
