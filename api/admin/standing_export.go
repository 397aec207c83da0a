package admin

import (
	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
)

// workbook is all of a project's page: the verdict cards, how they come about,
// what would change them, the words for every number of satisfied, the splits.
func (v standingView) workbook(t teller) workbook {
	r := v.Row
	notes := []export.Note{
		t.note("project.place", r.Project.Area.District+" / "+r.Project.Area.Subdistrict+" / "+r.Project.Area.Community),
		t.note("campaign.stage", t.say(v.Campaign.Word.Key)), t.note("export.asof", page.Moment(page.Language(t.c), v.AsOf)),
		t.note("standings.turnout", page.Number(r.Turnout.Answered)+"/"+page.Number(r.Turnout.Households)+" · "+r.TurnoutRate()),
		t.note("standing.held", page.Number(r.Held)),
	}
	for _, l := range r.Lanes {
		notes = append(notes, t.note("standing.lanes", t.say("lane."+string(l.Lane))+" "+t.say("verdict.lanes.share", "N", page.Number(l.Count), "Share", v.LaneShare(l))))
	}
	if r.Contested {
		notes = append(notes, t.note("standings.contested", t.say("standing.contested")))
	}
	for _, m := range r.Warnings {
		notes = append(notes, t.note("export.warnings", t.msg(m)))
	}
	notes = append(notes, t.note("whatif.title", t.say("whatif.caution")))
	tables := []export.Table{v.cards(t), v.lines(t, "how.title", func(b baseCard) []string {
		if b.How.Lead == "" {
			return b.How.Steps
		}
		return append([]string{b.How.Lead}, b.How.Steps...)
	}), v.lines(t, "whatif.title", func(b baseCard) []string { return b.If })}
	for _, b := range v.Bases {
		if len(b.Bands) > 0 {
			tables = append(tables, t.bands(t.say("verdict.bands.k")+"_"+t.say("base."+b.Base), b.Bands))
		}
	}
	for _, s := range v.Splits {
		tables = append(tables, t.split(s))
	}
	return workbook{Title: v.Title, Campaign: v.Campaign.Name, Tables: tables, Notes: append(notes, t.reading("how.random", "export.dash")...)}
}

// cards are a row for each base.
func (v standingView) cards(t teller) export.Table {
	columns := t.resultColumns()
	columns[0].Head = t.say("export.rate")
	columns = append(append(t.columns("export.base"), columns...), t.columns("verdict.points", "#standing.dont_know", "%verdict.unknown.share", "export.hidden", "verdict.before", "%export.rate", "#export.satisfied.count", "#export.answered", "compare.points", "compare.word")...)
	return export.Table{Title: v.Title, Columns: columns, Rows: export.Of(v.Bases, func(b baseCard) []export.Cell {
		row := append([]export.Cell{export.String(t.say("base." + b.Base))}, t.result(b.Cell)...)
		unknown, share := export.Cell{}, export.Cell{}
		if b.Cell.DontKnow != nil {
			unknown, share = export.Int(*b.Cell.DontKnow), export.Printed(b.Share)
		}
		row = append(row, export.String(b.Points), unknown, share, t.hidden(b.Cell.Hidden))
		return append(row, t.before(b.Before)...)
	})}
}

// before is a base in the campaign before; empty where there is none.
func (t teller) before(b *earlierBase) []export.Cell {
	if b == nil {
		return nil
	}
	row := []export.Cell{export.String(b.Campaign), dash(), {}, {}, pointsCell(b.Points), t.word(b.Word)}
	if b.Compared.Before.Seen {
		row[1], row[2], row[3] = export.Printed(b.Compared.Before.Rate()), export.Int(b.Compared.Before.Satisfied), export.Int(b.Compared.Before.Answered)
	}
	if b.Why != "" {
		row[5] = export.String(t.say(b.Word.Key) + " " + b.Why)
	}
	return row
}

// lines are sentences about both bases, numbered as on the page.
func (v standingView) lines(t teller, title string, of func(baseCard) []string) export.Table {
	type line struct {
		base   string
		number int
		text   string
	}
	var list []line
	for _, b := range v.Bases {
		for i, text := range of(b) {
			list = append(list, line{t.say("base." + b.Base), i + 1, text})
		}
	}
	return export.Table{Title: t.say(title), Columns: t.columns("export.base", "#verdict.step", "verdict.step.text"), Rows: export.Of(list, func(l line) []export.Cell {
		return []export.Cell{export.String(l.base), export.Int(l.number), export.String(l.text)}
	})}
}

// bands are the words for every number of satisfied.
func (t teller) bands(title string, list []bandRow) export.Table {
	return export.Table{Title: title, Columns: t.columns("#verdict.bands.k", "#verdict.bands.k.to", "%verdict.bands.rate", "%verdict.bands.rate.to", "verdict.bands.item", "#verdict.bands.points", "verdict.bands.veto", "verdict.bands.here"),
		Rows: export.Of(list, func(b bandRow) []export.Cell {
			points := dash()
			if b.Points != nil {
				points = export.Int(*b.Points)
			}
			return []export.Cell{export.Int(b.From), export.Int(b.To), export.Printed(b.Low), export.Printed(b.High), t.word(b.Item), points, t.word(b.Veto), t.yes(b.Here)}
		})}
}

// split is one way to split the project, both bases side by side.
func (t teller) split(s splitTable) export.Table {
	var columns []export.Column
	columns = append(columns, t.columns("split."+string(s.By)+".head")...)
	for _, base := range []string{"owner", "resident"} {
		for _, column := range t.columns("%export.rate", "#export.satisfied.count", "#export.answered", "split.light", "#split.responses.count", "#project.households", "export.hidden") {
			column.Head = t.say("base."+base) + " " + column.Head
			columns = append(columns, column)
		}
	}
	return export.Table{Title: t.say("split." + string(s.By)), Columns: columns, Rows: export.Of(s.Rows, func(l splitLine) []export.Cell {
		return append(append([]export.Cell{export.String(t.splitName(s.By, l))}, t.splitCell(l.Owner)...), t.splitCell(l.Resident)...)
	})}
}

// splitName is what a part of a project is called.
func (t teller) splitName(by survey.SplitKind, l splitLine) string {
	switch {
	case l.Label != "":
		return l.Label
	case by == survey.LaneSplit:
		return t.say("lane." + l.Key)
	}
	return t.say("split.relation." + l.Key)
}

// splitCell is one part of one base; what is hidden says why, and is no zero.
func (t teller) splitCell(c *splitCell) []export.Cell {
	if c == nil {
		return []export.Cell{dash(), {}, {}, {}, {}, {}, {}}
	}
	row := []export.Cell{dash(), {}, {}, {}, {}, some(c.Households), {}}
	if c.Responses != nil {
		row[4] = export.Int(*c.Responses)
	}
	switch {
	case c.Bar != "":
		row[0], row[1], row[2], row[3] = export.Printed(c.Rate), export.Int(*c.Satisfied), export.Int(*c.Answered), t.word(c.LightWord)
	case c.Few():
		row[6] = export.String(t.say("split.hidden." + c.Hidden))
	default:
		row[6] = export.String(t.say("split.none"))
	}
	return row
}
