package survey

import "strings"

// namesDoor says whether a text tells of one home: "501室", "2单元501",
// "3-2-501". Numbers of lamps and households are none of these ("修120盏灯",
// "40户换水表"). It knows the ways in which doors are written, not every way in
// which one can be meant: the district reads the text before residents do.
func namesDoor(text string) bool {
	if namesDashedDoor(NameKey(text)) {
		return true
	}
	runes := []rune(arabic(NameKey(text)))
	for i := 0; i < len(runes); i++ {
		from := i
		for i < len(runes) && isDigit(runes[i]) {
			i++
		}
		before, after := string(runes[:from]), strings.TrimPrefix(string(runes[i:]), "号")
		switch digits := i - from; {
		case digits >= roomDigits-1 && strings.HasPrefix(after, "室"),
			digits >= roomDigits && strings.HasSuffix(before, "单元") && !startsAny(after, "盏", "个", "户", "处", "扇", "米", "平"):
			return true
		}
	}
	return false
}

// namesDashedDoor finds building, unit and room with dashes between them. A
// date has a year in front and two digits at its end.
func namesDashedDoor(text string) bool {
	parts := strings.FieldsFunc(text, func(r rune) bool { return !isDigit(r) && r != '-' })
	for _, part := range parts {
		numbers := strings.Split(part, "-")
		if len(numbers) == 3 && numbers[0] != "" && numbers[1] != "" && len(numbers[2]) >= roomDigits {
			return true
		}
	}
	return false
}
