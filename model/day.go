package model

import "time"

// shanghai is the time zone of every date that people see. China has had no
// summer time since 1991, so that a fixed zone is exact and needs no zone
// file on the machine.
func shanghai() *time.Location { return time.FixedZone("Asia/Shanghai", 8*60*60) }

// dayOf is the day of a moment in Asia/Shanghai as YYYYMMDD.
func dayOf(t time.Time) int {
	y, m, d := t.In(shanghai()).Date()
	return y*10000 + int(m)*100 + d
}

// dayOrNone is dayOf, and 0 for the zero time.
func dayOrNone(t time.Time) int {
	if t.IsZero() {
		return 0
	}
	return dayOf(t)
}

// dayText is a day as an event says it, "" for none.
func dayText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(shanghai()).Format(time.DateOnly)
}
