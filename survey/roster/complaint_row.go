package roster

import (
	"strconv"
	"strings"
	"time"

	"meihao/survey"
)

// row reads a line below the header; a line of a wide table of months becomes
// a row for each month that it says something of.
func (t *complaintTable) row(l line) error {
	h := t.header
	r := ComplaintRow{
		Sheet: t.sheet, Number: l.number,
		Register: shorten(h.cell(l, ofRegister), survey.LongestName), District: h.cell(l, ofDistrict),
		Community: h.cell(l, ofCommunity), Project: shorten(h.cell(l, ofProject), survey.LongestName),
	}
	if r.Register == "" && r.Project == "" {
		r.wrong("complaint.row.project")
	}
	switch h.form {
	case Tickets:
		r.ticket(h, l)
	case Ranks:
		r.Rank = r.count(h.as[rankColumn], placeOf(h.cell(l, rankColumn)), 1)
		if of := h.cell(l, rankOfColumn); of != "" {
			r.Of = r.count(h.as[rankOfColumn], of, 1)
		}
	case Months:
		return t.months(r, l)
	}
	return t.add(r)
}

// add takes a row.
func (t *complaintTable) add(r ComplaintRow) error {
	if len(t.file.Rows) == MaxRows {
		return fail(survey.TooLarge, "roster.error.too_many_rows", "Rows", MaxRows)
	}
	// Where thousands of rows are wrong nobody reads each one's faults: the
	// others only say that there are some.
	if t.wrongs += len(r.Errors); t.wrongs > MostRefused && len(r.Errors) > 0 {
		r.Errors = t.many
	}
	t.file.Rows = append(t.file.Rows, r)
	return nil
}

// months adds the totals of a line.
func (t *complaintTable) months(r ComplaintRow, l line) error {
	h := t.header
	if h.has(monthColumn) && h.has(countColumn) {
		month, is := monthOf(h.cell(l, monthColumn), t.years.at(h.at[monthColumn]))
		if !is {
			r.wrong("complaint.row.month", "Cell", shorten(h.cell(l, monthColumn), maxEcho))
		}
		r.Month = month
		r.Count = int64(r.count(h.as[countColumn], h.cell(l, countColumn), 0))
		return t.add(r)
	}
	for i := range l.cells {
		month, is := h.months[i]
		if !is || l.cell(i) == "" {
			continue
		}
		one := r
		one.Errors = append([]survey.Message(nil), r.Errors...)
		one.Month = month
		one.Count = int64(one.count(strconv.Itoa(month), l.cell(i), 0))
		if err := t.add(one); err != nil {
			return err
		}
	}
	return nil
}

// placeOf is a place in a ranking without the words around it: 第3名, 并列3.
func placeOf(cell string) string {
	return strings.TrimPrefix(strings.TrimSuffix(strings.TrimPrefix(cell, "并列"), "名"), "第")
}

func (r *ComplaintRow) wrong(key string, pairs ...any) {
	r.Errors = append(r.Errors, survey.Fail(survey.Invalid, key, pairs...).Message)
}

// mostCount is more than any project has of complaints in a month.
const mostCount = 1_000_000

func (r *ComplaintRow) count(column, cell string, least int) int {
	n, is := number(cell, mostCount)
	if !is || n < least {
		r.wrong("complaint.row.count", "Column", column, "Cell", shorten(cell, maxEcho))
	}
	return n
}

func (r *ComplaintRow) ticket(h *complaintHeader, l line) {
	c := &r.Ticket
	c.Number, c.Source = shorten(h.cell(l, ticketNumber), longestNumberOf), shorten(h.cell(l, ticketSource), longestSource)
	if c.Number == "" || rounded(c.Number) {
		r.wrong("complaint.row.number")
	}
	c.District, c.Community, c.Named = shorten(r.District, survey.LongestName), shorten(r.Community, survey.LongestName), r.Project
	c.Received = r.time(h, l, ticketReceived, true)
	c.FirstResponse = r.time(h, l, ticketResponse, false)
	c.Resolved = r.time(h, l, ticketResolved, false)
	if !c.FirstResponse.IsZero() && c.FirstResponse.Before(c.Received) || !c.Resolved.IsZero() && c.Resolved.Before(c.Received) {
		r.wrong("complaint.row.before")
	}
	var is bool
	if c.Class, is = classOf(h.cell(l, ticketClass)); !is {
		r.wrong("complaint.row.class", "Cell", shorten(h.cell(l, ticketClass), maxEcho))
	}
	c.Reopened = r.yes(h, l, ticketReopened, false)
	c.Valid = r.yes(h, l, ticketValid, true)
}

const (
	longestNumberOf = 80
	longestSource   = 40
)

// classOf reads the class of a ticket; one that says nothing is normal.
func classOf(cell string) (survey.ComplaintClass, bool) {
	switch strings.ToUpper(strings.ReplaceAll(cell, " ", "")) {
	case "", "NORMAL", "一般", "普通", "常规", "一般诉求", "普通诉求", "三级":
		return survey.Normal, true
	case "URGENT", "紧急", "加急", "急", "特急", "应急", "紧急诉求", "一级":
		return survey.Urgent, true
	case "COMPLEX", "复杂", "疑难", "重大", "疑难复杂", "复杂诉求", "疑难诉求", "二级":
		return survey.Complex, true
	}
	return "", false
}

func (r *ComplaintRow) yes(h *complaintHeader, l line, c complaintColumn, otherwise bool) bool {
	cell := h.cell(l, c)
	switch strings.ToLower(cell) {
	case "":
		return otherwise
	case "是", "有", "有效", "重开", "y", "yes", "true", "1", "√":
		return true
	case "否", "无", "无效", "未重开", "n", "no", "false", "0", "×":
		return false
	}
	r.wrong("complaint.row.yes", "Column", h.as[c], "Cell", shorten(cell, maxEcho))
	return otherwise
}

func (r *ComplaintRow) time(h *complaintHeader, l line, c complaintColumn, wanted bool) time.Time {
	cell := h.cell(l, c)
	if cell == "" || nothing(cell) {
		if wanted {
			r.wrong("complaint.row.time", "Column", h.as[c], "Cell", "")
		}
		return time.Time{}
	}
	at, day, is := timeOf(cell)
	switch {
	case !is:
		r.wrong("complaint.row.time", "Column", h.as[c], "Cell", shorten(cell, maxEcho))
		return time.Time{}
	case day && h.days[c] == 0:
		h.days[c] = r.Number
	}
	return at
}
