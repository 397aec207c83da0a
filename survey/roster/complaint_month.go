package roster

import (
	"strconv"
	"strings"
)

// monthOf reads a month: 2023年7月, 2023年7月份诉求量, 2023-07, 2023/7, 202307,
// 2023.07, its first day, also as a spreadsheet's number of days, and 7月 where
// the year (0: unknown) is said elsewhere.
func monthOf(cell string, year int) (int, bool) {
	s := strings.ReplaceAll(cell, " ", "")
	if before, after, found := strings.Cut(s, "月"); found {
		if !ofMonth(after) {
			return 0, false
		}
		s = before
		if m, err := strconv.Atoi(s); err == nil && len(s) <= 2 {
			return month(year, m)
		}
	}
	s = strings.NewReplacer("年", "-", "/", "-", ".", "-").Replace(s)
	parts := strings.Split(strings.TrimSuffix(s, "-"), "-")
	switch {
	case len(parts) == 1 && len(s) == 6:
		parts = []string{s[:4], s[4:]}
	case len(parts) == 3 && strings.TrimLeft(parts[2], "0") == "1":
		parts = parts[:2]
	case len(parts) == 1:
		if at, day, is := ofDays(s); is && day && at.Day() == 1 {
			return month(at.Year(), int(at.Month()))
		}
		return 0, false
	}
	if len(parts) != 2 {
		return 0, false
	}
	y, err1 := strconv.Atoi(parts[0])
	m, err2 := strconv.Atoi(parts[1])
	if err1 != nil || err2 != nil {
		return 0, false
	}
	return month(y, m)
}

// ofMonth says whether the words behind a month only say what is counted.
func ofMonth(words string) bool {
	switch words {
	case "", "份", "1日", "01日", "诉求量", "份诉求量", "有效诉求量", "份有效诉求量", "投诉量", "份投诉量", "有效投诉量", "件数", "份件数", "数量", "(件)", "（件）":
		return true
	}
	return false
}

func month(year, m int) (int, bool) {
	if year < 2000 || year > 2200 || m < 1 || m > 12 {
		return 0, false
	}
	return 100*year + m, true
}

// years are what the cells of a line say of the year, by column; 0 nothing.
type years []int

// yearsOf reads the years of a line, nil where it names none.
func yearsOf(cells []string) years {
	var found years
	for i, cell := range cells {
		before, _, is := strings.Cut(cell, "年")
		before = strings.TrimSpace(before)
		if !is || len(before) < 4 {
			continue
		}
		if year, err := strconv.Atoi(before[len(before)-4:]); err == nil && year >= 2000 && year <= 2200 {
			for len(found) <= i {
				found = append(found, 0)
			}
			found[i] = year
		}
	}
	return found
}

// at is the year of a column: what stands above it or left of that.
func (y years) at(column int) int {
	for i := min(column, len(y)-1); i >= 0; i-- {
		if y[i] != 0 {
			return y[i]
		}
	}
	return 0
}
