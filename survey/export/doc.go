// Package export writes tables as Excel workbooks (xlsx) and as CSV: what a
// page shows, with real numbers, rates with the digits that are printed (RULES
// §3), dates in Beijing time, and notes that say what it is, as of when and
// for whom.
//
// It knows nothing of campaigns or pages. Who has a view to show makes the
// tables out of it; what that view hides stays hidden, because a table holds
// nothing else. Rows are written as they come, so a city's 8,000 projects
// need no more memory than a page of them.
package export
