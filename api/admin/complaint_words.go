package admin

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"meihao/survey"
	"meihao/survey/rubric"
)

// ticketLine is a complaint as lists show it.
type ticketLine struct {
	survey.Complaint
	rubric.Ticket
	Word word
}

func ticketLines(list []survey.Complaint, rules rubric.PromptRules, now time.Time) []ticketLine {
	lines := make([]ticketLine, len(list))
	for i, one := range list {
		t := rules.Ticket(one, now)
		lines[i] = ticketLine{one, t, ticketWord(one, t)}
	}
	return lines
}

// Name is the project's name, or that in the file.
func (l ticketLine) Name() string {
	if l.ProjectName != "" {
		return l.ProjectName
	}
	return l.Named
}

// ticketWord is where a complaint stands as a tag.
func ticketWord(c survey.Complaint, t rubric.Ticket) word {
	switch {
	case !c.Valid:
		return word{"complaints.state.invalid", "none", "–"}
	case c.Reopened:
		return word{"complaints.state.reopened", "bad", "↺"}
	case t.Late():
		return word{"complaints.state.late", "bad", "✗"}
	case c.Resolved.IsZero():
		return word{"complaints.state.open", "info", "…"}
	}
	return word{"complaints.state.on_time", "good", "✓"}
}

// monthName writes a month 202307 as an input of months does: 2023-07.
func monthName(month int) string {
	if month == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", month/100, month%100)
}

// monthTyped reads 2023-07, 2023/7 and 202307; false where it is none.
func monthTyped(value string) (int, bool) {
	if value == "" {
		return 0, true
	}
	digits := strings.NewReplacer("-", "", "/", "", ".", "").Replace(value)
	if len(digits) == 5 {
		digits = digits[:4] + "0" + digits[4:]
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil && len(digits) == 6
}

// perThousand is complaints per 1,000 households with two decimals, half up by
// integer arithmetic; "" without households.
func perThousand(complaints, households int64) string {
	if households <= 0 {
		return ""
	}
	hundredths := (2*100_000*complaints + households) / (2 * households)
	return fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100)
}

// shareDown is k of n in percent with one decimal, rounded down: a share never
// looks as if it had reached a band that it has not. "" for n = 0.
func shareDown[N ~int | ~int64](k, n N) string {
	if n <= 0 {
		return ""
	}
	tenths := 1000 * int64(k) / int64(n)
	return fmt.Sprintf("%d.%d%%", tenths/10, tenths%10)
}

// hoursOf writes a limit in whole hours, or days from two days on.
func hoursOf(t teller, d time.Duration) string {
	if hours := int(d.Hours()); hours < 48 {
		return t.say("complaints.hours", "N", hours)
	}
	return t.say("complaints.days", "N", int(d.Hours())/24)
}
