package admin

import (
	"meihao/api/page"
	"meihao/survey"
)

// baseCard is the verdict card of one base, with how it comes about and what
// would change it.
type baseCard struct {
	Base   string // "owner" or "resident"
	Cell   resultCell
	Sure   []sureness
	Share  string // of those who gave no view, "" where hidden
	Points string // of item 1.1, in words; "" where hidden
	How    reckoning
	If     []string
	Bands  []bandRow
	Before *earlierBase // the same base in the campaign before, nil for none
}

// sureness says in words whether a verdict is clear or borderline.
type sureness struct{ Item, Text string }

// bandRow is a run of satisfied counts with the words it would get.
type bandRow struct {
	survey.Band
	Item, Veto word
	Low, High  string // the rates at its ends
	Here       bool   // where the project is
}

// card makes the verdict card of one base out of what the reader sees of it.
func (t teller) card(base string, c survey.Campaign, cell resultCell, w survey.WhatIf) baseCard {
	b := baseCard{Base: base, Cell: cell, How: t.reckon(c, cell), If: t.whatIf(w, cell)}
	if cell.DontKnow != nil {
		b.Share = survey.Rate(*cell.DontKnow, *cell.Answered+*cell.DontKnow)
	}
	if cell.Item11 != "" {
		b.Points = t.points(cell)
	}
	b.Sure = t.sure(cell)
	if b.How.Whole && cell.Reason == "" {
		b.Bands = bandsOf(c, cell.Households, *cell.Answered)
		for i, band := range b.Bands {
			b.Bands[i].Here = band.From <= *cell.Satisfied && *cell.Satisfied <= band.To
		}
	}
	return b
}

// sure says of both thresholds what clear and borderline mean here.
func (t teller) sure(cell resultCell) []sureness {
	if cell.Item11 == "" {
		return nil
	}
	item, veto := "none", "none"
	switch cell.Item11 {
	case survey.MetClear, survey.NotMetClear:
		item = "clear"
	case survey.MetBorderline, survey.NotMetBorderline:
		item = "borderline"
	}
	switch cell.Veto61 {
	case survey.Cleared, survey.VetoClear:
		veto = "clear"
	case survey.ClearedBorderline, survey.VetoBorderline:
		veto = "borderline"
	}
	return []sureness{
		{"item", t.say("verdict.sure."+item, "Percent", survey.Item11Threshold().Percent())},
		{"veto", t.say("verdict.sure."+veto, "Percent", survey.Veto61Threshold().Percent())},
	}
}

// bandsOf is the table of what any number of satisfied among n answers gets.
func bandsOf(c survey.Campaign, households, n int64) []bandRow {
	var rows []bandRow
	for _, b := range c.Bands(households, n) {
		rows = append(rows, bandRow{
			Band: b, Item: itemWord(b.Item11), Veto: vetoWord(b.Veto61), Low: survey.Rate(b.From, n), High: survey.Rate(b.To, n),
		})
	}
	return rows
}

// Range is the run of counts: "251–278", or one number.
func (b bandRow) Range() string {
	if b.From == b.To {
		return page.Number(b.From)
	}
	return page.Number(b.From) + "–" + page.Number(b.To)
}

// Rates are those at both ends.
func (b bandRow) Rates() string {
	if b.From == b.To {
		return b.Low
	}
	return b.Low + "–" + b.High
}
