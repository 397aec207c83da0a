package admin

import (
	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
)

// workbook is the standings of all projects that the filter leaves, each row
// made as the page makes its own, and the sums of every level.
func (v standingsView) workbook(t teller) workbook {
	w := workbook{Title: t.say("export.satisfied"), Campaign: v.Campaign.Name, Notes: v.notes(t)}
	columns := t.columns("project.name", "project.kind", "project.company", "scope.district", "scope.subdistrict", "scope.community")
	columns = append(columns, t.resultColumns()...)
	columns = append(columns, t.columns("%standings.resident", "#export.resident.satisfied", "#export.resident.answered",
		"#export.turnout.answered", "#export.turnout.households", "%standings.turnout")...)
	for _, lane := range survey.Lanes() {
		columns = append(columns, export.Column{Head: t.say("lane." + string(lane)), Kind: export.Number})
	}
	columns = append(columns, t.columns("#held.count", "standings.contested", "export.warnings", "export.hidden.owner", "export.hidden.resident")...)
	w.Tables = []export.Table{{Title: t.say("standings.table"), Columns: columns, Size: len(v.kept), Rows: func(yield func([]export.Cell, error) bool) {
		for _, g := range v.kept {
			if !yield(t.standing(v.row(g)), nil) {
				return
			}
		}
	}}}
	for _, sums := range v.Sums {
		w.Tables = append(w.Tables, v.sums(t, sums))
	}
	return w
}

// standing is one project's row.
func (t teller) standing(r standingRow) []export.Cell {
	row := append([]export.Cell{export.String(r.Project.Name), orDash(r.Project.Kind), orDash(r.Project.Company.Name)}, area(r.Project.Area)...)
	row = append(append(row, t.result(r.Owner)...), t.rate(r.Resident)...)
	row = append(row, export.Int(r.Turnout.Answered), export.Int(r.Turnout.Households), export.Printed(r.TurnoutRate()))
	for _, lane := range survey.Lanes() {
		row = append(row, some(r.Standing.Lanes[lane]))
	}
	return append(row, some(r.Held), t.yes(r.Contested), t.messages(r.Warnings), t.hidden(r.Owner.Hidden), t.hidden(r.Resident.Hidden))
}

// rate is a rate with its k and n, or what the page has in their place.
func (t teller) rate(r resultCell) []export.Cell {
	switch {
	case r.Satisfied != nil:
		return []export.Cell{export.Printed(r.Result.Rate), export.Int(*r.Satisfied), export.Int(*r.Answered)}
	case r.Hidden != "":
		return []export.Cell{dash(), dash(), dash()}
	}
	return []export.Cell{export.String(t.say("rate.none")), dash(), dash()}
}

func (t teller) resultColumns() []export.Column {
	columns := t.columns("%standings.owner", "#export.satisfied.count", "#export.answered", "#project.households", "export.enough", "#export.less", "#export.needed",
		"standings.item", "standings.veto", "export.held.item", "export.held.veto", "%export.lower", "%export.upper")
	return columns
}

// result is the base that decides: rate, sample, words and interval.
func (t teller) result(r resultCell) []export.Cell {
	row := t.rate(r)
	if r.Answered != nil { // n may be seen where k may not
		row[2] = export.Int(*r.Answered)
		row = append(row, export.Int(r.Households), t.word(r.Enough), some(r.Less), export.Cell{})
	} else {
		row = append(row, dash(), dash(), dash(), export.Int(r.NeededFull))
	}
	row = append(row, t.word(r.Item), t.word(r.Veto))
	if r.Differs {
		row = append(row, t.word(r.HeldItem), t.word(r.HeldVeto))
	} else {
		row = append(row, export.Cell{}, export.Cell{})
	}
	if r.Whisker == nil {
		return append(row, dash(), dash())
	}
	return append(row, end(r.Whisker.Lo), end(r.Whisker.Hi))
}

// sums is the table of one level.
func (v standingsView) sums(t teller, table sumTable) export.Table {
	return export.Table{
		Title: t.say("sums." + table.Level), Columns: append(t.columns("scope."+table.Level), t.sumColumns()...),
		Rows: export.Of(table.Rows, func(s sumRow) []export.Cell {
			return append([]export.Cell{export.String(s.Place.Name())}, t.sumCells(s)...)
		}),
	}
}

// sumOf is a sum's rate with its k and n.
func sumOf(s survey.SumOfBase) []export.Cell {
	if !s.Seen() {
		return []export.Cell{dash(), dash(), dash()}
	}
	return []export.Cell{export.Printed(s.Rate()), export.Int(s.Satisfied), export.Int(s.Answered)}
}

// notes are the filter, the tiles and how to read the figures.
func (v standingsView) notes(t teller) []export.Note {
	parts := make([]string, len(v.Chips))
	for i, one := range v.Chips {
		parts[i] = one.Text
	}
	notes := t.narrowed(parts)
	if v.Order != survey.League {
		notes = append(notes, t.note("standings.order", t.say("standings.order."+orderName(v.Order))))
	}
	notes = append(notes, t.note("campaign.stage", t.say(v.Campaign.Word.Key)), t.note("export.asof", page.Moment(page.Language(t.c), v.AsOf)))
	f := v.Figures
	switch {
	case f.Shown > 0:
		notes = append(notes, t.note("tile.satisfied", f.Owner.Rate()+" "+t.say("tile.share", "K", page.Number(f.Owner.Satisfied), "N", page.Number(f.Owner.Answered))+
			" "+t.say("sum.of", "Shown", page.Number(f.Shown), "Projects", page.Number(f.Projects))))
	case f.Hidden != "":
		notes = append(notes, t.note("tile.satisfied", "— "+t.say("hidden."+f.Hidden)))
	}
	notes = append(notes, t.note("tile.turnout", f.TurnoutRate()+" "+t.say("tile.homes", "K", page.Number(f.Turnout.Answered), "N", page.Number(f.Turnout.Households))))
	if v.Indicative {
		notes = append(notes, t.note("export.warnings", t.say("warning.indicative")))
	}
	return append(notes, t.reading("how.rate", "how.item", "how.sample", "how.borderline", "how.order", "sums.how", "how.random", "export.dash")...)
}
