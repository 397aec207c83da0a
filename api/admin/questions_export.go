package admin

import (
	"strconv"

	"meihao/api/page"
	"meihao/survey"
	"meihao/survey/export"
)

// workbook is what the page shows: the distributions of the rated questions,
// the other questions option by option, and the aspects in their order.
func (v questionsView) workbook(t teller) workbook {
	w := workbook{Title: v.Title, Campaign: v.Campaign.Name, Notes: v.notes(t)}
	if v.None != "" {
		w.Tables = []export.Table{{Title: t.say("questions.export.table"), Columns: t.columns("questions.asked")}}
		w.Notes = append(w.Notes, t.note("export.hidden", t.say("questions.none."+v.None)))
		return w
	}
	w.Tables = []export.Table{v.scaleTable(t), v.choiceTable(t), v.aspectTable(t)}
	return w
}

// blocks calls with each block of the page.
func (v questionsView) blocks(f func(section string, b questionBlock)) {
	for _, s := range v.Sections {
		for _, b := range s.Blocks {
			f(s.Name, b)
		}
	}
}

func (v questionsView) scaleTable(t teller) export.Table {
	columns := t.columns("questions.export.section", "questions.asked", "questions.export.if", "%questions.satisfied", "#export.satisfied.count", "#questions.answered")
	for _, w := range v.Scale {
		columns = append(columns, export.Column{Head: t.say("questions.export.word", "Word", w.Word), Kind: export.Number},
			export.Column{Head: t.say("questions.export.word.share", "Word", w.Word), Kind: export.Percent})
	}
	columns = append(columns, t.columns("#questions.dont_know", "#questions.export.shown", "export.hidden")...)
	var rows [][]export.Cell
	v.blocks(func(section string, b questionBlock) {
		for _, r := range b.Scale {
			rows = append(rows, t.scaleCells(section, r, len(v.Scale)))
		}
	})
	return export.Table{Title: t.say("questions.export.table"), Columns: columns, Rows: export.Of(rows, func(r []export.Cell) []export.Cell { return r })}
}

func (t teller) scaleCells(section string, r scaleRow, words int) []export.Cell {
	row := append([]export.Cell{export.String(section), export.String(r.Text), t.asked(r.If)}, t.share(r.QuestionResult)...)
	for i := range words {
		if i < len(r.Parts) {
			row = append(row, export.Int(r.Parts[i].Count), printed(r.Parts[i].Share))
		} else {
			row = append(row, dash(), dash())
		}
	}
	unknown := dash()
	if r.DontKnow != nil {
		unknown = export.Int(*r.DontKnow)
	}
	return append(row, unknown, export.Int(r.Shown), t.hidden(r.Hidden))
}

// share is a rate with its k and n, or what the page has in their place.
func (t teller) share(r survey.QuestionResult) []export.Cell {
	switch {
	case r.SeesRate():
		return []export.Cell{export.Printed(r.Rate), export.Int(*r.Satisfied), export.Int(*r.Answered)}
	case r.Hidden != "":
		return []export.Cell{dash(), dash(), dash()}
	}
	return []export.Cell{export.String(t.say("rate.none")), dash(), dash()}
}

// printed is a rate as it is shown, a dash where there is none.
func printed(rate string) export.Cell {
	if rate == survey.NoRate {
		return dash()
	}
	return export.Printed(rate)
}

// asked says of whom a question is asked.
func (t teller) asked(a *askedIf) export.Cell {
	switch {
	case a == nil:
		return export.Cell{}
	case a.Not:
		return export.String(t.say("questions.if.not", "Question", a.Parent, "Answer", a.Answer))
	}
	return export.String(t.say("questions.if", "Question", a.Parent, "Answer", a.Answer))
}

