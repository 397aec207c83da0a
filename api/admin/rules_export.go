package admin

import (
	"meihao/api/page"
	"meihao/survey/export"
)

// workbook is the rules: their sentences, the sizes, and the verdict of every
// number of satisfied in each sample.
func (v rulesView) workbook(t teller) workbook {
	type line struct{ section, text string }
	var lines []line
	for _, s := range v.Sections {
		for _, text := range s.Lines {
			lines = append(lines, line{t.say("rules.section." + s.Name), text})
		}
	}
	w := workbook{Title: v.Title, Tables: []export.Table{
		{Title: v.Title, Columns: t.columns("rules.section", "verdict.step.text"), Rows: export.Of(lines, func(l line) []export.Cell {
			return []export.Cell{export.String(l.section), export.String(l.text)}
		})},
		{Title: t.say("rules.sizes"), Columns: t.columns("#project.households", "#adequacy.FULL", "#adequacy.PROVISIONAL"), Rows: export.Of(v.Sizes, func(s sizeRow) []export.Cell {
			return []export.Cell{export.Int(s.Households), export.Int(s.Full), export.Int(s.Provisional)}
		})},
	}}
	for _, s := range v.Samples {
		w.Tables = append(w.Tables, t.bands(t.say("rules.verdicts.sample", "N", page.Number(s.Answered)), s.Bands))
	}
	if v.Campaign != nil {
		w.Campaign = v.Campaign.Name
	}
	return w
}
