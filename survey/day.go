package survey

import "time"

// beijing is the time zone of every date that people see. China has had no
// summer time since 1991, so that a fixed zone is exact and needs no zone
// file on the machine.
func beijing() *time.Location { return time.FixedZone("Asia/Shanghai", 8*60*60) }

// Day is the day of a moment in Beijing, as its midnight there; the zero time
// stays zero.
func Day(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	y, m, d := t.In(beijing()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, beijing())
}