func (v questionsView) choiceTable(t teller) export.Table {
	var rows [][]export.Cell
	v.blocks(func(section string, b questionBlock) {
		q := b.Choice
		if q == nil {
			return
		}
		head := []export.Cell{export.String(section), export.String(q.Text), t.asked(q.If)}
		if q.Rows == nil {
			rows = append(rows, append(head, dash(), dash(), dash(), dash(), export.Int(q.Shown), t.hidden(q.Hidden)))
		}
		for _, r := range q.Rows {
			rows = append(rows, append(head[:3:3], export.String(r.Word), export.Int(r.Count), printed(r.Share), export.Int(q.Of), export.Int(q.Shown), export.Cell{}))
		}
	})
	columns := t.columns("questions.export.section", "questions.asked", "questions.export.if", "questions.answer", "#questions.count", "%questions.share",
		"#questions.export.of", "#questions.export.shown", "export.hidden")
	return export.Table{Title: t.say("questions.export.choices"), Columns: columns, Rows: export.Of(rows, func(r []export.Cell) []export.Cell { return r })}
}

func (v questionsView) aspectTable(t teller) export.Table {
	columns := t.columns("#questions.number", "questions.aspect", "%questions.satisfied", "#export.satisfied.count", "#questions.answered")
	if v.Rest.Shown > 0 {
		columns = append(columns, t.columns("%questions.rest", "#questions.export.rest.satisfied", "#questions.export.rest.answered",
			"#questions.export.points", "questions.export.side")...)
	}
	if v.Linked == "" {
		columns = append(columns, t.columns("questions.association", "#questions.export.tau", "#questions.export.both", "questions.todo")...)
	}
	return export.Table{Title: t.say("questions.aspects"), Columns: columns, Rows: export.Of(v.Aspects, func(a aspectRow) []export.Cell {
		n, _ := strconv.Atoi(a.Number)
		row := append([]export.Cell{export.Int(n), export.String(a.Text)}, t.share(a.QuestionResult)...)
		if v.Rest.Shown > 0 {
			row = append(row, t.against(a)...)
		}
		if v.Linked == "" {
			row = append(row, t.linked(a)...)
		}
		return row
	})}
}

// against is how an aspect compares with the rest.
func (t teller) against(a aspectRow) []export.Cell {
	if a.Rest == nil {
		return []export.Cell{dash(), dash(), dash(), dash(), dash()}
	}
	return append(t.share(*a.Rest), export.Signed(a.Against), t.word(a.Side))
}

// linked is how an aspect goes with overall satisfaction.
func (t teller) linked(a aspectRow) []export.Cell {
	one := a.Association
	switch {
	case one.Measured():
		return []export.Cell{t.word(a.Strength), export.Signed(one.Text()), export.Int(one.Both), t.word(a.Corner)}
	case one.Hidden != "":
		return []export.Cell{export.String(t.say("questions.unlinked." + one.Hidden)), dash(), dash(), dash()}
	}
	return []export.Cell{t.word(a.Strength), dash(), dash(), dash()}
}

// notes are what the figures are of and how to read them.
func (v questionsView) notes(t teller) []export.Note {
	var notes []export.Note
	if v.Project != nil {
		a := v.Project.Area
		notes = append(notes, t.note("project.place", a.District+" / "+a.Subdistrict+" / "+a.Community))
	} else {
		notes = append(notes, t.filter(v.listFilter)...)
	}
	notes = append(notes, t.note("export.base", t.say("base."+v.Base)), t.note("campaign.stage", t.say(v.Campaign.Word.Key)),
		t.note("export.asof", page.Moment(page.Language(t.c), v.AsOf)))
	if v.Rest.Shown > 0 {
		notes = append(notes, t.note("questions.rest", t.say("questions.aspects.rest", "Place", v.Rest.Place, "Shown", page.Number(v.Rest.Shown), "Projects", page.Number(v.Rest.Projects))))
	}
	if v.Linked != "" && v.None == "" {
		notes = append(notes, t.note("questions.association", t.say("questions.linked."+v.Linked, "Most", page.Number(v.Most))))
	}
	return append(notes, t.reading("questions.how.rate", "questions.how.multi", "questions.how.few", "questions.how.sum", "questions.how.rest", "questions.how.association", "how.random")...)
}
