package admin

import (
	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
)

// workbook is the list of projects whose sheets a campaign fills.
func (v sheetsView) workbook(t teller) workbook {
	return workbook{Title: v.Title, Campaign: v.Campaign.Name, Notes: t.filter(v.listFilter), Tables: []export.Table{{
		Title:   v.Title,
		Columns: t.columns("project.name", "scope.district", "scope.subdistrict", "scope.community", "project.company"),
		Rows: export.Of(v.Projects, func(r sheetRow) []export.Cell {
			return append(append([]export.Cell{export.String(r.Project.Name)}, area(r.Project.Area)...), orDash(r.Project.Company.Name))
		}),
	}}}
}

// workbook is a project's sheet: 32 items and 6 vetoes.
func (v sheetView) workbook(t teller) workbook {
	var lines []sheetLine
	sections := map[int]string{}
	for _, s := range v.Sections {
		sections[s.Number] = t.pick(s.ZH, s.EN)
		lines = append(lines, s.Lines...)
	}
	counts := t.columns("%export.rate", "#export.satisfied.count", "#export.answered", "#project.households", "export.hidden")
	items := export.Table{
		Title:   v.Title,
		Columns: append(t.columns("sheet.item", "export.section", "sheet.criterion", "#sheet.max", "sheet.by", "#sheet.got", "sheet.state"), counts...),
		Rows: export.Of(lines, func(l sheetLine) []export.Cell {
			got := export.Cell{}
			if l.Got != nil {
				got = export.Printed(l.Got.String())
			}
			return append([]export.Cell{export.String(l.Item.ID), export.String(sections[l.Item.Section]), export.String(t.pick(l.Item.CriterionZH, l.Item.CriterionEN)),
				export.Printed(l.Item.Max.String()), export.String(t.say("scoring." + l.Item.Scoring)), got, v.state(t, l, "sheet.open")}, v.counts(t, l)...)
		}),
		Sum: []export.Cell{export.String(t.say("sheet.total")), {}, export.String(v.complete(t)), {}, {}, v.total()},
	}
	vetoes := export.Table{
		Title:   t.say("sheet.vetoes"),
		Columns: append(t.columns("sheet.item", "sheet.criterion", "sheet.by", "sheet.state"), counts...),
		Rows: export.Of(v.Vetoes, func(l sheetLine) []export.Cell {
			return append([]export.Cell{export.String(l.Item.ID), export.String(t.pick(l.Item.CriterionZH, l.Item.CriterionEN)),
				export.String(t.say("scoring." + l.Item.Scoring)), v.state(t, l, "sheet.veto.open")}, v.counts(t, l)...)
		}),
	}
	from := t.say("sheets.unsealed")
	if s := v.Snapshot; s != nil {
		from = t.say("sheet.snapshot", "Number", s.Number, "At", page.Moment(page.Language(t.c), s.At), "Version", s.RulesVersion)
	}
	notes := []export.Note{t.note("sheet.from", from)}
	if v.Sheet.Waits {
		notes = append(notes, t.note("sheet.state", t.say("sheet.waits")))
	}
	return workbook{Title: t.say("sheets.title") + "_" + v.Project.Name, Campaign: v.Campaign.Name, Tables: []export.Table{items, vetoes},
		Notes: append(notes, t.reading("sheet.source", "export.dash")...)}
}

// pick chooses the text of data that carries both languages.
func (t teller) pick(zh, en string) string {
	if page.Language(t.c) == "en" && en != "" {
		return en
	}
	return zh
}

// complete says whether anything waits, total what is scored so far.
func (v sheetView) complete(t teller) string {
	if v.Sheet.Complete {
		return t.say("sheet.complete")
	}
	return t.say("sheet.incomplete")
}

func (v sheetView) total() export.Cell {
	if v.Sheet.Complete {
		return export.Printed(v.Sheet.Total.String())
	}
	return export.String("≥ " + v.Sheet.Total.String())
}

// state is the word of a line, "" where it is hidden, or that it waits.
func (v sheetView) state(t teller, l sheetLine, open string) export.Cell {
	switch {
	case l.Count:
		return t.word(l.Word)
	case l.Hidden:
		return dash()
	}
	return export.String(t.say(open))
}

// counts are the figures beside a line that the survey decides: k only where
// ten answered (RULES §8).
func (v sheetView) counts(t teller, l sheetLine) []export.Cell {
	switch {
	case !l.Count && !l.Hidden:
		return nil
	case v.Few:
		return []export.Cell{dash(), dash(), export.Int(v.Owner.Answered), export.Int(v.Owner.Households), t.hidden(survey.HiddenFew)}
	}
	return []export.Cell{export.Printed(v.Owner.Rate), export.Int(v.Owner.Satisfied), export.Int(v.Owner.Answered), {}}
}
