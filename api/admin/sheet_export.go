package admin

import (
	"strings"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
	"meihao/survey/rubric"
)

// pick chooses the text of data that carries both languages.
func (t teller) pick(zh, en string) string {
	if page.Language(t.c) == "en" && en != "" {
		return en
	}
	return zh
}

// workbook is a project's sheet: 32 items and 6 vetoes.
func (v sheetView) workbook(t teller) workbook {
	var lines []sheetLine
	sections := map[int]string{}
	for _, s := range v.Sections {
		sections[s.Number] = t.pick(s.ZH, s.EN)
		lines = append(lines, s.Lines...)
	}
	columns := t.columns("sheet.item", "export.section", "sheet.criterion", "#sheet.max", "sheet.by")
	for _, p := range v.Parties {
		columns = append(columns, t.columns("#party."+string(p))...)
	}
	if len(v.Parties) == 0 {
		columns = append(columns, t.columns("#party.self")...)
	}
	columns = append(columns, t.columns("#sheet.got", "sheet.state", "#sheet.evidence", "sheet.figures")...)
	items := export.Table{Title: v.Title, Columns: append(columns, t.sealedColumns()...)}
	items.Rows = export.Of(lines, func(l sheetLine) []export.Cell {
		row := []export.Cell{export.String(l.Item.ID), export.String(sections[l.Item.Section]), export.String(t.pick(l.Item.CriterionZH, l.Item.CriterionEN)),
			export.Printed(l.Item.Max.String()), export.String(t.say("scoring." + l.Item.Scoring))}
		for _, cell := range l.Cells {
			row = append(row, given(cell.Mark))
		}
		if len(l.Cells) == 0 {
			row = append(row, given(l.Mark(rubric.SelfParty)))
		}
		got := export.Cell{}
		if l.Got != nil {
			got = export.Printed(l.Got.String())
		}
		return append(append(row, got, t.word(l.Word), some(l.Evidence), export.String(t.figures(l))), v.counts(t, l)...)
	})
	if v.Sheet.Partial {
		items.Sum = []export.Cell{export.String(t.say("sheet.self.total")), {}, {}, {}, {}, export.Printed(v.Sheet.SelfTotal.String())}
	} else {
		items.Sum = []export.Cell{export.String(t.say("sheet.total")), {}, export.String(t.say("sheet." + completeWord(&v.Sheet))), {}, {}}
		for range v.Parties {
			items.Sum = append(items.Sum, export.Cell{})
		}
		items.Sum = append(items.Sum, totalCell(&v.Sheet))
	}
	return workbook{Title: t.say("sheets.title") + "_" + v.Project.Name, Campaign: v.campaignName(), Tables: []export.Table{items, v.vetoTable(t)},
		Notes: v.notes(t)}
}

func (t teller) sealedColumns() []export.Column {
	return t.columns("%export.rate", "#export.satisfied.count", "#export.answered", "#project.households", "export.hidden")
}

func (v sheetView) vetoTable(t teller) export.Table {
	return export.Table{
		Title:   t.say("sheet.vetoes"),
		Columns: append(t.columns("sheet.item", "sheet.criterion", "sheet.by", "sheet.state", "sheet.document", "#sheet.evidence", "sheet.figures"), t.sealedColumns()...),
		Rows: export.Of(v.Vetoes, func(l sheetLine) []export.Cell {
			document := ""
			if l.Recorded != nil {
				document = l.Recorded.Document
			}
			return append([]export.Cell{export.String(l.Item.ID), export.String(t.pick(l.Item.CriterionZH, l.Item.CriterionEN)),
				export.String(t.say("scoring." + l.Item.Scoring)), t.word(l.Word), orDash(document), some(l.Evidence), export.String(t.figures(l))}, v.counts(t, l)...)
		}),
	}
}

// campaignName is the campaign whose result the sheet reads, "" for none.
func (s sheetOf) campaignName() string {
	if s.Reading == nil {
		return ""
	}
	return s.Reading.Name
}

// notes say what stands around the tables of the page.
func (v sheetView) notes(t teller) []export.Note {
	from := t.say("sheets.unsealed")
	if r := v.Reading; r != nil {
		from = t.say("sheet.reading", "Name", r.Name, "Number", r.Snapshot)
		if r.Stale() {
			from += "\n" + t.say("sheet.stale", "Name", r.Name, "Number", r.Snapshot, "Newest", r.Newest)
		}
	}
	notes := []export.Note{t.note("sheet.from", from)}
	if v.Sheet.Waits {
		notes = append(notes, t.note("sheet.state", t.say("sheet.waits")))
	}
	if w := standWord(&v.Sheet); w.Key != "" {
		notes = append(notes, t.note("sheet.stand", t.say(w.Key)))
	}
	return append(notes, t.reading("sheet.source", "export.dash")...)
}

func completeWord(s *rubric.Sheet) string {
	if s.Complete {
		return "complete"
	}
	return "incomplete"
}

func totalCell(s *rubric.Sheet) export.Cell {
	if s.Complete {
		return export.Printed(s.Total.String())
	}
	return export.String(totalText(s))
}

func given(m *rubric.Mark) export.Cell {
	if m == nil {
		return export.Cell{}
	}
	return export.Printed(m.Points.String())
}

// figures are what stands beside an item in words: complaints, fees and what
// was answered to its questions.
func (t teller) figures(l sheetLine) string {
	list := append([]string(nil), l.Facts...)
	for _, f := range l.Asked {
		list = append(list, t.answered(f))
	}
	return strings.Join(list, "\n")
}

// answered is the result of a question in one line.
func (t teller) answered(f askedFigure) string {
	switch {
	case f.Hidden != "":
		return t.say("sheet.asked.hidden", "ID", f.ID, "Why", t.say("hidden."+f.Hidden))
	case f.K != nil:
		return t.say("sheet.asked.rate", "ID", f.ID, "Rate", f.Rate, "K", formatCount(*f.K), "N", formatCount(*f.N))
	case f.Of != nil:
		return t.say("sheet.asked.parts", "ID", f.ID, "Parts", f.Parts, "N", formatCount(*f.Of))
	}
	return t.say("sheet.asked.none", "ID", f.ID)
}

// counts are the figures beside a line that the survey decides: k only where
// ten answered (RULES §8).
func (v sheetView) counts(t teller, l sheetLine) []export.Cell {
	switch {
	case !l.Count:
		return nil
	case v.Few:
		return []export.Cell{dash(), dash(), export.Int(v.Owner.Answered), export.Int(v.Owner.Households), t.hidden(survey.HiddenFew)}
	}
	return []export.Cell{export.Printed(v.Owner.Rate), export.Int(v.Owner.Satisfied), export.Int(v.Owner.Answered), {}}
}
