package roster

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// beijing is where the clocks of the logs stand.
func beijing() *time.Location { return time.FixedZone("Asia/Shanghai", 8*60*60) }

// timeOf reads a moment as offices and spreadsheets write it, in Beijing:
// 2023-07-01 09:05, 2023/7/1 9:05:00, 2023年7月1日 9时5分, 2023年7月1日 下午3:05,
// 20230701 0905, 2023-07-01T09:05:00+08:00, and a spreadsheet's number of
// days. day says that it names a day without a clock.
func timeOf(cell string) (at time.Time, day, is bool) {
	s, half := halfDay(cell)
	s = strings.Map(clockSign, s)
	s = strings.Join(strings.Fields(s), " ")
	s = strings.TrimSuffix(strings.ReplaceAll(s, ": ", ":"), ":")
	if at, err := time.Parse(time.RFC3339, strings.ReplaceAll(s, " ", "T")); err == nil && half == "" {
		return inReason(at, false)
	}
	zone := beijing()
	for _, form := range timeForms() {
		at, err := time.ParseInLocation(form, s, zone)
		if err != nil {
			continue
		}
		day = !strings.Contains(form, "15")
		if half != "" {
			if day || at.Hour() > 12 {
				return time.Time{}, false, false
			}
			at = at.Add(time.Duration(at.Hour()%12-at.Hour()) * time.Hour)
			if half == "pm" {
				at = at.Add(12 * time.Hour)
			}
		}
		return inReason(at, day)
	}
	if half != "" {
		return time.Time{}, false, false
	}
	return ofDays(s)
}

func timeForms() []string {
	return []string{
		"2006-1-2 15:4:5", "2006-1-2 15:4", "2006-1-2 15", "2006-1-2", "2006.1.2 15:4:5", "2006.1.2 15:4", "2006.1.2",
		"2006-1-2T15:4:5", "2006-1-2T15:4", "20060102 150405", "20060102 15:4:5", "20060102 15:4", "20060102 1504", "20060102150405", "200601021504", "20060102",
	}
}

// clockSign is a sign of a written moment as our forms have it.
func clockSign(r rune) rune {
	switch r {
	case '年', '月', '/':
		return '-'
	case '日':
		return ' '
	case '时', '点', '分', '：':
		return ':'
	case '秒':
		return -1
	}
	return r
}

// halfDay takes the word out that says which half of the day is meant.
func halfDay(cell string) (rest, half string) {
	for _, w := range [][2]string{{"上午", "am"}, {"下午", "pm"}, {"AM", "am"}, {"PM", "pm"}, {"am", "am"}, {"pm", "pm"}} {
		if before, after, found := strings.Cut(cell, w[0]); found {
			return before + " " + after, w[1]
		}
	}
	return cell, ""
}

// The days of a spreadsheet that are taken for dates: 2000 to 2100.
const firstDay, lastDay = 36_526, 73_415

// ofDays reads a spreadsheet's number of days since 1899-12-30.
func ofDays(s string) (at time.Time, day, is bool) {
	if strings.Trim(s, "0123456789.") != "" {
		return time.Time{}, false, false
	}
	days, err := strconv.ParseFloat(s, 64)
	if err != nil || days < firstDay || days > lastDay {
		return time.Time{}, false, false
	}
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, beijing())
	return first.Add(time.Duration(math.Round(days*86_400)) * time.Second), days == math.Trunc(days), true
}

func inReason(at time.Time, day bool) (time.Time, bool, bool) {
	if at.Year() < 2000 || at.Year() >= 2200 {
		return time.Time{}, false, false
	}
	return at, day, true
}
