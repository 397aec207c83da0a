package export

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Kind of a column or cell.
type Kind int

// The kinds.
const (
	Text Kind = iota
	Number
	Percent
	Moment // day and minute
	Day
)

// Cell of a table. The zero Cell is empty.
type Cell struct {
	kind   Kind
	text   string  // of texts; of a figure as it was printed
	value  float64 // of the other kinds
	whole  int64   // of whole numbers; of moments and days seconds by the clock of Beijing
	places int     // decimals shown, of numbers and percents
	signed bool    // a change, with the pages' minus
	plus   bool    // and with a plus
}

// String is a cell of text: a name, a word, a dash where a figure is hidden.
func String(text string) Cell { return Cell{kind: Text, text: text} }

// Int is a cell with a whole number, shown with thousands separators.
func Int[T ~int | ~int64](n T) Cell { return Cell{kind: Number, whole: int64(n), value: float64(n)} }

// Printed is a cell with a figure as it is printed: "89.96%", "3.5", "12". It
// is a real number that shows these digits and no others: a rate is never
// computed again (RULES §3). What is no such figure ("N/A") stays text.
func Printed(figure string) Cell {
	digits, percent := strings.CutSuffix(figure, "%")
	whole, decimals, _ := strings.Cut(digits, ".")
	if whole == "" || strings.Trim(whole+decimals, "0123456789") != "" {
		return String(figure)
	}
	c, power := Cell{kind: Number, places: len(decimals)}, ""
	if percent {
		c.kind, power = Percent, "e-2"
	}
	var err error
	if c.value, err = strconv.ParseFloat(digits+power, 64); err != nil || len(digits) > mostDigits {
		return String(figure)
	}
	c.whole, c.text = int64(c.value), figure
	return c
}

// Signed is a cell with a change as it is printed: "+10.0", "−3.25", "0.0". It
// is a real number that shows these digits and this sign, as Printed does; a
// CSV file has "10.0" and "-3.25", which every program reads as numbers. What
// is no such figure stays text.
func Signed(figure string) Cell {
	digits, above := strings.CutPrefix(figure, "+")
	digits, below := strings.CutPrefix(digits, "−")
	c := Printed(digits)
	if c.kind != Number || above && below {
		return String(figure)
	}
	c.plus = above
	if below {
		c.value, c.whole, c.text = -c.value, -c.whole, "-"+digits
	}
	c.signed = true
	return c
}

// mostDigits is how many digits and point a spreadsheet keeps of a number.
const mostDigits = 15

// Time is a cell with a date and a minute in Beijing time; a zero time is
// an empty cell.
func Time(at time.Time) Cell {
	if at.IsZero() {
		return Cell{}
	}
	return Cell{kind: Moment, value: serial(at), whole: at.Unix() + beijing}
}

// Date is a cell with a day alone; a zero time is an empty cell.
func Date(at time.Time) Cell {
	if at.IsZero() {
		return Cell{}
	}
	return Cell{kind: Day, value: math.Floor(serial(at)), whole: at.Unix() + beijing}
}

// beijing is the offset of everything people see (DESIGN §6), in seconds.
const beijing = 8 * 60 * 60

// serial counts days since 30 December 1899 by the clock of Beijing, to the
// minute that is shown. It is rounded up in the last digit that a spreadsheet
// keeps: LibreOffice cuts seconds off where Excel rounds, and would show a
// third of all minutes as the one before.
func serial(at time.Time) float64 {
	const epoch, lastDigit = 25569, 1e10 // 1 January 1970
	minutes := math.Floor(float64(at.Unix()+beijing) / 60)
	days := math.Floor(minutes / (24 * 60))
	return epoch + days + math.Ceil((minutes-days*24*60)/(24*60)*lastDigit)/lastDigit
}
